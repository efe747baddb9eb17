"""The shapes of the books: what was approved, spent before, spent now, and what is left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from grants.model.budget import Budget, BudgetHeading, BudgetLine
from grants.model.grant import ReportDue, ReportingPeriod
from grants.model.records import AccountBalance, Expenditure, PaymentRequest, Rate, Transfer
from grants.model.scalars import Text


@dataclass(frozen=True, slots=True)
class Scope:
    """Which periods a report covers: those of earlier reports, and those it adds."""

    report: ReportDue
    prior: tuple[ReportingPeriod, ...]
    current: tuple[ReportingPeriod, ...]

    @property
    def periods(self) -> tuple[ReportingPeriod, ...]:
        """All of them, in order."""
        return (*self.prior, *self.current)

    @property
    def explaining(self) -> tuple[ReportingPeriod, ...]:
        """Those in which explanations are written for this report: a final one is written after the last of them."""
        return self.current[-1:] if self.report.kind == "final" else self.current


@dataclass(frozen=True, slots=True)
class UsedRate:
    """A rate that costs were converted by, and what it rests on."""

    currency: str
    units: Fraction
    """Units of the currency for one unit of the budget's, unrounded."""
    rates: tuple[Rate, ...] = ()
    """The published rates; several where it is their mean."""
    transfer: Transfer | None = None
    """For the rate at which an instalment was received."""
    fixed: bool = False
    """Agreed in the contract."""


@dataclass(frozen=True, slots=True)
class Posting:
    """A cost in the books, in the currency of the budget."""

    expenditure: Expenditure
    period: str
    row: int
    """Its place in the period's list, from 0; two postings of one row are its accepted part and the refused one."""
    amount: Decimal
    rate: UsedRate | None
    """None: it was in the currency of the budget."""
    by_source: Mapping[str, Decimal]
    accepted: bool
    """Whether the donor accepts it."""
    reason: Text | None = None
    """Why it does not, or why a cost of an earlier report is taken off."""
    corrects: str | None = None
    """Period of the cost, where it is taken off in a later one; `row` is -1 then."""


@dataclass(frozen=True, slots=True)
class Unconverted:
    """A cost without a rate: it is in no total, and stops every report."""

    expenditure: Expenditure
    period: str
    row: int
    missing: tuple[str, ...]
    """Months for which there is no rate; empty where another thing is missing: a transfer, a fixed rate, a method."""


@dataclass(frozen=True, slots=True)
class Balance:
    """Amounts in the currency of the budget, accepted costs only."""

    approved: Decimal
    prior: Decimal
    current: Decimal

    @property
    def cumulative(self) -> Decimal:
        """Spent since the beginning."""
        return self.prior + self.current

    @property
    def unspent(self) -> Decimal:
        """Approved and not spent; below zero where too much was spent."""
        return self.approved - self.cumulative

    @property
    def percent(self) -> Decimal | None:
        """Spent in per cent of what is approved (burn rate), unrounded; None where nothing is approved."""
        return self.cumulative * 100 / self.approved if self.approved else None

    def is_far_off(self, over_percent: Decimal, is_final: bool) -> bool:
        """Whether it is further than that from what is approved; before the end only what is overspent counts."""
        off = abs(self.unspent) if is_final else max(-self.unspent, Decimal(0))
        return off * 100 > self.approved * over_percent


@dataclass(frozen=True, slots=True)
class LineBalance(Balance):
    """A budget line."""

    line: BudgetLine
    by_period: Mapping[str, Decimal]
    by_source: Mapping[str, Decimal]
    """Cumulative."""


@dataclass(frozen=True, slots=True)
class HeadingBalance(Balance):
    """A heading with its lines, in the order of the budget."""

    heading: BudgetHeading
    lines: tuple[LineBalance, ...]


@dataclass(frozen=True, slots=True)
class Books:
    """Everything a financial report says of costs. `grand` is direct costs, contingency and indirect costs."""

    scope: Scope
    budget: Budget
    """The one in force at the end of the report's period."""
    amendment: str | None
    """Its amendment; None: the contract's own (or, without a contract, the definition's)."""
    headings: tuple[HeadingBalance, ...]
    direct: Balance
    contingency: Balance
    indirect: Balance
    grand: Balance
    by_partner: Mapping[str, Balance]
    """Direct costs only."""
    by_source: Mapping[str, Balance]
    """Of `grand`."""
    by_period: Mapping[str, Decimal]
    """Of `grand`."""
    by_month: Mapping[str, Decimal]
    """Direct costs by the month of the expense."""
    postings: tuple[Posting, ...]
    """In the order of the periods and of their lists; also those that are not accepted."""
    unconverted: tuple[Unconverted, ...]
    rates: tuple[tuple[str, UsedRate], ...]
    """Period -> every rate used in it."""

    @property
    def lines(self) -> tuple[LineBalance, ...]:
        """All lines, heading by heading."""
        return tuple(line for heading in self.headings for line in heading.lines)

    @property
    def has_contingency(self) -> bool:
        """Whether the budget in force has a reserve; without one, no document has a row for it."""
        return bool(self.contingency.approved)

    @property
    def ineligible(self) -> Decimal:
        """Costs in the books that the donor does not accept."""
        return sum((posting.amount for posting in self.postings if not posting.accepted), Decimal("0.00"))


@dataclass(frozen=True, slots=True)
class Funds:
    """Where the money is, since the beginning: income + advanced + exchange difference = paid + returned + balance."""

    received: Mapping[str, Decimal]
    """Instalment -> what arrived."""
    own: Mapping[str, Decimal]
    """Source of funding -> what was paid in."""
    interest: Decimal
    paid: Decimal
    """Costs that are paid, with those the donor does not accept, and indirect costs."""
    unpaid: Decimal
    """Costs in the books that are not paid yet."""
    returned: Decimal
    balance: Decimal
    """Accounts and cash at the end of the last period, converted; none is below zero."""
    advanced: Decimal
    """What accounts below zero come to: an organisation, or its bank, paid it until instalments arrive."""
    exchange_difference: Decimal
    unconverted: tuple[AccountBalance, ...] = ()
    """Accounts without a rate: they are not in `balance`, and stop every report."""
    requested: Mapping[str, PaymentRequest] = field(default_factory=dict)
    """Instalment -> how it was asked for last."""

    @property
    def given_back(self) -> Decimal:
        """What was returned of the instalments: interest is the donor's first, and was never an instalment."""
        return max(self.returned - self.interest, Decimal("0.00"))

    @property
    def income(self) -> Decimal:
        """Everything that came in."""
        return sum(self.received.values(), Decimal("0.00")) + sum(self.own.values(), Decimal("0.00")) + self.interest

    @property
    def difference(self) -> Decimal:
        """What is unaccounted for; zero where the accounts agree."""
        return self.income + self.advanced + self.exchange_difference - self.paid - self.returned - self.balance


@dataclass(frozen=True, slots=True)
class FinalGrant:
    """The limits of what the donor pays in the end; the least of them holds."""

    grant: Decimal
    share: Decimal
    """Its share of the accepted costs, taken of their sum."""
    charged: Decimal
    """What the books charge to it, cost by cost. No profit: what another source bears is not paid a second time."""

    @property
    def amount(self) -> Decimal:
        """The final amount of the grant."""
        return max(min(self.grant, self.share, self.charged), Decimal("0.00"))


@dataclass(frozen=True, slots=True)
class NextPayment:
    """What may be asked next under the donor's terms. Amounts to the cent."""

    instalment: str | None
    """None: this report asks for nothing."""
    planned: Decimal
    used: Decimal
    """The donor's part of the accepted costs so far."""
    ratio: Fraction | None
    """Part of the last payment that is used once earlier ones are; None without a payment."""
    amount: Decimal
    payments: tuple[Decimal, ...] = ()
    """What is held of each payment, in order: what arrived or is awaited, without what was given back."""
    awaited: Mapping[str, Decimal] = field(default_factory=dict)
    """Instalment -> what was asked for before and has not arrived: the whole, or the rest."""
    final: FinalGrant | None = None
    """For a final report."""
    is_open: bool = False
    """Whether another instalment is still to be asked for, with a later report."""

    @property
    def held(self) -> Decimal:
        """All payments together."""
        return sum(self.payments, Decimal("0.00"))

    @property
    def excess(self) -> Decimal:
        """What goes back to the donor in the end."""
        return max(self.held - self.final.amount, Decimal("0.00")) if self.final else Decimal("0.00")


@dataclass(frozen=True, slots=True)
class HeadingMove:
    """A heading against its signed amount (or that of the last amendment)."""

    heading: BudgetHeading
    signed: Decimal
    now: Decimal
    """What the definition, or the costs where they are higher, make of it."""
    limit: Decimal | None
    """By how much it may move either way; None: the donor sets no limit."""

    @property
    def moved(self) -> Decimal:
        """Above zero: into the heading."""
        return self.now - self.signed

    @property
    def is_allowed(self) -> bool:
        """Whether no amendment is needed."""
        return self.limit is None or abs(self.moved) <= self.limit
