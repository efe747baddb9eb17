"""What is decided is written: one line for one figure, all files or none, with a line that says who accepted it."""

from __future__ import annotations

import datetime
import difflib
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from grants.errors import UnusableError
from grants.services.form_record import digest_stamp
from grants.services.returns.accept import Accepted
from grants.services.returns.decide import Decided, Side
from grants.services.returns.importing import accept, correct, decide_review
from grants.services.returns.journal import hash_words
from grants.services.returns.making import read_grounds
from grants.services.returns.review import Review
from tests.returned import Form, Workspace, brief, changes_of, make_workspace, review_of, save

COLUMNS = "voucher,date,payee,description,line,partner,source,amount,currency,date_paid,document,note\n"
WHEN = datetime.datetime(2008, 7, 20, 10, 30)
Cells = Mapping[tuple[str, str, str], object]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return make_workspace(tmp_path)


def take(review: Review, side: Side | None = None) -> Accepted:
    decided = decide_review(review, side, None)
    assert not decided.open
    return accept(review, decided, "Anna", WHEN)


def diff(before: str, after: str) -> list[str]:
    lines = difflib.ndiff(before.splitlines(), after.splitlines())
    return [line for line in lines if line[0] in "+-"]


def type_and_take(form: Form, name: str, cells: Cells, side: Side | None = None) -> list[str]:
    """What changes in a file when a form comes back with these cells."""
    workspace = form.workspace
    before = workspace.read(name) if (workspace.folder / name).exists() else ""
    take(review_of(workspace.review(form.typed(cells))), side)
    read_grounds(workspace.folder)
    return diff(before, workspace.read(name))


def test_a_figure_is_one_line_and_is_recorded(workspace: Workspace) -> None:
    form = workspace.write("budget", "el")
    lines = type_and_take(form, "budget.yaml", {("lines", "1.1", "unit_cost"): "1.850,50 €"})
    assert lines == ["-     unit_cost: 800.00", "+     unit_cost: 1850.50"]
    (line,) = workspace.read("accepted.jsonl").splitlines()
    digest = hashlib.sha256((workspace.root / "returned.xlsx").read_bytes()).hexdigest()
    cells = hash_words(digest, "unit_cost", "1850.5")
    assert json.loads(line) == {
        "when": "2008-07-20T10:30:00",
        "who": "Anna",
        "file": "returned.xlsx",
        "sha256": digest,
        "form": "budget",
        "changes": {"cell": 1, "refused": 0},
        "stamp": digest_stamp(form.stamp),
        "rows": [{"table": "lines", "row": "1.1", "cells": cells, "columns": ["unit_cost"]}],
    }


def test_a_file_of_windows_keeps_its_line_ends_and_its_mark(workspace: Workspace) -> None:
    file = workspace.folder / "budget.yaml"
    windows = b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n")
    file.write_bytes(windows)
    form = workspace.write("budget", "el")
    take(review_of(workspace.review(form.typed({("lines", "1.1", "unit_cost"): 850}))))
    assert file.read_bytes() == windows.replace(b"unit_cost: 800.00", b"unit_cost: 850.00")
    costs = workspace.folder / "periods/2008-Q2/expenditures.csv"
    windows = b"\xef\xbb\xbf" + costs.read_bytes().replace(b"\n", b"\r\n")
    costs.write_bytes(windows)
    form = workspace.write("period", "el")
    take(review_of(workspace.review(form.typed({("expenditures", "SAM/V7", "amount"): 960}))))
    assert costs.read_bytes() == windows.replace(b"950.00", b"960.00")


def test_only_the_language_of_the_form_is_replaced(workspace: Workspace) -> None:
    lines = type_and_take(
        workspace.write("budget", "el"), "budget.yaml", {("lines", "1.1", "description"): "Συντονίστρια"}
    )
    assert len(lines) == 2
    assert "el: Συντονίστρια, en: Co-ordinator" in lines[1]


def test_shares_of_a_line_are_written_together_and_left_out_where_they_are_the_general_ones(
    workspace: Workspace,
) -> None:
    form = workspace.write("budget")
    halves: Cells = {("lines", "1.1", "share:HA"): 0.5, ("lines", "1.1", "share:OWN"): "50%"}
    assert type_and_take(form, "budget.yaml", halves) == ["+     paid_by: {HA: 50, OWN: 50}"]
    back: Cells = {("lines", "1.1", "share:HA"): 0.75, ("lines", "1.1", "share:OWN"): 0.25}
    assert type_and_take(workspace.write("budget"), "budget.yaml", back) == ["-     paid_by: {HA: 50, OWN: 50}"]


def test_a_new_line_stands_under_its_heading(workspace: Workspace) -> None:
    form = workspace.write("budget", "en")
    spare = next(x.id for x in form.stamp.rows if x.table == "lines" and x.id.startswith("spare:2:"))
    texts = {"code": "2.7", "description": "Buses", "unit": "trip", "quantity": 3, "unit_cost": 12.5, "partner": "SAM"}
    lines = type_and_take(form, "budget.yaml", {("lines", spare, key): value for key, value in texts.items()})
    assert all(line.startswith("+") for line in lines)
    new = next(x for x in read_grounds(workspace.folder).usable.project.budget.lines if x.code == "2.7")
    assert (new.heading, str(new.unit_cost), new.paid_by) == ("2", "12.50", None)


def test_a_line_that_is_deleted_is_deleted(workspace: Workspace) -> None:
    form = workspace.write("budget")
    book = form.open()
    sheet, cell = form.place("lines", "2.1", "code")
    book[sheet].delete_rows(int(cell[1:]))
    reviewed = workspace.review(save(book))
    review = review_of(reviewed)
    assert [brief(x)[:3] for x in review.changes if x.verdict != "say"] == [("row deleted", "conflict", "2.1")]
    assert "1 cost is recorded" in next(x.message for x in reviewed.findings if x.code == "RET-038")
    before = workspace.read("budget.yaml")
    take(review, "theirs")
    lines = diff(before, workspace.read("budget.yaml"))
    assert all(line.startswith("-") for line in lines)
    assert [line.code for line in read_grounds(workspace.folder).usable.project.budget.lines] == ["1.1", "1.2", "5.1"]


def test_a_line_that_is_renamed_is_one_change_and_keeps_all_else(workspace: Workspace) -> None:
    form = workspace.write("budget", "el")
    data = form.typed({("lines", "2.1", "code"): "2.3"})
    reviewed = workspace.review(data)
    review = review_of(reviewed)
    assert [brief(x) for x in review.changes] == [("cell", "conflict", "2.1", "code", "2.3")]
    assert review.notes == ()
    assert "called 2.3" in next(x.message for x in reviewed.findings if x.code == "RET-038")
    (workspace.folder / "periods" / "2008-Q2" / "expenditures.csv").write_text(COLUMNS, "utf-8")
    review = review_of(workspace.review(data))
    assert [x.verdict for x in review.changes] == ["take"]
    before = workspace.read("budget.yaml")
    take(review)
    assert diff(before, workspace.read("budget.yaml")) == ["-   - code: 2.1", "+   - code: 2.3"]


def test_what_would_make_the_project_unusable_is_held_back(workspace: Workspace) -> None:
    """An activity that budget lines serve is deleted, and another one gets a new title."""
    form = workspace.write("activities")
    book = form.open()
    sheet, cell = form.place("plan", "A1.1.2", "title")
    book[sheet][cell] = "Three seminars"
    sheet, cell = form.place("plan", "A1.1.1", "code")
    book[sheet].delete_rows(int(cell[1:]))
    before = workspace.read("work-plan.yaml")
    reviewed = workspace.review(save(book))
    assert {x.code for x in reviewed.findings} == {"REF-001"}
    (held,) = review_of(reviewed).open
    assert (held.kind, held.verdict, held.row) == ("row deleted", "fault", "A1.1.1")
    assert len(decide_review(review_of(reviewed), "theirs", None).open) == 1
    every = Decided(review_of(reviewed).changes, (), ())
    with pytest.raises(UnusableError) as stopped:
        accept(review_of(reviewed), every, "Anna", WHEN)
    assert "REF-001" in {x.code for x in stopped.value.findings}
    assert workspace.read("work-plan.yaml") == before
    assert not (workspace.folder / "accepted.jsonl").exists()
    take(review_of(reviewed), "ours")
    assert "Three seminars" in workspace.read("work-plan.yaml")


def test_three_ways(workspace: Workspace) -> None:
    """Another field that changed here meanwhile stays; the same field is a conflict, decided either way."""
    form = workspace.write("budget")
    data = form.typed({("lines", "1.1", "unit_cost"): 900, ("lines", "2.1", "quantity"): 5})
    workspace.replace("budget.yaml", "unit_cost: 800.00", "unit_cost: 850.00")
    review = review_of(workspace.review(data))
    assert {brief(x) for x in changes_of(workspace.review(data))} == {
        ("cell", "conflict", "1.1", "unit_cost", "900"),
        ("cell", "take", "2.1", "quantity", "5"),
    }
    assert decide_review(review, None, None).open
    assert not decide_review(review, None, lambda _: "ours").open
    take(review, "ours")
    assert "unit_cost: 850.00" in workspace.read("budget.yaml")
    take(review_of(workspace.review(data)), "theirs")
    assert "unit_cost: 900.00" in workspace.read("budget.yaml")
    assert changes_of(workspace.review(data)) == []  # both say the same now
    assert len(workspace.read("accepted.jsonl").splitlines()) == 2


def test_what_can_be_read_in_two_ways_is_asked(workspace: Workspace) -> None:
    form = workspace.write("budget", "el")
    review = review_of(workspace.review(form.typed({("lines", "1.1", "unit_cost"): "1.100"})))
    (change,) = review.open
    assert (change.verdict, change.odd and change.odd.readings) == ("ask", ("1100", "1.1"))
    assert decide_review(review, "theirs", None).open
    decided = decide_review(review, None, lambda x: x.odd.readings[0] if x.odd else None)
    accept(review, decided, "Anna", WHEN)
    assert "unit_cost: 1100.00" in workspace.read("budget.yaml")


@pytest.mark.parametrize(
    ("at", "value", "code"),
    [
        (("lines", "1.1", "quantity"), "twelve", "RET-011"),
        (("lines", "1.1", "partner"), "ACME", "RET-012"),
        (("lines", "1.1", "unit_cost"), "=1/0", "RET-014"),
        (("lines", "1.1", "unit_cost"), "#REF!", "RET-013"),
        (("lines", "1.1", "total"), 13000, "RET-015"),
        (("instalments", "D1", "due"), "03/04/2008", "RET-010"),
        (("sources", "HA", "share"), "175%", "RET-011"),
    ],
)
def test_faults_stop_and_go_back_inside_the_workbook(
    workspace: Workspace, at: tuple[str, str, str], value: object, code: str
) -> None:
    form = workspace.write("budget")
    reviewed = workspace.review(form.typed({at: value}))
    assert [x.code for x in reviewed.findings] == [code]
    review = review_of(reviewed)
    assert decide_review(review, None, None).open
    assert decide_review(review, "theirs", None).open
    marked = correct(review).file
    assert marked.name == "returned.please-correct.xlsx"
    again = workspace.review(marked.read_bytes())
    assert [x.code for x in again.findings] == [code]
    assert [brief(x) for x in review_of(again).changes] == [brief(x) for x in review.changes]
    assert take(review, "ours").files == ()


def test_costs_become_plain_text_and_progress_keeps_its_file(workspace: Workspace) -> None:
    form = workspace.write("period", "el")
    cells: Cells = {
        ("expenditures", "SAM/V7", "amount"): "960,00",
        ("activity_progress", "A1.1.2", "done"): "Έγιναν τρία σεμινάρια.",
        ("indicator_actuals", "Op1.1-1", "women"): 22,
        ("received", "1", "amount"): 4173.5,
        ("forecast", "1.1", "forecast"): 2400,
        ("expenditures", "spare::1", "voucher"): 112,
        ("expenditures", "spare::1", "date"): "12/6/2008",
        ("expenditures", "spare::1", "payee"): "Καλλιρρόη, βιβλία",
        ("expenditures", "spare::1", "description"): "Χαρτί",
        ("expenditures", "spare::1", "line"): "5.1",
        ("expenditures", "spare::1", "partner"): "sam",
        ("expenditures", "spare::1", "amount"): "1 234,50",
        ("expenditures", "spare::1", "currency"): "EUR",
    }
    within = "periods/2008-Q2"
    before = {x: workspace.read(f"{within}/{x}") for x in ("expenditures.csv", "finance.yaml", "progress.yaml")}
    take(review_of(workspace.review(form.typed(cells))))
    after = {x: diff(before[x], workspace.read(f"{within}/{x}")) for x in before}
    assert after["expenditures.csv"] == [
        "- V7,2008-05-12,Airline,Four flights,2.1,SAM,,950.00,EUR,2008-05-12,F1,",
        "+ V7,2008-05-12,Airline,Four flights,2.1,SAM,,960.00,EUR,2008-05-12,F1,",
        '+ 112,2008-06-12,"Καλλιρρόη, βιβλία",Χαρτί,5.1,SAM,,1234.50,EUR,,,',
    ]
    assert after["finance.yaml"][:2] == [
        "-   - {instalment: D2, date: 2008-06-05, amount: 4173.00, reference: Statement 6}",
        "+   - {instalment: D2, date: 2008-06-05, amount: 4173.50, reference: Statement 6}",
    ]
    assert after["finance.yaml"][2:] == ["+ forecast:", '+   "1.1": 2400.00']
    assert after["progress.yaml"] == [
        "-     done: {el: Έγιναν δύο σεμινάρια., en: Two seminars were held.}",
        "+     done: {el: Έγιναν τρία σεμινάρια., en: Two seminars were held.}",
        "-   Op1.1-1: {women: 21, men: 37}",
        "+   Op1.1-1: {women: 22, men: 37}",
    ]
    assert (workspace.folder / within / "accepted.jsonl").exists()
    assert changes_of(workspace.review((workspace.root / "returned.xlsx").read_bytes())) == []


def test_a_period_without_records_gets_its_files(workspace: Workspace) -> None:
    for file in (workspace.folder / "periods/2008-Q2").iterdir():
        file.unlink()
    form = workspace.write("period", "en")
    texts = {
        "voucher": "V1",
        "date": "2008-05-05",
        "payee": "Shop",
        "description": "Pens",
        "line": "5.1",
        "partner": "SAM",
        "amount": 12,
        "currency": "EUR",
    }
    cells = {("expenditures", "spare::3", key): value for key, value in texts.items()}
    balance = {"account": "Bank", "date": "30.6.2008", "amount": -12.5, "currency": "EUR"}
    cells |= {("balances", "spare::1", key): value for key, value in balance.items()}
    cells |= {("groups_reached", "TG1", "women"): 7, ("activity_progress", "A1.1.1", "status"): "done"}
    take(review_of(workspace.review(form.typed(cells))))
    period = read_grounds(workspace.folder).records.periods["2008-Q2"]
    assert [(x.voucher, str(x.amount)) for x in period.expenditures] == [("V1", "12.00")]
    assert [(x.account, str(x.amount)) for x in period.finance.balances] == [("Bank", "-12.50")]
    assert period.progress.groups["TG1"].women == 7
    assert period.progress.activities["A1.1.1"].status == "done"


def test_a_row_that_is_copied_is_asked_and_one_that_moved_is_only_said(workspace: Workspace) -> None:
    form = workspace.write("period", "en")
    book = form.open()
    sheet, cell = form.place("expenditures", "SAM/V4", "voucher")
    costs, row = book[sheet], int(cell[1:])
    spare = next(x.row for x in form.stamp.rows if x.table == "expenditures" and x.id == "spare::1")
    values = [x.value for x in costs[row]]
    for column, value in enumerate(values[:12], 1):
        costs.cell(spare, column).value = value
    reviewed = workspace.review(save(book))
    assert [brief(x)[:2] for x in changes_of(reviewed)] == [("row duplicated", "conflict")]
    assert [x.code for x in reviewed.findings] == ["RET-016"]
    for column in range(1, 13):
        costs.cell(row, column).value = None
    changes = review_of(workspace.review(save(book))).changes
    assert [(x.kind, x.row) for x in changes] == [("row moved", "SAM/V4")]


def test_the_plan_is_changed_in_one_line(workspace: Workspace) -> None:
    form = workspace.write("activities", "en")
    lines = type_and_take(form, "work-plan.yaml", {("plan", "A1.1.1", "end"): "Apr 2008"})
    assert len(lines) == 2
    assert lines[1].endswith("end: 2008-04")
    notes = review_of(workspace.review(form.typed({("plan", "A1.1.1", "note"): "why?"}))).changes
    assert [(x.column, x.verdict, x.theirs) for x in notes] == [("note", "say", "why?")]


def find_loose(form: Form, label: str) -> tuple[str, str]:
    """Sheet and cell of an input that stands in no table."""
    for sheet in form.open().worksheets:
        for row in sheet.iter_rows():
            if label in [x.value for x in row]:
                for number in (x for x in row if isinstance(x.value, (int, float)) and not x.protection.locked):
                    return sheet.title, number.coordinate
    raise AssertionError(label)


def test_the_amount_asked_and_the_flat_rate_are_taken_too(workspace: Workspace) -> None:
    form = workspace.write("budget")
    labels = [row for table, row, _ in form.stamp.base if table == "loose"]
    assert len(labels) == 3
    grounds = read_grounds(workspace.folder)
    asked, rate = grounds.usable.project.grant.amount_requested, grounds.usable.project.budget.indirect_costs
    assert rate
    book = form.open()
    for label in labels:
        sheet, cell = find_loose(form, label)
        value = book[sheet][cell].value
        book[sheet][cell] = (
            "10.000,50" if value == float(asked) else 0.05 if value == float(rate.percent) / 100 else 0.02
        )
    changes = changes_of(workspace.review(save(book)))
    assert sorted((x.table, x.verdict, x.theirs) for x in changes) == [
        ("loose", "take", "0.02"),
        ("loose", "take", "0.05"),
        ("loose", "take", "10000.5"),
    ]
    take(review_of(workspace.review(save(book))))
    project = read_grounds(workspace.folder).usable.project
    assert str(project.grant.amount_requested) == "10000.50"
    assert project.budget.indirect_costs
    assert project.budget.indirect_costs.percent == 5
    assert project.budget.contingency
    assert project.budget.contingency.percent == 2
    assert changes_of(workspace.review(save(book))) == []


def test_a_rate_that_nobody_gave_yet_is_said(workspace: Workspace) -> None:
    (workspace.folder / "rates.csv").unlink()
    form = workspace.write("period")
    book = form.open()
    sheet, cell = form.place("rates", "RSD", "rate")
    book[sheet][cell] = 80.5
    review = review_of(workspace.review(save(book)))
    assert [(x.kind, x.text) for x in review.notes] == [("rate", "RSD 80.5")]
    sheet, cell = form.place("rates", "RSD", "start")
    book[sheet][cell] = datetime.date(2008, 4, 1)  # beside it, in a cell that nobody is asked to fill in
    review = review_of(workspace.review(save(book)))
    assert ("rate", "RSD 2008-04 80.5") in [(x.kind, x.text) for x in review.notes]


def test_finance_and_programme_staff_send_the_same_form_back_each_with_their_part(workspace: Workspace) -> None:
    form = workspace.write("period", "en")
    finance = form.typed({("expenditures", "SAM/V7", "amount"): 960, ("forecast", "1.1", "forecast"): 100})
    programme = form.typed(
        {("activity_progress", "A1.1.2", "done"): "Three seminars.", ("groups_reached", "TG1", "men"): 40}
    )
    take(review_of(workspace.review(finance)))
    review = review_of(workspace.review(programme))
    assert review.open == []
    assert review.kept == 2  # what finance staff changed; so it stands
    take(review)
    period = read_grounds(workspace.folder).records.periods["2008-Q2"]
    assert next(x.amount for x in period.expenditures if x.voucher == "V7") == 960
    assert period.finance.forecast["1.1"] == 100
    assert period.progress.groups["TG1"].men == 40
