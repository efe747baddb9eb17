"""docxtpl's pass for tabs and line breaks in values, only on the paragraphs that hold any."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_SPECIAL = "\t\n\a\f"
_OPENING = re.compile(r"<w:p(?: [^>]*)?>")


def resolve_line_breaks(xml: str, resolve: Callable[[str], str]) -> str:
    """The same as `resolve` on all of it: a tab, a new line, a paragraph or a page for each such character.

    Why it is the same: docxtpl works on stretches from the first opening tag of a paragraph to the next closing one.
    A character's stretch begins with the first opening tag after the closing one before it; outside of stretches, and
    outside of texts in them, nothing is changed.
    """
    pieces: list[str] = []
    done = 0
    for place in sorted(place for character in _SPECIAL for place in _find_all(xml, character)):
        if place < done:
            continue
        closed = xml.rfind("</w:p>", done, place)
        opening = _OPENING.search(xml, done if closed < 0 else closed + 6, place)
        end = xml.find("</w:p>", place) + 6
        if opening is None or end < 6:
            continue
        pieces += [xml[done : opening.start()], resolve(xml[opening.start() : end])]
        done = end
    return "".join([*pieces, xml[done:]])


def _find_all(xml: str, character: str) -> Iterator[int]:
    place = xml.find(character)
    while place >= 0:
        yield place
        place = xml.find(character, place + 1)
