"""Figures by name: all of them, and the laws between them."""

from decimal import Decimal

import pytest

from grants.ledger.figures import list_figures, share_of
from tests.workbooks import POLICE, SHELTER, load_sample


def add(figures, prefix):
    return sum((amount for name, amount in figures.items() if name.startswith(prefix)), Decimal(0))


@pytest.mark.parametrize("name", [SHELTER, POLICE])
def test_parts_are_the_whole(name):
    sample = load_sample(name)
    figures = list_figures(sample.totals)
    whole = figures["grand_total"]
    assert add(figures, "line:") == add(figures, "heading:") == figures["direct"]
    assert figures["direct"] + figures["contingency"] + figures["indirect"] == whole
    assert add(figures, "source:") == add(figures, "quarter:") == whole
    assert figures["grant"] + figures["own_contribution"] == whole
    assert add(figures, "instalment:") == sample.project.grant.amount_requested


def test_the_shelter_costs_what_its_definition_says():
    figures = list_figures(load_sample(SHELTER).totals)
    assert figures["grand_total"] == Decimal("143487.00")
    assert figures["grant"] == Decimal("107615.25")
    assert figures["instalment:D1"] == Decimal("53807.63")  # of 53,807.625, half up


def test_a_share_is_a_fraction_and_nothing_of_nothing():
    assert share_of(Decimal(3), Decimal(4)) == Decimal("0.75")
    assert share_of(Decimal(0), Decimal(0)) == 0
