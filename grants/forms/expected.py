"""What a workbook made now would be: what stands where, what its labels say, what may be chosen. Pure data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from grants.forms.stamp import Stamp

LOOSE = "loose"
"""In Stamp.base, the table of input cells that stand in no table; their row is the label beside them."""
TablesColumn = tuple[str, str]
"""(table, column as placed)"""


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
    prefilled: Mapping[TablesColumn, str]
    """What stands in spare rows already."""
    formulas: frozenset[TablesColumn]
    """Result columns that are calculated."""
    following: frozenset[tuple[str, str, str]] = frozenset()
    """(table, row, column) of input cells that follow another cell until somebody types over them."""
    loose: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Label -> key of the sheet and letter of the column, for input cells that stand in no table."""
    waiting: Mapping[str, str] = field(default_factory=dict)
    """Currency -> cell of a rate that nobody knows yet."""

    @property
    def language(self) -> str:
        """Of the form."""
        return self.stamp.facts["language"]

    def choice_key(self, name: str, words: str) -> str:
        """What the definition says for a choice: `done` for its label; the words themselves where they are the key."""
        known = {shown: key for (listed, key), shown in self.stamp.choices.items() if listed == name}
        return known.get(words, words)


def fold(text: str) -> str:
    """A text without differences of case and blanks."""
    return " ".join(text.casefold().split())
