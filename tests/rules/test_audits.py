"""Audits of large grants, contracts of large suppliers, purchases that look split."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from grants.ledger.accounts import draw_up_accounts
from grants.ledger.totals import add_up
from grants.model import Project
from grants.model.limits import Limits
from grants.model.records import Finance, PaymentRequest, Procurement, Progress, Records
from grants.rules.audits import (
    check_audited_final_report,
    check_audited_requests,
    check_listed_contracts,
    check_split_purchases,
)
from grants.rules.case import Fault
from grants.rules.report_case import ReportCase
from tests.base_project import load_donor
from tests.ledger.cases import DAY, FINAL, INTERIM, cost, make_project, make_records

AUDIT = FINAL.model_copy(update={"code": "A", "kind": "audit", "submitted": DAY(2009, 3, 20)})
HANDED_IN = FINAL.model_copy(update={"submitted": DAY(2009, 3, 20)})
SALARIES = ("1",)


def make_case(records: Records, project: Project | None = None) -> ReportCase:
    project = project or make_project()
    accounts = {x.code: draw_up_accounts(project, records, x, Limits()) for x in (INTERIM, FINAL)}
    return ReportCase(project, add_up(project), load_donor(), {}, records=records, accounts=accounts)


def with_contract(records: Records, supplier: str) -> Records:
    contract = Procurement(
        supplier=supplier, subject="x", amount=Decimal(1), date=DAY(2008, 2, 1), procedure="Three offers"
    )
    changed = replace(records.periods["H1"], progress=Progress(contracts=(contract,)))
    return replace(records, periods={**records.periods, "H1": changed})


def say(faults: Sequence[Fault]) -> list[tuple[str, Any]]:
    return [(fault.message, fault.place.path) for fault in faults]


def test_a_large_grant_needs_an_audit_report_with_the_final_one() -> None:
    def find(*reports: Any, over: str = "100000", **grant: Any) -> list[str]:
        case = make_case(make_records([]), make_project(reports=reports, **grant))
        return [fault.message for fault in check_audited_final_report(case, over=Decimal(over))]

    assert find(INTERIM, FINAL) == ["The grant is more than 100,000.00, and no audit report is planned."]
    assert find(INTERIM, FINAL, over="107615.25") == []
    assert find(INTERIM, FINAL, contract=None) == []
    assert find(INTERIM, HANDED_IN, AUDIT) == []
    late = AUDIT.model_copy(update={"submitted": DAY(2009, 3, 21)})
    assert find(INTERIM, HANDED_IN, late) == ["Report F was handed in without the audit report."]
    assert find(INTERIM, FINAL, AUDIT.model_copy(update={"submitted": None})) == []


@pytest.mark.parametrize(
    ("instalment", "day", "least", "told"),
    [
        ("D2", DAY(2009, 3, 19), "107615.25", True),
        ("D2", DAY(2009, 3, 20), "107615.25", False),  # the day of the audit report
        ("D2", DAY(2009, 3, 19), "107615.26", False),  # a smaller grant
        ("D1", DAY(2008, 1, 4), "107615.25", False),  # the advance
    ],
)
def test_a_further_instalment_of_a_very_large_grant_needs_an_audit(
    instalment: str, day: Any, least: str, told: bool
) -> None:
    request = Finance(requests=(PaymentRequest(instalment=instalment, date=day, amount=Decimal(1)),))
    case = make_case(make_records([], finances=(Finance(), request)), make_project(reports=(INTERIM, FINAL, AUDIT)))
    found = say(list(check_audited_requests(case, least=Decimal(least))))
    assert [path for _, path in found] == ([("periods", "H2", "finance", "requests", 0)] if told else [])


def test_a_large_supplier_stands_among_the_contracts() -> None:
    records = make_records(
        [
            cost("6000", payee="Hotel Γ", voucher="V1"),
            cost("4000.01", payee="HOTEL γ", voucher="V2"),
            cost("30000", line="1.1.1", payee="Payroll", voucher="V3"),
            cost("30000", payee="ASTRA", voucher="V4"),
        ]
    )

    def find(records: Records, interim: str = "10000", final: str = "60000") -> list[tuple[str, Any]]:
        limits = {"interim_over": Decimal(interim), "final_over": Decimal(final), "apart_from": SALARIES}
        return say(list(check_listed_contracts(make_case(records), **limits)))

    told = "Hotel Γ was paid 10,000.01, and report I lists no contract with it."
    assert find(records) == [(told, ("periods", "H1", "progress", "contracts"))]
    assert find(records, interim="10000.01") == []
    assert [message for message, _ in find(records, "60000", "10000")] == [told.replace("report I", "report F")]
    assert find(with_contract(records, "hotel γ")) == []


def test_small_purchases_that_come_to_the_threshold_within_a_year_are_told() -> None:
    def find(*costs: Any, contract: str = "nobody") -> list[Any]:
        case = make_case(with_contract(make_records(list(costs)), contract))
        return [path for _, path in say(list(check_split_purchases(case, under=Decimal(60000), apart_from=SALARIES)))]

    first = cost("31000", payee="Printer", voucher="V1", date=DAY(2008, 1, 10))
    second = cost("29000", payee="Printer", voucher="V2", date=DAY(2008, 6, 10))
    assert find(first, second) == [("periods", "H1", "expenditures", 1, "payee")]
    assert find(first, second, contract="Printer") == []
    assert find(first, second.model_copy(update={"amount": Decimal("28999.99")})) == []
    assert find(first, second.model_copy(update={"payee": "Binder"})) == []
    assert find(cost("60000", payee="Printer")) == []  # one purchase, which is not split
    early = first.model_copy(update={"date": DAY(2007, 6, 10)})
    assert find(early, second) == []  # 366 days apart
