"""A definition that drifted from the signed budget is told line by line; what was signed before has not drifted."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from grants.ledger.totals import add_up
from grants.model.budget import Budget, Contingency
from grants.model.records import SignedBudget
from grants.rules.report_case import ReportCase
from grants.rules.signed import check_signed_budget
from tests.base_project import load_donor
from tests.ledger.cases import DAY, make_project, make_records

PROJECT = make_project()
SIGNED = SignedBudget(None, DAY(2007, 12, 20), PROJECT.budget)


def change(line: str, **given: Any) -> Budget:
    lines = tuple(x.model_copy(update=given) if x.code == line else x for x in PROJECT.budget.lines)
    return PROJECT.budget.model_copy(update={"lines": lines})


def find(budget: Budget, *signed: SignedBudget) -> list[tuple[str, tuple[str | int, ...]]]:
    project = replace(PROJECT, budget=budget)
    case = ReportCase(project, add_up(project), load_donor(), {}, records=make_records([], signed=signed))
    return [(fault.message, fault.place.path) for fault in check_signed_budget(case)]


def test_nothing_has_drifted_where_nothing_is_signed_or_all_is_as_it_was() -> None:
    assert find(change("4.2", unit_cost=Decimal(1)), *[]) == []
    assert find(PROJECT.budget, SIGNED) == []
    amended = SignedBudget("1", DAY(2008, 7, 1), change("4.2", unit_cost=Decimal(1000)))
    assert find(PROJECT.budget, SIGNED, amended) == []


def test_the_last_signed_budget_is_the_measure() -> None:
    amended = SignedBudget("1", DAY(2008, 7, 1), change("4.2", unit_cost=Decimal(1000)))
    (line, path), (indirect, _) = find(change("4.2", unit_cost=Decimal(1100)), SIGNED, amended)
    assert line == "Line 4.2 comes to 13,200.00, and 12,000.00 were signed (signed/amendment-1.yaml)."
    assert PROJECT.budget.lines[int(path[2])].code == "4.2"
    assert indirect.startswith("Indirect cost come")


def test_another_who_pays_is_told_with_both_amounts() -> None:
    (message, _) = find(change("4.2", paid_by={"HA": Decimal(50), "KLI": Decimal(50)}), SIGNED)[0]
    assert message == (
        "Line 4.2 is paid otherwise than was signed (signed/contract.yaml): HA 5,400.00, signed 8,100.00; KLI "
        "5,400.00, signed 2,700.00."
    )


def test_lines_and_flat_rates_that_come_or_go_are_told() -> None:
    last = PROJECT.budget.lines[-1].code
    less = PROJECT.budget.model_copy(update={"lines": PROJECT.budget.lines[:-1], "indirect_costs": None})
    assert [message for message, _ in find(less, SIGNED)] == [
        "Indirect cost comes to 0.00, and 9,387.00 were signed (signed/contract.yaml).",
        f"Line {last} comes to 0.00, and 3,000.00 were signed (signed/contract.yaml).",
    ]
    assert [path[1:] for _, path in find(less, SIGNED)] == [("indirect_costs",), ("lines",)]
    more = PROJECT.budget.model_copy(update={"contingency": Contingency(percent=Decimal(5))})
    assert [path[1] for _, path in find(more, SIGNED)] == ["contingency"]
