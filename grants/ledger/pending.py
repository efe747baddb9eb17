"""What is owed: costs in the books that are not paid yet, and pending payments that are in no list of costs."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from grants.ledger.balances import Posting
from grants.model.records import PendingPayment


@dataclass(frozen=True, slots=True)
class Owed:
    """Costs that are not paid, each with the pending payment that says the same; and the pending payments left over."""

    costs: tuple[tuple[Posting, PendingPayment | None], ...]
    others: tuple[PendingPayment, ...]


def list_unpaid(postings: Iterable[Posting], end: datetime.date) -> list[Posting]:
    """The costs that were not paid by a day, in their order."""
    return [x for x in postings if x.expenditure.date_paid is None or x.expenditure.date_paid > end]


def match_pending(unpaid: Sequence[Posting], pending: Iterable[PendingPayment]) -> Owed:
    """Each pending payment goes with one unpaid cost at most: that of its line, amount and currency; else that of its
    line and paper (the number of the voucher, or where it is filed). So nothing is owed twice.
    """
    left = list(pending)
    found: dict[int, PendingPayment] = {}
    for is_same in (_is_same_amount, _is_same_paper):
        for place, posting in enumerate(unpaid):
            entry = None if place in found else next((x for x in left if is_same(posting, x)), None)
            if entry is not None:
                found[place] = entry
                left.remove(entry)
    return Owed(tuple((posting, found.get(place)) for place, posting in enumerate(unpaid)), tuple(left))


def is_equal(posting: Posting, pending: PendingPayment) -> bool:
    """Whether a cost and the pending payment that goes with it are of the same amount."""
    cost = posting.expenditure
    return (cost.amount, cost.currency) == (pending.amount, pending.currency)


def _is_same_amount(posting: Posting, pending: PendingPayment) -> bool:
    return posting.expenditure.line == pending.line and is_equal(posting, pending)


def _is_same_paper(posting: Posting, pending: PendingPayment) -> bool:
    cost = posting.expenditure
    papers = (cost.voucher, cost.document)
    return cost.line == pending.line and pending.document is not None and pending.document in papers
