"""Where the tables of a form stand in a workbook that came back: by their headers, wherever people moved them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from grants.forms.columns import Form, Sheet
from grants.forms.expected import Expected, fold
from grants.readers.returned.book import Book, Rows, read_letters
from grants.readers.returned.cells import show

_LEAST = 0.5
"""Part of a table's labels that its header row still has."""
_SEARCHED = 3_000
"""Rows of a sheet in which a header is looked for; below a longer list there is none."""


@dataclass(slots=True)
class FoundTable:
    """A table's place now: sheet, header row and columns, counted from 0; `end` is the row behind its last."""

    key: str
    sheet: str
    header: int
    columns: dict[str, int]
    relabelled: dict[str, str] = field(default_factory=dict)
    """Column -> what its header says instead."""
    missing: list[str] = field(default_factory=list)
    end: int = 0


def find_tables(book: Book, form: Form, expected: Expected) -> dict[str, FoundTable]:
    """The tables that are there, by key."""
    found: dict[str, FoundTable] = {}
    for sheet in form.sheets:
        if not sheet.tables:
            continue
        name = find_sheet(book, sheet, expected)
        for table in _find_in_sheet(book.rows(name), name, sheet, expected) if name else ():
            found[table.key] = table
    return found


def find_sheet(book: Book, sheet: Sheet, expected: Expected) -> str | None:
    """The sheet's name now: its own, else that of the sheet that has most of its headers."""
    name = expected.stamp.sheets[sheet.key]
    same = next((x for x in book.sheets if fold(x) == fold(name)), None)
    if same:
        return same
    known = {fold(x) for x in expected.stamp.sheets.values()}
    best, most = None, _LEAST
    for other in (x for x in book.sheets if fold(x) not in known and not x.startswith("_grants")):
        labels = [_labels(expected, table.key) for table in sheet.tables]
        score = max((_find_header(book.rows(other), part.values(), 0, ())[1] for part in labels), default=0.0)
        if score > most:
            best, most = other, score
    return best


def _find_in_sheet(rows: Rows, name: str, sheet: Sheet, expected: Expected) -> Iterable[FoundTable]:
    found: list[FoundTable] = []
    labels = {table.key: _labels(expected, table.key) for table in sheet.tables}
    for table, header in _place_headers(rows, labels, expected).items():
        stamped = {key: read_letters(expected.stamp.columns[table, key]) for key in labels[table]}
        found.append(_place_columns(table, name, rows, header, labels[table], stamped))
    found.sort(key=lambda x: x.header)
    for one, following in zip(found, [*found[1:], None], strict=True):
        one.end = following.header - 1 if following else len(rows)
    return found


def _place_headers(rows: Rows, labels: Mapping[str, Mapping[str, str]], expected: Expected) -> dict[str, int]:
    """Table -> its header row, the surest first: one that is gone shares labels with others, and would take theirs."""
    headers: dict[str, int] = {}
    moved = 0
    while rest := [x for x in labels if x not in headers]:
        guesses = {x: expected.stamp.tables[x].header - 1 + moved for x in rest}
        taken = {row + below for row in headers.values() for below in (0, 1)}
        found = {x: _find_header(rows, labels[x].values(), guesses[x], taken) for x in rest}
        best = max(rest, key=lambda x: found[x][1])
        if found[best][1] < _LEAST:
            break
        headers[best] = found[best][0]
        moved += headers[best] - guesses[best]
    return headers


def _labels(expected: Expected, table: str) -> dict[str, str]:
    """Column -> folded label. Columns whose header is a date are left out: nobody fills them in."""
    return {key: fold(label) for (part, key), label in expected.headers.items() if part == table and label}


def _find_header(rows: Rows, labels: Iterable[str], guess: int, taken: Collection[int]) -> tuple[int, float]:
    """The row that has most of the labels, the nearest to the guess where several have; and how many."""
    wanted = set(labels)
    if 0 <= guess < len(rows) and guess not in taken and _score(rows, guess, wanted) == 1:
        return guess, 1.0
    scores = [
        (_score(rows, row, wanted), -abs(row - guess), row)
        for row in range(min(len(rows), _SEARCHED))
        if row not in taken
    ]
    best = max(scores, default=(0.0, 0, 0))
    return best[2], best[0]


def _score(rows: Rows, row: int, wanted: set[str]) -> float:
    there = set(_read_header(rows, row).values())
    return len(wanted & there) / len(wanted) if wanted else 0.0


def _read_header(rows: Rows, row: int) -> dict[int, str]:
    """Column -> what its header says; of two rows, the lower one where both say something."""
    above: Sequence[Any] = rows[row - 1] if row else ()
    words = {index: fold(value) for index, value in enumerate(rows[row]) if isinstance(value, str) and value.strip()}
    if not words:
        return {}
    upper = {index: fold(value) for index, value in enumerate(above) if isinstance(value, str) and value.strip()}
    return {**upper, **words}


def _place_columns(
    key: str, sheet: str, rows: Rows, header: int, labels: Mapping[str, str], stamped: Mapping[str, int]
) -> FoundTable:
    """Labels that stand there several times keep their order. A column whose label is gone stays where it was."""
    there = _read_header(rows, header)
    table = FoundTable(key, sheet, header, {})
    for label in dict.fromkeys(labels.values()):
        keys = [x for x, words in labels.items() if words == label]
        places = sorted(index for index, words in there.items() if words == label)
        if len(places) != len(keys):  # one of them was deleted or copied: those that did not move are sure
            places = [x for x in (stamped[y] for y in keys) if x in places] or places
        table.columns.update(zip(keys, places, strict=False))
    taken = set(table.columns.values())
    for column in labels:
        if column in table.columns:
            continue
        index = _guess_column(column, labels, stamped, table.columns)
        words = _show_header(rows, header, index)
        if index in taken or not words or there.get(index) in labels.values():
            table.missing.append(column)
            continue
        table.columns[column] = index
        table.relabelled[column] = words
        taken.add(index)
    return table


def _show_header(rows: Rows, header: int, index: int) -> str:
    """What a header says, whatever was typed there."""
    cells = [row[index] for row in (rows[header], rows[header - 1]) if 0 <= index < len(row)]
    return next((show(value) for value in cells if value != ""), "")


def _guess_column(column: str, labels: Mapping[str, str], stamped: Mapping[str, int], found: Mapping[str, int]) -> int:
    """Where a column would be, as far from its nearest neighbour as ever."""
    near = min((x for x in labels if x in found), key=lambda x: abs(stamped[x] - stamped[column]), default=None)
    return stamped[column] + (found[near] - stamped[near] if near else 0)
