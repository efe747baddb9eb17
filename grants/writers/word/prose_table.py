"""A table of a narrative, in the template's own table style."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from grants.model.rich_text import Inlines, Run, Table
from grants.writers.word.styles import Styles
from grants.writers.word.wml import BESIDE_FIGURE, cell, paragraph, row, table

TABLE_STYLES = ("data table", "grid table 4 - accent 1", "grid table 1 light", "table grid")
NARROWEST = 900
"""Twentieths of a point: about eight letters."""


def write_table(block: Table, inlines: Callable[[Inlines], str], styles: Styles, width: int) -> str:
    """The table and, after it, the small gap that a table itself cannot have."""
    widths = share_out(width, [_weights(block, column) for column in range(len(block.header))])
    pairs = zip(("left", *block.alignments), block.alignments, strict=False)
    rooms = [BESIDE_FIGURE if pair == ("right", "left") else "" for pair in pairs]
    style = styles.first_table(*TABLE_STYLES)

    def write_row(cells: Sequence[Inlines], header: bool) -> str:
        parts = zip(cells, widths, block.alignments, rooms, strict=True)
        return row(
            [cell(_paragraph(inlines(text), align, header, styles, room), size) for text, size, align, room in parts],
            header,
        )

    rows = [write_row(block.header, True), *(write_row(cells, False) for cells in block.rows)]
    return table(rows, widths, style, look="0420") + paragraph("", styles.first("table end"))


def _paragraph(content: str, align: str, header: bool, styles: Styles, room: str) -> str:
    names = ("table heading", "table text") if header else ("table text",)
    if align == "right" and not header:
        names = ("table figures", "table text")
    style = styles.first(*names)
    given = style is not None and style == styles.first("table figures")
    look = f'<w:jc w:val="{align}"/>' if align != "left" and not given else ""
    return paragraph(content, style, ("<w:keepNext/>" if header and not style else "") + room + look)


def _weights(block: Table, column: int) -> tuple[int, int]:
    """Letters of a column's longest word, and of its longest text."""
    texts = [_text(row[column]) for row in (block.header, *block.rows)]
    words = [len(word) for text in texts for word in text.split()]
    return max(words, default=1), max(map(len, texts), default=1)


def _text(content: Inlines) -> str:
    return "".join(part.text for part in content if isinstance(part, Run))


def share_out(width: int, columns: Sequence[tuple[int, int]]) -> list[int]:
    """Widths that add up to the whole: room for each column's longest word, the rest by the length of its texts."""
    letter = 110
    least = [max(NARROWEST, word * letter + 250) for word, _ in columns]
    if sum(least) >= width:
        least = [width * part // sum(least) for part in least]
    rest = width - sum(least)
    wanted = [max(min(text, 200) * letter - room, 1) for (_, text), room in zip(columns, least, strict=True)]
    widths = [room + rest * part // sum(wanted) for room, part in zip(least, wanted, strict=True)]
    widths[-1] += width - sum(widths)
    return widths
