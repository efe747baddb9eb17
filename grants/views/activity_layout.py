"""Where everything stands in the activities workbook: rows of the plan, milestones, indicators."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from grants.forms import ACTIVITIES, PlacedColumn, place_columns
from grants.forms.columns import Repeats
from grants.model import Project
from grants.model.calendar import month_of, months_between, quarter_of
from grants.model.logframe import Impact, Indicator, Outcome, Output
from grants.model.work_plan import Activity, Milestone
from grants.views.addresses import name_cell, on_sheet
from grants.views.words import Words

FIRST_ROW = 5
"""First row below the header, in every sheet: 0-2 title, 3-4 header."""
_MOST_QUARTERS = 8
"""A longer project is followed by half-years."""
Result = Impact | Outcome | Output


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A row of the plan: an output, an activity under it, or a spare row."""

    kind: Literal["output", "activity", "spare"]
    row: int
    output: Output | None = None
    """None: what serves the whole project."""
    activity: Activity | None = None
    number: int = 0


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """A row of the tracking sheet: a result, an indicator, or the women or men among those it counts."""

    kind: Literal["result", "indicator", "women", "men"]
    row: int
    result: Result
    indicator: Indicator | None = None
    parts: tuple[int, ...] = ()
    """Of an indicator that counts persons: the rows of women and men."""


@dataclass(frozen=True, slots=True)
class ActivityLayout:
    """What the sheets of an activities workbook need to know of each other."""

    project: Project
    words: Words
    columns: dict[str, tuple[PlacedColumn, ...]]
    plan: tuple[PlanRow, ...]
    indicators: tuple[IndicatorRow, ...]

    @property
    def months(self) -> list[str]:
        """All months of the project."""
        return months_between(month_of(self.project.sheet.start), month_of(self.project.sheet.end))

    @property
    def milestones(self) -> list[tuple[Activity, Milestone]]:
        """All milestones, month by month."""
        points = [(x.activity, point) for x in self.plan if x.activity for point in x.activity.milestones]
        return sorted(points, key=lambda pair: pair[1].month)

    @property
    def milestones_last_row(self) -> int:
        """Last row of the milestones, spare ones included."""
        return FIRST_ROW + len(self.milestones) + ACTIVITIES.table("milestones").spare - 1

    def sheet(self, key: str) -> str:
        """Name of a sheet."""
        return self.words.say(ACTIVITIES.sheet(key).label)

    def index(self, table: str, key: str) -> int:
        """Index of a column."""
        return next(column.index for column in self.columns[table] if column.key == key)

    def indexes(self, table: str, key: str) -> list[int]:
        """Indexes of a column that repeats."""
        return [column.index for column in self.columns[table] if column.column.key == key]

    def row_of(self, indicator: Indicator) -> int:
        """Row of an indicator on the tracking sheet."""
        return next(x.row for x in self.indicators if x.kind == "indicator" and x.indicator is indicator)

    def indicator_cell(self, key: str, row: int) -> str:
        """A cell of the tracking sheet, for a formula of another sheet."""
        return on_sheet(self.sheet("indicators"), name_cell(row, self.index("indicators", key)))


def lay_out_activities(project: Project, words: Words) -> ActivityLayout:
    """The layout of a project's activities workbook."""
    months = months_between(month_of(project.sheet.start), month_of(project.sheet.end))
    repeats: Repeats = {"month": months, "period": list_periods(months)}
    tables = [table for sheet in ACTIVITIES.sheets for table in sheet.tables]
    columns = {table.key: place_columns(table, repeats) for table in tables}
    return ActivityLayout(project, words, columns, tuple(_lay_out_plan(project)), tuple(_lay_out_indicators(project)))


def list_periods(months: list[str]) -> list[str]:
    """The periods that indicators are followed by: quarters, or half-years (2008-H1) of a long project."""
    quarters = list(dict.fromkeys(map(quarter_of, months)))
    if len(quarters) <= _MOST_QUARTERS:
        return quarters
    return list(dict.fromkeys(f"{month[:4]}-H{1 if int(month[5:7]) <= 6 else 2}" for month in months))


def first_day(month: str) -> datetime.date:
    """The day a month is written as in a cell."""
    return datetime.date(int(month[:4]), int(month[5:7]), 1)


def list_results(project: Project) -> list[Result]:
    """Impact, then outcome by outcome with its outputs."""
    results: list[Result] = [project.logframe.impact]
    for outcome in project.logframe.outcomes:
        results += [outcome, *outcome.outputs]
    return results


def _lay_out_plan(project: Project) -> Iterator[PlanRow]:
    row, spare = FIRST_ROW, ACTIVITIES.table("plan").spare
    for output in (*project.logframe.outputs, None):
        yield PlanRow("output", row, output)
        code = output.code if output else None
        for activity in (x for x in project.work_plan.activities if x.output == code):
            row += 1
            yield PlanRow("activity", row, output, activity)
        for number in range(1, spare + 1):
            row += 1
            yield PlanRow("spare", row, output, number=number)
        row += 1


def _lay_out_indicators(project: Project) -> Iterator[IndicatorRow]:
    row = FIRST_ROW
    for result in list_results(project):
        if not result.indicators:
            continue
        yield IndicatorRow("result", row, result)
        row += 1
        for indicator in result.indicators:
            sexes = _list_sexes(indicator)
            parts = tuple(row + 1 + i for i in range(len(sexes)))
            yield IndicatorRow("indicator", row, result, indicator, parts)
            for part, sex in zip(parts, sexes, strict=True):
                yield IndicatorRow(sex, part, result, indicator)
            row += 1 + len(sexes)


def _list_sexes(indicator: Indicator) -> list[Literal["women", "men"]]:
    """Women and men, where persons are counted; only the one that the target is all about."""
    if not indicator.persons:
        return []
    whole = indicator.target.value if indicator.target else None
    if whole and indicator.women == whole and indicator.men is None:
        return ["women"]
    if whole and indicator.men == whole and indicator.women is None:
        return ["men"]
    return ["women", "men"]
