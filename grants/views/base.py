"""What stood in the input cells of a workbook when it was made: what its changes are measured against."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal

from grants.forms import ACTIVITIES, BUDGET, PERIOD, Stamp, StampedRow
from grants.forms.columns import Column, Kind
from grants.forms.expected import FIGURES, LOOSE, shown_in
from grants.forms.values import say_number
from grants.views.addresses import name_column
from grants.views.workbook import Cell, Role, SheetView, Value

FORMS = {form.key: form for form in (BUDGET, ACTIVITIES, PERIOD)}
Base = Mapping[tuple[str, str, str], str]
INPUTS: frozenset[Role] = frozenset({"input", "spare", "note"})
"""What cells are for that people fill in."""


def read_base(stamp: Stamp, sheets: Sequence[SheetView]) -> Base:
    """(table, row, column as placed) -> what stands in that input cell. Spare rows are empty and left out."""
    form = FORMS.get(stamp.facts["form"])
    if form is None:  # a workbook that only goes out, such as a financial report
        return {}
    letters = {name_column(cell.column): cell.column for sheet in sheets for cell in sheet.cells}
    inputs: dict[str, list[tuple[str, int, Kind]]] = {}
    for (table, key), letter in stamp.columns.items():
        column = _find_column(form.table(table).columns, key)
        if column.input and letter in letters:
            inputs.setdefault(table, []).append((key, letters[letter], column.kind))
    cells = {sheet.name: _index(sheet.cells) for sheet in sheets}
    base: dict[tuple[str, str, str], str] = {}
    for table, number, name in stamp.rows:
        if name.startswith("spare:"):
            continue
        row = cells[stamp.tables[table].sheet]
        for key, index, kind in inputs.get(table, ()):
            words = say_value(row.get((number - 1, index)), kind)
            if words:
                base[table, name, key] = words
    for sheet in sheets:
        for name, cell in find_loose(stamp, sheet).items():
            base[LOOSE, name, "value"] = say_value(cell.value, "number")
        base |= _read_figures(stamp, sheet)
    return {**base, **_read_shown(stamp, sheets, letters)}


def _read_shown(stamp: Stamp, sheets: Sequence[SheetView], letters: Mapping[str, int]) -> Base:
    """What stands in cells that nobody fills in and nothing calculates: titles of lines, approved amounts, rates."""
    constants = {sheet.name: {(x.row, x.column): x for x in sheet.cells if not x.formula} for sheet in sheets}
    rows: dict[str, list[StampedRow]] = {}
    for row in stamp.rows:
        rows.setdefault(row.table, []).append(row)
    shown: dict[tuple[str, str, str], str] = {}
    for (table, key), letter in stamp.columns.items():
        column = _find_column(FORMS[stamp.facts["form"]].table(table).columns, key)
        for row in rows.get(table, ()) if not column.input and letter in letters else ():
            cell = constants[stamp.tables[table].sheet].get((row.row - 1, letters[letter]))
            if cell and cell.look.role not in INPUTS and (words := say_value(cell.value, column.kind)):
                shown[shown_in(table), row.id, key] = words
    return shown


def _read_figures(stamp: Stamp, sheet: SheetView) -> Base:
    """What figures stand below and beside the tables of a sheet that nothing calculates, by their row's first text."""
    rows = {row - 1 for table, row, _ in stamp.rows if stamp.tables[table].sheet == sheet.name}
    key = next((x for x, name in stamp.sheets.items() if name == sheet.name), "")
    labels: dict[int, str] = {}
    figures = {}
    for cell in sheet.cells:
        if isinstance(cell.value, str) and cell.value:
            labels.setdefault(cell.row, cell.value)
        figure = isinstance(cell.value, Decimal) and not cell.formula and cell.look.role not in INPUTS
        if figure and cell.row not in rows and cell.row in labels:
            figures[FIGURES, labels[cell.row], f"{key}!{name_column(cell.column)}"] = say_value(cell.value, "number")
    return figures


def find_loose(stamp: Stamp, sheet: SheetView) -> dict[str, Cell]:
    """Label -> input cell, for those that stand in no table: flat rates, the amount asked for."""
    rows = {row - 1 for table, row, _ in stamp.rows if stamp.tables[table].sheet == sheet.name}
    labels: dict[int, str] = {}
    for cell in sheet.cells:
        if isinstance(cell.value, str) and cell.value:
            labels.setdefault(cell.row, cell.value)
    return {
        labels[cell.row]: cell
        for cell in sheet.cells
        if cell.look.role == "input" and cell.row not in rows and cell.row in labels and cell.value is not None
    }


def _find_column(columns: Sequence[Column], key: str) -> Column:
    return next(column for column in columns if column.key == key.partition(":")[0])


def _index(cells: Sequence[Cell]) -> dict[tuple[int, int], Value]:
    return {(cell.row, cell.column): cell.value for cell in cells if cell.value is not None}


def say_value(value: Value, kind: Kind) -> str:
    """A value as Stamp.base has it; empty for none."""
    if isinstance(value, (Decimal, int)):
        return say_number(Decimal(value))
    if isinstance(value, datetime.date):
        return f"{value:%Y-%m}" if kind == "month" else value.isoformat()
    return (value or "").strip()
