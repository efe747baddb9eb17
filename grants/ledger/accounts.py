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
    requested: PaymentRequest | None
    """What the report asked for when it was handed in; None for nothing, and before."""


def draw_up_all(
    project: Project,
    records: Records,
    reports: Sequence[ReportDue],
    limits: Limits,
    handed_in: Mapping[str, PaymentRequest | None] = MappingProxyType({}),
) -> dict[str, Accounts]:
    """Report -> its figures; what reports that were handed in ask for is known to those that end later.

    `handed_in` says what the documents of such a report asked for, where they are there: what has come back since
    does not change it.
    """
    drawn: dict[str, Accounts] = {}
    for report in sorted(reports, key=lambda x: x.end):
        accounts = draw_up_accounts(project, records, report, limits, list_implied(drawn.values()))
        requested = handed_in.get(report.code, accounts.requested)
        drawn[report.code] = replace(accounts, requested=requested)
    return {report.code: drawn[report.code] for report in reports}


def list_implied(accounts: Iterable[Accounts]) -> dict[str, PaymentRequest]:
    """Instalment -> how it was asked for, by the payment requests of the reports that were handed in."""
    return {one.requested.instalment: one.requested for one in accounts if one.requested}


def _find_request(report: ReportDue, payment: NextPayment) -> PaymentRequest | None:
    if report.submitted is None or payment.instalment is None or not payment.amount:
        return None
    return PaymentRequest(instalment=payment.instalment, date=report.submitted, amount=payment.amount)


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
    next_payment = find_next_payment(project, books, funds, limits)
    return Accounts(
        books=books,
        funds=funds,
        next_payment=next_payment,
        moves=list_moves(project, records, books, limits),
        reached=reached,
        groups=groups,
        requested=_find_request(report, next_payment),
    )
