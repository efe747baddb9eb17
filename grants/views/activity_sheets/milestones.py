"""Sheet Milestones: what can be seen from outside, when it is due, and when it was reached."""

from __future__ import annotations

from grants.views.activity_layout import FIRST_ROW, ActivityLayout, first_day
from grants.views.addresses import name_cell
from grants.views.form_parts import label_columns, put_hints, start_sheet
from grants.views.sheet_builder import Entry
from grants.views.workbook import Area, Emphasis, Print, SheetView


def view_milestones(layout: ActivityLayout) -> SheetView:
    """The sheet."""
    placed, words = layout.columns["milestones"], layout.words
    sheet = start_sheet("milestones", placed, words, layout.project)
    sheet.put_header(FIRST_ROW - 1, placed, label_columns(words, placed, {}))
    for row, (activity, milestone) in enumerate(layout.milestones, FIRST_ROW):
        entries = {
            "code": Entry(milestone.code),
            "activity": Entry(activity.code),
            "title": Entry(words.read(milestone.title)),
            "month": Entry(first_day(milestone.month)),
        }
        sheet.put_row(row, placed, entries)
    last = layout.milestones_last_row
    for row in range(FIRST_ROW + len(layout.milestones), last + 1):
        sheet.put_row(row, placed, {}, spare=True)
    project = layout.project.sheet
    put_hints(sheet, placed, [(FIRST_ROW, last)], words, (project.start.replace(day=1), project.end))
    reached = layout.index("milestones", "reached")
    cell = f"${name_cell(FIRST_ROW, reached)}"
    area = Area(FIRST_ROW, 0, last, reached)
    sheet.emphases.append(Emphasis(area, f'={cell}<>""', "reached"))
    header = Area(FIRST_ROW - 1, 0, last, sheet.last_column)
    repeat = (FIRST_ROW - 1, FIRST_ROW - 1)
    return sheet.build(print_as=Print(repeat=repeat), freeze=(FIRST_ROW, 1), filter_area=header)
