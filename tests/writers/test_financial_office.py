"""LibreOffice calculates the financial report anew and comes to the ledger's figures."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from pypdf import PdfReader

from grants.ledger.figures import list_report_figures
from grants.model.grant import Exchange
from grants.model.records import Finance, PeriodRecords, Progress, Records
from grants.readers.workbook import read_figures
from grants.writers.excel import write_workbook
from tests.financial import REPORTS, Reported, advance, make_records, make_report, report_on, with_many, with_reserve
from tests.ledger.cases import INTERIM, TEXT, cost, make_project
from tests.workbooks import STAMP, convert, find_differences, list_formulas, open_workbook, save_recalculated

pytestmark = pytest.mark.office


def prove(made: Sequence[tuple[Reported, str]]) -> None:
    """Every formula comes to the value beside it, and the figures that LibreOffice saves are the ledger's.

    `made`: reports with the languages of their workbooks.
    """
    views = [report.view(language) for report, language in made]
    for (report, _), view, saved in zip(made, views, save_recalculated(views), strict=True):
        assert sum(1 for _ in list_formulas(view)) > 400
        assert find_differences(view, open_workbook(saved, values=True)) == []
        assert read_figures(saved) == list_report_figures(report.accounts)


def test_every_formula_of_both_reports_comes_to_its_value() -> None:
    prove([(make_report(report), language) for report in REPORTS for language in ("el", "en")])


def test_every_method_of_exchange_is_recalculated() -> None:
    methods = ("month-of-expense", "instalment-received", "fixed")
    exchanges = [Exchange(method=method, fixed={"RSD": Decimal("80.25")}, source=TEXT) for method in methods]
    prove([(make_report(report, exchange=exchange), "el") for exchange in exchanges for report in REPORTS])


def test_half_cents_are_rounded_as_in_the_ledger() -> None:
    """Amounts that divide to half a cent, above and below zero, and lines 5.1 and 5.10 that are equal as numbers."""
    project = make_project(exchange=Exchange(method="fixed", fixed={"RSD": Decimal(8)}, source=TEXT))
    line = next(x for x in project.budget.lines if x.code == "5.1")
    lines = (*project.budget.lines, line.model_copy(update={"code": "5.10"}))
    project = replace(project, budget=project.budget.model_copy(update={"lines": lines}))
    costs = [
        cost(
            f"{sign}{cents / 100:.2f}",
            ("5.1", "5.10")[cents // 8 % 2],
            voucher=f"{sign}{cents}",
            currency="RSD",
            partner="AST",
        )
        for sign in ("", "-")
        for cents in range(4, 4000, 8)
    ]
    costs += [cost("0.05", "5.10", voucher="one"), cost("200.07", "5.1", voucher="two")]
    assert sum(abs(x.amount) * 100 % 8 == 4 for x in costs) > 900
    records = Records((), (), {"H1": PeriodRecords("H1", tuple(costs), Finance(), Progress())})
    prove([(report_on(project, records, INTERIM), "el")])


def test_contingency_shares_and_an_empty_report() -> None:
    project = make_project()
    records = replace(make_records(project), signed=())
    empty = Records((), (), {})
    made = (report_on(with_reserve(project), records, INTERIM), report_on(project, empty, INTERIM))
    prove([(report, "el") for report in (*made, advance(make_report()))])


def test_a_list_of_five_thousand_costs_is_recalculated() -> None:
    prove([(with_many(5000), "el")])


def test_every_sheet_is_printed_one_page_wide() -> None:
    view = make_report().view("el")
    (pdf,) = convert([write_workbook(view, STAMP)], "pdf")
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    for sheet in view.sheets:
        assert any(sheet.name in page for page in pages), sheet.name
    assert len(pages) <= len(view.sheets) + 3
