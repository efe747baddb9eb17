"""Money: rounded to the cent, half up, here and nowhere else; shares that add up to the total."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate

CENT = Decimal("0.01")


def round_to_cent(amount: Decimal | Fraction) -> Decimal:
    """To the cent, half up: 53,807.625 is 53,807.63. Below zero likewise: a credit note undoes a cost."""
    if isinstance(amount, Fraction):
        cents = (abs(amount) * 100 + Fraction(1, 2)).__floor__()
        return Decimal(cents if amount >= 0 else -cents).scaleb(-2)
    return amount.quantize(CENT, ROUND_HALF_UP)


def split(total: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """An amount in parts of these weights: to the cent, never of the other sign, in sum the amount itself.

    Each part is the difference of two rounded running totals. So a spreadsheet can do the same with ROUND, and
    53,807.625 + 53,807.625 gives 53,807.63 and 53,807.62. Raises ValueError where all weights are zero.
    """
    upto = _running(tuple(weights))
    numerator, denominator = abs(total).as_integer_ratio()
    sign = -1 if total < 0 else 1
    parts, before = [], 0
    for share, whole in upto:  # whole numbers: this runs once for every cost of a report
        cents = (200 * numerator * share + denominator * whole) // (2 * denominator * whole)
        parts.append(Decimal(sign * (cents - before)).scaleb(-2))
        before = cents
    return parts


@lru_cache(maxsize=4096)
def _running(weights: tuple[Decimal, ...]) -> list[tuple[int, int]]:
    """The running shares of the whole, each as numerator and denominator."""
    whole = sum(map(Fraction, weights), Fraction(0))
    if whole <= 0:
        raise ValueError("an amount cannot be split by weights of zero")
    return [(part / whole).as_integer_ratio() for part in accumulate(map(Fraction, weights))]
