"""What tests of reports share: the running example as a project in a folder, and its reports as sources of views."""

from __future__ import annotations

import datetime
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from grants.ledger.accounts import draw_up_accounts
from grants.model.labels import Labels
from grants.model.limits import Limits
from grants.model.records import Expenditure, PeriodRecords, Progress
from grants.services.load import load_project
from grants.services.records import load_records
from grants.services.templates import find_labels
from grants.views.report import ReportSource
from tests.base_project import ROOT, TEMPLATES

EXAMPLES = ROOT / "tests" / "examples"
INTERIM, FINAL = "2008-Q1", "FIN"
LANGUAGES = ("el", "en")
SECTIONS = {
    INTERIM: ("executive-summary", "deviations", "partners", "visibility", "next-steps"),
    FINAL: (
        "executive-summary",
        "deviations",
        "partners",
        "visibility",
        "sustainability",
        "evaluation",
        "lessons",
    ),
}
TEXTS = {
    "el": "Από την έναρξη δαπανήθηκαν {{ spent }} ({{ spent_percent }} από {{ approved }}).\n",
    "en": "Since the start {{ spent }} were spent ({{ spent_percent }} of {{ approved }}).\n",
}


def lay_running(project: Path) -> Path:
    """The base project on its way, with the texts of both reports, in that folder."""
    for layer in ("base", "running"):
        shutil.copytree(EXAMPLES / layer, project, dirs_exist_ok=True)
    for report, sections in SECTIONS.items():
        folder = project / "periods" / report / "narrative"
        folder.mkdir(parents=True)
        for section in sections:
            for language, text in TEXTS.items():
                (folder / f"{section}.{language}.md").write_text(text, "utf-8")
    return project


@cache
def load_labels() -> Labels:
    """The fixed words of reports."""
    return find_labels(TEMPLATES, "proposal", "report")


@cache
def load_source(report: str) -> ReportSource:
    """A report of the running example, dated 1 October 2008."""
    day = datetime.date(2008, 10, 1)
    with tempfile.TemporaryDirectory() as name:
        loaded = load_project(lay_running(Path(name) / "projects" / "sample"))
        found = load_records(loaded, day).returned
    assert loaded.usable is not None
    assert found is not None
    return ReportSource(
        loaded.usable.project,
        loaded.usable.donor,
        found.records,
        found.accounts[report],
        found.limits,
        found.rich[report],
        day,
    )


def with_progress(source: ReportSource, period: str, **parts: Any) -> ReportSource:
    """The report with other progress in a period; its accounts drawn up anew."""
    records = source.records
    kept = records.periods.get(period) or PeriodRecords(period, (), records.periods[INTERIM].finance, Progress())
    changed = replace(kept, progress=kept.progress.model_copy(update=parts))
    return _draw_up(source, {period: changed})


def with_finance(source: ReportSource, period: str, **parts: Any) -> ReportSource:
    """The report with other finances in a period; its accounts drawn up anew."""
    kept = source.records.periods[period]
    return _draw_up(source, {period: replace(kept, finance=kept.finance.model_copy(update=parts))})


def with_costs(source: ReportSource, period: str, *costs: Expenditure) -> ReportSource:
    """The report with more costs in a period; its accounts drawn up anew."""
    kept = source.records.periods[period]
    return _draw_up(source, {period: replace(kept, expenditures=(*kept.expenditures, *costs))})


def with_limits(source: ReportSource, limits: Limits) -> ReportSource:
    """The report under other limits."""
    return _draw_up(replace(source, limits=limits), {})


def _draw_up(source: ReportSource, periods: Mapping[str, PeriodRecords]) -> ReportSource:
    records = replace(source.records, periods={**source.records.periods, **periods})
    accounts = draw_up_accounts(source.project, records, source.report, source.limits)
    return replace(source, records=records, accounts=accounts)
