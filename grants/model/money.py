"""Money: rounded to the cent, half up, here and nowhere else; shares that add up to the total."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

CENT = Decimal("0.01")


def round_to_cent(amount: Decimal | Fraction) -> Decimal:
    """To the cent, half up: 53,807.625 is 53,807.63."""
    if isinstance(amount, Fraction):
        cents = (amount * 100 + Fraction(1, 2)).__floor__()
        return Decimal(cents).scaleb(-2)
    return amount.quantize(CENT, ROUND_HALF_UP)


def split(total: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """An amount in parts of these weights: to the cent, never negative, in sum the amount itself.

    Each part is the difference of two rounded running totals. So a spreadsheet can do the same with ROUND, and
    53,807.625 + 53,807.625 gives 53,807.63 and 53,807.62. Raises ValueError where all weights are zero.
    """
    whole = sum(weights, Decimal())
    if whole <= 0:
        raise ValueError("an amount cannot be split by weights of zero")
    parts, running, before = [], Fraction(0), Decimal(0)
    for weight in weights:
        running += Fraction(weight)
        upto = round_to_cent(Fraction(total) * running / Fraction(whole))
        parts.append(upto - before)
        before = upto
    return parts
