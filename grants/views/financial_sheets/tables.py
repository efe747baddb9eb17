"""Small tables on a sheet: a header, rows of entries, a total; and rows of balances with their formulas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from grants.ledger.balances import Balance
from grants.ledger.figures import share_of
from grants.views.addresses import name_cell, name_column_part
from grants.views.financial_sheets.draft import Draft
from grants.views.formulas import check_formula, quote, share_formula
from grants.views.sheet_builder import Entry, SheetBuilder
from grants.views.workbook import Area, CellKind, Emphasis, Print, Role

WHICH = ("approved", "prior", "current", "cumulative", "unspent")
"""The amounts of a balance, in neighbouring columns.

Why `prior` stands in a first report too, all zeros: a desk officer lays the next report beside this one, and finds each
figure in the same column; a sheet of theirs that points at a cell still does.
"""


_ROWS_ACROSS, _ROWS_UPRIGHT, _ROWS_OF_LINES = 42, 76, 56
"""Of a landscape and of an upright page that is still read without a glass."""


def choose_page(sheet: SheetBuilder) -> Print:
    """One page for a sheet of small tables, upright where it is long: no table is torn from its title."""
    rows = max(cell.row for cell in sheet.cells)
    if rows < _ROWS_ACROSS:
        return Print(one_page=True)
    return Print(landscape=False, one_page=True) if rows < _ROWS_UPRIGHT else Print()


def choose_long_page(last: int, repeat: tuple[int, int]) -> Print:
    """One page for a table of lines that nearly fits, so that no total stands alone on a second one."""
    return Print(repeat=repeat, one_page=last < _ROWS_OF_LINES)


class Field(NamedTuple):
    """A column of a small table: its label and what it holds; it may take several columns of the sheet."""

    key: str
    column: int
    kind: CellKind = "text"
    last: int | None = None

    @property
    def columns(self) -> tuple[int, int]:
        """First and last column of the sheet."""
        return self.column, self.column if self.last is None else self.last


Row = Mapping[str, Entry]
"""Key of a field -> what stands there."""


def put_section(draft: Draft, sheet: SheetBuilder, row: int, key: str, first: int = 0, last: int | None = None) -> None:
    """The title of a part of a sheet."""
    end = sheet.last_column if last is None else last
    sheet.span(Area(row, first, row, end), draft.words.say(f"section.{key}"), "section")


def put_table(
    draft: Draft,
    sheet: SheetBuilder,
    row: int,
    fields: Sequence[Field],
    rows: Sequence[Row],
    total: Row | None = None,
) -> int:
    """A table whose header stands in `row`. An empty one says so. Gives the row after the one below it."""
    for field in fields:
        first, last = field.columns
        sheet.span(
            Area(row, first, row, last),
            draft.words.say(f"column.{field.key}", currency=draft.currency),
            "header",
            "centre",
        )
    for at, entries in enumerate(rows, row + 1):
        put_entries(sheet, at, fields, entries, "plain")
    if not rows:
        whole = Area(row + 1, fields[0].columns[0], row + 1, fields[-1].columns[1])
        sheet.span(whole, draft.words.say("nothing"), "quiet")
    after = row + 1 + max(len(rows), 1)
    if total is not None:
        put_entries(sheet, after, fields, total, "total")
        after += 1
    return after + 1


def put_entries(sheet: SheetBuilder, row: int, fields: Sequence[Field], entries: Row, role: Role) -> None:
    """A row of a table."""
    for field in fields:
        entry = entries.get(field.key, Entry(None))
        first, last = field.columns
        kind = entry.kind or field.kind
        sheet.span(Area(row, first, row, last), entry.value, entry.role or role, kind, entry.formula)


def sum_below(header: int, count: int, column: int) -> str:
    """Formula: the sum of a table's rows."""
    return f"=SUM({name_column_part(column, header + 1, header + max(count, 1))})"


def put_balance(
    draft: Draft,
    sheet: SheetBuilder,
    at: tuple[int, int],
    balance: Balance,
    formulas: Mapping[str, str | None],
    role: Role,
    prefix: str | None = None,
) -> None:
    """The five amounts of a balance from a row and column on; what has no formula of its own follows from the others.

    `prefix` names its figures: `heading:1:` gives heading:1:approved, and so on; None: they stand elsewhere.
    """
    row, first = at
    approved, prior, current, cumulative, _ = (name_cell(row, first + i) for i in range(len(WHICH)))
    usual = {"cumulative": f"={prior}+{current}", "unspent": f"={approved}-{cumulative}"}
    for column, which in enumerate(WHICH, first):
        amount: Decimal = getattr(balance, which)
        sheet.put(row, column, amount, role, "money", formulas.get(which, usual.get(which)))
        if prefix is not None:
            draft.note(prefix + which, sheet, row, column)


def put_percent(sheet: SheetBuilder, row: int, column: int, part: int, whole: int, parts: Balance, role: Role) -> None:
    """What is spent of what is approved, from two columns of the same row."""
    value = share_of(parts.cumulative, parts.approved)
    sheet.put(row, column, value, role, "percent", share_formula(name_cell(row, part), name_cell(row, whole)))


def put_verdict(
    draft: Draft, sheet: SheetBuilder, at: tuple[int, int], fine: bool, condition: str, about: str = "check"
) -> None:
    """Whether a condition holds, in green or red; `about` says in which words."""
    ok, wrong = draft.words.say(f"{about}.ok"), draft.words.say(f"{about}.wrong")
    row, column = at
    area, cell = Area(row, column, row, column), name_cell(row, column)
    sheet.put(row, column, ok if fine else wrong, "check", "centre", check_formula([condition], ok, wrong))
    sheet.emphases.append(Emphasis(area, f"={cell}={quote(ok)}", "ok"))
    sheet.emphases.append(Emphasis(area, f"={cell}={quote(wrong)}", "wrong"))
