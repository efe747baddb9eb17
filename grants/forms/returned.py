"""A workbook that came back, as it was read: tables, rows and cells, with all that is odd about them. Pure data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from grants.forms.stamp import Stamp

Oddity = Literal[
    "number as text",
    "date as text",
    "ambiguous",
    "unreadable",
    "not in the list",
    "error value",
    "not calculated",
    "formula overwritten",
    "decimals",
    "not whole",
    "control character",
]
FAULTS: frozenset[Oddity] = frozenset(
    {
        "unreadable",
        "not in the list",
        "error value",
        "not calculated",
        "decimals",
        "not whole",
        "control character",
    }
)
"""What nobody can take over: it has to be corrected."""


class Odd(NamedTuple):
    """What is odd about a cell."""

    kind: Oddity
    shown: str
    """What stands in the cell, as people see it."""
    readings: tuple[str, ...] = ()
    """What it may mean; for a value that is not in the list, those that come near."""


class TheirRow(NamedTuple):
    """A row that somebody filled in."""

    number: int
    """On its sheet, from 1."""
    id: str
    """Its code; empty where the table has none."""
    texts: tuple[str, ...]
    """What stands in the columns of the table, as in Stamp.base; empty for nothing."""
    group: str = ""
    """Code of the heading or output that it stands under."""


@dataclass(frozen=True, slots=True)
class TheirTable:
    """A table as it came back."""

    key: str
    sheet: str
    """Name of its sheet now."""
    columns: tuple[str, ...]
    """Its input columns that are there, as placed."""
    letters: Mapping[str, str]
    """Column as placed -> letter, of every column that is there."""
    rows: tuple[TheirRow, ...]
    odd: Mapping[tuple[int, str], Odd] = field(default_factory=dict)
    """(row number, column) -> what is odd about the cell."""
    follows: frozenset[tuple[int, str]] = frozenset()
    """Input cells that still follow another cell by a formula."""

    def cell(self, number: int, column: str) -> str:
        """F12; the row's first cell where the column is gone."""
        return f"{self.letters.get(column, 'A')}{number}"


NoteKind = Literal[
    "outside",
    "label",
    "fixed",
    "result",
    "comment",
    "sheet added",
    "sheet gone",
    "table gone",
    "column gone",
    "no code",
    "rate",
]
"""fixed: a title, an approved amount, a rate was typed over. result: a formula was, where no row's change says so."""


class Note(NamedTuple):
    """Something that is no value of the form: written beside it, a label that changed, a part that is gone."""

    kind: NoteKind
    sheet: str
    cell: str
    text: str
    before: str = ""


class LooseCell(NamedTuple):
    """An input cell that stands in no table."""

    label: str
    sheet: str
    cell: str
    text: str
    odd: Odd | None = None


@dataclass(frozen=True, slots=True)
class TheirBook:
    """A workbook as it came back."""

    stamp: Stamp
    """Its own; where that is gone, that of a workbook made now, without a base."""
    stamped: bool
    tables: Mapping[str, TheirTable]
    notes: tuple[Note, ...] = ()
    loose: tuple[LooseCell, ...] = ()
