"""Headers that say something else, sheets that were added, and parts that are gone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grants.forms.columns import Form
from grants.forms.correction import KEEPER_SHEET
from grants.forms.expected import Expected, fold
from grants.forms.returned import Note
from grants.forms.stamp import STAMP_SHEET
from grants.readers.returned.book import Book, write_letters
from grants.readers.returned.headers import FoundTable

_OURS = (STAMP_SHEET, KEEPER_SHEET)


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
            notes += _list_labels(book, table, expected)
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


def _list_labels(book: Book, table: FoundTable, expected: Expected) -> Iterator[Note]:
    for column, words in table.relabelled.items():
        index = table.columns[column]
        lower = book.rows(table.sheet)[table.header][index] != ""
        cell = f"{write_letters(index)}{table.header + lower}"
        yield Note("label", table.sheet, cell, words, expected.headers[table.key, column])
    for column in table.missing:
        yield Note("column gone", table.sheet, "", expected.headers[table.key, column])
