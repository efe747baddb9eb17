"""Why a line differs may be said with a period or with the report itself; every document then prints it."""

from __future__ import annotations

import datetime
from pathlib import Path

from grants.model.scalars import Text
from grants.services.records import check_everything
from grants.services.templates import find_labels
from grants.views.financial_report import view_financial_report
from grants.views.report import ReportSource, view_narrative_report
from tests.reports import FINAL, TEMPLATES, lay_running, load_labels, load_source, with_finance

OF_THE_PERIOD = {"2.1": Text({"el": "Του τριμήνου.", "en": "Of the quarter."})}
OF_THE_REPORT = {"2.1": Text({"el": "Του έργου.", "en": "Of the project."})}


def list_narrative(source: ReportSource) -> list[str]:
    context = view_narrative_report(source, load_labels(), "en").context
    return [row["explanation"] for row in context["budget"]["lines"] if row["code"] == "2.1"]


def list_cells(source: ReportSource) -> set[str]:
    view = view_financial_report(
        source.project,
        source.donor,
        source.accounts,
        source.records,
        source.limits,
        find_labels(TEMPLATES, "financial"),
        "en",
    )
    return {str(cell.value) for sheet in view.sheets for cell in sheet.cells}


def test_an_explanation_of_the_report_is_printed_and_is_the_last_word() -> None:
    period = with_finance(load_source(FINAL), "2008-Q2", explanations=OF_THE_PERIOD)
    assert list_narrative(period) == ["Of the quarter."]
    both = with_finance(period, FINAL, explanations=OF_THE_REPORT)
    assert list_narrative(both) == ["Of the project."]
    assert "Of the project." in list_cells(both)


def test_an_explanation_of_the_report_is_one_for_the_rule_too(tmp_path: Path) -> None:
    project = lay_running(tmp_path / "projects" / "sample")
    costs = project / "periods" / "2008-Q2" / "expenditures.csv"
    costs.write_text(costs.read_text("utf-8").replace(",950.00,", ",700.00,"), "utf-8")

    def find() -> list[str | None]:
        found = check_everything(project, datetime.date(2008, 10, 1))
        return [x.found for x in found if x.code == "R20"]

    assert find() == ["2.1"]
    (project / "periods" / FINAL / "finance.yaml").write_text(
        'explanations: {"2.1": {el: Φθηνότερα., en: Cheap.}}\n', "utf-8"
    )
    assert find() == []
