"""Sheet Budget and costs: approved, spent before, spent now (as the list of costs is filled in), left, forecast."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TypeAlias

from grants.ledger.balances import Balance
from grants.model.money import round_to_cent
from grants.model.records import Expenditure
from grants.views.addresses import name_cell
from grants.views.figures import format_percent
from grants.views.form_parts import choose_print, label_columns, put_hints, start_sheet
from grants.views.formulas import sum_cells
from grants.views.period_layout import FIRST_ROW, ForecastRow, PeriodLayout, PlacedTable, convert
from grants.views.sheet_builder import Entry, SheetBuilder
from grants.views.workbook import Area, Emphasis, Role, SheetView

Sums: TypeAlias = Mapping[str, Decimal]
"""approved, prior, current, perhaps forecast -> amount."""


def view_forecast(layout: PeriodLayout) -> SheetView:
    """The sheet."""
    table, words = layout.tables["forecast"], layout.words
    sheet = start_sheet("forecast", table.columns, words, layout.project)
    sheet.put_header(table.header, table.columns, label_columns(words, table.columns, {}))
    for row in layout.forecast:
        _put(sheet, layout, table, row)
    _put_totals(sheet, layout, table)
    put_hints(sheet, table.columns, [(part.row, part.row) for part in layout.forecast if part.line], words)
    unspent = table.index("unspent")
    area = Area(table.first, unspent, layout.totals_row + 2, unspent)
    sheet.emphases.append(Emphasis(area, f"={name_cell(table.first, unspent)}<0", "wrong"))
    return sheet.build(print_as=choose_print(sheet, (FIRST_ROW - 1, FIRST_ROW - 1)), freeze=(FIRST_ROW, 2))


def add_up_line(layout: PeriodLayout, line: str) -> Decimal:
    """What the list of costs gives for a line, converted as the form does; costs without a rate are in no sum."""
    costs = (cost for cost in layout.records.expenditures if cost.line == line)
    return sum((amount for cost in costs if (amount := _convert(layout, cost)) is not None), Decimal("0.00"))


def _convert(layout: PeriodLayout, cost: Expenditure) -> Decimal | None:
    amount = convert(layout, cost.amount, cost.currency)
    return None if amount is None else round_to_cent(amount)


def _put(sheet: SheetBuilder, layout: PeriodLayout, table: PlacedTable, row: ForecastRow) -> None:
    if row.line is None:
        title = f"{row.heading.heading.code}. {layout.words.read(row.heading.heading.title)}"
        rows = [x.row for x in layout.forecast if x.heading is row.heading and x.line]
        codes = [line.line.code for line in row.heading.lines]
        _put_sum(sheet, table, row.row, title, _sum(layout, row.heading, codes), rows, "subtotal")
        return
    line, words, finance = row.line.line, layout.words, layout.records.finance
    costs = layout.tables["expenditures"]  # not SUMIFS: to it, lines 5.1 and 5.10 are the same number
    lines, amounts = costs.part("line", outside=True), costs.part("converted", outside=True)
    current = add_up_line(layout, line.code)
    entries = {
        "code": Entry(line.code),
        "description": Entry(words.read(line.description)),
        "approved": Entry(row.line.approved),
        "prior": Entry(row.line.prior),
        "current": Entry(current, f"=SUMPRODUCT(--({lines}={table.cell('code', row.row)}),{amounts})"),
        "unspent": _unspent(table, row.row, row.line.approved - row.line.prior - current),
        "forecast": Entry(finance.forecast.get(line.code)),
        "explanation": Entry(words.read(finance.explanations.get(line.code))),
    }
    sheet.put_row(row.row, table.columns, entries)


def _sum(layout: PeriodLayout, balance: Balance, codes: Sequence[str]) -> Sums:
    """The sums of lines; approved and prior as the books have them."""
    current = sum((add_up_line(layout, code) for code in codes), Decimal("0.00"))
    planned = layout.records.finance.forecast
    forecast = sum((planned[code] for code in codes if code in planned), Decimal("0.00"))
    return {"approved": balance.approved, "prior": balance.prior, "current": current, "forecast": forecast}


def _unspent(table: PlacedTable, row: int, value: Decimal) -> Entry:
    approved, prior, current = (table.cell(key, row) for key in ("approved", "prior", "current"))
    return Entry(value, f"={approved}-{prior}-{current}")


def _put_sum(
    sheet: SheetBuilder, table: PlacedTable, row: int, title: str, sums: Sums, rows: Sequence[int], role: Role
) -> None:
    """A row that adds up others."""
    entries = {key: Entry(value, "=" + sum_cells(rows, table.index(key))) for key, value in sums.items()}
    _put_result(sheet, table, row, title, entries, sums, role)


def _put_result(
    sheet: SheetBuilder,
    table: PlacedTable,
    row: int,
    title: str,
    entries: Mapping[str, Entry],
    sums: Sums,
    role: Role,
) -> None:
    whole = {x.key: Entry(None, role=role, kind="text") for x in table.columns}
    whole |= {key: entry._replace(role=role, kind="money") for key, entry in entries.items()}
    unspent = _unspent(table, row, sums["approved"] - sums["prior"] - sums["current"])
    whole["unspent"] = unspent._replace(role=role)
    whole["description"] = Entry(title, role=role)
    sheet.put_row(row, table.columns, whole)


def _put_totals(sheet: SheetBuilder, layout: PeriodLayout, table: PlacedTable) -> None:
    """Direct costs, the contingency where there is one, indirect costs as a flat rate, and everything together."""
    books, say, row = layout.books, layout.words.say, layout.totals_row
    headings = [part.row for part in layout.forecast if part.line is None]
    direct = _sum(layout, books.direct, [line.line.code for line in books.lines])
    _put_sum(sheet, table, row, say("row.direct"), direct, headings, "subtotal")
    rows = [row]
    if books.contingency.approved:
        rows.append(rows[-1] + 1)
        nothing = dict.fromkeys(("prior", "current"), Decimal("0.00"))
        sums = {"approved": books.contingency.approved, **nothing}
        entries = {key: Entry(value) for key, value in sums.items()}
        _put_result(sheet, table, rows[-1], say("row.contingency"), entries, sums, "subtotal")
    rows.append(rows[-1] + 1)
    current = _put_indirect(sheet, layout, table, rows[-1], direct)
    grand = {
        "approved": books.grand.approved,
        "prior": books.grand.prior,
        "current": direct["current"] + current,
        "forecast": direct["forecast"],
    }
    _put_sum(sheet, table, rows[-1] + 1, say("row.grand"), grand, rows, "total")


def _put_indirect(sheet: SheetBuilder, layout: PeriodLayout, table: PlacedTable, row: int, direct: Sums) -> Decimal:
    """The flat rate on direct costs, as the difference of two rounded totals; what it comes to now."""
    books, first = layout.books, layout.totals_row
    percent = books.budget.indirect_costs.percent if books.budget.indirect_costs else Decimal(0)
    before = books.indirect.prior
    current = round_to_cent((direct["prior"] + direct["current"]) * percent / 100) - before
    cells = "+".join(name_cell(first, table.index(key)) for key in ("prior", "current"))
    rate, prior = f"{percent.normalize():f}/100", table.cell("prior", row)
    sums = {"approved": books.indirect.approved, "prior": before, "current": current}
    entries = {key: Entry(value) for key, value in sums.items()}
    entries["current"] = Entry(current, f"=ROUND(({cells})*{rate},2)-{prior}")
    title = f"{layout.words.say('row.indirect')}: {format_percent(percent, layout.words.language)}"
    _put_result(sheet, table, row, title, entries, sums, "subtotal")
    return current
