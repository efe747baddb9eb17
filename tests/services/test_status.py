"""Where projects stand: what is late, what comes next, what waits for whom; on a screen, for machines, as a page."""

from __future__ import annotations

import datetime
import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner

from grants.cli import main
from grants.services import standing
from grants.services.status import find_status
from grants.views.status import Broken, ProjectStatus, say_lines
from grants.writers.web import write_status_page

EXAMPLES = Path(__file__).parents[1] / "examples"


@pytest.fixture
def running(tmp_path: Path) -> Path:
    """A project with a contract, two periods of records, an interim and a final report."""
    project = tmp_path / "projects" / "sample"
    for layer in ("base", "running"):
        shutil.copytree(EXAMPLES / layer, project, dirs_exist_ok=True)
    return project


def find(project: Path, day: str) -> ProjectStatus:
    status = find_status(project, datetime.date.fromisoformat(day))
    assert isinstance(status, ProjectStatus)
    return status


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def test_the_money_is_that_of_the_last_period(running: Path) -> None:
    status = find(running, "2008-10-01")
    assert (str(status.budget), str(status.grant)) == ("13910.00", "10432.50")
    assert (str(status.spent), str(status.received)) == ("13856.50", "9389.25")
    assert f"{status.percent:.1f}" == "99.6"
    assert (status.errors, status.warnings) == (0, 0)


def test_an_earlier_day_knows_no_later_costs(running: Path) -> None:
    assert str(find(running, "2008-04-29").spent) == "5136.00"
    assert str(find(running, "2007-12-31").spent) == "0.00"


def test_spent_is_all_that_came_back_by_the_day_as_received_is(running: Path) -> None:
    """Not what the last report covers: the interim one ends in March, and the final one in June."""
    assert str(find(running, "2008-04-30").spent) == "5992.00"  # 800.00 of April and 7 %
    june = find(running, "2008-06-05")
    assert (str(june.spent), str(june.received)) == ("7864.50", "9389.25")


def test_the_balance_counts_though_it_arrives_after_every_period(running: Path) -> None:
    (running / "periods" / "FIN").mkdir()
    receipt = "received:\n  - {instalment: D3, date: 2008-12-15, amount: 1003.13, reference: Statement 9}\n"
    (running / "periods" / "FIN" / "finance.yaml").write_text(receipt, "utf-8")
    assert str(find(running, "2008-12-14").received) == "9389.25"
    assert str(find(running, "2008-12-15").received) == "10392.38"


def test_before_the_contract_a_project_waits_for_the_donor(tmp_path: Path) -> None:
    project = tmp_path / "projects" / "sample"
    shutil.copytree(EXAMPLES / "base", project)
    file = project / "grant.yaml"
    text = file.read_text("utf-8")
    file.write_text(text[: text.index("contract:")], "utf-8")
    status = find(project, "2007-11-30")
    assert status.state == "proposed"
    assert [(note.who, note.text) for note in status.waiting] == [("donor", "answer to the proposal")]
    assert status.late == status.coming == ()
    page = write_status_page([status], datetime.date(2007, 11, 30)).decode()
    assert "The donor pays" in page
    assert not any(word in page for word in ("Spent", "Received", "per cent of the budget")), "no 0 % of nothing"


def test_nobody_waits_for_an_answer_while_the_proposal_is_being_written(tmp_path: Path) -> None:
    project = tmp_path / "projects" / "sample"
    shutil.copytree(EXAMPLES / "base", project)
    file = project / "grant.yaml"
    text = file.read_text("utf-8")
    file.write_text(text[: text.index("contract:")], "utf-8")
    assert "date: 2007-10-15" in (project / "project.yaml").read_text("utf-8")
    assert find(project, "2007-10-15").waiting == ()
    assert [note.text for note in find(project, "2007-10-16").waiting] == ["answer to the proposal"]


def test_before_the_day_of_its_signature_a_contract_is_none(running: Path) -> None:
    day_before = find(running, "2007-12-14")
    assert (day_before.state, day_before.coming) == ("proposed", ())
    assert [note.text for note in day_before.waiting] == ["answer to the proposal"]
    assert find(running, "2007-12-15").state == "running"
    assert find(running, "2007-12-15").coming


def test_a_form_that_did_not_come_back_waits_for_finance(running: Path) -> None:
    shutil.rmtree(running / "periods" / "2008-Q2")
    waits = {day: find(running, day).waiting for day in ("2008-06-30", "2008-07-01")}
    by_finance = {day: [note.text for note in notes if note.who == "finance"] for day, notes in waits.items()}
    assert by_finance == {"2008-06-30": [], "2008-07-01": ["filled-in form of 2008-Q2"]}


def test_a_report_that_is_not_handed_in_waits_and_is_late_after_its_day(running: Path) -> None:
    replace(running / "grant.yaml", "    submitted: 2008-09-15\n", "")
    early = find(running, "2008-09-30")
    assert [note.text for note in early.coming] == ["Final report", "Letter of guarantee expires"]
    assert [(note.who, note.text) for note in early.waiting] == [("programme manager", "report FIN")]
    late = find(running, "2008-10-01")
    assert [note.text for note in late.late] == ["Final report"]
    assert late.state == "over"
    assert ("late", "late      2008-09-30  Final report (1 day ago)") in say_lines(late, datetime.date(2008, 10, 1))


def test_on_an_earlier_day_a_report_is_not_handed_in_yet(running: Path) -> None:
    assert [note.text for note in find(running, "2008-09-14").coming] == ["Final report", "Letter of guarantee expires"]
    assert not find(running, "2008-09-15").coming


def test_an_instalment_that_was_asked_for_waits_for_the_donor(running: Path) -> None:
    status = find(running, "2008-06-01")
    assert [(note.who, note.text) for note in status.waiting] == [("donor", "instalment D2, EUR 4,173.00")]
    assert not find(running, "2008-06-05").waiting


def test_what_has_not_arrived_of_an_instalment_waits_still(running: Path) -> None:
    finance = running / "periods" / "2008-Q2" / "finance.yaml"
    whole = "date: 2008-06-05, amount: 4173.00, reference: Statement 6"
    text = finance.read_text("utf-8")
    assert whole in text
    finance.write_text(text.replace(whole, whole.replace("4173", "4000")), "utf-8")
    status = find(running, "2008-06-05")
    assert [note.text for note in status.waiting] == ["instalment D2, EUR 173.00"]
    assert str(status.received) == "9216.25"


def test_a_project_is_closed_when_nothing_is_open(running: Path) -> None:
    assert find(running, "2008-06-30").state == "running"
    waits = find(running, "2008-10-01")
    assert (waits.state, [note.text for note in waits.waiting]) == ("over", ["instalment D3, EUR 1,003.13"])
    (running / "periods" / "FIN").mkdir()
    receipt = "received:\n  - {instalment: D3, date: 2008-09-30, amount: 1003.13, reference: Statement 9}\n"
    (running / "periods" / "FIN" / "finance.yaml").write_text(receipt, "utf-8")
    assert find(running, "2008-10-01").state == "closed"


def test_a_project_that_cannot_be_read_is_counted(running: Path) -> None:
    (running / "budget.yaml").write_text("currency: [", "utf-8")
    assert find_status(running, datetime.date(2008, 10, 1)) == Broken("sample", 1)


def run(project: Path, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> str:
    monkeypatch.chdir(project.parents[1])
    result = CliRunner().invoke(main, ["status", *arguments])
    assert result.exit_code == 0, result.output
    return result.output


def test_the_list_on_a_screen(running: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = run(running, monkeypatch, "--date", "2008-06-01").splitlines()
    assert lines[0] == "sample  running"
    assert lines[1] == "  Training of police officers (SAM-2008-01, Hellenic Aid)"
    assert lines[2].startswith("  budget    EUR 13,910.00, of which the donor pays EUR 10,432.50; spent ")


def test_the_list_for_machines(running: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (data,) = json.loads(run(running, monkeypatch, "--json", "--date", "2008-06-01"))
    assert data["budget"] == "13910.00"
    assert data["waiting"] == [{"day": "2008-05-20", "who": "donor", "text": "instalment D2, EUR 4,173.00"}]


class Elements(HTMLParser):
    """Collects addresses, and checks that elements are closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href")]
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_needs_no_network_and_escapes_what_people_write(
    running: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace(running / "project.yaml", "en: Training of police officers", 'en: "<script>a & b</script>"')
    run(running, monkeypatch, "--html", "page.html", "--date", "2008-06-01")
    page = (running.parents[1] / "page.html").read_text("utf-8")
    elements = Elements()
    elements.feed(page)
    assert elements.open == elements.addresses == []
    assert "&lt;script&gt;a &amp; b&lt;/script&gt;" in page
    assert not re.search(r"<script|https?:|url\(|@import", page)
    assert "EUR 13,910.00" in page


def test_the_budget_is_the_signed_one_whatever_the_definition_becomes(running: Path) -> None:
    replace(running / "budget.yaml", "unit_cost: 400.00", "unit_cost: 500.00")
    replace(running / "budget.yaml", "total: 13910.00\n", "")
    replace(running / "grant.yaml", "amount_requested: 10432.50", "amount_requested: 11395.50")
    status = find(running, "2008-10-01")
    assert (str(status.budget), str(status.grant), f"{status.percent:.1f}") == ("13910.00", "10432.50", "99.6")
    assert (status.errors, status.warnings) == (0, 2)  # the line, the indirect costs
    shutil.rmtree(running / "periods")
    assert str(find(running, "2008-01-01").budget) == "13910.00"


def test_an_amendment_counts_from_the_day_it_is_signed(running: Path) -> None:
    amendment = "  amendments:\n    - {number: 1, signed: 2008-05-02, reason: a dearer hall}\n"
    with (running / "grant.yaml").open("a", encoding="utf-8") as file:
        file.write(amendment)
    text = (running / "budget.yaml").read_text("utf-8").replace("total: 13910.00", "total: 14017.00")
    (running / "signed" / "amendment-1.yaml").write_text(
        text.replace("../../../projects", "../../../../projects").replace("unit_cost: 1200.00", "unit_cost: 1250.00"),
        "utf-8",
    )
    assert str(find(running, "2008-05-01").budget) == "13910.00"
    assert str(find(running, "2008-05-02").budget) == "14017.00"


def test_a_second_look_says_the_same_from_memory(running: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked = find(running, "2008-10-01")
    with monkeypatch.context() as patched:
        patched.setattr(standing, "work_out_status", None)
        assert find(running, "2008-10-01") == looked
    assert find(running, "2008-07-05") != looked


def test_a_change_of_what_came_back_is_seen_at_once(running: Path) -> None:
    looked = find(running, "2008-10-01")
    costs = running / "periods" / "2008-Q2" / "expenditures.csv"
    costs.write_text("\n".join(costs.read_text("utf-8").splitlines()[:-1]) + "\n", "utf-8")
    assert find(running, "2008-10-01").spent < looked.spent


@pytest.mark.parametrize("kept", ["", "{}", "[]", '{"state": "x"}', '{"state": 1, "said": {"status": {}}}'])
def test_a_memory_that_cannot_be_used_is_none(running: Path, kept: str) -> None:
    looked = find(running, "2008-10-01")
    file = running / "out" / ".status.json"
    whole = json.loads(file.read_text("utf-8"))
    file.write_text(kept, "utf-8")
    assert find(running, "2008-10-01") == looked
    file.write_text(json.dumps({**whole, "said": {"status": {"name": "other"}}}), "utf-8")
    assert find(running, "2008-10-01") == looked


def test_a_project_that_cannot_be_read_is_remembered_too(running: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (running / "budget.yaml").write_text("lines: [", "utf-8")
    day = datetime.date(2008, 10, 1)
    looked = find_status(running, day)
    monkeypatch.setattr(standing, "work_out_status", None)
    assert find_status(running, day) == looked
    assert isinstance(looked, Broken)
