"""What the donor does not accept: a voucher of one period, its rows on a line, a part; and what a report had before."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from grants.ledger.books import keep_books
from grants.model.records import Finance, Ineligible
from grants.model.refusals import find_refused
from tests.ledger.cases import DAY, FINAL, INTERIM, TEXT, cost, make_project, make_records

PROJECT = make_project()


def _refuse(**given: object) -> Finance:
    return Finance(ineligible=(Ineligible.model_validate({"partner": "KLI", "reason": TEXT, **given}),))


def _cost(amount: str, voucher: str, line: str = "4.2", month: int = 3):
    return cost(amount, line, voucher=voucher, date=DAY(2008, month, 5))


def test_a_refusal_leaves_the_namesake_in_another_period_alone() -> None:
    costs = [_cost("120.00", "V1")], [_cost("49.00", "V1", month=8)]
    records = make_records(*costs, finances=(_refuse(voucher="V1"), Finance()))
    books = keep_books(PROJECT, records, FINAL)
    assert [(x.period, x.accepted) for x in books.postings] == [("H1", False), ("H2", True)]
    assert books.ineligible == Decimal("120.00")


def test_a_part_of_a_voucher_is_refused() -> None:
    rows = [_cost("50.00", "V1", "4.2"), _cost("30.00", "V1", "4.3"), _cost("20.00", "V1", "4.4")]
    one = keep_books(PROJECT, make_records(rows, finances=(_refuse(voucher="V1", line="4.3"), Finance())), INTERIM)
    assert (one.direct.current, one.ineligible) == (Decimal("70.00"), Decimal("30.00"))
    part = _refuse(voucher="V1", line="4.2", amount=Decimal("12.50"))
    books = keep_books(PROJECT, make_records(rows, finances=(part, Finance())), INTERIM)
    assert (books.direct.current, books.ineligible) == (Decimal("87.50"), Decimal("12.50"))
    assert sum(x.amount for x in books.postings) == 100


def test_a_refusal_after_a_report_is_a_correction_in_the_next() -> None:
    costs = [_cost("120.00", "V1"), _cost("80.00", "V2")], [_cost("40.00", "V3", month=8)]
    records = make_records(*costs, finances=(Finance(), _refuse(voucher="V1")))
    handed_in, final = (keep_books(PROJECT, records, report) for report in (INTERIM, FINAL))
    assert (handed_in.direct.current, handed_in.ineligible) == (Decimal("200.00"), 0)
    assert final.direct.prior == handed_in.direct.current
    assert (final.direct.current, final.direct.cumulative) == (Decimal("-80.00"), Decimal("120.00"))
    assert (final.ineligible, sum(x.amount for x in final.postings)) == (Decimal("120.00"), Decimal("240.00"))
    assert {x.corrects for x in final.postings} == {None, "H1"}


def test_a_refusal_that_is_not_clear_says_why() -> None:
    costs = [_cost("50.00", "V1"), _cost("30.00", "V1", "4.3"), _cost("9.00", "V9")], [_cost("7.00", "V9", month=8)]
    records = make_records(*costs)
    other = replace(records, periods={**records.periods, "F": replace(records.periods["H1"], expenditures=())})

    def doubt(**given: object) -> str | None:
        return find_refused(other, "F", _refuse(**given).ineligible[0])[1]

    assert doubt(voucher="V9") == "periods"
    assert doubt(voucher="V9", period="H2") is None
    assert doubt(voucher="V0") == doubt(voucher="V1", line="6.1") == "unknown"
    assert doubt(voucher="V1", amount=Decimal(1)) == "rows"
    assert doubt(voucher="V1", line="4.3", amount=Decimal(31)) == "amount"
    assert doubt(voucher="V1", line="4.3", amount=Decimal(30)) is None
