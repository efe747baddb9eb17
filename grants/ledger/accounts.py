"""Everything that a report says in figures: the books, the money, the next payment, and what was reached."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from grants.ledger.balances import Books, Funds, HeadingMove, NextPayment
from grants.ledger.books import keep_books
from grants.ledger.funds import add_up_funds
from grants.ledger.moves import list_moves
from grants.ledger.payments import find_next_payment
from grants.ledger.reached import Reached, add_up_reached
from grants.model import Project
from grants.model.grant import ReportDue
from grants.model.limits import Limits
from grants.model.records import PaymentRequest, Records


@dataclass(frozen=True, slots=True)
class Accounts:
    """The figures of one report. Views add nothing to them."""

    books: Books
    funds: Funds
    next_payment: NextPayment
    moves: tuple[HeadingMove, ...]
    reached: Mapping[str, Reached]
    """Indicator -> what was reached."""
    groups: Mapping[str, Reached]
    """Target group -> how many were reached."""


def draw_up_all(
    project: Project, records: Records, reports: Sequence[ReportDue], limits: Limits
) -> dict[str, Accounts]:
    """Report -> its figures; what reports that were handed in ask for is known to those that end later."""
    drawn: dict[str, Accounts] = {}
    for report in sorted(reports, key=lambda x: x.end):
        drawn[report.code] = draw_up_accounts(project, records, report, limits, list_implied(drawn.values()))
    return {report.code: drawn[report.code] for report in reports}


def list_implied(accounts: Iterable[Accounts]) -> dict[str, PaymentRequest]:
    """Instalment -> how it was asked for, by the payment requests of the reports that were handed in."""
    asked: dict[str, PaymentRequest] = {}
    for one in accounts:
        day, payment = one.books.scope.report.submitted, one.next_payment
        if day is not None and payment.instalment is not None and payment.amount:
            asked[payment.instalment] = PaymentRequest(instalment=payment.instalment, date=day, amount=payment.amount)
    return asked


def draw_up_accounts(
    project: Project,
    records: Records,
    report: ReportDue,
    limits: Limits,
    implied: Mapping[str, PaymentRequest] = MappingProxyType({}),
) -> Accounts:
    """The figures of a report of a project's calendar.

    `implied` says how instalments were asked for by earlier reports; what is recorded goes before it.
    """
    books = keep_books(project, records, report)
    funds = add_up_funds(project, records, books)
    funds = replace(funds, requested={**implied, **funds.requested})
    reached, groups = add_up_reached(project, records, books.scope, limits.smallest_count)
    return Accounts(
        books=books,
        funds=funds,
        next_payment=find_next_payment(project, books, funds, limits),
        moves=list_moves(project, records, books, limits),
        reached=reached,
        groups=groups,
    )
