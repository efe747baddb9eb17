"""What is owed at the end of a report's last period, as its workbook shows it."""

from __future__ import annotations

from grants.ledger.pending import Owed, list_unpaid, match_pending
from grants.views.financial_sheets.draft import Draft


def find_owed(draft: Draft) -> Owed:
    """The costs that are not paid by then, and the pending payments that are in no list."""
    if draft.last_period is None:
        return Owed((), ())
    return match_pending(list_unpaid(draft.books.postings, draft.last_period.end), draft.last_finance.pending)
