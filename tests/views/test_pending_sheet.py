"""The sheet Pending payments: every debt once, at the rate of the list of expenditure, and equal to what is unpaid."""

from decimal import Decimal

from grants.model.grant import Exchange
from grants.model.limits import Limits
from grants.model.records import PendingPayment
from tests.financial import INTERIM, report_on
from tests.ledger.cases import DAY, TEXT, cost, make_project, make_records, rates_of, received
from tests.views.test_financial_report import cell_at, row_of, sheet_of, texts_of, values_in


def pend(amount, document, line="5.7", currency="RSD"):
    return PendingPayment(
        supplier="Hotel", purpose="Seminar", line=line, amount=Decimal(amount), currency=currency, document=document
    )


def make(pending):
    """Two unpaid costs in dinars of March and April, whose rates are not that of June; and these pending payments."""
    project = make_project(exchange=Exchange(method="month-of-expense", source=TEXT))
    costs = [
        cost("147000", "5.7", voucher="R-23", date=DAY(2008, 3, 15), currency="RSD", date_paid=None, document="F5"),
        cost("144000", "5.7", voucher="R-16", date=DAY(2008, 4, 12), currency="RSD", date_paid=DAY(2008, 7, 2)),
        cost("800.00"),
    ]
    finance = received(D1="10000.00").model_copy(update={"pending": tuple(pending)})
    records = make_records(costs, [], (finance, finance), rates_of("79", "80", "81", "82", "83", "90"))
    return report_on(project, records, INTERIM, Limits(pending_over=Decimal(500)))


def amounts_of(made):
    sheet = sheet_of(made.view(), "pending")
    return {
        row[0]: row[6]
        for cell in sheet.cells
        if cell.column == 0 and (row := values_in(sheet, cell.row)) and len(row) > 6
    }


def test_a_voucher_has_one_amount_in_the_whole_workbook():
    made = make([pend("147000", "F5")])
    assert amounts_of(made)["R-23"] == Decimal("1814.81")  # by the rate of March, as in the list; not of June: 1,633.33
    assert "1633.33" not in str(sheet_of(made.view(), "pending"))


def test_the_two_parts_add_up_to_what_is_owed():
    made = make([pend("147000", "F5"), pend("90000", "F9")])
    view = made.view()
    unpaid = Decimal("1814.81") + Decimal("1756.10")
    assert cell_at(view, "funds:unpaid").value == made.accounts.funds.unpaid == unpaid
    sheet = sheet_of(view, "pending")
    assert values_in(sheet, row_of(sheet, "Owed in all"))[6] == unpaid + Decimal("1000.00")
    assert values_in(sheet, row_of(sheet, "Unpaid costs = list less payments"))[6] == "OK"


def test_a_pending_payment_that_is_a_cost_is_not_owed_twice():
    sheet = sheet_of(make([pend("147000", "F5"), pend("144000", None)]).view(), "pending")
    assert "None" in texts_of(sheet)  # nothing is owed besides the costs
    other = sheet_of(make([pend("140000", "F5")]).view(), "pending")  # the same paper and line: the cost as booked
    assert "None" in texts_of(other)
