"""What a document's writer makes at a place: prose, a chart, the contents table; and a cell merged with that above.

In the context of a template they are short texts between two characters that no text holds, so that a template
engine carries them like any other value; the writer puts the blocks where they arrive.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

OPEN, CLOSE = "\ufdd0", "\ufdd1"
"""Unicode keeps these two from ever being letters; XML permits them."""


class Block(str):
    """The place of blocks: a template must give it a paragraph of its own."""

    __slots__ = ()


def place_prose(key: str) -> Block:
    """Where the prose of that key goes."""
    return Block(f"{OPEN}prose:{key}{CLOSE}")


def place_chart(key: str) -> Block:
    """Where the chart of that key goes."""
    return Block(f"{OPEN}chart:{key}{CLOSE}")


CONTENTS = Block(f"{OPEN}contents:{CLOSE}")
"""Where the contents table goes."""
ABOVE = f"{OPEN}above:{CLOSE}"
"""The text of a cell that is one with the cell above it."""


@dataclass(frozen=True, slots=True)
class Series:
    """Figures of a chart, one for each category; None leaves a gap."""

    name: str
    values: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """The axis of figures. Where it measures time, figures are days since 1899-12-30, as spreadsheets count them."""

    number_format: str
    first: Decimal | None = None
    last: Decimal | None = None
    step: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with categories and series.

    `bars` are horizontal and stacked, from top to bottom; `pairs` stand side by side; `lines` run from left to right.
    In `gantt` and `progress` the first series only pushes the bars right; `progress` has two thin bars for each
    activity, the second without a label.
    """

    kind: Literal["bars", "pairs", "gantt", "progress", "lines"]
    name: str
    description: str
    """What the chart shows, in words, for people who cannot see it."""
    category_name: str
    """The head of the categories' column in the chart's own sheet of figures."""
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    scale: Scale
