"""Is the money verified and bought as the donor wants? Audits with requests and reports, contracts, split purchases."""

from __future__ import annotations

import datetime
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from grants.ledger.accounts import Accounts
from grants.ledger.balances import Posting
from grants.rules.case import Fault, at, say
from grants.rules.report_case import ReportCase

YEAR = datetime.timedelta(days=365)


def check_audited_final_report(case: ReportCase, *, over: Decimal) -> Iterator[Fault]:
    """With a grant above an amount an audit report is planned, and handed in with the final report at the latest."""
    if case.project.grant.amount_on() <= over or case.project.grant.contract is None:
        return
    if not any(report.kind == "audit" for _, report in case.reports):
        message = f"The grant is more than {say(over)}, and no audit report is planned."
        yield Fault(at("grant", "reports"), message, "Add one with `kind: audit`, due with the final report.")
        return
    for i, report in case.reports:
        if report.kind == "final" and report.submitted and not _is_audited(case, report.submitted):
            message = f"Report {report.code} was handed in without the audit report."
            remedy = "Hand it in too, and enter the day under `submitted` of the report of `kind: audit`."
            yield Fault(at("grant", "reports", i, "submitted"), message, remedy, str(report.submitted))


def check_audited_requests(case: ReportCase, *, least: Decimal) -> Iterator[Fault]:
    """With a grant from an amount on, a further instalment is asked for with an audit report."""
    grant = case.project.grant
    first = grant.instalments[0].code if grant.instalments else None
    for code, period in case.records.periods.items():
        for i, request in enumerate(period.finance.requests):
            is_large = grant.amount_on(request.date) >= least
            if is_large and request.instalment != first and not _is_audited(case, request.date):
                message = f"Instalment {request.instalment} is asked for before any audit report was handed in."
                place = at("periods", code, "finance", "requests", i)
                yield Fault(place, message, "Enclose one; enter its day under `submitted`.", str(request.date))


def check_listed_contracts(
    case: ReportCase, *, interim_over: Decimal, final_over: Decimal, apart_from: tuple[str, ...]
) -> Iterator[Fault]:
    """Whoever was paid more than an amount stands among the contracts of the report.

    `apart_from` are headings under which nobody is a supplier: salaries.
    """
    for accounts in case.accounts.values():
        scope, over = accounts.books.scope, final_over
        if scope.report.kind == "interim":
            over = interim_over
        listed = _list_suppliers(case, accounts)
        for payee, postings in _list_purchases(case, accounts, apart_from).items():
            paid = sum((posting.amount for posting in postings), Decimal(0))
            if paid > over and payee not in listed:
                name = postings[0].expenditure.payee
                message = f"{name} was paid {say(paid)}, and report {scope.report.code} lists no contract with it."
                remedy = "Enter it under `contracts` in progress.yaml, with the procedure; or correct the payee."
                place = at("periods", postings[-1].period, "progress", "contracts")
                yield Fault(place, message, remedy, say(paid))


def check_split_purchases(case: ReportCase, *, under: Decimal, apart_from: tuple[str, ...]) -> Iterator[Fault]:
    """No supplier had several purchases below a threshold that within a year come to it, without a contract."""
    for accounts in case.last_accounts:
        listed = _list_suppliers(case, accounts)
        for payee, postings in _list_purchases(case, accounts, apart_from).items():
            small = sorted((x for x in postings if x.amount < under), key=lambda x: x.expenditure.date)
            if payee not in listed and (last := _find_splitting(small, under)):
                message = f"Purchases from {last.expenditure.payee} within a year come to {say(under)} or more."
                remedy = "Look whether it was one purchase that needed a tender; enter the contract in progress.yaml."
                place = at("periods", last.period, "expenditures", last.row, "payee")
                yield Fault(place, message, remedy, str(last.expenditure.date))


def _is_audited(case: ReportCase, day: datetime.date) -> bool:
    return any(x.kind == "audit" and x.submitted is not None and x.submitted <= day for _, x in case.reports)


def _list_suppliers(case: ReportCase, accounts: Accounts) -> set[str]:
    codes = {*(period.code for period in accounts.books.scope.periods), accounts.books.scope.report.code}
    periods = [period for code, period in case.records.periods.items() if code in codes]
    return {fold(contract.supplier) for period in periods for contract in period.progress.contracts}


def _list_purchases(case: ReportCase, accounts: Accounts, apart_from: tuple[str, ...]) -> dict[str, list[Posting]]:
    """Payee -> accepted costs, without the organisations of the project themselves."""
    own = list_own_names(case)
    books = accounts.books
    without = {x.line.code for heading in books.headings if heading.heading.code in apart_from for x in heading.lines}
    purchases: dict[str, list[Posting]] = defaultdict(list)
    for posting in books.postings:
        payee = fold(posting.expenditure.payee)
        if posting.accepted and posting.expenditure.line not in without and payee not in own:
            purchases[payee].append(posting)
    return purchases


def _find_splitting(postings: Sequence[Posting], under: Decimal) -> Posting | None:
    """The cost with which those of a year, in the order of their days, come to an amount."""
    first, total = 0, Decimal(0)
    for i, posting in enumerate(postings):
        total += posting.amount
        while posting.expenditure.date - postings[first].expenditure.date > YEAR:
            total -= postings[first].amount
            first += 1
        if total >= under and i > first:
            return posting
    return None


def list_own_names(case: ReportCase) -> set[str]:
    """The names of the project's own organisations, folded."""
    names = (text for body in case.project.organisations for text in (body.name, body.short_name))
    return {fold(word) for text in names for word in text.words.values()}


def fold(name: str) -> str:
    """A name without accents, case and signs."""
    plain = unicodedata.normalize("NFD", name.casefold())
    return "".join(letter for letter in plain if letter.isalnum())
