"""A financial report in the making: what it is made from, and which figure stands in which cell so far.

Sheets are made in the order in which their formulas need each other; each notes where its figures stand.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from grants.ledger.balances import Books, UsedRate
from grants.ledger.exchange import Missing, convert, find_rate, list_rates
from grants.model.grant import ReportingPeriod
from grants.model.records import Finance
from grants.views.addresses import name_cell, on_sheet
from grants.views.form_parts import put_sheet_title
from grants.views.formulas import quote
from grants.views.report.source import ReportSource
from grants.views.sheet_builder import SheetBuilder
from grants.views.words import Words

NOTHING = Decimal("0.00")


@dataclass(slots=True)
class Draft:
    """Name of a figure -> its cell, as another sheet's formula writes it; names are the ledger's, and some more."""

    source: ReportSource
    words: Words
    cells: dict[str, str] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)
    """Column of the list of expenditure -> all its cells."""
    rates: dict[tuple[str, UsedRate], str] = field(default_factory=dict)
    """Period and rate -> the cell that holds it."""
    rows: dict[str, int] = field(default_factory=dict)
    """Part of a sheet -> its first row, for the charts."""
    postings: list[str] = field(default_factory=list)
    """The cell of every cost's amount, in the order of the list of expenditure."""
    amounts: dict[str, Decimal] = field(default_factory=dict)
    """Sum of a table that is no figure of the ledger."""

    @property
    def books(self) -> Books:
        """The costs."""
        return self.source.accounts.books

    @property
    def currency(self) -> str:
        """The budget's."""
        return self.books.budget.currency

    @property
    def is_final(self) -> bool:
        """Whether nothing is planned after this report."""
        return self.source.report.kind == "final"

    @property
    def money_width(self) -> float:
        """Characters that the largest amount needs in its column."""
        return max(13.5, len(f"{self.books.grand.approved:,.2f}") * 1.1 + 1)

    @property
    def last_period(self) -> ReportingPeriod | None:
        """The latest period that the report covers; None for none."""
        return self.books.scope.periods[-1] if self.books.scope.periods else None

    @property
    def last_finance(self) -> Finance:
        """What finance staff said of it."""
        return self.source.finances[-1] if self.source.finances else Finance()

    @property
    def source_names(self) -> Mapping[str, str]:
        """Code of a source of funding -> its name."""
        sources = (*self.source.project.budget.sources, *self.books.budget.sources)
        return {source.code: self.words.read(source.name) for source in sources}

    @property
    def partner_names(self) -> Mapping[str, str]:
        """Code of an organisation -> its name."""
        return {x.code: self.words.read(x.name) for x in self.source.project.organisations}

    def start(self, key: str, widths: Sequence[float]) -> SheetBuilder:
        """A sheet with its title rows."""
        sheet = SheetBuilder(self.words.say(f"sheet.{key}"), widths)
        put_sheet_title(sheet, key, self.words, self.source.project)
        return sheet

    def note(self, name: str, sheet: SheetBuilder, row: int, column: int) -> None:
        """A figure stands there."""
        self.cells[name] = on_sheet(sheet.name, name_cell(row, column))

    def status(self, key: str) -> str:
        """What a cost is in the report, as a formula compares it: current, prior, refused."""
        return quote(self.words.say(f"cost.{key}"))

    def add_costs(self, amounts: str = "amount", **conditions: str) -> str:
        """Formula without its sign: the sum of a column of the list of expenditure where others equal something.

        Why not SUMIFS: it takes the codes 5.1 and 5.10 for the same number, and some codes for dates.
        """
        parts = [f"({self.columns[key]}={wanted})" for key, wanted in conditions.items()]
        if len(parts) == 1:
            parts.append("1")
        return f"SUMPRODUCT({'*'.join(parts)},{self.columns[amounts]})"

    def find_rate(self, currency: str, day: datetime.date) -> UsedRate | Missing | None:
        """The rate of an amount at the end of the last period; None where it is in the budget's currency."""
        if currency == self.currency or self.last_period is None:
            return None
        rates = list_rates(self.currency, self.source.project.grant.exchange, self.source.records)
        return find_rate(rates, currency, self.last_period, day, None)

    def convert(self, amount: Decimal, currency: str, day: datetime.date, cell: str) -> tuple[Decimal | None, str]:
        """An amount at the end of the last period in the budget's currency, and its formula from a cell.

        None, and no formula, where there is no rate.
        """
        rate = self.find_rate(currency, day)
        if isinstance(rate, Missing):
            return None, ""
        if rate is None or self.last_period is None:
            return convert(amount, None), f"=ROUND({cell},2)"
        return convert(amount, rate), f"=ROUND({cell}/{self.rates[self.last_period.code, rate]},2)"
