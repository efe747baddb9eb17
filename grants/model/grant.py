"""`grant.yaml`: what is asked of the donor, in which instalments, with which reports and papers; and the contract."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Literal

from grants.model.base import Model
from grants.model.scalars import Amount, Code, CurrencyKey, Date, Folder, Many, Percent, Text, Word

ReportKind = Literal["interim", "final", "completion", "audit", "evaluation"]
LAST_DAY = datetime.date.max
"""By it everything that was ever agreed holds."""
ExchangeMethod = Literal["average-of-period", "month-of-expense", "instalment-received", "fixed"]


class Instalment(Model):
    """A payment of the donor (EU: pre-financing, interim, balance)."""

    code: Code
    kind: Literal["pre-financing", "interim", "balance"]
    percent: Percent
    due: Date | None = None
    condition: Text


class ReportDue(Model):
    """A report of the calendar."""

    code: Code
    kind: ReportKind
    title: Text
    start: Date
    end: Date
    due: Date
    submitted: Date | None = None
    """When it was handed to the donor; None: not yet."""


class ReportingPeriod(Model):
    """A stretch of time whose costs and results are collected together; its records stand in periods/<code>/."""

    code: Code
    start: Date
    end: Date


class Exchange(Model):
    """How costs in other currencies become money of the budget, as the contract says."""

    method: ExchangeMethod
    fixed: dict[CurrencyKey, Amount] = {}
    """For the method `fixed`: units of the currency for one unit of the budget's."""
    source: Text
    """Where the method (and a fixed rate) is agreed."""


class Annex(Model):
    """A paper the donor wants with the proposal, or with the request for an instalment, and where it stands."""

    code: Folder
    instalment: Code | None = None
    """The instalment with whose request it goes. None: it goes with the proposal."""
    status: Literal["attached", "requested", "missing", "not applicable"]
    reference: Text | None = None
    date: Date | None = None
    expires: Date | None = None


class Guarantee(Model):
    """A bank's letter of guarantee."""

    bank: Text
    amount: Amount
    expires: Date


class Amendment(Model):
    """A change of the contract (EU: addendum). The budget it brings stands in signed/amendment-<number>.yaml."""

    number: Code
    signed: Date
    reason: Text
    amount: Amount | None = None
    """The new grant. None: it stays as it was."""
    end: Date | None = None
    """The new last day of the project. None: it stays as it was."""


class Contract(Model):
    """The signed grant. The budget it was signed with stands in signed/contract.yaml, and is never changed."""

    number: Word
    signed: Date
    amount: Amount
    end: Date | None = None
    """The last day of the project, as signed. None: as in project.yaml, which no amendment has changed then."""
    guarantee: Guarantee | None = None
    amendments: Many[Amendment] = ()

    def amount_on(self, day: datetime.date) -> Decimal:
        """The grant in force on a day: that of the last amendment signed by then that changed it."""
        amounts = (x.amount for x in self._list_signed(day) if x.amount is not None)
        return next(amounts, self.amount)

    def end_on(self, day: datetime.date) -> datetime.date | None:
        """The last day of the project, as agreed on a day; None: as in project.yaml."""
        ends = (x.end for x in self._list_signed(day) if x.end is not None)
        return next(ends, self.end)

    def _list_signed(self, day: datetime.date) -> list[Amendment]:
        """The amendments signed by a day, the last one first."""
        return sorted((x for x in self.amendments if x.signed <= day), key=lambda x: x.signed, reverse=True)


class Grant(Model):
    """`grant.yaml`."""

    amount_requested: Amount
    instalments: Many[Instalment] = ()
    reports: Many[ReportDue] = ()
    annexes: Many[Annex] = ()
    contract: Contract | None = None
    periods: Many[ReportingPeriod] = ()
    """None given: the periods of the interim reports; without any, that of the final report."""
    exchange: Exchange | None = None

    def amount_on(self, day: datetime.date = LAST_DAY) -> Decimal:
        """What the donor gives, as agreed on a day; what is asked for, where there is no contract."""
        return self.contract.amount_on(day) if self.contract else self.amount_requested

    @property
    def reporting_periods(self) -> tuple[ReportingPeriod, ...]:
        """The periods in which costs and results are collected, in order."""
        if self.periods:
            return tuple(sorted(self.periods, key=lambda period: period.start))
        reports = [report for report in self.reports if report.kind == "interim"]
        reports = reports or [report for report in self.reports if report.kind == "final"][:1]
        return tuple(
            ReportingPeriod(code=report.code, start=report.start, end=report.end)
            for report in sorted(reports, key=lambda report: report.start)
        )
