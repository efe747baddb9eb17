"""The next payment: planned, reduced where too little is used, never above the terms; and the balance."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from grants.ledger.books import keep_books
from grants.ledger.funds import add_up_funds
from grants.ledger.payments import find_final_grant, find_next_payment, keep_below, reduce_payment
from grants.model.limits import Limits
from grants.model.records import Finance
from tests.ledger.cases import FINAL, INTERIM, cost, make_project, make_records, received

FIRST, SECOND = Decimal("53807.63"), Decimal("53807.62")
TERMS = Limits(next_payment_percent=Decimal(70), prefinancing_percent=Decimal(90))
HALVES = make_project(
    instalments=tuple(
        x.model_copy(update={"percent": Decimal(50)}) for x in make_project().grant.instalments if x.code != "D3"
    )
)


@pytest.mark.parametrize(("used", "reduced_by"), [("37500.00", "16307.63"), ("37725.00", "0.00"), ("0.00", "53807.62")])
def test_what_is_unused_is_taken_off_below_70_percent(used: str, reduced_by: str) -> None:
    assert SECOND - reduce_payment(SECOND, [FIRST], Decimal(used), Decimal(70)) == Decimal(reduced_by)


def test_earlier_payments_are_used_in_full_first() -> None:
    assert reduce_payment(Decimal(50), [Decimal(100), Decimal(100)], Decimal(160), Decimal(70)) == 10


def test_nothing_is_taken_off_at_the_threshold_before_any_payment_or_without_such_a_term() -> None:
    assert reduce_payment(Decimal(50), [Decimal(100)], Decimal(70), Decimal(70)) == 50
    assert reduce_payment(Decimal(50), [], Decimal(0), Decimal(70)) == 50
    assert reduce_payment(Decimal(50), [Decimal(100)], Decimal(0), None) == 50


def test_payments_before_the_final_report_keep_below_their_most() -> None:
    grant = Decimal("107615.25")
    assert keep_below(SECOND, [FIRST], grant, Decimal(90)) == Decimal("96853.73") - FIRST
    assert keep_below(SECOND, [grant], grant, Decimal(90)) == 0
    assert keep_below(SECOND, [FIRST], grant, None) == SECOND


@pytest.mark.parametrize(
    ("cost_", "final"), [("143487.00", "107615.25"), ("150000.00", "107615.25"), ("100000.01", "75000.01")]
)
def test_the_final_grant_is_the_lesser_of_grant_and_share(cost_: str, final: str) -> None:
    found = find_final_grant(Decimal("107615.25"), Decimal("107615.25"), Decimal("143487.00"), Decimal(cost_))
    assert found == Decimal(final)


def _next(project, report, *parts: tuple[str, Finance]):
    costs = [[cost(amount, "4.2", source=None)] for amount, _ in parts]
    finances = (*(finance for _, finance in parts), Finance())[:2]
    records = make_records(*costs, finances=finances)
    books = keep_books(project, records, report)
    return find_next_payment(project, books, add_up_funds(project, records, books), TERMS)


def test_before_any_payment_the_first_instalment_is_asked_with_its_cent_rounded_up() -> None:
    payment = _next(make_project(), INTERIM, ("0", Finance()))
    assert (payment.instalment, payment.planned, payment.amount, payment.ratio) == ("D1", FIRST, FIRST, None)


@pytest.mark.parametrize(("whole", "used", "reduced"), [("50000", "37500.00", "16307.63"), ("50300", "37725.00", "0")])
def test_the_70_percent_of_the_donors_own_example(whole: str, used: str, reduced: str) -> None:
    flat = HALVES.budget.model_copy(update={"indirect_costs": None})
    project = make_project(instalments=HALVES.grant.instalments)
    project = replace(project, budget=flat)
    payment = _next(project, INTERIM, (whole, received(D1="53807.63")))
    assert (payment.instalment, payment.planned, payment.used) == ("D2", SECOND, Decimal(used))
    unlimited = find_reduced(project, whole)
    assert SECOND - unlimited == Decimal(reduced)
    assert payment.amount == min(unlimited, Decimal("96853.73") - FIRST)


def find_reduced(project, whole: str) -> Decimal:
    """What would be due without the limit of 90 per cent."""
    records = make_records([cost(whole)], finances=(received(D1="53807.63"), Finance()))
    books = keep_books(project, records, INTERIM)
    terms = Limits(next_payment_percent=Decimal(70))
    return find_next_payment(project, books, add_up_funds(project, records, books), terms).amount


def test_the_balance_is_what_the_final_grant_leaves() -> None:
    payment = _next(make_project(), FINAL, ("100000", received(D1="53807.63")), ("20000", received(D2="43046.10")))
    assert payment.instalment == "D3"
    assert payment.planned == Decimal("10761.52")
    assert payment.amount == max(Decimal("96300.00") - Decimal("96853.73"), Decimal(0))  # 75 % of 128,400: nothing
    payment = _next(make_project(), FINAL, ("100000", received(D1="53807.63")), ("30000", received(D2="43046.10")))
    assert payment.amount == Decimal("104325.00") - Decimal("96853.73")


def test_after_the_last_instalment_nothing_is_asked() -> None:
    every = received(D1="1", D2="2", D3="3")
    payment = _next(make_project(), INTERIM, ("4", every))
    assert (payment.instalment, payment.planned, payment.amount) == (None, 0, 0)
