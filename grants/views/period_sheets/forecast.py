"""Sheet Budget and costs: approved, spent before, spent now (as the list of costs is filled in), left, forecast.

Where the rate of a cost is missing, its line and every sum of it say so in place of an amount.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TypeAlias

from grants.ledger.balances import Balance
from grants.ledger.figures import share_of
from grants.model.money import round_to_cent
from grants.views.addresses import name_cell, on_sheet
from grants.views.figures import format_percent
from grants.views.form_parts import choose_print, label_columns, put_hints, start_sheet
from grants.views.formulas import quote, sum_cells
from grants.views.period_layout import FIRST_ROW, ForecastRow, PeriodLayout, PlacedTable, add_converted, say_lack
from grants.views.period_sheets.tables import count_texts
from grants.views.sheet_builder import Entry, SheetBuilder
from grants.views.workbook import Area, Emphasis, Role, SheetView, Value

Sums: TypeAlias = Mapping[str, Decimal | None]
"""approved, prior, current, perhaps forecast -> amount; None where a rate is missing."""
_ROWS_OF_A_PAGE = 48


def view_forecast(layout: PeriodLayout) -> SheetView:
    """The sheet."""
    table, words = layout.tables["forecast"], layout.words
    sheet = start_sheet("forecast", table.columns, words, layout.project, about=layout.about)
    sheet.put_header(table.header, table.columns, label_columns(words, table.columns, {}))
    for row in layout.forecast:
        _put(sheet, layout, table, row)
    last = _put_totals(sheet, layout, table)
    put_hints(sheet, table.columns, [(part.row, part.row) for part in layout.forecast if part.line], words)
    _colour(sheet, table, last)
    printed = choose_print(sheet, (FIRST_ROW - 1, FIRST_ROW - 1))
    printed = replace(printed, one_page=last <= _ROWS_OF_A_PAGE)
    return sheet.build(print_as=printed, freeze=(FIRST_ROW, 2))


def list_figure_cells(layout: PeriodLayout) -> dict[str, str]:
    """Name of a figure, as `grants.ledger.figures.list_book_figures` has it, -> its cell.

    What is spent now is named only where all costs of the list count in the books.
    """
    table = layout.tables["forecast"]
    whiches = ("approved", "prior", "current", "unspent") if layout.counts_as_books else ("approved", "prior")
    rows = {_name(row): row.row for row in layout.forecast}
    rows |= {f"{name}:" if name != "grand" else "": row for name, row in _place_totals(layout).items()}
    return {
        f"{name}{which}": on_sheet(table.sheet, table.cell(which, row))
        for name, row in rows.items()
        for which in whiches
    }


def _name(row: ForecastRow) -> str:
    return f"line:{row.line.line.code}:" if row.line else f"heading:{row.heading.heading.code}:"


def _place_totals(layout: PeriodLayout) -> dict[str, int]:
    """Which total stands in which row; the contingency only where there is one."""
    names = ["direct", "contingency", "indirect", "grand"]
    if not layout.books.contingency.approved:
        names.remove("contingency")
    return {name: row for row, name in enumerate(names, layout.totals_row)}


def _list_amounts(layout: PeriodLayout, codes: Iterable[str]) -> Iterable[Decimal | None]:
    wanted = set(codes)
    return (amount for cost, amount in layout.costs if cost.line in wanted)


def _put(sheet: SheetBuilder, layout: PeriodLayout, table: PlacedTable, row: ForecastRow) -> None:
    if row.line is None:
        title = f"{row.heading.heading.code}. {layout.words.read(row.heading.heading.title)}"
        rows = [x.row for x in layout.forecast if x.heading is row.heading and x.line]
        sums = _add_up(layout, row.heading, [line.line.code for line in row.heading.lines])
        _put_sum(sheet, layout, table, row.row, title, sums, rows, "subtotal")
        return
    line, words, finance = row.line.line, layout.words, layout.records.finance
    sums = _add_up(layout, row.line, [line.code])
    entries = {
        "code": Entry(line.code),
        "description": Entry(words.read(line.description)),
        "approved": Entry(row.line.approved),
        "prior": Entry(row.line.prior),
        "current": Entry(_say(layout, sums["current"]), _follow_list(layout, table, row.row)),
        **_compare(layout, table, row.row, sums),
        "forecast": Entry(finance.forecast.get(line.code)),
        "explanation": Entry(words.read(finance.explanations.get(line.code))),
    }
    sheet.put_row(row.row, table.columns, entries)


def _follow_list(layout: PeriodLayout, table: PlacedTable, row: int) -> str:
    """What the list of costs gives for a line. Why not SUMIFS: to it, lines 5.1 and 5.10 are the same number."""
    costs = layout.tables["expenditures"]
    amounts = costs.part("converted", outside=True)
    of_line = f"{costs.part('line', outside=True)}={table.cell('code', row)}"
    missing = f"{count_texts(amounts, of_line)}>0"
    error = quote(layout.words.say("check.error"))
    return f"=IFERROR(IF({missing},{say_lack(layout)},SUMPRODUCT(--({of_line}),{amounts})),{error})"


def _add_up(layout: PeriodLayout, balance: Balance, codes: Sequence[str]) -> Sums:
    """The sums of lines; approved and prior as the books have them."""
    planned = layout.records.finance.forecast
    forecast = sum((planned[code] for code in codes if code in planned), Decimal("0.00"))
    current = add_converted(_list_amounts(layout, codes))
    return {"approved": balance.approved, "prior": balance.prior, "current": current, "forecast": forecast}


def _say(layout: PeriodLayout, amount: Decimal | None) -> Value:
    return layout.words.say("check.rate") if amount is None else amount


def _compare(layout: PeriodLayout, table: PlacedTable, row: int, sums: Sums) -> dict[str, Entry]:
    """What is left of the amount approved, and which part of it is spent."""
    approved, prior, current = (table.cell(key, row) for key in ("approved", "prior", "current"))
    amount, before, now = (sums[key] for key in ("approved", "prior", "current"))
    if amount is None or before is None:
        raise TypeError("the books know what was approved and spent before")
    left = None if now is None else amount - before - now
    part: Value = "" if not amount else _say(layout, None if now is None else share_of(before + now, amount))
    share = f"IFERROR(({prior}+{current})/{approved},{say_lack(layout)})"
    return {
        "unspent": Entry(_say(layout, left), f"=IFERROR({approved}-{prior}-{current},{say_lack(layout)})"),
        "percent": Entry(part, f'=IF({approved}=0,"",{share})'),
    }


def _put_sum(
    sheet: SheetBuilder,
    layout: PeriodLayout,
    table: PlacedTable,
    row: int,
    title: str,
    sums: Sums,
    rows: Sequence[int],
    role: Role,
) -> None:
    """A row that adds up others."""
    entries = {
        key: Entry(_say(layout, value), f"=IFERROR({sum_cells(rows, table.index(key))},{say_lack(layout)})")
        for key, value in sums.items()
    }
    _put_result(sheet, layout, table, row, title, entries, sums, role)


def _put_result(
    sheet: SheetBuilder,
    layout: PeriodLayout,
    table: PlacedTable,
    row: int,
    title: str,
    entries: Mapping[str, Entry],
    sums: Sums,
    role: Role,
) -> None:
    whole = {x.key: Entry(None, role=role, kind="text") for x in table.columns}
    whole |= {key: entry._replace(role=role, kind="money") for key, entry in entries.items()}
    whole |= {key: entry._replace(role=role) for key, entry in _compare(layout, table, row, sums).items()}
    whole["description"] = Entry(title, role=role)
    sheet.put_row(row, table.columns, whole)


def _put_totals(sheet: SheetBuilder, layout: PeriodLayout, table: PlacedTable) -> int:
    """Direct costs, the contingency where there is one, indirect costs as a flat rate, all together; the last row."""
    books, say, rows = layout.books, layout.words.say, _place_totals(layout)
    headings = [part.row for part in layout.forecast if part.line is None]
    direct = _add_up(layout, books.direct, [line.line.code for line in books.lines])
    _put_sum(sheet, layout, table, rows["direct"], say("row.direct"), direct, headings, "subtotal")
    if "contingency" in rows:
        nothing = Decimal("0.00")
        sums: Sums = {"approved": books.contingency.approved, "prior": nothing, "current": nothing}
        entries = {key: Entry(value) for key, value in sums.items()}
        _put_result(sheet, layout, table, rows["contingency"], say("row.contingency"), entries, sums, "subtotal")
    indirect = _put_indirect(sheet, layout, table, rows["indirect"], direct)
    now = direct["current"]
    grand = {
        "approved": books.grand.approved,
        "prior": books.grand.prior,
        "current": None if now is None or indirect is None else now + indirect,
        "forecast": direct["forecast"],
    }
    parts = [row for name, row in rows.items() if name != "grand"]
    _put_sum(sheet, layout, table, rows["grand"], say("row.grand"), grand, parts, "total")
    return rows["grand"]


def _put_indirect(
    sheet: SheetBuilder, layout: PeriodLayout, table: PlacedTable, row: int, direct: Sums
) -> Decimal | None:
    """The flat rate on direct costs, as the difference of two rounded totals; what it comes to now."""
    books, first = layout.books, layout.totals_row
    percent = layout.indirect_percent
    before, now = books.indirect.prior, direct["current"]
    current = None if now is None else round_to_cent((books.direct.prior + now) * percent / 100) - before
    cells = "+".join(name_cell(first, table.index(key)) for key in ("prior", "current"))
    rate, prior = f"{percent.normalize():f}/100", table.cell("prior", row)
    sums: Sums = {"approved": books.indirect.approved, "prior": before, "current": current}
    entries = {key: Entry(_say(layout, value)) for key, value in sums.items()}
    formula = f"=IFERROR(ROUND(({cells})*{rate},2)-{prior},{say_lack(layout)})"
    entries["current"] = Entry(_say(layout, current), formula)
    title = f"{layout.words.say('row.indirect')}: {format_percent(percent, layout.words.language)}"
    _put_result(sheet, layout, table, row, title, entries, sums, "subtotal")
    return current


def _colour(sheet: SheetBuilder, table: PlacedTable, last: int) -> None:
    """Red: what is overspent, and what lacks a rate."""
    current, unspent = table.index("current"), table.index("unspent")
    cell = name_cell(table.first, unspent)
    sheet.emphases.append(Emphasis(Area(table.first, unspent, last, unspent), f"=N({cell})<0", "wrong"))
    cell = name_cell(table.first, current)
    area = Area(table.first, current, last, table.index("percent"))
    sheet.emphases.append(Emphasis(area, f'=AND(ISTEXT({cell}),{cell}<>"")', "wrong"))
