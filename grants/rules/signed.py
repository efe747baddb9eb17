"""Is the budget of the definition still the one that was signed?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from grants.ledger.totals import Sum, Totals, add_up
from grants.model.records import SignedBudget
from grants.rules.case import Fault, at, say
from grants.rules.report_case import ReportCase

NOTHING = Decimal("0.00")
_NONE = Sum(NOTHING, {}, {})
_PARTS: Mapping[str, str] = {"Contingency": "contingency", "Indirect cost": "indirect_costs"}
_REMEDY = (
    "Reports and status hold to what was signed. A slip: restore it from {file}. A change: leave it; beyond the "
    "donor's limit `grants report` drafts the request, and once the donor has approved, enter the amendment in "
    "grant.yaml and keep its budget with `grants sign PROJECT --amendment NUMBER`."
)


def check_signed_budget(case: ReportCase) -> Iterator[Fault]:
    """Every line of budget.yaml costs what was signed last, and the same sources pay it.

    A definition that still is an earlier signed budget (the contract's, after an amendment) has not drifted.
    """
    signed, project = case.records.signed, case.project
    if not signed or any(project.budget == x.budget for x in signed):
        return
    kept = add_up(replace(project, budget=signed[-1].budget))
    name = _name(signed[-1])
    remedy = _REMEDY.format(file=name)
    before, now = _list_sums(kept), _list_sums(case.totals)
    places = {f"Line {line.code}": ("lines", i) for i, line in enumerate(project.budget.lines)}
    for what in dict.fromkeys([*now, *before]):
        if message := _compare(what, now.get(what, _NONE), before.get(what, _NONE), name):
            place = at("budget", *places.get(what, (_PARTS.get(what, "lines"),)))
            yield Fault(place, message, remedy)


def _name(signed: SignedBudget) -> str:
    return "signed/contract.yaml" if signed.amendment is None else f"signed/amendment-{signed.amendment}.yaml"


def _list_sums(totals: Totals) -> dict[str, Sum]:
    """Everything of a budget that is not a sum of other parts."""
    lines: dict[str, Sum] = {f"Line {total.line.code}": total for total in totals.lines}
    return lines | {"Contingency": totals.contingency, "Indirect cost": totals.indirect}


def _compare(what: str, now: Sum, before: Sum, name: str) -> str | None:
    """What differs; None: nothing does."""
    if now.total != before.total:
        return f"{what} comes to {say(now.total)}, and {say(before.total)} were signed ({name})."
    paid = [
        f"{source} {say(now.by_source.get(source, NOTHING))}, signed {say(before.by_source.get(source, NOTHING))}"
        for source in dict.fromkeys([*now.by_source, *before.by_source])
        if now.by_source.get(source, NOTHING) != before.by_source.get(source, NOTHING)
    ]
    return f"{what} is paid otherwise than was signed ({name}): {'; '.join(paid)}." if paid else None
