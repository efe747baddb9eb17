"""The sample's whole life: signed, amended, reported, settled; and its workbooks as they came back."""

from __future__ import annotations

import datetime
import json
import shutil
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from openpyxl.workbook.workbook import Workbook

from grants.cli import main
from grants.forms import PERIOD, Stamp
from grants.ledger.payments import list_planned
from grants.ledger.totals import Totals, add_up
from grants.model import Project
from grants.model.base import Model
from grants.model.records import Expenditure, Finance
from grants.model.scalars import Text
from grants.readers.exports import read_export, read_import_map
from grants.readers.project import read_project
from grants.readers.records import read_records
from grants.readers.word_file import read_word
from grants.readers.workbook import read_form_stamp
from grants.services.load import load_project
from grants.services.options import Options
from grants.services.records import LoadedRecords, Returned, load_records
from grants.services.report import build_report
from tests.returned_samples import FAULTS, FAULTY, FOLDER, FORMS, RETURNED, find_cell, make_returned
from tests.workbooks import ROOT, open_workbook

AFTER_ALL = datetime.date(2009, 7, 1)
INTERIM, FINAL = "2008-H1", "2008-final"


@cache
def load_all() -> tuple[Project, LoadedRecords]:
    loaded = load_project(FOLDER)
    assert loaded.findings == []
    assert loaded.project
    return loaded.project, load_records(loaded, AFTER_ALL)


@pytest.fixture
def project() -> Project:
    return load_all()[0]


@pytest.fixture
def returned() -> Returned:
    found = load_all()[1].returned
    assert found
    return found


def test_the_sample_has_just_the_findings_that_it_is_to_show() -> None:
    findings = load_all()[1].findings
    assert [(x.code, x.severity, x.place.file) for x in findings] == [
        ("R23", "warning", "periods/2008-H1/finance.yaml"),  # a giver who is also paid
        ("V07", "warning", "periods/2008-H2/progress.yaml"),  # a story without consent
        ("R27", "info", "periods/2008-final/finance.yaml"),  # until when papers are kept
    ]


@pytest.mark.parametrize("report", [INTERIM, FINAL])
def test_no_report_knows_a_payment_of_a_day_after_it_was_handed_in(returned: Returned, report: str) -> None:
    books = returned.accounts[report].books
    handed_in = next(x.submitted for x in load_all()[0].grant.reports if x.code == report)
    paid = {x.expenditure.date_paid for x in books.postings} - {None}
    assert handed_in
    assert max(paid) <= handed_in


@pytest.mark.parametrize("report", [INTERIM, FINAL])
def test_the_money_is_accounted_for_to_the_cent(returned: Returned, report: str) -> None:
    accounts = returned.accounts[report]
    assert accounts.funds.difference == 0
    assert accounts.funds.exchange_difference < 0
    assert accounts.funds.unpaid > 0
    assert accounts.books.unconverted == ()
    assert accounts.books.ineligible == Decimal("148.00")
    assert any(posting.amount < 0 for posting in accounts.books.postings)  # a credit note
    assert {posting.expenditure.currency for posting in accounts.books.postings} == {"EUR", "RSD"}


def test_every_source_pays_its_share(returned: Returned) -> None:
    books, funds = returned.accounts[FINAL].books, returned.accounts[FINAL].funds
    assert funds.own["KLI"] == books.by_source["KLI"].cumulative + books.ineligible
    assert funds.own["AST"] == books.by_source["AST"].cumulative


def test_the_amendment_moves_a_heading_beyond_the_limit_and_nothing_else(project: Project, returned: Returned) -> None:
    contract, amended = (add_up(replace(project, budget=x.budget)) for x in returned.records.signed)
    assert [x.amendment for x in returned.records.signed] == [None, "1"]
    assert (FOLDER / "signed" / "contract.yaml").read_bytes() == (FOLDER / "budget.yaml").read_bytes()
    for totals in (contract, amended):
        assert (totals.grand.total, totals.grant) == (Decimal("143487.00"), Decimal("107615.25"))
    before, after = _headings(contract), _headings(amended)
    moved = {code: (after[code] - before[code]) * 100 / before[code] for code in before}
    assert {code for code, percent in moved.items() if percent} == {"1", "6"}
    assert moved["6"] > Decimal(15)
    assert [returned.accounts[report].books.amendment for report in (INTERIM, FINAL)] == [None, "1"]
    assert all(move.is_allowed for move in returned.accounts[FINAL].moves)


def _headings(totals: Totals) -> dict[str, Decimal]:
    return {x.heading.code: x.total for x in totals.headings}


def test_the_second_instalment_comes_in_full_and_the_balance_is_reduced(project: Project, returned: Returned) -> None:
    planned, periods = list_planned(project.grant), returned.records.periods
    interim, final = returned.accounts[INTERIM].next_payment, returned.accounts[FINAL].next_payment
    assert (interim.instalment, interim.amount) == ("D2", planned["D2"])
    assert final.instalment == "D3"
    assert final.amount < planned["D3"]
    for code, due in (("2008-H2", interim), (FINAL, final)):
        (asked,), (came,) = periods[code].finance.requests, periods[code].finance.received
        assert (asked.instalment, asked.amount) == (came.instalment, came.amount) == (due.instalment, due.amount)


def test_the_greek_report_says_in_greek_where_its_rates_are_from(returned: Returned) -> None:
    assert {rate.source for rate in returned.records.rates} == {"Ενδεικτική ισοτιμία (illustrative)"}


def test_small_counts_are_withheld(returned: Returned) -> None:
    interim, final = returned.accounts[INTERIM].reached, returned.accounts[FINAL].reached
    assert interim["Oc3-1"].current["total"] == (Decimal(3), "small")
    assert interim["Oc3-1"].percent.shade == "hidden"
    assert interim["Oc2-1"].cumulative["girls"] == (Decimal(1), "small")
    assert interim["Oc2-1"].cumulative["women"] == (Decimal(18), "shown")
    assert final["Oc2-1"].current["girls"].shade == "hidden"  # with what was printed before, it would tell the one
    assert final["Oc1-1"].cumulative["percent"].shade == "shown"


def test_a_report_tells_only_the_story_that_may_be_told(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    copy = tmp_path / "projects" / FOLDER.name
    shutil.copytree(FOLDER, copy, ignore=shutil.ignore_patterns("out", "returned"))
    options = Options(languages=("en",), page_numbers=False, only="narrative-report")
    outcome = build_report(copy, FINAL, options)
    assert outcome.failure is None
    (document,) = (file for file in outcome.files if file.suffix == ".docx")
    text = read_word(document.read_bytes()).text
    assert "Vesna" in text
    assert "Dunja" not in text


def test_the_partners_export_is_what_its_rows_say(returned: Returned) -> None:
    maps, findings = read_import_map(FOLDER)
    assert maps, findings
    name = "astra-2008-H1.csv"
    export, faults = read_export((RETURNED / name).read_bytes(), name, maps)
    assert export, faults
    assert (faults, export.mapping) == ([], "astra-journal")
    assert [row.expenditure for row in export.rows] == _costs(returned, "2008-H1", "AST")


def _costs(returned: Returned, period: str, partner: str) -> list[Expenditure]:
    return [x for x in returned.records.periods[period].expenditures if x.partner == partner]


def _open(name: str) -> tuple[Workbook, Stamp]:
    data = (RETURNED / name).read_bytes()
    stamp = read_form_stamp(data)
    assert stamp
    return openpyxl.load_workbook(RETURNED / name), stamp


@pytest.mark.parametrize(("period", "language"), FORMS)
def test_a_workbook_that_came_back_holds_the_costs_of_its_partner(
    returned: Returned, period: str, language: str
) -> None:
    book, stamp = _open(f"{period}.{language}.xlsx")
    assert (stamp.facts["period"], stamp.facts["language"]) == (period, language)
    costs = _costs(returned, period, FORMS[period, language])
    assert [_read_row(book, stamp, str(number)) for number, _ in enumerate(costs, 1)] == costs
    sheet, cell = find_cell(book, stamp, "expenditures", str(len(costs) + 1), "voucher")
    assert sheet[cell].value is None


def _read_row(book: Workbook, stamp: Stamp, row: str) -> Expenditure:
    values: dict[str, object] = {}
    for field in Expenditure.model_fields:
        sheet, cell = find_cell(book, stamp, "expenditures", row, field)
        value = sheet[cell].value
        if isinstance(value, datetime.datetime):
            value = value.date()
        elif isinstance(value, (int, float)):
            value = round(Decimal(repr(value)), 2)
        values[field] = value
    return Expenditure.model_validate(values)


def _import_all(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the sample without its periods, after all forms that came back were accepted; nobody edits a file."""
    shutil.copytree(ROOT / "templates", folder / "templates")
    copy = folder / "projects" / FOLDER.name
    shutil.copytree(FOLDER, copy, ignore=shutil.ignore_patterns("out", "returned", "periods"))
    monkeypatch.chdir(folder)
    for period, language in FORMS:
        file = RETURNED / f"{period}.{language}.xlsx"
        done = CliRunner().invoke(main, ["import", str(file), "--accept", "--as", "finance"])
        assert done.exit_code == 0, done.output
    return copy


def test_importing_the_workbooks_brings_back_what_the_form_asks_for(
    returned: Returned, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = _import_all(tmp_path, monkeypatch)
    project, _, _ = read_project(copy)
    assert project
    records, _, findings = read_records(copy, project)
    assert records, findings
    for code in ("2008-H1", "2008-H2"):
        kept, came = returned.records.periods[code], records.periods[code]
        assert sorted(map(repr, came.expenditures)) == sorted(map(repr, kept.expenditures))
        asked = set(Finance.model_fields) - {"requests"}
        assert _say_in_greek(came.finance, asked) == _say_in_greek(kept.finance, asked)
        assert came.progress.groups == kept.progress.groups
        asked = {"activities", "indicators"}
        assert _say_in_greek(came.progress, asked) == _say_in_greek(kept.progress, asked)


def _say_in_greek(record: Model, names: set[str]) -> dict[str, object]:
    """Fields of a record as the Greek form has them: translations are written by programme staff."""
    return {name: _translate(getattr(record, name)) for name in sorted(names)}


def _translate(value: object) -> object:
    match value:
        case Text():
            return value.in_language("el")
        case Model():
            return {name: _translate(getattr(value, name)) for name in type(value).model_fields}
        case dict():
            return {name: _translate(entry) for name, entry in value.items()}
        case tuple():
            return [_translate(entry) for entry in value]
    return value


def test_the_reports_come_from_the_workbooks_and_the_texts_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = _import_all(tmp_path, monkeypatch)
    stored = tmp_path / "projects" / "stored"
    shutil.copytree(FOLDER, stored, ignore=shutil.ignore_patterns("out", "returned"))
    for report in (INTERIM, FINAL):
        texts = Path("periods") / report / "narrative"
        shutil.copytree(FOLDER / texts, copy / texts)
        if report == FINAL:  # assets, and where the papers are kept: what a report says itself is asked for by no form
            shutil.copy(FOLDER / "periods" / FINAL / "progress.yaml", copy / "periods" / FINAL / "progress.yaml")
        figures = []
        for folder in (copy, stored):
            outcome = build_report(folder, report, Options(languages=("el",), page_numbers=False))
            assert outcome.failure is None, outcome.findings
            (file,) = (x for x in outcome.files if x.name == "figures.json")
            figures.append(json.loads(file.read_text("utf-8")))
            for name in [name for name in figures[-1]["figures"] if name.endswith(":asked")]:
                del figures[-1]["figures"][name]  # the form does not ask for `requests`
        assert figures[0] == figures[1]


def test_the_workbook_with_mistakes_has_each_of_them() -> None:
    faulty, stamp = _open(FAULTY)
    rows = _list_vouchers(_open("2008-H1.el.xlsx")[0], stamp)
    assert len(FAULTS) == 15
    for fault in FAULTS:
        row = str(rows.index(fault.row) + 1) if fault.table == "expenditures" else fault.row
        column, typed = ("voucher", fault.typed) if fault.column == "*" else (fault.column, fault.typed)
        sheet, cell = find_cell(faulty, stamp, fault.table, row, column)
        found = sheet[cell].value
        assert (found.date() if isinstance(found, datetime.datetime) else found) == typed, fault.what
    assert _list_vouchers(faulty, stamp).count("ΔΑΠ-016") == 2


def _list_vouchers(book: Workbook, stamp: Stamp) -> list[object]:
    return _list_column(book, stamp, "expenditures", "voucher")


def test_the_workbooks_can_be_made_again() -> None:
    """What people typed is the same; the form around it may have changed since they had it."""
    data = make_returned("2008-H2", "el")
    stamp = read_form_stamp(data)
    assert stamp
    typed = _list_typed(open_workbook(data), stamp)
    assert typed == _list_typed(*_open("2008-H2.el.xlsx"))
    assert len(typed["expenditures", "amount"]) > 100


def _list_typed(book: Workbook, stamp: Stamp) -> dict[tuple[str, str], list[object]]:
    """Table and input column -> what was typed into it, from top to bottom."""
    return {
        (table.key, column.key): _list_column(book, stamp, table.key, column.key)
        for sheet in PERIOD.sheets
        for table in sheet.tables
        for column in table.columns
        if column.input
    }


def _list_column(book: Workbook, stamp: Stamp, table: str, column: str) -> list[object]:
    place, letter = stamp.tables[table], stamp.columns[table, column]
    cells = (book[place.sheet][f"{letter}{row}"].value for row in range(place.first, place.last + 1))
    return [value for value in cells if value is not None and not str(value).startswith("=")]
