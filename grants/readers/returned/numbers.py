"""Numbers as people write them in Athens, Belgrade and London: one reading, several, or none. Nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from grants.forms.currencies import CURRENCY
from grants.forms.values import say_number

_SPACES = re.compile(r"[\s\u00a0\u202f\u2009']+")
_MINUS = str.maketrans({"−": "-", "–": "-"})
_PLAIN = re.compile(r"\d+(?:[.,]\d+)?")
_GROUPED = re.compile(r"\d{1,3}(?:(?P<group>[.,])\d{3})(?:(?P=group)\d{3})*(?:(?!(?P=group))[.,]\d+)?")
_SPACED = re.compile(r"\d{1,3}(?: \d{3})+(?:[.,]\d+)?")
_NO_CENTS = re.compile(r"(?<=\d)[.,][-–—]+$")
"""1.100,- is eleven hundred without cents."""
_EITHER = re.compile(r"(?!0[.,])\d{1,3}[.,]\d{3}")
"""One separator with three digits behind it: 1.100 is eleven hundred in Athens, and one and a tenth in London."""


def read_number(text: str, percent: bool = False) -> tuple[str, ...]:
    """What a text may mean, as plain decimals: none for no number, two for `1.100`.

    `percent`: 75 and 75 % are 0.75; 0.5 without a sign may be half, or half a hundredth.
    """
    words = _NO_CENTS.sub("", CURRENCY.sub("", text).strip()).translate(_MINUS)
    hundredth = words.endswith("%")
    words = words.removesuffix("%").strip()
    negative = False
    if words.startswith("(") and words.endswith(")"):
        words, negative = words[1:-1].strip(), True
    elif words.startswith("-") or words.endswith("-"):
        words, negative = words.strip("-").strip(), True
    readings = _read_unsigned(_SPACES.sub(" ", words))
    if hundredth and not percent:
        return ()
    if percent:
        whole = [reading for reading in readings if not hundredth and reading <= 1]
        readings = [*whole, *(reading / 100 for reading in readings)]
    return tuple(dict.fromkeys(say_number(-reading if negative else reading) for reading in readings))


def _read_unsigned(words: str) -> list[Decimal]:
    if _EITHER.fullmatch(words):
        whole, _, rest = words.replace(",", ".").partition(".")
        return [Decimal(whole + rest), Decimal(f"{whole}.{rest}")]
    if _SPACED.fullmatch(words):
        words = words.replace(" ", "")
    if _PLAIN.fullmatch(words):
        return [Decimal(words.replace(",", "."))]
    if _GROUPED.fullmatch(words):
        group = next(letter for letter in words if letter in ".,")
        return [Decimal(words.replace(group, "").replace(",", "."))]
    return []


def find_codes(value: float, codes: Iterable[str]) -> tuple[str, ...]:
    """The codes that a cell may mean which a spreadsheet has made a number of: 1.1 is 1.1 as well as 1.10."""
    return tuple(code for code in codes if _count(code) == value)


def _count(code: str) -> float | None:
    try:
        return float(Decimal(code))
    except InvalidOperation:
        return None
