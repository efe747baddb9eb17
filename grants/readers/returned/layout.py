"""Which cell of a sheet that came back is which cell of the form, though rows and columns were put in or moved."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from grants.forms.columns import Sheet
from grants.forms.expected import FORMULA, Expected, Position, fold
from grants.forms.stamp import TablePlace
from grants.forms.values import say_float
from grants.readers.returned.book import Rows, read_letters
from grants.readers.returned.headers import FoundTable

_SEARCHED = 3_000
"""Rows in which parts of the form are looked for; below a longer list there are none."""


@dataclass(slots=True)
class SheetLayout:
    """A sheet of the form and where it stands now; rows and columns from 0."""

    key: str
    name: str
    written: Mapping[Position, str | None]
    tables: Mapping[str, FoundTable]
    places: Mapping[str, TablePlace]
    """Tables as the form has them."""
    rows: dict[int, int] = field(default_factory=dict)
    """Row of the form -> row now."""
    columns: list[tuple[int, dict[int, int]]] = field(default_factory=list)
    """First row for which they hold, and column of the form -> column now."""
    fixed_rows: frozenset[int] = frozenset()
    """Rows now that hold a title, a heading or a sum: no row of a table."""

    def find(self, row: int, column: int) -> Position | None:
        """Where a cell of the form stands now."""
        if row not in self.rows:
            return None
        known: dict[int, int] = {}
        for first, columns in self.columns:
            if first <= row or not known:
                known = columns
        if column in known:
            return self.rows[row], known[column]
        near = max((x for x in known if x < column), default=None)
        near = min(known, default=None) if near is None else near
        index = column + (known[near] - near if near is not None else 0)
        return (self.rows[row], index) if index >= 0 and index not in known.values() else None


def lay_out(rows: Rows, name: str, sheet: Sheet, tables: Mapping[str, FoundTable], expected: Expected) -> SheetLayout:
    """A sheet laid beside the form."""
    stamp = expected.stamp
    places = {x.key: stamp.tables[x.key] for x in sheet.tables if x.key in tables}
    layout = SheetLayout(sheet.key, name, expected.written[sheet.key], tables, places)
    mine = {table.key for table in sheet.tables}
    tabled = {x.row - 1 for x in stamp.rows if x.table in mine and not x.id.startswith("heading:")}
    for place in (stamp.tables[x.key] for x in sheet.tables if (x.key, "code") not in stamp.columns):
        tabled |= set(range(place.first - 1, place.last))
    _place_tables(rows, layout, expected)
    _place_texts(rows, layout, tabled)
    _place_between(rows, layout)
    headers = {row for x in places.values() for row in (x.header - 1, x.header - 2)}
    outside = {row for row, _ in layout.written if row not in tabled and row not in headers}
    layout.fixed_rows = frozenset(layout.rows[x] for x in outside if x in layout.rows)
    _place_columns(rows, layout, expected)
    return layout


def _place_tables(rows: Rows, layout: SheetLayout, expected: Expected) -> None:
    """Headers, and the rows that show a code; a table without codes keeps its rows."""
    for key, found in layout.tables.items():
        place = layout.places[key]
        labelled = _find_labelled(layout, key, expected)
        for row in (place.header - 1, place.header - 2):
            layout.rows.setdefault(row, found.header + row - labelled)
        code, ids = found.columns.get("code"), {x.id: x.row - 1 for x in expected.stamp.rows if x.table == key}
        if code is None:
            shift = found.header - labelled
            layout.rows |= {row: row + shift for row in ids.values() if row + shift < found.end}
            continue
        for at in range(found.header + 1, min(found.end, found.header + _SEARCHED)):
            name = say(rows[at][code]) if code < len(rows[at]) else ""
            if name in ids:
                layout.rows[ids.pop(name)] = at


def _find_labelled(layout: SheetLayout, key: str, expected: Expected) -> int:
    """The row of a table's header that has words; under months they stand in the upper one of two."""
    header = layout.places[key].header - 1
    indexes = [read_letters(letter) for (table, _), letter in expected.stamp.columns.items() if table == key]
    labels = {words for (table, _), words in expected.headers.items() if table == key and words}
    return header if any(layout.written.get((header, x)) in labels for x in indexes) else header - 1


def _place_texts(rows: Rows, layout: SheetLayout, tabled: Iterable[int]) -> None:
    """Rows that begin with the same words, where there are as many of them."""
    ours, theirs = _list_first(layout, set(tabled)), _list_theirs(rows, set(layout.rows.values()))
    for words, mine in ours.items():
        if len(mine) == len(theirs.get(words, ())):
            layout.rows.update(zip(mine, theirs[words], strict=True))


def _list_first(layout: SheetLayout, tabled: set[int]) -> dict[str, list[int]]:
    first: dict[int, str] = {}
    for (row, _), words in sorted(layout.written.items()):
        if row not in tabled and row not in layout.rows and words and words != FORMULA:
            first.setdefault(row, fold(words))
    found: dict[str, list[int]] = {}
    for row, words in first.items():
        found.setdefault(words, []).append(row)
    return found


def _list_theirs(rows: Rows, taken: set[int]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for at, row in enumerate(rows[:_SEARCHED]):
        words = next((say(x) for x in row if x != ""), "") if at not in taken else ""
        if words:
            found.setdefault(fold(words), []).append(at)
    return found


def _place_between(rows: Rows, layout: SheetLayout) -> None:
    """What is left follows the row before it, or comes before the row behind it."""
    ours = sorted({row for row, _ in layout.written})
    taken = set(layout.rows.values())
    layout.rows[-1] = -1
    for order, step in ((range(ours[-1] + 1), 1), (range(ours[-1], -1, -1), -1)):
        for row in order if ours else ():
            at = layout.rows.get(row - step, -9) + step
            if row not in layout.rows and 0 <= at < len(rows) and at not in taken:
                layout.rows[row] = at
                taken.add(at)
    del layout.rows[-1]


def _place_columns(rows: Rows, layout: SheetLayout, expected: Expected) -> None:
    """Columns of each table by their headers, months by their dates; on a sheet without tables by what stands there."""
    for key, found in sorted(layout.tables.items(), key=lambda x: layout.places[x[0]].header):
        header = layout.places[key].header - 1
        known = {read_letters(expected.stamp.columns[key, x]): index for x, index in found.columns.items()}
        dates = {
            say(x): index
            for row in rows[found.header : found.header + 2]
            for index, x in enumerate(row)
            if isinstance(x, datetime.date)
        }
        for (row, column), words in layout.written.items():
            if row == header and column not in known and words in dates:
                known[column] = dates[words]
        layout.columns.append((header - 1, known))
    if not layout.tables:
        layout.columns.append((0, _vote(rows, layout)))


def _vote(rows: Rows, layout: SheetLayout) -> dict[int, int]:
    votes: dict[int, Counter[int]] = {}
    for (row, column), words in layout.written.items():
        if row in layout.rows and words and words != FORMULA:
            there = [index for index, x in enumerate(rows[layout.rows[row]]) if x != "" and say(x) == words]
            votes.setdefault(column, Counter()).update(there[:1])
    return {column: counted.most_common(1)[0][0] for column, counted in votes.items() if counted}


def say(value: Any) -> str:
    """A cell as Stamp.base has it."""
    if isinstance(value, float):
        return say_float(value) if abs(value) < 1e300 else str(value)
    if isinstance(value, datetime.datetime):
        return value.isoformat()[:10]
    return str(value).strip()
