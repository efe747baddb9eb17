"""What a narrative may not hold, and the check that a file cannot hold any of it."""

from __future__ import annotations

import re
from typing import NamedTuple

from grants.errors import Severity

NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Characters that no Word file can hold, and the delete character."""


class Fault(NamedTuple):
    """What is wrong and what to do."""

    message: str
    remedy: str
    severity: Severity = "error"


FAULTS = {
    "MD-001": Fault(
        "HTML does not become part of a document.", "Say it in Markdown, or write \\< for the sign itself."
    ),
    "MD-002": Fault(
        "Pictures cannot be put into a narrative.", "Take it out; charts and tables of figures are made by the program."
    ),
    "MD-003": Fault("Code has no form in a proposal.", "Begin the line at the margin; write \\` for the sign itself."),
    "MD-004": Fault("A horizontal line has no form in a proposal.", "Take it out; a heading divides a text better."),
    "MD-005": Fault("The heading is too deep.", "Use #, ## or ###; below them a bold sentence does."),
    "MD-006": Fault("A task list has no form in a proposal.", "Write a plain list, without [ ] and [x]."),
    "MD-007": Fault("The link's address is not one for a document.", "Begin it with https://, http:// or mailto:."),
    "MD-008": Fault("The footnote has no text.", "Add a paragraph that begins with this mark and a colon."),
    "MD-009": Fault("A list stands in a list in a list in a list.", "Keep to three levels."),
    "MD-010": Fault("This cannot stand in that place.", "Put it into a paragraph of its own, outside."),
    "MD-011": Fault("A control character cannot stand in a document.", "Take it out."),
    "MD-012": Fault("A footnote is nowhere referred to.", "Put its mark into the text, or take it out.", "warning"),
    "MD-013": Fault("A link's title is not printed.", "Put it into the text, or take it out.", "warning"),
    "MD-014": Fault("Struck-out text has no form in a proposal.", "Take out the text and its ~~."),
    "MD-015": Fault("A link is not complete, so its brackets would be printed.", "Write [text](https://address)."),
}

_PARSED = re.compile(r"[`<\[\]\\\t\r\f\v\x85\u2028\u2029]|~~|&#|####|" + NOT_XML.pattern)
_LINK = re.compile(
    r"(?<![]!^\\])\[[^][!`<|\\\n]*[^][!`<|\\\n^][^][!`<|\\\n]*\]\((?:https?://|mailto:)[^][\s()<>|`\\\"']+\)"
)
_NOTE = re.compile(r"(?m)^\[\^([A-Za-z0-9_-]+)\]: ")
_MARK = re.compile(r"(?<![]!^\\])\[\^([A-Za-z0-9_-]+)\](?![(\[:])")
_START = r"(?:\*{1,2})?[^\W\d_]|[0-9]+[^\W_]|[0-9]+[ ,.:%/–-][^\s.)]|\{\{ ?[a-z]|[«“„(€\"'][^\s]"
_PLAIN = re.compile(_START)
_ITEM = re.compile(rf"(?:[-+*]|[0-9]{{1,9}}[.)]) (?:{_START})")
_QUOTE = re.compile(rf"> (?:{_START})")
_HEADING = re.compile(r"#{1,3} +[^\s#]")


def needs_parsing(markdown: str) -> bool:
    """Whether a file may hold something that a document cannot show. False is certain, True is a suspicion.

    Why: most narratives are headings, paragraphs, simple lists, tables, links and footnotes; a check can do without
    the parser then. Every line must be of a known form, every footnote have its mark and its text.
    """
    notes, marks = _NOTE.findall(markdown), _MARK.findall(markdown)
    plain = _MARK.sub("x", _NOTE.sub("\0", _LINK.sub("x", markdown)))
    if len(notes) != len(set(notes)) or set(notes) != set(marks):
        return True
    if NOT_XML.search(markdown) or _PARSED.search(plain.replace("\0", "")):
        return True
    before = "blank"
    for line, written in zip(plain.split("\n"), markdown.split("\n"), strict=True):
        before = _kind(line, before)
        if before == "unknown" or (before in ("heading", "note") and _MARK.search(written)):
            return True
    return False


def _kind(line: str, before: str) -> str:
    """blank, heading, table, quote, note, text or unknown, given what the line before is.

    An indented line is known only right below a line of a paragraph, where CommonMark allows no code. A footnote's
    text and a quotation end with a blank line.
    """
    text = line.strip(" ")
    if not text:
        return "blank"
    indent = len(line) - len(line.lstrip(" "))
    if line[0] == "\0":
        return "note" if before == "blank" and _PLAIN.match(line, 1) and "|" not in text else "unknown"
    if before in ("note", "quote") or line[0] == ">":
        return "quote" if before in ("blank", "quote") and _QUOTE.match(line) and "|" not in text else "unknown"
    if before == "table" or ("|" in text and indent == 0):
        return "table" if indent == 0 and (text[0] == "|" or _PLAIN.match(text)) else "unknown"
    if _HEADING.match(line):
        return "heading"
    if "|" in text or (indent >= 4 and before != "text"):
        return "unknown"
    return "text" if _PLAIN.match(text) or (indent <= 5 and _ITEM.match(text)) else "unknown"
