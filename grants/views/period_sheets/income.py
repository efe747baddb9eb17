"""Sheet Income: instalments, own contributions, interest, money given back, transfers, accounts; and the rates."""

from __future__ import annotations

from decimal import Decimal

from grants.ledger.balances import UsedRate
from grants.model.records import AccountBalance
from grants.views.form_parts import start_sheet
from grants.views.period_layout import KnownRate, PeriodLayout, PlacedTable, convert, say_conversion
from grants.views.period_sheets.tables import entries_of, put_table
from grants.views.sheet_builder import Entry, SheetBuilder
from grants.views.workbook import Print, SheetView

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
    sheet.widths = [
        max(table.columns[index].column.width for table in tables if index < len(table.columns))
        for index in range(len(widest.columns))
    ]
    for key in FIELDS:
        _put(sheet, layout, layout.tables[key])
    _put_rates(sheet, layout)
    return sheet.build(print_as=Print(), freeze=(3, 0))


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
    amount = convert(layout, balance)
    return layout.words.say("check.rate") if amount is None else amount


def _put_rates(sheet: SheetBuilder, layout: PeriodLayout) -> None:
    table = layout.tables["rates"]
    put_table(sheet, layout, table, lambda number, _row: _say_rate(layout, layout.rates[number]), "section.rates")


def _say_rate(layout: PeriodLayout, rate: KnownRate) -> dict[str, Entry]:
    """A rate that is known is locked; one that is not waits for whoever knows it."""
    if rate.units is None:
        origin = Entry(layout.words.say("rate.missing"))
        return {"currency": Entry(rate.currency), "rate": Entry(None, role="input", kind="exchange"), "origin": origin}
    units = Decimal(rate.units.numerator) / rate.units.denominator
    return {
        "currency": Entry(rate.currency),
        "rate": Entry(units, kind="exchange"),
        "origin": Entry(_say_origin(layout, rate.used)),
    }


def _say_origin(layout: PeriodLayout, used: UsedRate | None) -> str:
    say = layout.words.say
    if used is None:
        return say("rate.own")
    if used.fixed:
        return say("rate.fixed")
    if used.transfer:
        return say("rate.transfer")
    return say("rate.mean", number=str(len(used.rates))) if len(used.rates) > 1 else say("rate.month")
