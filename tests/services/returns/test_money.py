"""Interest, money given back, the exchange difference and refused costs come back from the form; so do older forms."""

from __future__ import annotations

import datetime
import io
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from grants.model.records import Finance
from grants.model.scalars import Text
from grants.services.returns.importing import decide_review
from grants.services.returns.making import read_grounds
from tests.returned import PERIOD, Workspace, changes_of, make_workspace, review_of, save
from tests.services.returns.test_taking import take, type_and_take

FINANCE = f"periods/{PERIOD}/finance.yaml"
OLDER = Path(__file__).parent / "older" / "period-form.version-1.el.xlsx"
VERSION_3 = OLDER.with_name("period-form.version-3.en.xlsx")
REFUSED = """ineligible:
  - {partner: SAM, voucher: V4, line: 1.1, amount: 50.00, reason: {en: A meal}}
  - {partner: SAM, voucher: V3, period: 2008-Q1, line: 1.1, reason: {en: Not a post of the budget}}
"""
DAY = datetime.date(2008, 6, 30)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return make_workspace(tmp_path)


def finance_of(workspace: Workspace) -> Finance:
    return read_grounds(workspace.folder).records.periods[PERIOD].finance


@pytest.mark.parametrize("language", ["el", "en", "sr"])
def test_everything_that_the_reconciliation_needs_comes_back(workspace: Workspace, language: str) -> None:
    cells: dict[tuple[str, str, str], object] = {
        ("interest", "spare::1", "date"): DAY,
        ("interest", "spare::1", "amount"): "12,40",
        ("interest", "spare::1", "reference"): "S 9",
        ("returned", "spare::1", "date"): DAY,
        ("returned", "spare::1", "amount"): 100,
        ("returned", "spare::1", "reference"): "S 10",
        ("returned", "spare::1", "reason"): "Left over",
        ("exchange_difference", "EUR", "amount"): -61.48,
        ("exchange_difference", "EUR", "reason"): "Rates of the bank",
        ("ineligible", "spare::1", "partner"): "SAM",
        ("ineligible", "spare::1", "voucher"): "V4",
        ("ineligible", "spare::1", "reason"): "A meal",
    }
    type_and_take(workspace.write("period", language), FINANCE, cells)
    finance = finance_of(workspace)
    (interest,), (returned,), (refused,) = finance.interest, finance.returned, finance.ineligible
    assert (interest.date, interest.amount, interest.reference) == (DAY, Decimal("12.40"), "S 9")
    assert (returned.date, returned.amount, returned.reason) == (DAY, Decimal(100), Text({language: "Left over"}))
    assert (refused.partner, refused.voucher, refused.reason) == ("SAM", "V4", Text({language: "A meal"}))
    difference = finance.exchange_difference
    assert difference
    assert (difference.amount, difference.reason) == (Decimal("-61.48"), Text({language: "Rates of the bank"}))
    again = workspace.review(workspace.write("period", language).data)
    assert review_of(again).changes == ()


def write_difference(workspace: Workspace) -> None:
    text = workspace.read(FINANCE)
    more = "exchange_difference:\n  amount: -3.00\n  reason: {el: Ισοτιμίες, en: Rates}\n"
    (workspace.folder / FINANCE).write_text(text + more, "utf-8")


def test_a_difference_that_changes_keeps_the_reason_in_other_languages(workspace: Workspace) -> None:
    write_difference(workspace)
    form = workspace.write("period", "el")
    lines = type_and_take(form, FINANCE, {("exchange_difference", "EUR", "amount"): -4})
    assert lines == ["-   amount: -3.00", "+   amount: -4.00"]
    form = workspace.write("period", "el")
    type_and_take(form, FINANCE, {("exchange_difference", "EUR", "reason"): "Τράπεζα"})
    difference = finance_of(workspace).exchange_difference
    assert difference
    assert difference.reason == Text({"el": "Τράπεζα", "en": "Rates"})


def test_a_difference_that_was_taken_out_leaves_nothing(workspace: Workspace) -> None:
    write_difference(workspace)
    form = workspace.write("period", "en")
    cells = {("exchange_difference", "EUR", key): None for key in ("amount", "reason")}
    type_and_take(form, FINANCE, cells)
    assert "exchange_difference" not in workspace.read(FINANCE)


def test_a_difference_that_changed_on_both_sides_is_decided(workspace: Workspace) -> None:
    write_difference(workspace)
    data = workspace.write("period", "en").typed({("exchange_difference", "EUR", "amount"): -5})
    workspace.replace(FINANCE, "amount: -3.00", "amount: -9.00")
    (change,) = changes_of(workspace.review(data))
    assert (change.verdict, change.base, change.ours, change.theirs) == ("conflict", "-3", "-9", "-5")


def test_a_difference_without_a_reason_is_a_fault(workspace: Workspace) -> None:
    form = workspace.write("period", "en")
    reviewed = workspace.review(form.typed({("exchange_difference", "EUR", "amount"): 5}))
    _, cell = form.place("exchange_difference", "EUR", "reason")
    assert [(x.code, x.place.cell) for x in reviewed.findings] == [("RET-021", f"Reconciliation!{cell}")]


def test_a_table_that_is_gone_takes_no_other_ones_header(workspace: Workspace) -> None:
    form = workspace.write("period", "en")
    book, table = form.open(), form.stamp.tables["own_contributions"]
    sheet = book[table.sheet]
    sheet.unmerge_cells(start_row=table.header - 1, end_row=table.header - 1, start_column=1, end_column=6)
    sheet.delete_rows(table.header - 1, table.last - table.header + 2)
    reviewed = workspace.review(save(book))
    assert changes_of(reviewed) == []
    assert [(x.kind, x.text) for x in review_of(reviewed).blocked] == [("table gone", "own_contributions")]


def _list_old_changes(workspace: Workspace, data: bytes) -> list[tuple[str, str, str, str]]:
    reviewed = workspace.review(data, PERIOD)
    return [(x.table, x.kind, x.verdict, x.texts.get("voucher", "") or x.theirs) for x in changes_of(reviewed)]


def test_a_form_of_the_first_version_is_still_read(workspace: Workspace) -> None:
    reviewed = workspace.review(OLDER.read_bytes())
    review = review_of(reviewed)
    assert review.recognised.form.version == 1
    assert _list_old_changes(workspace, OLDER.read_bytes()) == [
        ("expenditures", "row added", "take", "V90"),
        ("transfers", "row added", "take", ""),
        ("balances", "cell", "take", "100.25"),
    ]
    assert review.notes == ()
    assert [x for x in reviewed.findings if x.severity == "error"] == []
    write_difference(workspace)
    take(review_of(workspace.review(OLDER.read_bytes())))
    finance = finance_of(workspace)
    assert finance.exchange_difference  # what the older form does not ask for, stands
    assert (finance.balances[0].amount, len(finance.transfers)) == (Decimal("100.25"), 1)


def test_a_form_of_the_first_version_is_read_without_its_stamp(workspace: Workspace) -> None:
    book = openpyxl.load_workbook(io.BytesIO(OLDER.read_bytes()))
    del book["_grants"]
    reviewed = workspace.review(save(book))
    review = review_of(reviewed)
    assert (review.stamped, review.blocked) == (False, [])
    assert {x.table for x in changes_of(reviewed)} == {"expenditures", "transfers", "balances"}
    assert decide_review(review, "theirs", None).open == ()


def refuse(workspace: Workspace) -> None:
    """A part of one cost, and one line of another that an earlier period has."""
    (workspace.folder / FINANCE).write_text(workspace.read(FINANCE) + REFUSED, "utf-8")


def list_refused(workspace: Workspace) -> list[tuple[str, str | None, str | None, Decimal | None, str]]:
    found = finance_of(workspace).ineligible
    return [(x.voucher, x.period, x.line, x.amount, x.reason.in_language("en")) for x in found]


def test_a_form_that_does_not_ask_for_parts_leaves_them_as_they_are(workspace: Workspace) -> None:
    """In version 3 a refusal has a voucher and a reason: a new one is of the whole voucher, as it was then."""
    refuse(workspace)
    review = review_of(workspace.review(VERSION_3.read_bytes()))
    assert (review.recognised.form.version, review.notes, review.blocked) == (3, (), [])
    take(review)
    assert list_refused(workspace) == [
        ("V4", None, "1.1", Decimal(50), "A meal of guests"),
        ("V3", "2008-Q1", "1.1", None, "Not a post of the budget"),
        ("V7", None, None, None, "No boarding passes"),
    ]


def test_a_part_that_is_refused_stays_a_part(workspace: Workspace) -> None:
    refuse(workspace)
    form = workspace.write("period", "en")
    assert changes_of(workspace.review(form.data)) == []
    cells: dict[tuple[str, str, str], object] = {
        ("ineligible", "1", "amount"): 60,
        ("ineligible", "spare::1", "partner"): "SAM",
        ("ineligible", "spare::1", "voucher"): "V3",
        ("ineligible", "spare::1", "period"): "2008-Q1",
        ("ineligible", "spare::1", "line"): "2.1",
        ("ineligible", "spare::1", "amount"): "12,50",
        ("ineligible", "spare::1", "reason"): "Not in the contract",
    }
    workspace.replace(
        "periods/2008-Q1/expenditures.csv",
        "V3,2008-03-31",
        "V3,2008-03-31,Shop,Tape,2.1,SAM,,20.00,EUR,2008-03-31,F9,\nV3,2008-03-31",
    )
    type_and_take(form, FINANCE, cells)
    assert list_refused(workspace) == [
        ("V4", None, "1.1", Decimal(60), "A meal"),
        ("V3", "2008-Q1", "1.1", None, "Not a post of the budget"),
        ("V3", "2008-Q1", "2.1", Decimal("12.50"), "Not in the contract"),
    ]
    assert changes_of(workspace.review(workspace.write("period", "sr").data)) == []


def test_an_amount_that_both_sides_changed_is_decided(workspace: Workspace) -> None:
    refuse(workspace)
    form = workspace.write("period", "en")
    workspace.replace(FINANCE, "amount: 50.00", "amount: 40.00")
    (change,) = changes_of(workspace.review(form.typed({("ineligible", "1", "amount"): 60})))
    assert (change.verdict, change.base, change.ours, change.theirs) == ("conflict", "50", "40", "60")


def test_a_version_that_nobody_knows_is_refused(workspace: Workspace) -> None:
    book = openpyxl.load_workbook(io.BytesIO(OLDER.read_bytes()))
    sheet = book["_grants"]
    cell = next(row[2] for row in sheet.iter_rows(max_col=3) if row[1].value == "form_version")
    cell.value = book.custom_doc_props["grants form_version"].value = "9"
    assert [x.code for x in workspace.review(save(book)).findings] == ["RET-003"]
