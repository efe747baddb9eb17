"""What stands in an input cell, as a text that can be compared: the words of Stamp.base."""

from __future__ import annotations

from decimal import Context, Decimal

DIGITS = 15
"""Of a number that a spreadsheet keeps; what stands behind them is no figure of anybody."""

_KEPT = Context(prec=DIGITS)


def say_number(number: Decimal) -> str:
    """A number as a plain decimal without zeros at its end: 1200, 0.75, 1312.5; by its first 15 digits."""
    words = f"{_KEPT.plus(number):f}"
    if "." in words:
        words = words.rstrip("0").rstrip(".")
    return "0" if words in ("-0", "") else words


def say_float(number: float) -> str:
    """A number of a spreadsheet as a plain decimal, by its first 15 digits."""
    words = f"{number:.{DIGITS}g}"
    return say_number(Decimal(words)) if "e" in words or words == "-0" else words
