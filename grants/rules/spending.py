"""Are the costs in order? Dates, vouchers, papers, rates, unpaid costs, moves between headings, explanations."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from grants.errors import Path
from grants.ledger.balances import Posting, Unconverted
from grants.ledger.pending import Owed, is_equal, list_unpaid, match_pending
from grants.model.records import Expenditure, Finance
from grants.rules.case import Fault, at, say
from grants.rules.report_case import ReportCase


def check_expenditure_dates(case: ReportCase, *, after_end: tuple[str, ...]) -> Iterator[Fault]:
    """No cost is dated before the contract is signed and the project begun, nor after its end.

    `after_end` lists budget lines that may come later: audit, evaluation, the final report itself.
    """
    sheet, contract = case.project.sheet, case.project.grant.contract
    first, last = max(sheet.start, contract.signed) if contract else sheet.start, case.project.end_on()
    for path, cost in case.expenditures:
        place, found = at(*path, "date"), str(cost.date)
        if contract is None:
            message = f"Voucher {cost.voucher} is booked, but no contract is signed."
            yield Fault(place, message, "Enter the contract in grant.yaml; without one no cost is accepted.", found)
        elif cost.date < first:
            message = f"Voucher {cost.voucher} is dated before costs count ({first})."
            yield Fault(place, message, "Correct the date, or take the cost out: it is not accepted.", found)
        elif cost.date > last and cost.line not in after_end:
            message = f"Voucher {cost.voucher} is dated after the project's end ({last})."
            remedy = "Correct the date, or take it out. Lines that may come later: `call: rules: ... after_end`."
            yield Fault(place, message, remedy, found)


def check_expenditure_periods(case: ReportCase) -> Iterator[Fault]:
    """A cost stands in the list of the period in which it is dated."""
    for path, cost in case.expenditures:
        period = case.period_of(str(path[1]))
        if period is None:
            message = f"Voucher {cost.voucher} stands with a report, {path[1]}, not with a period."
            yield Fault(at(*path), message, "Move the row to the period in which it is dated.", str(cost.date))
        elif not period.start <= cost.date <= period.end <= max(case.project.sheet.end, case.project.end_on()):
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
                place = at("periods", part.period, "expenditures", part.row, "currency")
                yield Fault(place, message, _say_where(case, part), _say_cost(part.expenditure))


def _say_where(case: ReportCase, part: Unconverted) -> str:
    """Where the rate of a cost is written, by the contract's method."""
    cost, exchange = part.expenditure, case.project.grant.exchange
    if part.missing:
        return (
            f"Enter the rates of {', '.join(part.missing)} in rates.csv, in the project's folder: `grants rates "
            "import`, or by hand as `grants explain R19` shows."
        )
    if exchange is None:
        return "Write under `exchange` in grant.yaml by which `method` costs are converted, and its `source`."
    if exchange.method == "fixed":
        return f"Write the agreed rate in grant.yaml: `exchange: {{method: fixed, fixed: {{{cost.currency}: ...}}}}`."
    return (
        f"Enter the transfer in {cost.currency} to {cost.partner} that it was paid from, with its day and both "
        f"amounts, under `transfers` in periods/{part.period}/finance.yaml."
    )


def check_pending_payments(case: ReportCase, *, over: Decimal) -> Iterator[Fault]:
    """A cost above a limit that was not paid by the end of its period is in the list of pending payments; in the end
    every cost is paid or in the last list, for nobody asks for it any more.
    """
    told: set[tuple[str, int]] = set()
    for code, finance, costs in _list_owed_by_period(case, over):
        for posting, entry in match_pending(costs, finance.pending).costs:
            if entry is None:
                told.add((posting.period, posting.row))
                message = f"Voucher {posting.expenditure.voucher} was not paid in its period and is no pending payment."
                remedy = f"Enter the date it was paid, or list it under `pending` in finance.yaml of {code}."
                yield _say_unpaid(posting, message, remedy)
    for report, code, owed in _list_owed_in_the_end(case):
        for posting, entry in owed.costs:
            if entry is None and (posting.period, posting.row) not in told:
                voucher = posting.expenditure.voucher
                message = (
                    f"Voucher {voucher} is claimed in the final report {report}, and nothing says that it was paid."
                )
                remedy = (
                    f"Enter the date it was paid; list it under `pending` in finance.yaml of {code}; or take it out."
                )
                yield _say_unpaid(posting, message, remedy)


def check_pending_amounts(case: ReportCase) -> Iterator[Fault]:
    """A pending payment that is the paper of an unpaid cost has its amount and currency."""
    for code, finance, costs in _list_owed_by_period(case, None):
        for posting, entry in match_pending(costs, finance.pending).costs:
            if entry is not None and not is_equal(posting, entry):
                message = (
                    f"The pending payment to {entry.supplier} ({entry.document}, line {entry.line}) seems to be "
                    f"voucher {posting.expenditure.voucher}, but is {say(entry.amount)} {entry.currency}."
                )
                remedy = "Correct one of the two; if they are two debts, give each its own paper under `document`."
                place = at("periods", code, "finance", "pending", finance.pending.index(entry), "amount")
                yield Fault(place, message, remedy, _say_cost(posting.expenditure))


def _list_owed_by_period(case: ReportCase, over: Decimal | None) -> Iterator[tuple[str, Finance, list[Posting]]]:
    """Period, what was said of it, and its accepted costs (above a limit) that were not paid by its end."""
    postings = list(_list_postings(case))
    for code, records in case.records.periods.items():
        period = case.period_of(code)
        if period is not None:
            own = (x for x in postings if x.period == code and x.accepted and (over is None or x.amount > over))
            yield code, records.finance, list_unpaid(own, period.end)


def _list_owed_in_the_end(case: ReportCase) -> Iterator[tuple[str, str, Owed]]:
    """Final report, its last period where that has come back, and what is still owed then."""
    for code, accounts in case.accounts.items():
        scope = accounts.books.scope
        last = case.records.periods.get(scope.periods[-1].code) if scope.periods else None
        if scope.report.kind == "final" and last is not None:
            accepted = (x for x in accounts.books.postings if x.accepted)
            yield code, last.code, match_pending(list_unpaid(accepted, scope.periods[-1].end), last.finance.pending)


def _say_unpaid(posting: Posting, message: str, remedy: str) -> Fault:
    place = at("periods", posting.period, "expenditures", posting.row, "date_paid")
    return Fault(place, message, remedy, _say_cost(posting.expenditure))


def check_heading_moves(case: ReportCase, *, most_percent: Decimal) -> Iterator[Fault]:
    """No heading moves further from its signed amount than the donor allows without an amendment, up or down."""
    for accounts in case.last_accounts:
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
    """A line that differs from its budget by more than so much is explained; before the end only what is overspent.

    The end is that of the project, and a final report's only once it is made, or its time is over.
    """
    for accounts in case.accounts.values():
        books = accounts.books
        is_end = books.scope.report.kind == "final" and case.is_time_for(books.scope.report)
        folders = {*(period.code for period in books.scope.periods), books.scope.report.code}
        finances = [period.finance for code, period in case.records.periods.items() if code in folders]
        explained = {line for finance in finances for line in finance.explanations}
        for line in books.lines:
            if line.is_far_off(over_percent, is_end) and line.line.code not in explained:
                message = (
                    f"Line {line.line.code} differs from its budget by {say(-line.unspent)}, and nothing says why."
                )
                remedy = (
                    "Explain it under `explanations` in finance.yaml, or on the sheet Budget and costs of the form."
                )
                back = [x.code for x in books.scope.periods if is_end or x.code in case.records.periods]
                place = at("periods", back[-1], "finance", "explanations")
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
