"""`grants import` of a long list: much of the same in a few lines, sums by line, everything where it is asked for."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from grants.cli.main import main
from tests.returned import Workspace, make_workspace

ROWS = 60


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.chdir(tmp_path)
    return make_workspace(tmp_path)


def type_costs(workspace: Workspace, amount: object = 2, lines: tuple[str, str, str] = ("2.1", "5.1", "5.1")) -> Path:
    """The form with so many costs more."""
    cells: dict[tuple[str, str, str], object] = {}
    for at in range(1, ROWS + 1):
        words = {"voucher": f"N{at}", "date": datetime.date(2008, 6, 12), "payee": "A shop", "description": "Paper"}
        words |= {
            "line": lines[at % 3],
            "partner": "SAM",
            "currency": "EUR",
            "amount": amount,
            "date_paid": words["date"],
        }
        cells |= {("expenditures", f"spare::{at}", key): value for key, value in words.items()}
    return workspace.save(workspace.write("period").typed(cells))


def run(file: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["import", file.name, *options])


def test_much_of_the_same_is_told_in_a_few_lines(workspace: Workspace) -> None:
    result = run(type_costs(workspace))
    assert result.output.count("row added") == 5, result.output
    assert "... and 55 more like these, A17 to A71 (--all lists them)" in result.output
    assert result.output.count("RET-026") == 6
    assert "And 55 more of these, down to L71." in result.output
    assert len(result.output.splitlines()) < 70


def test_everything_is_listed_where_it_is_asked_for(workspace: Workspace) -> None:
    result = run(type_costs(workspace), "--all")
    assert result.output.count("row added") == ROWS
    assert result.output.count("RET-026") == ROWS
    assert "more" not in result.output


def test_what_the_new_costs_come_to_stands_line_by_line(workspace: Workspace) -> None:
    result = run(type_costs(workspace))
    assert "New on line 2.1: 20 costs, 40.00 EUR." in result.output
    assert "New on line 5.1: 40 costs, 80.00 EUR." in result.output


def test_costs_without_a_line_are_told_as_such(workspace: Workspace) -> None:
    assert (
        "New without a line of the budget: 60 costs, 120.00 EUR."
        in run(type_costs(workspace, lines=("", "", ""))).output
    )


def test_an_amount_that_cannot_be_read_is_in_no_sum(workspace: Workspace) -> None:
    result = run(type_costs(workspace, "1.960"))
    assert "New on line 2.1: 20 costs, 0.00 EUR, 20 of them without an amount that can be read." in result.output
    assert result.output.count("RET-010") == 6


def test_what_the_checks_say_then_is_told_in_a_few_lines_too(workspace: Workspace) -> None:
    result = run(type_costs(workspace), "--accept")
    assert result.exit_code == 0, result.output
    assert workspace.read("periods/2008-Q2/expenditures.csv").count("A shop") == ROWS
    assert result.output.partition("The checks now also say:")[2].count("R31") <= 6
