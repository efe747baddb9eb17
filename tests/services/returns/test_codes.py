"""A code that a spreadsheet has made a number of: 1.10 is 1.1 then, and nobody guesses which of two lines is meant."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from grants.services.returns.importing import decide_review
from tests.returned import Workspace, changes_of, make_workspace, review_of
from tests.services.returns.test_taking import WHEN, accept

COST = {"voucher": "V9", "date": datetime.date(2008, 6, 12), "payee": "Shop", "description": "Paper", "partner": "SAM"}


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = make_workspace(tmp_path)
    made.replace("budget.yaml", "code: 1.2", "code: 1.10")
    return made


def test_the_line_of_a_cost_is_asked(workspace: Workspace) -> None:
    cells = {**COST, "line": 1.1, "amount": 20, "currency": "EUR"}
    data = workspace.write("period").typed({("expenditures", "spare::1", key): x for key, x in cells.items()})
    review = review_of(workspace.review(data))
    (asked,) = [x for x in review.changes if x.verdict == "ask"]
    assert (asked.column, asked.odd and asked.odd.readings) == ("line", ("1.1", "1.10"))
    assert not decide_review(review, "theirs", None).taken
    accept(review, decide_review(review, None, lambda _: "1.10"), "Anna", WHEN)
    assert "Shop,Paper,1.10,SAM" in workspace.read("periods/2008-Q2/expenditures.csv")


def test_a_number_that_only_one_line_has_is_that_line(workspace: Workspace) -> None:
    cells = {**COST, "line": 2.1, "amount": 20, "currency": "EUR"}
    data = workspace.write("period").typed({("expenditures", "spare::1", key): x for key, x in cells.items()})
    (added,) = changes_of(workspace.review(data))
    assert (added.verdict, added.texts["line"]) == ("take", "2.1")


@pytest.mark.parametrize("code", ["1.1", "1.10"])
def test_a_row_whose_code_became_a_number_stays_that_row_and_is_asked(workspace: Workspace, code: str) -> None:
    data = workspace.write("budget").typed({("lines", code, "code"): 1.1, ("lines", code, "quantity"): 7})
    assert [(x.kind, x.verdict, x.row, x.column) for x in changes_of(workspace.review(data))] == [
        ("cell", "ask", code, "code"),
        ("cell", "take", code, "quantity"),
    ]


def test_the_code_of_a_new_line_is_asked(workspace: Workspace) -> None:
    cells = {"code": 2.1, "description": "Buses", "unit": "trip", "quantity": 3, "unit_cost": 12.5, "partner": "SAM"}
    form = workspace.write("budget", "en")
    spare = next(x.id for x in form.stamp.rows if x.table == "lines" and x.id.startswith("spare:2:"))
    rows = {("lines", spare, key): value for key, value in cells.items()}
    for typed, readings in ((2.1, ("2.1", "2.10")), (3.1, ("3.1", "3.10"))):
        review = review_of(workspace.review(form.typed({**rows, ("lines", spare, "code"): typed})))
        (asked,) = [x for x in review.changes if x.verdict == "ask"]
        assert (asked.column, asked.odd and asked.odd.readings) == ("code", readings)
        assert not decide_review(review, "theirs", None).taken
    accept(review, decide_review(review, None, lambda _: "3.10"), "Anna", WHEN)
    assert "code: 3.10" in workspace.read("budget.yaml")
