"""Cells by name, as formulas write them: F12, $F$12, 'Πηγές'!$D$5. Rows and columns are counted from 0."""

from __future__ import annotations

from functools import cache

from grants.views.workbook import Area


@cache
def name_column(column: int) -> str:
    """0 -> A, 26 -> AA."""
    letters = ""
    while column >= 0:
        letters = chr(ord("A") + column % 26) + letters
        column = column // 26 - 1
    return letters


def name_cell(row: int, column: int, fixed: bool = False) -> str:
    """(11, 5) -> F12, or $F$12 where it is fixed."""
    return f"${name_column(column)}${row + 1}" if fixed else f"{name_column(column)}{row + 1}"


def name_area(area: Area, fixed: bool = False) -> str:
    """F12:F20, or $F$12:$F$20."""
    first = name_cell(area.first_row, area.first_column, fixed)
    return f"{first}:{name_cell(area.last_row, area.last_column, fixed)}"


def name_column_part(column: int, first_row: int, last_row: int, fixed: bool = False) -> str:
    """A stretch of one column: F12:F20."""
    return name_area(Area(first_row, column, last_row, column), fixed)


def on_sheet(sheet: str, reference: str) -> str:
    """A reference to another sheet, quoted: 'Budget'!F12."""
    return "'" + sheet.replace("'", "''") + "'!" + reference
