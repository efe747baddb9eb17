"""How far each heading has moved from its signed amount, and how far it may."""

from __future__ import annotations

from decimal import Decimal

from grants.ledger.balances import Books, HeadingMove
from grants.ledger.books import plans_changes
from grants.ledger.totals import add_up
from grants.model import Project
from grants.model.limits import Limits
from grants.model.money import round_to_cent
from grants.model.records import Records

NOTHING = Decimal("0.00")


def list_moves(project: Project, records: Records, books: Books, limits: Limits) -> tuple[HeadingMove, ...]:
    """Every heading against the budget in force: cumulative since it was signed or last amended.

    A heading is what the definition makes of it now, or what was spent where that is more. Where a later amendment is
    signed already, or the definition still is a budget that was signed before this one, it plans no move of it.
    Indirect costs and the contingency have no such limit.
    """
    plans = plans_changes(project, records, books.budget)
    present = {x.heading.code: x.total for x in add_up(project).headings} if plans else {}
    moves = []
    for heading in books.headings:
        defined = present.get(heading.heading.code, NOTHING) if plans else heading.approved
        limit = limit_move(heading.approved, limits.transfer_percent)
        moves.append(HeadingMove(heading.heading, heading.approved, max(defined, heading.cumulative), limit))
    return tuple(moves)


def limit_move(signed: Decimal, most_percent: Decimal | None) -> Decimal | None:
    """By how much a heading may rise or fall in all; None: the donor sets no limit."""
    return None if most_percent is None else round_to_cent(signed * most_percent / 100)
