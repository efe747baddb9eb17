"""Everything the template of a narrative report may print, by name. Figures and dates are texts in its language.

Counts of persons are printed only through their shades: a small one is "<5", one that would give a small one away "…".
"""

from __future__ import annotations

from typing import TypedDict

from grants.views.blocks import Block
from grants.views.proposal.context import (
    AcronymRow,
    CallPart,
    ContactRow,
    DonorPart,
    OrganisationPart,
    ProjectPart,
)


class ReportPart(TypedDict):
    """The report itself."""

    code: str
    kind: str
    title: str
    is_interim: bool
    is_final: bool
    start: str
    end: str
    period: str
    due: str
    date: str
    """Date of the document."""


class ColumnsPart(TypedDict):
    """What columns of figures are called: after an earlier report, what is new in this one is no period of its own."""

    prior: str
    current: str
    costs: str
    """Of the costs in the column `current`."""
    dates: str
    """From when to when those costs were collected."""
    difference: str
    """Of `variation` in a row of a line: how far it is off in the end, what is unspent of it before."""


class AmendmentRow(TypedDict):
    """An amendment of the contract."""

    number: str
    signed: str
    reason: str


class ContractPart(TypedDict):
    """The signed grant; all texts are empty where none is signed."""

    number: str
    signed: str
    amount: str
    amendments: list[AmendmentRow]
    budget: str
    """Which budget the report is held against: that of the contract, of amendment 1."""


class ReachedRow(TypedDict):
    """An indicator: planned and reached."""

    code: str
    name: str
    baseline: str
    target: str
    current: str
    cumulative: str
    percent: str


class ResultPart(TypedDict):
    """An outcome or output with its indicators."""

    code: str
    label: str
    statement: str
    indicators: list[ReachedRow]


class PersonsRow(TypedDict):
    """Women and men that an indicator counts, now or since the beginning; the name spans its rows."""

    name: str
    when: str
    goes_on: bool
    """Whether the next row is of the same indicator."""
    women: str
    men: str
    girls: str
    boys: str
    total: str


class GroupReachedRow(TypedDict):
    """A target group: planned and reached since the beginning."""

    name: str
    planned_women: str
    planned_men: str
    planned_total: str
    women: str
    men: str
    total: str


class WorkPart(TypedDict):
    """An activity, as it was planned and as it went."""

    code: str
    title: str
    partner: str
    place: str
    planned: str
    real: str
    status: str
    done: list[str]
    deviations: list[str]
    evidence: list[str]


class DeviationRow(TypedDict):
    """An activity that went otherwise than planned."""

    activity: str
    planned: str
    real: str
    reason: str


class ReachedMilestoneRow(TypedDict):
    """A milestone."""

    code: str
    title: str
    planned: str
    reached: str


class NextRow(TypedDict):
    """An activity of the next period."""

    activity: str
    partner: str
    start: str
    end: str
    milestones: list[str]


class BalanceRow(TypedDict):
    """A heading, or a sum of headings, of the budget."""

    code: str
    label: str
    approved: str
    prior: str
    current: str
    cumulative: str
    unspent: str
    percent: str


class LineRow(TypedDict):
    """A budget line whose costs differ from the budget, and why."""

    code: str
    description: str
    approved: str
    cumulative: str
    variation: str
    """Above zero in a final report: more was spent. In an interim one what is unspent: below zero, more was spent."""
    percent: str
    """Empty in an interim report: half of the time is not held against the whole of the budget."""
    explanation: str


class BudgetPart(TypedDict):
    """The execution of the budget: amounts without their currency."""

    currency: str
    headings: list[BalanceRow]
    sums: list[BalanceRow]
    total: BalanceRow
    sources: list[BalanceRow]
    partners: list[BalanceRow]
    lines: list[LineRow]


class PaymentRow(TypedDict):
    """An instalment: planned, asked, received."""

    code: str
    kind: str
    percent: str
    planned: str
    asked: str
    received: str
    date: str


class FundsRow(TypedDict):
    """A line of the reconciliation."""

    label: str
    amount: str
    is_sum: bool


class MoneyPart(TypedDict):
    """The most quoted figures, with their currency."""

    approved: str
    spent: str
    spent_current: str
    spent_percent: str
    unspent: str
    received: str
    requested: str


class StoryRow(TypedDict):
    """A case story that may be told."""

    pseudonym: str
    text: str


class AwardRow(TypedDict):
    """A contract that was awarded."""

    supplier: str
    subject: str
    procedure: str
    date: str
    amount: str


class AssetRow(TypedDict):
    """A durable thing the grant paid for."""

    description: str
    quantity: str
    acquired: str
    value: str
    after: str


class KeptPart(TypedDict):
    """Where the accounts and papers are kept; empty texts where nobody said it."""

    place: str
    keeper: str
    until: str


class NotesPart(TypedDict):
    """Notes below tables; empty where the tables need none."""

    protected: str
    """What "<5" and "…" mean, where indicators have them; and so on for the other tables."""
    protected_persons: str
    protected_groups: str
    overlap: str


class ChartsPart(TypedDict):
    """Charts."""

    budget: Block
    spending: Block
    progress: Block


class ReportContext(TypedDict):
    """The names that a template begins with."""

    donor: DonorPart
    call: CallPart
    project: ProjectPart
    report: ReportPart
    columns: ColumnsPart
    contract: ContractPart
    applicant: OrganisationPart
    partners: list[OrganisationPart]
    organisations: list[OrganisationPart]
    contact: ContactRow
    results: list[ResultPart]
    persons: list[PersonsRow]
    groups: list[GroupReachedRow]
    activities: list[WorkPart]
    deviations: list[DeviationRow]
    milestones: list[ReachedMilestoneRow]
    next_activities: list[NextRow]
    money: MoneyPart
    budget: BudgetPart
    payments: list[PaymentRow]
    payments_total: PaymentRow
    funds: list[FundsRow]
    stories: list[StoryRow]
    contracts: list[AwardRow]
    no_contracts: bool
    """Somebody said that none was awarded."""
    assets: list[AssetRow]
    no_assets: bool
    kept: KeptPart
    notes: NotesPart
    acronyms: list[AcronymRow]
    signatories: list[ContactRow]
    text: dict[str, Block]
    """Sections by key, with _ for a hyphen: text.next_steps."""
    charts: ChartsPart
    contents: Block
