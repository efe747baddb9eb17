"""A workbook as data: what stands in each cell, how it looks and behaves. It knows no library.

Rows and columns are counted from 0. Every formula has its value beside it, so that a preview that does not
calculate shows the figures too.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, NamedTuple

from grants.forms.stamp import Stamp

Value = Decimal | int | str | datetime.date | None
Role = Literal[
    "title",
    "subtitle",
    "notice",
    "section",
    "header",
    "header-group",
    "band",
    "plain",
    "strong",
    "input",
    "spare",
    "spare-result",
    "result",
    "subtotal",
    "total",
    "check",
    "note",
    "quiet",
    "field",
    "fact",
    "month",
    "swatch-input",
    "swatch-note",
    "swatch-done",
    "swatch-planned",
    "swatch-ongoing",
    "swatch-delayed",
    "swatch-cancelled",
    "swatch-ok",
    "swatch-wrong",
]
"""What a cell is for: it decides colours, borders and whether the cell is locked."""
CellKind = Literal[
    "text", "centre", "number", "rate", "exchange", "money", "percent", "date", "month", "month-name", "year"
]
"""What a cell holds: it decides number format and alignment."""


FONT_SIZES: Mapping[Role, float] = {"title": 16, "subtitle": 11, "section": 12, "quiet": 9, "month": 8, "header": 9.5}
"""In points, where it is not 10."""


Tab = Literal["result", "input", "help"]
"""What a sheet is for: to look at, to fill in, to look something up."""


class Look(NamedTuple):
    """How a cell looks; cells of one look share one format."""

    role: Role
    kind: CellKind = "text"


class Cell(NamedTuple):
    """A cell: its value, or a formula and the value it gives."""

    row: int
    column: int
    value: Value
    look: Look
    formula: str | None = None


class Area(NamedTuple):
    """A rectangle of cells, edges included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Validation:
    """What may be typed into areas, and what is said to whoever selects a cell of them."""

    areas: tuple[Area, ...]
    rule: Literal["any", "list", "number", "signed", "percent", "date", "length"]
    hint_title: str = ""
    hint: str = ""
    error: str = ""
    source: str | None = None
    """For a list: the defined name it is taken from."""
    earliest: datetime.date | None = None
    latest: datetime.date | None = None
    strict: bool = True
    """Refuse anything else, or only warn."""


Effect = Literal["ok", "wrong", "faded", "decimals", "planned", "ongoing", "done", "delayed", "cancelled", "reached"]


@dataclass(frozen=True, slots=True)
class Emphasis:
    """A look that cells of an area take on while a formula is true; the formula is written for the first cell."""

    area: Area
    formula: str
    effect: Effect


class Series(NamedTuple):
    """A row of values in a chart."""

    name: str
    values: Area
    sheet: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A native chart, drawn from cells."""

    kind: Literal["stacked bars", "columns"]
    title: str
    description: str
    """For people who cannot see it."""
    categories: Area
    categories_sheet: str
    series: tuple[Series, ...]
    row: int
    column: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Print:
    """How a sheet is printed: one page wide."""

    landscape: bool = True
    paper: Literal["A4", "A3"] = "A4"
    repeat: tuple[int, int] | None = None
    """First and last row that every page begins with."""
    one_page: bool = False
    scale: int | None = None
    """In per cent, where pages are to begin at certain rows: Excel breaks no pages of what it fits itself."""
    breaks: tuple[int, ...] = ()
    """Rows with which a page begins."""
    last_row: str | None = None
    """Formula for the number of the last row that is printed, counted from 1. None: whatever the sheet holds."""


@dataclass(frozen=True, slots=True)
class SheetView:
    """A sheet."""

    name: str
    cells: tuple[Cell, ...]
    widths: tuple[float, ...]
    heights: Mapping[int, float] = field(default_factory=dict)
    """Row -> height in points, where it is not the usual one."""
    merges: tuple[Area, ...] = ()
    validations: tuple[Validation, ...] = ()
    emphases: tuple[Emphasis, ...] = ()
    charts: tuple[Chart, ...] = ()
    freeze: tuple[int, int] | None = None
    """First row and column that scroll."""
    filter: Area | None = None
    print: Print = field(default_factory=Print)
    tab: Tab = "input"
    unlocked_formulas: tuple[Area, ...] = ()
    """Where an input cell follows another cell until somebody types over it."""


@dataclass(frozen=True, slots=True)
class WorkbookView:
    """A workbook, and what its stamp says."""

    form: Stamp
    """The stamp as far as the view knows it."""
    title: str
    subject: str
    author: str
    date: datetime.date
    sheets: tuple[SheetView, ...]
    names: Mapping[str, str]
    """Defined names: name -> absolute reference."""
    footer: str
    """`Page {page} of {pages}` in the workbook's language."""
    edition: str = ""
    """Which of the project's it is, such as `Final report, 20 March 2009`: for the margins, as pages come loose."""

    @property
    def language(self) -> str:
        """Of labels and of the names of months."""
        return self.form.facts["language"]

    @property
    def project(self) -> str:
        """Code of the project."""
        return self.form.facts["project"]
