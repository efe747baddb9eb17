"""By what a period's form converts: the rows of its table of rates, and the formula that finds the right one.

The form does what the books do (grants.ledger.exchange): one rate for the period, the rate of the month in which a cost
is dated, or that of the last transfer to its partner, those that are typed into the form itself included.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from fractions import Fraction

from grants.ledger.balances import UsedRate
from grants.ledger.exchange import Missing, Rates, find_rate
from grants.model.calendar import month_of, months_between
from grants.model.grant import ReportingPeriod
from grants.model.records import PeriodRecords, Transfer


@dataclass(frozen=True, slots=True)
class RateRow:
    """A row of the table of rates; without units nobody gave the rate yet."""

    id: str
    currency: str
    units: Fraction | None = None
    used: UsedRate | None = None
    start: datetime.date | None = None
    """First day of its month, or the day of its transfer; None: the whole period."""
    missing: tuple[str, ...] = ()
    """Months without a rate."""
    transfer: int | None = None
    """It follows the row of that number (from 0) in the form's table of transfers."""


def list_rate_rows(
    rates: Rates, currencies: Set[str], period: ReportingPeriod, records: PeriodRecords, spare: int
) -> list[RateRow]:
    """The budget's own currency, then all others. `records` are the period's own; below their transfers the form has
    `spare` rows."""
    rows = [RateRow(rates.currency, rates.currency, Fraction(1))]
    method = rates.exchange.method if rates.exchange else None
    if method == "instalment-received":
        return [*rows, *_follow_transfers(rates, records.finance.transfers, spare)]
    months = _list_months(period, records) if method == "month-of-expense" else [""]
    for currency in sorted(currencies - {rates.currency}):
        rows += [_find(rates, currency, period, month) for month in months]
    return rows


def _list_months(period: ReportingPeriod, records: PeriodRecords) -> list[str]:
    """Those of the period, and of whatever was recorded in it with another date."""
    days = [x.date for x in records.expenditures] + [x.date for x in records.finance.balances]
    return sorted({*months_between(month_of(period.start), month_of(period.end)), *map(month_of, days)})


def _find(rates: Rates, currency: str, period: ReportingPeriod, month: str) -> RateRow:
    """The rate of a month, or without one of the whole period."""
    start = datetime.date.fromisoformat(f"{month}-01") if month else None
    name = f"{currency}:{month}" if month else currency
    found = find_rate(rates, currency, period, start or period.end, None)
    if isinstance(found, Missing):
        return RateRow(name, currency, start=start, missing=found.months)
    return RateRow(name, currency, found.units, found, start)


def _follow_transfers(rates: Rates, own: Sequence[Transfer], spare: int) -> Iterator[RateRow]:
    """Transfers of other periods as they are; then a row for each row of the form's own table."""
    for number, transfer in enumerate(_list_others(rates, list(own)), 1):
        yield _take(f"{transfer.currency}:{number}", transfer, None)
    for number in range(len(own) + spare):
        name = f"transfer:{number + 1}"
        yield _take(name, own[number], number) if number < len(own) else RateRow(name, "", transfer=number)


def _take(name: str, transfer: Transfer, number: int | None) -> RateRow:
    units = Fraction(transfer.received) / Fraction(transfer.amount) if transfer.amount else None
    used = UsedRate(transfer.currency, units, transfer=transfer) if units is not None else None
    return RateRow(name, transfer.currency, units, used, transfer.date, transfer=number)


def _list_others(rates: Rates, own: list[Transfer]) -> Iterable[Transfer]:
    """All transfers by currency and date but those of the period; two that are the same may be one of each."""
    for currency in sorted(rates.transfers):
        for transfer in rates.transfers[currency]:
            if transfer in own:
                own.remove(transfer)
            else:
                yield transfer
