"""`grants verify` of workbooks that people fill in: what is untouched, what was filled in, what nobody knows."""

from __future__ import annotations

import datetime
import io
import json
import shutil
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from grants.cli import main
from grants.services.verify import verify_file

EXAMPLES = Path(__file__).parents[1] / "examples"
PERIOD = "2008-Q1"


@pytest.fixture
def form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A form that `grants form` has just made."""
    for layer in ("base", "running"):
        shutil.copytree(EXAMPLES / layer, tmp_path / "projects" / "sample", dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    assert run("form", "sample", "--period", PERIOD).exit_code == 0
    return tmp_path / "projects" / "sample" / "out" / f"period-form.{PERIOD}.el.xlsx"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def fill_in(file: Path, target: Path) -> Path:
    """As Excel does it: opened, a cell written, saved."""
    book = openpyxl.load_workbook(io.BytesIO(file.read_bytes()))
    book.worksheets[1]["B30"] = "typed"
    book.save(target)
    return target


def test_a_form_just_made_is_on_record(form: Path) -> None:
    origin = verify_file(form, Path.cwd())
    assert (origin.unchanged, origin.form and origin.form.period) == (True, PERIOD)
    result = run("verify", str(form))
    assert result.exit_code == 0
    made = datetime.date.today().isoformat()
    assert f"is the form of {PERIOD} that was made on {made}; it is unchanged." in result.output


def test_a_form_that_was_filled_in_is_known_wherever_it_lies(form: Path, tmp_path: Path) -> None:
    returned = fill_in(form, tmp_path / "from finance.xlsx")
    result = run("verify", str(returned))
    assert result.exit_code == 1
    assert f"is the form of {PERIOD} that was made on" in result.output
    assert "filled in or saved anew since" in result.output
    assert "✗" not in result.output


def test_a_form_made_elsewhere_is_known_too(form: Path, tmp_path: Path) -> None:
    assert run("form", "sample", "--period", PERIOD, "--lang", "sr", "--out", str(tmp_path / "desk")).exit_code == 0
    origin = verify_file(tmp_path / "desk" / f"period-form.{PERIOD}.sr.xlsx", Path.cwd())
    assert origin.form is not None
    assert (origin.unchanged, origin.form.language) == (True, "sr")


def test_forms_of_other_content_are_told_apart(form: Path, tmp_path: Path) -> None:
    earlier = fill_in(form, tmp_path / "earlier.xlsx")
    costs = tmp_path / "projects" / "sample" / "periods" / PERIOD / "expenditures.csv"
    lines = costs.read_text("utf-8").splitlines()
    costs.write_text("\n".join(lines[:-1]) + "\n", "utf-8")
    assert run("form", "sample", "--period", PERIOD).exit_code == 0
    record = json.loads((form.parent / "forms.json").read_text("utf-8"))
    assert len({entry["stamp"] for entry in record}) == 2
    known = verify_file(earlier, Path.cwd()).form
    assert known is not None
    assert known.sha256 == record[0]["sha256"]


def test_the_same_form_made_again_is_recorded_once(form: Path) -> None:
    before = (form.parent / "forms.json").read_bytes()
    assert run("form", "sample", "--period", PERIOD).exit_code == 0
    assert (form.parent / "forms.json").read_bytes() == before


@pytest.mark.parametrize("record", [None, "", "{}", '[{"name": "x"}]', "[1]"])
def test_a_form_that_is_not_on_record_says_so_calmly(form: Path, tmp_path: Path, record: str | None) -> None:
    returned = fill_in(form, tmp_path / "returned.xlsx")
    file = form.parent / "forms.json"
    file.unlink() if record is None else file.write_text(record, "utf-8")
    result = run("verify", str(returned))
    assert result.exit_code == 1
    assert f"says that it is the form of {PERIOD} of" in result.output
    assert "the form that left is not on record here" in result.output


def test_a_budget_that_was_filled_in_is_no_forgery(form: Path, tmp_path: Path) -> None:
    assert run("build", "sample", "--only", "budget", "--no-page-numbers").exit_code == 0
    budget = form.parent / "budget.el.xlsx"
    assert verify_file(budget, Path.cwd()).unchanged
    result = run("verify", str(fill_in(budget, tmp_path / "budget.xlsx")))
    assert result.exit_code == 1
    assert "says that it is the budget of" in result.output
    assert "✗" not in result.output
