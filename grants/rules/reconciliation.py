"""Is all the money accounted for, at the end of each report, and on the way to it?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from grants.ledger.balances import Books, Funds, Scope
from grants.ledger.books import keep_books
from grants.ledger.funds import add_up_funds
from grants.model.grant import ReportingPeriod
from grants.model.money import round_to_cent
from grants.rules.case import Fault, at, say
from grants.rules.report_case import ReportCase


def check_funds_reconcile(case: ReportCase) -> Iterator[Fault]:
    """Received + interest + exchange difference = paid + returned + balance, to the cent, at the end of each report.

    While a report's last period has not come back, it is looked at the end of the last one that has its balances.
    """
    told: set[str] = set()
    for accounts in case.accounts.values():
        scope = accounts.books.scope
        last = _find_last(case, scope)
        if last is None or last.code in told:
            continue
        told.add(last.code)
        books, funds = accounts.books, accounts.funds
        if last != scope.periods[-1]:
            books = keep_books(case.project, case.records, scope.report.model_copy(update={"end": last.end}))
            funds = add_up_funds(case.project, case.records, books)
        if not books.unconverted:  # else it is said already, and nothing can add up
            yield from _find_difference(case, last.code, books, funds)


def _find_last(case: ReportCase, scope: Scope) -> ReportingPeriod | None:
    """The period at whose end all must add up: the report's last, where it is back or the report is being made."""
    if scope.periods and (case.is_made(scope.report) or scope.periods[-1].code in case.records.periods):
        return scope.periods[-1]
    return next((x for x in reversed(scope.periods) if case.records.of(x).finance.balances), None)


def _find_difference(case: ReportCase, last: str, books: Books, funds: Funds) -> Iterator[Fault]:
    place = at("periods", last, "finance", "balances")
    if last not in case.records.periods or not case.records.periods[last].finance.balances:
        message = f"No account or cash balance is given for the end of {last}."
        yield Fault(place, message, "Enter what the statements show, also where it is 0.00.")
    elif funds.difference:
        advanced = f"advanced were {say(funds.advanced)}, " if funds.advanced else ""
        wrong = "is missing" if funds.difference > 0 else "is too much"
        message = (
            f"At the end of {last}, {say(abs(funds.difference))} {wrong}: in came {say(funds.income)}, {advanced}"
            f"by exchange {say(funds.exchange_difference)}; paid were {say(funds.paid)}, returned "
            f"{say(funds.returned)}, left are {say(funds.balance)}."
        )
        remedy = (
            "Look for a cost, receipt or balance that is missing, double or mistyped. What rates of exchange alone "
            "explain is the exchange difference: sheet Reconciliation of the period's form, or "
            "`exchange_difference` in this file."
        ) + _say_indirect_of_refused(books)
        yield Fault(place, message, remedy, say(funds.difference))


def _say_indirect_of_refused(books: Books) -> str:
    """What refused costs take off the indirect costs, which may have left the account before; else nothing."""
    indirect = books.budget.indirect_costs
    less = round_to_cent(books.ineligible * indirect.percent / 100) if indirect else Decimal(0)
    if not less:
        return ""
    return (
        f" Refused costs of {say(books.ineligible)} also lower the indirect costs, by about {say(less)}: "
        "where these were drawn before, they go back to the project's account, and are no contribution."
    )
