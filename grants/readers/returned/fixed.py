"""What nobody fills in and somebody typed over, and what stands where the form has nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from math import isclose
from typing import Any

from grants.forms.expected import FIGURES, FORMULA, Expected, Position, fold, shown_in
from grants.forms.returned import Note, NoteKind, TheirTable
from grants.forms.stamp import Stamp
from grants.readers.returned.book import Book, read_letters, write_letters
from grants.readers.returned.cells import show
from grants.readers.returned.layout import SheetLayout, say

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_MOST = 200
"""Cells beside the form that are listed; whoever writes more has made a table of their own."""


def list_typed_over(
    book: Book,
    layout: SheetLayout,
    expected: Expected,
    then: Stamp | None,
    stood: Mapping[str, str],
    tables: Mapping[str, TheirTable],
) -> Iterator[Note]:
    """A note for each cell that says something else than the form did; `then` is the stamp of the workbook, `stood`
    what `list_stood` finds there.

    A result that belongs to a row that is read is none: the row's change says it.
    """
    compared = _Compared(book, layout, expected, then, stood, tables)
    for at, words in layout.written.items():
        if words is not None and at not in compared.labels and (note := compared.find(at, words)):
            yield note


class _Compared:
    """A sheet beside the form."""

    def __init__(
        self,
        book: Book,
        layout: SheetLayout,
        expected: Expected,
        then: Stamp | None,
        stood: Mapping[str, str],
        tables: Mapping[str, TheirTable],
    ) -> None:
        stamp = expected.stamp
        here = {key for key, place in stamp.tables.items() if place.sheet == stamp.sheets[layout.key]}
        letters = {key: read_letters(letter) for key, letter in stamp.columns.items() if key[0] in here}
        self.layout, self.rows, self.base = layout, book.rows(layout.name), then.base if then else {}
        self.formulas = book.find_marks(layout.name).formulas
        self.owners = {row.row - 1: (row.table, row.id) for row in stamp.rows if row.table in here}
        self.keys = {(table, index): key for (table, key), index in letters.items()}
        self.labels = {
            _find_label(layout, stamp.tables[key[0]].header - 1, index, label)
            for key, index in letters.items()
            if (label := expected.headers.get(key))
        }
        known = {key: self._list_known(x) for key, x in tables.items() if x.odd}
        self.said = {(x.sheet, x.cell(*at)) for key, x in tables.items() for at in x.odd if at[0] in known[key]}
        self.said |= {
            (x.sheet, x.cell(row.number, "code")) for x in tables.values() if "code" in x.columns for row in x.rows
        }
        self.made = {(x.table, x.id) for x in then.rows} if then else set()
        self.stood = stood
        self.firsts: dict[int, str] = {}
        """Row of the form -> its first text."""
        for (row, _), words in sorted(layout.written.items()):
            if words and words != FORMULA:
                self.firsts.setdefault(row, words)
        self.knows = any(table.endswith(shown_in("")) for table, _, _ in self.base)

    def _list_known(self, table: TheirTable) -> set[int]:
        """Numbers of the rows whose changes are said: those without a code, and those that the form has."""
        names = {name for key, name in self.owners.values() if key == table.key}
        return {row.number for row in table.rows if not row.id or row.id in names}

    def find(self, at: Position, words: str) -> Note | None:
        """What is said of a cell; None where nothing is."""
        place = self.layout.find(*at)
        if place is None or place[0] >= len(self.rows) or place[1] >= len(self.rows[place[0]]):
            return None
        row, (number, index) = self.rows[place[0]], place
        cell = f"{write_letters(index)}{number + 1}"
        if row[index] == "" or (self.layout.name, cell) in self.said:
            return None
        table, name = self.owners.get(at[0], ("", ""))
        came_since = table and self.knows and (table, name) not in self.made
        if came_since or _is_same(row[index], self.stood.get(cell, "\0")):
            return None
        if words == FORMULA:
            fine = place in self.formulas or not self.formulas
            return None if fine else Note("result", self.layout.name, cell, show(row[index]))
        figure = FIGURES, self.firsts.get(at[0], ""), f"{self.layout.key}!{write_letters(at[1])}"
        key = (shown_in(table), name, self.keys.get((table, at[1]), "")) if table else figure
        before = self.base.get(key, words) if self.knows else words
        if _is_same(row[index], before) or (not table and any(_is_same(x, before) for x in row)):
            return None
        kind: NoteKind = "fixed" if table or figure in self.base else "label"
        return Note(kind, self.layout.name, cell, show(row[index]), before if self.knows or not table else "")


def list_stood(then: Stamp | None, sheet: str) -> dict[str, str]:
    """Cell -> what the form said there when it was made, in the rows of the tables of a sheet that nobody fills in."""
    if then is None:
        return {}
    here = {key for key, place in then.tables.items() if place.sheet == then.sheets.get(sheet)}
    letters = {key: letter for key, letter in then.columns.items() if key[0] in here}
    numbers = {(x.table, x.id): x.row for x in then.rows if x.table in here}
    tables = {shown_in(table): table for table in here}
    return {
        f"{letters[at]}{numbers[tables[shown], name]}": words
        for (shown, name, key), words in then.base.items()
        if shown in tables and (at := (tables[shown], key)) in letters and (at[0], name) in numbers
    }


def _find_label(layout: SheetLayout, header: int, index: int, label: str) -> Position:
    """The cell of a header that says what the column is; of two rows it may be the upper one."""
    return (header if layout.written.get((header, index)) == label else header - 1, index)


def _is_same(value: Any, words: str) -> bool:
    said = say(value)
    if isinstance(value, float) and _NUMBER.fullmatch(words):  # a rate has more digits than Excel keeps
        return isclose(value, float(words), rel_tol=1e-12)
    return fold(said) == fold(words) or (len(words) == 7 and said[:7] == words)


def list_outside(book: Book, layout: SheetLayout, expected: Expected, stood: Mapping[str, str]) -> Iterator[Note]:
    """Cells where the form has nothing, nor had when it was made: beside its tables, between, in columns put in."""
    rows, fixed = book.rows(layout.name), {fold(x) for x in expected.fixed[layout.key].values()}
    loose = set(_list_loose(layout, expected))
    places = {layout.find(*at) for at, words in layout.written.items() if words is not None or at in loose}
    bodies = {
        at: columns
        for table in layout.tables.values()
        for columns in [set(table.columns.values())]
        for at in range(table.header + 1, table.end)
        if at not in layout.fixed_rows
    }
    headers = {(table.header, index) for table in layout.tables.values() for index in table.columns.values()}
    listed = 0
    for at, row in enumerate(rows):
        for index in _list_beside(row, bodies.get(at)):
            value = row[index]
            if (at, index) in places or (at, index) in headers or fold(show(value)) in fixed:
                continue
            cell = f"{write_letters(index)}{at + 1}"
            if _is_same(value, stood.get(cell, "\0")):
                continue
            yield Note("outside", layout.name, cell, show(value))
            listed += 1
            if listed == _MOST:
                return


def _list_loose(layout: SheetLayout, expected: Expected) -> Iterator[Position]:
    """Input cells that stand in no table."""
    for label, (key, letter) in expected.loose.items():
        if key == layout.key:
            yield from ((row, read_letters(letter)) for (row, _), words in layout.written.items() if words == label)


def _list_beside(row: Sequence[Any], read: set[int] | None) -> list[int]:
    """The columns of a row in which something stands that no table reads."""
    if read and len(row) == len(read):
        return []
    return [index for index, value in enumerate(row) if value != "" and not (read and index in read)]
