"""What the tables of a period's workbook have in common: header, rows that exist, spare rows, hints."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from grants.views.form_parts import choose_print, label_columns, put_hints
from grants.views.period_layout import PeriodLayout, PlacedTable
from grants.views.sheet_builder import Entry, SheetBuilder
from grants.views.workbook import Area, Print

_SECTION_HEIGHT = 22.0
_ROW_HEIGHT = 15.0
_PAGE_WIDTH, _PAGE_HEIGHT, _A3 = 128.0, 470.0, 1.414
"""Of a landscape A4 page at full size, with a margin for printers: in characters of a column's width, and in points.
A3 is so many times larger."""
_SMALLEST = 0.8
"""Of the largest size that the width allows: what is printed can still be read."""
Entries = Mapping[str, Entry]
Fill = Callable[[int, int], dict[str, Entry]]
"""Number of a table's row (from 0) and its row on the sheet -> entries."""


def put_table(sheet: SheetBuilder, layout: PeriodLayout, table: PlacedTable, fill: Fill, section: str = "") -> None:
    """A table with all its rows; `section` is the label of the line above it."""
    words = layout.words
    if section:
        last = table.columns[-1].index
        sheet.span(Area(table.header - 1, 0, table.header - 1, last), words.say(section), "section")
        sheet.heights[table.header - 1] = _SECTION_HEIGHT
    sheet.put_header(table.header, table.columns, label_columns(words, table.columns, {}))
    for number, name in enumerate(table.ids):
        row = table.first + number
        sheet.put_row(row, table.columns, fill(number, row), spare=name.startswith("spare:"))
    put_hints(sheet, table.columns, [(table.first, table.last)], words, bounds(layout))


def choose_widths(tables: Sequence[PlacedTable]) -> list[float]:
    """Of a sheet whose tables stand below each other: each column as wide as the widest of them needs."""
    columns = max((table.columns for table in tables), key=len)
    return [
        max(table.columns[index].column.width for table in tables if index < len(table.columns))
        for index in range(len(columns))
    ]


def keep_together(sheet: SheetBuilder, tables: Sequence[PlacedTable]) -> Print:
    """Landscape, as large as the width allows; a table that fits on a page is not divided, and its title stays with it.

    A little smaller where that saves a page, so that none is left nearly empty. Why a scale and not "one page wide":
    Excel takes no page breaks together with that.
    """
    sheet.fit_rows()
    paper = choose_print(sheet, (0, 0)).paper
    times = _A3 if paper == "A3" else 1.0
    largest = min(100, int(100 * times * _PAGE_WIDTH / sum(sheet.widths)))
    tried = {scale: _find_breaks(sheet, tables, times * _PAGE_HEIGHT * 100 / scale) for scale in _list_scales(largest)}
    scale = min(tried, key=lambda x: (len(tried[x]), -x))
    return Print(paper=paper, scale=scale, breaks=tried[scale])


def _list_scales(largest: int) -> range:
    return range(largest, int(largest * _SMALLEST) - 1, -1)


def _find_breaks(sheet: SheetBuilder, tables: Sequence[PlacedTable], room: float) -> tuple[int, ...]:
    """The rows with which pages of that height begin."""
    used, breaks = _height(sheet, 0, tables[0].header - 1), []
    for number, table in enumerate(tables):
        end = tables[number + 1].header - 1 if number + 1 < len(tables) else table.last + 1
        needed = _height(sheet, table.header - 1, end)
        if used and used + min(needed, room) > room:
            breaks.append(table.header - 1)
            used = 0.0
        used = (used + needed) % room
    return tuple(breaks)


def _height(sheet: SheetBuilder, first: int, end: int) -> float:
    return sum(sheet.heights.get(row, _ROW_HEIGHT) for row in range(first, end))


def count_texts(area: str, *conditions: str) -> str:
    """How many cells of an area hold a word in place of an amount, where the conditions hold for their rows too."""
    return f'SUMPRODUCT({"".join(f"--({x})," for x in conditions)}--ISTEXT({area}),--({area}<>""))'


def bounds(layout: PeriodLayout) -> tuple[datetime.date, datetime.date]:
    """First and last day that a month of the project may have."""
    sheet = layout.project.sheet
    return sheet.start.replace(day=1), sheet.end


def entries_of(record: object, keys: tuple[str, ...]) -> dict[str, Entry]:
    """The fields of a record as they stand in cells."""
    return {key: Entry(_plain(getattr(record, key))) for key in keys}


def _plain(value: object) -> Decimal | int | str | datetime.date | None:
    if value is None or isinstance(value, (Decimal, int, str, datetime.date)):
        return value
    raise TypeError(f"{value!r} is no value of a cell")
