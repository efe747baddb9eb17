"""The documents of one report, as bytes: narrative report, workbook, letters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from grants.ledger.figures import list_report_figures
from grants.model.donor import ReportDocument
from grants.services.documents import Made, Paper, Workbook, make_stamp
from grants.services.load import Usable
from grants.services.templates import find_labels, find_template
from grants.views.document import DocumentView
from grants.views.financial_report import view_financial_report
from grants.views.letters import (
    asks_for_modification,
    asks_for_payment,
    view_cover_letter,
    view_modification_request,
    view_payment_request,
)
from grants.views.letters.context import CoverContext, ModificationContext, PaymentContext
from grants.views.report import ReportContext, ReportSource, view_narrative_report
from grants.writers.excel import write_workbook

CONTEXTS: Mapping[str, type] = {
    "narrative-report": ReportContext,
    "payment-request": PaymentContext,
    "cover-letter": CoverContext,
    "modification-request": ModificationContext,
}
"""Key of a Word document -> what its template may print."""


def make_report_documents(
    source: ReportSource, usable: Usable, templates: Path, definition: str, languages: Sequence[str], only: str | None
) -> Made:
    """Every document that the donor wants with such a report, in these languages. File names are those of the pack."""
    made = Made({}, {})
    wanted = list_wanted(source)
    for document in wanted:
        if only in (None, document.key):
            for language in languages:
                stamp = make_stamp(usable, document.key, language, definition) | {"report": source.report.code}
                name = f"{document.file_name}.{language}"
                if document.key == "financial-report":
                    made.workbooks[f"{name}.xlsx"] = _make_workbook(source, templates, language, stamp)
                else:
                    made.papers[f"{name}.docx"] = _make_paper(source, wanted, templates, document, language, stamp)
    return made


def list_wanted(source: ReportSource) -> list[ReportDocument]:
    """The documents that go with this report."""
    needless = list_needless(source)
    return [x for x in source.donor.report_documents if source.report.kind in x.kinds and x not in needless]


def list_needless(source: ReportSource) -> list[ReportDocument]:
    """The documents that this report has no need of: no payment request where nothing is to be asked for, no request
    for a modification where no heading has moved to its limit."""
    needed = {"payment-request": asks_for_payment, "modification-request": asks_for_modification}
    return [x for x in source.donor.report_documents if x.key in needed and not needed[x.key](source)]


def _make_workbook(source: ReportSource, templates: Path, language: str, stamp: Mapping[str, str]) -> Workbook:
    labels = find_labels(templates, "financial")
    view = view_financial_report(
        source.project, source.donor, source.accounts, source.records, source.limits, labels, language
    )
    return Workbook(write_workbook(view, stamp), list_report_figures(source.accounts), view, stamp)


def _make_paper(
    source: ReportSource,
    wanted: Sequence[ReportDocument],
    templates: Path,
    document: ReportDocument,
    language: str,
    stamp: Mapping[str, str],
) -> Paper:
    template = find_template(templates / source.donor.code, document, language, CONTEXTS[document.key])
    return Paper(template, _view(source, wanted, templates, document, language), stamp)


def _view(
    source: ReportSource, wanted: Sequence[ReportDocument], templates: Path, document: ReportDocument, language: str
) -> DocumentView[Any]:
    labels = find_labels(templates, "proposal", "report")
    if document.key == "narrative-report":
        return view_narrative_report(source, labels, language)
    if document.key == "modification-request":
        return view_modification_request(source, labels, language)
    others = [x for x in wanted if x.key not in (document.key, "cover-letter")]
    if document.key == "payment-request":
        enclosed = [x for x in others if x.key in ("narrative-report", "financial-report")]
        return view_payment_request(source, [x.title.in_language(language) for x in enclosed], labels, language)
    return view_cover_letter(source, [x.title.in_language(language) for x in others], labels, language)
