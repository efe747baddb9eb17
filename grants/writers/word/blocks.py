"""Puts prose, charts and the contents table where the template says."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Mapping

from grants.model.rich_text import RichText
from grants.views.blocks import CLOSE, CONTENTS, OPEN, Chart
from grants.writers.word.assembly import Assembly
from grants.writers.word.chart import place_chart
from grants.writers.word.prose import ProseWriter
from grants.writers.word.wml import paragraph

_PLACE = re.compile(f"{OPEN}(prose|chart):([^{CLOSE}<]*){CLOSE}")
_LEFT_OVER = re.compile(f"{OPEN}[^{CLOSE}<]*{CLOSE}|[{OPEN}{CLOSE}]")
_CELL_WIDTH = re.compile(r'<w:tcW w:w="(\d+)"')
_CELL_MARGINS = 230
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
        pieces: list[str] = []
        level = done = 0
        for found in _PLACE.finditer(xml):
            before = xml[done : found.start()]
            level = self._level(before, level)
            pieces.append(before)
            if not is_inside_text(xml, found.start()):
                pieces.append(self._write(found[1], found[2], level, xml, found.end()))
            done = found.end()
        return "".join([*pieces, xml[done:]])

    def _level(self, xml: str, level: int) -> int:
        """The level of the last heading in a stretch; the given one where it has none."""
        styles = self.assembly.styles
        last = deque(styles.heading_mark.finditer(xml), maxlen=1)
        return styles.headings[last[0][1]] if last else level

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
    return xml.startswith(("<w:t>", "<w:t "), xml.rfind("<", 0, place))


def find_width(xml: str, place: int) -> int:
    """The width of the column at a place: of the cell it lies in, or of the page between its margins."""
    if xml.rfind("<w:tbl>", 0, place) > xml.rfind("</w:tbl>", 0, place):
        width = _CELL_WIDTH.search(xml, xml.rfind("<w:tcPr>", 0, place))
        return int(width[1]) - _CELL_MARGINS if width else _USUAL_WIDTH
    start = xml.find("<w:sectPr", place)
    section = xml[start : xml.find("</w:sectPr>", start)] if start >= 0 else ""
    page = re.search(r'<w:pgSz [^>]*w:w="(\d+)"', section)
    sides = [re.search(rf'<w:pgMar [^>]*w:{side}="(\d+)"', section) for side in ("left", "right")]
    return int(page[1]) - sum(int(side[1]) for side in sides if side) if page else _USUAL_WIDTH


def fill_contents(xml: str, contents: str) -> str:
    """The document with its contents table; whatever else looks like a place is taken out."""
    place = xml.find(CONTENTS)
    while place >= 0 and is_inside_text(xml, place):
        place = xml.find(CONTENTS, place + 1)
    if place >= 0:
        xml = xml[:place] + contents + xml[place + len(CONTENTS) :]
    return _LEFT_OVER.sub("", xml) if OPEN in xml or CLOSE in xml else xml
