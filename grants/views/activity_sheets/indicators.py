"""Sheet Indicators: baseline, target, what was reached in each period, and how far that is."""

from __future__ import annotations

from decimal import Decimal

from grants.model.logframe import Impact, Indicator
from grants.views.activity_layout import FIRST_ROW, ActivityLayout, IndicatorRow
from grants.views.addresses import name_area, name_cell
from grants.views.form_parts import choose_print, group_columns, label_columns, put_decimals, put_hints, start_sheet
from grants.views.formulas import quote
from grants.views.sheet_builder import Entry, SheetBuilder
from grants.views.workbook import Area, Emphasis, SheetView

METHODS = ("sum", "latest")


def view_indicators(layout: ActivityLayout) -> SheetView:
    """The sheet."""
    placed, words = layout.columns["indicators"], layout.words
    sheet = start_sheet("indicators", placed, words, layout.project)
    names = {x.repeat: _name_period(layout, x.repeat) for x in placed if x.repeat}
    sheet.put_header(FIRST_ROW - 1, placed, label_columns(words, placed, names), group_columns(words, placed))
    for row in layout.indicators:
        _put(sheet, layout, row)
    _guard(sheet, layout)
    printed = choose_print(sheet, (FIRST_ROW - 2, FIRST_ROW - 1))
    return sheet.build(print_as=printed, freeze=(FIRST_ROW, 2))


def _name_period(layout: ActivityLayout, period: str) -> str:
    key = "quarter" if period[5] == "Q" else "half_year"
    return layout.words.say(key, number=period[-1], year=period[:4])


def _put(sheet: SheetBuilder, layout: ActivityLayout, row: IndicatorRow) -> None:
    if row.indicator is None:
        code = "" if isinstance(row.result, Impact) else f"{row.result.code}. "
        title = f"{code}{layout.words.read(row.result.statement)}"
        sheet.span(Area(row.row, 0, row.row, sheet.last_column), title, "band")
        return
    entries = _describe(layout, row, row.indicator)
    if row.parts:
        for index in layout.indexes("indicators", "actual"):
            part = f"{name_cell(row.parts[0], index)}:{name_cell(row.parts[-1], index)}"
            key = layout.columns["indicators"][index].key
            entries[key] = Entry("", f'=IF(COUNT({part})=0,"",SUM({part}))', "result")
    reached = name_cell(row.row, layout.index("indicators", "reached"))
    target = name_cell(row.row, layout.index("indicators", "target"))
    entries["reached"] = Entry("", _reached(layout, row.row))
    entries["percent"] = Entry("", f'=IF(OR({reached}="",N({target})=0),"",{reached}/{target})')
    sheet.put_row(row.row, layout.columns["indicators"], entries)


def _describe(layout: ActivityLayout, row: IndicatorRow, indicator: Indicator) -> dict[str, Entry]:
    words = layout.words
    if row.kind == "indicator":
        method = _choose_method(indicator)
        return {
            "code": Entry(indicator.code),
            "indicator": Entry(words.read(indicator.name)),
            "unit": Entry(words.read(indicator.unit)),
            "sex": Entry(words.say("sex.all") if row.parts else None),
            "baseline": Entry(indicator.baseline.value if indicator.baseline else None),
            "target": Entry(indicator.target.value if indicator.target else None),
            "method": Entry(words.say(f"method.{method}"), kind="text"),
        }
    whole = next(x for x in layout.indicators if x.kind == "indicator" and x.indicator is indicator)
    target: Decimal | None = indicator.women if row.kind == "women" else indicator.men
    method_cell = name_cell(whole.row, layout.index("indicators", "method"))
    method = _choose_method(indicator)
    return {
        "sex": Entry(words.say(f"sex.{row.kind}")),
        "target": Entry(target),
        "method": Entry(words.say(f"method.{method}"), f"={method_cell}", "result", "text"),
    }


def _reached(layout: ActivityLayout, row: int) -> str:
    """All periods together, or the last one that has a figure, as the row's method says.

    Why not MATCH with a number larger than any: LibreOffice finds nothing where a period was left empty.
    """
    actual = layout.indexes("indicators", "actual")
    area = name_area(Area(row, actual[0], row, actual[-1]))
    method = name_cell(row, layout.index("indicators", "method"))
    latest = '""'
    for cell in (name_cell(row, index) for index in actual):
        latest = f'IF({cell}<>"",{cell},{latest})'
    chosen = f"IF({method}={quote(layout.words.say('method.latest'))},{latest},SUM({area}))"
    return f'=IF(COUNT({area})=0,"",{chosen})'


def _guard(sheet: SheetBuilder, layout: ActivityLayout) -> None:
    placed = layout.columns["indicators"]
    inputs = {
        "method": [x.row for x in layout.indicators if x.kind == "indicator"],
        "actual": [x.row for x in layout.indicators if x.indicator and not x.parts],
    }
    every = [x.row for x in layout.indicators if x.indicator]
    for column in placed:
        rows = inputs.get(column.column.key, every)
        put_hints(sheet, [column], [(row, row) for row in rows], layout.words)
    if not every:
        return
    last, actual = layout.indicators[-1].row, layout.indexes("indicators", "actual")
    baseline, reached, percent = (layout.index("indicators", key) for key in ("baseline", "reached", "percent"))
    put_decimals(sheet, Area(FIRST_ROW, baseline, last, actual[-1]))
    put_decimals(sheet, Area(FIRST_ROW, reached, last, reached))
    cell = name_cell(FIRST_ROW, percent)
    formula = f"=AND(ISNUMBER({cell}),{cell}>=1)"
    sheet.emphases.append(Emphasis(Area(FIRST_ROW, percent, last, percent), formula, "ok"))
    _check_targets(sheet, layout)


def _check_targets(sheet: SheetBuilder, layout: ActivityLayout) -> None:
    """Red where the targets for women and men are not the target together."""
    column = layout.index("indicators", "target")
    for row in layout.indicators:
        if row.parts:
            parts = f"{name_cell(row.parts[0], column)}:{name_cell(row.parts[-1], column)}"
            formula = f"=AND(COUNT({parts})>0,SUM({parts})<>{name_cell(row.row, column)})"
            sheet.emphases.append(Emphasis(Area(row.row, column, row.row, column), formula, "wrong"))


def _choose_method(indicator: Indicator) -> str:
    """What a part of a whole came to last is what it came to."""
    return "latest" if indicator.takes_latest or indicator.per_cent_of_persons else "sum"
