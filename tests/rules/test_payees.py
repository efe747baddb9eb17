"""A payee and the number of a receipt may stand in a list of costs; what leads to a person may not, there neither."""

from __future__ import annotations

from typing import Any

import pytest

from grants.ledger.totals import add_up
from grants.model.records import Expenditure, Finance, PeriodRecords, Progress, Records
from grants.rules.persons import check_personal_data
from grants.rules.report_case import ReportCase
from tests.base_project import load_base, load_donor


def find(**fields: str) -> list[tuple[Any, ...]]:
    cost = {"voucher": "Δ-1", "date": "2008-01-04", "payee": "P", "description": "d", "line": "1.1", "partner": "KLI"}
    expenditure = Expenditure.model_validate({**cost, "amount": 1, "currency": "EUR", **fields})
    project = load_base()
    records = Records((), (), {"H1": PeriodRecords("H1", (expenditure,), Finance(), Progress())})
    case = ReportCase(project, add_up(project), load_donor(), {}, records=records)
    return [fault.place.path for fault in check_personal_data(case, allowed=())]


PERSONAL = [
    "Jelena, born 12.03.1989",
    "Jelena, passport AB1234567",
    "Jelena, tel. 697 123 4567",
    "Jelena 697 123 4567",
    "jelena@example.com",
    "Εκμισθωτής του ξενώνα κιν. 6971234567",
    "Μαρία, Α.Δ.Τ. ΑΒ 123456",
]
ORDINARY = [
    "Πετρέλαια Ευρίπου ΑΕ",
    "Φαρμακείο Κ. Παπαδόπουλος",
    "Εμπορική ΑΕ, ΑΦΜ 094019245",
    "Φ7 ΤΔΑ 01/08",
    "Φ12 Αποδείξεις 01, αριθμοί υποθέσεων",
]
NUMBERS = ["2008000123", "ΤΔΑ 2008/000123", "ΤΔΑ 2008-000123", "Φ8 6971234567", "Φ5 0123456789"]


@pytest.mark.parametrize("text", PERSONAL)
@pytest.mark.parametrize("field", ["payee", "document", "voucher", "description"])
def test_what_leads_to_a_person_is_found_in_every_field_of_a_cost(field: str, text: str) -> None:
    assert {path[-1] for path in find(**{field: text})} == {field}


@pytest.mark.parametrize("text", ORDINARY)
@pytest.mark.parametrize("field", ["payee", "document"])
def test_suppliers_and_papers_pass(field: str, text: str) -> None:
    assert find(**{field: text}) == []


@pytest.mark.parametrize("text", NUMBERS)
def test_numbers_of_receipts_pass_where_they_belong(text: str) -> None:
    assert find(document=text) == []
