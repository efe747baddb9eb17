"""Can a modification of the budget be asked for? Each heading that moves has a reason, and the money is there."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from grants.ledger.accounts import Accounts
from grants.ledger.balances import HeadingMove
from grants.ledger.books import plans_changes
from grants.ledger.totals import add_up
from grants.rules.case import Fault, at, say
from grants.rules.report_case import ReportCase

NOTHING = Decimal("0.00")


def check_modification_reasons(case: ReportCase) -> Iterator[Fault]:
    """Every heading of a request for a modification says why it moves, in an explanation of one of its lines that was
    written for this report: the request prints no earlier one."""
    for accounts in _find_requests(case):
        scope = accounts.books.scope
        folders = {*(period.code for period in scope.explaining), scope.report.code}
        told = [period.finance for code, period in case.records.periods.items() if code in folders]
        explained = {line for finance in told for line in finance.explanations}
        for move in (x for x in accounts.moves if x.moved):
            lines = _list_lines(accounts, move)
            if explained.isdisjoint(lines):
                code = move.heading.code
                message = f"Heading {code} moves by {say(move.moved)}; the request for it does not say why."
                remedy = (
                    f"Explain a line of it ({', '.join(lines) or 'none yet'}) under `explanations` in finance.yaml, or "
                    "on the sheet Budget and costs of the form."
                )
                yield Fault(at("periods", scope.periods[-1].code, "finance", "explanations"), message, remedy, code)


def check_modification_balance(case: ReportCase) -> Iterator[Fault]:
    """The headings that receive get no more than other headings and the contingency give."""
    for accounts in _find_requests(case):
        moved = sum((move.moved for move in accounts.moves), NOTHING)
        missing = moved - _find_freed(case, accounts)
        if missing > 0:
            message = f"The headings that receive get {say(missing)} more than the others and the contingency give."
            remedy = "Lower other lines of budget.yaml by as much, or say who pays: the grant does not grow."
            first = next(i for i, x in enumerate(accounts.moves) if not x.is_allowed)
            yield Fault(at("budget", "headings", _place(case, accounts.moves[first])), message, remedy, say(moved))


def _find_requests(case: ReportCase) -> Iterator[Accounts]:
    """The accounts of the last report, where a heading moves beyond the limit: `grants report` drafts a request."""
    yield from (x for x in case.last_accounts if any(not move.is_allowed for move in x.moves))


def _find_freed(case: ReportCase, accounts: Accounts) -> Decimal:
    """What the definition takes out of the contingency in force."""
    if not plans_changes(case.project, case.records, accounts.books.budget):
        return NOTHING
    return max(accounts.books.contingency.approved - add_up(case.project).contingency.total, NOTHING)


def _list_lines(accounts: Accounts, move: HeadingMove) -> list[str]:
    headings = (x for x in accounts.books.headings if x.heading.code == move.heading.code)
    return [line.line.code for heading in headings for line in heading.lines]


def _place(case: ReportCase, move: HeadingMove) -> int:
    codes = [heading.code for heading in case.project.budget.headings]
    return codes.index(move.heading.code) if move.heading.code in codes else 0
