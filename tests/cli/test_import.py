"""`grants import` at the command line: what is said, what is written, and the exit code."""

from __future__ import annotations

import datetime
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from grants.cli.main import main
from grants.services.standing import work_out_status
from grants.views.status import Note, ProjectStatus
from tests.returned import Form, Workspace, make_workspace, save


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.chdir(tmp_path)
    return make_workspace(tmp_path)


def run(form: Form, cells: dict[tuple[str, str, str], object], *options: str) -> Result:
    file = form.workspace.save(form.typed(cells) if cells else form.data)
    return CliRunner().invoke(main, ["import", file.name, *options])


EDIT: dict[tuple[str, str, str], object] = {("expenditures", "SAM/V7", "amount"): "1.960,00"}
FAULT: dict[tuple[str, str, str], object] = {("expenditures", "SAM/V7", "amount"): "1.960"}


def test_a_review_writes_nothing(workspace: Workspace) -> None:
    before = {file: file.read_bytes() for file in workspace.folder.rglob("*") if file.is_file()}
    result = run(workspace.write("period", "el"), EDIT)
    assert result.exit_code == 0, result.output
    assert "period of sample, 2008-Q2" in result.output
    assert "SAM/V7 amount: 950 → 1.960,00  (number as text, read as 1960)" in result.output
    assert "To take it over: --accept." in result.output
    assert {file: file.read_bytes() for file in workspace.folder.rglob("*") if file.is_file()} == before


def test_ours_is_not_offered_where_it_would_do_nothing(workspace: Workspace) -> None:
    result = run(workspace.write("period"), {("expenditures", "SAM/V7", "amount"): "about 200"})
    assert result.exit_code == 1
    assert "--correct" in result.output
    assert "--accept-ours" not in result.output


@pytest.mark.parametrize("typed", ["1.960", "about 200"])
def test_a_copy_that_was_just_written_is_not_advised(workspace: Workspace, typed: str) -> None:
    cells: dict[tuple[str, str, str], object] = {("expenditures", "SAM/V7", "amount"): typed}
    form = workspace.write("period", "el")
    assert "--correct" in run(form, cells).output
    for options in (("--correct",), ("--correct", "--accept")):
        output = run(form, cells, *options).output
        assert "send this copy back" in output
        assert "--correct" not in output


def test_a_form_of_another_project_than_the_named_one_says_so(workspace: Workspace) -> None:
    form = workspace.write("period")
    workspace.replace("project.yaml", "code: SAM-2008-01", "code: OTHER")
    result = run(form, {}, "--project", "sample")
    assert "not among those looked through: sample." in result.output.replace("\n      ", " ")
    assert "leave --project out" in result.output.replace("\n      ", " ")


def test_a_row_of_a_list_is_called_by_what_it_says_and_not_by_its_number(workspace: Workspace) -> None:
    result = run(workspace.write("period"), {("received", "1", "amount"): 4000})
    assert "D2, 2008-06-05 amount: 4173 → 4000" in result.output


def test_an_untouched_form_says_so(workspace: Workspace) -> None:
    result = run(workspace.write("period"), {}, "--accept")
    assert result.exit_code == 0
    assert "It brings nothing that is not here already." in result.output
    assert "Nothing to write" in result.output


def test_a_period_without_a_cost_comes_back_by_its_empty_form(workspace: Workspace) -> None:
    shutil.rmtree(workspace.folder / "periods/2008-Q2")
    form, day = workspace.write("period"), datetime.date(2008, 7, 31)
    assert "To record that it came back without a cost: --accept." in run(form, {}).output
    for written in (True, False):  # once: a second time it is no news
        awaited = [x.text for x in waiting_of(workspace, day) if x.who == "finance"]
        assert awaited == (["filled-in form of 2008-Q2"] if written else [])
        result = run(form, {}, "--accept", "--as", "Anna")
        assert result.exit_code == 0, result.output
        assert ("2008-Q2 came back without a cost: that is on record." in result.output) == written
        (line,) = workspace.read("periods/2008-Q2/accepted.jsonl").splitlines()
    assert (json.loads(line)["who"], json.loads(line)["changes"]) == ("Anna", {"refused": 0})


def waiting_of(workspace: Workspace, day: datetime.date) -> tuple[Note, ...]:
    status = work_out_status(workspace.folder, day)
    assert isinstance(status, ProjectStatus)
    return status.waiting


def test_the_lock_of_an_open_workbook_is_passed_by_with_a_word(workspace: Workspace) -> None:
    file = workspace.save(workspace.write("period").data)
    lock = file.with_name(f"~${file.name}")
    lock.write_bytes(b"user")
    result = CliRunner().invoke(main, ["import", file.name, lock.name])
    assert (result.exit_code, "returned.xlsx is open in Excel" in result.output) == (0, True), result.output
    result = CliRunner().invoke(main, ["import", lock.name])
    told = "No other file was named: there is nothing to import."
    assert (result.exit_code, told in result.output) == (2, True), result.output


def test_where_only_the_checks_find_an_error_a_marked_copy_is_offered_first(workspace: Workspace) -> None:
    unpaid: dict[tuple[str, str, str], object] = {("expenditures", "SAM/V7", "date_paid"): None}
    result = run(workspace.write("period"), unpaid)
    assert "R18" in result.output
    copy = "The checks find an error in 1 cell. To mark it in a copy that you send back: --correct."
    assert result.output.index(copy) < result.output.index("To take it over all the same: --accept.")
    assert copy not in run(workspace.write("period"), unpaid, "--correct").output


def test_all_notes_are_counted(workspace: Workspace) -> None:
    form = workspace.write("period", "el")
    book = form.open()
    book[form.place("expenditures", "SAM/V7", "amount")[0]]["P3"] = "a note"
    book[form.place("expenditures", "SAM/V7", "amount")[0]][form.place("expenditures", "SAM/V7", "amount")[1]] = (
        "960,00"
    )
    workspace.save(save(book))
    result = CliRunner().invoke(main, ["import", "returned.xlsx"])
    assert "1 to take over, 1 only said." in result.output


def test_what_is_open_gives_one_and_is_not_written(workspace: Workspace) -> None:
    form = workspace.write("period", "el")
    result = run(form, FAULT)
    assert result.exit_code == 1
    assert "RET-010" in result.output
    assert "1960 or 1.96" in result.output
    for option in ("--accept", "--accept-theirs"):
        result = run(form, FAULT, option)
        assert result.exit_code == 1
        assert "Nothing was written: 1 that can be read in two ways." in result.output
    result = run(form, FAULT, "--correct")
    assert result.exit_code == 1
    assert (workspace.root / "returned.please-correct.xlsx").exists()
    assert not (workspace.folder / "periods/2008-Q2/accepted.jsonl").exists()


def test_accepting_writes_and_says_what_the_checks_say_now(workspace: Workspace) -> None:
    result = run(workspace.write("period", "el"), EDIT, "--accept", "--as", "Anna")
    assert result.exit_code == 0, result.output
    assert "✓ projects/sample/periods/2008-Q2/expenditures.csv" in result.output
    assert "The checks now also say:" in result.output
    assert json.loads(workspace.read("periods/2008-Q2/accepted.jsonl"))["who"] == "Anna"


def test_for_machines(workspace: Workspace) -> None:
    (told,) = json.loads(run(workspace.write("period", "el"), FAULT, "--json").output)
    assert (told["form"], told["project"], told["period"], told["stamped"]) == ("period", "sample", "2008-Q2", True)
    (change,) = told["changes"]
    assert change["readings"] == ["1960", "1.96"]
    assert (change["base"], change["ours"], change["verdict"]) == ("950", "950", "ask")
    assert [x["code"] for x in told["findings"]] == ["RET-010"]


def test_what_is_no_form_gives_one(workspace: Workspace) -> None:
    (workspace.root / "x.xlsx").write_bytes(b"nothing")
    result = CliRunner().invoke(main, ["import", "x.xlsx"])
    assert result.exit_code == 1
    assert "PKG-003" in result.output


@pytest.mark.parametrize(("answer", "amount"), [("1", "1960.00"), ("2", "1.96"), ("o", "950.00")])
def test_at_a_terminal_every_open_change_is_asked(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, answer: str, amount: str
) -> None:
    file = workspace.save(workspace.write("period", "el").typed(FAULT))
    monkeypatch.setattr("grants.cli.import_.is_terminal", lambda: True)
    result = CliRunner().invoke(main, ["import", file.name, "--accept"], input=f"x\n{answer}\n")
    assert result.exit_code == 0, result.output
    assert "1 = take it as 1960" in result.output
    assert "2 = take it as 1.96" in result.output
    assert f"2.1,SAM,,{amount},EUR" in workspace.read("periods/2008-Q2/expenditures.csv")


def test_what_is_left_for_later_leaves_everything(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    file = workspace.save(workspace.write("period", "el").typed(FAULT))
    monkeypatch.setattr("grants.cli.import_.is_terminal", lambda: True)
    result = CliRunner().invoke(main, ["import", file.name, "--accept"], input="l\n")
    assert result.exit_code == 1
    assert "Nothing was written" in result.output


def test_a_cost_that_is_added_shows_its_amount_first(workspace: Workspace) -> None:
    words = {"voucher": "112", "payee": "A shop with a long name " * 3, "description": "Paper " * 20}
    words |= {"line": "5.1", "partner": "SAM", "amount": "1234.56", "currency": "EUR", "date": "2008-06-12"}
    result = run(workspace.write("period"), {("expenditures", "spare::1", x): y for x, y in words.items()})
    assert "112, 5.1, 1234.56, EUR, 2008-06-12, " in result.output, result.output


def test_a_cell_that_is_missing_is_not_to_be_accepted(workspace: Workspace) -> None:
    result = run(workspace.write("period", "el"), {("expenditures", "SAM/V7", "payee"): None})
    assert result.exit_code == 1
    assert "RET-021" in result.output
    assert "To take it over: --accept." not in result.output
    assert "1 has to be corrected first." in result.output
    assert "--correct." in result.output


def test_what_a_terminal_would_obey_is_shown(workspace: Workspace) -> None:
    result = run(workspace.write("period", "el"), {("expenditures", "SAM/V7", "payee"): "abc\u202edef\u200b"})
    assert "abc\\u202edef\\u200b" in result.output
    assert "\u202e" not in result.output
    assert "\u200b" not in result.output
