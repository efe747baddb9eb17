"""Everything the templates of letters may print, by name. Figures and dates are texts in the document's language."""

from __future__ import annotations

from typing import TypedDict

from grants.views.proposal.context import AccountRow, ContactRow, DonorPart, OrganisationPart, ProjectPart
from grants.views.report.context import ContractPart, ReportPart


class CurrencyPart(TypedDict):
    """The currency of the amounts."""

    currency: str


class LetterContext(TypedDict):
    """The names that the template of every letter begins with."""

    donor: DonorPart
    project: ProjectPart
    report: ReportPart
    contract: ContractPart
    applicant: OrganisationPart
    contact: ContactRow
    signatories: list[ContactRow]
    budget: CurrencyPart


class StepRow(TypedDict):
    """A step of a calculation."""

    label: str
    amount: str
    is_sum: bool


class PaymentPart(TypedDict):
    """The instalment that is asked for."""

    code: str
    kind: str
    condition: str
    label: str
    amount: str
    """With its currency."""
    steps: list[StepRow]
    asked: StepRow
    note: str
    """The donor's term, in words."""


class PaymentContext(LetterContext):
    """A payment request."""

    payment: PaymentPart
    accounts: list[AccountRow]
    enclosures: list[str]


class CoverContext(LetterContext):
    """A cover letter."""

    enclosures: list[str]
    payment: str
    """The amount asked for, with its currency; empty where nothing is."""


class MoveRow(TypedDict):
    """A heading that moves: from what was signed, to what is asked for, and why."""

    code: str
    title: str
    signed: str
    now: str
    moved: str
    percent: str
    limit: str
    reason: str


class ModificationContext(LetterContext):
    """A request for a modification of the budget."""

    moves: list[MoveRow]
    given: list[MoveRow]
    """Headings that give."""
    taken: list[MoveRow]
    """Headings that receive."""
    total: MoveRow
    """All headings, also those that do not move."""
    limit: str
    """By how much a heading may move without an amendment."""
