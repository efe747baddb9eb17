"""Sheet Budget against actual: every line of the budget in force, what was spent before and now, and why it differs."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from grants.ledger.balances import Balance, HeadingBalance, LineBalance
from grants.ledger.figures import share_of
from grants.views.addresses import name_area, name_cell
from grants.views.financial_sheets.draft import Draft
from grants.views.financial_sheets.tables import WHICH, choose_long_page, put_balance
from grants.views.form_parts import put_decimals
from grants.views.formulas import sum_cells
from grants.views.sheet_builder import SheetBuilder
from grants.views.workbook import Area, CellKind, Emphasis, Role, SheetView

(
    CODE,
    TITLE,
    PARTNER,
    UNIT,
    QUANTITY,
    UNIT_COST,
    APPROVED,
    PRIOR,
    CURRENT,
    CUMULATIVE,
    UNSPENT,
) = range(11)
_GROUPS, _HEADER = 3, 4
FIRST = _HEADER + 1
_KEYS = (
    "code",
    "description",
    "partner",
    "unit",
    "quantity",
    "unit_cost",
    *WHICH,
)


def _list_last(draft: Draft) -> tuple[str, ...]:
    """The columns after those of the amounts. Half of the time is not held against the whole of the budget: before the
    end there is no variation, only what is spent of it.
    """
    return ("variation", "variation_percent", "explanation") if draft.is_final else ("percent_spent", "explanation")


def _last_columns(draft: Draft) -> tuple[int, int]:
    """The columns of the percentage and of the explanation."""
    last = UNSPENT + len(_list_last(draft))
    return last - 1, last


def view_execution(draft: Draft) -> SheetView:
    """The sheet."""
    amounts = len(WHICH) + len(_list_last(draft)) - 2
    sheet = draft.start("execution", [8.0, 34.0, 8.5, 12.5, 9.0, 11.5, *[draft.money_width] * amounts, 10.5, 40.0])
    _put_header(draft, sheet)
    row, subtotals = FIRST, []
    for heading in draft.books.headings:
        row = _put_heading(draft, sheet, row, heading)
        subtotals.append(row - 1)
    last = _put_totals(draft, sheet, row, subtotals)
    put_decimals(sheet, Area(FIRST, QUANTITY, row - 1, QUANTITY))
    _mark_faults(draft, sheet, row - 1, last)
    return sheet.build(print_as=choose_long_page(last, (_GROUPS, _HEADER)), freeze=(FIRST, 2), tab="result")


def _put_header(draft: Draft, sheet: SheetBuilder) -> None:
    """Two rows: what the columns of the budget, of costs, and of variations have in common."""
    words, books = draft.words, draft.books
    percent, why = _last_columns(draft)
    groups = {"budget": (UNIT, APPROVED), "costs": (PRIOR, UNSPENT if draft.is_final else percent)}
    if draft.is_final:
        groups["variations"] = (UNSPENT + 1, why)
    for key, (first, last) in groups.items():
        label = name_budget(draft, books.amendment) if key == "budget" else words.say(f"group.{key}")
        sheet.span(Area(_GROUPS, first, _GROUPS, last), label, "header-group", "centre")
    for column, key in enumerate((*_KEYS, *_list_last(draft))):
        label = words.say(f"column.{key}", currency=draft.currency)
        if column < UNIT or (column == why and not draft.is_final):
            sheet.span(Area(_GROUPS, column, _HEADER, column), label, "header", "centre")
        else:
            sheet.put(_HEADER, column, label, "header", "centre")


def name_budget(draft: Draft, amendment: str | None) -> str:
    """Which budget: the contract's, an amendment's, or (nothing is signed) the definition's."""
    if not draft.source.records.signed:
        return draft.words.say("budget.definition")
    if amendment is None:
        return draft.words.say("budget.contract")
    return draft.words.say("budget.amendment", number=amendment)


def _put_heading(draft: Draft, sheet: SheetBuilder, row: int, heading: HeadingBalance) -> int:
    """A heading, its lines and its total. Gives the row after them."""
    code, title = heading.heading.code, draft.words.read(heading.heading.title)
    sheet.span(Area(row, CODE, row, sheet.last_column), f"{code}. {title}", "band")
    lines = range(row + 1, row + 1 + len(heading.lines))
    for at, line in zip(lines, heading.lines, strict=True):
        _put_line(draft, sheet, at, line)
    total = lines.stop
    cells = {
        which: f"=SUM({name_area(Area(lines.start, column, total - 1, column))})" if lines else "=0"
        for column, which in enumerate(WHICH, APPROVED)
    }
    label = draft.words.say("row.subtotal", heading=f"{code}. {title}")
    _put_sum(draft, sheet, total, label, heading, _own(cells), f"heading:{code}:", "subtotal")
    return total + 1


def _own(formulas: Mapping[str, str]) -> dict[str, str | None]:
    """Only those that do not follow from the others in the row."""
    return {which: formulas[which] for which in ("approved", "prior", "current")}


def _put_line(draft: Draft, sheet: SheetBuilder, row: int, balance: LineBalance) -> None:
    words, line = draft.words, balance.line
    is_approved = any(x is line or x == line for x in draft.books.budget.lines)
    quantity, unit_cost = (line.quantity, line.unit_cost) if is_approved else (None, None)
    texts: tuple[tuple[int, str, CellKind], ...] = (
        (CODE, line.code, "text"),
        (TITLE, words.read(line.description), "text"),
        (PARTNER, line.partner, "centre"),
        (UNIT, words.read(line.unit), "text"),
    )
    for column, text, kind in texts:
        sheet.put(row, column, text, "plain", kind)
    sheet.put(row, QUANTITY, quantity, "plain", "number")
    sheet.put(row, UNIT_COST, unit_cost, "plain", "rate")
    code = name_cell(row, CODE)
    product = f"=ROUND({name_cell(row, QUANTITY)}*{name_cell(row, UNIT_COST)},2)"
    formulas: dict[str, str | None] = {
        "approved": product if is_approved else None,
        "prior": "=" + draft.add_costs(line=code, status=draft.status("prior")),
        "current": "=" + draft.add_costs(line=code, status=draft.status("current")),
    }
    put_balance(draft, sheet, (row, APPROVED), balance, formulas, "plain", f"line:{line.code}:")
    _put_variation(draft, sheet, row, balance, "plain", find_explanation(draft, balance))


def find_explanation(draft: Draft, line: LineBalance) -> str | None:
    """Why a line differs; None where nobody says."""
    text = draft.source.explain(line)
    return None if text is None else draft.words.read(text)


def _put_variation(
    draft: Draft, sheet: SheetBuilder, row: int, balance: Balance, role: Role, why: str | None = None
) -> None:
    """In the end what was spent beyond the budget (below zero: less), in money and in per cent; before, only how much
    of it is spent. Then why.
    """
    column, last = _last_columns(draft)
    approved, part, cell = name_cell(row, APPROVED), balance.cumulative, name_cell(row, CUMULATIVE)
    if draft.is_final:
        part = balance.cumulative - balance.approved
        sheet.put(row, column - 1, part, role, "money", f"={cell}-{approved}")
        cell = name_cell(row, column - 1)
    percent = share_of(part, balance.approved) if balance.approved else "–"
    formula = f'=IF({approved}=0,"–",{cell}/{approved})'
    sheet.put(row, column, percent, role, "percent" if balance.approved else "centre", formula)
    sheet.put(row, last, why, role)


def _put_sum(
    draft: Draft,
    sheet: SheetBuilder,
    row: int,
    label: str,
    balance: Balance,
    formulas: Mapping[str, str | None],
    prefix: str,
    role: Role,
) -> None:
    sheet.put(row, CODE, None, role)
    sheet.span(Area(row, TITLE, row, UNIT_COST), label, role)
    _put_amounts(draft, sheet, row, balance, formulas, prefix, role)


def _put_amounts(
    draft: Draft,
    sheet: SheetBuilder,
    row: int,
    balance: Balance,
    formulas: Mapping[str, str | None],
    prefix: str,
    role: Role,
) -> None:
    put_balance(draft, sheet, (row, APPROVED), balance, formulas, role, prefix)
    _put_variation(draft, sheet, row, balance, role)


def _put_totals(draft: Draft, sheet: SheetBuilder, row: int, subtotals: list[int]) -> int:
    """Direct costs, contingency where there is one, indirect costs, and everything. Gives the last row."""
    books, words = draft.books, draft.words
    columns = dict(zip(("approved", "prior", "current"), (APPROVED, PRIOR, CURRENT), strict=True))
    direct: dict[str, str | None] = {which: "=" + sum_cells(subtotals, column) for which, column in columns.items()}
    _put_sum(draft, sheet, row, words.say("row.direct"), books.direct, direct, "direct:", "subtotal")
    at = row + 1
    if books.has_contingency and books.budget.contingency:
        base = books.direct.approved, f"={name_cell(row, APPROVED)}"
        _put_rate(draft, sheet, at, words.say("row.contingency"), books.budget.contingency.percent, base)
        _put_amounts(draft, sheet, at, books.contingency, {"approved": _product(at)}, "contingency:", "subtotal")
        at += 1
    _put_indirect(draft, sheet, at, row)
    parts = range(row, at + 1)
    whole: dict[str, str | None] = {which: "=" + sum_cells(parts, column) for which, column in columns.items()}
    _put_sum(draft, sheet, at + 1, words.say("row.grand"), books.grand, whole, "", "total")
    return at + 1


def _put_rate(
    draft: Draft, sheet: SheetBuilder, row: int, label: str, percent: Decimal, base: tuple[Decimal, str]
) -> None:
    """A flat rate: per cent in the column of quantities, what it is taken of in that of unit costs."""
    sheet.put(row, CODE, None, "subtotal")
    sheet.span(Area(row, TITLE, row, PARTNER), label, "subtotal")
    sheet.put(row, UNIT, draft.words.say("unit.percent"), "subtotal")
    sheet.put(row, QUANTITY, percent / 100, "subtotal", "percent")
    sheet.put(row, UNIT_COST, base[0], "subtotal", "money", base[1])


def _product(row: int) -> str:
    return f"=ROUND({name_cell(row, UNIT_COST)}*{name_cell(row, QUANTITY)},2)"


def _put_indirect(draft: Draft, sheet: SheetBuilder, row: int, direct: int) -> None:
    """Of the accepted direct costs so far, rounded; what is of this period is the difference of two such amounts."""
    books, costs = draft.books, draft.books.budget.indirect_costs
    base, formula, key = books.direct.approved, f"={name_cell(direct, APPROVED)}", "row.indirect"
    if costs and costs.base != "direct":
        base, key = base + books.contingency.approved, "row.indirect_with_contingency"
        formula += f"+{name_cell(direct + 1, APPROVED)}" if books.has_contingency else ""
    label = draft.words.say(key)
    _put_rate(draft, sheet, row, label, costs.percent if costs else Decimal(0), (base, formula))
    percent = name_cell(row, QUANTITY)
    formulas: dict[str, str | None] = {
        "approved": _product(row),
        "prior": f"=ROUND({name_cell(direct, PRIOR)}*{percent},2)",
        "current": f"={name_cell(row, CUMULATIVE)}-{name_cell(row, PRIOR)}",
        "cumulative": f"=ROUND({name_cell(direct, CUMULATIVE)}*{percent},2)",
    }
    _put_amounts(draft, sheet, row, books.indirect, formulas, "indirect:", "subtotal")
    draft.note("indirect_rate", sheet, row, QUANTITY)


def _mark_faults(draft: Draft, sheet: SheetBuilder, last_line: int, last: int) -> None:
    """What is overspent; at the end, also variations above the donor's limit that nobody explained."""
    cell = name_cell(FIRST, UNSPENT)
    overspent = f"=AND(ISNUMBER({cell}),ROUND({cell},2)<0)"
    sheet.emphases.append(Emphasis(Area(FIRST, UNSPENT, last, UNSPENT), overspent, "wrong"))
    limit = draft.source.limits.explain_over_percent
    if limit is not None:
        column, last_column = _last_columns(draft)
        percent, code = f"${name_cell(FIRST, column)}", f"${name_cell(FIRST, CODE)}"
        over = f"ABS({percent})" if draft.is_final else f"{percent}-1"
        why = name_cell(FIRST, last_column)
        formula = f'=IF(ISNUMBER({percent}),AND({code}<>"",{why}="",{over}>{limit / 100:f}),FALSE)'
        sheet.emphases.append(Emphasis(Area(FIRST, last_column, last_line, last_column), formula, "wrong"))


def list_partner_ranges(draft: Draft) -> tuple[str, str]:
    """The columns of partners and of approved amounts, for formulas of other sheets."""
    sheet, _, corner = draft.cells["approved"].rpartition("!")
    last = int(corner.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) - 1
    areas = (Area(FIRST, column, last, column) for column in (PARTNER, APPROVED))
    partners, approved = (f"{sheet}!{name_area(area, fixed=True)}" for area in areas)
    return partners, approved
