"""Cells that are one with the cell above: the view says so in the cell's text, the table shows it."""

from __future__ import annotations

import re

from grants.views.blocks import ABOVE

_WHOLE_TEXT = f">{ABOVE}</w:t>"
_ROW = re.compile(r"<w:tr[ >].*?</w:tr>", re.DOTALL)
_CELL = re.compile(r"<w:tc[ >].*?</w:tc>", re.DOTALL)
_SPAN = re.compile(r'<w:gridSpan w:val="(\d+)"/>')
_BEFORE_MERGE = re.compile(
    r"(<w:tcPr>(?:<w:cnfStyle [^>]*/>)?(?:<w:tcW [^>]*/>)?(?:<w:gridSpan [^>]*/>)?)(<w:hMerge[^>]*/>)?"
)


def merge_cells(xml: str) -> str:
    """The document with every such cell merged into the one above it."""
    pieces: list[str] = []
    done = 0
    while (found := xml.find(_WHOLE_TEXT, done)) >= 0:
        start, end = xml.rfind("<w:tbl>", done, found), xml.find("</w:tbl>", found)
        if start < 0 or xml.find("</w:tbl>", start) != end:  # a text outside of tables
            end = start = found + len(_WHOLE_TEXT)
        pieces += [xml[done:start], _merge_table(xml[start:end])]
        done = end
    return "".join([*pieces, xml[done:]])


def _merge_table(table: str) -> str:
    rows = [[*_cells(match[0])] for match in _ROW.finditer(table)]
    for number, row in enumerate(rows):
        for column, text in row:
            if _WHOLE_TEXT in text:
                _set(row, column, _mark(text.replace(_WHOLE_TEXT, "></w:t>"), "<w:vMerge/>"))
                above = dict(rows[number - 1]).get(column) if number else None
                if above is not None and "<w:vMerge" not in above:
                    _set(rows[number - 1], column, _mark(above, '<w:vMerge w:val="restart"/>'))
    merged = iter(rows)

    def replace_row(match: re.Match[str]) -> str:
        cells = iter(text for _, text in next(merged))
        return _CELL.sub(lambda _: next(cells), match[0])

    return _ROW.sub(replace_row, table)


def _cells(row: str) -> list[tuple[int, str]]:
    """The cells of a row, each with the column of the grid at which it begins."""
    cells: list[tuple[int, str]] = []
    column = 0
    for match in _CELL.finditer(row):
        cells.append((column, match[0]))
        span = _SPAN.search(match[0])
        column += int(span[1]) if span else 1
    return cells


def _set(row: list[tuple[int, str]], column: int, text: str) -> None:
    row[[start for start, _ in row].index(column)] = (column, text)


def _mark(cell: str, merge: str) -> str:
    return _BEFORE_MERGE.sub(rf"\1\2{merge}", cell, count=1)
