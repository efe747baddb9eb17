"""Sheet Costs: the list that finance fills in, each row checked as it is typed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from grants.model.money import round_to_cent
from grants.model.records import Expenditure
from grants.views.addresses import name_area, name_cell, on_sheet
from grants.views.form_parts import choose_print, start_sheet
from grants.views.formulas import quote
from grants.views.period_layout import (
    FIRST_ROW,
    PeriodLayout,
    PlacedTable,
    add_converted,
    in_row,
    say_conversion,
    say_lack,
)
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
_LEAST = "1E-14"
"""Part of an amount that is no part of a cent: what a formula leaves behind, 3.3000000000000003."""
_PRINTED_EMPTY = 5
_VERDICTS: tuple[tuple[str, Effect], ...] = (("=", "ok"), (">", "wrong"))


def view_expenditures(layout: PeriodLayout) -> SheetView:
    """The sheet."""
    table, verdicts = layout.tables["expenditures"], _judge(layout)
    formulas = {"converted": say_conversion(layout, table, None), "check": _check(layout, table)}
    sheet = start_sheet("expenditures", table.columns, layout.words, layout.project, about=layout.about)
    put_table(sheet, layout, table, lambda number, row: _fill(layout, formulas, verdicts, number, row))
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


def _fill(
    layout: PeriodLayout, formulas: Mapping[str, str], verdicts: Sequence[str], number: int, row: int
) -> dict[str, Entry]:
    """A row; its formulas are written once for all rows, of which there are five hundred."""
    known = number < len(layout.costs)
    cost, amount = layout.costs[number] if known else (None, None)
    shown = "" if not known else layout.words.say("check.rate") if amount is None else amount
    entries = entries_of(cost, FIELDS) if cost else {}
    entries["converted"] = Entry(shown, in_row(formulas["converted"], row))
    entries["check"] = Entry(verdicts[number] if known else "", in_row(formulas["check"], row), "check")
    return entries


def _check(layout: PeriodLayout, table: PlacedTable) -> str:
    """The first thing that is wrong with any row, or that all is right; nothing for an empty row."""

    def cell(key: str) -> str:
        return table.cell(key, None)

    def say(key: str) -> str:
        return quote(layout.words.say(f"check.{key}"))

    empty = f"COUNTA({cell('voucher')}:{cell('currency')},{cell('date_paid')})=0"
    formula = say("ok")
    for condition, word in reversed(_list_tests(layout, table, cell)):
        formula = f"IF({condition},{say(word)},{formula})"
    return f'=IF({empty},"",IFERROR({formula},{say("error")}))'  # counted too: a cell of the row shows #REF!, say


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
        (f"ISTEXT({cell('date')})", "text_date"),
        (f"NOT(ISNUMBER({cell('date')}))", "date"),
        (f"OR({cell('date')}<{start},{cell('date')}>={end}+1)", "outside"),  # the last day has hours, too
        (f'AND(ISTEXT({cell("date_paid")}),{cell("date_paid")}<>"")', "text_date"),
        (f'AND({cell("date_paid")}<>"",N({cell("date_paid")})<INT({cell("date")}))', "paid"),
        (unlisted("line", "lines"), "line"),
        (unlisted("partner", "partners"), "partner"),
        (f'AND({cell("source")}<>"",{unlisted("source", "sources")})', "source"),
        (f"ISTEXT({cell('amount')})", "text_amount"),
        (f"NOT(ISNUMBER({cell('amount')}))", "amount"),
        (f"ABS({cell('amount')}-ROUND({cell('amount')},2))>ABS({cell('amount')})*{_LEAST}", "amount"),
        (unlisted("currency", "currencies"), "currency"),
        (f"NOT(ISNUMBER({cell('converted')}))", "rate"),
        (_find_same(table, cell), "twice"),
        *_find_unpaid(layout, cell),
    ]


def _find_unpaid(layout: PeriodLayout, cell: Callable[[str], str]) -> list[tuple[str, str]]:
    """Whether a cost above the donor's limit was not paid in the period and is no pending payment (rule R18)."""
    if layout.pending_over is None:
        return []
    end, pending, refused = layout.period.end, layout.tables["pending"], layout.tables["ineligible"]

    def count(table: PlacedTable, **wanted: str) -> str:
        parts = (f"--({table.part(key, outside=True)}={cell(column)})" for key, column in wanted.items())
        return f"SUMPRODUCT({','.join(parts)})"

    unpaid = f'OR({cell("date_paid")}="",{cell("date_paid")}>=DATE({end.year},{end.month},{end.day})+1)'
    listed = [count(pending, line="line", amount="amount", currency="currency")]
    listed += [count(pending, line="line", document="voucher")]
    listed += [f'IF({cell("document")}="",0,{count(pending, line="line", document="document")})']
    listed += [count(refused, partner="partner", voucher="voucher")]
    return [(f"IF(AND({cell('converted')}>{layout.pending_over:f},{unpaid}),{'+'.join(listed)}=0,FALSE)", "unpaid")]


def _find_same(table: PlacedTable, cell: Callable[[str], str]) -> str:
    """Whether another row has the same voucher, partner, line and amount.

    COUNTIFS is quick and takes 7 and 07 for the same; what it suspects, a comparison of texts confirms, as long as
    no cell of the list shows an error.
    """
    suspected = ",".join(f"{table.part(key)},{cell(key)}" for key in _SAME)
    confirmed = ",".join(f"--({table.part(key)}={cell(key)})" for key in _SAME)
    return f"IF(COUNTIFS({suspected})>1,IFERROR(SUMPRODUCT({confirmed})>1,TRUE),FALSE)"


def _judge(layout: PeriodLayout) -> list[str]:
    """What the formula gives for each cost of the records, in the same order of tests."""
    lines = {line.line.code for line in layout.books.lines}
    sources = {source.code for source in layout.books.budget.sources if not source.in_kind}
    partners = {part.code for part in layout.project.organisations}
    times = Counter(map(_identify, layout.records.expenditures))
    verdicts = []
    listed = _list_pending(layout)
    refused = {(x.partner, x.voucher) for x in layout.records.finance.ineligible}
    for cost, amount in layout.costs:
        tests = {
            "outside": not layout.period.start <= cost.date <= layout.period.end,
            "paid": cost.date_paid is not None and cost.date_paid < cost.date,
            "line": cost.line not in lines,
            "partner": cost.partner not in partners,
            "source": cost.source is not None and cost.source not in sources,
            "amount": cost.amount != round_to_cent(cost.amount),
            "rate": amount is None,
            "twice": times[_identify(cost)] > 1,
            "unpaid": _is_unpaid(layout, cost, amount)
            and listed.isdisjoint(
                {cost.voucher, cost.document or cost.voucher, (cost.line, cost.amount, cost.currency)}
            )
            and (cost.partner, cost.voucher) not in refused,
        }
        verdicts.append(layout.words.say(f"check.{next((word for word, wrong in tests.items() if wrong), 'ok')}"))
    return verdicts


def _list_pending(layout: PeriodLayout) -> set[tuple[object, ...]]:
    """What an unpaid cost may be known by: line and paper, or line, amount and currency."""
    pending = layout.records.finance.pending
    papers = {(x.line, x.document) for x in pending if x.document}
    return {*papers, *((x.line, x.amount, x.currency) for x in pending)}


def _is_unpaid(layout: PeriodLayout, cost: Expenditure, amount: Decimal | None) -> bool:
    """Whether it is above the donor's limit and was not paid in the period."""
    above = layout.pending_over is not None and amount is not None and amount > layout.pending_over
    return above and (cost.date_paid is None or cost.date_paid > layout.period.end)


def _identify(cost: Expenditure) -> tuple[object, ...]:
    return tuple(value.casefold() if isinstance(value := getattr(cost, key), str) else value for key in _SAME)


def _put_total(sheet: SheetBuilder, layout: PeriodLayout, table: PlacedTable, verdicts: Sequence[str]) -> None:
    """The total, and how many rows are wrong: above the list, where they are seen while one types.

    A rate that is missing is no fault of the row: whoever manages the project adds it.
    """
    say, row = layout.words.say, table.header - 1
    column, check = table.index("converted"), table.index("check")
    label = say("row.total_costs", currency=layout.project.budget.currency)
    sheet.span(Area(row, 0, row, column - 1), label, "subtotal")
    total = add_converted(amount for _, amount in layout.costs)
    part, missing = table.part("converted"), say("check.rate")
    formula = f"=IF({count_texts(part)}>0,{say_lack(layout)},SUM({part}))"
    sheet.put(row, column, missing if total is None else total, "subtotal", "money", formula)
    sheet.span(Area(row, column + 1, row, check - 1), say("row.to_correct"), "subtotal")
    part, fine = table.part("check"), (say("check.ok"), missing)
    wrong = sum(verdict not in fine for verdict in verdicts)
    formula = f'=SUMPRODUCT(--({part}<>""),{",".join(f"--({part}<>{quote(x)})" for x in fine)})'
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
    waits = quote(layout.words.say("check.rate"))
    sheet.emphases.append(Emphasis(area, f'=AND({cell}<>"",{cell}<>{fine},{cell}<>{waits})', "wrong"))
    converted = table.index("converted")
    for row, last in ((table.header - 1, table.header - 1), (table.first, table.last)):
        area, cell = Area(row, converted, last, converted), name_cell(row, converted)
        sheet.emphases.append(Emphasis(area, f'=AND(ISTEXT({cell}),{cell}<>"")', "wrong"))
