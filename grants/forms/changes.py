"""What a workbook that came back changes, cell by cell and row by row, and what has to be decided. Pure data."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

from grants.forms.returned import Odd

Kind = Literal["cell", "row added", "row deleted", "row moved", "row duplicated"]
Verdict = Literal["take", "conflict", "ask", "fault", "say"]
"""take: nothing stands against it. conflict: the definition says something else meanwhile, or nobody knows what stood
before. ask: it can be read in two ways. fault: it must be corrected. say: worth reading, nothing follows from it."""


ADDED: tuple[Kind, ...] = ("row added", "row duplicated")
"""Kinds of a row that the definition does not have."""


class Change(NamedTuple):
    """A difference between what stood in a workbook and what stands there now."""

    kind: Kind
    verdict: Verdict
    table: str
    row: str
    """As the definition has it now: its code or its number in the list; `new:<number>` where it has none."""
    sheet: str
    cell: str
    column: str = ""
    base: str | None = None
    """What stood there; None where nobody knows."""
    ours: str = ""
    """What the definition says now."""
    theirs: str = ""
    """What stands there, as it is read."""
    odd: Odd | None = None
    texts: Mapping[str, str] = MappingProxyType({})
    """Of a whole row: column -> what stands there."""
    group: str = ""
    """Of a row that is added: the heading or output it stands under."""
    origin: str = ""
    """The row as the form had it when it was made; empty for one that it had not."""

    @property
    def open(self) -> bool:
        """Whether somebody has to decide or to correct."""
        return self.verdict in ("conflict", "ask", "fault")
