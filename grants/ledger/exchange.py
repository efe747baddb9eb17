"""Costs in other currencies: the rate that the contract's method gives, or what is missing for it; never a guess."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from grants.ledger.balances import UsedRate
from grants.model.calendar import month_of, months_between
from grants.model.grant import Exchange, ReportingPeriod
from grants.model.money import round_to_cent
from grants.model.records import SMALLEST_RATE, Rate, Records, Transfer


class Missing(NamedTuple):
    """There is no rate."""

    months: tuple[str, ...] = ()
    """Months that nobody gave a rate for; empty where a transfer, a fixed rate or the method itself is missing."""


@dataclass(frozen=True, slots=True)
class Rates:
    """Everything that a rate can come from."""

    currency: str
    """The budget's."""
    exchange: Exchange | None
    published: Mapping[tuple[str, str], Rate]
    """Currency and month -> rate."""
    transfers: Mapping[str, Sequence[Transfer]]
    """Currency -> transfers to partners, by date."""


def list_rates(currency: str, exchange: Exchange | None, records: Records) -> Rates:
    """The published rates and all transfers of the records, each where it is looked for."""
    transfers: dict[str, list[Transfer]] = defaultdict(list)
    every = [transfer for period in records.periods.values() for transfer in period.finance.transfers]
    for transfer in sorted(every, key=lambda x: x.date):
        transfers[transfer.currency].append(transfer)
    published = {(rate.currency, rate.month): rate for rate in records.rates}
    return Rates(currency, exchange, published, transfers)


def find_rate(
    rates: Rates, currency: str, period: ReportingPeriod, day: datetime.date, partner: str | None
) -> UsedRate | Missing:
    """The rate for an amount of that currency and day in that period, by the method of the contract.

    `partner` matters where an instalment's own rate is used; None takes the last transfer to any of them.
    """
    if rates.exchange is None:
        return Missing()
    match rates.exchange.method:
        case "average-of-period":
            return _average(rates, currency, months_between(month_of(period.start), month_of(period.end)))
        case "month-of-expense":
            return _average(rates, currency, [month_of(day)])
        case "instalment-received":
            return _find_received(rates.transfers.get(currency, ()), day, partner)
        case "fixed":
            fixed = rates.exchange.fixed.get(currency)
            return (
                Missing() if fixed is None or fixed < SMALLEST_RATE else UsedRate(currency, Fraction(fixed), fixed=True)
            )


def _average(rates: Rates, currency: str, months: Sequence[str]) -> UsedRate | Missing:
    found = [(month, rates.published.get((currency, month))) for month in months]
    used = tuple(rate for _, rate in found if rate is not None and rate.rate >= SMALLEST_RATE)
    if not used or len(used) < len(months):
        return Missing(tuple(month for month, rate in found if rate is None or rate.rate < SMALLEST_RATE))
    return UsedRate(currency, sum((Fraction(rate.rate) for rate in used), Fraction(0)) / len(used), used)


def _find_received(transfers: Sequence[Transfer], day: datetime.date, partner: str | None) -> UsedRate | Missing:
    for transfer in reversed(transfers):
        if transfer.date <= day and partner in (None, transfer.partner) and transfer.amount:
            units = Fraction(transfer.received) / Fraction(transfer.amount)
            if units >= SMALLEST_RATE:
                return UsedRate(transfer.currency, units, transfer=transfer)
    return Missing()


def convert(amount: Decimal, rate: UsedRate | None) -> Decimal:
    """An amount in the currency of the budget, to the cent; without a rate it already is."""
    return round_to_cent(amount if rate is None else Fraction(amount) / rate.units)
