"""A view of a workbook -> what one that comes back is compared with."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from grants.forms.columns import Kind
from grants.forms.expected import FORMULA, Expected, Position, TablesColumn, fold
from grants.forms.stamp import Stamp
from grants.views.addresses import name_cell, name_column
from grants.views.base import FORMS, INPUTS, find_loose, say_value
from grants.views.workbook import Cell, WorkbookView

_LIST = re.compile(r"'?(?P<sheet>.+?)'?!\$(?P<column>[A-Z]+)\$(?P<first>\d+):\$[A-Z]+\$(?P<last>\d+)")


class _Sheet(NamedTuple):
    name: str
    cells: Mapping[tuple[int, int], Cell]

    def say(self, row: int, column: int) -> str:
        cell = self.cells.get((row, column))
        return cell.value if cell and isinstance(cell.value, str) else ""


def expect(view: WorkbookView) -> Expected:
    """What the workbook of a view holds."""
    stamp = view.form
    sheets = {x.name: _Sheet(x.name, {(y.row, y.column): y for y in x.cells}) for x in view.sheets}
    columns = {name_column(index): index for index in range(max(len(x.widths) for x in view.sheets))}
    return Expected(
        stamp=stamp,
        headers=_read_headers(stamp, sheets, columns),
        fixed={key: _read_fixed(stamp, sheets[name]) for key, name in stamp.sheets.items() if name in sheets},
        choices={
            name.removeprefix("list_"): _read_choices(stamp, name.removeprefix("list_"), reference, sheets, columns)
            for name, reference in view.names.items()
            if name.startswith("list_")
        },
        prefilled=_read_prefilled(stamp, sheets, columns),
        formulas=_read_formulas(stamp, sheets, columns),
        following=_read_following(stamp, sheets, columns),
        loose={
            label: (key, name_column(cell.column))
            for key, name in stamp.sheets.items()
            for x in view.sheets
            if x.name == name
            for label, cell in find_loose(stamp, x).items()
        },
        waiting={
            row.id: f"{stamp.columns[row.table, 'rate']}{row.row}"
            for row in stamp.rows
            if row.table == "rates"
            and (
                cell := sheets[stamp.tables["rates"].sheet].cells.get(
                    (row.row - 1, columns[stamp.columns["rates", "rate"]])
                )
            )
            and cell.value is None
        },
        written={
            key: _read_written(sheets[name], _list_months(stamp, name, columns))
            for key, name in stamp.sheets.items()
            if name in sheets
        },
    )


def _list_months(stamp: Stamp, name: str, columns: Mapping[str, int]) -> Mapping[Position, Kind]:
    """The cells of a sheet that show a month: their dates are said without the day."""
    form = FORMS[stamp.facts["form"]]
    return {
        (row.row - 1, columns[letter]): "month"
        for (table, key), letter in stamp.columns.items()
        if stamp.tables[table].sheet == name
        and next(x for x in form.table(table).columns if x.key == key.partition(":")[0]).kind == "month"
        for row in stamp.rows
        if row.table == table
    }


def _read_written(sheet: _Sheet, months: Mapping[Position, Kind]) -> dict[Position, str | None]:
    written: dict[Position, str | None] = {}
    for at, cell in sheet.cells.items():
        if cell.look.role in INPUTS:
            written[at] = None
        elif words := FORMULA if cell.formula else say_value(cell.value, months.get(at, "text")):
            written[at] = words
    return written


def _read_headers(stamp: Stamp, sheets: Mapping[str, _Sheet], columns: Mapping[str, int]) -> dict[TablesColumn, str]:
    """A header of two rows says in the upper one what columns that do not repeat are called."""
    headers = {}
    for (table, key), letter in stamp.columns.items():
        place = stamp.tables[table]
        sheet, index = sheets[place.sheet], columns[letter]
        headers[table, key] = sheet.say(place.header - 1, index) or sheet.say(place.header - 2, index)
    return headers


def _read_fixed(stamp: Stamp, sheet: _Sheet) -> dict[str, str]:
    rows = {
        row - 1
        for table, row, name in stamp.rows
        if stamp.tables[table].sheet == sheet.name and not name.startswith("heading:")
    }
    return {
        name_cell(row, column): cell.value
        for (row, column), cell in sheet.cells.items()
        if row not in rows and isinstance(cell.value, str) and cell.value and cell.look.role not in ("input", "note")
    }


def _read_choices(
    stamp: Stamp, name: str, reference: str, sheets: Mapping[str, _Sheet], columns: Mapping[str, int]
) -> dict[str, str]:
    match = _LIST.fullmatch(reference.lstrip("="))
    if match is None:
        return {}
    sheet, column = sheets[match["sheet"].replace("''", "'")], columns[match["column"]]
    shown = [sheet.say(row, column) for row in range(int(match["first"]) - 1, int(match["last"]))]
    keys = {fold(key): words for (listed, key), words in stamp.choices.items() if listed == name}
    return keys | {fold(words): words for words in shown if words}


def _list_spare(stamp: Stamp) -> Iterable[tuple[str, int]]:
    return ((table, row) for table, row, name in stamp.rows if name.startswith("spare:"))


def _read_prefilled(
    stamp: Stamp, sheets: Mapping[str, _Sheet], columns: Mapping[str, int]
) -> dict[TablesColumn, tuple[str, ...]]:
    spare: dict[str, list[int]] = {}
    for table, row in _list_spare(stamp):
        spare.setdefault(table, []).append(row)
    found: dict[TablesColumn, tuple[str, ...]] = {}
    for (table, key), letter in stamp.columns.items():
        column = next(x for x in FORMS[stamp.facts["form"]].table(table).columns if x.key == key.partition(":")[0])
        if not column.input or table not in spare:
            continue
        cells = sheets[stamp.tables[table].sheet].cells
        there = (cells.get((row - 1, columns[letter])) for row in spare[table])
        words = dict.fromkeys(say_value(_plain(cell), column.kind) for cell in there if cell)
        if told := tuple(filter(None, words)):
            found[table, key] = told
    return found


def _plain(cell: Cell) -> datetime.date | str | None:
    return say_value(cell.value, "number") if not isinstance(cell.value, datetime.date) else cell.value


def _read_formulas(stamp: Stamp, sheets: Mapping[str, _Sheet], columns: Mapping[str, int]) -> frozenset[TablesColumn]:
    rows: dict[str, int] = {}
    for table, row, name in stamp.rows:
        if not name.startswith("heading:"):
            rows.setdefault(table, row)
    form = FORMS[stamp.facts["form"]]
    return frozenset(
        (table, key)
        for (table, key), letter in stamp.columns.items()
        if table in rows
        and (cell := sheets[stamp.tables[table].sheet].cells.get((rows[table] - 1, columns[letter])))
        and cell.formula
        and not next(x for x in form.table(table).columns if x.key == key.partition(":")[0]).input
    )


def _read_following(
    stamp: Stamp, sheets: Mapping[str, _Sheet], columns: Mapping[str, int]
) -> frozenset[tuple[str, str, str]]:
    inputs: dict[str, list[tuple[str, int]]] = {}
    for (table, key), letter in stamp.columns.items():
        column = next(x for x in FORMS[stamp.facts["form"]].table(table).columns if x.key == key.partition(":")[0])
        if column.input:
            inputs.setdefault(table, []).append((key, columns[letter]))
    return frozenset(
        (table, name, key)
        for table, row, name in stamp.rows
        if not name.startswith("spare:")
        for key, index in inputs.get(table, ())
        if (cell := sheets[stamp.tables[table].sheet].cells.get((row - 1, index))) and cell.formula
    )
