"""`donor.yaml`: what a donor demands, as data with source and validity dates."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from pydantic import Field

from grants.model.base import Model
from grants.model.grant import ReportKind
from grants.model.scalars import (
    Amount,
    Code,
    CodeKey,
    Count,
    Country,
    Currency,
    Date,
    Folder,
    Language,
    Many,
    Text,
    Word,
    written,
)

Confidence = Literal["confirmed", "partly confirmed", "to be checked"]
Severity = Literal["error", "warning", "info"]
Parameter = Amount | bool | Word | Many[Word]


class Source(Model):
    """Where a term or rule was read."""

    title: Text
    address: Word | None = None
    note: Text | None = None


class Dated(Model):
    """Valid from a day to a day, both included; None: open. The project's start decides."""

    valid_from: Date | None = None
    valid_to: Date | None = None

    def is_valid(self, day: datetime.date) -> bool:
        """Whether the term or rule holds on that day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


class Term(Dated):
    """A condition of the donor, for people to read."""

    code: Folder
    title: Text
    value: Text
    source: Code | None = None
    confidence: Confidence


class Section(Model):
    """A section of the proposal; its text stands in narrative/<key>.<language>.md."""

    key: Folder
    title: Text
    required: bool = True
    most_words: Count | None = None


class ReportSection(Section):
    """A section of a report; its text stands in periods/<report>/narrative/<key>.<language>.md."""

    kinds: Annotated[Many[ReportKind], Field(min_length=1)]
    """In which kinds of report it stands."""


class RequiredAnnex(Dated):
    """A paper that goes with a proposal."""

    code: Folder
    title: Text
    required: bool = True
    made: bool = False
    """Whether the program makes it, with the proposal."""
    source: Code | None = None
    confidence: Confidence


class ReportTerm(Dated):
    """A report of the donor's calendar: days after the end of the period."""

    kind: ReportKind
    title: Text
    days: Count | None = None
    source: Code | None = None
    confidence: Confidence


Template = Annotated[
    str, written(r"^[a-z0-9-]+\.\{language\}\.docx$", "template", "a name such as proposal.{language}.docx")
]


class Document(Model):
    """A document the program makes for this donor, and its template ({language} is filled in)."""

    key: Literal["proposal", "budget", "activities"]
    title: Text
    template: Template | None = None
    file_name: Folder


class ReportDocument(Model):
    """A document that goes with a report, and its template ({language} is filled in)."""

    key: Literal["narrative-report", "financial-report", "payment-request", "cover-letter", "modification-request"]
    title: Text
    template: Template | None = None
    file_name: Folder
    kinds: Many[ReportKind] = ("interim", "final")


class Rule(Dated):
    """A demand that a program can check: the check function and its parameters."""

    id: Annotated[str, written(r"^[A-Z][A-Z0-9]*-?[0-9A-Z]*$", "rule id", "a rule's id such as G01")]
    check: Annotated[str, written(r"^[a-z_]+$", "check", "a check's name such as check_shares")]
    title: Text
    severity: Severity
    parameters: dict[Word, Parameter] = {}
    source: Code | None = None
    confidence: Confidence


class NotChecked(Dated):
    """A demand that nothing in the files can show, so that the program does not check it: a person has to."""

    id: Annotated[str, written(r"^[A-Z][A-Z0-9]*-?[0-9A-Z]*$", "rule id", "a rule's id such as G01")]
    title: Text
    why: Text
    """What is not recorded."""
    source: Code | None = None
    confidence: Confidence


class Rules(Model):
    """`templates/_common/rules.yaml`: rules of every donor."""

    sources: dict[CodeKey, Source]
    rules: Many[Rule]
    not_checked: Many[NotChecked] = ()


class Heading(Model):
    """A heading of the donor's budget layout."""

    code: Code
    title: Text


class Donor(Model):
    """`donor.yaml`."""

    code: Folder
    name: Text
    short_name: Text
    department_of: Text | None = None
    address: Text
    address_source: Code | None = None
    country: Country
    languages: Annotated[Many[Language], Field(min_length=1)]
    currency: Currency
    sources: dict[CodeKey, Source]
    terms: Many[Term] = ()
    headings: Annotated[Many[Heading], Field(min_length=1)]
    sections: Annotated[Many[Section], Field(min_length=1)]
    annexes: Many[RequiredAnnex] = ()
    reports: Many[ReportTerm] = ()
    documents: Annotated[Many[Document], Field(min_length=1)]
    report_sections: Many[ReportSection] = ()
    report_documents: Many[ReportDocument] = ()
    rules: Many[Rule] = ()
