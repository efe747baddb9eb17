"""Values on their way into a cell: exact, and never mistaken for a formula."""

from __future__ import annotations

import re
from decimal import Context, Decimal

_RISKY = ("=", "+", "-", "@", "\t", "\r")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_RICH = re.compile(r"<r>.*</r>", re.DOTALL)
_MOST_CHARACTERS = 32_767
_DIGITS = Context(prec=15)


def is_risky(text: str) -> bool:
    """Whether a program could take the text for a formula when the cell is edited or exported."""
    return text.startswith(_RISKY)


def clean_text(text: str) -> str:
    """The text as a cell can hold it: without characters that XML forbids, no longer than Excel allows.

    Why the space: XlsxWriter takes a text that begins with <r> and ends with </r> for its own markup.
    """
    text = _NOT_IN_XML.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(text) > _MOST_CHARACTERS:
        text = text[: _MOST_CHARACTERS - 1] + "…"
    return text + " " if _RICH.fullmatch(text) else text


def shorten(value: Decimal | int) -> Decimal:
    """A number as it is written beside a formula: the 15 digits that a spreadsheet keeps, no exponent."""
    return Decimal(f"{_DIGITS.plus(Decimal(value)):f}")
