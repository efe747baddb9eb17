"""Sheet Income and sources: instalments planned, asked and received; what others put in; what partners were sent."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from grants.ledger.figures import list_asked, share_of
from grants.ledger.payments import list_planned
from grants.views.addresses import name_cell, name_column_part
from grants.views.figures import format_short_date
from grants.views.financial_sheets.draft import NOTHING, Draft
from grants.views.financial_sheets.tables import Field, Row, choose_page, put_section, put_table, sum_below
from grants.views.formulas import share_formula, split_formula
from grants.views.sheet_builder import Entry, SheetBuilder
from grants.views.workbook import Area, SheetView

_INSTALMENTS = (
    Field("instalment", 0),
    Field("kind", 1),
    Field("percent_of_grant", 2, "percent"),
    Field("planned", 3, "money"),
    Field("asked", 4, "money"),
    Field("asked_on", 5, "centre"),
    Field("received", 6, "money"),
    Field("outstanding", 7, "money"),
)
_RECEIPTS = (
    Field("instalment", 0, "text", 1),
    Field("date", 2, "date"),
    Field("amount_received", 3, "money"),
    Field("bank_reference", 4, "text", 7),
)
_GIFTS = (
    Field("source", 0),
    Field("giver", 1),
    Field("date", 2, "date"),
    Field("amount_received", 3, "money"),
    Field("bank_reference", 4, "text", 7),
)
_DATED = (
    Field("date", 0, "date"),
    Field("reason", 1, "text", 2),
    Field("amount_received", 3, "money"),
    Field("bank_reference", 4, "text", 7),
)
_RETURNED = tuple(x._replace(key="amount_returned") if x.column == 3 else x for x in _DATED)
_TRANSFERS = (
    Field("partner", 0),
    Field("partner_name", 1),
    Field("date", 2, "date"),
    Field("sent", 3, "money"),
    Field("arrived", 4, "money"),
    Field("currency", 5, "centre"),
    Field("rate_of_transfer", 6, "exchange"),
    Field("bank_reference", 7),
)
_SHARES = (
    Field("source", 0),
    Field("source_name", 1),
    Field("share_planned", 2, "percent"),
    Field("approved", 3, "money"),
    Field("paid_in", 4, "money"),
    Field("share_paid_in", 5, "percent"),
)
_AMOUNT = 3


def view_income(draft: Draft) -> SheetView:
    """The sheet. Receipts and contributions come first, as the rest is added up from them further down."""
    sheet = draft.start("income", [12.0, 40.0, 13.0, *[draft.money_width] * 3, draft.money_width, 24.0])
    grant = draft.source.project.grant.amount_on(draft.source.report.end)
    sheet.span(Area(3, 0, 3, 2), draft.words.say("figure.grant"), "field")
    sheet.put(3, _AMOUNT, grant, "strong", "money")
    draft.note("grant", sheet, 3, _AMOUNT)
    instalments = 5
    receipts = instalments + max(len(draft.source.project.grant.instalments), 1) + 5
    gifts = _put_receipts(draft, sheet, receipts)
    _put_instalments(draft, sheet, instalments, receipts)
    row = _put_gifts(draft, sheet, gifts)
    row = _put_interest(draft, sheet, row)
    row = _put_repayments(draft, sheet, row)
    row = _put_transfers(draft, sheet, row)
    _put_shares(draft, sheet, row, gifts)
    return sheet.build(print_as=choose_page(sheet), freeze=(3, 0), tab="result")


def _put_summed(
    draft: Draft,
    sheet: SheetBuilder,
    row: int,
    fields: Sequence[Field],
    rows: Sequence[Row],
    names: tuple[str, str, str],
) -> int:
    """A table with the total of its amounts; `names`: its section, the field that says `total`, and the figure."""
    section, label, figure = names
    put_section(draft, sheet, row, section)
    key = next(field.key for field in fields if field.column == _AMOUNT)
    amount = sum((value for x in rows if isinstance(value := x[key].value, Decimal)), NOTHING)
    total = {label: Entry(draft.words.say("row.total")), key: Entry(amount, sum_below(row + 1, len(rows), _AMOUNT))}
    draft.note(figure, sheet, row + 2 + max(len(rows), 1), _AMOUNT)
    return put_table(draft, sheet, row + 1, fields, rows, total)


def _put_receipts(draft: Draft, sheet: SheetBuilder, row: int) -> int:
    rows: list[Row] = [
        {
            "instalment": Entry(x.instalment),
            "date": Entry(x.date),
            "amount_received": Entry(x.amount),
            "bank_reference": Entry(x.reference),
        }
        for finance in draft.source.finances
        for x in finance.received
    ]
    return _put_summed(draft, sheet, row, _RECEIPTS, rows, ("receipts", "instalment", "funds:received"))


def _put_instalments(draft: Draft, sheet: SheetBuilder, row: int, receipts: int) -> None:
    """Every instalment; what was received is added up from the receipts below."""
    grant, received = draft.source.project.grant, draft.source.accounts.funds.received
    put_section(draft, sheet, row, "instalments")
    planned, first = list_planned(grant, draft.source.report.end), row + 2
    weights = [name_cell(first + i, 2, fixed=True) for i in range(len(grant.instalments))]
    count = sum(len(finance.received) for finance in draft.source.finances)
    codes, amounts = (name_column_part(x, receipts + 2, receipts + 1 + max(count, 1), fixed=True) for x in (0, _AMOUNT))
    rows: list[Row] = []
    for i, x in enumerate(grant.instalments):
        at = first + i
        asked, when = _find_asked(draft, x.code)
        rows.append(
            {
                "instalment": Entry(x.code),
                "kind": Entry(draft.words.say(f"instalment.{x.kind}")),
                "percent_of_grant": Entry(x.percent / 100),
                "planned": Entry(planned[x.code], split_formula(draft.cells["grant"].rpartition("!")[2], weights, i)),
                "asked": Entry(asked),
                "asked_on": Entry(when),
                "received": Entry(received[x.code], f"=SUMPRODUCT(({codes}={name_cell(at, 0)})*1,{amounts})"),
                "outstanding": Entry(planned[x.code] - received[x.code], f"={name_cell(at, 3)}-{name_cell(at, 6)}"),
            }
        )
        for name, column in (("planned", 3), ("asked", 4), ("received", 6)):
            draft.note(f"instalment:{x.code}:{name}", sheet, at, column)
    put_table(draft, sheet, row + 1, _INSTALMENTS, rows, _add_instalments(draft, row + 1, rows))


def _add_instalments(draft: Draft, header: int, rows: Sequence[Row]) -> Row:
    total: dict[str, Entry] = {"kind": Entry(draft.words.say("row.total"))}
    for field in _INSTALMENTS:
        if field.key in ("percent_of_grant", "planned", "asked", "received", "outstanding"):
            amounts = (value for x in rows if isinstance(value := x[field.key].value, Decimal))
            total[field.key] = Entry(sum(amounts, Decimal(0)), sum_below(header, len(rows), field.column))
    return total


def _find_asked(draft: Draft, code: str) -> tuple[Decimal | None, str]:
    """What was asked for an instalment and when; with this report, where no request is recorded."""
    accounts = draft.source.accounts
    amount, request = list_asked(accounts).get(code), accounts.funds.requested.get(code)
    if amount is None:
        return None, ""
    if request is None or request.amount != amount:
        return amount, draft.words.say("asked.now")
    return amount, format_short_date(request.date, draft.words.language)


def _put_gifts(draft: Draft, sheet: SheetBuilder, row: int) -> int:
    """Own contributions, each with its giver and the bank's reference."""
    rows: list[Row] = [
        {
            "source": Entry(x.source),
            "giver": Entry(x.giver),
            "date": Entry(x.date),
            "amount_received": Entry(x.amount),
            "bank_reference": Entry(x.reference),
        }
        for finance in draft.source.finances
        for x in finance.own_contributions
    ]
    return _put_summed(draft, sheet, row, _GIFTS, rows, ("gifts", "giver", "funds:own"))


def _put_interest(draft: Draft, sheet: SheetBuilder, row: int) -> int:
    label = draft.words.say("income.interest")
    rows: list[Row] = [
        {
            "date": Entry(x.date),
            "reason": Entry(label),
            "amount_received": Entry(x.amount),
            "bank_reference": Entry(x.reference),
        }
        for finance in draft.source.finances
        for x in finance.interest
    ]
    return _put_summed(draft, sheet, row, _DATED, rows, ("interest", "reason", "funds:interest"))


def _put_repayments(draft: Draft, sheet: SheetBuilder, row: int) -> int:
    rows: list[Row] = [
        {
            "date": Entry(x.date),
            "reason": Entry(draft.words.read(x.reason)),
            "amount_returned": Entry(x.amount),
            "bank_reference": Entry(x.reference),
        }
        for finance in draft.source.finances
        for x in finance.returned
    ]
    return _put_summed(draft, sheet, row, _RETURNED, rows, ("returned", "reason", "funds:returned"))


def _put_transfers(draft: Draft, sheet: SheetBuilder, row: int) -> int:
    """What partners were sent, what arrived, and the rate that this makes."""
    transfers = [x for finance in draft.source.finances for x in finance.transfers]
    rows: list[Row] = [
        {
            "partner": Entry(x.partner),
            "partner_name": Entry(draft.partner_names.get(x.partner, x.partner)),
            "date": Entry(x.date),
            "sent": Entry(x.amount),
            "arrived": Entry(x.received),
            "currency": Entry(x.currency),
            "rate_of_transfer": Entry(
                share_of(x.received, x.amount), share_formula(name_cell(at, 4), name_cell(at, _AMOUNT))
            ),
            "bank_reference": Entry(x.reference),
        }
        for at, x in enumerate(transfers, row + 2)
    ]
    return _put_summed(draft, sheet, row, _TRANSFERS, rows, ("transfers", "partner_name", "transfers"))


def _put_shares(draft: Draft, sheet: SheetBuilder, row: int, gifts: int) -> None:
    """Who was to pay how much, and who has paid how much so far."""
    put_section(draft, sheet, row, "shares")
    count = sum(len(finance.own_contributions) for finance in draft.source.finances)
    givers, amounts = (name_column_part(x, gifts + 2, gifts + 1 + max(count, 1), fixed=True) for x in (0, _AMOUNT))
    funds, approved = draft.source.accounts.funds, {x: y.approved for x, y in draft.books.by_source.items()}
    codes = list(dict.fromkeys([*approved, *funds.own]))
    first, last = row + 2, row + 1 + len(codes)
    whole, paid_in = (
        draft.books.grand.approved,
        sum(funds.received.values(), NOTHING) + sum(funds.own.values(), NOTHING),
    )
    rows: list[Row] = []
    for at, code in enumerate(codes, first):
        paid = funds.own.get(code, NOTHING)
        formula = f"=SUMPRODUCT(({givers}={name_cell(at, 0)})*1,{amounts})"
        if code == draft.source.donor_source:
            paid += sum(funds.received.values(), NOTHING)
            formula += "+" + draft.cells["funds:received"].rpartition("!")[2]
        planned = approved.get(code, NOTHING)
        own = f"={draft.cells[f'source:{code}:approved']}" if code in approved else None
        rows.append(
            {
                "source": Entry(code),
                "source_name": Entry(draft.source_names.get(code, code)),
                "share_planned": Entry(
                    share_of(planned, whole), share_formula(name_cell(at, 3), name_cell(last + 1, 3, fixed=True))
                ),
                "approved": Entry(planned, own),
                "paid_in": Entry(paid, formula),
                "share_paid_in": Entry(
                    share_of(paid, paid_in), share_formula(name_cell(at, 4), name_cell(last + 1, 4, fixed=True))
                ),
            }
        )
    total: Row = {
        "source_name": Entry(draft.words.say("row.total")),
        "approved": Entry(whole, sum_below(row + 1, len(rows), 3)),
        "paid_in": Entry(paid_in, sum_below(row + 1, len(rows), 4)),
    }
    put_table(draft, sheet, row + 1, _SHARES, rows, total)
