"""Input cells that stand in no table, by the label beside them: flat rates, the amount asked for, rates of exchange."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from grants.forms.columns import Column
from grants.forms.expected import Expected, fold
from grants.forms.returned import LooseCell, Note, Odd
from grants.readers.returned.book import Book, read_letters, write_letters
from grants.readers.returned.cells import choose_reader, show
from grants.readers.returned.headers import FoundTable
from grants.readers.returned.layout import say

_NUMBER = Column("value", "", "number", 10, input=True)


def read_loose(book: Book, expected: Expected, found: Mapping[str, FoundTable]) -> Iterator[LooseCell]:
    """Those that are still there; a label that is gone takes its cell with it."""
    read = choose_reader(_NUMBER, expected)
    for label, (sheet, letter) in expected.loose.items():
        before = expected.stamp.sheets.get(sheet, "")
        name = next((x.sheet for x in found.values() if expected.stamp.tables[x.key].sheet == before), before)
        column = _find_column(expected, found, before, letter)
        for at, row in enumerate(book.rows(name)):
            if fold(_find_label(row)) == fold(label) and column < len(row):
                words = read(row[column])
                cell = f"{write_letters(column)}{at + 1}"
                odd = words if isinstance(words, Odd) else None
                text = words if isinstance(words, str) else words.readings[0] if len(words.readings) == 1 else ""
                yield LooseCell(label, name, cell, text, odd)
                break


def _find_label(row: Any) -> str:
    return next((value for value in row if isinstance(value, str) and value), "")


def _find_column(expected: Expected, found: Mapping[str, FoundTable], sheet: str, letter: str) -> int:
    """Where a column stands now, moved with the table that it belongs to."""
    for (table, key), place in expected.stamp.columns.items():
        if place == letter and table in found and expected.stamp.tables[table].sheet == sheet:
            return found[table].columns.get(key, read_letters(letter))
    return read_letters(letter)


def list_rates(book: Book, expected: Expected, found: Mapping[str, FoundTable]) -> Iterator[Note]:
    """Rates of exchange that somebody filled in because nobody knew them."""
    table = found.get("rates")
    if table is None or not {"currency", "rate"} <= table.columns.keys():
        return
    for at in range(table.header + 1, table.end):
        row = book.rows(table.sheet)[at]
        start = row[table.columns["start"]] if "start" in table.columns else ""
        currency, rate = row[table.columns["currency"]], row[table.columns["rate"]]
        name = f"{currency}:{say(start)[:7]}" if start else currency
        if not {name, currency}.isdisjoint(expected.waiting) and rate != "":  # a day may be typed beside it
            cell = f"{write_letters(table.columns['rate'])}{at + 1}"
            yield Note("rate", table.sheet, cell, f"{name.replace(':', ' ')} {show(rate)}")
