"""Where everything stands in the budget workbook: which row, which column, which sheet.

Budget, phasing and justification have the same rows, so that a line is found in the same row of all three.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from grants.forms import BUDGET, PlacedColumn, place_columns
from grants.forms.columns import Repeats
from grants.ledger.totals import HeadingTotal, LineTotal, Sum, Totals
from grants.model import Project
from grants.model.budget import FundingSource
from grants.model.donor import Donor
from grants.views.addresses import name_cell, on_sheet
from grants.views.words import Words

FIRST_ROW = 5
"""First row below the header, in every sheet with a table: 0-2 title, 3-4 header."""


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """A row that budget, phasing and justification share."""

    kind: Literal["heading", "line", "spare", "subtotal", "direct", "contingency", "indirect", "grand"]
    row: int
    heading: HeadingTotal | None = None
    line: LineTotal | None = None
    number: int = 0
    """Of a spare row, inside its heading."""


@dataclass(frozen=True, slots=True)
class BudgetLayout:
    """What the sheets of a budget workbook need to know of each other."""

    project: Project
    totals: Totals
    donor: Donor
    words: Words
    rows: tuple[BudgetRow, ...]
    columns: dict[str, tuple[PlacedColumn, ...]]
    """Table -> its columns."""

    @property
    def sources(self) -> tuple[FundingSource, ...]:
        """Who pays money."""
        return tuple(source for source in self.project.budget.sources if not source.in_kind)

    @property
    def quarters(self) -> tuple[str, ...]:
        """All quarters of the project."""
        return tuple(self.totals.grand.by_quarter)

    @property
    def money_width(self) -> float:
        """Characters that the largest amount needs in its column."""
        return len(f"{self.totals.grand.total:,.2f}") * 1.1 + 1

    @property
    def ok(self) -> str:
        """What a check says when all is well."""
        return self.words.say("check.ok")

    @property
    def wrong(self) -> str:
        """What a check says when it is not."""
        return self.words.say("check.wrong")

    def verdict(self, fine: bool) -> str:
        """The word of a check."""
        return self.ok if fine else self.wrong

    def sheet(self, key: str) -> str:
        """Name of a sheet."""
        return self.words.say(BUDGET.sheet(key).label)

    def index(self, table: str, key: str) -> int:
        """Index of a column."""
        return next(column.index for column in self.columns[table] if column.key == key)

    def indexes(self, table: str, key: str) -> list[int]:
        """Indexes of a column that repeats."""
        return [column.index for column in self.columns[table] if column.column.key == key]

    def row(self, kind: str) -> int:
        """Row of a total: direct, contingency, indirect, grand."""
        return next(row.row for row in self.rows if row.kind == kind)

    def of_heading(self, code: str, *kinds: str) -> list[int]:
        """Rows of a heading."""
        return [row.row for row in self.rows if row.heading and row.heading.heading.code == code and row.kind in kinds]

    @property
    def groups(self) -> list[tuple[int, int]]:
        """For each heading, its first and last row that can be filled in."""
        rows = [self.of_heading(part.heading.code, "line", "spare") for part in self.totals.headings]
        return [(part[0], part[-1]) for part in rows]

    def title(self, row: BudgetRow) -> str:
        """What a heading or a total is called."""
        if row.heading:
            title = f"{row.heading.heading.code}. {self.words.read(row.heading.heading.title)}"
            return self.words.say("row.subtotal", heading=title) if row.kind == "subtotal" else title
        costs = self.project.budget.indirect_costs
        if row.kind == "indirect" and costs and costs.base != "direct":
            return self.words.say("row.indirect_with_contingency")
        return self.words.say(f"row.{row.kind}")

    def budget_cell(self, key: str, row: int) -> str:
        """A cell of the budget sheet, for a formula of another sheet."""
        return on_sheet(self.sheet("budget"), name_cell(row, self.index("lines", key)))

    def copy_budget(self, row: int) -> dict[str, str]:
        """Formulas that repeat a row's code, description and total; a text stays a text, also an empty one."""
        texts = {key: f'={self.budget_cell(key, row)}&""' for key in ("code", "description")}
        return {**texts, "total": "=" + self.budget_cell("total", row)}

    def phasing_cell(self, key: str, row: int) -> str:
        """A cell of the phasing sheet, for a formula of another sheet."""
        return on_sheet(self.sheet("phasing"), name_cell(row, self.index("phasing", key)))

    def source_row(self, code: str) -> int:
        """Row of a source on the sheet of sources."""
        return FIRST_ROW + [source.code for source in self.sources].index(code)

    def source_cell(self, key: str, code: str, fixed: bool = False) -> str:
        """A cell of the sheet of sources."""
        cell = name_cell(self.source_row(code), self.index("sources", key), fixed)
        return on_sheet(self.sheet("sources"), cell)

    @property
    def sources_total_row(self) -> int:
        """Row of the total on the sheet of sources."""
        return FIRST_ROW + len(self.sources)

    @property
    def gifts_total_row(self) -> int:
        """Row of the total of what is given in kind."""
        return self.gifts_header_row + len(self.project.budget.in_kind) + BUDGET.table("in_kind").spare + 1

    @property
    def gifts_header_row(self) -> int:
        """Row of the header of what is given in kind."""
        return self.sources_total_row + 4

    @property
    def instalments_first_row(self) -> int:
        """First row of the instalments; the amount requested, its check and a header stand above."""
        return FIRST_ROW + 2

    @property
    def instalments_last_row(self) -> int:
        """Last row of the instalments, spare ones included; total and check stand below."""
        spare = BUDGET.table("instalments").spare
        return self.instalments_first_row + len(self.totals.instalments) + spare - 1

    @property
    def requested_row(self) -> int:
        """Row of the amount requested, on the sheet of instalments."""
        return FIRST_ROW - 2

    def instalments_cell(self, row: int) -> str:
        """A cell of the amounts on the sheet of instalments, for a formula of another sheet."""
        return on_sheet(self.sheet("instalments"), name_cell(row, self.index("instalments", "amount")))

    def sources_cell(self, table: str, key: str, row: int) -> str:
        """A cell of the sheet of sources, for a formula of another sheet."""
        return on_sheet(self.sheet("sources"), name_cell(row, self.index(table, key)))


def lay_out_budget(project: Project, totals: Totals, donor: Donor, words: Words) -> BudgetLayout:
    """The layout of a project's budget workbook."""
    repeats: Repeats = {
        "source": [source.code for source in project.budget.sources if not source.in_kind],
        "quarter": list(totals.grand.by_quarter),
    }
    tables = [table for sheet in BUDGET.sheets for table in sheet.tables]
    columns = {table.key: place_columns(table, repeats) for table in tables}
    return BudgetLayout(project, totals, donor, words, tuple(_lay_out_rows(totals)), columns)


def _lay_out_rows(totals: Totals) -> Iterator[BudgetRow]:
    row = FIRST_ROW
    for heading in totals.headings:
        yield BudgetRow("heading", row, heading)
        for line in heading.lines:
            row += 1
            yield BudgetRow("line", row, heading, line)
        for number in range(1, BUDGET.table("lines").spare + 1):
            row += 1
            yield BudgetRow("spare", row, heading, number=number)
        row += 1
        yield BudgetRow("subtotal", row, heading)
        row += 1
    yield BudgetRow("direct", row)
    yield BudgetRow("contingency", row + 1)
    yield BudgetRow("indirect", row + 2)
    yield BudgetRow("grand", row + 3)


def total_of(row: BudgetRow, totals: Totals) -> Sum | None:
    """The figures of a row; None for headings and spare rows."""
    match row.kind:
        case "line":
            return row.line
        case "subtotal":
            return row.heading
        case "direct" | "contingency" | "indirect" | "grand":
            whole: Sum = getattr(totals, row.kind)
            return whole
    return None
