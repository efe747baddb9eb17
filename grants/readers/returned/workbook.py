"""A workbook that came back -> its tables as they were filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from grants.forms.columns import Form
from grants.forms.expected import Expected, fold
from grants.forms.returned import Note, TheirBook
from grants.forms.stamp import Stamp
from grants.readers.returned.book import Book
from grants.readers.returned.comments import list_comments
from grants.readers.returned.fixed import list_outside, list_stood, list_typed_over
from grants.readers.returned.headers import FoundTable, find_sheet, find_tables
from grants.readers.returned.instructions import HELP, leave_out_instructions
from grants.readers.returned.layout import SheetLayout, lay_out
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
    made = _as_made(expected, stamp, form)
    found = find_tables(book, form, made)
    layouts = _lay_out_sheets(book, form, expected, made, found)
    tables = {}
    notes: list[Note] = list_notes(book, form, made, list(found.values()))
    for key, place in found.items():
        if not any(column.input for column in form.table(key).columns):
            continue
        layout = next((x for x in layouts if key in x.tables), None)
        tables[key], more = read_table(book, form.table(key), place, made, layout.fixed_rows if layout else frozenset())
        notes += more
    for layout in layouts:
        stood = list_stood(stamp, layout.key)
        told = [*list_typed_over(book, layout, expected, stamp, stood, tables)]
        told += list_outside(book, layout, made, stood)
        notes += leave_out_instructions(told, book.rows(layout.name)) if layout.key == HELP else told
    notes += list_rates(book, made, found)
    notes += list_comments(book)
    loose = tuple(read_loose(book, made, found))
    return TheirBook(
        made.stamp if stamp else replace(made.stamp, base={}), stamp is not None, tables, tuple(notes), loose
    )


def _lay_out_sheets(
    book: Book, form: Form, expected: Expected, made: Expected, found: Mapping[str, FoundTable]
) -> list[SheetLayout]:
    """The sheets that are there, laid beside those of a form made now."""
    layouts = []
    for sheet in form.sheets:
        here = {table.key: found[table.key] for table in sheet.tables if table.key in found}
        name = next((x.sheet for x in here.values()), None) or find_sheet(book, sheet, made)
        if name and expected.written.get(sheet.key) and (here or not sheet.tables):
            layouts.append(lay_out(book.rows(name), name, sheet, here, expected))
    return layouts


def _as_made(expected: Expected, stamp: Stamp | None, form: Form) -> Expected:
    """What the workbook was when it was made, as far as it says so itself; labels and choices are those of now."""
    if stamp is None:
        return expected
    now = expected.stamp
    known = {key: letter for key, letter in stamp.columns.items() if key[0] in now.tables}
    headers = {key: expected.headers.get(key, "") for key in known}
    tables = {key: place for key, place in stamp.tables.items() if key in now.tables}
    called = {
        (key[0], fold(then)): now.choices[key]
        for key, then in stamp.choices.items()
        if now.choices.get(key, then) != then and fold(then) not in expected.choices.get(key[0], {})
    }
    choices = {
        listed: {**words, **{then: word for (name, then), word in called.items() if name == listed}}
        for listed, words in expected.choices.items()
    }
    stamp = replace(stamp, tables=tables, columns=known, base=_call_anew(stamp, form, called) if called else stamp.base)
    return replace(expected, headers=headers, choices=choices, stamp=stamp)


def _call_anew(stamp: Stamp, form: Form, called: Mapping[tuple[str, str], str]) -> dict[tuple[str, str, str], str]:
    """What stood in the cells, where choices that were called otherwise then have the words of now."""
    lists = {
        (table.key, column.key): column.choices
        for sheet in form.sheets
        for table in sheet.tables
        for column in table.columns
        if column.choices
    }
    return {
        key: called.get((lists.get((key[0], key[2].partition(":")[0]), ""), fold(words)), words)
        for key, words in stamp.base.items()
    }


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
