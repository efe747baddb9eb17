"""An export of an accounting program becomes costs of a period; the same cost is the same row."""

from __future__ import annotations

import datetime
from pathlib import Path

import openpyxl
import pytest

from grants.errors import UsageError
from grants.services.returns.importing import accept, decide_review, review_file
from tests.returned import Workspace, brief, changes_of, make_workspace, review_of, save

MAP = """\
exports:
  - name: ledger
    kind: csv
    encoding: windows-1253
    delimiter: ";"
    numbers: comma
    dates: d/m/y
    columns: {voucher: Παρ/κό, date: Ημ/νία, payee: Επωνυμία, description: Αιτιολογία,
              account: Λογαριασμός, amount: Ποσό}
    fixed: {partner: SAM, currency: EUR}
    lines: {"64.*": "2.1", "60.00": "1.1"}
"""
HEADER = "Παρ/κό;Ημ/νία;Επωνυμία;Αιτιολογία;Λογαριασμός;Ποσό\n"
ROWS = (
    "V6;30/06/2008;Payroll;Co-ordinator in June;60.00;800,00\n"
    "V7;12/05/2008;Airline;Four flights;64.01;1.950,00\n"
    "V9;13/05/2008;ΟΣΕ;Εισιτήρια;64.02;45,60\n"
)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = make_workspace(tmp_path)
    (made.folder / "import.yaml").write_text(MAP, "utf-8")
    return made


def write(workspace: Workspace, text: str) -> Path:
    file = workspace.root / "ledger.csv"
    file.write_bytes(text.encode("cp1253"))
    return file


def test_rows_are_the_same_others_or_new(workspace: Workspace) -> None:
    file = write(workspace, HEADER + ROWS)
    reviewed = review_file(file, [workspace.folder], "2008-Q2", None)
    assert [brief(x) for x in changes_of(reviewed)] == [
        ("cell", "conflict", "SAM/V7", "amount", "1950"),
        ("row added", "take", "new:2", "", ""),
    ]
    review = review_of(reviewed)
    decided = decide_review(review, "theirs", None)
    accept(review, decided, "Anna", datetime.datetime(2008, 7, 1))
    table = workspace.read("periods/2008-Q2/expenditures.csv")
    assert "V7,2008-05-12,Airline,Four flights,2.1,SAM,,1950.00,EUR,2008-05-12,F1,\n" in table
    assert table.endswith("V9,2008-05-13,ΟΣΕ,Εισιτήρια,2.1,SAM,,45.60,EUR,,,\n")
    assert '"form": "period"' in workspace.read("periods/2008-Q2/accepted.jsonl")
    assert changes_of(review_file(file, [workspace.folder], "2008-Q2", None)) == []


def test_two_parts_of_a_voucher_are_two_rows(workspace: Workspace) -> None:
    row = "V9;13/05/2008;ΟΣΕ;Εισιτήρια;64.02;45,60\n"
    reviewed = review_file(write(workspace, HEADER + row + row), [workspace.folder], "2008-Q2", None)
    assert [x.kind for x in changes_of(reviewed)] == ["row added", "row added"]


def test_a_fault_stops_and_is_found_at_its_line(workspace: Workspace) -> None:
    file = write(workspace, HEADER + "V9;13/05/2008;ΟΣΕ;Εισιτήρια;99.99;45,60\n")
    reviewed = review_file(file, [workspace.folder], "2008-Q2", None)
    assert reviewed.review is None
    assert [(x.code, x.place.line) for x in reviewed.findings] == [("EXP-007", 2)]


def test_a_cost_of_another_period_is_told_at_its_line(workspace: Workspace) -> None:
    row = "V9;13/07/2008;ΟΣΕ;Εισιτήρια;64.02;45,60\n"
    reviewed = review_file(
        write(workspace, HEADER + ROWS.splitlines(keepends=True)[0] + row), [workspace.folder], "2008-Q2", None
    )
    assert ("R07-PERIOD", "ledger.csv", 3) in {(x.code, x.place.file, x.place.line) for x in reviewed.findings}


def test_the_period_of_an_export_is_never_guessed(workspace: Workspace) -> None:
    with pytest.raises(UsageError, match="export of an accounting"):
        review_file(write(workspace, HEADER + ROWS), [workspace.folder], None, None)


def test_a_workbook_of_an_accounting_program_is_known_by_its_headers(workspace: Workspace) -> None:
    (workspace.folder / "import.yaml").write_text(MAP.replace("kind: csv", "kind: xlsx"), "utf-8")
    book = openpyxl.Workbook()
    book.active.append(HEADER.strip().split(";"))
    book.active.append(["V9", datetime.datetime(2008, 5, 13), "ΟΣΕ", "Εισιτήρια", "64.02", 45.6])
    file = workspace.save(save(book), "ledger.xlsx")
    reviewed = review_file(file, [workspace.folder], "2008-Q2", None)
    (change,) = changes_of(reviewed)
    assert (change.kind, change.verdict, change.cell) == ("row added", "take", "A2")
    assert change.texts["amount"] == "45.6"


def test_a_line_that_a_spreadsheet_made_a_number_of_is_asked_once(workspace: Workspace) -> None:
    """1.10 in a cell of numbers is 1.1: both lines are there, and nobody guesses which is meant."""
    workspace.replace("budget.yaml", "code: 1.2", "code: 1.10")
    text = MAP.replace("kind: csv", "kind: xlsx").replace("account: Λογαριασμός", "line: Λογαριασμός")
    (workspace.folder / "import.yaml").write_text(
        text.replace('    lines: {"64.*": "2.1", "60.00": "1.1"}\n', ""), "utf-8"
    )
    book = openpyxl.Workbook()
    book.active.append(HEADER.strip().split(";"))
    book.active.append(["V9", datetime.datetime(2008, 5, 13), "ΟΣΕ", "Εισιτήρια", 1.1, 45.6])
    book.active.append(["V10", datetime.datetime(2008, 5, 13), "ΟΣΕ", "Εισιτήρια", 2.1, 45.6])
    file = workspace.save(save(book), "ledger.xlsx")
    review = review_of(review_file(file, [workspace.folder], "2008-Q2", None))
    (asked,) = [x for x in review.changes if x.verdict == "ask"]
    assert (asked.cell, asked.column, asked.odd and asked.odd.readings) == ("E2", "line", ("1.1", "1.10"))
    assert [x.row for x in decide_review(review, "theirs", None).taken] == ["new:1"]
    accept(review, decide_review(review, None, lambda _: "1.10"), "Anna", datetime.datetime(2008, 7, 1))
    table = workspace.read("periods/2008-Q2/expenditures.csv")
    assert "V9,2008-05-13,ΟΣΕ,Εισιτήρια,1.10,SAM" in table
    assert "V10,2008-05-13,ΟΣΕ,Εισιτήρια,2.1,SAM" in table
    assert changes_of(review_file(file, [workspace.folder], "2008-Q2", None)) == []
