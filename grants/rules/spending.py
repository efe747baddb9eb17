"""Are the costs in order? Dates, vouchers, papers, rates, unpaid costs, moves between headings, explanations."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from grants.errors import Path
from grants.ledger.balances import Posting
from grants.model.records import Expenditure, Finance
from grants.rules.case import Fault, at, say
from grants.rules.report_case import ReportCase


def check_expenditure_dates(case: ReportCase, *, after_end: tuple[str, ...]) -> Iterator[Fault]:
    """No cost is dated before the contract is signed and the project begun, nor after its end.

    `after_end` lists budget lines that may come later: audit, evaluation, the final report itself.
    """
    sheet, contract = case.project.sheet, case.project.grant.contract
    first = max(sheet.start, contract.signed) if contract else sheet.start
    for path, cost in case.expenditures:
        place, found = at(*path, "date"), str(cost.date)
        if contract is None:
            message = f"Voucher {cost.voucher} is booked, but no contract is signed."
            yield Fault(place, message, "Enter the contract in grant.yaml; without one no cost is accepted.", found)
        elif cost.date < first:
            message = f"Voucher {cost.voucher} is dated before costs count ({first})."
            yield Fault(place, message, "Correct the date, or take the cost out: it is not accepted.", found)
        elif cost.date > sheet.end and cost.line not in after_end:
            message = f"Voucher {cost.voucher} is dated after the project's end ({sheet.end})."
            remedy = "Correct the date, or take it out. Lines that may come later: `call: rules: ... after_end`."
            yield Fault(place, message, remedy, found)


def check_expenditure_periods(case: ReportCase) -> Iterator[Fault]:
    """A cost stands in the list of the period in which it is dated."""
    for path, cost in case.expenditures:
        period = case.period_of(str(path[1]))
        if period is None:
            message = f"Voucher {cost.voucher} stands with a report, {path[1]}, not with a period."
            yield Fault(at(*path), message, "Move the row to the period in which it is dated.", str(cost.date))
        elif not period.start <= cost.date <= period.end <= case.project.sheet.end:
            message = (
                f"Voucher {cost.voucher} is not dated in its period, {period.code} ({period.start} to {period.end})."
            )
            yield Fault(at(*path, "date"), message, "Move the row, or correct the date.", str(cost.date))


def check_repeated_vouchers(case: ReportCase) -> Iterator[Fault]:
    """No voucher is booked twice: the same partner, number, line, date and amount."""
    seen: dict[tuple[object, ...], Path] = {}
    for path, cost in case.expenditures:
        key = (cost.partner, cost.voucher, cost.line, cost.date, cost.amount, cost.currency)
        if key in seen:
            message = f"Voucher {cost.voucher} of {cost.partner} is booked twice (first in {_say_row(seen[key])})."
            yield Fault(at(*path), message, "Take one of the rows out.", _say_cost(cost))
        seen.setdefault(key, path)


def check_similar_expenditures(case: ReportCase) -> Iterator[Fault]:
    """No payee was paid the same amount on the same day under two vouchers; no voucher has two payees."""
    paid: dict[tuple[object, ...], str] = {}
    payees: dict[tuple[str, str], str] = {}
    for path, cost in case.expenditures:
        key = (cost.payee.casefold(), cost.date, cost.amount, cost.currency)
        if paid.setdefault(key, cost.voucher) != cost.voucher:
            message = f"Vouchers {paid[key]} and {cost.voucher} have the same payee, date and amount."
            yield Fault(at(*path), message, "Look whether it is one invoice booked twice.", _say_cost(cost))
        payee = payees.setdefault((cost.partner, cost.voucher), cost.payee)
        if payee.casefold() != cost.payee.casefold():
            message = f"Voucher {cost.voucher} of {cost.partner} has two payees."
            yield Fault(at(*path, "payee"), message, "Give each its own number.", f"{payee}; {cost.payee}")


def check_expenditure_documents(case: ReportCase) -> Iterator[Fault]:
    """Every cost says where its paper is filed."""
    for path, cost in case.expenditures:
        if cost.document is None:
            message = f"Voucher {cost.voucher} does not say where its paper is filed."
            yield Fault(at(*path, "document"), message, "Enter the file reference of the invoice.", _say_cost(cost))


def check_converted(case: ReportCase) -> Iterator[Fault]:
    """Every cost in another currency has a rate; a missing rate is never taken for 1."""
    told: set[tuple[str, int]] = set()
    for accounts in case.accounts.values():
        for part in accounts.books.unconverted:
            if (part.period, part.row) not in told:
                told.add((part.period, part.row))
                message = f"There is no rate for {part.expenditure.currency}, so that this cost is in no total."
                remedy = (
                    f"Enter the rates of {', '.join(part.missing)} in rates.csv: `grants rates import`, or by hand as "
                    "`grants explain R19` shows."
                    if part.missing
                    else "Say in grant.yaml under `exchange` how costs are converted; enter what that needs."
                )
                place = at("periods", part.period, "expenditures", part.row, "currency")
                yield Fault(place, message, remedy, _say_cost(part.expenditure))


def check_pending_payments(case: ReportCase, *, over: Decimal) -> Iterator[Fault]:
    """A cost above a limit that was not paid by the end of its period is in the list of pending payments."""
    pending = {code: _list_pending(period.finance) for code, period in case.records.periods.items()}
    for posting in _list_postings(case):
        period, cost = case.period_of(posting.period), posting.expenditure
        paid = cost.date_paid is not None and period is not None and cost.date_paid <= period.end
        if paid or posting.amount <= over or not posting.accepted:
            continue
        listed = pending[posting.period]
        if listed.isdisjoint({cost.voucher, cost.document, (cost.line, cost.amount, cost.currency)}):
            message = f"Voucher {cost.voucher} was not paid in its period and is no pending payment."
            remedy = "Enter the date it was paid, or list it under `pending` in finance.yaml."
            yield Fault(
                at("periods", posting.period, "expenditures", posting.row, "date_paid"),
                message,
                remedy,
                _say_cost(cost),
            )


def _list_pending(finance: Finance) -> set[object]:
    """What a pending payment may be known by: its paper; or line, amount and currency."""
    return {key for x in finance.pending for key in (x.document, (x.line, x.amount, x.currency))}


def check_heading_moves(case: ReportCase, *, most_percent: Decimal) -> Iterator[Fault]:
    """No heading moves further from its signed amount than the donor allows without an amendment, up or down."""
    for accounts in list(case.accounts.values())[-1:]:
        for move in accounts.moves:
            if not move.is_allowed:
                code = move.heading.code
                way = "more" if move.moved > 0 else "less"
                message = (
                    f"Heading {code} is {say(abs(move.moved))} {way} than was signed ({say(move.signed)}); without an "
                    f"amendment it may be {say(move.limit or Decimal(0))}."
                )
                remedy = "Ask for an amendment: `grants report` drafts the request for modification."
                yield Fault(at("budget", "headings", _find_heading(case, code)), message, remedy, say(move.now))


def check_variations_explained(case: ReportCase, *, over_percent: Decimal) -> Iterator[Fault]:
    """A line that differs from its budget by more than so much is explained; before the end only what is overspent."""
    for accounts in case.accounts.values():
        books = accounts.books
        folders = {*(period.code for period in books.scope.periods), books.scope.report.code}
        finances = [period.finance for code, period in case.records.periods.items() if code in folders]
        explained = {line for finance in finances for line in finance.explanations}
        for line in books.lines:
            spent = line.cumulative - line.approved
            far = abs(spent) if books.scope.report.kind == "final" else max(spent, Decimal(0))
            if far * 100 > line.approved * over_percent and line.line.code not in explained:
                message = f"Line {line.line.code} differs from its budget by {say(spent)}, and nothing says why."
                remedy = (
                    "Explain it under `explanations` in finance.yaml, or on the sheet Budget and costs of the form."
                )
                place = at("periods", books.scope.periods[-1].code, "finance", "explanations")
                yield Fault(place, message, remedy, line.line.code)


def _list_postings(case: ReportCase) -> Iterator[Posting]:
    """Every posting once: the last report's books hold those of all periods up to its end."""
    told: set[tuple[str, int]] = set()
    for accounts in case.accounts.values():
        for posting in accounts.books.postings:
            if (posting.period, posting.row) not in told:
                told.add((posting.period, posting.row))
                yield posting


def _find_heading(case: ReportCase, code: str) -> int:
    return next((i for i, heading in enumerate(case.project.budget.headings) if heading.code == code), 0)


def _say_row(path: Path) -> str:
    return f"periods/{path[1]}/expenditures.csv, row {int(path[3]) + 1}"


def _say_cost(cost: Expenditure) -> str:
    return f"{say(cost.amount)} {cost.currency}, {cost.date}"
