"""What came in: the transfers of an instalment, and what they add up to."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from grants.ledger.totals import add_up
from grants.model import Project
from grants.model.grant import Amendment
from grants.model.records import Finance, PaymentRequest, Receipt
from grants.rules.case import Fault
from grants.rules.deadlines import check_retention
from grants.rules.income import check_received_amounts
from grants.rules.report_case import ReportCase
from tests.base_project import load_donor
from tests.ledger.cases import CONTRACT, DAY, TEXT, make_project, make_records

PROJECT = make_project()
HALF = "53807.63"  # planned for the first instalment
FIRST, LATER = DAY(2008, 1, 31), DAY(2008, 7, 4)


def receipt(amount: str, day: datetime.date = FIRST, reference: str | None = None) -> Receipt:
    return Receipt(instalment="D1", date=day, amount=Decimal(amount), reference=reference)


def find_faults(finances: tuple[Finance, Finance], project: Project = PROJECT) -> list[Fault]:
    records = make_records([], finances=finances)
    return list(check_received_amounts(ReportCase(project, add_up(project), load_donor(), {}, records=records)))


def find(*finances: tuple[Receipt, ...], asked: str = "") -> list[tuple[str, str]]:
    requests = (PaymentRequest(instalment="D1", date=DAY(2008, 1, 2), amount=Decimal(asked)),) if asked else ()
    first, second = (*finances, ())[:2]
    both = (Finance(received=first, requests=requests), Finance(received=second))
    return [(str(fault.place.path[1]), fault.message) for fault in find_faults(both)]


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ((receipt(HALF),), (), []),
        ((receipt("50000"), receipt("3807.63")), (), []),
        ((receipt("50000"),), (receipt("3807.63", LATER),), []),
        (
            (receipt("50000"),),
            (receipt("3807", LATER),),
            [("H2", "Instalment D1 is 53,807.00 in 2 transfers, not 53,807.63 as asked or planned.")],
        ),
        ((receipt("50000"),), (), [("H1", "Instalment D1 is 50,000.00, not 53,807.63 as asked or planned.")]),
        ((receipt(HALF),), (receipt(HALF),), [("H2", "Instalment D1 arrived twice on one day with one amount.")]),
    ],
)
def test_the_transfers_of_an_instalment_add_up(
    first: tuple[Receipt, ...], second: tuple[Receipt, ...], said: list[tuple[str, str]]
) -> None:
    assert find(first, second) == said


def test_what_was_asked_for_goes_before_what_was_planned() -> None:
    assert find((receipt("30000"), receipt("20000")), asked="50000") == []
    assert len(find((receipt(HALF),), asked="50000")) == 1


def test_the_rest_of_an_instalment_is_told_as_the_next_payment_counts_it() -> None:
    requests = (PaymentRequest(instalment="D1", date=DAY(2008, 1, 2), amount=Decimal("50000")),)
    (fault,) = find_faults((Finance(received=(receipt("30000"),), requests=requests), Finance()))
    assert "20,000.00 of it is awaited" in fault.remedy
    (fault,) = find_faults((Finance(received=(receipt("60000"),), requests=requests), Finance()))
    assert "awaited" not in fault.remedy


def test_the_last_transfer_is_the_latest_in_whichever_file_it_stands() -> None:
    more = Amendment(number="1", signed=DAY(2008, 3, 1), reason=TEXT, amount=Decimal("120000"))
    project = make_project(contract=CONTRACT.model_copy(update={"amendments": (more,)}))
    second = Finance(received=(receipt("10000"),))
    assert find_faults((Finance(received=(receipt("50000", LATER),)), second), project) == []
    (fault,) = find_faults((Finance(received=(receipt("49999", LATER),)), second), project)
    assert fault.place.path[1] == "H1"
    assert "not 60,000.00" in fault.message


def test_two_transfers_of_one_day_and_amount_have_their_own_references() -> None:
    assert find((receipt("25000", FIRST, "NBG 1"), receipt("25000", FIRST, "NBG 2")), asked="50000") == []
    said = [message for _, message in find((receipt("25000", FIRST, "NBG 1"),) * 2, asked="50000")]
    assert said[0] == "Instalment D1 arrived twice on one day with one amount."


def test_papers_are_kept_for_years_after_the_last_transfer_of_the_balance() -> None:
    balance = [Receipt(instalment="D3", date=day, amount=Decimal(5)) for day in (FIRST, LATER)]
    records = make_records([], finances=(Finance(received=(balance[0],)), Finance(received=(balance[1],))))
    (fault,) = check_retention(ReportCase(PROJECT, add_up(PROJECT), load_donor(), {}, records=records), years=7)
    assert "until 2015-07-04 (7 years" in fault.message
    assert fault.place.path[1] == "H2"
