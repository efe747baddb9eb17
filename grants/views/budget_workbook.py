"""What the budget workbook says: its sheets, defined names, and the stamp it will come back with."""

from __future__ import annotations

from grants.forms import BUDGET, Stamp, StampedRow, TablePlace
from grants.ledger.totals import Totals
from grants.model import Project
from grants.model.donor import Donor
from grants.model.labels import Labels
from grants.views.addresses import name_cell, name_column, on_sheet
from grants.views.budget_layout import FIRST_ROW, BudgetLayout, lay_out_budget
from grants.views.budget_sheets.instalments import view_instalments
from grants.views.budget_sheets.justification import view_justification
from grants.views.budget_sheets.lines import view_lines
from grants.views.budget_sheets.phasing import view_phasing
from grants.views.budget_sheets.sources import view_sources
from grants.views.budget_sheets.summary import KEY_FIGURES_ROW, view_summary
from grants.views.budget_sheets.summary_tables import TOTAL
from grants.views.form_parts import frame_workbook
from grants.views.reference_sheets import (
    LEGEND,
    ChoiceList,
    list_activities,
    list_labels,
    list_organisations,
    view_how_to,
    view_lists,
)
from grants.views.words import Words
from grants.views.workbook import WorkbookView

_INSTALMENT_KINDS = ("pre-financing", "interim", "balance")


def view_budget(project: Project, totals: Totals, donor: Donor, labels: Labels, language: str) -> WorkbookView:
    """The budget workbook of a project, in a language the labels know."""
    words = Words(labels, language, ("en", *project.sheet.languages))
    layout = lay_out_budget(project, totals, donor, words)
    lists, names = view_lists(_choose(project, words), words, project)
    sheets = (
        view_summary(layout),
        view_lines(layout),
        view_phasing(layout),
        view_justification(layout),
        view_sources(layout),
        view_instalments(layout),
        lists,
        view_how_to("budget", words, project, LEGEND),
    )
    return frame_workbook("budget", project, words, sheets, names | _names(layout), _stamp(layout))


def _choose(project: Project, words: Words) -> list[ChoiceList]:
    sources = project.budget.sources
    in_kind = tuple((source.code, words.read(source.name)) for source in sources if source.in_kind)
    return [
        list_organisations(project, words),
        list_activities(project, words),
        ChoiceList("in_kind_sources", in_kind),
        list_labels("instalment_kinds", "instalment", _INSTALMENT_KINDS, words),
    ]


def _names(layout: BudgetLayout) -> dict[str, str]:
    """Defined names of the main figures: they follow when somebody moves rows, and formulas can be read."""
    figures = _figures(layout)
    return {
        key: _fix(figures[key])
        for key in ("grand_total", "grant", "own_contribution", "direct", "indirect", "contingency")
    }


def _fix(reference: str) -> str:
    sheet, _, cell = reference.rpartition("!")
    letters = cell.rstrip("0123456789")
    return f"{sheet}!${letters}${cell[len(letters) :]}"


def _stamp(layout: BudgetLayout) -> Stamp:
    words = layout.words
    return Stamp(
        facts={
            "form": BUDGET.key,
            "form_version": str(BUDGET.version),
            "project": layout.project.sheet.code,
            "language": words.language,
        },
        sheets={sheet.key: words.say(sheet.label) for sheet in BUDGET.sheets},
        tables=_tables(layout),
        columns={(table, x.key): name_column(x.index) for table, placed in layout.columns.items() for x in placed},
        rows=tuple(_rows(layout)),
        choices={("instalment_kinds", key): words.say(f"instalment.{key}") for key in _INSTALMENT_KINDS},
        figures=_figures(layout),
    )


def _tables(layout: BudgetLayout) -> dict[str, TablePlace]:
    last = layout.row("grand")
    shared = {
        key: TablePlace(layout.sheet(sheet), FIRST_ROW, FIRST_ROW + 1, last + 1)
        for key, sheet in (("lines", "budget"), ("phasing", "phasing"), ("justification", "justification"))
    }
    gifts, first = layout.gifts_header_row, layout.instalments_first_row
    return {
        **shared,
        "sources": TablePlace(layout.sheet("sources"), FIRST_ROW, FIRST_ROW + 1, layout.sources_total_row),
        "in_kind": TablePlace(layout.sheet("sources"), gifts + 1, gifts + 2, layout.gifts_total_row),
        "instalments": TablePlace(layout.sheet("instalments"), first, first + 1, layout.instalments_last_row + 1),
    }


def _rows(layout: BudgetLayout) -> list[StampedRow]:
    rows = []
    for table in ("lines", "phasing", "justification"):
        for row in layout.rows:
            if row.line:
                rows.append(StampedRow(table, row.row + 1, row.line.line.code))
            elif row.heading and row.kind == "spare":
                rows.append(StampedRow(table, row.row + 1, f"spare:{row.heading.heading.code}:{row.number}"))
    rows += [StampedRow("sources", layout.source_row(x.code) + 1, x.code) for x in layout.sources]
    gifts, first = layout.gifts_header_row + 2, layout.instalments_first_row + 1
    rows += [StampedRow("in_kind", at, str(at - gifts + 1)) for at in range(gifts, layout.gifts_total_row + 1)]
    parts = layout.totals.instalments
    for at in range(first, layout.instalments_last_row + 2):
        code = parts[at - first].instalment.code if at - first < len(parts) else f"spare::{at - first + 1}"
        rows.append(StampedRow("instalments", at, code))
    return rows


def _figures(layout: BudgetLayout) -> dict[str, str]:
    """Name of a figure, as `grants.ledger.figures.list_figures` has it, -> its cell."""
    summary = layout.sheet("summary")
    keys = ("grand_total", "grant", "own_contribution", "in_kind")
    figures = {key: on_sheet(summary, name_cell(KEY_FIGURES_ROW + i, TOTAL)) for i, key in enumerate(keys)}
    figures |= {key: layout.budget_cell("total", layout.row(key)) for key in ("direct", "indirect", "contingency")}
    for row in layout.rows:
        if row.line:
            figures[f"line:{row.line.line.code}"] = layout.budget_cell("total", row.row)
        elif row.heading and row.kind == "subtotal":
            figures[f"heading:{row.heading.heading.code}"] = layout.budget_cell("total", row.row)
    figures |= {f"source:{x.code}": layout.source_cell("amount", x.code) for x in layout.sources}
    grand = layout.row("grand")
    figures |= {f"quarter:{x}": layout.phasing_cell(f"amount:{x}", grand) for x in layout.quarters}
    for at, part in enumerate(layout.totals.instalments, layout.instalments_first_row):
        figures[f"instalment:{part.instalment.code}"] = layout.instalments_cell(at)
    return figures
