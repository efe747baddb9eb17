"""Do the figures hold, and does the donor pay what it may pay?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from grants.model.calendar import month_of, months_between
from grants.model.money import CENT
from grants.rules.case import Case, Fault, at, say
from grants.rules.vocabulary import NUMBERS

_HEADS = re.compile(r"\b([0-9]{1,2})\b(?!\s?%)|[^\W\d_]+")
"""A number of heads in a description, such as the 2 of "night carers (2)"; a share of a post is none."""


def check_line_totals(case: Case) -> Iterator[Fault]:
    """A total stated for a line is what the line comes to."""
    totals = {total.line.code: total.total for total in case.totals.lines}
    for i, line in enumerate(case.project.budget.lines):
        if line.total is not None and line.total != totals[line.code]:
            message = (
                f"Line {line.code} states a total of {say(line.total)}, but {line.quantity} x {line.unit_cost} is "
                f"{say(totals[line.code])}."
            )
            remedy = "Correct the total, the quantity or the unit cost; or leave `total` out."
            yield Fault(at("budget", "lines", i, "total"), message, remedy, str(line.total))


def check_budget_total(case: Case) -> Iterator[Fault]:
    """A total stated for the budget is the sum of lines, contingency and indirect costs."""
    stated, total = case.project.budget.total, case.totals.grand.total
    if stated is not None and stated != total:
        message = f"The budget states a total of {say(stated)}, but its parts come to {say(total)}."
        yield Fault(at("budget", "total"), message, "Correct it, or leave `total` out.", str(stated))


def check_amount_requested(case: Case) -> Iterator[Fault]:
    """The amount asked is the donor's part of the budget, so that sources and costs are equal.

    Once a contract gives an amount, neither it nor what was asked follows the budget.
    """
    asked, share, contract = case.project.grant.amount_requested, case.totals.grant, case.project.grant.contract
    if asked == share:
        return
    agreed = case.project.grant.amount_on()
    if contract is not None and agreed != share:
        message = f"The donor has agreed to {say(agreed)}, but the budget leaves {say(share)} to it."
        remedy = (
            "Let budget.yaml be what was signed (signed/ keeps it). If the donor has agreed to another amount, enter "
            "the amendment with its `amount`, and keep the new budget with `grants sign`."
        )
        yield Fault(at("grant", "contract", "amount"), message, remedy, f"{agreed} and {share}")
        return
    if contract is not None and agreed != contract.amount:
        return  # an amendment has changed the grant since it was asked for
    message = (
        f"Asked are {say(asked)}, but the budget leaves {say(share)} to the donor: with the other sources that is "
        f"{say(asked + case.totals.own_contribution)} for costs of {say(case.totals.grand.total)}."
    )
    remedy = f"Write {share}, or change who pays what in budget.yaml."
    yield Fault(at("grant", "amount_requested"), message, remedy, str(asked))


def check_donor_share(case: Case, *, most_percent: Decimal, emergency_percent: Decimal) -> Iterator[Fault]:
    """The donor pays at most so much of the whole, more in an emergency. Cents of rounded lines are forgiven."""
    most = emergency_percent if case.project.sheet.emergency else most_percent
    forgiven = CENT * (len(case.totals.lines) + 2)
    if case.totals.grant - case.totals.grand.total * most / 100 > forgiven:
        message = f"The donor pays at most {most:f} % of the cost."
        found = f"{case.totals.donor_percent:.2f} %"
        remedy = "Lower its share under `paid_by` and find the rest elsewhere."
        yield Fault(at("budget", "paid_by", case.totals.donor), message, remedy, found)


def check_full_funding(case: Case) -> Iterator[Fault]:
    """The donor pays everything only for emergency aid."""
    total = case.totals.grand.total
    if total and case.totals.grant == total and not case.project.sheet.emergency:
        message = "The donor pays everything, but the project is no emergency aid."
        remedy = "Show an own contribution; or, for emergency aid, write `emergency: true` in project.yaml."
        yield Fault(at("budget", "paid_by", case.totals.donor), message, remedy, "100 %")


def check_first_instalment(case: Case, *, most_percent: Decimal) -> Iterator[Fault]:
    """The first instalment is at most so much of the grant."""
    for instalment in case.project.grant.instalments[:1]:
        if instalment.percent > most_percent:
            message = f"The first instalment is more than {most_percent:f} % of the grant."
            remedy = "Ask for less in advance and more later."
            yield Fault(at("grant", "instalments", 0, "percent"), message, remedy, f"{instalment.percent:f} %")


def check_prefinancing(case: Case, *, most_percent: Decimal) -> Iterator[Fault]:
    """The instalments before the balance are at most so much of the grant."""
    parts = [x.percent for x in case.project.grant.instalments if x.kind != "balance"]
    if sum(parts, Decimal()) > most_percent:
        message = f"The instalments before the balance are more than {most_percent:g} % of the grant."
        yield Fault(at("grant", "instalments"), message, "Leave more to the balance.", f"{sum(parts, Decimal()):g} %")


def check_equal_rates(case: Case) -> Iterator[Fault]:
    """Lines with the same description and unit have the same unit cost."""
    language = case.project.sheet.languages[0]
    first: dict[tuple[str, str], tuple[str, Decimal]] = {}
    for i, line in enumerate(case.project.budget.lines):
        if not (line.description.says(language) and line.unit.says(language)):
            continue
        item = (line.description.in_language(language).casefold(), line.unit.in_language(language).casefold())
        code, cost = first.setdefault(item, (line.code, line.unit_cost))
        if line.unit_cost != cost:
            message = f"Lines {code} and {line.code} are the same item at different unit costs."
            remedy = f"Use one rate, or say in the descriptions what differs ({code}: {cost})."
            yield Fault(at("budget", "lines", i, "unit_cost"), message, remedy, str(line.unit_cost))


def check_person_months(case: Case, *, units: tuple[str, ...]) -> Iterator[Fault]:
    """A line in months has no more of them than the project, times a head count that its description states."""
    sheet = case.project.sheet
    months = len(months_between(month_of(sheet.start), month_of(sheet.end)))
    of_months = {unit.casefold() for unit in units}
    for i, line in enumerate(case.project.budget.lines):
        if line.quantity <= months or of_months.isdisjoint(unit.casefold() for unit in line.unit.words.values()):
            continue
        if line.quantity > months * max(map(_count_heads, line.description.words.values())):
            message = f"Line {line.code} counts more months than the project has ({months})."
            remedy = "Correct the quantity, or say in the description how many people or things it is for, such as (2)."
            yield Fault(at("budget", "lines", i, "quantity"), message, remedy, f"{line.quantity:f}")


def _count_heads(description: str) -> int:
    """The largest number in a description, in figures or in a word; 1 where there is none."""
    words = _HEADS.finditer(description)
    return max((int(word[1]) if word[1] else NUMBERS.get(word[0].lower(), 1) for word in words), default=1)


def check_empty_lines(case: Case) -> Iterator[Fault]:
    """Every line costs something."""
    totals = {total.line.code: total.total for total in case.totals.lines}
    for i, line in enumerate(case.project.budget.lines):
        if not totals[line.code]:
            message = f"Line {line.code} comes to nothing."
            yield Fault(at("budget", "lines", i), message, "Give it quantity and unit cost, or take it out.")
