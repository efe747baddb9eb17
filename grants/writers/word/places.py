"""Where in a template: part, heading above, table and column, text. For people who only see it in Word.

Every tag of a template's source stands on a line of its own, so that the engine's line number is a place.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass

from grants.errors import Place

_TAG = re.compile(r"\{#.*?#\}|\{%-?\s*raw\b.*?\{%-?\s*endraw\s*-?%\}|\{\{.*?\}\}|\{%.*?%\}|<w:p[ >]", re.DOTALL)
_NEW_LINE = "{#\n#}"
_MARKUP = re.compile(r"<[^>]*>|\{#\n#\}|[{}#]*\n[{}#]*")
_STYLE = re.compile(r'<w:pStyle w:val="([^"]*)"/>')
_LONGEST = 100
_LONGEST_XML = 4_000


def mark_lines(xml: str) -> str:
    """The same template with each paragraph and tag on a line of its own. Comments put nothing into the document."""

    def mark(match: re.Match[str]) -> str:
        text = match[0]
        bare = text.startswith("{#") or text[2:3] == "-" or (text.startswith("{%") and "raw" in text[:8])
        return text if bare else _NEW_LINE + text

    return _TAG.sub(mark, xml)


@dataclass(frozen=True, slots=True)
class Source:
    """The source of a part as the engine compiles it."""

    file: str
    part: str
    xml: str
    headings: Mapping[str, int]
    """Style of a heading -> its level."""

    def offset(self, line: int) -> int:
        """Where a line begins."""
        position = 0
        for _ in range(line - 1):
            position = self.xml.find("\n", position) + 1
            if not position:
                return len(self.xml)
        return position

    def place(self, line: int) -> Place:
        """A line's place, for people."""
        before = self.xml[: self.offset(line)]
        words = [self._name_part(), self._heading(before), self._table(before), f"«{self.text(line)}»"]
        return Place(self.file, part=", ".join(word for word in words if word))

    def text(self, line: int) -> str:
        """The text of the paragraph that a line stands in, with its tags; of the tag alone where it has none."""
        offset = self.offset(line)
        start = max(self.xml.rfind("<w:p>", 0, offset + 5), self.xml.rfind("<w:p ", 0, offset + 5), 0)
        if "</w:p>" in self.xml[start:offset]:
            start = offset
        found = [self.xml.find(tag, start + 4) for tag in ("</w:p>", "<w:p>", "<w:p ")]
        ends = [*(place for place in found if place > start), start + _LONGEST_XML]
        text = html.unescape(_MARKUP.sub("", self.xml[start : min(ends)])).strip()
        return text if len(text) <= _LONGEST else text[: _LONGEST - 3] + "..."

    def is_inside_text(self, line: int) -> bool:
        """Whether a line stands in a text run, and not between paragraphs."""
        before = self.xml[: self.offset(line)]
        return max(before.rfind("<w:t>"), before.rfind("<w:t ")) > before.rfind("</w:t>")

    def _name_part(self) -> str:
        name = self.part.rsplit("/", 1)[-1].removesuffix(".xml")
        return "" if name == "document" else name

    def _heading(self, before: str) -> str:
        for match in reversed(list(_STYLE.finditer(before))):
            if match[1] in self.headings:
                end = self.xml.find("</w:p>", match.end())
                text = html.unescape(_MARKUP.sub("", self.xml[match.end() : end])).strip()
                return f"below «{text[:60]}»"
        return ""

    def _table(self, before: str) -> str:
        opened = before.count("<w:tbl>")
        if opened <= before.count("</w:tbl>"):
            return ""
        row = before[max(before.rfind("<w:tr>"), before.rfind("<w:tr "), before.rfind("<w:tbl>")) :]
        column = len(re.findall(r"<w:tc[ >]", row))
        return f"table {opened}, column {column}" if column else f"table {opened}"
