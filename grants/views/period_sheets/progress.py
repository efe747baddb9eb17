"""Sheets Progress and Figures: what became of each activity, what each indicator came to, who was reached."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal

from grants.model.calendar import month_of
from grants.model.logframe import Indicator
from grants.model.records import Actual
from grants.model.work_plan import Activity, Milestone
from grants.views.activity_layout import first_day
from grants.views.figures import format_month
from grants.views.form_parts import choose_print, put_checks, put_decimals, start_sheet
from grants.views.formulas import check_formula, quote
from grants.views.period_layout import FIRST_ROW, PeriodLayout, PlacedTable
from grants.views.period_sheets.tables import choose_widths, keep_together, put_table
from grants.views.sheet_builder import Entry, SheetBuilder
from grants.views.workbook import Area, Effect, Emphasis, SheetView

_MILESTONES: Mapping[str, Effect] = {"ok": "ok", "before": "ok", "outside": "wrong", "date": "wrong"}
COUNTS = ("value", "women", "men", "girls", "boys", "part", "whole")
"""Columns of an indicator's figures."""


def view_progress(layout: PeriodLayout) -> SheetView:
    """The sheet of activities."""
    table = layout.tables["activity_progress"]
    sheet = start_sheet("progress", table.columns, layout.words, layout.project, about=layout.about)
    tables = (table, layout.tables["milestones_reached"])
    sheet.widths = choose_widths(tables)
    activities = layout.project.work_plan.activities
    put_table(sheet, layout, table, lambda number, _row: _say_activity(layout, activities[number]))
    _put_milestones(sheet, layout)
    return sheet.build(print_as=keep_together(sheet, tables), freeze=(FIRST_ROW, 2))


def _put_milestones(sheet: SheetBuilder, layout: PeriodLayout) -> None:
    """Every milestone of the work plan, and the day on which it was reached."""
    table = layout.tables["milestones_reached"]
    points = [(activity, point) for activity in layout.project.work_plan.activities for point in activity.milestones]
    put_table(
        sheet,
        layout,
        table,
        lambda number, row: _say_milestone(layout, table, points[number], row),
        "section.milestones",
    )
    if not points:
        line = Area(table.first, 0, table.first, table.columns[-1].index)
        sheet.span(line, layout.words.say("note.milestones"), "quiet")
        return
    cell, check = table.cell("check", table.first), table.index("check")
    area = Area(table.first, check, table.last, check)
    for key, effect in _MILESTONES.items():
        sheet.emphases.append(Emphasis(area, f"={cell}={quote(layout.words.say(f'check.{key}'))}", effect))


def _say_milestone(
    layout: PeriodLayout, table: PlacedTable, planned: tuple[Activity, Milestone], row: int
) -> dict[str, Entry]:
    """What was reached before this period is only shown; it is recorded there."""
    (activity, point), words, period = planned, layout.words, layout.period
    before = layout.earlier.milestones.get(point.code)
    day = layout.records.progress.milestones.get(point.code)
    cell, start, end = table.cell("reached", row), _say_day(period.start), _say_day(period.end)
    overdue = point.month <= month_of(period.end)
    key = "ok" if day and period.start <= day <= period.end else "outside" if day else "waits" if overdue else ""
    empty = quote(words.say("check.waits") if overdue else "")
    inside = (
        f"IF(AND({cell}>={start},{cell}<{end}+1),{quote(words.say('check.ok'))},{quote(words.say('check.outside'))})"
    )
    formula = f'=IF({cell}="",{empty},IF(ISNUMBER({cell}),{inside},{quote(words.say("check.date"))}))'
    return {
        "code": Entry(point.code),
        "title": Entry(words.read(point.title)),
        "planned": Entry(format_month(point.month, words.language)),
        "reached": Entry(before, role="result") if before and not day else Entry(day),
        "activity": Entry(activity.code),
        "check": Entry(words.say("check.before"), role="check")
        if before and not day
        else Entry(words.say(f"check.{key}") if key else "", formula, "check"),
    }


def _say_day(day: datetime.date) -> str:
    return f"DATE({day.year},{day.month},{day.day})"


def _say_activity(layout: PeriodLayout, activity: Activity) -> dict[str, Entry]:
    words, progress = layout.words, layout.records.progress.activities.get(activity.code)
    months = dict.fromkeys(format_month(month, words.language) for month in (activity.start, activity.end))
    entries = {
        "code": Entry(activity.code),
        "title": Entry(words.read(activity.title)),
        "planned": Entry(" – ".join(months)),
    }
    if progress:
        entries |= {
            "status": Entry(words.say(f"status.{progress.status}")),
            "start": Entry(first_day(progress.start) if progress.start else None),
            "end": Entry(first_day(progress.end) if progress.end else None),
            "done": Entry(words.read(progress.done)),
            "deviation": Entry(words.read(progress.deviation)),
            "evidence": Entry(words.read(progress.evidence)),
        }
    return entries


def view_actuals(layout: PeriodLayout) -> SheetView:
    """The sheet of figures: indicators, then target groups."""
    table, groups = layout.tables["indicator_actuals"], layout.tables["groups_reached"]
    sheet = start_sheet("actuals", table.columns, layout.words, layout.project, about=layout.about)
    indicators = layout.project.logframe.indicators
    put_table(sheet, layout, table, lambda number, row: _say_indicator(layout, table, indicators[number], row))
    put_table(sheet, layout, groups, lambda number, _row: _say_group(layout, number), "section.groups")
    if table.ids:
        check = table.index("check")
        put_checks(sheet, Area(table.first, check, table.last, check), layout.words)
        for key in ("target", "before", "value"):
            put_decimals(sheet, Area(table.first, table.index(key), table.last, table.index(key)))
    return sheet.build(print_as=choose_print(sheet, (FIRST_ROW - 1, FIRST_ROW - 1)), freeze=(FIRST_ROW, 2))


def _say_indicator(layout: PeriodLayout, table: PlacedTable, indicator: Indicator, row: int) -> dict[str, Entry]:
    words, actual = layout.words, layout.records.progress.indicators.get(indicator.code)
    asked = list_asked(indicator)
    entries = {
        "code": Entry(indicator.code),
        "indicator": Entry(words.read(indicator.name)),
        "unit": Entry(words.read(indicator.unit)),
        "target": Entry(indicator.target.value if indicator.target else None),
        "before": Entry(_find_before(layout, indicator)),
        "remarks": Entry(words.read(actual.remarks) if actual else None),
    }
    for key in COUNTS:
        value = getattr(actual, key) if actual else None
        entries[key] = Entry(value) if key in asked else Entry(value, role="result")
    fine = words.say("check.ok" if actual is None or _is_sound(actual) else "check.wrong")
    entries["check"] = Entry(fine if _has_figure(actual) else "", _check(layout, table, row), "check")
    return entries


def list_asked(indicator: Indicator) -> tuple[str, ...]:
    """The figures that are asked of an indicator."""
    if indicator.per_cent_of_persons:
        return ("part", "whole")
    return ("women", "men", "girls", "boys") if indicator.persons else ("value",)


def _find_before(layout: PeriodLayout, indicator: Indicator) -> Decimal | None:
    """What was reached before. The form is for the house itself: small figures stand in it, too."""
    prior = layout.reached[indicator.code].prior
    name = "percent" if indicator.per_cent_of_persons else "total" if indicator.persons else "value"
    figure = prior.get(name)
    return figure.value.quantize(Decimal("0.01")).normalize() if figure and figure.value is not None else None


def _has_figure(actual: Actual | None) -> bool:
    return actual is not None and any(getattr(actual, key) is not None for key in COUNTS)


def _is_sound(actual: Actual) -> bool:
    """Girls are some of the women, boys some of the men, and a part is of its whole."""
    pairs = ((actual.girls, actual.women), (actual.boys, actual.men), (actual.part, actual.whole))
    return all((part or 0) <= (whole or 0) for part, whole in pairs)


def _check(layout: PeriodLayout, table: PlacedTable, row: int) -> str:
    pairs = (("girls", "women"), ("boys", "men"), ("part", "whole"))
    conditions = [f"N({table.cell(part, row)})<=N({table.cell(whole, row)})" for part, whole in pairs]
    figures = f"{table.cell(COUNTS[0], row)}:{table.cell(COUNTS[-1], row)}"
    words = layout.words
    return check_formula(conditions, words.say("check.ok"), words.say("check.wrong"), f"COUNT({figures})=0")


def _say_group(layout: PeriodLayout, number: int) -> dict[str, Entry]:
    group = layout.project.sheet.target_groups[number]
    reached = layout.records.progress.groups.get(group.code)
    entries = {"code": Entry(group.code), "name": Entry(layout.words.read(group.name))}
    if reached:
        entries |= {key: Entry(getattr(reached, key)) for key in ("women", "men", "total")}
    return entries
