"""Lays out one sheet of a workbook: cells row by row, then rows as high as their texts need."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from grants.forms.columns import Column, Kind, PlacedColumn
from grants.views.text_fit import count_lines, fit_word, row_height
from grants.views.workbook import (
    FONT_SIZES,
    Area,
    Cell,
    CellKind,
    Chart,
    Emphasis,
    Look,
    Print,
    Role,
    SheetView,
    Tab,
    Validation,
    Value,
)

_BOLD: frozenset[Role] = frozenset(
    {"title", "section", "header", "header-group", "band", "subtotal", "total", "strong"}
)
_KINDS: dict[Kind, CellKind] = {
    "text": "text",
    "number": "number",
    "money": "money",
    "percent": "percent",
    "date": "date",
    "month": "month",
    "choice": "centre",
    "note": "text",
}


class Entry(NamedTuple):
    """What a row says in a column; no role: as the column's own."""

    value: Value
    formula: str | None = None
    role: Role | None = None
    kind: CellKind | None = None


class Group(NamedTuple):
    """Columns that have something in common."""

    label: str
    first: int
    last: int


@dataclass(slots=True)
class SheetBuilder:
    """A sheet in the making; `build` gives the finished view."""

    name: str
    widths: Sequence[float]
    cells: list[Cell] = field(default_factory=list)
    merges: list[Area] = field(default_factory=list)
    heights: dict[int, float] = field(default_factory=dict)
    validations: list[Validation] = field(default_factory=list)
    emphases: list[Emphasis] = field(default_factory=list)
    charts: list[Chart] = field(default_factory=list)
    unlocked_formulas: list[Area] = field(default_factory=list)

    @property
    def last_column(self) -> int:
        """Index of the last column."""
        return len(self.widths) - 1

    def put(
        self, row: int, column: int, value: Value, role: Role, kind: CellKind = "text", formula: str | None = None
    ) -> None:
        """A cell."""
        self.cells.append(Cell(row, column, value, Look(role, kind), formula))

    def fill(self, row: int, columns: Iterable[int], role: Role) -> None:
        """Empty cells of a look."""
        for column in columns:
            self.put(row, column, None, role)

    def span(
        self,
        area: Area,
        value: Value,
        role: Role,
        kind: CellKind = "text",
        formula: str | None = None,
    ) -> None:
        """Cells merged into one; one cell alone stays as it is."""
        for row in range(area.first_row, area.last_row + 1):
            for column in range(area.first_column, area.last_column + 1):
                first = (row, column) == area[:2]
                self.put(row, column, value if first else None, role, kind, formula if first else None)
        if area[:2] != area[2:]:
            self.merges.append(area)

    def put_title(self, title: str, subtitle: str, guide: str) -> None:
        """The first three rows: name of the sheet, project, what to do here."""
        last = min(self.last_column, 9)
        self.span(Area(0, 0, 0, last), title, "title")
        self.span(Area(1, 0, 1, last), subtitle, "subtitle")
        self.span(Area(2, 0, 2, last), guide, "quiet")

    def put_header(
        self,
        row: int,
        placed: Sequence[PlacedColumn],
        labels: Mapping[str, str | datetime.date],
        groups: Sequence[Group] = (),
    ) -> None:
        """The header of a table; where columns are grouped, a row above it says what they have in common."""
        for column in placed:
            label = labels[column.key]
            kind: CellKind = "centre" if isinstance(label, str) else "month-name"
            if groups and column.repeat is None:
                self.span(Area(row - 1, column.index, row, column.index), label, "header", kind)
            else:
                self.put(row, column.index, label, "header", kind)
        for group in groups:
            self.span(Area(row - 1, group.first, row - 1, group.last), group.label, "header-group", "centre")

    def put_row(
        self, row: int, placed: Sequence[PlacedColumn], entries: Mapping[str, Entry], spare: bool = False
    ) -> None:
        """A row of a table: input cells open, the rest locked."""
        for column in placed:
            entry = entries.get(column.key, Entry(None))
            role = entry.role or _role(column.column, spare)
            kind = entry.kind or _kind(column.column)
            self.put(row, column.index, entry.value, role, kind, entry.formula)
            if entry.formula and role in ("input", "spare"):
                self.unlocked_formulas.append(Area(row, column.index, row, column.index))

    def build(
        self,
        *,
        print_as: Print,
        freeze: tuple[int, int] | None = None,
        filter_area: Area | None = None,
        tab: Tab = "input",
    ) -> SheetView:
        """The finished sheet."""
        self.fit_rows()
        return SheetView(
            name=self.name,
            cells=tuple(self.cells),
            widths=tuple(self.widths),
            heights=dict(sorted(self.heights.items())),
            merges=tuple(self.merges),
            validations=tuple(self.validations),
            emphases=tuple(self.emphases),
            charts=tuple(self.charts),
            freeze=freeze,
            filter=filter_area,
            print=print_as,
            tab=tab,
            unlocked_formulas=tuple(self.unlocked_formulas),
        )

    def fit_rows(self) -> None:
        """Make every column as wide as the words of its heads need, and every row as high as its texts then do."""
        merged = {area[:2]: area for area in self.merges}
        self._fit_heads(merged)
        inside = {
            (row, column)
            for area in self.merges
            for row in range(area.first_row, area.last_row + 1)
            for column in range(area.first_column, area.last_column + 1)
        }
        tall: list[tuple[Area, float]] = []
        for cell in self.cells:
            at = (cell.row, cell.column)
            area = merged.get(at) or Area(*at, *at)
            needed = self._needed(cell, area) if at in merged or at not in inside else 0.0
            if area.first_row == area.last_row:
                self.heights[cell.row] = max(self.heights.get(cell.row, 0.0), needed)
            else:
                tall.append((area, needed))
        for area, needed in tall:
            self._stretch(area, needed)

    def _fit_heads(self, merged: Mapping[tuple[int, int], Area]) -> None:
        widths = list(self.widths)
        for cell in self.cells:
            if cell.look.role == "header" and isinstance(cell.value, str):
                area = merged.get(cell[:2])
                if area is None or area.first_column == area.last_column:
                    needed = fit_word(cell.value, FONT_SIZES["header"], bold=True)
                    widths[cell.column] = max(widths[cell.column], needed)
        self.widths = widths

    def _needed(self, cell: Cell, area: Area) -> float:
        size = FONT_SIZES.get(cell.look.role, 10)
        if not isinstance(cell.value, str) or cell.look.kind not in ("text", "centre"):
            return row_height(1, size)
        width = sum(self.widths[area.first_column : area.last_column + 1])
        return row_height(count_lines(cell.value, width, size, cell.look.role in _BOLD), size)

    def _stretch(self, area: Area, needed: float) -> None:
        """Give the rows of a merged area, in equal parts, what its text needs beyond their heights."""
        rows = range(area.first_row, area.last_row + 1)
        missing = needed - sum(self.heights.get(row, row_height(1)) for row in rows)
        if missing > 0:
            for row in rows:
                self.heights[row] = round(self.heights.get(row, row_height(1)) + missing / len(rows), 2)


def _role(column: Column, spare: bool) -> Role:
    if column.kind == "note":
        return "note"
    if column.input and not (column.identifies and not spare):
        return "spare" if spare else "input"
    if column.identifies:
        return "plain"
    return "spare-result" if spare else "result"


def _kind(column: Column) -> CellKind:
    if column.kind == "money" and column.input:
        return "rate"
    return _KINDS[column.kind]
