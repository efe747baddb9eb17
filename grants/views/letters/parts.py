"""What every letter says: to whom, about which project and report, signed by whom."""

from __future__ import annotations

from grants.views.letters.context import LetterContext
from grants.views.proposal.people import view_donor, view_organisation
from grants.views.proposal.sheet import view_project
from grants.views.report.papers import view_contact, view_contract, view_report, view_signatories
from grants.views.report.source import ReportSource
from grants.views.words import Words


def view_letter(source: ReportSource, words: Words) -> LetterContext:
    """The names that the template of every letter begins with."""
    return {
        "donor": view_donor(source.donor, words),
        "project": view_project(source.sheet, words),
        "report": view_report(source, words),
        "contract": view_contract(source, words),
        "applicant": view_organisation(source.project.sheet.applicant, words),
        "contact": view_contact(source, words),
        "signatories": view_signatories(source, words),
        "budget": {"currency": source.accounts.books.budget.currency},
    }


def asks_for_payment(source: ReportSource) -> bool:
    """Whether there is an instalment to ask for."""
    payment = source.accounts.next_payment
    return payment.instalment is not None and payment.amount > 0
