"""Does what was filled into a form make sense? A cost without a payee, more girls than women: no cell alone can say.

Pure. Cells that cannot be read are told apart; here they count as filled in.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from decimal import Decimal
from operator import itemgetter
from typing import Literal, NamedTuple

from grants.forms.currencies import name_currency
from grants.forms.returned import TheirRow, TheirTable

Kind = Literal[
    "missing",
    "outside",
    "paid early",
    "total row",
    "twice",
    "too many",
    "no paper",
    "no reference",
    "column",
    "alone",
    "broken person",
    "sum",
    "no voucher",
    "other currency",
]
WANTED: Mapping[str, tuple[str, ...]] = {
    "expenditures": ("voucher", "date", "payee", "description", "line", "partner", "amount", "currency"),
    "received": ("instalment", "date", "amount"),
    "own_contributions": ("source", "date", "amount", "giver"),
    "transfers": ("partner", "date", "amount", "received", "currency"),
    "balances": ("account", "date", "amount", "currency"),
    "interest": ("date", "amount"),
    "returned": ("date", "amount", "reason"),
    "exchange_difference": ("amount", "reason"),
    "ineligible": ("partner", "voucher", "reason"),
    "pending": ("supplier", "purpose", "line", "amount", "currency"),
    "activity_progress": ("status",),
}
"""Table -> columns without which a row cannot be taken over."""
PROVEN: Mapping[str, tuple[str, Kind]] = {
    "expenditures": ("document", "no paper"),
    "received": ("reference", "no reference"),
    "own_contributions": ("reference", "no reference"),
    "interest": ("reference", "no reference"),
    "returned": ("reference", "no reference"),
}
"""Table -> the column that says where the proof is."""
COUNTS = ("women", "men", "girls", "boys", "part", "whole", "total")
"""Columns that count people."""
PARTS = (("girls", "women"), ("boys", "men"), ("part", "whole"))
_IN_CURRENCY = {"transfers": "received"}
"""Table -> the column that its currency is of, where that is not the amount."""
_OF_VOUCHERS = ("ineligible",)
"""Tables whose amounts are in the currency of a cost that stands elsewhere."""
_SAYS_LITTLE = 3
"""A word, an amount, perhaps a currency."""
_SAME = ("partner", "voucher", "line", "amount", "date")
_TOTAL = re.compile(
    r"(μερικό |γενικό |υπο)?σ[υύ]νολ[οα]|(sub|grand )?total|(medju|među)?zbir|ukupno|svega", re.IGNORECASE
)
"""How a row begins that somebody added to sum up others."""
SEVERE: frozenset[Kind] = frozenset(
    {"total row", "missing", "too many", "column", "alone", "broken person", "sum", "no voucher", "other currency"}
)
"""What nobody can take over. The rest is worth a look."""


class Doubt(NamedTuple):
    """A cell that makes no sense beside the others."""

    kind: Kind
    sheet: str
    cell: str
    shown: str
    column: tuple[str, str] = ("", "")
    """Table and column of the form, where the header above the cell is to be named."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the rows of a period's form are held against."""

    start: datetime.date
    end: datetime.date
    columns: Mapping[str, Set[str]] = field(default_factory=dict)
    """Indicator -> the columns that its kind has: a value, women and men, or part and whole."""
    persons: Set[str] = frozenset()
    """Indicators that count people or cases by their value: it is a whole number."""
    vouchers: Set[tuple[str, str]] = frozenset()
    """(partner, voucher) of all other periods."""
    currency: str = ""
    """The budget's."""


def find_doubts(tables: Mapping[str, TheirTable], bounds: Bounds) -> Iterator[Doubt]:
    """Every doubt about the tables of a period's form, table by table."""
    for table in tables.values():
        at = {key: index for index, key in enumerate(table.columns)}
        yield from _find_other_currencies(table, at, bounds)
        if table.key in WANTED:
            yield from _find_gaps(table, at)
        if table.key == "expenditures":
            yield from _find_outside(table, at, bounds)
            yield from _find_paid_early(table, at, bounds)
            yield from _find_twice(table, at)
        if table.key == "indicator_actuals":
            yield from _find_too_many(table, at)
            yield from _find_wrong_columns(table, at, bounds)
            yield from _find_alone(table, at)
        if table.key == "groups_reached":
            yield from _find_wrong_sums(table, at)
        if table.key == "ineligible":
            yield from _find_no_vouchers(table, at, tables.get("expenditures"), bounds.vouchers)


def _find_gaps(table: TheirTable, at: Mapping[str, int]) -> Iterator[Doubt]:
    """Cells that must be filled in, and those that should be."""
    proof, kind = PROVEN.get(table.key, ("", "no paper"))
    wanted: list[tuple[str, int, Kind]] = [(key, at[key], "missing") for key in WANTED[table.key] if key in at]
    wanted += [(proof, at[proof], kind)] if proof in at else []
    note = at.get("note", -1)
    places = [index for _, index, _ in wanted]
    for row in table.rows:
        texts = row.texts
        if all(map(texts.__getitem__, places)):
            continue
        gaps = [(key, what) for key, index, what in wanted if not texts[index]]
        if total := _find_total(table, row):
            yield _doubt("total row", table, row, total, at)
        elif any(words for index, words in enumerate(texts) if index != note):
            for key, what in gaps:
                if (row.number, key) not in table.odd:
                    yield _doubt(what, table, row, key, at)


def _find_total(table: TheirTable, row: TheirRow) -> str | None:
    """The column whose word says that the row sums up others, where it says next to nothing else."""
    said = [key for key, words in zip(table.columns, row.texts, strict=True) if words]
    if table.key != "expenditures" or len(said) > _SAYS_LITTLE:
        return None
    return next((x for x in said if _TOTAL.match(row.texts[table.columns.index(x)])), None)


def _find_other_currencies(table: TheirTable, at: Mapping[str, int], bounds: Bounds) -> Iterator[Doubt]:
    """An amount written with another currency than its row has: 900 RSD in a row of EUR."""
    column = _IN_CURRENCY.get(table.key, "amount")
    for row in table.rows if table.odd and table.key not in _OF_VOUCHERS else ():
        for key in ("amount", "received"):
            odd = table.odd.get((row.number, key))
            wanted = row.texts[at["currency"]] if key == column and "currency" in at else bounds.currency
            if odd and wanted and name_currency(odd.shown) not in ("", wanted):
                yield Doubt("other currency", table.sheet, table.cell(row.number, key), odd.shown)


def _find_outside(table: TheirTable, at: Mapping[str, int], bounds: Bounds) -> Iterator[Doubt]:
    index, first, last = at.get("date", -1), bounds.start.isoformat(), bounds.end.isoformat()
    for row in table.rows if index >= 0 else ():
        if row.texts[index] and not first <= row.texts[index] <= last and (row.number, "date") not in table.odd:
            yield _doubt("outside", table, row, "date", at)


def _find_paid_early(table: TheirTable, at: Mapping[str, int], bounds: Bounds) -> Iterator[Doubt]:
    """Costs that were paid before the day of their paper, where nothing is told of that day itself."""
    date, paid, last = at.get("date", -1), at.get("date_paid", -1), bounds.end.isoformat()
    for row in table.rows if min(date, paid) >= 0 else ():
        early = "" < row.texts[paid] < row.texts[date] <= last
        if early and table.odd.keys().isdisjoint({(row.number, "date"), (row.number, "date_paid")}):
            yield _doubt("paid early", table, row, "date_paid", at)


def _find_twice(table: TheirTable, at: Mapping[str, int]) -> Iterator[Doubt]:
    """The same voucher, line, amount and day once more, though another word differs."""
    if not all(key in at for key in _SAME):
        return
    pick = itemgetter(*(at[key] for key in _SAME))
    seen: dict[tuple[str, ...], tuple[str, ...]] = {}
    for row in table.rows:
        same: tuple[str, ...] = pick(row.texts)
        if all(same) and seen.setdefault(same, row.texts) is not row.texts and seen[same] != row.texts:
            yield _doubt("twice", table, row, "voucher", at)


def _find_too_many(table: TheirTable, at: Mapping[str, int]) -> Iterator[Doubt]:
    for row in table.rows:
        for part, whole in PARTS:
            some, all_of_them = (_read_count(row.texts[at[key]]) if key in at else None for key in (part, whole))
            if some is not None and some > (all_of_them or 0):
                yield _doubt("too many", table, row, part, at)


def _find_wrong_columns(table: TheirTable, at: Mapping[str, int], bounds: Bounds) -> Iterator[Doubt]:
    """A figure in a column that its indicator does not have; a value that counts people and is not whole."""
    for row in table.rows:
        wanted = bounds.columns.get(row.id, frozenset())
        for key in ("value", *COUNTS) if wanted else ():
            words = row.texts[at[key]] if key in at else ""
            if words and key not in wanted:
                yield _doubt("column", table, row, key, at)
            elif words and key == "value" and row.id in bounds.persons and "." in words:
                yield _doubt("broken person", table, row, key, at)


def _find_alone(table: TheirTable, at: Mapping[str, int]) -> Iterator[Doubt]:
    """A part without its whole, and a whole of which no part is given."""
    for row in table.rows:
        for part, whole in (*PARTS, ("whole", "part")):
            words, other = (row.texts[at[key]] if key in at else "" for key in (part, whole))
            told = _read_count(words) if part != "whole" else None  # more than its whole: told already
            if words and not other and not told and (row.number, whole) not in table.odd:
                yield _doubt("alone", table, row, part, at)


def _find_wrong_sums(table: TheirTable, at: Mapping[str, int]) -> Iterator[Doubt]:
    for row in table.rows:
        women, men, total = (_read_count(row.texts[at[x]]) if x in at else None for x in ("women", "men", "total"))
        if total is not None and (women, men) != (None, None) and total != (women or 0) + (men or 0):
            yield _doubt("sum", table, row, "total", at)


def _find_no_vouchers(
    table: TheirTable, at: Mapping[str, int], costs: TheirTable | None, known: Set[tuple[str, str]]
) -> Iterator[Doubt]:
    """A cost that is refused and stands in no list, neither in this form nor in another period."""
    if not table.rows or not {"partner", "voucher"} <= at.keys():
        return
    here = set(known)
    if costs and {"partner", "voucher"} <= set(costs.columns):
        where = costs.columns.index("partner"), costs.columns.index("voucher")
        here |= {(row.texts[where[0]], row.texts[where[1]]) for row in costs.rows}
    for row in table.rows:
        named = row.texts[at["partner"]], row.texts[at["voucher"]]
        if all(named) and named not in here:
            yield _doubt("no voucher", table, row, "voucher", at)


def _doubt(kind: Kind, table: TheirTable, row: TheirRow, column: str, at: Mapping[str, int]) -> Doubt:
    return Doubt(kind, table.sheet, table.cell(row.number, column), row.texts[at[column]], (table.key, column))


def _read_count(words: str) -> Decimal | None:
    return Decimal(words) if words and words.replace(".", "", 1).isdigit() else None
