"""The stamp of a workbook: from what it was made, and where everything stands in it.

It travels in a very hidden sheet, row by row (`to_rows`, `from_rows` are each other's inverse), and its facts
travel in the document's properties too, so that a workbook is recognised when the sheet is gone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

STAMP_SHEET = "_grants"
PROPERTY_PREFIX = "grants "
"""Custom document properties: `grants form`, `grants project`, ..."""
_FACTS = ("form", "form_version", "project", "period", "report", "language", "program", "version", "date", "definition")
_FACT = re.compile(r"[^\W_][\w.+\-/]{0,63}(?: [\w.+\-/]{1,16}){0,2}")
"""No sentence: codes, dates, a hash; the version is a word of the project's own."""


def is_fact(key: str, value: str) -> bool:
    """Whether a stamp of ours says such a thing of itself."""
    return key in _FACTS and bool(_FACT.fullmatch(value)) and (" " not in value or key == "version")


class TablePlace(NamedTuple):
    """Where a table stands: its sheet (name as in the workbook), header row, first and last row, counted from 1."""

    sheet: str
    header: int
    first: int
    last: int


class StampedRow(NamedTuple):
    """A row that belongs to a part of the definition, `1.1.1`, or is spare, `spare:<group>:<number>`."""

    table: str
    row: int
    id: str


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a workbook of ours says of itself."""

    facts: Mapping[str, str]
    """form, form_version, project, language; and what the build adds: program, definition (its SHA-256), ..."""
    sheets: Mapping[str, str] = field(default_factory=dict)
    """Key of a sheet -> its name in the workbook."""
    tables: Mapping[str, TablePlace] = field(default_factory=dict)
    columns: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """(table, column as placed) -> letter."""
    rows: tuple[StampedRow, ...] = ()
    choices: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """(list, key) -> what people see, where that is not the key itself."""
    figures: Mapping[str, str] = field(default_factory=dict)
    """Name of a figure -> its cell, `'Budget'!F40`."""
    base: Mapping[tuple[str, str, str], str] = field(default_factory=dict)
    """(table, row, column as placed) -> what stood in that input cell when the workbook was made, where anything did.

    Numbers as plain decimals (1200, 0.75), dates as 2008-01-31, months as 2008-01, the rest as people see it.
    """

    def with_facts(self, facts: Mapping[str, str]) -> Stamp:
        """The same stamp, with more facts."""
        return replace(self, facts={**self.facts, **facts})


def is_own_property(name: str, value: str) -> bool:
    """Whether a property of a document is one of our stamp: its name alone says nothing."""
    return name.startswith(PROPERTY_PREFIX) and is_fact(name.removeprefix(PROPERTY_PREFIX), value)


Row = tuple[str | int, ...]


def to_rows(stamp: Stamp) -> list[Row]:
    """The stamp as the rows of a sheet: what, then its keys, then its value."""
    rows: list[Row] = [("fact", key, value) for key, value in stamp.facts.items()]
    rows += [("sheet", key, name) for key, name in stamp.sheets.items()]
    rows += [("table", key, *place) for key, place in stamp.tables.items()]
    rows += [("column", *key, letter) for key, letter in stamp.columns.items()]
    rows += [("choice", *key, words) for key, words in stamp.choices.items()]
    rows += [("row", *row) for row in stamp.rows]
    rows += [("figure", key, cell) for key, cell in stamp.figures.items()]
    rows += [("base", *row, *cells) for row, cells in _group_base(stamp).items()]
    return rows


def _group_base(stamp: Stamp) -> dict[tuple[str, str], list[str]]:
    """(table, row) -> column, value, column, value, ...: a sheet has room for so many rows only."""
    grouped: dict[tuple[str, str], list[str]] = {}
    for (table, row, column), value in stamp.base.items():
        grouped.setdefault((table, row), []).extend((column, value))
    return grouped


def from_rows(rows: Iterable[Sequence[Any]]) -> Stamp | None:
    """The stamp that rows of a sheet say; None where they say none. Numbers may come as floats, as Excel keeps them."""
    facts: dict[str, str] = {}
    sheets: dict[str, str] = {}
    tables: dict[str, TablePlace] = {}
    columns: dict[tuple[str, str], str] = {}
    choices: dict[tuple[str, str], str] = {}
    stamped: list[StampedRow] = []
    figures: dict[str, str] = {}
    base: dict[tuple[str, str, str], str] = {}
    for row in rows:
        match [cell for cell in row if cell != ""]:
            case ["fact", str(key), str(value)]:
                facts[key] = value
            case ["sheet", str(key), str(name)]:
                sheets[key] = name
            case ["table", str(key), str(sheet), header, first, last]:
                tables[key] = TablePlace(sheet, int(header), int(first), int(last))
            case ["column", str(table), str(key), str(letter)]:
                columns[table, key] = letter
            case ["choice", str(name), str(key), str(words)]:
                choices[name, key] = words
            case ["row", str(table), number, str(name)]:
                stamped.append(StampedRow(table, int(number), name))
            case ["figure", str(key), str(cell)]:
                figures[key] = cell
            case ["base", str(table), str(name), *cells]:
                base |= {(table, name, str(x)): str(value) for x, value in zip(cells[::2], cells[1::2], strict=False)}
    if "form" not in facts:
        return None
    return Stamp(facts, sheets, tables, columns, tuple(stamped), choices, figures, base)
