"""Captions count themselves: the number kept in each SEQ field is the one Word would give it."""

from __future__ import annotations

import re
from collections import Counter

_NAME = re.compile(r"SEQ\s+(\S+)")
_FIELD_OPENINGS = ("<w:instrText>", "<w:instrText ", "<w:fldSimple ")
_RESULT = re.compile(r"(<w:t(?: [^>]*)?>)[^<]*(?=</w:t>)")
_SEPARATOR = '<w:fldChar w:fldCharType="separate"/>'


def number_captions(xml: str) -> str:
    """The document with its captions numbered from 1, each sequence by itself."""
    counts: Counter[str] = Counter()
    pieces: list[str] = []
    done = 0
    while (found := xml.find("SEQ ", done)) >= 0:
        name, result = _NAME.match(xml, found), _find_result(xml, found)
        end = found + 4
        if name and result:
            counts[name[1]] += 1
            pieces += [xml[done : result.start()], f"{result[1]}{counts[name[1]]}"]
            done = end = result.end()
        else:
            pieces.append(xml[done:end])
            done = end
    return "".join([*pieces, xml[done:]])


def _find_result(xml: str, place: int) -> re.Match[str] | None:
    """The text that a field shows, where the words at a place are the instruction of one."""
    opened = xml.rfind("<", 0, place)
    if not xml.startswith(_FIELD_OPENINGS, opened):
        return None
    end = xml.find("</w:p>", place)
    start = place if xml.startswith("<w:fldSimple", opened) else xml.find(_SEPARATOR, place, end)
    return _RESULT.search(xml, start, end) if start >= 0 else None
