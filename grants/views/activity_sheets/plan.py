"""Sheet Activity plan: who does what, when; months fill from start and end, milestones stand in their month."""

from __future__ import annotations

from itertools import groupby
from typing import get_args

from grants.model.work_plan import Activity, Status
from grants.views.activity_layout import FIRST_ROW, ActivityLayout, PlanRow, first_day
from grants.views.addresses import name_cell, name_column, name_column_part, on_sheet
from grants.views.form_parts import choose_print, put_hints, start_sheet
from grants.views.formulas import quote
from grants.views.sheet_builder import Entry, Group, SheetBuilder
from grants.views.workbook import Area, Emphasis, Role, SheetView

MILESTONE = "◆"
STATUSES: tuple[Status, ...] = get_args(Status)


def view_plan(layout: ActivityLayout) -> SheetView:
    """The sheet."""
    sheet = start_sheet("plan", layout.columns["plan"], layout.words, layout.project)
    _put_header(sheet, layout)
    for row in layout.plan:
        _put(sheet, layout, row)
    _guard(sheet, layout)
    _put_legend(sheet, layout)
    printed = choose_print(sheet, (FIRST_ROW - 2, FIRST_ROW - 1))
    return sheet.build(print_as=printed, freeze=(FIRST_ROW, 2))


def _put_header(sheet: SheetBuilder, layout: ActivityLayout) -> None:
    placed = layout.columns["plan"]
    labels = {x.key: first_day(x.repeat) if x.repeat else layout.words.say(x.column.label) for x in placed}
    groups = []
    for year, columns in groupby((x for x in placed if x.repeat), key=lambda x: (x.repeat or "")[:4]):
        indexes = [column.index for column in columns]
        groups.append(Group(year, indexes[0], indexes[-1]))
    sheet.put_header(FIRST_ROW - 1, placed, labels, groups)


def _put(sheet: SheetBuilder, layout: ActivityLayout, row: PlanRow) -> None:
    placed, words = layout.columns["plan"], layout.words
    if row.kind == "output":
        statement = f"{row.output.code}. {words.read(row.output.statement)}" if row.output else words.say("row.whole")
        sheet.span(Area(row.row, 0, row.row, sheet.last_column), statement, "band")
        return
    entries = _activity_entries(layout, row.activity) if row.activity else {}
    if row.kind == "spare":
        entries["output"] = Entry(row.output.code if row.output else None)
    points = {x.month for x in row.activity.milestones} if row.activity else set()
    for month in layout.months:
        mark = MILESTONE if month in points else ""
        entries[f"month:{month}"] = Entry(mark, _mark(layout, row.row, month), "month", "centre")
    sheet.put_row(row.row, placed, entries, spare=row.kind == "spare")


def _activity_entries(layout: ActivityLayout, activity: Activity) -> dict[str, Entry]:
    words = layout.words
    return {
        "code": Entry(activity.code),
        "title": Entry(words.read(activity.title)),
        "output": Entry(activity.output),
        "partner": Entry(activity.partner),
        "place": Entry(words.read(activity.place)),
        "start": Entry(first_day(activity.start)),
        "end": Entry(first_day(activity.end)),
        "status": Entry(words.say(f"status.{activity.status}")),
    }


def _mark(layout: ActivityLayout, row: int, month: str) -> str:
    """A diamond where the sheet of milestones has one of this activity in this month."""
    last, sheet = layout.milestones_last_row, layout.sheet("milestones")

    def column(key: str) -> str:
        return on_sheet(sheet, name_column_part(layout.index("milestones", key), FIRST_ROW, last, fixed=True))

    day = f"{name_column(layout.index('plan', f'month:{month}'))}${FIRST_ROW}"
    code = f"${name_cell(row, layout.index('plan', 'code'))}"
    conditions = f'{column("activity")},{code},{column("month")},">="&{day},{column("month")},"<"&EDATE({day},1)'
    return f'=IF(COUNTIFS({conditions})>0,"{MILESTONE}","")'


def _guard(sheet: SheetBuilder, layout: ActivityLayout) -> None:
    """Hints, validations, and the bars."""
    rows = [(row.row, row.row) for row in layout.plan if row.kind != "output"]
    project = layout.project.sheet
    put_hints(sheet, layout.columns["plan"], rows, layout.words, (project.start.replace(day=1), project.end))
    first, last = layout.plan[0].row, layout.plan[-1].row
    months = layout.indexes("plan", "month")
    start, end, status = (f"${name_cell(first, layout.index('plan', key))}" for key in ("start", "end", "status"))
    day = f"{name_column(months[0])}${FIRST_ROW}"
    runs = f'{start}<>"",{end}<>"",{day}>=DATE(YEAR({start}),MONTH({start}),1),{day}<={end}'
    area = Area(first, months[0], last, months[-1])
    for state in STATUSES:
        formula = f"=AND({runs},{status}={quote(layout.words.say(f'status.{state}'))})"
        sheet.emphases.append(Emphasis(area, formula, state))
    sheet.emphases.append(Emphasis(area, f"=AND({runs})", "planned"))
    column = layout.index("plan", "end")
    wrong = f'=AND({start}<>"",{end}<>"",{end}<{start})'
    sheet.emphases.append(Emphasis(Area(first, column, last, column), wrong, "wrong"))


def _put_legend(sheet: SheetBuilder, layout: ActivityLayout) -> None:
    """What the colours of the bars mean, below the plan."""
    row = layout.plan[-1].row + 2
    sheet.put(row, 1, layout.words.say("section.legend"), "strong")
    swatches: dict[Status, Role] = {
        "planned": "swatch-planned",
        "ongoing": "swatch-ongoing",
        "done": "swatch-done",
        "delayed": "swatch-delayed",
        "cancelled": "swatch-cancelled",
    }
    for at, (state, role) in enumerate(swatches.items(), row + 1):
        sheet.put(at, 0, None, role)
        sheet.put(at, 1, layout.words.say(f"status.{state}"), "fact")
    sheet.put(row + 1 + len(swatches), 0, MILESTONE, "month", "centre")
    sheet.put(row + 1 + len(swatches), 1, layout.words.say("legend.milestone"), "fact")
