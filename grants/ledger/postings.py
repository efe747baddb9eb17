"""Costs as they stand in the books: converted, split by who bears them, accepted or not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from grants.ledger.balances import Posting, Scope, Unconverted, UsedRate
from grants.ledger.exchange import Missing, Rates, convert, find_rate
from grants.model.budget import Budget, BudgetLine
from grants.model.grant import ReportingPeriod
from grants.model.money import split
from grants.model.records import Expenditure, Records


@dataclass(frozen=True, slots=True)
class Journal:
    """The costs of a scope, in the order of its periods and of their lists, and the rates used."""

    postings: tuple[Posting, ...]
    unconverted: tuple[Unconverted, ...]
    rates: tuple[tuple[str, UsedRate], ...]


Shares = Mapping[str, Decimal]
"""Source of funding -> weight."""


def post_costs(
    scope: Scope, records: Records, budget: Budget, lines: Mapping[str, BudgetLine], rates: Rates
) -> Journal:
    """Every cost of the scope's periods. `lines` are all that a cost may name: of the budget and of earlier ones."""
    postings: list[Posting] = []
    unconverted: list[Unconverted] = []
    used: dict[tuple[str, UsedRate], None] = {}
    shares = {code: _list_shares(line, budget) for code, line in lines.items()}
    refused = {(x.partner, x.voucher) for period in records.periods.values() for x in period.finance.ineligible}
    for period in scope.periods:
        find = _remember_rates(rates, period)
        for row, cost in enumerate(records.of(period).expenditures):
            rate = find(cost)
            if isinstance(rate, Missing):
                unconverted.append(Unconverted(cost, period.code, row, rate.months))
                continue
            if rate is not None:
                used[period.code, rate] = None
            amount = convert(cost.amount, rate)
            by_source = {cost.source: amount} if cost.source else _split(amount, shares[cost.line])
            accepted = (cost.partner, cost.voucher) not in refused
            postings.append(Posting(cost, period.code, row, amount, rate, by_source, accepted))
    return Journal(tuple(postings), tuple(unconverted), tuple(used))


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
