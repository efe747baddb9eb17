"""`grants form`: where the form is written, and what is said when it cannot be."""

from __future__ import annotations

import json
import shutil
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from grants.cli import main
from grants.ledger.balances import Books
from grants.ledger.figures import list_book_figures
from grants.readers.stamp import read_stamp

EXAMPLES = Path(__file__).parents[1] / "examples"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    """A function: arguments -> the result of `grants form sample ...` in a workspace with the running project."""
    for layer in ("base", "running"):
        shutil.copytree(EXAMPLES / layer, tmp_path / "projects" / "sample", dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(main, ["form", "sample", *arguments])


def test_the_form_stands_in_the_projects_out_folder(run: object, tmp_path: Path) -> None:
    result: Result = run("--period", "2008-Q1", "--lang", "sr")  # type: ignore[operator]
    assert result.exit_code == 0, result.output
    file = tmp_path / "projects" / "sample" / "out" / "period-form.2008-Q1.sr.xlsx"
    assert result.output.strip() == str(file.relative_to(tmp_path))
    stamp = read_stamp(file.read_bytes())
    assert (stamp["form"], stamp["period"], stamp["language"]) == ("period", "2008-Q1", "sr")
    assert len(stamp["definition"]) == 64


def test_the_same_input_gives_the_same_bytes(run: object, tmp_path: Path) -> None:
    for folder in ("a", "b"):
        assert run("--period", "2008-Q1", "--out", folder).exit_code == 0  # type: ignore[operator]
    first, second = (tmp_path / folder / "period-form.2008-Q1.el.xlsx" for folder in ("a", "b"))
    assert first.read_bytes() == second.read_bytes()


def test_an_unknown_period_is_told_with_those_there_are(run: object) -> None:
    result: Result = run("--period", "2008-Q3")  # type: ignore[operator]
    assert result.exit_code == 2
    assert "Its periods: 2008-Q1, 2008-Q2." in result.output


def test_a_language_that_no_form_speaks_is_told(run: object) -> None:
    result: Result = run("--period", "2008-Q1", "--lang", "fr")  # type: ignore[operator]
    assert result.exit_code == 2
    assert "el, en, sr" in result.output


def test_records_with_errors_give_no_form(run: object, tmp_path: Path) -> None:
    file = tmp_path / "projects" / "sample" / "periods" / "2008-Q1" / "expenditures.csv"
    file.write_text(file.read_text("utf-8").replace("800.00", "eight hundred"), "utf-8")
    result: Result = run("--period", "2008-Q1")  # type: ignore[operator]
    assert result.exit_code == 1
    assert "expenditures.csv" in result.output
    assert not (tmp_path / "projects" / "sample" / "out").exists()


def test_a_figure_that_is_not_the_ledgers_leaves_no_form(
    run: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def with_a_cent_more(books: Books) -> dict[str, Decimal]:
        return {name: amount + Decimal("0.01") for name, amount in list_book_figures(books).items()}

    monkeypatch.setattr("grants.services.form.list_book_figures", with_a_cent_more)
    result: Result = run("--period", "2008-Q2")  # type: ignore[operator]
    assert result.exit_code == 1
    assert "line:1.2:current" in result.output
    assert not (tmp_path / "projects" / "sample" / "out").exists()


def test_a_form_that_was_filled_in_where_it_lies_is_put_aside_and_can_be_imported(run: object, tmp_path: Path) -> None:
    assert run("--period", "2008-Q1").exit_code == 0  # type: ignore[operator]
    file = tmp_path / "projects/sample/out/period-form.2008-Q1.el.xlsx"
    made = file.read_bytes()
    result: Result = run("--period", "2008-Q1")  # type: ignore[operator]
    assert "OUT-010" not in result.output  # one that nobody touched is just replaced
    for number, name in enumerate(("", "-2")):
        book = openpyxl.load_workbook(file)
        book.worksheets[1]["B30"] = f"typed {number}"
        book.save(file)
        typed = file.read_bytes()
        result = run("--period", "2008-Q1")  # type: ignore[operator]
        assert result.exit_code == 0
        aside = file.parent / f"changed/{file.stem}{name}.xlsx"
        assert f"out/changed/{aside.name}" in " ".join(result.output.split())
        assert "`grants import` takes over what was typed" in " ".join(result.output.split())
        assert (aside.read_bytes(), file.read_bytes()) == (typed, made)
    imported = CliRunner().invoke(main, ["import", str(aside)])
    assert "typed 1" in imported.output


def test_where_the_form_cannot_be_written_nothing_is_put_aside(run: object, tmp_path: Path) -> None:
    assert run("--period", "2008-Q1").exit_code == 0  # type: ignore[operator]
    file = tmp_path / "projects/sample/out/period-form.2008-Q1.el.xlsx"
    file.write_bytes(file.read_bytes() + b" ")
    (file.parent / "~$forms.json").write_bytes(b"")
    assert run("--period", "2008-Q1").exit_code == 1  # type: ignore[operator]
    assert not (file.parent / "changed").exists()
    assert file.read_bytes().endswith(b" ")


def test_a_record_of_forms_with_a_list_for_a_hash_is_none(run: object, tmp_path: Path) -> None:
    assert run("--period", "2008-Q1").exit_code == 0  # type: ignore[operator]
    record = tmp_path / "projects/sample/out/forms.json"
    (form,) = json.loads(record.read_text("utf-8"))
    record.write_text(json.dumps([form | {"sha256": ["x"]}]), "utf-8")
    assert run("--period", "2008-Q1").exit_code == 0  # type: ignore[operator]
    assert json.loads(record.read_text("utf-8")) == [form]
