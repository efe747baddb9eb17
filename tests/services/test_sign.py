"""The signed budget is kept byte for byte, once, and only where it is the one of the contract."""

from __future__ import annotations

import datetime
import json
import shutil
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from grants.cli.main import main
from grants.errors import UnusableError, UsageError
from grants.ledger.totals import add_up
from grants.model.grant import Amendment
from grants.model.scalars import Text
from grants.readers.word_file import read_word
from grants.rules import check_rules
from grants.services.load import load_project
from grants.services.options import Options
from grants.services.records import load_records
from grants.services.report import build_report
from grants.services.sign import sign_budget
from grants.services.status import find_status
from grants.views.status import ProjectStatus
from tests.base_project import ROOT, load_base, load_common, load_donor
from tests.reports import FINAL, INTERIM, lay_running

AMENDMENT = "  amendments:\n    - {number: 1, signed: 2007-06-01, reason: a higher rent}\n"


@pytest.fixture
def project(workspace: Path) -> Path:
    return workspace / "projects" / "police"


def add_contract(project: Path, amount: str | None = None, more: str = "") -> None:
    usable = load_project(project).usable
    assert usable is not None
    amount = amount or str(usable.totals.grant)
    with (project / "grant.yaml").open("a", encoding="utf-8") as file:
        file.write(f"\ncontract:\n  number: HA/17\n  signed: 2006-12-20\n  amount: {amount}\n{more}")


def test_the_budget_is_kept_byte_for_byte(project: Path) -> None:
    add_contract(project)
    done = sign_budget(project, None)
    assert done.file == project / "signed" / "contract.yaml"
    assert done.file.read_bytes() == (project / "budget.yaml").read_bytes()
    assert done.what == "the contract of 2006-12-20"


def test_what_was_signed_is_never_overwritten(project: Path) -> None:
    add_contract(project, more=AMENDMENT)
    sign_budget(project, None)
    budget = project / "budget.yaml"
    budget.write_text("# changed\n" + budget.read_text("utf-8"), "utf-8")
    with pytest.raises(UsageError, match="there already"):
        sign_budget(project, None)
    assert not (project / "signed" / "contract.yaml").read_text("utf-8").startswith("# changed")
    assert sign_budget(project, "1").file.name == "amendment-1.yaml"


def test_a_budget_of_another_amount_is_refused_with_both_figures(project: Path) -> None:
    usable = load_project(project).usable
    assert usable is not None
    add_contract(project, "1000.00")
    with pytest.raises(UnusableError) as error:
        sign_budget(project, None)
    (finding,) = error.value.findings
    assert (finding.code, finding.place.file) == ("REC-013", "grant.yaml")
    assert finding.found == f"1,000.00 and {usable.totals.grant:,}"
    assert not (project / "signed").exists()


def test_only_what_stands_in_grant_yaml_can_be_signed(project: Path) -> None:
    with pytest.raises(UsageError, match="no contract"):
        sign_budget(project, None)
    add_contract(project, more=AMENDMENT)
    with pytest.raises(UsageError, match="no amendment 2"):
        sign_budget(project, "2")
    (project / "budget.yaml").unlink()
    with pytest.raises(UnusableError):
        sign_budget(project, None)


def test_the_command_says_what_it_did(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add_contract(project, more=AMENDMENT)
    monkeypatch.chdir(project.parents[1])
    result = CliRunner().invoke(main, ["sign", "police", "--amendment", "1"])
    assert result.exit_code == 0
    assert "amendment-1.yaml keeps the budget of amendment 1 of 2007-06-01" in result.output
    result = CliRunner().invoke(main, ["sign", "police", "--amendment", "1"])
    assert (result.exit_code, "never changed" in result.output) == (2, True)


def change_grant(project: Path) -> None:
    """The running example: in May 2008 the donor gives 963.00 more, and a month more."""
    changes = {
        "grant.yaml": (
            "  amount: 10432.50\n",
            "  amount: 10432.50\n  end: 2008-06-30\n  amendments:\n    - {number: 1, signed: 2008-05-10, "
            "reason: a third seminar, amount: 11395.50, end: 2008-07-31}\n",
        ),
        "project.yaml": ("end: 2008-06-30\n", "end: 2008-07-31\n"),
        "budget.yaml": ("quantity: 2\n", "quantity: 3\n"),
    }
    for name, (old, new) in changes.items():
        text = (project / name).read_text("utf-8")
        assert text.count(old) == 1
        (project / name).write_text(text.replace(old, new).replace("total: 13910.00", "total: 15194.00"), "utf-8")
    sign_budget(project, "1")


def read_report(project: Path, report: str) -> dict[str, object]:
    outcome = build_report(project, report, Options(page_numbers=False))
    assert outcome.failure is None, outcome.findings
    words = {x.name: read_word(x.read_bytes()) for x in outcome.files if x.suffix == ".docx"}
    return {**words, "figures": json.loads((project / "out" / report / "figures.json").read_text("utf-8"))["figures"]}


def test_an_amendment_changes_grant_and_end_from_its_day_on_and_no_report_before(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    project = lay_running(tmp_path / "projects" / "sample")
    before = read_report(project, INTERIM)
    change_grant(project)
    assert read_report(project, INTERIM) == before
    loaded = load_project(project)
    assert [x.code for x in loaded.findings] == []
    returned = load_records(loaded, datetime.date(2009, 1, 1)).returned
    assert returned is not None
    payment = returned.accounts[FINAL].next_payment
    assert payment.final is not None
    assert str(payment.final.grant) == "11395.50"
    assert str(returned.accounts[INTERIM].next_payment.planned) == "4173.00"
    days = ("2008-05-09", "2008-05-10")
    statuses = [find_status(project, datetime.date.fromisoformat(day)) for day in days]
    assert [str(x.grant) for x in statuses if isinstance(x, ProjectStatus)] == ["10432.50", "11395.50"]
    over = find_status(project, datetime.date(2008, 7, 31))
    assert isinstance(over, ProjectStatus)
    assert over.state == "running"


def test_a_difference_of_cents_is_explained(project: Path) -> None:
    usable = load_project(project).usable
    assert usable is not None
    more = usable.totals.grant + Decimal("1.06")
    add_contract(project, str(more), AMENDMENT)
    with pytest.raises(UnusableError) as error:
        sign_budget(project, "1")
    (finding,) = error.value.findings
    assert finding.message == f"With amendment 1 the donor gives {more:,}, and the donor's part of the budget is " + (
        f"{usable.totals.grant:,}."
    )
    assert "lacks 1.06, that is about" in finding.remedy
    assert "put it right in the unit cost of a line with quantity 1" in finding.remedy
    assert f"give it `amount: {usable.totals.grant}`" in finding.remedy
    grant = project / "grant.yaml"
    changed = grant.read_text("utf-8").replace("a higher rent", f"a higher rent, amount: {usable.totals.grant}")
    grant.write_text(changed, "utf-8")
    assert sign_budget(project, "1").file.name == "amendment-1.yaml"


@pytest.mark.parametrize(
    ("contract", "amendment", "plan", "said"),
    [
        ("2008-06-30", None, "2008-06-30", []),
        (None, None, "2008-07-31", []),
        ("2008-06-30", None, "2008-07-31", ["ends on 2008-06-30"]),
        ("2008-06-30", "2008-07-31", "2008-06-30", ["ends on 2008-07-31"]),
        ("2008-06-30", "2008-07-31", "2008-07-31", []),
        (None, "2008-07-31", "2008-07-31", ["nothing says which day it was before"]),
    ],
)
def test_the_last_day_is_the_one_that_was_agreed(
    contract: str | None, amendment: str | None, plan: str, said: list[str]
) -> None:
    base, day = load_base(), datetime.date.fromisoformat
    assert base.grant.contract is not None
    change = Amendment(number="1", signed=day("2008-05-10"), reason=Text({"": "x"}), end=amendment and day(amendment))
    agreed = {"end": contract and day(contract), "amendments": (change,) if amendment else ()}
    grant = base.grant.model_copy(update={"contract": base.grant.contract.model_copy(update=agreed)})
    project = replace(base, grant=grant, sheet=base.sheet.model_copy(update={"end": day(plan)}))
    findings = check_rules(project, add_up(project), load_donor(), load_common(), {})
    told = [finding.message for finding in findings if finding.code == "R38"]
    assert [part in message for part, message in zip(said, told, strict=True)] == [True] * len(said)
