"""The documents of one project, as bytes: each is made, read back and compared before anything is written."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import grants
from grants.ledger.figures import list_figures, list_indicator_figures
from grants.model.donor import Document
from grants.services.load import Usable
from grants.services.proof import prove_document, prove_unprinted, prove_workbook, stop_at
from grants.services.templates import find_labels, find_template
from grants.views.activities_workbook import view_activities
from grants.views.budget_workbook import view_budget
from grants.views.document import DocumentView
from grants.views.proposal import ProposalContext, view_proposal
from grants.views.workbook import WorkbookView
from grants.writers.excel import write_workbook
from grants.writers.word import CompiledTemplate, write_document

Pages = Mapping[str, int]
"""Bookmark of a heading -> page."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A Word document that can be written again when its page numbers are known."""

    template: CompiledTemplate
    view: DocumentView[Any]
    stamp: Mapping[str, str]

    def write(self, pages: Pages | None = None) -> bytes:
        """The Word file."""
        return write_document(self.template, self.view, self.stamp, pages)


@dataclass(frozen=True, slots=True)
class Workbook:
    """A finished workbook, the figures it must show, and what it was made from."""

    data: bytes
    figures: Mapping[str, Decimal]
    view: WorkbookView
    stamp: Mapping[str, str]

    def write_for_print(self, name: str) -> bytes:
        """The workbook as its PDF is made from it: without the sheets that only help to fill it in, `name` in the
        footers."""
        return write_workbook(self.view, self.stamp, printed_as=name)


@dataclass(frozen=True, slots=True)
class Made:
    """Documents by file name: workbooks are finished, papers wait for their page numbers."""

    workbooks: dict[str, Workbook]
    papers: dict[str, Paper]


def make_documents(
    usable: Usable, templates: Path, definition: str, languages: Sequence[str], only: str | None
) -> Made:
    """Every document that the donor's pack names, in these languages. File names are those of the pack."""
    made = Made({}, {})
    for document, language in _choose(usable.donor.documents, languages, only):
        stamp = make_stamp(usable, document.key, language, definition)
        name = f"{document.file_name}.{language}"
        if document.key == "proposal":
            made.papers[f"{name}.docx"] = _make_proposal(usable, templates, document, language, stamp)
        else:
            made.workbooks[f"{name}.xlsx"] = _make_workbook(usable, templates, document, language, stamp)
    return made


def _make_proposal(
    usable: Usable, templates: Path, document: Document, language: str, stamp: Mapping[str, str]
) -> Paper:
    template = find_template(templates / usable.donor.code, document, language, ProposalContext)
    labels = find_labels(templates, "proposal")
    view = view_proposal(usable.project, usable.totals, usable.donor, usable.rich, labels, language)
    return Paper(template, view, stamp)


def _make_workbook(
    usable: Usable, templates: Path, document: Document, language: str, stamp: Mapping[str, str]
) -> Workbook:
    labels = find_labels(templates, "workbook")
    if document.key == "budget":
        view = view_budget(usable.project, usable.totals, usable.donor, labels, language)
        figures = list_figures(usable.totals)
    else:
        view = view_activities(usable.project, usable.totals, usable.donor, labels, language)
        figures = list_indicator_figures(usable.project.logframe)
    return Workbook(write_workbook(view, stamp), figures, view, stamp)


def prove(made: Made, papers: Mapping[str, bytes], never_print: Sequence[str] = ()) -> None:
    """Read every document back. Raises UnusableError where a figure differs from the ledger's or the definition's, or
    where a document contains what must never be printed."""
    findings = [x for name, book in made.workbooks.items() for x in prove_workbook(name, book.data, book.figures)]
    for name, data in papers.items():
        paper = made.papers[name]
        findings += prove_document(name, data, paper.view, paper.template)
    finished = {name: book.data for name, book in made.workbooks.items()} | dict(papers)
    for name, data in finished.items():
        findings += prove_unprinted(name, data, never_print)
    stop_at(findings)


def make_stamp(usable: Usable, form: str, language: str, definition: str) -> dict[str, str]:
    """What a document says of itself."""
    return {
        "form": form,
        "program": grants.__version__,
        "project": usable.project.sheet.code,
        "version": usable.project.sheet.version,
        "language": language,
        "date": usable.project.sheet.date.isoformat(),
        "definition": definition,
    }


def with_date(usable: Usable, day: datetime.date) -> Usable:
    """The same project, its documents dated otherwise."""
    sheet = usable.project.sheet.model_copy(update={"date": day})
    return replace(usable, project=replace(usable.project, sheet=sheet))


def _choose(
    documents: Sequence[Document], languages: Sequence[str], only: str | None
) -> Iterator[tuple[Document, str]]:
    for document in documents:
        if only in (None, document.key):
            yield from ((document, language) for language in languages)
