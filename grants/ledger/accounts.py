"""Everything that a report says in figures: the books, the money, the next payment, and what was reached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from grants.ledger.balances import Books, Funds, HeadingMove, NextPayment
from grants.ledger.books import keep_books
from grants.ledger.funds import add_up_funds
from grants.ledger.moves import list_moves
from grants.ledger.payments import find_next_payment
from grants.ledger.reached import Reached, add_up_reached
from grants.model import Project
from grants.model.grant import ReportDue
from grants.model.limits import Limits
from grants.model.records import Records


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


def draw_up_accounts(project: Project, records: Records, report: ReportDue, limits: Limits) -> Accounts:
    """The figures of a report of a project's calendar."""
    books = keep_books(project, records, report)
    funds = add_up_funds(project, records, books)
    reached, groups = add_up_reached(project, records, books.scope, limits.smallest_count)
    return Accounts(
        books=books,
        funds=funds,
        next_payment=find_next_payment(project, books, funds, limits),
        moves=list_moves(project, records, books, limits),
        reached=reached,
        groups=groups,
    )
