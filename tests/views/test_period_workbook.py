"""The form of a period: what stands in it, what its formulas give, and what its stamp says."""

from __future__ import annotations

import datetime
import html
import io
import shutil
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from grants.forms import PERIOD
from grants.forms.stamp import from_rows, to_rows
from grants.ledger.figures import list_book_figures
from grants.model import Project
from grants.model.records import Expenditure, Ineligible, PeriodRecords, Rate, Records, Transfer
from grants.readers.project import read_project
from grants.readers.records import read_records
from grants.readers.workbook import read_figures, read_form_stamp
from grants.services.form import find_period, keep_period_books, make_view, read_form_labels
from grants.views.period_sheets import expenditures
from grants.views.workbook import Cell, SheetView, WorkbookView
from grants.writers.excel import write_workbook
from grants.writers.excel.sheets import name_print_area
from tests.workbooks import (
    STAMP,
    fill_in,
    find_broken_heads,
    find_differences,
    list_formulas,
    open_workbook,
    recalculate,
)

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


def view(
    code: str = "2008-Q2", language: str = "en", records: Records | None = None, project: Project | None = None
) -> WorkbookView:
    own, known = load_running()
    project = project or own
    return make_view(project, records or known, find_period(project, code), LABELS, language, Decimal(500))


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


def book_ids(book: WorkbookView, table: str) -> list[str]:
    """What the rows of a table belong to."""
    return [row.id for row in book.form.rows if row.table == table]


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
        ({"voucher": "X", "date": "2008-05-01", "amount": 10, "date_paid": "2008-05-01"}, "OK"),
        ({"voucher": "X", "date": "2008-05-01", "amount": 10, "date_paid": "2008-04-30"}, "Paid on?"),
        ({"voucher": "X", "date": "2008-05-01", "amount": 10, "partner": "ZZ"}, "Partner?"),
        ({"voucher": "X", "date": "2008-05-01", "amount": 10, "source": "ZZ"}, "Source?"),
        ({"voucher": "X", "date": "2008-05-01", "amount": 501}, "Unpaid"),
        ({"voucher": "X", "date": "2008-05-01", "amount": 501, "date_paid": "2008-07-01"}, "Unpaid"),
        ({"voucher": "X", "date": "2008-05-01", "amount": 501, "date_paid": "2008-06-30"}, "OK"),
    ],
)
def test_a_row_says_what_it_lacks(cost: dict[str, object], verdict: str) -> None:
    book = view(records=with_costs({**cost, "amount": Decimal(str(cost["amount"]))}))
    assert column_of(book, "expenditures", "check")[0].value == verdict
    table = book.form.tables["expenditures"]
    (wrong,) = (
        cell for cell in sheet_of(book, "expenditures").cells if cell.row == table.header - 2 and cell.column == 12
    )
    assert wrong.value == int(verdict not in ("OK", "Rate?"))


def test_a_rate_that_is_missing_is_told_by_every_sum_it_belongs_to() -> None:
    dollars = {"voucher": "X", "date": "2008-05-01", "amount": Decimal(10), "currency": "USD", "line": "1.1"}
    euros = {"voucher": "Y", "date": "2008-05-01", "amount": Decimal(10), "line": "2.1"}
    book = view(records=with_costs(dollars, euros))
    assert column_of(book, "expenditures", "converted")[0].value == "Rate?"
    rates = dict(zip(book_ids(book, "rates"), column_of(book, "rates", "rate"), strict=True))
    assert (rates["USD"].value, rates["USD"].look.role) == (None, "input")
    ids = book_ids(book, "forecast")
    for key in ("current", "unspent", "percent"):
        values = dict(zip(ids, (cell.value for cell in column_of(book, "forecast", key)), strict=True))
        assert values["1.1"] == values["heading:1"] == "Rate?"
        assert values["2.1"] != "Rate?"
    totals = [cell for cell in sheet_of(book, "forecast").cells if cell.row > book.form.tables["forecast"].last - 1]
    assert [cell.value for cell in totals if cell.column == 4] == ["Rate?"] * 3
    assert not [name for name in book.form.figures if name.endswith(("current", "unspent"))]


@pytest.mark.office
def test_a_rate_that_is_typed_in_converts() -> None:
    dollars = {"voucher": "X", "date": "2008-05-01", "amount": Decimal(15), "currency": "USD", "line": "1.1"}
    book = view(records=with_costs(dollars))
    rates = dict(zip(book_ids(book, "rates"), column_of(book, "rates", "rate"), strict=True))
    at = rates["USD"]
    (found,) = recalculate([fill_in(book, book.form.tables["rates"].sheet, {(at.row, at.column): Decimal("1.5")})])
    place, rows = book.form.tables["forecast"], {row.id: row.row for row in book.form.rows if row.table == "forecast"}
    shown = {
        key: found[place.sheet][f"{book.form.columns['forecast', key]}{rows['1.1']}"].value
        for key in ("approved", "prior", "current", "unspent", "percent")
    }
    assert shown["current"] == 10
    assert shown["unspent"] == shown["approved"] - shown["prior"] - 10
    assert shown["percent"] == pytest.approx((shown["prior"] + 10) / shown["approved"])


@pytest.mark.office
def test_a_spare_row_is_checked_as_it_is_filled_in() -> None:
    book = view()
    table, rows = book.form.tables["expenditures"], {x.id: x.row for x in book.form.rows if x.table == "expenditures"}
    good: dict[str, object] = {
        "voucher": "N1",
        "date": datetime.date(2008, 5, 2),
        "payee": "Shop",
        "description": "Paper",
        "line": "2.1",
        "partner": "SAM",
        "amount": Decimal("1.25"),
        "currency": "EUR",
    }
    faults: list[tuple[dict[str, object], str]] = [
        ({}, "OK"),
        ({"voucher": "N2", "payee": None}, "Incomplete"),
        ({"voucher": "N3", "date": "31/2/2008"}, "Date is text"),
        ({"voucher": "N4", "date": datetime.date(2008, 7, 1)}, "Not in period"),
        ({"voucher": "N5", "date_paid": datetime.date(2008, 5, 1)}, "Paid on?"),
        ({"voucher": "N6", "line": "2.10"}, "Line?"),
        ({"voucher": "N7", "partner": "ZZ"}, "Partner?"),
        ({"voucher": "N8", "source": "ZZ"}, "Source?"),
        ({"voucher": "N9", "amount": "1,25"}, "Amount is text"),
        ({"voucher": "N10", "currency": "XXX"}, "Currency?"),
        ({"voucher": "7", "amount": Decimal(7)}, "OK"),
        ({"voucher": "07", "amount": Decimal(7)}, "OK"),
        ({"voucher": "D"}, "Twice"),
        ({"voucher": "d"}, "Twice"),
        ({"voucher": "U1", "amount": Decimal(600)}, "Unpaid"),
        ({"voucher": "U2", "amount": Decimal(601), "date_paid": datetime.date(2008, 6, 30)}, "OK"),
        ({"voucher": "H1", "date": "=DATE(2008,6,30)+0.75"}, "OK"),
        ({"voucher": "H2", "date": "=DATE(2008,6,29)+0.75", "date_paid": datetime.date(2008, 6, 29)}, "OK"),
        ({"voucher": "H3", "amount": Decimal(602), "date_paid": "=DATE(2008,6,30)+0.75"}, "OK"),
        ({"voucher": "C1", "amount": Decimal("100.125")}, "Amount?"),
        ({"voucher": "C2", "amount": "=1.1*3"}, "OK"),
    ]
    broken: list[tuple[dict[str, object], str]] = [
        ({}, "OK"),
        ({"voucher": "D"}, "Twice"),
        ({"voucher": "d"}, "Twice"),
        ({"voucher": "E1", "amount": "=1/0"}, "Error (#)"),
        ({"voucher": "E2", "line": "=1/0"}, "Error (#)"),
    ]
    filled = []
    for typed_rows in (broken, faults):
        typed = {}
        for number, (changes, _) in enumerate(typed_rows, 1):
            for key, value in {**good, **changes}.items():
                column = ord(book.form.columns["expenditures", key]) - ord("A")
                typed[rows[f"spare::{number}"] - 1, column] = value
        filled.append(fill_in(book, table.sheet, typed))
    letter, converted = book.form.columns["expenditures", "check"], book.form.columns["expenditures", "converted"]
    lines = {x.id: x.row for x in book.form.rows if x.table == "forecast"}
    current = f"{book.form.columns['forecast', 'current']}{lines['2.1']}"
    for typed_rows, found, said in zip((broken, faults), recalculate(filled), ("Error (#)", "Amount?"), strict=True):
        sheet, words = found[table.sheet], [x for _, x in typed_rows]
        assert [sheet[f"{letter}{rows[f'spare::{n}']}"].value for n in range(1, len(words) + 1)] == words
        assert sheet[f"{letter}{table.header - 1}"].value == sum(verdict != "OK" for verdict in words)
        assert sheet[f"{converted}{table.header - 1}"].value == "Amount?"
        assert found[book.form.sheets["forecast"]][current].value == said
    assert sheet[f"{converted}{rows['spare::9']}"].value == "Amount?"


def test_the_figures_of_the_stamp_are_those_of_the_books() -> None:
    project, records = load_running()
    book, period = view(), find_period(project, "2008-Q2")
    figures = list_book_figures(keep_period_books(project, records, period))
    shown = read_figures(write_workbook(book, STAMP))
    assert {"approved", "line:1.2:current", "heading:1:prior", "direct:unspent", "indirect:current"} <= shown.keys()
    assert shown == {name: figures[name] for name in shown}
    assert shown.keys() == book.form.figures.keys()


@pytest.mark.parametrize("code", ["2008-Q1", "2008-Q2"])
@pytest.mark.parametrize("language", ["el", "en", "sr"])
def test_an_untouched_form_says_in_every_input_cell_what_its_stamp_says(code: str, language: str) -> None:
    data = write_workbook(view(code, language), STAMP)
    stamp, book = read_form_stamp(data), open_workbook(data, values=True)
    assert stamp
    seen = 0
    for row in stamp.rows:
        sheet = book[stamp.tables[row.table].sheet]
        for column in (x for x in PERIOD.table(row.table).columns if x.input):
            value = sheet[f"{stamp.columns[row.table, column.key]}{row.row}"].value
            assert stamp.base.get((row.table, row.id, column.key), "") == say(value, column.kind), (row, column.key)
            seen += value is not None
    assert seen == sum(table in stamp.tables for table, _, _ in stamp.base) > 60


def say(value: object, kind: str) -> str:
    """A cell as Stamp.base has it, worked out from the file alone."""
    match value:
        case None:
            return ""
        case datetime.datetime():
            return f"{value:%Y-%m}" if kind == "month" else f"{value:%Y-%m-%d}"
        case int() | float():
            return f"{value:.10f}".rstrip("0").rstrip(".")
    return str(value).strip()


@pytest.mark.parametrize(("language", "day"), [("el", "30/06/2008"), ("en", "30/06/2008"), ("sr", "30.06.2008")])
def test_every_sheet_says_which_period_it_is_for_and_the_first_one_where_it_goes_back(language: str, day: str) -> None:
    book = view(language=language)
    for key in ("expenditures", "income", "progress", "actuals", "pending", "forecast"):
        assert "2008-Q2 (" in str(next(cell.value for cell in sheet_of(book, key).cells if cell.row == 1)), key
    steps = "\n".join(str(cell.value) for cell in sheet_of(book, "how_to").cells)
    assert day in steps
    back = min(load_running()[0].sheet.applicant.contacts, key=lambda contact: contact.signs)
    assert back.email
    assert back.email in steps
    assert "{" not in steps


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


@pytest.mark.office
def test_only_the_rows_that_are_filled_in_are_printed() -> None:
    book = view()
    table, rows = book.form.tables["expenditures"], {x.id: x.row for x in book.form.rows if x.table == "expenditures"}
    area = name_print_area(sheet_of(book, "expenditures"))
    at = (rows["spare::490"] - 1, 13)  # the note beside a row that is empty counts the rows here
    typed = {(rows["spare::30"] - 1, 0): "N30"}

    def count(cells: dict[tuple[int, int], object]) -> WorkbookView:
        sheet = sheet_of(book, "expenditures")
        counting = [x._replace(value=0, formula=f"=ROWS({area})") if x[:2] == at else x for x in sheet.cells]
        other = replace(sheet, cells=tuple(counting))
        changed = replace(book, sheets=tuple(other if x.name == sheet.name else x for x in book.sheets))
        return fill_in(changed, table.sheet, cells)

    cell = f"N{at[0] + 1}"
    empty, filled = recalculate([count({}), count(typed)])
    assert empty[table.sheet][cell].value == rows["spare::1"] - 1 + 5
    assert filled[table.sheet][cell].value == rows["spare::30"] + 5
    data = zipfile.ZipFile(io.BytesIO(write_workbook(book, STAMP))).read("xl/workbook.xml").decode()
    assert html.unescape(data).count(f'<definedName name="_xlnm.Print_Area" localSheetId="1">{area}<') == 1


def test_a_voucher_booked_twice_is_seen() -> None:
    cost = {"voucher": "X", "date": "2008-05-01", "amount": Decimal(10)}
    book = view(records=with_costs(cost, cost))
    assert [cell.value for cell in column_of(book, "expenditures", "check")][:2] == ["Twice", "Twice"]
    assert [row.id for row in book.form.rows if row.table == "expenditures"][:2] == ["SAM/X", "SAM/X#2"]


def test_a_cost_is_not_compared_with_every_other(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Expenditure] = []

    def identify(cost: Expenditure) -> tuple[object, ...]:
        seen.append(cost)
        return (cost.voucher,)

    monkeypatch.setattr(expenditures, "_identify", identify)
    view(records=with_costs(*({"voucher": f"X{n}", "date": "2008-05-01", "amount": Decimal(n)} for n in range(1, 41))))
    assert len(seen) <= 2 * 40


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


def refuse(records: Records, *refused: dict[str, object]) -> Records:
    """The records, with costs of the second period that the donor does not accept."""
    period = records.periods["2008-Q2"]
    plain = {"partner": "SAM", "reason": {"en": "Not in the budget"}}
    entries = tuple(Ineligible.model_validate({**plain, **x}) for x in refused)
    finance = period.finance.model_copy(update={"ineligible": entries})
    return replace(records, periods={**records.periods, "2008-Q2": replace(period, finance=finance)})


def of_parts() -> Records:
    """A voucher on two lines and one in dinars, and refusals of every kind."""
    halves = [{"voucher": "W", "date": "2008-05-01", "amount": Decimal(100), "line": x} for x in ("1.1", "2.1")]
    dinars = {"voucher": "Z", "date": "2008-05-01", "amount": Decimal("1234.56"), "currency": "RSD"}
    return refuse(
        with_costs(*halves, dinars),
        {"voucher": "W", "line": "1.1", "amount": Decimal("12.34")},
        {"voucher": "W", "line": "2.1"},
        {"voucher": "Z", "amount": Decimal("1000.01")},
        {"voucher": "W", "amount": Decimal(10)},
        {"voucher": "Z", "amount": Decimal(2000)},
        {"voucher": "V3", "period": "2008-Q1", "amount": Decimal(5)},
        {"voucher": "V3"},
    )


def test_a_refusal_says_what_it_means_in_the_budgets_currency() -> None:
    book = view(records=of_parts())
    verdicts = [cell.value for cell in column_of(book, "ineligible", "check")][:8]
    wrong = ["Line?", "Amount?", "Of another period", "Not in this period's list", ""]
    assert verdicts == ["OK", "OK", "OK", *wrong]
    converted = [cell.value for cell in column_of(book, "ineligible", "converted")]
    assert converted[:2] == [Decimal("12.34"), Decimal("100.00")]
    assert converted[5:8] == ["", 0, ""]


@pytest.mark.office
def test_libreoffice_calculates_what_the_form_says() -> None:
    wrong = {"voucher": "X", "date": "2008-07-01", "amount": Decimal("-10.55"), "currency": "USD"}
    twice = {"voucher": "Y", "date": "2008-05-01", "amount": Decimal("1234.56"), "currency": "RSD"}
    views = [view(), view("2008-Q1", "el"), view(language="sr", records=with_costs(wrong, twice, twice))]
    views.append(view(records=of_parts()))
    for book, calculated in zip(views, recalculate(views), strict=True):
        assert len(list(list_formulas(book))) > 1000
        assert find_differences(book, calculated) == []


def with_method(method: str) -> Project:
    project, _ = load_running()
    exchange = project.grant.exchange
    assert exchange
    grant = project.grant.model_copy(update={"exchange": exchange.model_copy(update={"method": method})})
    return replace(project, grant=grant)


def with_rates(records: Records, rates: dict[str, str]) -> Records:
    """Dinars for a euro, by month."""
    plain = {"currency": "RSD", "source": "InforEuro", "date": datetime.date(2008, 1, 1)}
    known = tuple(Rate.model_validate({**plain, "month": x, "rate": Decimal(y)}) for x, y in rates.items())
    return replace(records, rates=known)


def dinars(*costs: tuple[str, str, str]) -> Records:
    """Costs in dinars: day, amount, partner."""
    return with_costs(
        *(
            {"voucher": f"X{n}", "date": day, "amount": Decimal(amount), "currency": "RSD", "partner": partner}
            for n, (day, amount, partner) in enumerate(costs, 1)
        )
    )


def transferred(records: Records, period: str, *transfers: tuple[str, str, int, int]) -> Records:
    """Records with these transfers in a period: day, partner, amount sent, dinars received."""
    known = records.periods[period]
    entries = tuple(
        Transfer.model_validate(
            {
                "date": datetime.date.fromisoformat(day),
                "partner": who,
                "amount": Decimal(sent),
                "received": Decimal(got),
                "currency": "RSD",
            }
        )
        for day, who, sent, got in transfers
    )
    finance = known.finance.model_copy(update={"transfers": entries})
    return replace(records, periods={**records.periods, period: replace(known, finance=finance)})


def post(project: Project, records: Records) -> list[Decimal]:
    books = keep_period_books(project, records, find_period(project, "2008-Q2"))
    return [posting.amount for posting in books.postings if posting.period == "2008-Q2"]


def of_months() -> tuple[Project, Records]:
    records = dinars(("2008-04-30", "1000.01", "SAM"), ("2008-05-01", "1000.01", "PAR"), ("2008-06-30", "7", "PAR"))
    return with_method("month-of-expense"), with_rates(records, {"2008-04": "80", "2008-05": "81.5", "2008-06": "83"})


def of_transfers() -> tuple[Project, Records]:
    costs = dinars(
        ("2008-04-01", "1000", "PAR"),
        ("2008-05-09", "1000", "PAR"),
        ("2008-05-10", "1000", "PAR"),
        ("2008-06-30", "1000", "PAR"),
        ("2008-06-30", "1000", "SAM"),
    )
    before = transferred(costs, "2008-Q1", ("2008-03-01", "PAR", 100, 8100), ("2008-02-01", "SAM", 100, 7900))
    now = (("2008-06-01", "SAM", 100, 8500), ("2008-05-10", "PAR", 100, 8300), ("2008-05-10", "PAR", 100, 8400))
    return with_method("instalment-received"), transferred(before, "2008-Q2", *now)


@pytest.mark.office
def test_each_cost_is_converted_as_the_books_do_it_whatever_the_method() -> None:
    cases = [of_months(), of_transfers(), load_running(), (with_method("fixed"), load_running()[1])]
    books = [view(project=project, records=records) for project, records in cases]
    for (project, records), book, found in zip(cases, books, recalculate(books), strict=True):
        assert find_differences(book, found) == []
        place, letter = book.form.tables["expenditures"], book.form.columns["expenditures", "converted"]
        amounts = [found[place.sheet][f"{letter}{place.first + n}"].value for n in range(5)]
        posted = post(project, records)
        assert [Decimal(str(x)).quantize(Decimal("0.01")) for x in amounts if isinstance(x, int | float)][
            : len(posted)
        ] == posted[:5]


@pytest.mark.office
def test_what_is_typed_is_converted_as_it_will_be_once_it_is_recorded() -> None:
    """Costs and transfers typed into the empty form come to what the books make of the same records."""
    for project, records in (of_months(), of_transfers()):
        period = records.periods["2008-Q2"]
        empty = replace(period, expenditures=(), finance=period.finance.model_copy(update={"transfers": ()}))
        book = view(project=project, records=replace(records, periods={**records.periods, "2008-Q2": empty}))
        book = type_rows(book, "transfers", period.finance.transfers)
        book = type_rows(book, "expenditures", period.expenditures)
        (found,) = recalculate([book])
        place, letter = book.form.tables["expenditures"], book.form.columns["expenditures", "converted"]
        values = [found[place.sheet][f"{letter}{place.first + n}"].value for n in range(len(period.expenditures))]
        assert [Decimal(str(x)).quantize(Decimal("0.01")) for x in values] == post(project, records)
        assert found[place.sheet][f"{letter}{place.header - 1}"].value == pytest.approx(
            float(sum(post(project, records)))
        )


def type_rows(book: WorkbookView, table: str, records: Sequence[object]) -> WorkbookView:
    place = book.form.tables[table]
    cells = {
        (place.first - 1 + number, ord(letter) - ord("A")): getattr(record, key)
        for number, record in enumerate(records)
        for (part, key), letter in book.form.columns.items()
        if part == table and getattr(record, key, None) is not None
    }
    return fill_in(book, place.sheet, cells)


def test_a_month_without_a_rate_is_named_and_the_others_convert() -> None:
    project, records = of_months()
    records = with_rates(records, {"2008-04": "80", "2008-06": "83"})
    book = view(project=project, records=records)
    assert [x.value for x in column_of(book, "expenditures", "converted")[:3]] == [
        Decimal("12.50"),
        "Rate?",
        Decimal("0.08"),
    ]
    rates = dict(zip(book_ids(book, "rates"), column_of(book, "rates", "rate"), strict=True))
    assert list(rates) == ["EUR", "RSD:2008-04", "RSD:2008-05", "RSD:2008-06"]
    assert (rates["RSD:2008-05"].value, rates["RSD:2008-05"].look.role) == (None, "input")


def test_the_mean_of_a_period_says_which_months_it_lacks() -> None:
    _, records = load_running()
    book = view(records=with_rates(records, {"2008-04": "80"}))
    origin = dict(zip(book_ids(book, "rates"), column_of(book, "rates", "origin"), strict=True))
    assert "2008-05, 2008-06" in str(origin["RSD"].value)


def test_milestones_stand_below_the_activities_with_the_day_they_were_reached() -> None:
    _, records = load_running()
    first, second = records.periods["2008-Q1"], records.periods["2008-Q2"]
    points = [x.code for activity in load_running()[0].work_plan.activities for x in activity.milestones]
    assert points
    day = datetime.date(2008, 3, 1)
    before = replace(first, progress=first.progress.model_copy(update={"milestones": {points[0]: day}}))
    now = replace(second, progress=second.progress.model_copy(update={"milestones": {}}))
    book = view(records=replace(records, periods={"2008-Q1": before, "2008-Q2": now}))
    cell = column_of(book, "milestones_reached", "reached")[0]
    assert (book_ids(book, "milestones_reached"), cell.value, cell.look.role) == (points, day, "result")
    empty = view("2008-Q1", records=replace(records, periods={}))
    assert column_of(empty, "milestones_reached", "reached")[0].look.role == "input"


def test_what_an_earlier_period_left_unpaid_is_listed_with_the_day_it_was_paid() -> None:
    _, records = load_running()
    first = records.periods["2008-Q1"]
    paid = [datetime.date(2008, 3, 31), datetime.date(2008, 4, 5), None]
    costs = tuple(x.model_copy(update={"date_paid": y}) for x, y in zip(first.expenditures[:3], paid, strict=True))
    book = view(records=replace(records, periods={**records.periods, "2008-Q1": replace(first, expenditures=costs)}))
    names = [f"2008-Q1:{cost.partner}/{cost.voucher}" for cost in costs]
    assert book_ids(book, "earlier") == names[1:]
    assert [x.value for x in column_of(book, "earlier", "date_paid")] == [paid[1], None]


@pytest.mark.parametrize("key", ["income", "progress", "pending"])
def test_a_page_begins_with_the_title_of_a_table_and_not_behind_it(key: str) -> None:
    """Rows are as high as the form says; no title stands on the last rows of a page."""
    book = view()
    sheet = sheet_of(book, key)
    scale, titles = sheet.print.scale, {x.row for x in sheet.cells if x.look.role == "section"}
    assert scale
    assert set(sheet.print.breaks) <= titles
    room, used = 482 * 100 / scale * (1.414 if sheet.print.paper == "A3" else 1), 0.0
    for row in range(max(x.row for x in sheet.cells) + 1):
        used = 0.0 if row in sheet.print.breaks else used
        used += sheet.heights.get(row, 15.0)
        if row in titles:
            assert used + sum(sheet.heights.get(row + n, 15.0) for n in (1, 2)) < room, row
        used = used % room
    assert key != "income" or len(sheet.print.breaks) == 1, "no page with one small table"


@pytest.mark.parametrize("language", ["el", "en", "sr"])
def test_no_word_of_a_head_is_broken(language: str) -> None:
    assert find_broken_heads(view(language=language)) == []
