"""A workbook of ours, read back through its stamp. The file may come from anybody: what it lacks is left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from grants.forms.stamp import STAMP_SHEET, Stamp, from_rows
from grants.model.money import round_to_cent

Rows = Sequence[Sequence[Any]]
_CELL = re.compile(r"(?P<sheet>.+)!(?P<column>[A-Z]{1,3})(?P<row>[1-9][0-9]{0,6})")


def read_form_stamp(data: bytes) -> Stamp | None:
    """What the hidden sheet of a workbook says; None where it is no workbook of ours, or the sheet is gone."""
    workbook = _open(data)
    return _read_stamp(workbook) if workbook else None


def read_figures(data: bytes) -> dict[str, Decimal]:
    """Name of a figure -> amount, for every figure that the stamp names and that is a number. Empty without a stamp."""
    workbook = _open(data)
    stamp = _read_stamp(workbook) if workbook else None
    if workbook is None or stamp is None:
        return {}
    sheets: dict[str, Rows] = {}
    figures: dict[str, Decimal] = {}
    for name, reference in stamp.figures.items():
        place = _parse(reference)
        if place is None:
            continue
        sheet, row, column = place
        if sheet not in sheets:
            sheets[sheet] = _read_sheet(workbook, sheet)
        amount = _read_amount(sheets[sheet], row, column)
        if amount is not None:
            figures[name] = amount
    return figures


def _open(data: bytes) -> CalamineWorkbook | None:
    try:
        return CalamineWorkbook.from_filelike(BytesIO(data))
    except CalamineError:
        return None


def _read_stamp(workbook: CalamineWorkbook) -> Stamp | None:
    """The stamp, or None where somebody wrote into it what a stamp does not hold."""
    try:
        return from_rows(_read_sheet(workbook, STAMP_SHEET))
    except (ValueError, TypeError, IndexError):
        return None


def _read_sheet(workbook: CalamineWorkbook, name: str) -> Rows:
    if name not in workbook.sheet_names:
        return []
    rows: Rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return rows


def _parse(reference: str) -> tuple[str, int, int] | None:
    """'Budget'!F12 -> Budget, 11, 5; None for what is no cell."""
    match = _CELL.fullmatch(reference)
    if match is None:
        return None
    column = 0
    for letter in match["column"]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return match["sheet"].strip("'").replace("''", "'"), int(match["row"]) - 1, column - 1


def _read_amount(rows: Rows, row: int, column: int) -> Decimal | None:
    """The amount of a cell to the cent, by the digits that the number is written with: no arithmetic in binary."""
    if not (row < len(rows) and column < len(rows[row])):
        return None
    value = rows[row][column]
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return round_to_cent(Decimal(repr(value)))
