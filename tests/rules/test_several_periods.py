"""A report of several periods is judged by what has come back of it; what can only be at its end is told then."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest

from grants.ledger.accounts import draw_up_accounts
from grants.ledger.totals import add_up
from grants.model.limits import Limits
from grants.model.records import AccountBalance, Expenditure, Finance, PeriodRecords, Progress, Records
from grants.rules.case import Fault
from grants.rules.income import check_own_share_paid
from grants.rules.reconciliation import check_funds_reconcile
from grants.rules.report_case import Making, ReportCase
from grants.rules.spending import check_variations_explained
from tests.base_project import load_donor
from tests.ledger.cases import DAY, FINAL, H1, H2, INTERIM, cost, make_project, received

MIDDLE = DAY(2008, 8, 15)


def balances(amount: str) -> tuple[AccountBalance, ...]:
    return (AccountBalance(account="bank", date=DAY(2008, 6, 30), amount=Decimal(amount), currency="EUR"),)


def make_case(
    *records: tuple[str, list[Expenditure], Finance],
    today: datetime.date = MIDDLE,
    making: str | None = None,
    reports: tuple[Any, ...] = (FINAL,),
) -> ReportCase:
    """One final report of two half-years, of which only those records came back."""
    project = make_project(reports=reports)
    known = Records((), (), {code: PeriodRecords(code, tuple(costs), own, Progress()) for code, costs, own in records})
    accounts = {x.code: draw_up_accounts(project, known, x, Limits()) for x in reports}
    made = Making(making, ("en",)) if making else None
    return ReportCase(
        project, add_up(project), load_donor(), {}, records=known, accounts=accounts, today=today, making=made
    )


def say(faults: Any) -> list[tuple[Any, str]]:
    def line(fault: Fault) -> tuple[Any, str]:
        return fault.place.path[1], fault.message.split(":")[0]

    return [line(fault) for fault in faults]


FIRST = Finance(**{**dict(received(D1="2000")), "balances": balances("930")})  # 1000 and 7 % are spent


def test_the_money_is_looked_at_the_end_of_the_last_period_that_came_back_with_its_balances() -> None:
    assert say(check_funds_reconcile(make_case(("H1", [cost("1000")], FIRST)))) == []
    wrong = FIRST.model_copy(update={"balances": balances("929.99")})
    said = [("H1", "At the end of H1, 0.01 is missing")]
    assert say(check_funds_reconcile(make_case(("H1", [cost("1000")], wrong)))) == said
    two = (INTERIM, FINAL)
    assert say(check_funds_reconcile(make_case(("H1", [cost("1000")], wrong), reports=two))) == said, "once"


def test_balances_that_are_not_there_yet_are_asked_for_at_the_end_of_the_report() -> None:
    assert say(check_funds_reconcile(make_case(("H1", [cost("1000")], received(D1="2000"))))) == []
    missing = [("H2", "No account or cash balance is given for the end of H2.")]
    back = (("H1", [cost("1000")], FIRST), ("H2", [], Finance()))
    assert say(check_funds_reconcile(make_case(*back))) == missing
    assert say(check_funds_reconcile(make_case(back[0], making="F"))) == missing, "nothing is made without them"


@pytest.mark.parametrize(("today", "making"), [(DAY(2009, 1, 1), None), (MIDDLE, "F")])
def test_what_is_unspent_is_explained_in_the_end_and_not_before(today: datetime.date, making: str | None) -> None:
    def find(**given: Any) -> list[tuple[Any, str]]:
        return say(check_variations_explained(make_case(("H1", [cost("1000")], FIRST), **given), over_percent=10))

    assert find() == []
    assert find(today=H2.end) == []
    assert len(find(today=today, making=making)) > 10


def test_what_is_overspent_is_told_at_once_where_it_can_be_explained() -> None:
    case = make_case(("H1", [cost("200000")], FIRST))
    assert [place for place, _ in say(check_variations_explained(case, over_percent=10))] == [H1.code]


def test_the_share_of_a_source_is_wanted_in_the_end_and_not_before() -> None:
    assert say(check_own_share_paid(make_case(("H1", [cost("1000")], FIRST)))) == []
    assert say(check_own_share_paid(make_case(("H1", [cost("1000")], FIRST), today=DAY(2009, 1, 1)))) != []
