"""What a form says of other periods, of milestones, and of money that has no rate yet."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from grants.services.returns.making import read_grounds
from tests.returned import Workspace, changes_of, make_workspace, review_of
from tests.services.returns.test_taking import take, type_and_take

EARLIER = "periods/2008-Q1/expenditures.csv"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return make_workspace(tmp_path)


def leave_unpaid(workspace: Workspace) -> None:
    workspace.replace(EARLIER, "800.00,EUR,2008-03-31,", "800.00,EUR,,")


def test_the_day_an_earlier_cost_was_paid_goes_into_its_own_period(workspace: Workspace) -> None:
    leave_unpaid(workspace)
    form = workspace.write("period", "el")
    typed = {("earlier", "2008-Q1:SAM/V3", "date_paid"): datetime.date(2008, 4, 7)}
    assert type_and_take(form, EARLIER, typed) == [
        "- V3,2008-03-31,Payroll,Co-ordinator in March,1.1,SAM,,800.00,EUR,,Payroll 2008/03,",
        "+ V3,2008-03-31,Payroll,Co-ordinator in March,1.1,SAM,,800.00,EUR,2008-04-07,Payroll 2008/03,",
    ]
    assert changes_of(workspace.review(form.typed(typed))) == []
    assert workspace.write("period", "el").stamp.base["earlier", "2008-Q1:SAM/V3", "date_paid"] == "2008-04-07"


def test_a_day_that_was_recorded_there_meanwhile_is_a_conflict(workspace: Workspace) -> None:
    leave_unpaid(workspace)
    form = workspace.write("period", "el")
    workspace.replace(EARLIER, "800.00,EUR,,", "800.00,EUR,2008-04-09,")
    typed = {("earlier", "2008-Q1:SAM/V3", "date_paid"): datetime.date(2008, 4, 7)}
    (change,) = changes_of(workspace.review(form.typed(typed)))
    assert (change.verdict, change.ours, change.theirs) == ("conflict", "2008-04-09", "2008-04-07")


def test_a_milestone_that_was_reached_is_recorded(workspace: Workspace) -> None:
    form = workspace.write("period", "sr")
    typed = {("milestones_reached", "M1", "reached"): datetime.date(2008, 4, 30)}
    assert type_and_take(form, "periods/2008-Q2/progress.yaml", typed) == ["+ milestones:", "+   M1: 2008-04-30"]
    records = read_grounds(workspace.folder).records
    assert records.periods["2008-Q2"].progress.milestones == {"M1": datetime.date(2008, 4, 30)}
    assert changes_of(workspace.review(form.typed(typed))) == []


def leave_out_rates(workspace: Workspace, *months: str) -> None:
    lines = [x for x in workspace.read("rates.csv").splitlines(True) if not any(f",{month}," in x for month in months)]
    (workspace.folder / "rates.csv").write_text("".join(lines), "utf-8")


def test_missing_rates_are_told_once_and_stop_nothing(workspace: Workspace) -> None:
    form = workspace.write("period", "el")
    leave_out_rates(workspace, "2008-04", "2008-05")
    reviewed = workspace.review(form.typed({("expenditures", "SAM/V7", "amount"): 960}))
    (missing,) = [x for x in reviewed.findings if x.code == "RET-023"]
    assert missing.severity == "warning"
    assert "RSD of 2008-04, 2008-05: 2 amounts" in missing.message
    assert "rates.csv" in missing.remedy
    take(review_of(reviewed))
    assert read_grounds(workspace.folder).records.periods["2008-Q2"].expenditures[3].amount == 960


def test_only_the_month_of_a_cost_needs_a_rate_where_the_contract_says_so(workspace: Workspace) -> None:
    workspace.replace("grant.yaml", "average-of-period", "month-of-expense")
    leave_out_rates(workspace, "2008-04", "2008-05")
    form = workspace.write("period", "el").data
    assert "RET-023" not in [x.code for x in workspace.review(form).findings]
    leave_out_rates(workspace, "2008-06")
    (missing,) = [x for x in workspace.review(form).findings if x.code == "RET-023"]
    assert "RSD of 2008-06: 2 amounts" in missing.message


def test_a_transfer_of_the_form_itself_is_a_rate(workspace: Workspace) -> None:
    workspace.replace("grant.yaml", "average-of-period", "instalment-received")
    form = workspace.write("period", "en")
    assert [x.code for x in workspace.review(form.data).findings] == ["RET-023"]
    sent = {"partner": "PAR", "date": datetime.date(2008, 4, 1), "amount": 5000, "received": 405000, "currency": "RSD"}
    typed = {("transfers", "spare::1", key): value for key, value in sent.items()}
    assert "RET-023" not in [x.code for x in workspace.review(form.typed(typed)).findings]
