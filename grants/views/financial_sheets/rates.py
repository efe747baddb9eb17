"""Sheet Exchange rates used: every rate, the published ones it is the mean of, their sources and dates."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from grants.ledger.balances import UsedRate
from grants.ledger.exchange import Missing
from grants.model.calendar import month_of
from grants.views.addresses import name_cell, name_column_part, on_sheet
from grants.views.figures import format_month
from grants.views.financial_sheets.draft import Draft
from grants.views.financial_sheets.owed import find_owed
from grants.views.financial_sheets.tables import Field, Row, put_entries
from grants.views.sheet_builder import Entry, SheetBuilder
from grants.views.workbook import Area, Print, SheetView

_FIELDS = (
    Field("period", 0),
    Field("currency", 1, "centre"),
    Field("month", 2),
    Field("rate", 3, "exchange"),
    Field("rate_source", 4),
    Field("date", 5, "date"),
)
_METHOD, _HEADER = 3, 5
_RATE = 3


def view_rates(draft: Draft) -> SheetView:
    """The sheet."""
    sheet = draft.start("rates", [15.0, 11.0, 24.0, 18.0, 62.0, 13.0])
    words, exchange = draft.words, draft.source.project.grant.exchange
    method = words.say(f"method.{exchange.method}", currency=draft.currency) if exchange else words.say("method.none")
    sheet.span(Area(_METHOD, 0, _METHOD, 5), method, "fact")
    if exchange:
        source = words.say("method.source", source=words.read(exchange.source))
        sheet.span(Area(_METHOD + 1, 0, _METHOD + 1, 5), source, "fact")
    fields = _choose_fields(draft)
    for field in fields:
        sheet.put(_HEADER, field.column, words.say(f"column.{field.key}"), "header", "centre")
    row = _HEADER + 1
    for period, rate in _list_used(draft):
        row = _put_rate(draft, sheet, row, period, rate)
    if row == _HEADER + 1:
        sheet.span(Area(row, 0, row, 5), words.say("nothing.rates", currency=draft.currency), "quiet")
    return sheet.build(print_as=Print(repeat=(_HEADER, _HEADER)), freeze=(_HEADER + 1, 0), tab="result")


def _choose_fields(draft: Draft) -> tuple[Field, ...]:
    """A transfer has its day. A published rate has the month it is of; when it was read is of no account to a donor,
    and may be later than the report.
    """
    exchange = draft.source.project.grant.exchange
    return _FIELDS if exchange and exchange.method == "instalment-received" else _FIELDS[:-1]


def _list_used(draft: Draft) -> Iterator[tuple[str, UsedRate]]:
    """The rates of costs, then those that only accounts and pending payments need."""
    known = dict.fromkeys(draft.books.rates)
    if period := draft.last_period:
        finance = draft.last_finance
        days = [(x.currency, x.date) for x in finance.balances]
        days += [(x.currency, period.end) for x in find_owed(draft).others]
        for currency, day in days:
            rate = draft.find_rate(currency, day)
            if rate is not None and not isinstance(rate, Missing):
                known[period.code, rate] = None
    yield from known


def _put_rate(draft: Draft, sheet: SheetBuilder, row: int, period: str, rate: UsedRate) -> int:
    """What a rate rests on, and the rate itself in the last of its rows. Gives the row after it."""
    first = row
    names = {"period": Entry(period), "currency": Entry(rate.currency)}
    for part in rate.rates:
        entries: Row = {
            **names,
            "month": Entry(format_month(part.month, draft.words.language)),
            "rate": Entry(part.rate),
            "rate_source": Entry(part.source),
        }
        put_entries(sheet, row, _choose_fields(draft), entries, "plain")
        row += 1
    put_entries(sheet, row, _choose_fields(draft), {**names, **_conclude(draft, rate, first, row)}, "subtotal")
    draft.rates[period, rate] = on_sheet(sheet.name, name_cell(row, _RATE, fixed=True))
    return row + 1


def _conclude(draft: Draft, rate: UsedRate, first: int, row: int) -> Row:
    words, units = draft.words, to_decimal(rate.units)
    if rate.transfer:
        transfer = rate.transfer
        note = words.say("rate.transfer", partner=draft.partner_names.get(transfer.partner, transfer.partner))
        formula = f"={transfer.received:f}/{transfer.amount:f}"
        return {
            "month": Entry(words.say("rate.used")),
            "rate": Entry(units, formula),
            "rate_source": Entry(" · ".join(filter(None, (note, transfer.reference)))),
            "date": Entry(transfer.date),
        }
    if rate.fixed:
        return {
            "month": Entry(words.say("rate.used")),
            "rate": Entry(units),
            "rate_source": Entry(words.say("rate.fixed")),
        }
    label = words.say("rate.mean", count=str(len(rate.rates))) if len(rate.rates) > 1 else words.say("rate.used")
    formula = f"=AVERAGE({name_column_part(_RATE, first, row - 1)})"
    months = sorted({part.month for part in rate.rates}) or [month_of(draft.source.report.end)]
    span = f"{format_month(months[0], words.language)} – {format_month(months[-1], words.language)}"
    return {
        "month": Entry(label),
        "rate": Entry(units, formula),
        "rate_source": Entry(span if len(months) > 1 else None),
    }


def to_decimal(units: Fraction) -> Decimal:
    """A fraction to 28 digits."""
    return Decimal(units.numerator) / Decimal(units.denominator)
