"""A workbook that came back -> its tables as they were filled in."""

from __future__ import annotations

import re
from dataclasses import replace

from grants.forms.columns import Form
from grants.forms.expected import Expected
from grants.forms.returned import Note, TheirBook
from grants.forms.stamp import Stamp
from grants.readers.returned.book import Book
from grants.readers.returned.headers import find_tables
from grants.readers.returned.loose import list_rates, read_loose
from grants.readers.returned.notes import list_notes
from grants.readers.returned.tables import read_table

_LETTERS = re.compile(r"[A-Z]{1,3}")


def read_returned(book: Book, form: Form, expected: Expected) -> TheirBook:
    """What a workbook says. `expected` is a workbook of the same form, project and language made now.

    Where the stamp is gone, tables are looked for where they would stand now, and nobody knows what stood there before.
    """
    stamp = book.read_stamp()
    if stamp and not _is_whole(stamp, expected.stamp):
        stamp = None
    made = _as_made(expected, stamp)
    found = find_tables(book, form, made)
    tables = {}
    notes: list[Note] = list_notes(book, form, made, list(found.values()))
    for key, place in found.items():
        if not any(column.input for column in form.table(key).columns):
            continue
        tables[key], more = read_table(book, form.table(key), place, made)
        notes += more
    notes += list_rates(book, made, found)
    loose = tuple(read_loose(book, made, found))
    return TheirBook(
        made.stamp if stamp else replace(made.stamp, base={}), stamp is not None, tables, tuple(notes), loose
    )


def _as_made(expected: Expected, stamp: Stamp | None) -> Expected:
    """What the workbook was when it was made, as far as it says so itself; labels are those of now."""
    if stamp is None:
        return expected
    now = expected.stamp
    known = {key: letter for key, letter in stamp.columns.items() if key[0] in now.tables}
    headers = {key: expected.headers.get(key, "") for key in known}
    tables = {key: place for key, place in stamp.tables.items() if key in now.tables}
    return replace(expected, headers=headers, stamp=replace(stamp, tables=tables, columns=known))


def _is_whole(stamp: Stamp, now: Stamp) -> bool:
    """Whether nobody has changed the stamp: one that lacks a sheet or a table says nothing that can be relied upon."""
    return (
        stamp.facts.get("language") == now.facts["language"]
        and stamp.sheets.keys() >= now.sheets.keys()
        and stamp.tables.keys() >= now.tables.keys()
        and {place.sheet for place in stamp.tables.values()} <= set(stamp.sheets.values())
        and all(_LETTERS.fullmatch(letter) for letter in stamp.columns.values())
        and {key[0] for key in stamp.columns} >= now.tables.keys()
    )
