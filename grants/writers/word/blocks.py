"""Puts prose, charts and the contents table where the template says."""

from __future__ import annotations

import re
from collections.abc import Mapping

from grants.model.rich_text import RichText
from grants.views.blocks import CLOSE, CONTENTS, OPEN, Chart
from grants.writers.word.assembly import Assembly
from grants.writers.word.chart import place_chart
from grants.writers.word.prose import ProseWriter
from grants.writers.word.wml import paragraph

_PLACE = re.compile(f'<w:pStyle w:val="([^"]*)"/>|{OPEN}(prose|chart):([^{CLOSE}]*){CLOSE}')
_LEFT_OVER = re.compile(f"{OPEN}[^{CLOSE}]*{CLOSE}|[{OPEN}{CLOSE}]")
_SECTION = re.compile(r"<w:sectPr[ >].*?</w:sectPr>", re.DOTALL)
_USUAL_WIDTH = 9_000
"""Twentieths of a point: an A4 page with margins, where a template does not say."""


class BlockWriter:
    """Writes the blocks of one document."""

    def __init__(self, assembly: Assembly, prose: Mapping[str, RichText], charts: Mapping[str, Chart]) -> None:
        self.assembly = assembly
        self.prose = prose
        self.charts = charts
        self.writer = ProseWriter(assembly)

    def fill(self, xml: str) -> str:
        """The document with prose and charts; prose stands below the heading before it."""
        headings = self.assembly.styles.headings
        pieces: list[str] = []
        level = done = 0
        for match in _PLACE.finditer(xml):
            if match[1] is not None:
                level = headings.get(match[1], level)
                continue
            pieces.append(xml[done : match.start()])
            if not is_inside_text(xml, match.start()):
                pieces.append(self._write(match[2], match[3], level, xml, match.end()))
            done = match.end()
        return "".join([*pieces, xml[done:]])

    def _write(self, kind: str, key: str, level: int, xml: str, place: int) -> str:
        width = find_width(xml, place)
        content = ""
        if kind == "prose":
            content = self.writer.write(self.prose.get(key, ()), level, width)
        elif key in self.charts:
            style = self.assembly.styles.first("figure", "normal")
            drawing = place_chart(self.charts[key], self.assembly, width)
            content = paragraph(drawing, style, "<w:keepNext/>")
        if xml.startswith("</w:tc>", place) and not content.endswith("</w:p>"):
            content += "<w:p/>"  # a cell ends with a paragraph, or Word calls the file damaged
        return content


def is_inside_text(xml: str, place: int) -> bool:
    """Whether a place lies in the text of a run, where no paragraph can begin."""
    opened = max(xml.rfind("<w:t>", 0, place), xml.rfind("<w:t ", 0, place))
    return opened > xml.rfind("</w:t>", 0, place)


def find_width(xml: str, place: int) -> int:
    """The width of the column at a place: of the cell it lies in, or of the page between its margins."""
    if max(xml.rfind("<w:tc>", 0, place), xml.rfind("<w:tc ", 0, place)) > xml.rfind("</w:tc>", 0, place):
        width = re.compile(r'<w:tcW w:w="(\d+)"').search(xml, xml.rfind("<w:tcPr>", 0, place))
        return int(width[1]) - 230 if width else _USUAL_WIDTH
    section = _SECTION.search(xml, place)
    if section is None:
        return _USUAL_WIDTH
    page = re.search(r'<w:pgSz [^>]*w:w="(\d+)"', section[0])
    sides = [re.search(rf'<w:pgMar [^>]*w:{side}="(\d+)"', section[0]) for side in ("left", "right")]
    return int(page[1]) - sum(int(side[1]) for side in sides if side) if page else _USUAL_WIDTH


def fill_contents(xml: str, contents: str) -> str:
    """The document with its contents table; whatever else looks like a place is taken out."""
    place = xml.find(CONTENTS)
    if place >= 0 and not is_inside_text(xml, place):
        xml = xml[:place] + contents + xml[place + len(CONTENTS) :]
    return _LEFT_OVER.sub("", xml) if OPEN in xml or CLOSE in xml else xml
