"""Rounding to the cent, half up; shares add up to the total."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.model.money import round_to_cent, split

AMOUNTS = st.decimals(0, 10**9, places=2)
WEIGHTS = st.lists(st.decimals(0, 1000, places=3), min_size=1, max_size=12).filter(any)


@pytest.mark.parametrize(
    ("amount", "rounded"),
    [("53807.625", "53807.63"), ("0.005", "0.01"), ("0.0049", "0.00"), ("2.675", "2.68"), ("1.005", "1.01")],
)
def test_half_a_cent_goes_up(amount: str, rounded: str) -> None:
    assert round_to_cent(Decimal(amount)) == Decimal(rounded)


def test_two_halves_of_an_odd_cent_are_the_whole() -> None:
    assert split(Decimal("107615.25"), [Decimal(50), Decimal(50)]) == [Decimal("53807.63"), Decimal("53807.62")]


@given(AMOUNTS, WEIGHTS)
def test_parts_add_up_are_never_negative_and_near_their_exact_share(total: Decimal, weights: list[Decimal]) -> None:
    parts = split(total, weights)
    assert sum(parts) == total
    assert all(part >= 0 and part == part.quantize(Decimal("0.01")) for part in parts)
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - total * weight / sum(weights)) <= Decimal("0.0101")
        assert weight or not part


@given(AMOUNTS, WEIGHTS, st.integers(1, 1000))
def test_a_credit_note_undoes_a_cost(amount: Decimal, weights: list[Decimal], units: int) -> None:
    assert split(-amount, weights) == [-part for part in split(amount, weights)]
    assert round_to_cent(Fraction(-amount) / units) == -round_to_cent(Fraction(amount) / units)


def test_weights_of_zero_are_refused() -> None:
    with pytest.raises(ValueError, match="weights of zero"):
        split(Decimal(1), [Decimal(0)])
