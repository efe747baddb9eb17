"""What came back is checked with the project, and no proposal depends on it."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from grants.services import check, records
from grants.services.check import check_project
from grants.services.inputs import describe_records_state, describe_state, list_inputs
from grants.services.load import load_project
from grants.services.records import check_everything, load_records

TODAY = datetime.date(2008, 8, 1)
COLUMNS = "voucher,date,payee,description,line,partner,source,amount,currency,date_paid,document,note\n"


@pytest.fixture
def project(workspace: Path) -> Path:
    return workspace / "projects" / "police"


def find_codes(project: Path) -> tuple[str, str, str]:
    """A budget line, a partner and a reporting period of the project."""
    loaded = load_project(project)
    assert loaded.project is not None
    line = loaded.project.budget.lines[0].code
    return line, loaded.project.sheet.applicant.code, loaded.project.grant.reporting_periods[0].code


def keep_costs(project: Path, line: str | None = None) -> Path:
    code, partner, period = find_codes(project)
    folder = project / "periods" / period
    folder.mkdir(parents=True, exist_ok=True)
    row = f"1,2008-02-05,Hotel,Room,{line or code},{partner},,250.00,EUR,2008-02-06,binder 1,\n"
    file = folder / "expenditures.csv"
    file.write_text(COLUMNS + row, "utf-8")
    return file


def test_a_project_without_records_has_no_accounts(project: Path) -> None:
    returned = load_records(load_project(project), TODAY).returned
    assert returned is not None
    assert (returned.records.periods, returned.accounts, returned.rich) == ({}, {}, {})


def test_every_report_of_which_something_came_back_has_accounts(project: Path) -> None:
    file = keep_costs(project)
    text = file.parent / "narrative" / "results.en.md"
    text.parent.mkdir()
    text.write_text("Two seminars were held.", "utf-8")
    loaded = load_project(project)
    returned = load_records(loaded, TODAY).returned
    assert returned is not None
    assert loaded.project is not None
    final = next(report for report in loaded.project.grant.reports if report.kind == "final")
    assert file.parent.name == final.code  # there is no interim report, and no period is given
    assert list(returned.accounts) == list(returned.rich) == [final.code]
    assert returned.accounts[final.code].books.direct.current == 250


def test_check_finds_what_is_wrong_with_records_at_its_line(project: Path) -> None:
    file = keep_costs(project, line="9.9.9")
    findings = check_everything(project, TODAY)
    assert [f"{x.place} {x.code}" for x in findings if x.code.startswith("REC-")] == [
        f"periods/{file.parent.name}/expenditures.csv:2:25 REC-020"
    ]
    assert load_records(load_project(project), TODAY).returned is None


def test_records_are_read_where_the_definition_is_unsound(project: Path) -> None:
    keep_costs(project, line="9.9.9")
    sheet = project / "project.yaml"
    sheet.write_text(sheet.read_text("utf-8").replace("donor: hellenic-aid", "donor: nobody"), "utf-8")
    codes = {finding.code for finding in check_everything(project, TODAY)}
    assert {"DON-001", "REC-020"} <= codes


def test_a_check_is_done_again_when_records_change_or_the_day_does(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    days: list[datetime.date] = []

    def count(_folder: Path, today: datetime.date) -> list[object]:
        days.append(today)
        return []

    monkeypatch.setattr(records, "check_everything", count)
    check_project(project)
    check_project(project)
    assert len(days) == 1
    keep_costs(project)
    check_project(project)
    check_project(project)
    assert len(days) == 2

    class Tomorrow(datetime.date):
        @classmethod
        def today(cls) -> Tomorrow:
            return cls(2999, 1, 1)

    monkeypatch.setattr(check.datetime, "date", Tomorrow)
    check_project(project)
    assert len(days) == 3


def test_no_proposal_depends_on_records(project: Path) -> None:
    templates = project.parents[1] / "templates"
    before, inputs, records_before = (
        describe_state(project, templates),
        list_inputs(project),
        describe_records_state(project),
    )
    keep_costs(project)
    (project / "rates.csv").write_text("currency,month,rate,source,date\n", "utf-8")
    (project / "import.yaml").write_text("", "utf-8")
    (project / "signed").mkdir()
    (project / "signed" / "contract.yaml").write_text("", "utf-8")
    assert (describe_state(project, templates), list_inputs(project)) == (before, inputs)
    assert describe_records_state(project) != records_before


@pytest.mark.parametrize("name", ["rates.csv", "import.yaml", "signed/contract.yaml", "periods/2008-H1/finance.yaml"])
def test_every_file_of_the_records_is_noticed(project: Path, name: str) -> None:
    before = describe_records_state(project)
    (project / name).parent.mkdir(parents=True, exist_ok=True)
    (project / name).write_text("", "utf-8")
    assert describe_records_state(project) != before
