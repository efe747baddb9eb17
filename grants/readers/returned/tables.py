"""The rows of a form's tables as they came back: which are filled in, what each cell says, what is odd."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from grants.forms.columns import Column, Table
from grants.forms.expected import Expected, fold
from grants.forms.returned import Note, NoteKind, Odd, TheirRow, TheirTable
from grants.readers.returned.book import Book, Marks, Rows, write_letters
from grants.readers.returned.cells import Reader, choose_reader, read_text, show
from grants.readers.returned.headers import FoundTable
from grants.readers.returned.numbers import find_codes

_CODE = "code"
_BAND = re.compile(r"([A-Za-z0-9][A-Za-z0-9.\-]*?)\. ")


@dataclass(slots=True)
class _Reading:
    """A table while it is read."""

    table: Table
    found: FoundTable
    expected: Expected
    rows: Rows
    marks: Marks
    fixed: frozenset[str]
    fixed_rows: frozenset[int]
    odd: dict[tuple[int, str], Odd] = field(default_factory=dict)
    follows: set[tuple[int, str]] = field(default_factory=set)
    notes: list[Note] = field(default_factory=list)

    @property
    def places(self) -> dict[int, str]:
        """Row number -> what stood there when the workbook was made."""
        return {x.row: x.id for x in self.expected.stamp.rows if x.table == self.table.key}

    @property
    def followers(self) -> set[str]:
        """Input columns in which a cell may follow another by a formula of ours."""
        mine = {key for table, key in self.expected.prefilled if table == self.table.key}
        return mine | {key for table, _, key in self.expected.following if table == self.table.key}

    def say_before(self, number: int, key: str) -> str:
        """What stood in a cell when the workbook was made."""
        before = self.expected.stamp.base.get((self.table.key, self.places.get(number, ""), key))
        return before or next(iter(self.expected.prefilled.get((self.table.key, key), ())), "")

    def column(self, key: str) -> Column:
        return next(x for x in self.table.columns if x.key == key.partition(":")[0])

    @property
    def codes(self) -> list[str]:
        """Of the rows that the table had when the workbook was made."""
        return [x.id for x in self.expected.stamp.rows if x.table == self.table.key]

    @property
    def inputs(self) -> list[str]:
        """Its input columns that are there, in the order of the form."""
        return [key for key in self.found.columns if self.column(key).input]


def read_table(
    book: Book, table: Table, found: FoundTable, expected: Expected, fixed_rows: frozenset[int]
) -> tuple[TheirTable, list[Note]]:
    """A table's rows, and what stands there that no row can hold; `fixed_rows` are headings and sums between them."""
    rows = book.rows(found.sheet)
    marks = book.find_marks(found.sheet)
    sheet = next(x for x, name in expected.stamp.sheets.items() if name == expected.stamp.tables[table.key].sheet)
    fixed = frozenset(fold(words) for words in expected.fixed[sheet].values())
    reading = _Reading(table, found, expected, rows, marks, fixed, fixed_rows)
    read = tuple(_read_rows(reading))
    letters = {key: write_letters(index) for key, index in found.columns.items()}
    columns = tuple(reading.inputs)
    return (
        TheirTable(table.key, found.sheet, columns, letters, read, reading.odd, frozenset(reading.follows)),
        reading.notes,
    )


def _read_rows(reading: _Reading) -> Iterator[TheirRow]:
    first, end = reading.found.header + 1, reading.found.end
    columns = _read_columns(reading)
    texts = list(zip(*columns.values(), strict=True)) if columns else []
    code = reading.found.columns.get(_CODE)
    notes = [x for x, key in enumerate(columns) if key == "note"]
    prefilled = {key: words for (table, key), words in reading.expected.prefilled.items() if table == reading.table.key}
    told = [(x, prefilled.get(key, ())) for x, key in enumerate(columns) if key != "note"]
    odd_rows = {number for number, _ in reading.odd}
    results = _list_results(reading)
    typed = {row[code] for row in reading.rows[first:end]} if code is not None else set()
    group = ""
    follow: list[str] = []
    for at in range(first, end):
        row = reading.rows[at]
        if not any(row) and at + 1 not in odd_rows:
            continue
        words = _find_first(row)
        if at in reading.fixed_rows or (words and fold(words) in reading.fixed):
            group = _read_group(words) or group
            continue
        own = texts[at - first]
        says = at + 1 in odd_rows or any(own[x] and own[x] not in words for x, words in told)
        filled = says or any(own[x] for x in notes)
        name = _read_code(row, code)
        if code is not None and isinstance(row[code], float):
            name, codes = _choose_code(reading, at, row[code], typed)
            own = _doubt_code(reading, at, codes, own)
        if name:
            follow = _list_following(reading, name)
        elif code is None:
            if filled and not says:
                _note_beside(reading, at, row)
            if not says:
                continue
        else:
            name = _name_row(reading, at, code, follow)
            if not name and filled:
                _note_row(reading, at, row)
            if not name:
                continue
        _check_results(reading, at, row, results)
        yield TheirRow(at + 1, name, own, group)


def _name_row(reading: _Reading, at: int, code: int, follow: list[str]) -> str:
    """The id of a row that shows no code: its own before, where a program calculated nothing; else what follows."""
    if (at, code) in reading.marks.uncalculated:
        name = reading.places.get(at + 1, "")
        return "" if name.startswith("spare:") else name
    return follow.pop(0) if follow else ""


def _find_first(row: Sequence[Any]) -> str:
    """The first text of a row."""
    if row[0] and isinstance(row[0], str):
        return row[0]
    return next((value for value in row if isinstance(value, str) and value), "")


class _Memory(dict[Any, str | Odd]):
    """What a reader said of a value; most values of a long list stand there more than once."""

    def __init__(self, read: Reader) -> None:
        super().__init__({"": ""})
        self.read = read

    def __missing__(self, value: Any) -> str | Odd:
        self[value] = words = self.read(value)
        return words


def _read_columns(reading: _Reading) -> dict[str, list[str]]:
    """Input column -> what stands in each of its rows. Why by column: a list of fifty thousand rows."""
    first = reading.found.header + 1
    rows = reading.rows[first : reading.found.end]
    columns = {}
    for key in reading.inputs:
        index = reading.found.columns[key]
        read = _Memory(choose_reader(reading.column(key), reading.expected))
        cells = list(map(read.__getitem__, map(itemgetter(index), rows)))
        for at, column in [x for x in reading.marks.errors if x[1] == index]:
            if first <= at < reading.found.end and reading.rows[at][column] == "":
                cells[at - first] = Odd("error value", reading.marks.errors[at, column])
        _read_formulas(reading, key, index, cells)
        for at, words in enumerate(cells) if set(map(type, cells)) != {str} else ():
            cells[at] = _keep(reading, first + at + 1, key, words)
        columns[key] = cells
    return columns  # type: ignore[return-value]  # what is odd was kept above


def _read_formulas(reading: _Reading, key: str, index: int, cells: list[str | Odd]) -> None:
    """Cells that follow another one; and those that nobody has calculated, which calamine gives as nothing."""
    first = reading.found.header + 1
    follows = key in reading.followers
    for at, column in reading.marks.formulas:
        if column != index or not first <= at < reading.found.end:
            continue
        reading.follows.add((at + 1, key))
        if (at, column) in reading.marks.uncalculated:
            cells[at - first] = reading.say_before(at + 1, key) if follows else Odd("not calculated", "=…")


def _keep(reading: _Reading, number: int, key: str, words: str | Odd) -> str:
    """Remember what is odd; its text is its reading, where it has just one."""
    if isinstance(words, str):
        return words
    reading.odd[number, key] = words
    return words.readings[0] if len(words.readings) == 1 and words.kind.endswith("as text") else ""


def _read_code(row: Sequence[Any], code: int | None) -> str:
    if code is None or code >= len(row):
        return ""
    words = read_text(row[code]) if row[code] != "" else ""
    return words if isinstance(words, str) else words.shown


def _choose_code(reading: _Reading, at: int, value: float, typed: Set[Any]) -> tuple[str, tuple[str, ...]]:
    """The id of a row whose code a spreadsheet has made a number of, and what the code may be: that which stood there,
    one that no other row has, or a new one, whose 3.1 may be 3.10.
    """
    shown, codes = show(value), find_codes(value, reading.codes)
    here, free = reading.places.get(at + 1, ""), [x for x in codes if x not in typed]
    if not free and here not in codes and len(shown.partition(".")[2]) == 1:
        codes = tuple(dict.fromkeys((shown, *codes, f"{shown}0")))
    return here if here in codes else next(iter([*free, *codes]), shown), codes


def _doubt_code(reading: _Reading, at: int, codes: tuple[str, ...], own: tuple[str, ...]) -> tuple[str, ...]:
    """The texts of a row; a code that may be another one is odd."""
    if len(codes) < 2:
        return own
    reading.odd[at + 1, _CODE] = Odd("ambiguous", show(float(codes[0])), codes)
    return tuple("" if key == _CODE else words for key, words in zip(reading.inputs, own, strict=True))


def _read_group(words: str) -> str:
    match = _BAND.match(words)
    return match[1] if match else ""


def _list_following(reading: _Reading, name: str) -> list[str]:
    """The ids of rows that have no code of their own and follow a row: those of women and men below an indicator."""
    return [x.id for x in reading.expected.stamp.rows if x.table == reading.table.key and x.id.startswith(f"{name}:")]


def _note_row(reading: _Reading, at: int, row: Sequence[Any]) -> None:
    words = ", ".join(
        show(row[index]) for index in sorted(reading.found.columns.values()) if index < len(row) and row[index] != ""
    )
    cell = f"{write_letters(reading.found.columns[_CODE])}{at + 1}"
    kind: NoteKind = "no code" if reading.column(_CODE).input else "outside"
    reading.notes.append(Note(kind, reading.found.sheet, cell, words[:120]))


def _note_beside(reading: _Reading, at: int, row: Sequence[Any]) -> None:
    """A row that holds a note and nothing else is no row of the table."""
    index = reading.found.columns["note"]
    reading.notes.append(Note("outside", reading.found.sheet, f"{write_letters(index)}{at + 1}", show(row[index])))


def _list_results(reading: _Reading) -> list[tuple[str, int]]:
    """The columns that the form calculates, where the workbook has any formula left."""
    mine = [key for table, key in reading.expected.formulas if table == reading.table.key]
    columns = reading.found.columns
    return [(key, columns[key]) for key in mine if key in columns] if reading.marks.formulas else []


def _check_results(reading: _Reading, at: int, row: Sequence[Any], results: Sequence[tuple[str, int]]) -> None:
    """A number where the form calculates: somebody has typed over a formula."""
    for key, index in results:
        if index >= len(row):
            continue
        if (at, index) in reading.marks.errors:
            reading.odd[at + 1, key] = Odd("error value", reading.marks.errors[at, index])
        elif row[index] != "" and (at, index) not in reading.marks.formulas:
            reading.odd[at + 1, key] = Odd("formula overwritten", show(row[index]))
