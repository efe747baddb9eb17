"""The contents table: its entries are the document's own headings, numbered as Word numbers them.

Word keeps the entries until somebody updates the table; page numbers stand in it only where they are known.
"""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from grants.writers.word.bookmarks import name_bookmark
from grants.writers.word.styles import Level, Styles
from grants.writers.word.wml import escape, paragraph, run

_FIRST_ID = 100_000
_TEXTS = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>|(<w:tab/>|<w:br/>)")


@dataclass(frozen=True, slots=True)
class HeadingEntry:
    """A heading of the document."""

    bookmark: str
    level: int
    number: str
    text: str


def mark_headings(xml: str, styles: Styles) -> tuple[str, list[HeadingEntry]]:
    """The document with a bookmark around each heading, and the headings in order."""
    counter = _Counter(styles)
    pieces: list[str] = []
    entries: list[HeadingEntry] = []
    done = 0
    for match in styles.heading_mark.finditer(xml):
        opened, end = xml.find("</w:pPr>", match.end()) + len("</w:pPr>"), xml.find("</w:p>", match.end())
        number = counter.count(match[1], xml[match.end() : opened])
        text = _read_text(xml[opened:end])
        if not text or opened > end:
            continue
        bookmark = name_bookmark(len(entries) + 1)
        start = f'<w:bookmarkStart w:id="{_FIRST_ID + len(entries)}" w:name="{bookmark}"/>'
        pieces += [xml[done:opened], start, xml[opened:end], f'<w:bookmarkEnd w:id="{_FIRST_ID + len(entries)}"/>']
        entries.append(HeadingEntry(bookmark, styles.headings[match[1]], number, text))
        done = end
    return "".join([*pieces, xml[done:]]), entries


def _read_text(xml: str) -> str:
    text = "".join(html.unescape(word) if not gap else " " for word, gap in _TEXTS.findall(xml))
    return " ".join(text.split())


class _Counter:
    """Numbers headings as Word does: a deeper level begins anew below each higher one."""

    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self.counts: dict[str, list[int]] = defaultdict(lambda: [0] * 9)

    def count(self, style: str, properties: str) -> str:
        """The number of the next heading of that style, as it is printed; empty where it has none."""
        place = self.styles.numbered.get(style)
        if place is None or '<w:numId w:val="0"/>' in properties:
            return ""
        levels = self.styles.levels.get(place.number, ())
        if place.level >= len(levels):
            return ""
        counts = self.counts[self.styles.abstract[place.number]]
        counts[place.level] = max(counts[place.level] + 1, levels[place.level].start)
        counts[place.level + 1 :] = [0] * (8 - place.level)
        return _print_number(counts, levels, place.level)


def _print_number(counts: list[int], levels: tuple[Level, ...], level: int) -> str:
    def one(match: re.Match[str]) -> str:
        index = int(match[1]) - 1
        return _print(max(counts[index], levels[index].start), levels[index].form)

    return re.sub(r"%([1-9])", one, levels[level].text)


def _print(number: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman"):
        roman = "".join(_roman(number))
        return roman if form == "upperRoman" else roman.lower()
    return "" if form == "none" else str(number)


def _roman(number: int) -> Iterator[str]:
    for value, sign in (
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ):
        while number >= value:
            yield sign
            number -= value


def write_contents(entries: list[HeadingEntry], styles: Styles, pages: Mapping[str, int] | None) -> str:
    """The contents table as a field with its entries."""
    shown = [entry for entry in entries if entry.level <= styles.contents_levels]
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">'
        f' TOC \\o "1-{styles.contents_levels}" \\h \\z \\u </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    paragraphs = [
        paragraph(
            (begin if number == 0 else "") + _entry(entry, (pages or {}).get(entry.bookmark)),
            styles.first(f"toc {entry.level}"),
        )
        for number, entry in enumerate(shown)
    ]
    return "".join(paragraphs) + paragraph(("" if shown else begin) + end)


def _entry(entry: HeadingEntry, page: int | None) -> str:
    number = f"{run(entry.number)}<w:r><w:tab/></w:r>" if entry.number else ""
    content = f"{number}{run(entry.text)}{_page(entry, page)}"
    return f'<w:hyperlink w:anchor="{entry.bookmark}" w:history="1">{content}</w:hyperlink>'


def _page(entry: HeadingEntry, page: int | None) -> str:
    if page is None:
        return ""
    return (
        '<w:r><w:tab/></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> PAGEREF {escape(entry.bookmark)} \\h </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(str(page))}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
