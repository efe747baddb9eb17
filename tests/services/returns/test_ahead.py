"""What the checks would say of what came back is told before it is written, at the cell that it comes from."""

from __future__ import annotations

import datetime
import io
from pathlib import Path

import openpyxl
import pytest

from grants.services.returns.importing import correct, decide_review
from tests.returned import Form, Workspace, brief, changes_of, make_workspace, review_of

COST = {
    "voucher": "V2",
    "date": datetime.date(2008, 2, 29),
    "payee": "Payroll",
    "description": "Co-ordinator in February",
    "line": "1.1",
    "partner": "SAM",
    "amount": 800,
    "currency": "EUR",
    "date_paid": datetime.date(2008, 2, 29),
    "document": "Payroll 2008/02",
}
"""As it stands in the period before."""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return make_workspace(tmp_path)


def type_cost(form: Form, **other: object) -> bytes:
    return form.typed({("expenditures", "spare::1", key): value for key, value in {**COST, **other}.items()})


def test_a_voucher_that_stands_in_another_period_is_asked_before_it_is_written(workspace: Workspace) -> None:
    form = workspace.write("period")
    reviewed = workspace.review(type_cost(form))
    sheet, cell = form.place("expenditures", "spare::1", "voucher")
    (found,) = [x for x in reviewed.findings if x.code == "R29"]
    assert (found.place.cell, found.severity) == (f"{sheet}!{cell}", "error")
    assert "periods/2008-Q1/expenditures.csv" in found.message
    assert [brief(x)[:2] for x in changes_of(reviewed)] == [("row added", "conflict")]
    assert decide_review(review_of(reviewed), None, None).open


def test_a_review_needs_nothing_that_merely_lies_about_in_the_folder(workspace: Workspace) -> None:
    form = workspace.write("period")
    before = workspace.review(type_cost(form)).findings
    for name, target in (("old", workspace.folder / "nowhere"), ("round", workspace.folder.parent)):
        (workspace.folder / name).symlink_to(target)
    assert workspace.review(type_cost(form)).findings == before


def test_what_the_checks_say_is_marked_in_the_copy_and_is_gone_when_it_is_corrected(workspace: Workspace) -> None:
    form = workspace.write("period", "el")
    review = review_of(workspace.review(type_cost(form)))
    sheet, cell = form.place("expenditures", "spare::1", "voucher")
    book = openpyxl.load_workbook(correct(review).file)
    assert "ήδη καταχωρισμένο" in book[sheet][cell].comment.text
    book[sheet][cell] = "V8"
    for key in ("date", "date_paid"):
        sheet, cell = form.place("expenditures", "spare::1", key)
        book[sheet][cell] = datetime.date(2008, 5, 2)
    data = io.BytesIO()
    book.save(data)
    again = workspace.review(data.getvalue())
    assert [brief(x)[:2] for x in changes_of(again)] == [("row added", "take")]
    assert "R29" not in {x.code for x in again.findings}


def test_a_cost_that_is_dated_before_costs_count_is_asked(workspace: Workspace) -> None:
    form = workspace.write("period")
    reviewed = workspace.review(type_cost(form, voucher="V8", date=datetime.date(2007, 11, 1)))
    assert [brief(x)[:2] for x in changes_of(reviewed)] == [("row added", "conflict")]
    sheet, cell = form.place("expenditures", "spare::1", "date")
    assert ("R07-COST", f"{sheet}!{cell}") in {(x.code, x.place.cell) for x in reviewed.findings}


@pytest.mark.parametrize(
    ("kind", "at", "value", "code", "verdict"),
    [
        ("budget", ("lines", "1.1", "partner"), "NOBODY", "RET-012", "fault"),
        ("budget", ("lines", "1.1", "activities"), "A9.9.9", "REF-001", "fault"),
        ("budget", ("lines", "1.1", "share:HA"), 0.9, "BUD-001", "fault"),
        ("budget", ("lines", "1.1", "code"), "1 1", "DEF-010", "fault"),
        ("activities", ("plan", "A1.1.1", "partner"), "NOBODY", "RET-012", "fault"),
        ("activities", ("plan", "A1.1.1", "start"), datetime.date(2009, 5, 1), "G07", "conflict"),
    ],
)
def test_what_the_definition_refuses_is_told_at_the_cell_and_cannot_be_accepted(
    workspace: Workspace, kind: str, at: tuple[str, str, str], value: object, code: str, verdict: str
) -> None:
    form = workspace.write(kind)
    reviewed = workspace.review(form.typed({at: value}))
    sheet, cell = form.place(*at)
    found = {(x.code, x.place.cell, x.severity) for x in reviewed.findings}
    assert (code, f"{sheet}!{cell}", "error") in found
    assert {x.verdict for x in review_of(reviewed).open} == {verdict}, found
    assert decide_review(review_of(reviewed), None, None).open
