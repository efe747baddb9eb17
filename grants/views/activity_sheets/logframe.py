"""Sheet Logframe: results, indicators, means of verification, assumptions; figures come from the tracking sheet."""

from __future__ import annotations

from decimal import Decimal

from grants.model.logframe import Impact, Indicator, Outcome
from grants.views.activity_layout import FIRST_ROW, ActivityLayout, Result, list_results
from grants.views.form_parts import label_columns, start_sheet
from grants.views.sheet_builder import Entry, SheetBuilder
from grants.views.workbook import Area, Print, Role, SheetView


def view_logframe(layout: ActivityLayout) -> SheetView:
    """The sheet."""
    placed, words = layout.columns["logframe"], layout.words
    sheet = start_sheet("logframe", placed, words, layout.project)
    sheet.put_header(FIRST_ROW - 1, placed, label_columns(words, placed, {}))
    row = FIRST_ROW
    for result in list_results(layout.project):
        row = _put_result(sheet, layout, row, result)
    repeat = (FIRST_ROW - 1, FIRST_ROW - 1)
    return sheet.build(print_as=Print(repeat=repeat), freeze=(FIRST_ROW, 1), tab="result")


def _put_result(sheet: SheetBuilder, layout: ActivityLayout, row: int, result: Result) -> int:
    """A result over the rows of its indicators. Gives the row after it."""
    last = row + max(len(result.indicators), 1) - 1
    level, role = _level(result)
    words, first, end = layout.words, layout.index("logframe", "result"), layout.index("logframe", "assumptions")
    code = "" if isinstance(result, Impact) else f" {result.code}"
    statement = f"{words.say(level)}{code}\n{words.read(result.statement)}"
    assumptions = "\n".join(f"• {words.read(text)}" for text in result.assumptions)
    sheet.span(Area(row, first, last, first), statement, role)
    sheet.span(Area(row, end, last, end), assumptions or None, "plain")
    for at in range(row, last + 1):
        entries = _indicator_entries(layout, result.indicators[at - row]) if result.indicators else {}
        for column in layout.columns["logframe"]:
            if column.index not in (first, end):
                entry = entries.get(column.key, Entry(None))
                note = column.column.kind == "note"
                kind = entry.kind or "text"
                sheet.put(at, column.index, entry.value, "note" if note else "plain", kind, entry.formula)
    return last + 1


def _level(result: Result) -> tuple[str, Role]:
    if isinstance(result, Impact):
        return "level.impact", "band"
    return ("level.outcome", "subtotal") if isinstance(result, Outcome) else ("level.output", "plain")


def _indicator_entries(layout: ActivityLayout, indicator: Indicator) -> dict[str, Entry]:
    words, row = layout.words, layout.row_of(indicator)
    entries = {
        "code": Entry(indicator.code),
        "indicator": Entry(_name(layout, indicator)),
        "unit": Entry(words.read(indicator.unit)),
        "verification": Entry(words.read(indicator.means_of_verification) or None),
    }
    for key, figure in (("baseline", indicator.baseline), ("target", indicator.target)):
        cell = layout.indicator_cell(key, row)
        value: Decimal | str = figure.value if figure else ""
        entries[key] = Entry(value, f'=IF({cell}="","",{cell})', kind="number")
        entries[f"{key}_year"] = Entry(figure.year if figure else None, kind="year")
    return entries


def _name(layout: ActivityLayout, indicator: Indicator) -> str:
    words = layout.words
    by = ", ".join(words.read(text) for text in indicator.disaggregation)
    return f"{words.read(indicator.name)} ({by})" if by else words.read(indicator.name)
