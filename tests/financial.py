"""Costs in euro and dinars over two half-years: an amendment, a refused cost, a credit note, costs not yet paid."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Any

from grants.ledger.accounts import Accounts, draw_up_accounts
from grants.model import Donor, Project
from grants.model.budget import Budget, Contingency
from grants.model.grant import Amendment, ReportDue
from grants.model.labels import Labels
from grants.model.limits import Limits
from grants.model.records import (
    AccountBalance,
    Asset,
    ExchangeDifference,
    Expenditure,
    Finance,
    Ineligible,
    Interest,
    OwnContribution,
    PaymentRequest,
    PendingPayment,
    PeriodRecords,
    Procurement,
    Progress,
    Receipt,
    Records,
    Repayment,
    SignedBudget,
    Transfer,
)
from grants.model.scalars import Text
from grants.readers.pack import read_labels
from grants.views.financial_report import view_financial_report
from grants.views.workbook import WorkbookView
from tests.ledger.cases import CONTRACT, DAY, FINAL, INTERIM, cost, make_project, rates_of
from tests.workbooks import ROOT, load_sample

LIMITS = Limits(
    transfer_percent=Decimal(15),
    next_payment_percent=Decimal(70),
    prefinancing_percent=Decimal(90),
    pending_over=Decimal(500),
    explain_over_percent=Decimal(10),
)
LABELS = ROOT / "templates" / "_common" / "labels-financial.yaml"
RATES = rates_of("79.50", "82.10", "80.60", "81.05", "80.2345", "79.90", "78", "77.7", "76.61", "79.9", "83.2", "88.1")


@dataclass(frozen=True)
class Reported:
    """A report and all that its workbook is made from."""

    project: Project
    donor: Donor
    records: Records
    accounts: Accounts
    limits: Limits
    labels: Labels

    def view(self, language: str = "en") -> WorkbookView:
        parts = (self.project, self.donor, self.accounts, self.records, self.limits)
        return view_financial_report(*parts, self.labels, language)


@cache
def load_labels() -> Labels:
    """The words of the financial report."""
    labels, _, findings = read_labels(LABELS)
    assert labels, findings
    return labels


def say(greek: str, english: str) -> Text:
    """A text in both languages."""
    return Text({"el": greek, "en": english})


def make_report(report: ReportDue = INTERIM, limits: Limits = LIMITS, **changes: Any) -> Reported:
    """The invented grant's report; `changes` are those of its grant."""
    amendment = Amendment(number="1", signed=DAY(2008, 9, 1), reason=say("Περισσότερα σεμινάρια", "More seminars"))
    contract = CONTRACT.model_copy(update={"amendments": (amendment,)})
    project = make_project(**{"contract": contract, **changes})
    return report_on(project, make_records(project), report, limits)


def report_on(project: Project, records: Records, report: ReportDue, limits: Limits = LIMITS) -> Reported:
    """The report of a project with these records."""
    accounts = draw_up_accounts(project, records, report, limits)
    return Reported(project, load_sample().donor, records, accounts, limits, load_labels())


def make_records(project: Project) -> Records:
    """Two periods, a contract and an amendment that moves money between two headings."""
    amended = [
        line.model_copy(update={"quantity": line.quantity + 1 if line.code == "5.7" else line.quantity})
        for line in project.budget.lines
        if line.code != "5.4"
    ]
    budget = Budget.model_validate({**dict(project.budget), "lines": amended, "total": None})
    signed = (SignedBudget(None, CONTRACT.signed, project.budget), SignedBudget("1", DAY(2008, 9, 1), budget))
    periods = {
        "H1": PeriodRecords("H1", tuple(_list_first()), _make_first_finance(), Progress()),
        "H2": PeriodRecords("H2", tuple(_list_second()), _make_second_finance(), _make_progress()),
    }
    return Records(signed, RATES, periods)


def _list_first() -> list[Expenditure]:
    salaries = [
        cost(
            "2150.00",
            "1.1.1",
            voucher=f"K-{n:03}",
            date=DAY(2008, n, 28),
            payee="Μισθοδοσία",
            date_paid=DAY(2008, n, 28),
        )
        for n in range(1, 6)
    ]
    hotline = [
        cost(
            f"{61234 + 17 * n}.55",
            "1.1.6",
            voucher=f"A-{n:03}",
            date=DAY(2008, n, 25),
            payee="ASTRA plate",
            description=f"Operaterke SOS linije, mesec {n}",
            partner="AST",
            currency="RSD",
            date_paid=DAY(2008, n, 26),
            document=f"R{n}",
        )
        for n in range(1, 7)
    ]
    return [
        *salaries,
        cost(
            "2150.00",
            "1.1.1",
            voucher="K-006",
            date=DAY(2008, 6, 28),
            payee="Μισθοδοσία",
            date_paid=None,
            document="Φ6",
        ),
        *hotline,
        cost("333.33", "6.1", voucher="K-010", source="KLI", payee="Υπεραγορά Α.Ε.", description="Τρόφιμα Ιανουαρίου"),
        cost("874.07", "6.1", voucher="K-011", payee="Υπεραγορά Α.Ε.", description="Τρόφιμα και είδη υγιεινής"),
        cost("-74.07", "6.1", voucher="K-012", payee="Υπεραγορά Α.Ε.", description="Πιστωτικό τιμολόγιο"),
        cost("41.25", "6.2", voucher="K-013", payee="Φαρμακείο", description="=φάρμακα", note="x"),
        cost("120.00", "6.2", voucher="K-014", payee="Φαρμακείο", description="Πρόστιμο", document="Φ7"),
        cost("145000", "5.7", voucher="A-010", partner="AST", currency="RSD", payee="Hotel Park", date_paid=None),
    ]


def _list_second() -> list[Expenditure]:
    months = [
        cost(
            "2190.50",
            "1.1.1",
            voucher=f"K-1{n:02}",
            date=DAY(2008, n, 28),
            payee="Μισθοδοσία",
            date_paid=DAY(2008, n, 28),
        )
        for n in range(7, 13)
    ]
    seminars = [
        cost(
            f"{number}0111.11", "5.7", voucher=f"A-1{number}", date=DAY(2008, 10, number), partner="AST", currency="RSD"
        )
        for number in range(11, 15)
    ]
    return [*months, *seminars, cost("250.00", "5.4", voucher="K-120", date=DAY(2008, 12, 1), date_paid=None)]


def _make_first_finance() -> Finance:
    return Finance(
        received=(Receipt(instalment="D1", date=DAY(2008, 1, 31), amount=Decimal("53807.63"), reference="ΤΡ-1"),),
        own_contributions=(
            OwnContribution(
                source="KLI", giver="Μέλη ΚΛΙΜΑΚΑ", date=DAY(2008, 2, 4), amount=Decimal(4000), reference="ΤΡ-2"
            ),
            OwnContribution(
                source="AST", giver="ASTRA", date=DAY(2008, 3, 4), amount=Decimal("1500.50"), reference="B-77"
            ),
        ),
        transfers=(
            Transfer(
                date=DAY(2008, 2, 6),
                partner="AST",
                amount=Decimal(9000),
                received=Decimal("734400.00"),
                currency="RSD",
                reference="SWIFT 4",
            ),
        ),
        interest=(Interest(date=DAY(2008, 6, 30), amount=Decimal("31.18"), reference="ΤΡ-9"),),
        balances=(
            AccountBalance(account="Τράπεζα", date=DAY(2008, 6, 30), amount=Decimal("37432.54"), currency="EUR"),
            AccountBalance(account="Banka", date=DAY(2008, 6, 30), amount=Decimal("310512.40"), currency="RSD"),
        ),
        exchange_difference=ExchangeDifference(
            amount=Decimal("-12.34"), reason=say("Τιμές της τράπεζας", "The bank's rates")
        ),
        pending=(
            PendingPayment(
                supplier="Hotel Park",
                purpose="Αίθουσα σεμιναρίου Μαΐου",
                line="5.7",
                amount=Decimal(145000),
                currency="RSD",
                due=DAY(2008, 7, 15),
                document="A-010",
            ),
            PendingPayment(
                supplier="Μισθοδοσία",
                purpose="Ιούνιος",
                line="1.1.1",
                amount=Decimal(2150),
                currency="EUR",
                document="K-006",
            ),
            PendingPayment(supplier="ΟΤΕ", purpose="Τηλέφωνα", line="4.2", amount=Decimal("38.20"), currency="EUR"),
            PendingPayment(supplier="ΔΕΗ", purpose="Ρεύμα", line="4.2", amount=Decimal("500.00"), currency="EUR"),
        ),
        ineligible=(
            Ineligible(
                partner="KLI", voucher="K-014", reason=say("Τα πρόστιμα δεν είναι επιλέξιμα", "Fines are not eligible")
            ),
        ),
        forecast={"1.1.1": Decimal("13150.00"), "5.7": Decimal("5200.00"), "6.1": Decimal("4999.99")},
        explanations={
            "6.1": say(
                "Λιγότερες φιλοξενούμενες στο πρώτο τρίμηνο, όπως εξηγείται στην έκθεση.", "Fewer residents at first."
            )
        },
    )


def _make_second_finance() -> Finance:
    return Finance(
        received=(Receipt(instalment="D2", date=DAY(2008, 10, 10), amount=Decimal("43046.10"), reference="ΤΡ-20"),),
        requests=(PaymentRequest(instalment="D2", date=DAY(2008, 8, 29), amount=Decimal("43046.10")),),
        returned=(Repayment(date=DAY(2008, 12, 20), amount=Decimal("31.18"), reason=say("Τόκοι", "Interest")),),
        balances=(
            AccountBalance(account="Τράπεζα", date=DAY(2008, 12, 31), amount=Decimal("63588.67"), currency="EUR"),
        ),
        explanations={"5.4": say("Εγκρίθηκε με την αρχική σύμβαση.", "Approved by the first contract.")},
    )


def _make_progress() -> Progress:
    text = say("Τρεις προσφορές", "Three offers")
    return Progress(
        contracts=(
            Procurement(
                supplier="Hotel Park", subject=text, amount=Decimal(5400), date=DAY(2008, 4, 1), procedure=text
            ),
        ),
        assets=(
            Asset(
                description=text,
                quantity=Decimal(2),
                value=Decimal("1800"),
                acquired=DAY(2008, 2, 1),
                line="3.1",
                after=text,
            ),
        ),
    )


def with_reserve(project: Project) -> Project:
    """The project with a contingency of 2.5 per cent, of which indirect costs are taken too."""
    assert project.budget.indirect_costs
    indirect = project.budget.indirect_costs.model_copy(update={"base": "direct-and-contingency"})
    changes = {"contingency": Contingency(percent=Decimal("2.5")), "indirect_costs": indirect}
    return replace(project, budget=project.budget.model_copy(update=changes))


def advance(made: Reported) -> Reported:
    """The interim report, with an account below zero."""
    first = made.records.periods["H1"]
    account = AccountBalance(account="Προκαταβολή", date=DAY(2008, 6, 30), amount=Decimal(-8200), currency="EUR")
    finance = first.finance.model_copy(update={"balances": (*first.finance.balances, account)})
    records = replace(made.records, periods={**made.records.periods, "H1": replace(first, finance=finance)})
    return report_on(made.project, records, INTERIM)


def with_many(count: int) -> Reported:
    """A report with so many costs, in both currencies."""
    project = make_project()
    costs = [
        cost(
            f"{100 + n % 97}.{n % 100:02}",
            ("1.1.1", "4.2", "6.1", "5.7")[n % 4],
            voucher=f"V-{n}",
            date=DAY(2008, n % 6 + 1, n % 28 + 1),
            currency=("EUR", "RSD")[n % 2],
            payee=f"Supplier {n % 50}",
            description=f"Purchase number {n} of the project",
        )
        for n in range(count)
    ]
    records = make_records(project)
    first = replace(records.periods["H1"], expenditures=tuple(costs))
    return report_on(project, replace(records, periods={**records.periods, "H1": first}), INTERIM)


REPORTS = (INTERIM, FINAL)
