"""The tables of the sheet Summary, with their charts: cost by heading, by source, by quarter."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from grants.ledger.figures import share_of
from grants.ledger.totals import Sum
from grants.views.addresses import name_cell
from grants.views.budget_layout import BudgetLayout, BudgetRow, total_of
from grants.views.budget_sheets.phasing import name_quarter
from grants.views.formulas import share_formula
from grants.views.sheet_builder import SheetBuilder
from grants.views.workbook import Area, Chart, Role, Series

CODE, TITLE, TOTAL, SHARE, SOURCES = range(5)
"""Columns of the sheet."""
_ROW_PIXELS = 20


def put_section(
    sheet: SheetBuilder, layout: BudgetLayout, row: int, key: str, first: int = 0, last: int | None = None
) -> None:
    """The title of a part of the sheet, over some of its columns or all."""
    end = sheet.last_column if last is None else last
    sheet.span(Area(row, first, row, end), layout.words.say(key), "section")


def put_tables(sheet: SheetBuilder, layout: BudgetLayout, row: int) -> int:
    """All tables from a row on. Gives the row after them."""
    row = _put_headings(sheet, layout, row)
    quarters = _put_sources(sheet, layout, row)
    after = _put_quarters(sheet, layout, quarters)
    first = quarters + 2
    last = first + len(layout.quarters) - 1
    series = (Series(layout.words.say("chart.by_quarter"), Area(first, TOTAL, last, TOTAL), sheet.name),)
    place = Area(row, SOURCES, after - 2, sheet.last_column)
    _put_chart(sheet, layout, "by_quarter", Area(first, TITLE, last, TITLE), series, place)
    return after


def _put_header(sheet: SheetBuilder, row: int, labels: Sequence[str]) -> None:
    for column, label in enumerate(labels):
        sheet.put(row, column, label, "header", "centre")


def _put_headings(sheet: SheetBuilder, layout: BudgetLayout, row: int) -> int:
    words = layout.words
    put_section(sheet, layout, row, "section.by_heading")
    sources = [words.read(source.name) for source in layout.sources]
    labels = [words.say(f"column.{key}") for key in ("heading", "title", "total", "share_of_total")]
    _put_header(sheet, row + 1, [*labels, *sources])
    parts = [part for part in layout.rows if part.kind in ("subtotal", "direct", "contingency", "indirect", "grand")]
    first = row + 2
    for at, part in enumerate(parts, first):
        _put_heading(sheet, layout, at, part)
    last = first + len(layout.totals.headings) - 1
    series = tuple(
        Series(name, Area(first, SOURCES + i, last, SOURCES + i), sheet.name) for i, name in enumerate(sources)
    )
    row = first + len(parts) + 1
    place = Area(row, 0, row + 4 + 2 * len(layout.totals.headings), sheet.last_column)
    _put_chart(sheet, layout, "by_heading", Area(first, TITLE, last, TITLE), series, place)
    return place.last_row + 2


def _put_heading(sheet: SheetBuilder, layout: BudgetLayout, at: int, part: BudgetRow) -> None:
    whole = total_of(part, layout.totals)
    if whole is None:
        return
    role: Role = "total" if part.kind == "grand" else "subtotal" if part.kind == "direct" else "plain"
    code = part.heading.heading.code if part.heading else None
    title = layout.words.read(part.heading.heading.title) if part.heading else layout.title(part)
    sheet.put(at, CODE, code, role, "centre")
    sheet.put(at, TITLE, title, role)
    sheet.put(at, TOTAL, whole.total, role, "money", "=" + layout.budget_cell("total", part.row))
    grand = layout.budget_cell("total", layout.row("grand"))
    share = share_of(whole.total, layout.totals.grand.total)
    sheet.put(at, SHARE, share, role, "percent", share_formula(name_cell(at, TOTAL), grand))
    for column, (source, amount) in enumerate(whole.by_source.items(), SOURCES):
        sheet.put(at, column, amount, role, "money", "=" + layout.budget_cell(f"amount:{source}", part.row))


def _put_sources(sheet: SheetBuilder, layout: BudgetLayout, row: int) -> int:
    words, whole = layout.words, layout.totals.grand
    put_section(sheet, layout, row, "section.by_source", last=SHARE)
    _put_header(sheet, row + 1, [words.say(f"column.{key}") for key in ("code", "source", "total", "share_of_total")])
    for at, source in enumerate(layout.sources, row + 2):
        formula = "=" + layout.source_cell("amount", source.code)
        names = (source.code, words.read(source.name))
        _put_part(sheet, layout, at, names, (whole.by_source[source.code], formula), whole)
    return row + len(layout.sources) + 3


def _put_quarters(sheet: SheetBuilder, layout: BudgetLayout, row: int) -> int:
    words, whole = layout.words, layout.totals.grand
    put_section(sheet, layout, row, "section.by_quarter", last=SHARE)
    _put_header(sheet, row + 1, [words.say(f"column.{key}") for key in ("code", "quarter", "total", "share_of_total")])
    first = row + 2
    for at, (quarter, amount) in enumerate(whole.by_quarter.items(), first):
        formula = "=" + layout.phasing_cell(f"amount:{quarter}", layout.row("grand"))
        _put_part(sheet, layout, at, (quarter, name_quarter(layout, quarter)), (amount, formula), whole)
    return first + len(whole.by_quarter) + 1


def _put_part(
    sheet: SheetBuilder, layout: BudgetLayout, at: int, names: tuple[str, str], part: tuple[Decimal, str], whole: Sum
) -> None:
    amount, formula = part
    grand = layout.budget_cell("total", layout.row("grand"))
    sheet.put(at, CODE, names[0], "plain", "centre")
    sheet.put(at, TITLE, names[1], "plain")
    sheet.put(at, TOTAL, amount, "plain", "money", formula)
    share = share_formula(name_cell(at, TOTAL), grand)
    sheet.put(at, SHARE, share_of(amount, whole.total), "plain", "percent", share)


def _put_chart(
    sheet: SheetBuilder, layout: BudgetLayout, key: str, categories: Area, series: tuple[Series, ...], place: Area
) -> None:
    """A chart over an area of empty rows."""
    words = layout.words
    chart = Chart(
        kind="stacked bars" if key == "by_heading" else "columns",
        title=words.say(f"chart.{key}"),
        description=words.say(f"chart.{key}.description", currency=layout.project.budget.currency),
        categories=categories,
        categories_sheet=sheet.name,
        series=series,
        row=place.first_row,
        column=place.first_column,
        width=int(sum(_pixels(x) for x in sheet.widths[place.first_column : place.last_column + 1])) - 4,
        height=(place.last_row - place.first_row + 1) * _ROW_PIXELS,
    )
    sheet.charts.append(chart)


def _pixels(width: float) -> int:
    """Of a column of that many characters."""
    return int(width * 7 + 5)
