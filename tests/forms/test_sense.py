"""What no cell alone can say: gaps, days outside the period, parts beyond their whole."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import pytest

from grants.forms.period import PERIOD
from grants.forms.returned import Odd, TheirRow, TheirTable
from grants.forms.sense import PROVEN, WANTED, Bounds, Doubt, find_doubts

BOUNDS = Bounds(datetime.date(2008, 1, 1), datetime.date(2008, 6, 30))
COST = {
    "voucher": "V1",
    "date": "2008-01-31",
    "payee": "Shop",
    "description": "Paper",
    "line": "5.1",
    "partner": "SAM",
    "source": "",
    "amount": "10.00",
    "currency": "EUR",
    "date_paid": "",
    "document": "F1",
    "note": "",
}


def table(key: str, rows: Sequence[dict[str, str]], odd: dict[tuple[int, str], Odd] | None = None) -> TheirTable:
    columns = tuple(rows[0])
    letters = {column: "ABCDEFGHIJKLMNO"[index] for index, column in enumerate(columns)}
    lines = tuple(TheirRow(6 + at, "", tuple(row.values())) for at, row in enumerate(rows))
    return TheirTable(key, "Costs", columns, letters, lines, odd or {})


def doubt(
    *rows: dict[str, str], key: str = "expenditures", odd: dict[tuple[int, str], Odd] | None = None
) -> list[Doubt]:
    return list(find_doubts({key: table(key, rows, odd)}, BOUNDS))


def test_a_sound_cost_raises_no_doubt() -> None:
    assert doubt(COST, {**COST, "voucher": "V2"}) == []
    assert doubt({**COST, "date": "2008-06-30", "currency": "RSD", "amount": "-3.00"}) == []


@pytest.mark.parametrize("column", WANTED["expenditures"])
def test_a_cost_needs_each_of_its_columns(column: str) -> None:
    (found,) = doubt({**COST, column: ""})
    assert found.kind == "missing"
    assert found.cell == f"{'ABCDEFGHIJKL'[list(COST).index(column)]}6"


def test_an_empty_row_or_one_with_a_note_alone_is_none() -> None:
    nothing = dict.fromkeys(COST, "")
    assert doubt(nothing, {**nothing, "note": "ask Maria"}) == []


def test_a_cell_that_cannot_be_read_is_not_missing() -> None:
    assert doubt({**COST, "amount": ""}, odd={(6, "amount"): Odd("unreadable", "about 200")}) == []


@pytest.mark.parametrize("word", ["Σύνολο", "ΣΥΝΟΛΟ ΜΑΪΟΥ", "Υποσύνολο", "Subtotal", "Ukupno"])
def test_a_row_that_sums_up_others_is_one_doubt(word: str) -> None:
    nothing = dict.fromkeys(COST, "")
    found = doubt(COST, {**nothing, "description": word, "amount": "10.00", "currency": "EUR"})
    assert [(x.kind, x.cell, x.shown) for x in found] == [("total row", "D7", word)]
    assert len(doubt({**COST, "description": word, "payee": ""})) == 1


def test_a_cost_that_was_paid_before_its_date() -> None:
    (found,) = doubt({**COST, "date_paid": "2008-01-30"}, {**COST, "voucher": "V2", "date_paid": "2008-01-31"})
    assert (found.kind, found.shown, found.cell) == ("paid early", "2008-01-30", "J6")


@pytest.mark.parametrize("day", ["2007-12-31", "2008-07-01"])
def test_a_day_outside_the_period(day: str) -> None:
    (found,) = doubt({**COST, "date": day})
    assert (found.kind, found.shown, found.cell) == ("outside", day, "B6")


def test_a_voucher_entered_twice_in_other_words() -> None:
    (found,) = doubt(COST, {**COST, "payee": "Shop Ltd"})
    assert (found.kind, found.cell) == ("twice", "A7")
    assert doubt(COST, COST) == []  # the very same row is told as a duplicate by who compares rows


def test_a_cost_without_a_paper_and_money_without_a_reference() -> None:
    assert [x.kind for x in doubt({**COST, "document": ""})] == ["no paper"]
    gift = {"source": "OWN", "date": "2008-02-01", "amount": "5.00", "reference": "", "giver": "Fund"}
    assert [x.kind for x in doubt(gift, key="own_contributions")] == ["no reference"]


@pytest.mark.parametrize(
    ("figures", "cells"),
    [
        ({"women": "11", "girls": "12"}, ["B6"]),
        ({"women": "11", "girls": "11"}, []),
        ({"women": "", "girls": "1"}, ["B6"]),
        ({"men": "3", "boys": "4"}, ["D6"]),
        ({"part": "7", "whole": "6"}, ["E6"]),
    ],
)
def test_a_part_is_never_more_than_its_whole(figures: dict[str, str], cells: list[str]) -> None:
    row = {**dict.fromkeys(("women", "girls", "men", "boys", "part", "whole"), ""), **figures}
    assert [x.cell for x in doubt(row, key="indicator_actuals") if x.kind == "too many"] == cells


def test_every_column_that_is_looked_at_is_one_of_the_form() -> None:
    for key, columns in WANTED.items():
        inputs = {column.key for column in PERIOD.table(key).columns if column.input}
        assert inputs >= set(columns)
        assert key not in PROVEN or PROVEN[key][0] in inputs
