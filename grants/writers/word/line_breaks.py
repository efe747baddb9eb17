"""docxtpl's pass for tabs and line breaks in values, only on the paragraphs that hold any."""

from __future__ import annotations

import re
from collections.abc import Callable

_SPECIAL = re.compile("[\t\n\a\f]")
_OPENING = re.compile(r"<w:p(?: [^>]*)?>")


def resolve_line_breaks(xml: str, resolve: Callable[[str], str]) -> str:
    """The same as `resolve` on all of it: a tab, a new line, a paragraph or a page for each such character.

    Why it is the same: docxtpl works on stretches from the first opening tag of a paragraph to the next closing one.
    A character's stretch begins with the first opening tag after the closing one before it; outside of stretches, and
    outside of texts in them, nothing is changed.
    """
    if not any(character in xml for character in "\t\n\a\f"):
        return xml
    pieces: list[str] = []
    done = 0
    for match in _SPECIAL.finditer(xml):
        if match.start() < done:
            continue
        closed = xml.rfind("</w:p>", done, match.start())
        opening = _OPENING.search(xml, done if closed < 0 else closed + 6, match.start())
        end = xml.find("</w:p>", match.start()) + 6
        if opening is None or end < 6:
            continue
        pieces += [xml[done : opening.start()], resolve(xml[opening.start() : end])]
        done = end
    return "".join([*pieces, xml[done:]])
