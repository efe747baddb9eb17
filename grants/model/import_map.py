"""`import.yaml`: how the exports of an accounting program become costs of the project."""

from __future__ import annotations

from typing import Annotated, Literal

from grants.model.base import Model
from grants.model.scalars import Code, Currency, Folder, Many, Word, whole

Encoding = Literal["utf-8", "windows-1253", "windows-1250", "windows-1251", "iso-8859-7", "iso-8859-2", "utf-16"]


class ExportColumns(Model):
    """Field of an Expenditure -> the header of its column in the export.

    An amount stands in `amount`, or in `debit` and `credit` (a credit note is below zero). A budget line stands in
    `line`, or follows from `account`.
    """

    voucher: Word | None = None
    date: Word | None = None
    payee: Word | None = None
    description: Word | None = None
    line: Word | None = None
    account: Word | None = None
    partner: Word | None = None
    source: Word | None = None
    amount: Word | None = None
    debit: Word | None = None
    credit: Word | None = None
    currency: Word | None = None
    date_paid: Word | None = None
    document: Word | None = None
    note: Word | None = None


class FixedValues(Model):
    """What is the same in every row, and stands nowhere in the export."""

    payee: Word | None = None
    description: Word | None = None
    line: Code | None = None
    partner: Code | None = None
    source: Code | None = None
    currency: Currency | None = None
    note: Word | None = None


class SkippedRows(Model):
    """Rows that are no costs, by what stands in one of their columns: totals, opening balances."""

    column: Word
    values: Many[Word] = ()
    """Whole texts of the cell; one that ends in * only begins so: `Σύνολο*`."""
    empty: bool = False
    """Also rows with nothing in that column."""


class ExportMap(Model):
    """One kind of export. It is recognised by its headers."""

    name: Folder
    kind: Literal["csv", "xlsx"]
    delimiter: Literal[";", ",", "|", "tab"] = ";"
    encoding: Encoding = "utf-8"
    sheet: Word | None = None
    """None: the first one."""
    header_row: Annotated[int, whole(1, 1000)] = 1
    columns: ExportColumns
    fixed: FixedValues = FixedValues()
    numbers: Literal["comma", "point"] = "comma"
    """The sign before the decimals, where a number stands as a text: 1.234,56 or 1,234.56."""
    dates: Literal["d/m/y", "m/d/y", "y-m-d"] = "d/m/y"
    """Order of day, month and year, where a date stands as a text; the year has four digits."""
    reversed: bool = False
    """Whether costs stand below zero, as money that left an account."""
    lines: dict[Word, Code] = {}
    """Account -> budget line; one that ends in * stands for all that begin so (`60.00.*`), the longest one first."""
    other_accounts: Literal["refuse", "skip"] = "refuse"
    """What to do with rows of an account that is not in `lines`."""
    skip: Many[SkippedRows] = ()


class ImportMap(Model):
    """All kinds of exports of a project's partners."""

    exports: Many[ExportMap] = ()
