"""Sheet Costs: the list that finance fills in, each row checked as it is typed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from grants.model.records import Expenditure
from grants.views.addresses import name_area, name_cell, on_sheet
from grants.views.form_parts import choose_print, start_sheet
from grants.views.formulas import quote
from grants.views.period_layout import FIRST_ROW, PeriodLayout, PlacedTable, add_converted, convert, say_conversion
from grants.views.period_sheets.tables import count_texts, entries_of, put_table
from grants.views.sheet_builder import Entry, SheetBuilder
from grants.views.workbook import Area, Effect, Emphasis, SheetView, Validation

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
_SAME = ("voucher", "partner", "line", "amount")
"""Columns by which a cost that is entered twice is known."""
_PRINTED_EMPTY = 5
_VERDICTS: tuple[tuple[str, Effect], ...] = (("=", "ok"), (">", "wrong"))


def view_expenditures(layout: PeriodLayout) -> SheetView:
    """The sheet."""
    table, verdicts = layout.tables["expenditures"], _judge(layout)
    sheet = start_sheet("expenditures", table.columns, layout.words, layout.project, about=layout.about)
    put_table(sheet, layout, table, lambda number, row: _fill(layout, table, verdicts, number, row))
    _put_total(sheet, layout, table, verdicts)
    _colour(sheet, layout, table)
    header = Area(table.header, 0, table.last, sheet.last_column)
    printed = replace(choose_print(sheet, (FIRST_ROW - 1, FIRST_ROW - 1)), last_row=_find_last_row(table))
    return sheet.build(print_as=printed, freeze=(FIRST_ROW, 1), filter_area=header)


def _find_last_row(table: PlacedTable) -> str:
    """Of what is filled in, with some empty rows below it: of five hundred, most stay empty and fill no paper."""
    area = on_sheet(table.sheet, name_area(Area(table.first, 0, table.last, table.index("currency")), fixed=True))
    first = on_sheet(table.sheet, name_area(Area(table.first, 0, table.last, 0), fixed=True))
    used = f'SUMPRODUCT(MAX(({area}<>"")*ROW({first})))'
    return f"MIN({table.last + 1},MAX({table.first},{used})+{_PRINTED_EMPTY})"


def _fill(layout: PeriodLayout, table: PlacedTable, verdicts: Sequence[str], number: int, row: int) -> dict[str, Entry]:
    costs = layout.records.expenditures
    cost = costs[number] if number < len(costs) else None
    entries = entries_of(cost, FIELDS) if cost else {}
    entries["converted"] = Entry(_convert(layout, cost), say_conversion(layout, table, row))
    entries["check"] = Entry(verdicts[number] if cost else "", _check(layout, table, row), "check")
    return entries


def _convert(layout: PeriodLayout, cost: Expenditure | None) -> Decimal | str:
    if cost is None:
        return ""
    amount = convert(layout, cost)
    return layout.words.say("check.rate") if amount is None else amount


def _check(layout: PeriodLayout, table: PlacedTable, row: int) -> str:
    """The first thing that is wrong with a row, or that all is right; nothing for an empty row."""

    def cell(key: str) -> str:
        return table.cell(key, row)

    def say(key: str) -> str:
        return quote(layout.words.say(f"check.{key}"))

    first, last = table.index("voucher"), table.index("currency")
    empty = f"COUNTA({name_area(Area(row, first, row, last))},{cell('date_paid')})=0"
    formula = say("ok")
    for condition, word in reversed(_list_tests(layout, table, cell)):
        formula = f"IF({condition},{say(word)},{formula})"
    return f'=IF({empty},"",{formula})'


def _list_tests(layout: PeriodLayout, table: PlacedTable, cell: Callable[[str], str]) -> list[tuple[str, str]]:
    """Condition of a fault -> its word, in the order in which they are looked for.

    Why MATCH and not COUNTIF: to COUNTIF, the lines 5.1 and 5.10 are the same number.
    """
    start, end = (f"DATE({day.year},{day.month},{day.day})" for day in (layout.period.start, layout.period.end))
    filled = ",".join(f'{cell(key)}<>""' for key in _FILLED)

    def unlisted(key: str, choices: str) -> str:
        return f"ISNA(MATCH({cell(key)},list_{choices},0))"

    return [
        (f"NOT(AND({filled}))", "incomplete"),
        (f"NOT(ISNUMBER({cell('date')}))", "date"),
        (f"OR({cell('date')}<{start},{cell('date')}>{end})", "outside"),
        (f'AND({cell("date_paid")}<>"",N({cell("date_paid")})<{cell("date")})', "paid"),
        (unlisted("line", "lines"), "line"),
        (unlisted("partner", "partners"), "partner"),
        (f'AND({cell("source")}<>"",{unlisted("source", "sources")})', "source"),
        (f"NOT(ISNUMBER({cell('amount')}))", "amount"),
        (unlisted("currency", "currencies"), "currency"),
        (f"NOT(ISNUMBER({cell('converted')}))", "rate"),
        (_find_same(table, cell), "twice"),
    ]


def _find_same(table: PlacedTable, cell: Callable[[str], str]) -> str:
    """Whether another row has the same voucher, partner, line and amount.

    COUNTIFS is quick and takes 7 and 07 for the same; what it suspects, a comparison of texts confirms.
    """
    suspected = ",".join(f"{table.part(key)},{cell(key)}" for key in _SAME)
    confirmed = ",".join(f"--({table.part(key)}={cell(key)})" for key in _SAME)
    return f"IF(COUNTIFS({suspected})>1,SUMPRODUCT({confirmed})>1,FALSE)"


def _judge(layout: PeriodLayout) -> list[str]:
    """What the formula gives for each cost of the records, in the same order of tests."""
    lines = {line.line.code for line in layout.books.lines}
    sources = {source.code for source in layout.books.budget.sources if not source.in_kind}
    partners = {part.code for part in layout.project.organisations}
    times = Counter(map(_identify, layout.records.expenditures))
    verdicts = []
    for cost in layout.records.expenditures:
        tests = {
            "outside": not layout.period.start <= cost.date <= layout.period.end,
            "paid": cost.date_paid is not None and cost.date_paid < cost.date,
            "line": cost.line not in lines,
            "partner": cost.partner not in partners,
            "source": cost.source is not None and cost.source not in sources,
            "rate": layout.rate_of(cost.currency) is None,
            "twice": times[_identify(cost)] > 1,
        }
        verdicts.append(layout.words.say(f"check.{next((word for word, wrong in tests.items() if wrong), 'ok')}"))
    return verdicts


def _identify(cost: Expenditure) -> tuple[object, ...]:
    return tuple(value.casefold() if isinstance(value := getattr(cost, key), str) else value for key in _SAME)


def _put_total(sheet: SheetBuilder, layout: PeriodLayout, table: PlacedTable, verdicts: Sequence[str]) -> None:
    """The total, and how many rows are wrong: above the list, where they are seen while one types."""
    say, costs, row = layout.words.say, layout.records.expenditures, table.header - 1
    column, check = table.index("converted"), table.index("check")
    label = say("row.total_costs", currency=layout.project.budget.currency)
    sheet.span(Area(row, 0, row, column - 1), label, "subtotal")
    total = add_converted(layout, costs)
    part, missing = table.part("converted"), say("check.rate")
    formula = f"=IF({count_texts(part)}>0,{quote(missing)},SUM({part}))"
    sheet.put(row, column, missing if total is None else total, "subtotal", "money", formula)
    sheet.span(Area(row, column + 1, row, check - 1), say("row.to_correct"), "subtotal")
    part, fine = table.part("check"), say("check.ok")
    wrong = sum(verdict != fine for verdict in verdicts)
    formula = f'=SUMPRODUCT(--({part}<>""),--({part}<>{quote(fine)}))'
    sheet.put(row, check, wrong, "check", "number", formula)
    cell = name_cell(row, check)
    sheet.emphases += [Emphasis(Area(row, check, row, check), f"={cell}{sign}0", effect) for sign, effect in _VERDICTS]


def _colour(sheet: SheetBuilder, layout: PeriodLayout, table: PlacedTable) -> None:
    """The colours of checks and missing rates; and, to whoever selects a check, what its words ask for."""
    column = table.index("check")
    area, cell = Area(table.first, column, table.last, column), table.cell("check", table.first)
    sheet.validations.append(
        Validation((area,), "any", layout.words.say("column.check"), layout.words.say("hint.check"))
    )
    fine = quote(layout.words.say("check.ok"))
    sheet.emphases.append(Emphasis(area, f"={cell}={fine}", "ok"))
    sheet.emphases.append(Emphasis(area, f'=AND({cell}<>"",{cell}<>{fine})', "wrong"))
    converted = table.index("converted")
    for row, last in ((table.header - 1, table.header - 1), (table.first, table.last)):
        area, cell = Area(row, converted, last, converted), name_cell(row, converted)
        sheet.emphases.append(Emphasis(area, f'=AND(ISTEXT({cell}),{cell}<>"")', "wrong"))
