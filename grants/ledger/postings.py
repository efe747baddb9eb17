"""Costs as they stand in the books: converted, split by who bears them, accepted or not."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from grants.ledger.balances import Posting, Scope, Unconverted, UsedRate
from grants.ledger.exchange import Missing, Rates, convert, find_rate
from grants.model.budget import Budget, BudgetLine
from grants.model.grant import Grant, ReportingPeriod
from grants.model.money import split
from grants.model.records import Expenditure, Records
from grants.model.refusals import Row, find_refused
from grants.model.scalars import Text


@dataclass(frozen=True, slots=True)
class Journal:
    """The costs of a scope, in the order of its periods and of their lists, and the rates used."""

    postings: tuple[Posting, ...]
    unconverted: tuple[Unconverted, ...]
    rates: tuple[tuple[str, UsedRate], ...]


Shares = Mapping[str, Decimal]
"""Source of funding -> weight."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """That the donor does not accept a cost."""

    period: str
    """In which it counts: that of the cost, or a later one where a report between them had the cost already."""
    amount: Decimal | None
    """The part of the row, in its currency; None: all of it."""
    reason: Text


Refusals = Mapping[Row, Sequence[Refusal]]


def list_refusals(grant: Grant, scope: Scope, records: Records) -> dict[Row, list[Refusal]]:
    """What the folders that a report rests on refuse: row -> refusals. A later folder changes no earlier report."""
    ends = {period.code: period.end for period in scope.periods}
    ends |= {x.code: x.end for x in grant.reports if x.end <= scope.report.end and x.code not in ends}
    refusals: dict[Row, list[Refusal]] = {}
    for folder in (code for code in records.periods if code in ends):
        for refused in records.periods[folder].finance.ineligible:
            rows, _ = find_refused(records, folder, refused)
            for row in rows:
                if row[0] in ends:
                    where = _find_period(grant, scope, row[0], ends[folder])
                    refusals.setdefault(row, []).append(Refusal(where, refused.amount, refused.reason))
    return refusals


def _find_period(grant: Grant, scope: Scope, period: str, decided: datetime.date) -> str:
    """Where a refusal counts that was decided by a day: in the cost's own period, unless a report had it before."""
    end = next(x.end for x in scope.periods if x.code == period)
    told = any(x.kind == "interim" and end <= x.end < decided for x in grant.reports)
    return [x.code for x in scope.periods if x.end <= decided][-1] if told else period


def post_costs(
    scope: Scope, records: Records, budget: Budget, lines: Mapping[str, BudgetLine], rates: Rates, refusals: Refusals
) -> Journal:
    """Every cost of the scope's periods, as it was at their end: what was paid later is not paid yet.

    `lines` are all that a cost may name: of the budget and of earlier ones.
    """
    postings: list[Posting] = []
    unconverted: list[Unconverted] = []
    used: dict[tuple[str, UsedRate], None] = {}
    shares = {code: _list_shares(line, budget) for code, line in lines.items()}
    for period in scope.periods:
        find = _remember_rates(rates, period)
        for row, cost in enumerate(records.of(period).expenditures):
            rate = find(cost)
            if isinstance(rate, Missing):
                unconverted.append(Unconverted(cost, period.code, row, rate.months))
                continue
            known = _look_back(cost, scope.periods[-1].end)
            found = list(_post(known, (period.code, row), rate, shares, refusals.get((period.code, row), ())))
            postings += found
            if rate is not None:
                used |= {(posting.period, rate): None for posting in found}
    order = {period.code: i for i, period in enumerate(scope.periods)}
    postings.sort(key=lambda posting: order[posting.period])
    return Journal(tuple(postings), tuple(unconverted), tuple(used))


def _look_back(cost: Expenditure, day: datetime.date) -> Expenditure:
    """A cost as it was known on a day.

    Why: the day of a payment comes in with a later period, and a report that was handed in is to stay as it was.
    """
    is_later = cost.date_paid is not None and cost.date_paid > day
    return cost.model_copy(update={"date_paid": None}) if is_later else cost


def _post(
    cost: Expenditure, place: Row, rate: UsedRate | None, shares: Mapping[str, Shares], refusals: Sequence[Refusal]
) -> Iterator[Posting]:
    """A cost; where it is refused, its accepted part and the refused one. Refused later, it is taken off later."""
    period = place[0]
    left = cost.amount
    refused: list[Posting] = []

    def post(amount: Decimal, where: Row, accepted: bool, reason: Text | None, corrects: str | None = None) -> Posting:
        part = cost if amount == cost.amount else cost.model_copy(update={"amount": amount})
        converted = convert(amount, rate)
        by_source = {cost.source: converted} if cost.source else _split(converted, shares[cost.line])
        return Posting(part, *where, converted, rate, by_source, accepted, reason, corrects)

    for refusal in refusals:
        part = left if refusal.amount is None else min(refusal.amount, left)
        if refusal.period == period:
            left -= part
            refused.append(post(part, place, False, refusal.reason))
        else:
            later = refusal.period, -1
            refused.append(post(-part, later, True, refusal.reason, period))
            refused.append(post(part, later, False, refusal.reason, period))
    if left or not refused:
        yield post(left, place, True, None)
    yield from refused


def list_lines(budgets: Iterable[Budget]) -> dict[str, BudgetLine]:
    """Code -> line, of the first budget that has it."""
    lines: dict[str, BudgetLine] = {}
    for budget in budgets:
        for line in budget.lines:
            lines.setdefault(line.code, line)
    return lines


def _list_shares(line: BudgetLine, budget: Budget) -> Shares:
    given = budget.paid_by if line.paid_by is None else line.paid_by
    return {source: percent for source, percent in given.items() if percent}


def _split(amount: Decimal, shares: Shares) -> dict[str, Decimal]:
    return dict(zip(shares, split(amount, tuple(shares.values())), strict=True))


def _remember_rates(rates: Rates, period: ReportingPeriod) -> Callable[[Expenditure], UsedRate | Missing | None]:
    """Finds the rate of a cost, each only once."""
    kept: dict[object, UsedRate | Missing] = {}
    method = rates.exchange.method if rates.exchange else "fixed"

    def find(cost: Expenditure) -> UsedRate | Missing | None:
        currency = cost.currency
        if currency == rates.currency:
            return None
        key: object = currency
        if method == "month-of-expense":
            key = currency, cost.date.year, cost.date.month
        elif method == "instalment-received":
            key = currency, cost.date, cost.partner
        if key not in kept:
            kept[key] = find_rate(rates, currency, period, cost.date, cost.partner)
        return kept[key]

    return find
