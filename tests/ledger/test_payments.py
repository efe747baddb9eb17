"""The next payment: planned, reduced where too little is used, never above the terms; and the balance."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from grants.ledger.balances import FinalGrant
from grants.ledger.books import keep_books
from grants.ledger.funds import add_up_funds
from grants.ledger.payments import find_next_payment, find_share, keep_below, reduce_payment, take_off
from grants.model.limits import Limits
from grants.model.records import Finance, Interest, PaymentRequest, Repayment
from tests.ledger.cases import DAY, FINAL, INTERIM, TEXT, cost, make_project, make_records, received

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
def test_the_final_grant_is_the_least_of_grant_share_and_charge(cost_: str, final: str) -> None:
    share = find_share(Decimal("107615.25"), Decimal("143487.00"), Decimal(cost_))
    assert FinalGrant(Decimal("107615.25"), share, share).amount == Decimal(final)
    assert FinalGrant(Decimal("107615.25"), share, Decimal("70000.00")).amount == Decimal("70000.00")
    assert FinalGrant(Decimal("107615.25"), share, Decimal("-5.00")).amount == 0


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


def test_an_interim_report_never_asks_for_the_balance() -> None:
    halves = make_project(
        instalments=(HALVES.grant.instalments[0], HALVES.grant.instalments[1].model_copy(update={"kind": "balance"}))
    )
    payment = _next(halves, INTERIM, ("60000", received(D1="53807.63")))
    assert (payment.instalment, payment.amount, payment.final, payment.is_open) == (None, 0, None, True)
    assert _next(halves, FINAL, ("60000", received(D1="53807.63")), ("10000", Finance())).instalment == "D2"


def _asked(**amounts: str) -> Finance:
    requests = [
        PaymentRequest(instalment=code, date=DAY(2008, 8, 20), amount=Decimal(x)) for code, x in amounts.items()
    ]
    return Finance(requests=tuple(requests))


def test_a_final_report_asks_for_the_balance_and_counts_what_was_asked_for_and_has_not_arrived() -> None:
    payment = _next(make_project(), FINAL, ("100000", received(D1="53807.63")), ("30000", _asked(D2="40000.00")))
    assert (payment.instalment, payment.awaited) == ("D3", {"D2": Decimal("40000.00")})
    assert payment.amount == Decimal("104325.00") - Decimal("53807.63") - Decimal("40000.00")
    unasked = _next(make_project(), FINAL, ("100000", received(D1="53807.63")), ("30000", Finance()))
    assert (unasked.instalment, unasked.amount) == ("D3", Decimal("104325.00") - Decimal("53807.63"))


def test_what_has_not_come_yet_of_an_instalment_is_awaited() -> None:
    part = Finance(received=received(D2="25000.00").received, requests=_asked(D2="40000.00").requests)
    payment = _next(make_project(), FINAL, ("100000", received(D1="53807.63")), ("30000", part))
    assert (payment.instalment, payment.awaited) == ("D3", {"D2": Decimal("15000.00")})
    assert payment.payments == (FIRST, Decimal("40000.00"))
    assert payment.amount == Decimal("104325.00") - Decimal("53807.63") - Decimal("40000.00")
    more = Finance(received=received(D2="40000.05").received, requests=_asked(D2="40000.00").requests)
    whole = _next(make_project(), FINAL, ("100000", received(D1="53807.63")), ("30000", more))
    assert (whole.awaited, whole.held) == ({}, FIRST + Decimal("40000.05"))


def test_an_interim_report_counts_the_rest_of_an_instalment_as_if_it_had_come() -> None:
    """Else too much of the last one would look used, and too much room would be left below the most."""
    percents = {"D1": 50, "D2": 20, "D3": 30}
    parts = tuple(
        x.model_copy(update={"percent": Decimal(percents[x.code]), "kind": "interim"})
        for x in make_project().grant.instalments
    )
    report = INTERIM.model_copy(update={"end": DAY(2008, 12, 31)})
    asked = _asked(D2="21523.05").requests
    part = Finance(received=received(D2="10000.00").received, requests=asked)
    whole = Finance(received=received(D2="21523.05").received, requests=asked)
    after, before = (
        _next(make_project(instalments=parts), report, ("80000", received(D1="53807.63")), ("2000", x))
        for x in (whole, part)
    )
    assert (before.instalment, before.amount, before.ratio) == ("D3", after.amount, after.ratio)
    assert before.amount == Decimal("96853.73") - FIRST - Decimal("21523.05") < before.planned


def test_what_a_report_asks_for_itself_is_not_awaited() -> None:
    first = Finance(received=received(D1="53807.63").received, requests=_asked(D2="1.00").requests)
    payment = _next(make_project(), INTERIM, ("60000", first))
    assert (payment.instalment, payment.awaited, payment.amount) == ("D2", {}, Decimal("96853.73") - FIRST)


def test_money_given_back_is_held_no_longer() -> None:
    back = Repayment(date=DAY(2008, 6, 1), amount=Decimal("20000.00"), reason=TEXT)
    first = Finance(received=received(D1="53807.63").received, returned=(back,))
    payment = _next(make_project(), INTERIM, ("30000", first))  # 75 % of 32,100: 71 % of what is left
    assert payment.payments == (Decimal("33807.63"),)
    assert payment.amount == payment.planned == Decimal("43046.10")
    second = Finance(received=received(D2="43046.10").received, returned=(back,))
    final = _next(make_project(), FINAL, ("100000", received(D1="53807.63")), ("30000", second))
    assert final.amount == Decimal("104325.00") - Decimal("96853.73") + 20000
    assert (final.held, final.excess) == (Decimal("76853.73"), 0)


def test_interest_given_back_was_never_an_instalment() -> None:
    day = DAY(2008, 6, 1)
    interest = (Interest(date=day, amount=Decimal("31.18")),)
    back = (Repayment(date=day, amount=Decimal("31.18"), reason=TEXT),)
    first = Finance(received=received(D1="53807.63").received, interest=interest, returned=back)
    assert _next(make_project(), INTERIM, ("30000", first)).held == FIRST


def test_an_instalment_given_back_whole_is_none() -> None:
    assert take_off([Decimal(10), Decimal(5)], Decimal(0)) == [10, 5]
    assert take_off([Decimal(10), Decimal(5)], Decimal(7)) == [8]
    assert take_off([Decimal(10)], Decimal(20)) == []


def test_what_another_source_bears_is_not_paid_a_second_time() -> None:
    own = [cost("100000", "4.2"), cost("20000", "4.2", source="KLI")]
    records = make_records(own, finances=(received(D1="53807.63"), Finance()))
    books = keep_books(make_project(), records, FINAL)
    payment = find_next_payment(make_project(), books, add_up_funds(make_project(), records, books), TERMS)
    assert payment.final is not None
    assert payment.final.share == Decimal("96300.00")  # 75 % of 128,400
    assert payment.final.amount == payment.used == books.by_source["HA"].cumulative < payment.final.share
    assert payment.amount == payment.used - FIRST
