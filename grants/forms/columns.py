"""The parts of a form: sheets, tables and columns, declared once for the writer and for the reader.

A column that is repeated (`per`) stands once for each source of funding, quarter, month or reporting period of the
project; `place_columns` says which columns a table really has, and where.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "number", "money", "percent", "date", "month", "choice", "note"]
"""What a cell holds. percent: 0.75 in the cell is 75 in the definition. month: the first day of the month."""
Per = Literal["source", "quarter", "month", "period"]
Repeats = Mapping[Per, Sequence[str]]
"""For each thing a column can be repeated for: its codes, in order."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what it is called, what it holds, and whether people fill it in."""

    key: str
    label: str
    """Key of its label, in labels-workbook.yaml or labels-period.yaml."""
    kind: Kind
    width: float
    """In characters, as Excel counts them."""
    input: bool = False
    identifies: bool = False
    """Holds the row's code: fixed in rows that exist, open in spare rows."""
    choices: str | None = None
    """Name of the list that a choice is taken from."""
    per: Per | None = None
    hint: str | None = None
    """Key of the hint shown when an input cell is selected."""
    signed: bool = False
    """Takes figures below zero too, such as a credit note."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table on a sheet; `spare` rows stand ready below its rows, or below each group of them."""

    key: str
    columns: tuple[Column, ...]
    spare: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet; one that only shows figures has no tables."""

    key: str
    label: str
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """A workbook that goes out and comes back. The version changes whenever a column does."""

    key: str
    version: int
    sheets: tuple[Sheet, ...]

    def sheet(self, key: str) -> Sheet:
        """The sheet of that key; KeyError where there is none."""
        return {sheet.key: sheet for sheet in self.sheets}[key]

    def table(self, key: str) -> Table:
        """The table of that key; KeyError where there is none."""
        return {table.key: table for sheet in self.sheets for table in sheet.tables}[key]


@dataclass(frozen=True, slots=True)
class PlacedColumn:
    """A column of a table as it stands: `share:donor` is column 8 (counted from 0)."""

    key: str
    index: int
    column: Column
    repeat: str | None = None
    """The source, quarter, month or period it stands for."""


def place_columns(table: Table, repeats: Repeats) -> tuple[PlacedColumn, ...]:
    """The columns of a table from left to right; repeated ones as often as `repeats` says, next to each other."""
    placed: list[PlacedColumn] = []
    for column in table.columns:
        if column.per is None:
            placed.append(PlacedColumn(column.key, len(placed), column))
            continue
        for code in repeats[column.per]:
            placed.append(PlacedColumn(f"{column.key}:{code}", len(placed), column, code))
    return tuple(placed)
