"""Are the amounts in a narrative those of the budget?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from grants.ledger.figures import list_figures
from grants.rules.case import Case, Fault, is_allowed
from grants.rules.corpus import Hit

_CURRENCY = re.compile(r"EUR|€|Euros?|euros?|ΕΥΡΩ|Ευρώ|ευρώ|evra|евра")
_BEFORE = re.compile(r"([0-9](?:[0-9.,'  ]*[0-9])?)[  ]?$")
_AFTER = re.compile(r"[  ]?([0-9](?:[0-9.,'  ]*[0-9])?)")


def check_typed_amounts(case: Case, *, allowed: tuple[str, ...]) -> Iterator[Fault]:
    """An amount of money in a narrative is one of the budget's figures."""
    figures = _list_figures(case)
    for hit, number in _find_amounts(case):
        if figures.isdisjoint(read_amount(number)) and not is_allowed(number, allowed):
            message = "This amount is no figure of the budget."
            remedy = "Correct it, or use a figure reference such as {{ total }}; leave it if it is another's money."
            yield Fault(hit.place, message, remedy, hit.text)


def check_typed_figures(case: Case) -> Iterator[Fault]:
    """A figure that has a name is written by its name, so that it stays true when the budget changes."""
    names = _name_figures(case)
    for hit, number in _find_amounts(case):
        name = next((names[amount] for amount in read_amount(number) if amount in names), None)
        if name is not None:
            message = "A figure of the budget is typed; it will be wrong when the budget changes."
            yield Fault(hit.place, message, f"Write {{{{ {name} }}}} instead.", hit.text)


def _find_amounts(case: Case) -> Iterator[tuple[Hit, str]]:
    """Numbers beside the name of the currency, with it."""
    for hit in case.corpus.find(_CURRENCY, narratives=True):
        if after := _AFTER.match(hit.after(24)):
            yield hit.grown(0, after.end()), after[1]
        elif before := _BEFORE.search(hit.before(24)):
            yield hit.grown(len(before[0]), 0), before[1]


def read_amount(text: str) -> set[Decimal]:
    """What a written amount may mean: 1.500 is fifteen hundred, or one and a half."""
    digits = re.sub(r"[^0-9.,]", "", text)
    last = max(digits.rfind("."), digits.rfind(","))
    decimals = len(digits) - last - 1 if last >= 0 else 0
    whole = Decimal(re.sub(r"[.,]", "", digits))
    return {whole.scaleb(-decimals), *([whole] if decimals == 3 else [])}


def _list_figures(case: Case) -> set[Decimal]:
    budget, totals = case.project.budget, case.totals
    figures = {*list_figures(totals).values(), case.project.grant.amount_requested}
    figures |= {line.unit_cost for line in budget.lines} | {gift.value for gift in budget.in_kind}
    for part in (*totals.headings, *totals.lines, totals.direct, totals.contingency, totals.indirect):
        figures.update(part.by_source.values())
    return figures


def _name_figures(case: Case) -> dict[Decimal, str]:
    totals = case.totals
    names = {total.total: f"heading_{total.heading.code}" for total in totals.headings}
    if totals.instalments:
        names[totals.instalments[0].amount] = "first_instalment"
    names |= {totals.indirect.total: "indirect_costs", totals.direct.total: "direct_costs"}
    names |= {totals.own_contribution: "own_contribution", totals.grant: "grant", totals.grand.total: "total"}
    return {amount: name for amount, name in names.items() if amount}
