"""Is the income in order? Instalments, own contributions and their givers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TypeAlias

from grants.errors import Place
from grants.ledger.accounts import list_implied
from grants.ledger.payments import find_rest, list_planned
from grants.model.donor import Severity
from grants.model.grant import Grant
from grants.model.records import PaymentRequest, Receipt
from grants.rules.audits import fold, list_own_names
from grants.rules.case import Fault, at, say
from grants.rules.report_case import ReportCase


def check_givers_not_paid(case: ReportCase) -> Iterator[Fault]:
    """Nobody who gives an own contribution is also paid by the project, the organisations themselves apart."""
    own = list_own_names(case)
    paid = {fold(cost.payee): cost.voucher for _, cost in case.expenditures}
    for code, period in case.records.periods.items():
        for i, gift in enumerate(period.finance.own_contributions):
            giver = fold(gift.giver)
            if giver in paid and giver not in own:
                message = f"Who gave this own contribution is also paid by the project (voucher {paid[giver]})."
                remedy = "Make sure that no pay is handed back as a gift; keep the explanation with the papers."
                place = at("periods", code, "finance", "own_contributions", i, "giver")
                yield Fault(place, message, remedy, say(gift.amount))


def check_contribution_references(case: ReportCase) -> Iterator[Fault]:
    """Every own contribution and instalment carries the bank's reference."""
    for code, period in case.records.periods.items():
        for part in ("received", "own_contributions"):
            for i, entry in enumerate(getattr(period.finance, part)):
                if entry.reference is None:
                    message = "Money that came in does not carry the bank's reference."
                    place = at("periods", code, "finance", part, i)
                    yield Fault(place, message, "Enter the reference of the bank statement.", say(entry.amount))


def check_received_amounts(case: ReportCase) -> Iterator[Fault]:
    """An instalment arrives after the contract and, in one transfer or several, as it was asked for."""
    contract, seen = case.project.grant.contract, set[tuple[object, ...]]()
    arrived: dict[str, list[tuple[Place, Receipt]]] = {}
    for code, period in case.records.periods.items():
        for i, receipt in enumerate(period.finance.received):
            place = at("periods", code, "finance", "received", i)
            key = (receipt.instalment, receipt.date, receipt.amount, receipt.reference)
            if key in seen:
                message = f"Instalment {receipt.instalment} arrived twice on one day with one amount."
                remedy = "Take one out; or, if the bank shows two transfers, enter the reference of each."
                yield Fault(place, message, remedy, f"{say(receipt.amount)}, {receipt.date}")
            else:
                arrived.setdefault(receipt.instalment, []).append((place, receipt))
            if contract is None or receipt.date < contract.signed:
                yield Fault(
                    place, "An instalment arrived before a contract was signed.", "Correct the date.", str(receipt.date)
                )
            seen.add(key)
    yield from _find_other_amounts(case, arrived)


def _find_other_amounts(case: ReportCase, arrived: Mapping[str, Sequence[tuple[Place, Receipt]]]) -> Iterator[Fault]:
    """The transfers of an instalment add up to what was asked for, else to what was planned when the last one came."""
    asked = list_implied(case.accounts.values())
    asked |= {x.instalment: x for period in case.records.periods.values() for x in period.finance.requests}
    for code, receipts in arrived.items():
        place, last = max(reversed(receipts), key=lambda x: x[1].date)
        request = asked.get(code)
        due = request.amount if request else list_planned(case.project.grant, last.date).get(code)
        amount = sum((x.amount for _, x in receipts), Decimal(0))
        if due is not None and amount != due:
            several = f" in {len(receipts)} transfers" if len(receipts) > 1 else ""
            message = f"Instalment {code} is {say(amount)}{several}, not {say(due)} as asked or planned."
            remedy = "Correct the amount, or ask the donor why."
            if request and (rest := find_rest(request, {code: amount})):
                remedy += f" {say(rest)} of it is awaited, and the next payment counts that as received."
            yield Fault(place, message, remedy, say(amount))


def check_request_papers(case: ReportCase, *, annexes: tuple[str, ...]) -> Iterator[Fault]:
    """A further instalment is asked for only with a signed contract, the report before it, and the papers it needs."""
    grant = case.project.grant
    first = grant.instalments[0].code if grant.instalments else None
    for place, request, severity in (*_list_recorded(case), *_list_unrecorded(case)):
        if grant.contract is None:
            message = "An instalment is asked for without a signed contract."
            yield Fault(place, message, "Enter the contract in grant.yaml.", severity=severity)
        if request.instalment == first:
            continue
        if severity is None and not any(x.submitted and x.submitted <= request.date for x in grant.reports):
            message = f"Instalment {request.instalment} is asked for before any report was handed in."
            yield Fault(
                place, message, "Enter the day under `submitted` of the report in grant.yaml.", str(request.date)
            )
        for annex in annexes:
            if (remedy := _find_remedy(grant, annex, request)) is not None:
                message = f"Instalment {request.instalment} is asked for without the paper `{annex}`."
                yield Fault(place, message, remedy, annex, severity=severity)


def _find_remedy(grant: Grant, code: str, request: PaymentRequest) -> str | None:
    """What to do that a request has a paper of its own, there on its day; None where it has.

    Why of its own: a certificate of progress says how far the work had come; it says nothing of what came after it.
    """
    papers = [x for x in grant.annexes if x.code == code]
    for paper in (x for x in papers if x.instalment == request.instalment):
        if paper.status != "attached":
            return "Get it, and set its status to `attached` in grant.yaml."
        if paper.date is None or paper.date <= request.date:
            return None
        return f"It is dated {paper.date}, and the request {request.date}: correct the one that is wrong."
    entry = f"{{code: {code}, instalment: {request.instalment}, status: attached, date: ...}}"
    if any(x.instalment is None and x.status == "attached" for x in papers):
        return (
            f"The one in grant.yaml does not say for which: write `instalment: {request.instalment}` there, or get one "
            f"for this instalment and enter it under `annexes`: `- {entry}`."
        )
    return f"Get it, and enter it under `annexes` in grant.yaml: `- {entry}`."


_Asked: TypeAlias = tuple[Place, PaymentRequest, Severity | None]
"""Where an instalment is asked for, how, and how grave it is that something is missing for it (None: as the rule)."""


def _list_recorded(case: ReportCase) -> Iterator[_Asked]:
    for code, period in case.records.periods.items():
        for i, request in enumerate(period.finance.requests):
            yield at("periods", code, "finance", "requests", i), request, None


def _list_unrecorded(case: ReportCase) -> Iterator[_Asked]:
    """What reports that were handed in asked for, and what the one that is being made is going to, unless recorded.

    Before it is handed in, what is missing is no error: the papers may rest on the report's own draft.
    """
    recorded = {request.instalment for _, request, _ in _list_recorded(case)}
    for i, report in case.reports:
        if report.code in case.accounts:
            payment, request = case.accounts[report.code].next_payment, case.accounts[report.code].requested
            if case.is_made(report) and not report.submitted and payment.instalment and payment.amount:
                request = PaymentRequest(instalment=payment.instalment, date=case.today, amount=payment.amount)
            if request and request.instalment not in recorded:
                yield at("grant", "reports", i), request, None if report.submitted else "warning"


def check_requested_amounts(case: ReportCase, *, least_percent: Decimal) -> Iterator[Fault]:
    """What is asked for with a report is what the report supports: its instalment, and its amount to the cent."""
    yield from _find_changed_requests(case)
    for code, period in case.records.periods.items():
        for i, request in enumerate(period.finance.requests):
            before = [x for x in case.accounts.values() if x.books.scope.report.end < request.date]
            if not before:
                continue
            last = max(before, key=lambda x: x.books.scope.report.end)
            due, report = last.next_payment, last.books.scope.report.code
            place = at("periods", code, "finance", "requests", i, "amount")
            if request.instalment in due.awaited or last.books.unconverted:
                continue
            if request.instalment != due.instalment:
                message = f"Instalment {request.instalment} is asked for, but report {report} does not ask for it."
                remedy = (
                    "An interim report asks for the next instalment before the balance, a final one for the balance."
                )
                yield Fault(place, message, remedy, request.instalment)
            elif request.amount > due.amount:
                message = (
                    f"{say(request.amount)} is asked for, but report {report} supports {say(due.amount)}: under "
                    f"{least_percent:g} % of the last payment is used, or the grant is used up."
                )
                yield Fault(place, message, f"Ask for {say(due.amount)}.", say(request.amount))
            elif request.amount < due.amount:
                message = (
                    f"{say(request.amount)} is recorded as asked for, but the documents of report {report} ask for "
                    f"{say(due.amount)}."
                )
                remedy = "Correct the record, or what the report rests on: both must say the same."
                yield Fault(place, message, remedy, say(request.amount))


def _find_changed_requests(case: ReportCase) -> Iterator[Fault]:
    """Reports that were handed in with a request that nobody recorded, and that would ask for something else now."""
    recorded = {request.instalment for _, request, _ in _list_recorded(case)}
    for i, report in case.reports:
        accounts = case.accounts.get(report.code)
        if accounts is None or report.submitted is None or accounts.books.unconverted:
            continue
        asked, due = accounts.requested, accounts.next_payment
        was = (asked.instalment, asked.amount) if asked else (None, Decimal(0))
        now = (due.instalment, due.amount) if due.amount else (None, Decimal(0))
        if was != now and recorded.isdisjoint((was[0], now[0])):
            message = (
                f"The documents of report {report.code}, handed in on {report.submitted}, ask for {_say_asked(*was)}; "
                f"with what stands here now they would ask for {_say_asked(*now)}."
            )
            remedy = (
                "Take out what came too late for that report. Or record what was really asked for under `requests` in "
                f"finance.yaml of {accounts.books.scope.periods[-1].code}; then the documents can be made again."
            )
            severity: Severity | None = "error" if case.making and asked else None
            yield Fault(at("grant", "reports", i), message, remedy, say(now[1] - was[1]), severity=severity)


def _say_asked(instalment: str | None, amount: Decimal) -> str:
    return f"{say(amount)} ({instalment})" if instalment else "nothing"


def check_own_share_paid(case: ReportCase) -> Iterator[Fault]:
    """By the final report every source has paid in what it was to bear of the costs."""
    for code, accounts in case.accounts.items():
        report = accounts.books.scope.report
        if report.kind != "final" or accounts.books.unconverted or not case.is_time_for(report):
            continue
        donor = {x.code for x in case.project.budget.sources if x.kind == "donor"}
        for source, balance in accounts.books.by_source.items():
            paid = accounts.funds.own.get(source, Decimal(0))
            if source not in donor and paid < balance.cumulative:
                message = f"{source} paid in {say(paid)}, but its share of the costs is {say(balance.cumulative)}."
                last = accounts.books.scope.periods[-1].code
                place = at("periods", last, "finance", "own_contributions")
                remedy = f"Enter every contribution of {source} with its bank reference; report {code} shows them."
                yield Fault(place, message, remedy, say(balance.cumulative - paid))
