"""Where everything stands in the workbook of a period: rows of each table, with spare ones; rates; earlier figures."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from grants.forms import PERIOD, PlacedColumn, place_columns
from grants.ledger.balances import Books, Funds, HeadingBalance, LineBalance
from grants.ledger.exchange import Missing, Rates, convert, find_rate
from grants.ledger.reached import Reached
from grants.model import Project
from grants.model.grant import ReportingPeriod
from grants.model.money import round_to_cent
from grants.model.records import AccountBalance, Expenditure, PeriodRecords
from grants.views.addresses import name_cell, name_column, name_column_part, on_sheet
from grants.views.figures import format_short_date
from grants.views.formulas import quote
from grants.views.period_rates import RateRow, list_rate_rows
from grants.views.words import Words

FIRST_ROW = 5
"""First row below the header of a sheet's first table: 0-2 title, 3-4 header."""
_ANY_ROW = "\0"
"""Stands for the number of a row in formulas that differ by it alone; no text of a project can hold it."""
_GAP = 3
"""Rows between two tables of a sheet: an empty one, the section's name, the header."""
_EXPLAINED = ("reconciliation",)
"""Tables with a line of text below them."""
_ITEMS = (
    "received",
    "own",
    "interest",
    "exchange",
    "in",
    "paid",
    "indirect",
    "returned",
    "balance",
    "out",
    "difference",
)
"""Rows of the reconciliation; indirect costs only where there are some."""


@dataclass(frozen=True, slots=True)
class PlacedTable:
    """A table on its sheet, rows counted from 0."""

    key: str
    sheet: str
    """Name of the sheet."""
    columns: tuple[PlacedColumn, ...]
    header: int
    ids: tuple[str, ...]
    """What each row belongs to, or `spare::<number>`."""

    @property
    def first(self) -> int:
        """First row below the header."""
        return self.header + 1

    @property
    def last(self) -> int:
        """Last row, spare ones included; that of the header where there is none."""
        return self.header + len(self.ids)

    def index(self, key: str) -> int:
        """Index of a column."""
        return next(column.index for column in self.columns if column.key == key)

    def cell(self, key: str, row: int | None) -> str:
        """A cell of the table, for a formula of its own sheet; None: of any row, which `in_row` then names."""
        column = self.index(key)
        return f"{name_column(column)}{_ANY_ROW}" if row is None else name_cell(row, column)

    def part(self, key: str, outside: bool = False) -> str:
        """A whole column of the table, fixed; with the sheet's name for a formula of another sheet."""
        area = name_column_part(self.index(key), self.first, max(self.last, self.first), fixed=True)
        return on_sheet(self.sheet, area) if outside else area


def in_row(formula: str, row: int) -> str:
    """A formula that was written for any row, in one of them."""
    return formula.replace(_ANY_ROW, str(row + 1))


class EarlierCost(NamedTuple):
    """A cost of an earlier period that was not paid when this one began."""

    code: str
    """Period and name: `2008-H1:AST/112`."""
    cost: Expenditure


@dataclass(frozen=True, slots=True)
class Earlier:
    """What of earlier periods stands in the form."""

    unpaid: tuple[EarlierCost, ...] = ()
    milestones: Mapping[str, datetime.date] = field(default_factory=dict)
    """Milestone -> when it was reached, if that is recorded in an earlier period."""


@dataclass(frozen=True, slots=True)
class ForecastRow:
    """A row of the sheet that compares budget and costs."""

    row: int
    heading: HeadingBalance
    line: LineBalance | None = None
    """None: the heading's own row."""


@dataclass(frozen=True, slots=True)
class PeriodLayout:
    """What the sheets of a period's workbook need to know of each other."""

    project: Project
    period: ReportingPeriod
    records: PeriodRecords
    books: Books
    funds: Funds
    reached: Mapping[str, Reached]
    rates: Rates
    rate_rows: tuple[RateRow, ...]
    currencies: tuple[str, ...]
    """Those that may be chosen, the budget's first."""
    earlier: Earlier
    words: Words
    tables: Mapping[str, PlacedTable]
    forecast: tuple[ForecastRow, ...]
    costs: tuple[tuple[Expenditure, Decimal | None], ...]
    """Each cost of the period with its amount in the books; None where its rate is missing."""
    pending_over: Decimal | None = None
    """An unpaid cost above it is listed among the pending payments; None: the donor has no such rule."""

    def sheet(self, key: str) -> str:
        """Name of a sheet."""
        return self.words.say(PERIOD.sheet(key).label)

    @property
    def about(self) -> str:
        """The period, with its days."""
        return f"{self.period.code} ({self.say_days(self.period)})"

    def say_days(self, period: ReportingPeriod) -> str:
        """The first and the last day of a period."""
        return " – ".join(format_short_date(day, self.words.language) for day in (period.start, period.end))

    @property
    def counts_as_books(self) -> bool:
        """Whether all costs of the list count in the books: not those that are refused, nor without a rate."""
        period = self.period.code
        refused = any(not posting.accepted for posting in self.books.postings if posting.period == period)
        return not refused and all(amount is not None for _, amount in self.costs)

    @property
    def totals_row(self) -> int:
        """First of the three rows below budget and costs: direct, indirect, grand total."""
        return self.forecast[-1].row + 1

    @property
    def indirect_percent(self) -> Decimal:
        """The flat rate of indirect costs; 0 where there are none."""
        return list_indirect_percent(self.books)

    @property
    def paid_before(self) -> Decimal:
        """Costs of earlier periods that are paid by the end of this one."""
        period = self.period
        earlier = (posting for posting in self.books.postings if posting.period != period.code)
        days = ((posting.amount, posting.expenditure.date_paid) for posting in earlier)
        return sum((amount for amount, day in days if day and day <= period.end), Decimal("0.00"))

    def convert_balance(self, balance: AccountBalance) -> Decimal | None:
        """A balance in the budget's currency, as the books convert it; None where the rate is not known."""
        if balance.currency == self.rates.currency:
            return round_to_cent(balance.amount)
        used = find_rate(self.rates, balance.currency, self.period, balance.date, None)
        return None if isinstance(used, Missing) else convert(balance.amount, used)


def lay_out_period(
    project: Project,
    period: ReportingPeriod,
    records: PeriodRecords,
    books: Books,
    funds: Funds,
    reached: Mapping[str, Reached],
    rates: Rates,
    currencies: Set[str],
    earlier: Earlier,
    words: Words,
    pending_over: Decimal | None,
) -> PeriodLayout:
    """The layout of a period's workbook. `books` are those of the period: prior is before it, current in it; `funds`
    are those since the start of the project."""
    forecast = tuple(_lay_out_forecast(books))
    rate_rows = tuple(list_rate_rows(rates, currencies, period, records, PERIOD.table("transfers").spare))
    tables: dict[str, PlacedTable] = {}
    for sheet in PERIOD.sheets:
        header = FIRST_ROW - 1
        for table in sheet.tables:
            ids = _list_ids(table.key, project, records, books, rate_rows, earlier, forecast)
            ids += _list_spare(table.spare)
            placed = place_columns(table, {})
            tables[table.key] = PlacedTable(table.key, words.say(sheet.label), placed, header, tuple(ids))
            header += len(ids) + _GAP + (table.key in _EXPLAINED)
    return PeriodLayout(
        project,
        period,
        records,
        books,
        funds,
        reached,
        rates,
        rate_rows,
        (rates.currency, *sorted(currencies - {rates.currency})),
        earlier,
        words,
        tables,
        forecast,
        tuple(_list_costs(records, books)),
        pending_over,
    )


def _list_costs(records: PeriodRecords, books: Books) -> Iterator[tuple[Expenditure, Decimal | None]]:
    """Each with the whole of its amount, by the rate that the books took for it; a part that is refused has a posting
    of its own there, and what corrects an earlier period has no row."""
    rates = {x.row: x.rate for x in books.postings if x.period == records.code and x.row >= 0}
    costs = enumerate(records.expenditures)
    return ((cost, convert(cost.amount, rates[row]) if row in rates else None) for row, cost in costs)


def list_indirect_percent(books: Books) -> Decimal:
    """The flat rate of indirect costs; 0 where there are none."""
    return books.budget.indirect_costs.percent if books.budget.indirect_costs else Decimal(0)


def name_expenditures(records: PeriodRecords) -> list[str]:
    """What each cost is called in a workbook: `AST/112`; the second of the same `AST/112#2`."""
    seen: dict[str, int] = {}
    names = []
    for cost in records.expenditures:
        name = f"{cost.partner}/{cost.voucher}"
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name}#{seen[name]}")
    return names


def _list_ids(
    table: str,
    project: Project,
    records: PeriodRecords,
    books: Books,
    rates: Sequence[RateRow],
    earlier: Earlier,
    forecast: Sequence[ForecastRow],
) -> list[str]:
    match table:
        case "expenditures":
            return name_expenditures(records)
        case "activity_progress":
            return [activity.code for activity in project.work_plan.activities]
        case "indicator_actuals":
            return [indicator.code for indicator in project.logframe.indicators]
        case "groups_reached":
            return [group.code for group in project.sheet.target_groups]
        case "rates":
            return [rate.id for rate in rates]
        case "milestones_reached":
            return [point.code for activity in project.work_plan.activities for point in activity.milestones]
        case "earlier":
            return [x.code for x in earlier.unpaid]
        case "exchange_difference":
            return [project.budget.currency]
        case "reconciliation":
            return [item for item in _ITEMS if item != "indirect" or list_indirect_percent(books)]
        case "forecast":
            return [row.line.line.code if row.line else f"heading:{row.heading.heading.code}" for row in forecast]
    return [str(number) for number, _ in enumerate(getattr(records.finance, table), 1)]


def _list_spare(number: int) -> list[str]:
    return [f"spare::{spare}" for spare in range(1, number + 1)]


def _lay_out_forecast(books: Books) -> list[ForecastRow]:
    rows: list[ForecastRow] = []
    for heading in books.headings:
        rows.append(ForecastRow(FIRST_ROW + len(rows), heading))
        rows += [ForecastRow(FIRST_ROW + len(rows) + i, heading, line) for i, line in enumerate(heading.lines)]
    return rows


def add_converted(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """Amounts in the budget's currency together; None where one is not known."""
    total = Decimal("0.00")
    for amount in amounts:
        if amount is None:
            return None
        total += amount
    return total


def say_conversion(layout: PeriodLayout, table: PlacedTable, row: int | None) -> str:
    """The amount of a row (None: of any) by the rate that the books take; what stands in its way is a word, and a rate
    never 1."""
    amount, currency, day = (table.cell(key, row) for key in ("amount", "currency", "date"))
    partner = table.cell("partner", row) if any(x.key == "partner" for x in table.columns) else None
    say, method = layout.words.say, layout.rates.exchange.method if layout.rates.exchange else None
    units = _say_units(layout.tables["rates"], method, currency, day, partner)
    formula = f"IFERROR(ROUND({amount}/{units},2),{quote(say('check.rate'))})"
    if method in ("month-of-expense", "instalment-received"):
        formula = f"IF(ISNUMBER({day}),{formula},{quote(say('check.date'))})"
    formula = f"IF({currency}={quote(layout.rates.currency)},ROUND({amount},2),{formula})"
    formula = f"IF(ISNUMBER({amount}),{formula},{quote(say('check.amount'))})"
    formula = f'IF(OR({amount}="",{currency}=""),"",{formula})'
    return f"=IFERROR({formula},{quote(say('check.amount'))})"  # a cell that shows #REF!, say


def _say_units(rates: PlacedTable, method: str | None, currency: str, day: str, partner: str | None) -> str:
    """What an amount is divided by; an error or zero where there is no rate."""
    rate, code, start, owner = (rates.part(key, outside=True) for key in ("rate", "currency", "start", "partner"))
    if method == "month-of-expense":
        return f"SUMIFS({rate},{code},{currency},{start},DATE(YEAR({day}),MONTH({day}),1))"
    if method != "instalment-received":
        return f"INDEX({rate},MATCH({currency},{code},0))"
    parts = [f"({code}={currency})", f"({start}>0)", f"({start}<={day})", f"ISNUMBER({rate})"]
    if partner:
        parts.append(f"({owner}={partner})")
    fits = "*".join(parts)
    return f"LOOKUP(2,1/({fits}*({start}=SUMPRODUCT(MAX({fits}*{start})))),{rate})"


def say_lack(layout: PeriodLayout) -> str:
    """The word in place of a sum that an amount is missing from: it says what the list of costs lacks first."""
    say, amounts = layout.words.say, layout.tables["expenditures"].part("converted", outside=True)
    formula = quote(say("check.rate"))
    for key in ("date", "amount"):
        word = quote(say(f"check.{key}"))
        formula = f"IF(ISNUMBER(MATCH({word},{amounts},0)),{word},{formula})"
    return formula
