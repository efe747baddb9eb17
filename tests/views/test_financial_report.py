"""What the financial report says: the ledger's figures, where they come from, and nothing to fill in."""

from dataclasses import replace
from decimal import Decimal

import pytest

from grants.ledger.figures import list_report_figures
from grants.model.grant import Exchange, ReportDue
from grants.model.limits import Limits
from grants.model.records import (
    Finance,
    Ineligible,
    PaymentRequest,
    PeriodRecords,
    Progress,
    Receipt,
    Records,
    Repayment,
)
from grants.readers.workbook import read_figures, read_form_stamp
from grants.views.workbook import Area
from grants.writers.excel import write_workbook
from tests.financial import (
    FINAL,
    INTERIM,
    REPORTS,
    Reported,
    advance,
    load_labels,
    make_records,
    make_report,
    report_on,
    say,
    with_many,
    with_reserve,
)
from tests.ledger.cases import DAY, TEXT, cost, make_project
from tests.workbooks import STAMP, find_broken_heads, list_formulas, open_workbook

BOTH = pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.kind)


def sheet_of(view, key):
    return next(sheet for sheet in view.sheets if sheet.name == view.form.sheets[key])


def texts_of(sheet):
    return {cell.value for cell in sheet.cells if isinstance(cell.value, str)}


def row_of(sheet, text, column=0):
    """The row in which a text stands in a column."""
    return next(cell.row for cell in sheet.cells if (cell.value, cell.column) == (text, column))


def values_in(sheet, row):
    return [cell.value for cell in sorted(sheet.cells, key=lambda x: x.column) if cell.row == row]


def cell_at(view, name):
    """The cell of a figure."""
    sheet, _, corner = view.form.figures[name].rpartition("!")
    found = next(part for part in view.sheets if part.name == sheet.strip("'"))
    letters = corner.rstrip("0123456789")
    column = sum((ord(x) - 64) * 26**i for i, x in enumerate(reversed(letters))) - 1
    return next(x for x in found.cells if (x.row, x.column) == (int(corner[len(letters) :]) - 1, column))


@BOTH
@pytest.mark.parametrize("language", ["el", "en"])
def test_every_figure_of_the_ledger_is_read_back_from_the_file(report, language):
    made = make_report(report)
    expected = list_report_figures(made.accounts)
    data = write_workbook(made.view(language), STAMP)
    assert len(expected) > 150
    assert read_figures(data) == expected
    stamp = read_form_stamp(data)
    assert stamp.facts["report"] == report.code


def test_the_form_is_the_financial_report():
    view = make_report().view()
    assert view.form.facts["form"] == "financial-report"
    assert list(view.form.sheets.values()) == [sheet.name for sheet in view.sheets]
    assert all(0 < len(sheet.name) <= 31 for sheet in view.sheets)


def test_a_page_that_comes_loose_says_of_which_report_it_is():
    view = make_report(FINAL).view("el")
    book = open_workbook(write_workbook(view, STAMP))
    expected = f"{view.project}, {view.edition}"
    assert view.edition.endswith(str(view.date.year))
    assert {book[sheet.name].oddHeader.left.text for sheet in view.sheets} == {expected}


def test_a_final_report_closes_and_forecasts_nothing():
    interim, final = (list(make_report(report).view().form.sheets) for report in REPORTS)
    assert "forecast" in interim
    assert "forecast" not in final
    sheet = sheet_of(make_report(FINAL).view("el"), "closing")
    assert {"Hotel Park", "Τρεις προσφορές", "Συμβάσεις που ανατέθηκαν"} <= texts_of(sheet)


def test_an_interim_report_has_no_sheet_of_refused_costs_without_any():
    project = make_project()
    records = make_records(project)
    accepted = {
        code: replace(part, finance=part.finance.model_copy(update={"ineligible": ()}))
        for code, part in records.periods.items()
    }
    assert "closing" in make_report().view().form.sheets
    assert "closing" not in report_on(project, replace(records, periods=accepted), INTERIM).view().form.sheets


@BOTH
def test_nothing_is_filled_in_and_every_sheet_is_a_result(report):
    view = make_report(report).view("el")
    assert {cell.look.role for sheet in view.sheets for cell in sheet.cells}.isdisjoint({"input", "spare", "note"})
    assert {sheet.tab for sheet in view.sheets} == {"result"}
    assert not [sheet.name for sheet in view.sheets if sheet.validations or sheet.print.paper != "A4"]
    book = open_workbook(write_workbook(view, STAMP))
    assert all(sheet.protection.sheet for sheet in book)


@BOTH
def test_no_cell_is_written_twice_and_every_formula_has_its_value(report):
    view = make_report(report).view()
    for sheet in view.sheets:
        places = [(cell.row, cell.column) for cell in sheet.cells]
        assert len(places) == len(set(places)), sheet.name
    formulas = list(list_formulas(view))
    assert len(formulas) > 500
    assert [cell for _, cell in formulas if cell.value is None] == []


def test_every_word_is_used_and_in_both_languages():
    """Every label is said in one of the reports; `KeyError` would say which is missing."""
    said = set()

    class Listening(type(load_labels())):
        def say(self, key, language):
            said.add(key)
            return super().say(key, language)

    for language in ("el", "en"):
        for made in _list_every_kind():
            replace(made, labels=Listening(labels=made.labels.labels)).view(language)
    assert {key.removeprefix("since.") for key in load_labels().labels} - said == set()


def test_what_is_new_in_a_final_report_is_no_period_of_its_own():
    final, interim = (sheet_of(make_report(report).view(), "summary") for report in (FINAL, INTERIM))
    assert {"Earlier reports", "Since the last report"} <= texts_of(final)
    assert any("1 July 2008 – 31 December 2008" in text for text in texts_of(final))
    assert "This period" not in texts_of(final)
    assert "This period" in texts_of(interim)


def _list_every_kind():
    """Reports that between them say everything."""
    yield from (make_report(report) for report in REPORTS)
    yield advance(make_report(INTERIM))
    yield report_on(with_reserve(make_project()), Records((), (), {}), INTERIM)
    methods = (
        Exchange(method="month-of-expense", source=TEXT),
        Exchange(method="instalment-received", source=TEXT),
        Exchange(method="fixed", fixed={"RSD": Decimal("80.25")}, source=TEXT),
        None,
    )
    yield from (make_report(INTERIM, exchange=exchange) for exchange in methods)
    yield make_report(INTERIM, instalments=(make_project().grant.instalments[0], make_project().grant.instalments[2]))
    yield give_back(make_report(FINAL))
    yield refuse_later(make_report(FINAL))
    yield give_back_early(make_report())
    project = make_project(contract=None, instalments=())
    yield report_on(project, Records((), (), {}), INTERIM, Limits())
    budget = project.budget.model_copy(
        update={"indirect_costs": project.budget.indirect_costs.model_copy(update={"base": "direct-and-contingency"})}
    )
    yield report_on(replace(project, budget=budget), Records((), (), {}), INTERIM, Limits())


def give_back(made: Reported) -> Reported:
    """The final report, where only a part of the second instalment has arrived yet and part of the first went back."""
    back = Repayment(date=DAY(2008, 12, 1), amount=Decimal("5000.00"), reason=TEXT)
    request = PaymentRequest(instalment="D2", date=DAY(2008, 8, 29), amount=Decimal("40000.00"))
    part = Receipt(instalment="D2", date=DAY(2008, 10, 1), amount=Decimal("25000.00"))
    first, second = made.records.periods["H1"], made.records.periods["H2"]
    changed = replace(second, finance=second.finance.model_copy(update={"received": (part,), "returned": (back,)}))
    asked = replace(changed, finance=changed.finance.model_copy(update={"requests": (request,)}))
    records = replace(made.records, periods={"H1": first, "H2": asked})
    return report_on(made.project, records, FINAL)


def refuse_later(made: Reported) -> Reported:
    """The final report, where a part in dinars of a cost of the interim report is refused after it."""
    refusal = Ineligible(partner="AST", voucher="A-010", period="H1", amount=Decimal(5000), reason=TEXT)
    second = made.records.periods["H2"]
    changed = replace(second, finance=second.finance.model_copy(update={"ineligible": (refusal,)}))
    return report_on(made.project, replace(made.records, periods={**made.records.periods, "H2": changed}), FINAL)


def test_a_refusal_after_a_report_is_a_row_that_corrects_it():
    before, made = make_report(FINAL), refuse_later(make_report(FINAL))
    sheet = sheet_of(made.view(), "expenditure")
    rows = [values_in(sheet, x.row) for x in sheet.cells if str(x.value).startswith("Correction of H1")]
    assert [(row[7], row[13]) for row in rows] == [(-5000, "current"), (5000, "not accepted")]
    assert made.accounts.books.direct.prior == before.accounts.books.direct.prior
    assert checks_of(made)[:6] == checks_of(before)[:6]  # then the bank: indirect costs fall


def give_back_early(made: Reported) -> Reported:
    """The interim report, with part of the first instalment gone back."""
    back = Repayment(date=DAY(2008, 6, 1), amount=Decimal("20000.00"), reason=TEXT)
    first = made.records.periods["H1"]
    changed = replace(first, finance=first.finance.model_copy(update={"returned": (back,)}))
    return report_on(made.project, replace(made.records, periods={**made.records.periods, "H1": changed}), INTERIM)


def test_what_the_budget_has_not_has_no_row():
    project = make_project()
    empty = project.budget.headings[0].model_copy(update={"code": "7", "title": say("Τίποτα", "Nothing planned")})
    budget = project.budget.model_copy(update={"headings": (*project.budget.headings, empty)})
    bare, full = (
        report_on(x, Records((), (), {}), INTERIM).view()
        for x in (replace(project, budget=budget), with_reserve(project))
    )
    told = {key: texts_of(sheet_of(bare, key)) for key in ("summary", "execution", "forecast", "versions")}
    reserve = "Contingency reserve"
    for key, texts in told.items():
        assert not any(word in text for text in texts for word in (reserve, "Nothing planned")), key
        assert reserve in texts_of(sheet_of(full, key)), key


def test_every_amount_of_the_instalments_is_added_up():
    made = make_report(FINAL)
    sheet = sheet_of(made.view(), "income")
    total = values_in(sheet, row_of(sheet, "Total", 1))
    assert total[4] == Decimal("43046.10") + made.accounts.next_payment.amount
    assert total[6] == sum(made.accounts.funds.received.values())


def test_an_account_below_zero_is_an_advance_and_no_balance():
    before, made = make_report(INTERIM), advance(make_report(INTERIM))
    funds = made.accounts.funds
    assert (funds.advanced, funds.balance) == (Decimal("8200.00"), before.accounts.funds.balance)
    assert funds.difference == before.accounts.funds.difference + 8200
    view = made.view()
    assert cell_at(view, "funds:advanced").value == Decimal("8200.00")
    assert "Advanced by the organisations" in texts_of(sheet_of(view, "summary"))
    assert "Advanced by the organisations" not in texts_of(sheet_of(before.view(), "summary"))
    sheet = sheet_of(view, "reconciliation")
    said = values_in(sheet, row_of(sheet, "Balance less what was advanced"))
    assert said[4] == funds.balance - funds.advanced
    assert "Balance less what was advanced" not in texts_of(sheet_of(before.view(), "reconciliation"))


def test_what_was_asked_for_and_not_received_and_what_went_back_are_steps_of_the_payment():
    made = give_back(make_report(FINAL))
    sheet = sheet_of(made.view(), "payment")
    back, held, goes = (
        values_in(sheet, row_of(sheet, label))[1]
        for label in (
            "Given back to the donor, interest apart",
            "Instalments that count",
            "To be returned to the donor",
        )
    )
    assert back == Decimal("4968.82")  # less the interest of 31.18
    label = "Instalment D2, amount requested and not yet received"
    assert values_in(sheet, row_of(sheet, label))[1] == Decimal("15000.00")
    assert held == Decimal("53807.63") + 40000 - back
    assert goes == held - made.accounts.next_payment.final.amount


def test_a_line_is_added_up_from_the_list_of_expenditure():
    view = make_report().view()
    cell = cell_at(view, "line:1.1.6:current")
    assert "'Expenditure'!$F$6" in cell.formula
    assert '"current"' in cell.formula
    assert cell.formula.startswith("=SUMPRODUCT(")


def test_codes_that_are_equal_as_numbers_are_not_confused():
    """5.1 and 5.10: the formulas compare texts, and there is no SUMIFS, which compares numbers."""
    assert not [cell for _, cell in list_formulas(make_report().view()) if "SUMIF" in cell.formula]


def test_a_cost_in_another_currency_shows_rate_and_amount():
    view = make_report().view("en")
    sheet = sheet_of(view, "expenditure")
    row = row_of(sheet, "A-001", 1)
    by_column = {cell.column: cell for cell in sheet.cells if cell.row == row}
    rate, amount = by_column[9], by_column[10]
    assert rate.formula.startswith("='Exchange rates used'!$D$")
    assert amount.formula == f"=ROUND(H{row + 1}/J{row + 1},2)"
    assert amount.value == Decimal("760.28")
    assert by_column[13].value == "current"


def test_a_rate_shows_months_and_sources_but_not_when_it_was_read():
    sheet = sheet_of(make_report().view("el"), "rates")
    row = row_of(sheet, "Μέσος όρος 6 μηνών", 2)
    mean = next(cell for cell in sheet.cells if (cell.row, cell.column) == (row, 3))
    assert mean.formula == f"=AVERAGE(D{row - 5}:D{row})"
    assert round(mean.value, 6) == Decimal("80.564083")
    assert "invented" in texts_of(sheet)
    assert not [cell for cell in sheet.cells if cell.look.kind == "date"]


def test_every_method_of_exchange_is_told():
    for method, words in (
        ("month-of-expense", "month of the expense"),
        ("instalment-received", "last transfer"),
        ("fixed", "fixed in the contract"),
    ):
        exchange = Exchange(method=method, fixed={"RSD": Decimal("80.25")}, source=TEXT)
        view = make_report(exchange=exchange).view()
        assert any(words in text for text in texts_of(sheet_of(view, "rates"))), method


def test_a_refused_cost_is_listed_in_red_with_its_reason_and_is_in_no_balance():
    made = make_report()
    view = made.view()
    assert cell_at(view, "ineligible").value == Decimal("120.00")
    sheet = sheet_of(view, "expenditure")
    assert values_in(sheet, row_of(sheet, "K-014", 1))[13] == "not accepted"
    assert any('="not accepted"' in emphasis.formula for emphasis in sheet.emphases)
    assert "Fines are not eligible" in texts_of(sheet_of(view, "closing"))


@BOTH
def test_what_sources_bear_in_the_list_is_without_refused_costs_and_adds_up_to_the_report(report):
    made = refuse_later(make_report(FINAL)) if report is FINAL else make_report(report)
    books, sheet = made.accounts.books, sheet_of(made.view(), "expenditure")
    assert books.ineligible
    refused = [values_in(sheet, x.row) for x in sheet.cells if (x.column, x.value) == (13, "not accepted")]
    assert [row[14:] for row in refused] == [[None] * len(books.by_source)] * len(refused)
    top, last = row_of(sheet, "Total of the rows shown"), row_of(sheet, "Total of the list")
    borne = {cell.column: cell.value for cell in sheet.cells if cell.row == last and cell.column > 13}
    assert borne == {cell.column: cell.value for cell in sheet.cells if cell.row == top and cell.column > 13}
    assert sum(borne.values()) == books.direct.cumulative


def test_half_of_the_time_is_not_held_against_the_whole_budget():
    interim, final = (sheet_of(make_report(report).view(), "execution") for report in (INTERIM, FINAL))
    ends = [[text for text in values_in(sheet, 4) if text][-3:] for sheet in (interim, final)]
    assert ends == [["Cumulative", "Unspent", "Spent"], ["Variation in EUR", "Variation %", "Explanation"]]
    assert not any("ariation" in text for text in texts_of(interim))
    line = values_in(interim, row_of(interim, "6.1"))
    assert line[11] == line[9] / line[6] > 0
    assert line[12] == "Fewer residents at first."


def test_a_line_that_another_budget_had_shows_its_costs_and_no_approval():
    view = make_report(FINAL).view()
    sheet = sheet_of(view, "execution")
    row = values_in(sheet, row_of(sheet, "5.4"))
    assert row[4:7] == [None, None, Decimal("0.00")]
    assert row[9:13] == [Decimal("250.00"), Decimal("-250.00"), Decimal("250.00"), "–"]
    assert row[13] == "Approved by the first contract."


def test_pending_payments_above_the_limit_stand_one_by_one():
    view = make_report().view()
    sheet = sheet_of(view, "pending")
    assert {"Hotel Park", "Μισθοδοσία", "Other pending payments (2)"} <= texts_of(sheet)
    assert texts_of(sheet).isdisjoint({"ΟΤΕ", "ΔΕΗ"})
    assert values_in(sheet, row_of(sheet, "Other pending payments (2)", 2))[6] == Decimal("538.20")
    assert {"ΟΤΕ", "ΔΕΗ"} <= texts_of(sheet_of(make_report(limits=Limits()).view(), "pending"))


def test_what_is_asked_is_that_of_the_ledger_step_by_step():
    made = make_report()
    sheet = sheet_of(made.view(), "payment")
    amounts = [cell.value for cell in sheet.cells if cell.column == 1 and cell.look.kind == "money"]
    assert amounts[-1] == made.accounts.next_payment.amount == Decimal("5390.99")
    assert Decimal("53807.63") in amounts


def test_money_that_goes_back_is_said_in_a_final_report():
    made = make_report(FINAL)
    sheet = sheet_of(made.view(), "payment")
    due, excess = (values_in(sheet, row_of(sheet, x))[1] for x in ("AMOUNT REQUESTED", "To be returned to the donor"))
    assert due == 0
    assert (
        excess == Decimal("96853.73") - Decimal("31884.08") == made.accounts.next_payment.excess
    )  # only interest went
    final = made.accounts.next_payment.final
    assert final.amount == final.charged < final.share  # a cost that KLI bears alone is not paid a second time


def test_contributions_name_giver_and_bank_reference():
    sheet = sheet_of(make_report().view("el"), "income")
    assert {"Μέλη ΚΛΙΜΑΚΑ", "ΤΡ-2", "ASTRA", "B-77", "SWIFT 4", "με την παρούσα έκθεση"} <= texts_of(sheet)


def checks_of(made):
    cells = sheet_of(made.view(), "summary").cells
    return [cell.value for cell in cells if cell.look.role == "check"]


def test_checks_are_right_until_the_accounts_do_not_agree():
    made = make_report()
    assert checks_of(made) == ["OK"] * 8
    funds = replace(made.accounts.funds, balance=made.accounts.funds.balance - Decimal("0.01"))
    assert checks_of(replace(made, accounts=replace(made.accounts, funds=funds))) == [*["OK"] * 6, "Differs", "OK"]


def test_every_signed_version_stands_beside_the_others():
    interim, final = (sheet_of(make_report(report).view(), "versions") for report in REPORTS)
    assert "Amendment No. 1" not in texts_of(interim)
    assert {"Contract", "Amendment No. 1", "01/09/2008 · More seminars"} <= texts_of(final)
    assert {cell.value for cell in final.cells if cell.look.role == "check"} == {"Allowed"}


def test_a_heading_that_costs_moved_too_far_is_said():
    project = make_project()
    records = make_records(project)
    first = replace(records.periods["H1"], expenditures=(cost("15870.01", "6.1"),))  # 15 % of 13,800.00 is 2,070.00
    made = report_on(project, replace(records, periods={**records.periods, "H1": first}), INTERIM)
    sheet = sheet_of(made.view(), "versions")
    assert [cell.value for cell in sheet.cells if cell.look.role == "check"] == [*["Allowed"] * 5, "Not allowed"]


def test_charts_cover_no_cell():
    summary = sheet_of(make_report().view("el"), "summary")
    assert len(summary.charts) == 2
    for chart in summary.charts:
        rows, high = chart.row, 0.0
        while high < chart.height - 1:
            high += summary.heights.get(rows, 15) * 4 / 3
            rows += 1
        area = Area(chart.row, 0, rows - 1, summary.charts[0].column + 7)
        assert not [cell for cell in summary.cells if area.first_row <= cell.row <= area.last_row], chart.title


def test_a_report_without_any_cost_has_all_its_sheets():
    project = make_project()
    empty = {code: PeriodRecords(code, (), Finance(), Progress()) for code in ("H1", "H2")}
    made = report_on(project, Records((), (), empty), INTERIM)
    view = made.view("el")
    assert read_figures(write_workbook(view, STAMP)) == list_report_figures(made.accounts)
    assert "Καμία εγγραφή" in texts_of(sheet_of(view, "income"))


def test_a_long_list_is_whole_frozen_and_filtered():
    made = with_many(5000)
    view = made.view()
    sheet = sheet_of(view, "expenditure")
    assert sheet.freeze == (5, 2)
    assert (sheet.filter.first_row, sheet.filter.last_row) == (4, 5004)
    assert sheet.print.repeat == (4, 4)
    assert read_figures(write_workbook(view, STAMP)) == list_report_figures(made.accounts)


def test_texts_of_users_stay_texts():
    project = make_project()
    records = make_records(project)
    risky = cost("10.00", payee='=HYPERLINK("http://x","y")', description="@SUM(A1)")
    first = replace(records.periods["H1"], expenditures=(risky,))
    view = report_on(project, replace(records, periods={**records.periods, "H1": first}), INTERIM).view()
    book = open_workbook(write_workbook(view, STAMP))
    cells = [book["Expenditure"].cell(6, column) for column in (4, 5)]
    assert [cell.data_type for cell in cells] == ["s", "s"]
    assert all(cell.quotePrefix for cell in cells)


@pytest.mark.parametrize("language", ["el", "en"])
@BOTH
def test_no_word_of_a_head_is_broken(report: ReportDue, language: str) -> None:
    assert find_broken_heads(make_report(report).view(language)) == []
