"""How far a heading may move: 25 or 15 per cent of its signed amount, both ways, counted since it was signed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from grants.ledger.books import keep_books
from grants.ledger.moves import limit_move, list_moves
from grants.model.limits import Limits
from grants.model.records import SignedBudget
from tests.ledger.cases import DAY, FINAL, INTERIM, cost, make_project, make_records

PROJECT = make_project()


def priced(line: str, unit_cost: str, quantity: str = "1"):
    """The budget with another price of one line."""
    lines = tuple(
        x.model_copy(update={"quantity": Decimal(quantity), "unit_cost": Decimal(unit_cost)}) if x.code == line else x
        for x in PROJECT.budget.lines
    )
    return PROJECT.budget.model_copy(update={"lines": lines})


@pytest.mark.parametrize(
    ("signed", "percent", "limit"),
    [("4600", "25", "1150.00"), ("80400", "25", "20100.00"), ("4600", "15", "690.00"), ("80400", "15", "12060.00")],
)
def test_the_limit_is_a_part_of_the_signed_amount(signed: str, percent: str, limit: str) -> None:
    assert limit_move(Decimal(signed), Decimal(percent)) == Decimal(limit)
    assert limit_move(Decimal(signed), None) is None


@pytest.mark.parametrize(
    ("rent", "allowed"), [("15150.00", True), ("15150.01", False), ("6450.00", True), ("6449.99", False)]
)
def test_a_heading_moves_to_its_limit_both_ways_and_no_further(rent: str, allowed: bool) -> None:
    """Heading 4 is signed with 17,400.00, of which 10,800.00 rent: 25 per cent are 4,350.00."""
    signed = (SignedBudget(None, DAY(2007, 12, 20), PROJECT.budget),)
    records = make_records([], signed=signed)
    project = replace(PROJECT, budget=priced("4.2", rent))
    books = keep_books(project, records, INTERIM)
    moves = {x.heading.code: x for x in list_moves(project, records, books, Limits(transfer_percent=Decimal(25)))}
    assert (moves["4"].signed, moves["4"].limit, moves["4"].is_allowed) == (17400, 4350, allowed)
    assert moves["4"].moved == Decimal(rent) - 10800
    assert moves["1"].moved == 0


def test_what_was_spent_counts_where_it_is_more() -> None:
    records = make_records([cost("17500")])
    moves = list_moves(PROJECT, records, keep_books(PROJECT, records, INTERIM), Limits())
    assert [(x.heading.code, x.moved, x.limit) for x in moves if x.moved] == [("4", 100, None)]


def test_a_definition_that_stays_as_the_contract_plans_no_way_back_from_an_amendment() -> None:
    amended = priced("4.2", "12000")
    signed = (SignedBudget(None, DAY(2007, 12, 20), PROJECT.budget), SignedBudget("1", DAY(2008, 8, 1), amended))
    records = make_records([], signed=signed)
    moves = list_moves(PROJECT, records, keep_books(PROJECT, records, FINAL), Limits())
    assert [(x.signed, x.moved) for x in moves if x.heading.code == "4"] == [(18600, 0)]


def test_an_amendment_is_the_new_measure_and_does_not_change_what_was_before() -> None:
    amended = priced("4.2", "12000")
    signed = (SignedBudget(None, DAY(2007, 12, 20), PROJECT.budget), SignedBudget("1", DAY(2008, 8, 1), amended))
    project, records = replace(PROJECT, budget=amended), make_records([], signed=signed)
    for report, amount in ((INTERIM, 17400), (FINAL, 18600)):
        moves = list_moves(project, records, keep_books(project, records, report), Limits())
        assert [(x.signed, x.moved) for x in moves if x.heading.code == "4"] == [(amount, 0)]
