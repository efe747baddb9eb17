"""The signed budget is kept byte for byte, once, and only where it is the one of the contract."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from grants.cli.main import main
from grants.errors import UnusableError, UsageError
from grants.services.load import load_project
from grants.services.sign import sign_budget

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
