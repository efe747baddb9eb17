"""A number is the same text whether the definition or a spreadsheet says it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.forms.values import say_float, say_number


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("1200.00", "1200"),
        ("0.750", "0.75"),
        ("0", "0"),
        ("-0.00", "0"),
        ("1E+3", "1000"),
        ("250.123456789012345678", "250.123456789012"),
    ],
)
def test_a_number_is_plain(number, words):
    assert say_number(Decimal(number)) == words


@given(st.decimals(0, 10**12, places=2))
def test_an_amount_is_the_same_from_a_spreadsheet(amount):
    assert say_float(float(amount)) == say_number(amount)


@given(st.integers(0, 10**6))
def test_a_share_is_the_same_from_a_spreadsheet(parts):
    assert say_float(parts / 10**6) == say_number(Decimal(parts) / 10**6)
