"""Sheet Costs: the list that finance fills in, each row checked as it is typed."""

from __future__ import annotations

from decimal import Decimal

from grants.model.money import round_to_cent
from grants.model.records import Expenditure
from grants.views.addresses import name_area
from grants.views.form_parts import choose_print, start_sheet
from grants.views.formulas import quote
from grants.views.period_layout import FIRST_ROW, PeriodLayout, PlacedTable, convert
from grants.views.period_sheets.tables import entries_of, put_table
from grants.views.sheet_builder import Entry, SheetBuilder
from grants.views.workbook import Area, Emphasis, SheetView

FIELDS = (
    "voucher",
    "date",
    "payee",
    "description",
    "line",
    "partner",
    "source",
    "amount",
    "currency",
    "date_paid",
    "document",
    "note",
)
_FILLED = ("voucher", "date", "payee", "description", "line", "partner", "amount", "currency")
"""Columns without which a cost is none."""


def view_expenditures(layout: PeriodLayout) -> SheetView:
    """The sheet."""
    table = layout.tables["expenditures"]
    sheet = start_sheet("expenditures", table.columns, layout.words, layout.project)
    put_table(sheet, layout, table, lambda number, row: _fill(layout, table, number, row))
    _put_total(sheet, layout, table)
    _colour(sheet, layout, table)
    header = Area(table.header, 0, table.last, sheet.last_column)
    printed = choose_print(sheet, (FIRST_ROW - 1, FIRST_ROW - 1))
    return sheet.build(print_as=printed, freeze=(FIRST_ROW, 1), filter_area=header)


def _fill(layout: PeriodLayout, table: PlacedTable, number: int, row: int) -> dict[str, Entry]:
    costs = layout.records.expenditures
    cost = costs[number] if number < len(costs) else None
    entries = entries_of(cost, FIELDS) if cost else {}
    entries["converted"] = Entry(_convert(layout, cost), _conversion(layout, table, row))
    entries["check"] = Entry(_judge(layout, cost, number), _check(layout, table, row), "check")
    return entries


def _convert(layout: PeriodLayout, cost: Expenditure | None) -> Decimal | str:
    if cost is None:
        return ""
    amount = convert(layout, cost.amount, cost.currency)
    return layout.words.say("check.rate") if amount is None else round_to_cent(amount)


def _conversion(layout: PeriodLayout, table: PlacedTable, row: int) -> str:
    """The amount by the rate of its currency; a missing rate is a word, never 1."""
    amount, currency, rates = table.cell("amount", row), table.cell("currency", row), layout.tables["rates"]
    rate = f"INDEX({rates.part('rate', outside=True)},MATCH({currency},{rates.part('currency', outside=True)},0))"
    missing = quote(layout.words.say("check.rate"))
    return f'=IF(OR({amount}="",{currency}=""),"",IFERROR(ROUND({amount}/{rate},2),{missing}))'


def _check(layout: PeriodLayout, table: PlacedTable, row: int) -> str:
    """The first thing that is wrong with a row, or that all is right; nothing for an empty row."""

    def cell(key: str) -> str:
        return table.cell(key, row)

    def say(key: str) -> str:
        return quote(layout.words.say(f"check.{key}"))

    start, end = (f"DATE({day.year},{day.month},{day.day})" for day in (layout.period.start, layout.period.end))
    filled = ",".join(f"{cell(key)}<>{quote('')}" for key in _FILLED)
    same = ",".join(f"{table.part(key)},{cell(key)}" for key in ("voucher", "partner", "line", "amount"))
    first, last = table.index("voucher"), table.index("currency")
    empty = f"COUNTA({name_area(Area(row, first, row, last))},{cell('date_paid')})=0"
    tests = [
        (f"NOT(AND({filled}))", "incomplete"),
        (f"NOT(ISNUMBER({cell('date')}))", "date"),
        (f"OR({cell('date')}<{start},{cell('date')}>{end})", "outside"),
        (f"COUNTIF(list_lines,{cell('line')})=0", "line"),
        (f"NOT(ISNUMBER({cell('amount')}))", "amount"),
        (f"NOT(ISNUMBER({cell('converted')}))", "rate"),
        (f"COUNTIFS({same})>1", "twice"),
    ]
    formula = say("ok")
    for condition, word in reversed(tests):
        formula = f"IF({condition},{say(word)},{formula})"
    return f'=IF({empty},"",{formula})'


def _judge(layout: PeriodLayout, cost: Expenditure | None, number: int) -> str:
    """What the formula gives for a cost of the records."""
    say = layout.words.say
    if cost is None:
        return ""
    if not layout.period.start <= cost.date <= layout.period.end:
        return say("check.outside")
    if cost.line not in {line.line.code for line in layout.books.lines}:
        return say("check.line")
    if layout.rate_of(cost.currency) is None:
        return say("check.rate")
    key = (cost.voucher.casefold(), cost.partner, cost.line, cost.amount)
    same = [x for x in layout.records.expenditures if (x.voucher.casefold(), x.partner, x.line, x.amount) == key]
    return say("check.twice" if len(same) > 1 else "check.ok")


def _put_total(sheet: SheetBuilder, layout: PeriodLayout, table: PlacedTable) -> None:
    """The total stands above the list, where it is seen while one types."""
    column = table.index("converted")
    amounts = [_convert(layout, cost) for cost in layout.records.expenditures]
    total = sum((amount for amount in amounts if isinstance(amount, Decimal)), Decimal("0.00"))
    label = layout.words.say("row.total_costs", currency=layout.project.budget.currency)
    row = table.header - 1
    sheet.span(Area(row, 0, row, column - 1), label, "subtotal")
    sheet.put(row, column, total, "subtotal", "money", f"=SUM({table.part('converted')})")


def _colour(sheet: SheetBuilder, layout: PeriodLayout, table: PlacedTable) -> None:
    column = table.index("check")
    area, cell = Area(table.first, column, table.last, column), table.cell("check", table.first)
    fine = quote(layout.words.say("check.ok"))
    sheet.emphases.append(Emphasis(area, f"={cell}={fine}", "ok"))
    sheet.emphases.append(Emphasis(area, f'=AND({cell}<>"",{cell}<>{fine})', "wrong"))
    converted = table.index("converted")
    area = Area(table.first, converted, table.last, converted)
    sheet.emphases.append(Emphasis(area, f"=ISTEXT({table.cell('converted', table.first)})", "faded"))
