"""What may be asked of the donor next: the planned instalment, reduced where too little of the last one is used."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from grants.ledger.balances import Books, Funds, NextPayment
from grants.model import Project
from grants.model.grant import Grant
from grants.model.limits import Limits
from grants.model.money import round_to_cent, split

NOTHING = Decimal("0.00")


def find_next_payment(project: Project, books: Books, funds: Funds, limits: Limits) -> NextPayment:
    """The first instalment of which nothing has arrived, in the order of the grant."""
    grant = find_grant(project.grant)
    donor = next(source.code for source in books.budget.sources if source.kind == "donor")
    used = books.by_source[donor].cumulative
    payments = [funds.received[x.code] for x in project.grant.instalments if funds.received[x.code]]
    ratio = find_used_part(used, payments)
    planned = list_planned(project.grant)
    waiting = [(x, planned[x.code]) for x in project.grant.instalments if not funds.received[x.code]]
    if not waiting:
        return NextPayment(None, NOTHING, used, ratio, NOTHING)
    instalment, amount = waiting[0]
    if instalment.kind == "balance":
        final = find_final_grant(grant, books.by_source[donor].approved, books.grand.approved, books.grand.cumulative)
        due = max(final - sum(payments, NOTHING), NOTHING)
    else:
        due = reduce_payment(amount, payments, used, limits.next_payment_percent)
        due = keep_below(due, payments, grant, limits.prefinancing_percent)
    return NextPayment(instalment.code, amount, used, ratio, due)


def find_grant(grant: Grant) -> Decimal:
    """What the donor gives: the contract's amount; before there is one, what is asked for."""
    return grant.contract.amount if grant.contract else grant.amount_requested


def list_planned(grant: Grant) -> dict[str, Decimal]:
    """Instalment -> its planned amount; in sum the grant."""
    if not grant.instalments:
        return {}
    amounts = split(find_grant(grant), [x.percent for x in grant.instalments])
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


def find_final_grant(grant: Decimal, donors_part: Decimal, approved: Decimal, cost: Decimal) -> Decimal:
    """The lesser of the grant and the donor's share of accepted costs; `donors_part` of `approved` is that share."""
    if not approved:
        return NOTHING
    return min(grant, round_to_cent(Fraction(cost) * Fraction(donors_part) / Fraction(approved)))
