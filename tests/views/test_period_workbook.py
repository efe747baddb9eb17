"""The form of a period: what stands in it, what its formulas give, and what its stamp says."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from grants.forms import PERIOD
from grants.forms.stamp import from_rows, to_rows
from grants.model import Project
from grants.model.records import Expenditure, PeriodRecords, Records
from grants.readers.project import read_project
from grants.readers.records import read_records
from grants.services.form import find_period, make_view, read_form_labels
from grants.views.workbook import Cell, SheetView, WorkbookView
from grants.writers.excel import write_workbook
from tests.workbooks import STAMP, fill_in, find_differences, list_formulas, open_workbook, recalculate

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "tests" / "examples"
LABELS = read_form_labels(ROOT / "templates")


@cache
def load_running() -> tuple[Project, Records]:
    """The running project: two periods, costs in EUR and RSD."""

    with tempfile.TemporaryDirectory() as folder:
        for layer in ("base", "running"):
            shutil.copytree(EXAMPLES / layer, folder, dirs_exist_ok=True)
        project, _, faults = read_project(Path(folder))
        assert project, faults
        records, _, faults = read_records(Path(folder), project)
        assert records, faults
    return project, records


def view(code: str = "2008-Q2", language: str = "en", records: Records | None = None) -> WorkbookView:
    project, known = load_running()
    return make_view(project, records or known, find_period(project, code), LABELS, language)


def with_costs(*costs: dict[str, object]) -> Records:
    """The records, with other costs in the second period."""
    _, records = load_running()
    period = records.periods["2008-Q2"]
    plain = {"payee": "Shop", "description": "Paper", "line": "5.1", "partner": "SAM", "currency": "EUR"}
    rows = tuple(Expenditure.model_validate({**plain, **cost}) for cost in costs)
    changed = PeriodRecords(period.code, rows, period.finance, period.progress)
    return replace(records, periods={**records.periods, "2008-Q2": changed})


def sheet_of(book: WorkbookView, key: str) -> SheetView:
    name = book.form.sheets[key]
    return next(sheet for sheet in book.sheets if sheet.name == name)


def column_of(book: WorkbookView, table: str, key: str) -> list[Cell]:
    """The cells of a table's column, from its first row to its last."""
    place, letter = book.form.tables[table], book.form.columns[table, key]
    column = ord(letter) - ord("A")
    sheet = next(sheet for sheet in book.sheets if sheet.name == place.sheet)
    cells = {cell.row: cell for cell in sheet.cells if cell.column == column}
    return [cells[row] for row in range(place.first - 1, place.last)]


def test_known_costs_come_first_and_five_hundred_rows_stand_ready() -> None:
    book = view()
    vouchers = [cell.value for cell in column_of(book, "expenditures", "voucher")]
    assert vouchers[:7] == ["V4", "V5", "V6", "V7", "P2", "P3", None]
    assert len(vouchers) == 6 + 500
    ids = [row.id for row in book.form.rows if row.table == "expenditures"]
    assert ids[:2] == ["SAM/V4", "SAM/V5"]
    assert ids[6] == "spare::1"
    assert ids[-1] == "spare::500"


def test_costs_in_another_currency_are_converted_by_the_mean_of_the_period() -> None:
    converted = [cell.value for cell in column_of(view(), "expenditures", "converted")]
    assert converted[4] == Decimal("2400.00")  # 194,400 dinars at 81
    assert converted[6] == ""
    (eur, rsd) = column_of(view(), "rates", "rate")
    assert (eur.value, rsd.value) == (1, 81)


def test_budget_and_costs_follow_the_list() -> None:
    book = view()
    lines = [row.id for row in book.form.rows if row.table == "forecast"]
    values = {
        key: dict(zip(lines, (cell.value for cell in column_of(book, "forecast", key)), strict=True))
        for key in ("approved", "prior", "current", "unspent")
    }
    assert values["approved"]["1.2"] == Decimal("4800.00")
    assert values["prior"]["1.2"] == Decimal("2400.00")
    assert values["current"]["1.2"] == Decimal("2400.00")
    assert values["unspent"]["2.1"] == Decimal("50.00")
    grand = [cell.value for cell in sheet_of(book, "forecast").cells if cell.row == len(lines) + 5 + 2]
    assert grand[2:6] == [Decimal("13910.00"), Decimal("5136.00"), Decimal("8720.50"), Decimal("53.50")]


@pytest.mark.parametrize(
    ("cost", "verdict"),
    [
        ({"voucher": "X", "date": "2008-05-01", "amount": 10}, "OK"),
        ({"voucher": "X", "date": "2008-07-01", "amount": 10}, "Not in period"),
        ({"voucher": "X", "date": "2008-05-01", "amount": 10, "currency": "USD"}, "Rate?"),
        ({"voucher": "X", "date": "2008-05-01", "amount": -10}, "OK"),
    ],
)
def test_a_row_says_what_it_lacks(cost: dict[str, object], verdict: str) -> None:
    book = view(records=with_costs({**cost, "amount": Decimal(str(cost["amount"]))}))
    assert column_of(book, "expenditures", "check")[0].value == verdict


@pytest.mark.office
def test_line_5_1_is_not_line_5_10() -> None:
    costs = [{"voucher": f"X{n}", "date": "2008-05-01", "amount": Decimal(n), "line": "2.1"} for n in (1, 10)]
    records = with_costs(*costs)
    book = view(records=records)
    codes = [cell.row for cell in column_of(book, "expenditures", "line")]
    (calculated,) = recalculate([fill_in(book, book.form.tables["expenditures"].sheet, {(codes[1], 4): "2.10"})])
    place, letter = book.form.tables["forecast"], book.form.columns["forecast", "current"]
    lines = {row.id: row.row for row in book.form.rows if row.table == "forecast"}
    assert calculated[place.sheet][f"{letter}{lines['2.1']}"].value == 1


def test_a_voucher_booked_twice_is_seen() -> None:
    cost = {"voucher": "X", "date": "2008-05-01", "amount": Decimal(10)}
    book = view(records=with_costs(cost, cost))
    assert [cell.value for cell in column_of(book, "expenditures", "check")][:2] == ["Twice", "Twice"]
    assert [row.id for row in book.form.rows if row.table == "expenditures"][:2] == ["SAM/X", "SAM/X#2"]


def test_a_period_without_records_is_an_empty_form() -> None:
    _, records = load_running()
    book = view(records=replace(records, periods={}))
    assert {cell.value for cell in column_of(book, "expenditures", "voucher")} == {None}
    assert next(cell.value for cell in column_of(book, "forecast", "prior")) == Decimal("0.00")


@pytest.mark.parametrize("language", ["el", "en", "sr"])
def test_every_language_has_every_word(language: str) -> None:
    book = view(language=language)
    assert [sheet.name for sheet in book.sheets] == [book.form.sheets[sheet.key] for sheet in PERIOD.sheets]
    assert all(len(sheet.name) <= 31 for sheet in book.sheets)
    for sheet in book.sheets:
        assert all(len(validation.hint) <= 255 for validation in sheet.validations)
        assert all(len(x.hint_title) <= 32 for x in sheet.validations if x.hint)


def test_the_stamp_knows_every_table_and_comes_back_the_same() -> None:
    stamp = view().form
    assert stamp.facts["period"] == "2008-Q2"
    assert {table.key for sheet in PERIOD.sheets for table in sheet.tables} == set(stamp.tables)
    assert from_rows(to_rows(stamp)) == stamp


def test_a_text_that_begins_like_a_formula_stays_a_text() -> None:
    cost = {"voucher": "=1+1", "date": "2008-05-01", "amount": Decimal(10), "payee": "@x"}
    book = open_workbook(write_workbook(view(records=with_costs(cost)), STAMP))
    row = [cell.value for cell in book["Costs"][6]]
    assert row[0] == "=1+1"
    assert book["Costs"]["A6"].data_type == "s"


@pytest.mark.office
def test_libreoffice_calculates_what_the_form_says() -> None:
    wrong = {"voucher": "X", "date": "2008-07-01", "amount": Decimal("-10.55"), "currency": "USD"}
    twice = {"voucher": "Y", "date": "2008-05-01", "amount": Decimal("1234.56"), "currency": "RSD"}
    views = [view(), view("2008-Q1", "el"), view(language="sr", records=with_costs(wrong, twice, twice))]
    for book, calculated in zip(views, recalculate(views), strict=True):
        assert len(list(list_formulas(book))) > 1000
        assert find_differences(book, calculated) == []
