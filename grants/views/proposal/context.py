"""Everything a proposal's template may print, by name. Figures and dates are texts in the document's language.

The template's compiler checks every placeholder against these declarations, so a name that does not stand here is
found before anything is rendered. A list is there to be looped over; an empty text stands for something not given.
"""

from __future__ import annotations

from typing import TypedDict

from grants.views.blocks import Block


class DonorPart(TypedDict):
    """The donor asked."""

    name: str
    short_name: str
    department_of: str
    address: str


class CallPart(TypedDict):
    """The call for proposals."""

    title: str
    reference: str
    deadline: str


class SectorRow(TypedDict):
    """An OECD DAC purpose code."""

    code: str
    name: str
    share: str


class ProjectPart(TypedDict):
    """The project itself."""

    code: str
    title: str
    version: str
    date: str
    notice: str
    start: str
    end: str
    duration: str
    """12 months."""
    places: list[str]
    countries: str
    sectors: list[SectorRow]


class RegistrationRow(TypedDict):
    """An entry in a register."""

    register: str
    number: str
    date: str


class ContactRow(TypedDict):
    """A member of staff whom the donor may call."""

    name: str
    role: str
    email: str
    phone: str


class AccountRow(TypedDict):
    """A bank account."""

    holder: str
    bank: str
    iban: str
    bic: str


class OrganisationPart(TypedDict):
    """The applicant or a partner."""

    code: str
    name: str
    short_name: str
    legal_form: str
    country: str
    address: str
    founded: str
    experience: str
    website: str
    role: str
    registrations: list[RegistrationRow]
    contacts: list[ContactRow]
    accounts: list[AccountRow]
    signatories: list[ContactRow]


class GroupRow(TypedDict):
    """A target group."""

    name: str
    description: str
    women: str
    men: str
    total: str


class OutputPart(TypedDict):
    """An output of the logframe."""

    code: str
    statement: str


class OutcomePart(TypedDict):
    """A specific objective and its outputs."""

    code: str
    statement: str
    outputs: list[OutputPart]


class LogframeRow(TypedDict):
    """A row of the logframe: an indicator, with cells merged over its result."""

    outcome: str
    output: str
    indicator: str
    baseline: str
    target: str
    verification: str
    assumptions: str


class ImpactPart(TypedDict):
    """The overall objective."""

    statement: str
    assumptions: list[str]
    rows: list[LogframeRow]


class IndicatorRow(TypedDict):
    """An indicator, for the chapter on monitoring."""

    code: str
    name: str
    unit: str
    baseline: str
    target: str
    women: str
    men: str


class MilestoneRow(TypedDict):
    """A milestone."""

    code: str
    title: str
    month: str


class ActivityPart(TypedDict):
    """An activity."""

    code: str
    title: str
    description: str
    partner: str
    place: str
    period: str
    start: str
    end: str
    months: str
    output: str
    deliverables: list[str]
    verification: str
    milestones: list[MilestoneRow]
    status: str


class LineRow(TypedDict):
    """A budget line."""

    code: str
    description: str
    unit: str
    quantity: str
    unit_cost: str
    total: str
    partner: str
    activities: str
    justification: str


class HeadingRow(TypedDict):
    """A heading of the budget with its lines."""

    code: str
    title: str
    grant: str
    own: str
    total: str
    percent: str
    lines: list[LineRow]


class SumRow(TypedDict):
    """Direct costs, indirect costs, contingency: what stands between the headings and the total."""

    label: str
    grant: str
    own: str
    total: str
    percent: str


class BudgetPart(TypedDict):
    """The budget: amounts without their currency."""

    currency: str
    headings: list[HeadingRow]
    sums: list[SumRow]
    total: SumRow
    first_instalment: str


class SourceRow(TypedDict):
    """A source of funding in money."""

    name: str
    kind: str
    note: str
    amount: str
    percent: str


class GiftRow(TypedDict):
    """A contribution in kind."""

    source: str
    description: str
    valuation: str
    value: str


class MoneyPart(TypedDict):
    """The most quoted figures, with their currency."""

    total: str
    grant: str
    own: str
    grant_percent: str
    own_percent: str


class InstalmentRow(TypedDict):
    """A payment asked for."""

    code: str
    kind: str
    percent: str
    amount: str
    due: str
    condition: str


class ReportRow(TypedDict):
    """A report of the calendar."""

    title: str
    period: str
    due: str


class RiskRow(TypedDict):
    """A risk."""

    code: str
    description: str
    likelihood: str
    impact: str
    mitigation: str
    owner: str


class AnnexRow(TypedDict):
    """A paper that goes with the proposal."""

    number: str
    title: str
    status: str
    reference: str
    date: str
    expires: str


class AcronymRow(TypedDict):
    """An abbreviation and what it stands for."""

    short: str
    long: str


class ChartsPart(TypedDict):
    """Charts."""

    budget: Block
    plan: Block


class ProposalContext(TypedDict):
    """The names that a template begins with."""

    donor: DonorPart
    call: CallPart
    project: ProjectPart
    applicant: OrganisationPart
    partners: list[OrganisationPart]
    organisations: list[OrganisationPart]
    direct_groups: list[GroupRow]
    final_groups: list[GroupRow]
    impact: ImpactPart
    outcomes: list[OutcomePart]
    logframe: list[LogframeRow]
    indicators: list[IndicatorRow]
    activities: list[ActivityPart]
    money: MoneyPart
    budget: BudgetPart
    sources: list[SourceRow]
    gifts: list[GiftRow]
    gifts_total: str
    instalments: list[InstalmentRow]
    reports: list[ReportRow]
    risks: list[RiskRow]
    annexes: list[AnnexRow]
    acronyms: list[AcronymRow]
    text: dict[str, Block]
    """Narrative sections by key, with _ for a hyphen: text.target_groups."""
    charts: ChartsPart
    contents: Block
