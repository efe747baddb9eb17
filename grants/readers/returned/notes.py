"""What somebody wrote beside the tables of a form, labels that say something else, and parts that are gone."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from grants.forms.columns import Form
from grants.forms.correction import KEEPER_SHEET
from grants.forms.expected import Expected, fold
from grants.forms.returned import Note
from grants.forms.stamp import STAMP_SHEET
from grants.readers.returned.book import Book, write_letters
from grants.readers.returned.cells import show
from grants.readers.returned.headers import FoundTable

_OURS = (STAMP_SHEET, KEEPER_SHEET)
_MOST = 200
"""Cells beside a table that are listed; whoever writes more has made a table of their own."""


def list_notes(book: Book, form: Form, expected: Expected, found: Sequence[FoundTable]) -> list[Note]:
    """All of them, sheet by sheet."""
    notes: list[Note] = []
    for sheet in form.sheets:
        tables = [table for table in found if table.key in {x.key for x in sheet.tables}]
        there = {table.key for table in tables}
        if sheet.tables and not tables:
            notes.append(Note("sheet gone", expected.stamp.sheets[sheet.key], "", ""))
            continue
        gone = [table.key for table in sheet.tables if table.key not in there]
        notes += [Note("table gone", tables[0].sheet, "", key) for key in gone]
        for table in tables:
            notes += _list_labels(table, expected)
        if tables:
            notes += _list_outside(book, tables, sheet.key, expected)
    known = {fold(x) for x in (*expected.stamp.sheets.values(), *(x.sheet for x in found))}
    notes += [
        Note("sheet added", name, "", "")
        for name in book.sheets
        if fold(name) not in known and name not in _OURS and not _is_page(book, name)
    ]
    return notes


def _is_page(book: Book, name: str) -> bool:
    """Whether it is the sheet of faults of an earlier time: the first one, of a workbook that keeps marks."""
    return KEEPER_SHEET in book.sheets and book.sheets.index(name) == 0


def _list_labels(table: FoundTable, expected: Expected) -> Iterator[Note]:
    for column, words in table.relabelled.items():
        cell = f"{write_letters(table.columns[column])}{table.header + 1}"
        yield Note("label", table.sheet, cell, words, expected.headers[table.key, column])
    for column in table.missing:
        yield Note("column gone", table.sheet, "", expected.headers[table.key, column])


def _list_outside(book: Book, tables: Sequence[FoundTable], sheet: str, expected: Expected) -> Iterator[Note]:
    """Cells to the right of the tables, and above the first of them."""
    rows, name = book.rows(tables[0].sheet), tables[0].sheet
    width = max(index for table in tables for index in table.columns.values()) + 1
    fixed = {fold(words) for words in expected.fixed[sheet].values()}
    yield from _list_above(rows[: max(tables[0].header - 1, 0)], name, fixed, expected.fixed[sheet])
    if not rows or len(rows[0]) <= width:
        return
    listed = 0
    for number, row in enumerate(rows, 1):
        if not any(row[width:]):
            continue
        for index in range(width, len(row)):
            if row[index] != "" and fold(show(row[index])) not in fixed and listed < _MOST:
                listed += 1
                yield Note("outside", name, f"{write_letters(index)}{number}", show(row[index]))


def _list_above(
    rows: Sequence[Sequence[object]], sheet: str, fixed: Collection[str], labels: dict[str, str] | object
) -> Iterator[Note]:
    for number, row in enumerate(rows, 1):
        for index, value in enumerate(row):
            if isinstance(value, str) and value and fold(value) not in fixed:
                cell = f"{write_letters(index)}{number}"
                before = labels.get(cell, "") if isinstance(labels, dict) else ""
                yield Note("label" if before else "outside", sheet, cell, value, before)
