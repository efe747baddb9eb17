"""What a report asks of the donor: an instalment, reduced where too little of the last one is used; or the balance."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from grants.ledger.balances import Books, FinalGrant, Funds, NextPayment
from grants.model import Project
from grants.model.grant import LAST_DAY, Grant, Instalment
from grants.model.limits import Limits
from grants.model.money import round_to_cent, split
from grants.model.records import PaymentRequest

NOTHING = Decimal("0.00")


def find_next_payment(project: Project, books: Books, funds: Funds, limits: Limits) -> NextPayment:
    """What this report asks for: an interim one the next instalment before the balance, a final one the balance.

    Nothing where there is none left to ask for. Money given back is held no longer, and what was asked for before and
    has not arrived yet, of a whole instalment or of the rest of one, counts as if it had.
    """
    end, donor = books.scope.report.end, next(x.code for x in books.budget.sources if x.kind == "donor")
    grant = project.grant.amount_on(end)
    used, is_final = books.by_source[donor].cumulative, books.scope.report.kind != "interim"
    chosen = _choose_instalment(project.grant, funds, end, is_final)
    code = chosen.code if chosen else None
    awaited = {
        x: rest
        for x in funds.received
        if x in funds.requested and x != code and (rest := find_rest(funds.requested[x], funds.received))
    }
    arrived = [amount + awaited.get(x, NOTHING) for x, amount in funds.received.items()]
    payments = take_off([x for x in arrived if x], funds.given_back)
    planned = list_planned(project.grant, end)[code] if code else NOTHING
    final = _find_final(grant, books, donor) if is_final else None
    due = NOTHING
    if chosen and final:
        due = max(final.amount - sum(payments, NOTHING), NOTHING)
    elif chosen:
        due = reduce_payment(planned, payments, used, limits.next_payment_percent)
        due = keep_below(due, payments, grant, limits.prefinancing_percent)
    is_open = any(not amount and x not in awaited and x != code for x, amount in funds.received.items())
    ratio = find_used_part(used, payments)
    return NextPayment(code, planned, used, ratio, due, tuple(payments), awaited, final, is_open)


def find_rest(request: PaymentRequest, received: Mapping[str, Decimal]) -> Decimal:
    """What is still awaited of an instalment that was asked for, to the cent."""
    return max(request.amount - received.get(request.instalment, NOTHING), NOTHING)


def _choose_instalment(grant: Grant, funds: Funds, end: datetime.date, is_final: bool) -> Instalment | None:
    """Of those that have not arrived, the one that the report asks for.

    An interim report does not ask again for what was asked for before its end. A grant without a balance is closed by
    the last of its instalments.
    """
    missing = [x for x in grant.instalments if not funds.received[x.code]]
    asked = {code for code, request in funds.requested.items() if request.date <= end}
    if is_final and (balance := next((x for x in missing if x.kind == "balance"), None)):
        return balance
    waiting = [x for x in missing if x.code not in asked]
    if is_final:
        return waiting[-1] if waiting else None
    return next((x for x in waiting if x.kind != "balance"), None)


def take_off(payments: Sequence[Decimal], given_back: Decimal) -> list[Decimal]:
    """What is still held of payments, in order, without those given back whole: the last one goes back first."""
    held = []
    for payment in reversed(payments):
        taken = min(payment, given_back)
        given_back -= taken
        held.append(payment - taken)
    return [x for x in reversed(held) if x]


def _find_final(grant: Decimal, books: Books, donor: str) -> FinalGrant:
    """The three limits of the final amount, as they stand for these costs."""
    balance, grand = books.by_source[donor], books.grand
    share = find_share(balance.approved, grand.approved, grand.cumulative)
    return FinalGrant(grant, share, balance.cumulative)


def list_planned(grant: Grant, day: datetime.date = LAST_DAY) -> dict[str, Decimal]:
    """Instalment -> its planned amount; in sum the grant as agreed on a day."""
    if not grant.instalments:
        return {}
    amounts = split(grant.amount_on(day), [x.percent for x in grant.instalments])
    return {x.code: amount for x, amount in zip(grant.instalments, amounts, strict=True)}


def find_used_part(used: Decimal, payments: Sequence[Decimal]) -> Fraction | None:
    """Part of the last payment that is used once earlier ones are: below zero where they are not; None without one."""
    if not payments or not payments[-1]:
        return None
    return Fraction(used - sum(payments[:-1], NOTHING)) / Fraction(payments[-1])


def reduce_payment(
    planned: Decimal, payments: Sequence[Decimal], used: Decimal, least_percent: Decimal | None
) -> Decimal:
    """The planned payment, less what is unused of those received where too little of the last one is used.

    `payments` are those received, in order; `used` the donor's part of accepted costs. Without a payment, or without
    such a term of the donor, nothing is taken off.
    """
    ratio = find_used_part(used, payments)
    if ratio is None or least_percent is None or ratio * 100 >= Fraction(least_percent):
        return planned
    return max(planned - (sum(payments, NOTHING) - used), NOTHING)


def keep_below(due: Decimal, payments: Sequence[Decimal], grant: Decimal, most_percent: Decimal | None) -> Decimal:
    """No more than is left below the most that is paid before the final report, in per cent of the grant."""
    if most_percent is None:
        return due
    return max(min(due, round_to_cent(grant * most_percent / 100) - sum(payments, NOTHING)), NOTHING)


def find_share(donors_part: Decimal, approved: Decimal, cost: Decimal) -> Decimal:
    """The donor's share of accepted costs as a whole; `donors_part` of `approved` is that share."""
    return round_to_cent(Fraction(cost) * Fraction(donors_part) / Fraction(approved)) if approved else NOTHING
