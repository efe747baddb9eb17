"""What the activities workbook says: its sheets, defined names, and the stamp it will come back with."""

from __future__ import annotations

from grants.forms import ACTIVITIES, Stamp, StampedRow, TablePlace
from grants.ledger.totals import Totals
from grants.model import Project
from grants.model.donor import Donor
from grants.model.labels import Labels
from grants.views.activity_layout import FIRST_ROW, ActivityLayout, lay_out_activities, list_results
from grants.views.activity_sheets.indicators import METHODS, view_indicators
from grants.views.activity_sheets.logframe import view_logframe
from grants.views.activity_sheets.milestones import view_milestones
from grants.views.activity_sheets.plan import STATUSES, view_plan
from grants.views.addresses import name_column
from grants.views.form_parts import frame_workbook
from grants.views.reference_sheets import (
    ChoiceList,
    list_activities,
    list_labels,
    list_organisations,
    view_how_to,
    view_lists,
)
from grants.views.words import Words
from grants.views.workbook import Role, WorkbookView

_LEGEND: dict[str, Role] = {
    "input": "swatch-input",
    "result": "result",
    "note": "swatch-note",
    "ok": "swatch-ok",
    "wrong": "swatch-wrong",
}


def view_activities(
    project: Project,
    totals: Totals,  # not shown; both views of workbooks are called alike
    donor: Donor,
    labels: Labels,
    language: str,
) -> WorkbookView:
    """The activities workbook of a project, in a language the labels know."""
    words = Words(labels, language, ("en", *project.sheet.languages))
    layout = lay_out_activities(project, words)
    lists, names = view_lists(_choose(project, words), words, project)
    sheets = (
        view_plan(layout),
        view_milestones(layout),
        view_logframe(layout),
        view_indicators(layout),
        lists,
        view_how_to("activities", words, project, _LEGEND),
    )
    return frame_workbook("activities", project, words, sheets, names, _stamp(layout))


def _choose(project: Project, words: Words) -> list[ChoiceList]:
    outputs = tuple((output.code, words.read(output.statement)) for output in project.logframe.outputs)
    return [
        list_organisations(project, words),
        list_activities(project, words),
        ChoiceList("outputs", outputs),
        list_labels("statuses", "status", STATUSES, words),
        list_labels("methods", "method", METHODS, words),
    ]


def _stamp(layout: ActivityLayout) -> Stamp:
    words = layout.words
    return Stamp(
        facts={
            "form": ACTIVITIES.key,
            "form_version": str(ACTIVITIES.version),
            "project": layout.project.sheet.code,
            "language": words.language,
        },
        sheets={sheet.key: words.say(sheet.label) for sheet in ACTIVITIES.sheets},
        tables=_tables(layout),
        columns={(table, x.key): name_column(x.index) for table, placed in layout.columns.items() for x in placed},
        rows=tuple(_rows(layout)),
        choices={
            **{("statuses", key): words.say(f"status.{key}") for key in STATUSES},
            **{("methods", key): words.say(f"method.{key}") for key in METHODS},
        },
        figures=_figures(layout),
    )


def _figures(layout: ActivityLayout) -> dict[str, str]:
    """Name of a figure, as `grants.ledger.figures.list_indicator_figures` has it, -> its cell."""
    figures: dict[str, str] = {}
    for row in layout.indicators:
        if row.indicator is None:
            continue
        if row.kind == "indicator":
            if row.indicator.baseline:
                figures[f"baseline:{row.indicator.code}"] = layout.indicator_cell("baseline", row.row)
            if row.indicator.target:
                figures[f"target:{row.indicator.code}"] = layout.indicator_cell("target", row.row)
        elif getattr(row.indicator, row.kind) is not None:
            figures[f"target:{row.indicator.code}:{row.kind}"] = layout.indicator_cell("target", row.row)
    return figures


def _tables(layout: ActivityLayout) -> dict[str, TablePlace]:
    frame = sum(max(len(result.indicators), 1) for result in list_results(layout.project))
    last = {
        "plan": layout.plan[-1].row,
        "milestones": layout.milestones_last_row,
        "logframe": FIRST_ROW + frame - 1,
        "indicators": layout.indicators[-1].row if layout.indicators else FIRST_ROW,
    }
    return {key: TablePlace(layout.sheet(key), FIRST_ROW, FIRST_ROW + 1, row + 1) for key, row in last.items()}


def _rows(layout: ActivityLayout) -> list[StampedRow]:
    rows = []
    for row in layout.plan:
        if row.activity:
            rows.append(StampedRow("plan", row.row + 1, row.activity.code))
        elif row.kind == "spare":
            rows.append(StampedRow("plan", row.row + 1, f"spare:{row.output.code if row.output else ''}:{row.number}"))
    points = layout.milestones
    for at in range(FIRST_ROW, layout.milestones_last_row + 1):
        code = points[at - FIRST_ROW][1].code if at - FIRST_ROW < len(points) else f"spare::{at - FIRST_ROW + 1}"
        rows.append(StampedRow("milestones", at + 1, code))
    for part in layout.indicators:
        if part.indicator:
            sex = "" if part.kind == "indicator" else f":{part.kind}"
            rows.append(StampedRow("indicators", part.row + 1, part.indicator.code + sex))
    return rows
