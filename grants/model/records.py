"""What came back of a project, period by period: `periods/<code>/` with its costs, income, progress and texts.

`expenditures.csv` has a row for each Expenditure; `finance.yaml` and `progress.yaml` hold Finance and Progress.
Amounts without a currency are in that of the budget.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from grants.model.base import Model
from grants.model.budget import Budget
from grants.model.grant import ReportingPeriod
from grants.model.scalars import (
    Amount,
    Code,
    CodeKey,
    Count,
    Currency,
    Date,
    Many,
    Month,
    Quantity,
    SignedAmount,
    Text,
    Word,
    number,
)
from grants.model.work_plan import Status

SMALLEST_RATE = Decimal("0.000001")
"""No rate of exchange is below it: a smaller one is zero or mistyped, and converts nothing."""


class Expenditure(Model):
    """A cost as it was booked: one voucher, or one part of it."""

    voucher: Word
    """Number of the voucher in the partner's books."""
    date: Date
    payee: Word
    description: Word
    line: Code
    """Budget line."""
    partner: Code
    """Who paid and keeps the voucher."""
    source: Code | None = None
    """Source of funding that bears it alone. None: as the budget line is paid."""
    amount: SignedAmount
    """In `currency`; below zero for a credit note."""
    currency: Currency
    date_paid: Date | None = None
    """None: not yet paid."""
    document: Word | None = None
    """Where the paper is filed."""
    note: Word | None = None


class Rate(Model):
    """`rates.csv`: units of a currency for one unit of the budget's, in a month, where it was read, and when."""

    currency: Currency
    month: Month
    rate: Annotated[Decimal, number(0, 10_000_000)]
    source: Word
    date: Date


class Receipt(Model):
    """An instalment of the donor that arrived."""

    instalment: Code
    date: Date
    amount: Amount
    reference: Word | None = None
    """Of the bank."""


class OwnContribution(Model):
    """Money that others than the donor put in (lesson of the audits: giver and bank reference are always named)."""

    source: Code
    giver: Word
    date: Date
    amount: Amount
    reference: Word | None = None
    """Of the bank."""


class Transfer(Model):
    """Money passed on to a partner, perhaps in another currency: its rate is received / amount."""

    date: Date
    partner: Code
    amount: Amount
    received: Amount
    currency: Currency
    reference: Word | None = None


class Interest(Model):
    """Interest that pre-financing earned."""

    date: Date
    amount: Amount
    reference: Word | None = None


class Repayment(Model):
    """Money given back to the donor."""

    date: Date
    amount: Amount
    reference: Word | None = None
    reason: Text


class AccountBalance(Model):
    """What a bank statement or the cash book shows at the end of the period."""

    account: Word
    """A name for it; never the number of an account."""
    date: Date
    amount: SignedAmount
    currency: Currency


class ExchangeDifference(Model):
    """What conversion by other rates than the bank's makes up; a loss is below zero. It is never a cost."""

    amount: SignedAmount
    reason: Text


class PendingPayment(Model):
    """A cost of the period that is not paid yet."""

    supplier: Word
    purpose: Word
    line: Code
    amount: Amount
    currency: Currency
    due: Date | None = None
    document: Word | None = None
    note: Word | None = None


class PaymentRequest(Model):
    """An instalment that was asked for."""

    instalment: Code
    date: Date
    amount: Amount


class Ineligible(Model):
    """A cost that the donor does not accept: it stays in the books and leaves the report.

    It is a whole voucher, its rows on one line, or a part of one row. Refused after a report, in the folder of a later
    period, it leaves that report as it was, and is taken off in the later one.
    """

    partner: Code
    voucher: Word
    period: Code | None = None
    """Whose list it stands in. None: that of this folder; else of the only period that has such a voucher."""
    line: Code | None = None
    """Budget line. None: every row of the voucher."""
    amount: Amount | None = None
    """The part that is refused of one row, in its currency. None: all of it."""
    reason: Text


class Finance(Model):
    """`finance.yaml`."""

    received: Many[Receipt] = ()
    own_contributions: Many[OwnContribution] = ()
    transfers: Many[Transfer] = ()
    interest: Many[Interest] = ()
    returned: Many[Repayment] = ()
    balances: Many[AccountBalance] = ()
    exchange_difference: ExchangeDifference | None = None
    """Since the beginning of the project, up to the end of the period."""
    pending: Many[PendingPayment] = ()
    requests: Many[PaymentRequest] = ()
    ineligible: Many[Ineligible] = ()
    forecast: dict[CodeKey, Amount] = {}
    """Budget line -> what it will cost in the next period."""
    explanations: dict[CodeKey, Text] = {}
    """Budget line -> why its costs differ from the budget."""


class ActivityProgress(Model):
    """What became of an activity."""

    status: Status
    start: Month | None = None
    """When it began in truth."""
    end: Month | None = None
    """When it ended, or is now expected to end."""
    done: Text | None = None
    """What was done in the period."""
    deviation: Text | None = None
    """What went otherwise than planned, and why."""
    evidence: Text | None = None
    """Where the proof is kept: the means of verification."""


class Actual(Model):
    """What an indicator came to in the period.

    A count of persons gives women and men (girls and boys, under 18, are part of them). A percentage of persons gives
    part and whole. Every other indicator gives its value.
    """

    value: Quantity | None = None
    women: Count | None = None
    men: Count | None = None
    girls: Count | None = None
    """Of the women, those under 18."""
    boys: Count | None = None
    """Of the men, those under 18."""
    part: Count | None = None
    whole: Count | None = None
    remarks: Text | None = None


class GroupReached(Model):
    """How many of a target group were reached in the period."""

    women: Count | None = None
    men: Count | None = None
    total: Count | None = None
    """Where sexes were not counted."""


class Story(Model):
    """A case story. It is printed only with consent and changed details; never that of a child without both."""

    pseudonym: Word
    consent: bool
    """The person agreed, in writing, to be told about."""
    changed: bool
    """Whatever could identify the person is changed."""
    minor: bool = False
    text: Text


class Procurement(Model):
    """A contract that the organisation awarded."""

    supplier: Word
    subject: Text
    amount: Amount
    date: Date
    procedure: Text


class Asset(Model):
    """A durable thing the grant paid for."""

    description: Text
    quantity: Quantity
    value: Amount
    acquired: Date
    line: Code
    after: Text
    """What becomes of it after the project."""


class RecordsKept(Model):
    """Where the accounts and papers are kept."""

    place: Text
    """An office; never the address of a shelter."""
    keeper: Text
    """A function, such as head of finance."""


class Progress(Model):
    """`progress.yaml`."""

    activities: dict[CodeKey, ActivityProgress] = {}
    milestones: dict[CodeKey, Date] = {}
    """Milestone -> day on which it was reached."""
    indicators: dict[CodeKey, Actual] = {}
    groups: dict[CodeKey, GroupReached] = {}
    """Target group -> people reached."""
    stories: Many[Story] = ()
    contracts: Many[Procurement] = ()
    assets: Many[Asset] = ()
    records: RecordsKept | None = None


@dataclass(frozen=True, slots=True)
class PeriodRecords:
    """The records of a period, or of a report (then without costs of its own)."""

    code: str
    expenditures: tuple[Expenditure, ...]
    finance: Finance
    progress: Progress
    listed: bool = False
    """Whether there is a list of costs, or a form that was accepted: also one without a cost."""

    @property
    def has_come_back(self) -> bool:
        """Whether it is known what the period cost, be it nothing."""
        return self.listed or bool(self.expenditures)


@dataclass(frozen=True, slots=True)
class SignedBudget:
    """A budget as it was signed: `signed/contract.yaml`, `signed/amendment-<number>.yaml`."""

    amendment: str | None
    """Number of the amendment; None: the contract itself."""
    signed: datetime.date
    budget: Budget


@dataclass(frozen=True, slots=True)
class Records:
    """Everything that came back."""

    signed: tuple[SignedBudget, ...]
    """In the order of signature."""
    rates: tuple[Rate, ...]
    periods: dict[str, PeriodRecords]
    """Code -> records, for each folder under periods/, in the order of the grant's periods, then of its reports."""

    def of(self, period: ReportingPeriod) -> PeriodRecords:
        """The records of a period; empty ones where it has no folder yet."""
        return self.periods.get(period.code) or PeriodRecords(period.code, (), Finance(), Progress())
