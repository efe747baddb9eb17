"""What a file holds beside what its reader is meant to see, and its texts: for the privacy check of a message."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Trace = Literal[
    "hidden sheet",
    "hidden row",
    "comment",
    "tracked change",
    "earlier version",
    "author",
    "path",
    "property",
    "picture",
    "unread picture",
    "outside",
    "hidden text",
    "program",
    "closed",
]


@dataclass(frozen=True, slots=True)
class Found:
    """Something of a kind, where it stands, and what it is."""

    kind: Trace
    place: str
    what: str


@dataclass(frozen=True, slots=True)
class Inspected:
    """A file that is to go out."""

    name: str
    found: tuple[Found, ...] = ()
    passages: tuple[tuple[str, str], ...] = ()
    """(where, text): paragraphs, sheets."""
    rows: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """(where, cells) of every row of a table, as texts."""
