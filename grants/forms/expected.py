"""What a workbook made now would be: what stands where, what its labels say, what may be chosen. Pure data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from grants.forms.columns import Form
from grants.forms.stamp import Stamp

LOOSE = "loose"
"""In Stamp.base, the table of input cells that stand in no table; their row is the label beside them."""
FIGURES = "figures"
"""In Stamp.base, the table of figures that nothing calculates and that stand in no table: their row is the first text
beside them, their column the key of the sheet and the letter, `forecast!D`."""
TablesColumn = tuple[str, str]
"""(table, column as placed)"""
Position = tuple[int, int]
"""Row and column, from 0."""
FORMULA = "="
"""In Expected.written, what a cell says that is calculated."""


def shown_in(table: str) -> str:
    """In Stamp.base, the table of what stood in the cells of a table that nobody fills in."""
    return f"{table} shown"


@dataclass(frozen=True, slots=True)
class Expected:
    """A workbook made now, as far as one that comes back is compared with it."""

    stamp: Stamp
    """Its base is the definition as it is now."""
    headers: Mapping[TablesColumn, str]
    """What the header of a column says."""
    fixed: Mapping[str, Mapping[str, str]]
    """Key of a sheet -> cell -> text that stands outside the rows: titles, headings, totals."""
    choices: Mapping[str, Mapping[str, str]]
    """List -> folded word or key -> as the form says it."""
    prefilled: Mapping[TablesColumn, tuple[str, ...]]
    """What stands in spare rows already, that of the first one first: rows of another output name that output."""
    formulas: frozenset[TablesColumn]
    """Result columns that are calculated."""
    following: frozenset[tuple[str, str, str]] = frozenset()
    """(table, row, column) of input cells that follow another cell until somebody types over them."""
    loose: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Label -> key of the sheet and letter of the column, for input cells that stand in no table."""
    waiting: Mapping[str, str] = field(default_factory=dict)
    """Currency, or currency and month (`RSD:2008-05`) -> cell of a rate that nobody knows yet."""
    written: Mapping[str, Mapping[Position, str | None]] = field(default_factory=dict)
    """Key of a sheet -> cell -> what the form says there: as in Stamp.base, FORMULA, or None where people fill in."""

    @property
    def language(self) -> str:
        """Of the form."""
        return self.stamp.facts["language"]

    def within(self, form: Form) -> Expected:
        """What an older form has of it: neither the sheets nor the tables and columns that came later.

        Nor is it known where the cells of a sheet stood that got a table or a column since.
        """
        keys = {sheet.key for sheet in form.sheets}
        columns = {(table.key, x.key) for sheet in form.sheets for table in sheet.tables for x in table.columns}
        tables = {table for table, _ in columns}
        stamp = replace(
            self.stamp,
            sheets={key: name for key, name in self.stamp.sheets.items() if key in keys},
            tables={key: place for key, place in self.stamp.tables.items() if key in tables},
            columns={key: letter for key, letter in self.stamp.columns.items() if key in columns},
            rows=tuple(row for row in self.stamp.rows if row.table in tables),
            base={key: words for key, words in self.stamp.base.items() if key[0] in {*tables, LOOSE}},
        )
        changed = {place.sheet for key, place in self.stamp.tables.items() if key not in tables}
        changed |= {self.stamp.tables[key[0]].sheet for key in self.stamp.columns if key not in columns}
        return replace(
            self,
            stamp=stamp,
            written={key: cells for key, cells in self.written.items() if self.stamp.sheets[key] not in changed},
            headers={key: label for key, label in self.headers.items() if key in columns},
            prefilled={key: words for key, words in self.prefilled.items() if key in columns},
            formulas=self.formulas & columns,
            following=frozenset(x for x in self.following if (x[0], x[2]) in columns),
        )

    def choice_key(self, name: str, words: str) -> str:
        """What the definition says for a choice: `done` for its label; the words themselves where they are the key."""
        known = {shown: key for (listed, key), shown in self.stamp.choices.items() if listed == name}
        return known.get(words, words)


def fold(text: str) -> str:
    """A text without differences of case and blanks."""
    return " ".join(text.casefold().split())
