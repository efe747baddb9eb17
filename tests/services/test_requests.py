"""What a report that was handed in asks for is known afterwards, though nobody has recorded it."""

from __future__ import annotations

import datetime
import json
from decimal import Decimal
from pathlib import Path

import pytest

from grants.ledger.figures import list_asked
from grants.rules import Making
from grants.services.inputs import FIGURES
from grants.services.load import load_project
from grants.services.manifest import MANIFEST, hash_bytes
from grants.services.memory import describe_day
from grants.services.records import LoadedRecords, load_records
from grants.services.status import find_status
from grants.views.status import ProjectStatus
from tests.reports import FINAL, INTERIM, lay_running

DAY = datetime.date(2008, 9, 20)
ASKED = "4173.00"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The running example, with no request recorded."""
    folder = lay_running(tmp_path / "projects" / "sample")
    for file in folder.glob("periods/*/finance.yaml"):
        lines = file.read_text("utf-8").splitlines(keepends=True)
        at = next((i for i, line in enumerate(lines) if line.startswith("requests:")), None)
        if at is not None:
            end = next((i for i, x in enumerate(lines) if i > at and not x.startswith((" ", "#"))), len(lines))
            file.write_text("".join([*lines[:at], *lines[end:]]), "utf-8")
    return folder


def load(project: Path) -> LoadedRecords:
    loaded = load_records(load_project(project), DAY)
    assert loaded.returned is not None
    assert not any(x.finance.requests for x in loaded.returned.records.periods.values())
    return loaded


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), "utf-8")


def lose_costs(project: Path) -> None:
    """So much less is used than when the report was made that it would ask for less."""
    costs = project / "periods" / "2008-Q1" / "expenditures.csv"
    rows = costs.read_text("utf-8").splitlines()
    costs.write_text("\n".join(rows[:3]) + "\n", "utf-8")


def test_what_the_interim_report_asked_for_stands_in_the_final_one(project: Path) -> None:
    returned = load(project).returned
    assert returned is not None
    interim, final = returned.accounts[INTERIM], returned.accounts[FINAL]
    assert (interim.next_payment.instalment, str(interim.next_payment.amount)) == ("D2", ASKED)
    assert interim.funds.requested == {}
    assert str(final.funds.requested["D2"].amount) == ASKED
    assert final.funds.requested["D2"].date == datetime.date(2008, 5, 20)
    assert str(list_asked(final)["D2"]) == ASKED


def test_a_report_that_was_not_handed_in_has_asked_for_nothing(project: Path) -> None:
    change(project / "grant.yaml", "    submitted: 2008-05-20\n", "")
    returned = load(project).returned
    assert returned is not None
    assert returned.accounts[FINAL].funds.requested == {}


def test_what_arrives_is_held_against_what_the_report_asked_for(project: Path) -> None:
    lose_costs(project)
    returned = load(project).returned
    assert returned is not None
    due = returned.accounts[INTERIM].next_payment.amount
    assert str(due) != ASKED
    (finding,) = [x for x in load(project).findings if x.code == "R32"]
    assert finding.message == f"Instalment D2 is 4,173.00, not {due:,} as asked or planned."
    receipt = project / "periods" / "2008-Q2" / "finance.yaml"
    change(receipt, "amount: 4173.00", f"amount: {due}")
    assert [x for x in load(project).findings if x.code == "R32"] == []


def test_it_waits_for_the_donor_until_it_arrives(project: Path) -> None:
    def waiting(day: datetime.date) -> list[str]:
        status = find_status(project, day)
        assert isinstance(status, ProjectStatus)
        return [note.text for note in status.waiting if note.who == "donor"]

    assert waiting(datetime.date(2008, 5, 19)) == []
    assert waiting(datetime.date(2008, 5, 20)) == [f"instalment D2, EUR {4173:,}.00"]
    assert waiting(datetime.date(2008, 6, 10)) == []


OF_D2 = "  - {code: progress-certificate, instalment: D2, status: attached, date: 2008-05-19}\n"
OF_D3 = "  - {code: progress-certificate, instalment: D3, status: attached, date: 2008-09-12}\n"
CERTIFICATES = OF_D2 + OF_D3


def find_papers(project: Path, day: datetime.date = DAY, making: str | None = None) -> list[tuple[str, str]]:
    made = Making(making, ("en",)) if making else None
    findings = load_records(load_project(project), day, made).findings
    return [(x.severity, x.message) for x in findings if x.code == "R25"]


def test_what_a_report_implies_needs_the_papers_too(project: Path) -> None:
    assert find_papers(project) == []
    change(project / "grant.yaml", CERTIFICATES, "")
    without = "is asked for without the paper `progress-certificate`."
    assert find_papers(project) == [("error", f"Instalment {code} {without}") for code in ("D2", "D3")]


@pytest.mark.parametrize(
    ("old", "new", "remedy"),
    [
        (
            OF_D3,
            "",
            "Get it, and enter it under `annexes` in grant.yaml: `- {code: progress-certificate, instalment: D3,",
        ),
        (OF_D3, OF_D3.replace("attached", "requested"), "Get it, and set its status to `attached`"),
        (OF_D3, OF_D3.replace("instalment: D3, ", ""), "does not say for which: write `instalment: D3` there"),
        ("date: 2008-09-12", "date: 2008-09-16", "It is dated 2008-09-16, and the request 2008-09-15"),
    ],
)
def test_a_certificate_serves_one_request(project: Path, old: str, new: str, remedy: str) -> None:
    change(project / "grant.yaml", old, new)
    (finding,) = [x for x in load(project).findings if x.code == "R25"]
    assert finding.message == "Instalment D3 is asked for without the paper `progress-certificate`."
    assert remedy in finding.remedy


def test_before_a_report_is_handed_in_a_missing_paper_does_not_stop_its_draft(project: Path) -> None:
    change(project / "grant.yaml", CERTIFICATES, "")
    change(project / "grant.yaml", "    submitted: 2008-05-20\n", "")
    change(project / "grant.yaml", "    submitted: 2008-09-15\n", "")
    assert find_papers(project) == []
    assert [x[0] for x in find_papers(project, making=INTERIM)] == ["warning"]


def keep_figures(project: Path, **changes: str) -> None:
    """What `grants report` leaves beside the documents of the interim report."""
    figures = {"report": INTERIM, "requested": ASKED, "instalment": "D2", **changes}
    data = json.dumps(figures).encode()
    manifest = {"program": "grants", "project": {}, "inputs": {}, "outputs": {FIGURES: {"sha256": hash_bytes(data)}}}
    folder = project / "out" / INTERIM
    folder.mkdir(parents=True, exist_ok=True)
    (folder / FIGURES).write_bytes(data)
    (folder / MANIFEST).write_text(json.dumps(manifest), "utf-8")


def find_changed(project: Path, making: str | None = None) -> list[tuple[str, str]]:
    made = Making(making, ("en",)) if making else None
    findings = load_records(load_project(project), DAY, made).findings
    return [(x.severity, x.message) for x in findings if x.code == "R04"]


def test_a_report_that_was_handed_in_keeps_what_it_asked_for(project: Path) -> None:
    keep_figures(project)
    assert find_changed(project) == []
    lose_costs(project)
    returned = load(project).returned
    assert returned is not None
    interim = returned.accounts[INTERIM]
    assert interim.next_payment.amount == Decimal("240.75")
    assert str(returned.accounts[FINAL].funds.requested["D2"].amount) == ASKED
    message = (
        "The documents of report 2008-Q1, handed in on 2008-05-20, ask for 4,173.00 (D2); with what stands here now "
        "they would ask for 240.75 (D2)."
    )
    assert find_changed(project) == [("warning", message)]
    assert find_changed(project, making=INTERIM) == [("error", message)]


def test_what_was_asked_for_can_be_recorded(project: Path) -> None:
    keep_figures(project)
    lose_costs(project)
    finance = project / "periods" / "2008-Q1" / "finance.yaml"
    text = finance.read_text("utf-8")
    finance.write_text(text + "requests: [{instalment: D2, date: 2008-05-20, amount: 240.75}]\n", "utf-8")
    assert find_changed(project, making=INTERIM) == []


def test_a_request_that_only_later_costs_bring_about_is_a_finding(project: Path) -> None:
    keep_figures(project, requested="0.00")
    ((severity, message),) = find_changed(project)
    assert severity == "warning"
    assert "ask for nothing; with what stands here now they would ask for 4,173.00 (D2)." in message
    returned = load(project).returned
    assert returned is not None
    assert returned.accounts[FINAL].funds.requested == {}


def test_figures_that_are_not_as_they_were_made_keep_nothing(project: Path) -> None:
    for name, text in ((FIGURES, "{"), (MANIFEST, "{}"), (FIGURES, '{"requested": "1.00"}')):
        keep_figures(project)
        (project / "out" / INTERIM / name).write_text(text, "utf-8")
        assert find_changed(project) == []
    for changes in ({"requested": "much"}, {"instalment": "not a code"}, {"report": FINAL}):
        keep_figures(project, **changes)
        assert find_changed(project) == []


def test_a_check_is_done_again_when_a_report_was_made(project: Path) -> None:
    before = describe_day(project, DAY)
    keep_figures(project)
    assert describe_day(project, DAY) != before


def test_papers_are_asked_of_what_the_documents_asked_for_and_not_of_what_came_late(project: Path) -> None:
    change(project / "grant.yaml", CERTIFICATES, "")
    keep_figures(project, requested="0.00")
    assert [x for x in find_papers(project) if "Instalment D2" in x[1]] == []
