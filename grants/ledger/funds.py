"""Where the money is: what came in, what was paid, given back, and what is left in accounts and cash."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from decimal import Decimal

from grants.ledger.balances import Books, Funds
from grants.ledger.exchange import Missing, Rates, convert, find_rate, list_rates
from grants.model import Project
from grants.model.grant import ReportingPeriod
from grants.model.records import AccountBalance, Finance, PaymentRequest, Records

NOTHING = Decimal("0.00")


def add_up_funds(project: Project, records: Records, books: Books) -> Funds:
    """The reconciliation of a report: since the beginning, up to the end of its last period."""
    periods = books.scope.periods
    finances = [records.of(period).finance for period in periods]
    last = finances[-1] if finances else Finance()
    rates = list_rates(books.budget.currency, project.grant.exchange, records)
    balances = _convert_balances(last.balances, rates, periods)
    paid = _add_paid(books, periods[-1].end) if periods else NOTHING
    return Funds(
        received=_add_received(project, finances),
        own=_add_own(books, finances),
        interest=_add(x.amount for finance in finances for x in finance.interest),
        paid=paid + books.indirect.cumulative,
        unpaid=_add(posting.amount for posting in books.postings) - paid,
        returned=_add(x.amount for finance in finances for x in finance.returned),
        balance=_add(amount for _, amount in balances if amount is not None and amount > 0),
        advanced=-_add(amount for _, amount in balances if amount is not None and amount < 0),
        exchange_difference=last.exchange_difference.amount if last.exchange_difference else NOTHING,
        unconverted=tuple(balance for balance, amount in balances if amount is None),
        requested=_list_requests(books, records, finances),
    )


def _add(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, NOTHING)


def _add_paid(books: Books, end: datetime.date) -> Decimal:
    days = ((posting.amount, posting.expenditure.date_paid) for posting in books.postings)
    return _add(amount for amount, day in days if day is not None and day <= end)


def _add_received(project: Project, finances: Sequence[Finance]) -> dict[str, Decimal]:
    """Every instalment, in the order of the grant; zero where nothing arrived."""
    received = {instalment.code: NOTHING for instalment in project.grant.instalments}
    for receipt in (x for finance in finances for x in finance.received):
        received[receipt.instalment] = received.get(receipt.instalment, NOTHING) + receipt.amount
    return received


def _list_requests(books: Books, records: Records, finances: Sequence[Finance]) -> dict[str, PaymentRequest]:
    """How each instalment was asked for last: by a period of the scope, or by the report's own folder."""
    report = books.scope.report.code
    is_period = any(period.code == report for period in books.scope.periods)
    own = [records.periods[report].finance] if report in records.periods and not is_period else []
    return {x.instalment: x for finance in (*finances, *own) for x in finance.requests}


def _add_own(books: Books, finances: Sequence[Finance]) -> dict[str, Decimal]:
    """Every source but the donor; zero where nothing was paid in."""
    donor = next(source.code for source in books.budget.sources if source.kind == "donor")
    own = {source: NOTHING for source in books.by_source if source != donor}
    for gift in (x for finance in finances for x in finance.own_contributions):
        own[gift.source] = own.get(gift.source, NOTHING) + gift.amount
    return own


def _convert_balances(
    balances: Iterable[AccountBalance], rates: Rates, periods: Sequence[ReportingPeriod]
) -> list[tuple[AccountBalance, Decimal | None]]:
    """Each balance in the currency of the budget, as costs of its period are; None without a rate."""
    converted: list[tuple[AccountBalance, Decimal | None]] = []
    for balance in balances:
        rate = None
        if balance.currency != rates.currency:
            rate = find_rate(rates, balance.currency, periods[-1], balance.date, None)
        converted.append((balance, None if isinstance(rate, Missing) else convert(balance.amount, rate)))
    return converted
