"""Costs in other currencies: by each method of a contract, and never by a rate that is missing."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.ledger.balances import UsedRate
from grants.ledger.exchange import Missing, Rates, convert, find_rate, list_rates
from grants.model.grant import Exchange, ReportingPeriod
from grants.model.records import Finance, Rate, Transfer
from tests.ledger.cases import TEXT, make_records, rates_of

DAY = datetime.date
QUARTER = ReportingPeriod(code="Q1", start=DAY(2008, 1, 1), end=DAY(2008, 3, 31))
FEBRUARY = DAY(2008, 2, 10)
PUBLISHED = rates_of("79.50", "82.10", "80.60")
TRANSFERS = tuple(
    Transfer(date=day, partner=partner, amount=Decimal(1000), received=Decimal(received), currency="RSD")
    for day, partner, received in (
        (DAY(2008, 3, 1), "AST", "81000"),
        (DAY(2008, 2, 1), "AST", "79000"),
        (DAY(2008, 2, 20), "XYZ", "99000"),
    )
)


def by(method: str, rates: tuple[Rate, ...] = PUBLISHED, **fixed: str) -> Rates:
    exchange = Exchange.model_validate(
        {"method": method, "fixed": {k: Decimal(v) for k, v in fixed.items()}, "source": TEXT}
    )
    records = make_records([], rates=rates, finances=(Finance(transfers=TRANSFERS), Finance()))
    return list_rates("EUR", exchange, records)


def find(rates: Rates, day: DAY = FEBRUARY, currency: str = "RSD", partner: str | None = "AST"):
    return find_rate(rates, currency, QUARTER, day, partner)


def test_the_mean_of_the_months_is_exact_and_can_be_shown() -> None:
    rate = find(by("average-of-period"))
    assert isinstance(rate, UsedRate)
    assert (rate.units, f"{float(rate.units):.6f}") == (Fraction("242.2") / 3, "80.733333")
    assert rate.rates == PUBLISHED
    assert convert(Decimal("242200.00"), rate) == Decimal("3000.00")


def test_the_mean_is_the_same_for_every_day_and_partner_of_the_period() -> None:
    rates = by("average-of-period")
    assert find(rates) == find(rates, DAY(2008, 3, 31), partner="KLI")


@pytest.mark.parametrize(("day", "units"), [(DAY(2008, 1, 31), "79.50"), (DAY(2008, 2, 1), "82.10")])
def test_the_month_of_the_expense_decides(day: DAY, units: str) -> None:
    rate = find(by("month-of-expense"), day)
    assert isinstance(rate, UsedRate)
    assert rate.units == Fraction(units)


@pytest.mark.parametrize(
    ("day", "partner", "units"),
    [
        (DAY(2008, 2, 1), "AST", 79),
        (DAY(2008, 2, 29), "AST", 79),
        (DAY(2008, 3, 1), "AST", 81),
        (DAY(2008, 2, 29), None, 99),
    ],
)
def test_the_last_transfer_before_the_expense_decides(day: DAY, partner: str | None, units: int) -> None:
    rate = find(by("instalment-received"), day, partner=partner)
    assert isinstance(rate, UsedRate)
    assert (rate.units, rate.transfer and rate.transfer.received) == (units, units * 1000)


def test_a_rate_of_the_contract_is_fixed() -> None:
    assert find(by("fixed", RSD="80")) == UsedRate("RSD", Fraction(80), fixed=True)


@pytest.mark.parametrize(
    ("rates", "day", "currency", "months"),
    [
        (by("average-of-period", PUBLISHED[:2]), DAY(2008, 1, 5), "RSD", ("2008-03",)),
        (by("average-of-period"), DAY(2008, 1, 5), "CHF", ("2008-01", "2008-02", "2008-03")),
        (by("average-of-period", rates_of("79.50", "0", "80")), DAY(2008, 1, 5), "RSD", ("2008-02",)),
        (by("month-of-expense"), DAY(2008, 4, 1), "RSD", ("2008-04",)),
        (by("instalment-received"), DAY(2008, 1, 31), "RSD", ()),
        (by("instalment-received"), DAY(2008, 3, 1), "CHF", ()),
        (by("fixed", RSD="80"), DAY(2008, 1, 5), "CHF", ()),
        (by("fixed", RSD="0"), DAY(2008, 1, 5), "RSD", ()),
        (by("average-of-period", rates_of("79.50", "0.0000009", "80")), DAY(2008, 1, 5), "RSD", ("2008-02",)),
        (Rates("EUR", None, {}, {}), DAY(2008, 1, 5), "RSD", ()),
    ],
)
def test_what_is_missing_is_named_and_never_one(rates: Rates, day: DAY, currency: str, months: tuple[str, ...]) -> None:
    assert find(rates, day, currency) == Missing(months)


@given(st.permutations(PUBLISHED))
def test_rates_in_any_order_give_the_same_amount(rates: list[Rate]) -> None:
    there, back = find(by("average-of-period", tuple(rates))), find(by("average-of-period"))
    assert isinstance(there, UsedRate)
    assert isinstance(back, UsedRate)
    assert convert(Decimal("99.99"), there) == convert(Decimal("99.99"), back)


def test_an_amount_of_the_budgets_currency_stays() -> None:
    assert convert(Decimal("12.3"), None) == Decimal("12.30")
