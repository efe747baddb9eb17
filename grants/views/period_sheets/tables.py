"""What the tables of a period's workbook have in common: header, rows that exist, spare rows, hints."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from decimal import Decimal

from grants.views.form_parts import label_columns, put_hints
from grants.views.period_layout import PeriodLayout, PlacedTable
from grants.views.sheet_builder import Entry, SheetBuilder
from grants.views.workbook import Area

_SECTION_HEIGHT = 22.0
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
