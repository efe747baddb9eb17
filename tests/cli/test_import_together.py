"""Several files of one command: what one brings the next is compared with, and what they say otherwise is asked."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from grants.cli.main import main
from grants.errors import GrantsError
from grants.services.returns import accept
from grants.services.returns.journal import ACCEPTED
from grants.writers.lock import hold_lock
from tests.returned import Workspace, make_workspace

COSTS = "periods/2008-Q2/expenditures.csv"
COST: dict[str, object] = {
    "voucher": "V8",
    "date": datetime.date(2008, 5, 2),
    "payee": "A shop",
    "description": "Paper",
    "line": "2.1",
    "partner": "SAM",
    "amount": 12,
    "currency": "EUR",
    "date_paid": datetime.date(2008, 5, 2),
    "document": "F9",
}


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.chdir(tmp_path)
    return make_workspace(tmp_path)


def save_copies(workspace: Workspace, *amounts: object) -> list[str]:
    """Copies of one form, each with the same new cost of another amount."""
    form = workspace.write("period")
    rows = [{**COST, "amount": amount} for amount in amounts]
    cells = [{("expenditures", "spare::1", key): value for key, value in row.items()} for row in rows]
    return [workspace.save(form.typed(x), f"{at}.xlsx").name for at, x in enumerate(cells)]


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["import", *words])


def test_a_cost_of_two_copies_is_new_in_the_first_only(workspace: Workspace) -> None:
    files = save_copies(workspace, 12, 12)
    result = run(*files)
    assert result.output.count("row added") == 1, result.output
    assert run(*files, "--accept").exit_code == 0
    assert workspace.read(COSTS).count("A shop") == 1


def test_what_two_copies_say_otherwise_is_seen_before_anything_is_written(workspace: Workspace) -> None:
    before = workspace.read(COSTS)
    result = run(*save_copies(workspace, 12, 13))
    assert result.exit_code == 1
    assert "conflict" in result.output.partition("1.xlsx:")[2], result.output
    assert workspace.read(COSTS) == before
    assert str(workspace.folder) not in result.output


@pytest.mark.parametrize("side", ["--accept-theirs", "--accept-ours"])
def test_no_side_settles_what_two_copies_say_otherwise(workspace: Workspace, side: str) -> None:
    before = read_records(workspace)
    result = run(*save_copies(workspace, 12, 13), side)
    assert result.exit_code == 1, result.output
    assert "A file before it in this command says otherwise: Costs!H" in result.output
    assert "Nothing of 0.xlsx was written either" in result.output
    assert "✓" not in result.output
    assert read_records(workspace) == before


@pytest.mark.parametrize(("answer", "amount"), [("t", "13.00"), ("o", "12.00")])
def test_what_two_copies_say_otherwise_is_decided_at_a_terminal_and_both_are_written(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, answer: str, amount: str
) -> None:
    monkeypatch.setattr("grants.cli.import_.is_terminal", lambda: True)
    files = save_copies(workspace, 12, 13)
    result = CliRunner().invoke(main, ["import", *files, "--accept-theirs"], input=f"{answer}\n")
    assert result.exit_code == 0, result.output
    assert workspace.read(COSTS).count("A shop") == workspace.read(COSTS).count(f"A shop,Paper,2.1,SAM,,{amount}") == 1
    journal = workspace.read(f"periods/2008-Q2/{ACCEPTED}").splitlines()
    assert [json.loads(x)["file"] for x in journal] == (files if answer == "t" else files[:1])


def test_a_side_settles_what_the_project_says_otherwise(workspace: Workspace) -> None:
    form = workspace.write("period")
    one = workspace.save(form.typed({("expenditures", "SAM/V7", "amount"): 960}), "one.xlsx")
    other = workspace.save(form.typed({("expenditures", "SAM/V6", "amount"): 810}), "other.xlsx")
    workspace.replace(COSTS, "800.00,EUR,2008-06-30", "805.00,EUR,2008-06-30")
    result = run(one.name, other.name, "--accept-theirs")
    assert result.exit_code == 0, result.output
    assert "960.00" in workspace.read(COSTS)
    assert "810.00" in workspace.read(COSTS)


def read_records(workspace: Workspace) -> dict[Path, bytes]:
    return {x: x.read_bytes() for x in (workspace.folder / "periods").rglob("*") if x.is_file()}


def test_while_another_process_imports_nothing_is_written(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, (file,) = read_records(workspace), save_copies(workspace, 12)
    monkeypatch.setattr(accept, "WAIT", 0)
    (workspace.folder / "out").mkdir(exist_ok=True)
    with hold_lock(workspace.folder / "out" / accept.LOCK, GrantsError("", "")):
        result = run(file, "--accept")
    assert (result.exit_code, "Another process is importing into sample; nothing was written." in result.output) == (
        1,
        True,
    ), result.output
    assert read_records(workspace) == before
    assert run(file, "--accept").exit_code == 0


@pytest.mark.parametrize("at", ["before the check", "while it checks"])
def test_what_somebody_else_wrote_since_it_was_read_stands(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    (file,), check, alone = save_copies(workspace, 12), accept._check, accept._alone
    theirs = workspace.read(COSTS).replace("V7", "V70")

    def write_meanwhile(*_: object) -> None:
        (workspace.folder / COSTS).write_text(theirs, "utf-8")

    if at == "while it checks":
        monkeypatch.setattr(accept, "_check", lambda *words: (check(*words), write_meanwhile())[0])
    else:
        monkeypatch.setattr(accept, "_alone", lambda folder: (write_meanwhile(), alone(folder))[1])
    result = run(file, "--accept")
    said = " ".join(result.output.split())
    assert (result.exit_code, "sample was changed while this file was reviewed; nothing was written" in said) == (
        1,
        True,
    ), result.output
    assert workspace.read(COSTS) == theirs
    assert not (workspace.folder / "periods" / "2008-Q2" / ACCEPTED).exists()
