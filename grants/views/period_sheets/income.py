"""Sheet Income: instalments, own contributions, interest, money given back, transfers, accounts; and the rates."""

from __future__ import annotations

from decimal import Decimal

from grants.model.records import AccountBalance
from grants.views.form_parts import start_sheet
from grants.views.formulas import quote
from grants.views.period_layout import PeriodLayout, PlacedTable, say_conversion
from grants.views.period_rates import RateRow
from grants.views.period_sheets.tables import choose_widths, entries_of, keep_together, put_table
from grants.views.sheet_builder import Entry, SheetBuilder
from grants.views.workbook import SheetView

FIELDS = {
    "received": ("instalment", "date", "amount", "reference"),
    "own_contributions": ("source", "date", "amount", "reference", "giver"),
    "interest": ("date", "amount", "reference"),
    "returned": ("date", "amount", "reference"),
    "transfers": ("partner", "date", "amount", "reference", "received", "currency"),
    "balances": ("account", "date", "amount", "currency"),
}
"""Table -> the fields of its records, which are its columns."""


def view_income(layout: PeriodLayout) -> SheetView:
    """The sheet. Its tables stand below each other, so each column is as wide as the widest of them needs."""
    tables = [table for table in layout.tables.values() if table.sheet == layout.sheet("income")]
    widest = max(tables, key=lambda table: len(table.columns))
    sheet = start_sheet("income", widest.columns, layout.words, layout.project, about=layout.about)
    sheet.widths = choose_widths(tables)
    for key in FIELDS:
        _put(sheet, layout, layout.tables[key])
    _put_rates(sheet, layout)
    return sheet.build(print_as=keep_together(sheet, tables), freeze=(3, 0))


def _put(sheet: SheetBuilder, layout: PeriodLayout, table: PlacedTable) -> None:
    records = getattr(layout.records.finance, table.key)
    keys = {column.key for column in table.columns}

    def fill(number: int, row: int) -> dict[str, Entry]:
        record = records[number] if number < len(records) else None
        entries = entries_of(record, FIELDS[table.key]) if record else {}
        if "number" in keys:
            entries["number"] = Entry(number + 1, kind="centre")
        if "reason" in keys and record:
            entries["reason"] = Entry(layout.words.read(record.reason))
        if "converted" in keys:
            entries["converted"] = Entry(_convert(layout, record), say_conversion(layout, table, row))
        return entries

    put_table(sheet, layout, table, fill, f"section.{table.key}")


def _convert(layout: PeriodLayout, balance: AccountBalance | None) -> Decimal | str:
    if balance is None:
        return ""
    amount = layout.convert_balance(balance)
    return layout.words.say("check.rate") if amount is None else amount


def _put_rates(sheet: SheetBuilder, layout: PeriodLayout) -> None:
    table = layout.tables["rates"]
    section = "section.rates_received" if any(x.transfer is not None for x in layout.rate_rows) else "section.rates"
    put_table(sheet, layout, table, lambda number, _row: _say_rate(layout, layout.rate_rows[number]), section)


def _say_rate(layout: PeriodLayout, rate: RateRow) -> dict[str, Entry]:
    """A rate that is known is locked, one that follows a transfer is calculated, one that nobody gave may be typed."""
    if rate.transfer is not None:
        return _follow_transfer(layout, rate, rate.transfer)
    entries = {"currency": Entry(rate.currency), "origin": Entry(_say_origin(layout, rate))}
    if rate.start:
        by_month = not (rate.used and rate.used.transfer)
        entries["start"] = Entry(rate.start, kind="month" if by_month else "date")
    if rate.used and rate.used.transfer:
        entries["partner"] = Entry(rate.used.transfer.partner)
    if rate.units is None:
        return {**entries, "rate": Entry(None, role="input", kind="exchange")}
    return {**entries, "rate": Entry(_divide(rate), kind="exchange")}


def _divide(rate: RateRow) -> Decimal | None:
    return Decimal(rate.units.numerator) / rate.units.denominator if rate.units is not None else None


def _follow_transfer(layout: PeriodLayout, rate: RateRow, number: int) -> dict[str, Entry]:
    """The rate of a transfer of this sheet, as it is filled in; nothing, not zero, where there is none yet."""
    table, known = layout.tables["transfers"], rate.used.transfer if rate.used else None
    amount, received, *others = (
        table.cell(key, table.first + number) for key in ("amount", "received", "currency", "date", "partner")
    )
    currency, day, partner = others
    units = f'IF(N({amount})*N({received})>0,{received}/{amount},"")'
    origin = layout.words.say("rate.transfer")
    return {
        "currency": Entry(rate.currency, f'=IF({currency}="","",{currency})', "spare-result"),
        "start": Entry(rate.start or 0, f"=N({day})", "spare-result"),
        "rate": Entry("" if rate.units is None else _divide(rate), f"={units}", "spare-result", "exchange"),
        "partner": Entry(known.partner if known else "", f'=IF({partner}="","",{partner})', "spare-result"),
        "origin": Entry(origin if known else "", f'=IF({currency}="","",{quote(origin)})', "spare-result"),
    }


def _say_origin(layout: PeriodLayout, rate: RateRow) -> str:
    say, used = layout.words.say, rate.used
    if rate.units is None:
        several = rate.start is None and bool(rate.missing)
        return say("rate.missing_months", months=", ".join(rate.missing)) if several else say("rate.missing")
    if used is None:
        return say("rate.own")
    if used.fixed:
        return say("rate.fixed")
    if used.transfer:
        return say("rate.transfer")
    return say("rate.mean", number=str(len(used.rates))) if len(used.rates) > 1 else say("rate.month")
