"""What a returned workbook is given back with: faults at their cells, and the words of its first sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

KEEPER_SHEET = "_grants_marks"
"""The very hidden sheet of a marked workbook that says how its marks are taken away again."""
COMMENT_LINE = "\n" + "─" * 24 + "\n"
"""Between a comment of ours and what a person wrote on the same cell."""


@dataclass(frozen=True, slots=True)
class CellFault:
    """A fault as people read it, in the language of the form. Without a cell it stands on the first sheet only."""

    sheet: str | None
    """Name of the sheet in the workbook."""
    cell: str | None
    """F12."""
    code: str
    message: str
    severity: Literal["error", "warning", "info"] = "error"
    """error is coloured red, warning yellow; info stands on the first sheet only."""
    found: str | None = None
    """What stood in the cell, as people would type it."""
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class CorrectionPage:
    """The words around the faults."""

    title: str
    """Name of the sheet too, in its first 31 characters, and the first line of each comment."""
    intro: Sequence[str]
    """Paragraphs."""
    headers: tuple[str, str, str, str, str]
    """Of the columns: where, what is wrong, what to do, what was found, code."""
    language: str
    footer: str
    """Of the printed page, with {page} and {pages}."""
