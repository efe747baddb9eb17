"""Narrative text as blocks and runs: what Markdown says, free of Markdown and of Word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one look."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str | None = None
    """An http, https or mailto address."""


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A new line inside a paragraph."""


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote, where its mark stands."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the first level below the section's own title."""

    level: int
    content: Inlines


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    content: Inlines


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list; an item holds blocks, for instance a paragraph and a list below it."""

    ordered: bool
    items: tuple[tuple[Block, ...], ...]
    start: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table: a header row and rows of as many cells."""

    header: tuple[Inlines, ...]
    rows: tuple[tuple[Inlines, ...], ...]
    alignments: tuple[Literal["left", "center", "right"], ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation."""

    blocks: tuple[Block, ...]


Inline: TypeAlias = Run | LineBreak | Footnote
Inlines: TypeAlias = tuple[Inline, ...]
Block: TypeAlias = Heading | Paragraph | ListBlock | Table | Quote
RichText: TypeAlias = tuple[Block, ...]
