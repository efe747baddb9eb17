"""Captions count themselves: the number kept in each SEQ field is the one Word would give it."""

from __future__ import annotations

import re
from collections import Counter

_SIMPLE = r'(<w:fldSimple [^>]*w:instr="\s*SEQ (\S+)[^"]*"[^>]*>.*?<w:t(?: [^>]*)?>)[^<]*(?=</w:t>)'
_COMPLEX = (
    r"(<w:instrText[^>]*>\s*SEQ (\S+)[^<]*</w:instrText>.*?"
    r'<w:fldChar w:fldCharType="separate"/>.*?<w:t(?: [^>]*)?>)[^<]*(?=</w:t>)'
)
_SEQUENCE = re.compile(f"{_SIMPLE}|{_COMPLEX}", re.DOTALL)


def number_captions(xml: str) -> str:
    """The document with its captions numbered from 1, each sequence by itself."""
    if "SEQ " not in xml:
        return xml
    counts: Counter[str] = Counter()

    def number(match: re.Match[str]) -> str:
        name = match[2] or match[4]
        counts[name] += 1
        return f"{match[1] or match[3]}{counts[name]}"

    return _SEQUENCE.sub(number, xml)
