"""How high a row must be for its wrapped texts. Excel and LibreOffice do not measure rows of a file they did not make.

The widths are those of Arial (and of Liberation Sans, which has the same), in thousandths of the font's size.
"""

from __future__ import annotations

import re
from functools import lru_cache

_NARROW = frozenset("iljtfrI.,;:'|!()[]/- ίιϊΐΙ")
_WIDE = frozenset("mwMWQOGΩΜΦΨωψφ%@—–ЖШЩжшщмюЮ")
_PIXELS_PER_POINT = 96 / 72
_PIXELS_PER_CHARACTER = 7
_SAFETY = 1.04
"""Excel wraps a little earlier on some screens than on others."""


def _width(character: str) -> int:
    if character in _NARROW:
        return 290
    if character in _WIDE:
        return 820
    return 690 if character.isupper() else 556


@lru_cache(maxsize=4096)
def measure(text: str, size: float = 10, bold: bool = False) -> float:
    """Width of a text in pixels."""
    thousandths = sum(map(_width, text))
    return thousandths / 1000 * size * _PIXELS_PER_POINT * (1.07 if bold else 1.0) * _SAFETY


@lru_cache(maxsize=4096)
def count_lines(text: str, width: float, size: float = 10, bold: bool = False) -> int:
    """Lines a text takes in a column of that many characters; words longer than a line are broken."""
    room = max(width * _PIXELS_PER_CHARACTER - 2, 10)
    lines = 0
    for paragraph in text.split("\n"):
        lines += 1
        used = 0.0
        for word in re.findall(r"[^\s-]*-?\s*", paragraph):
            long = measure(word.rstrip(), size, bold)
            if used and used + long > room:
                lines += 1
                used = 0.0
            while long > room:
                lines += 1
                long -= room
            used += long + measure(" ", size, bold) * (len(word) - len(word.rstrip()))
    return lines


def row_height(lines: int, size: float = 10) -> float:
    """Points for that many lines, never above Excel's limit of 409."""
    return min(round(max(lines, 1) * size * 1.28 + 3.5, 2), 409.0)
