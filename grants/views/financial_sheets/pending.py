"""Sheet Pending payments: costs that are not paid yet; those above the donor's limit one by one, the rest as a sum."""

from __future__ import annotations

from decimal import Decimal

from grants.model.records import PendingPayment
from grants.views.addresses import name_cell, name_column_part
from grants.views.figures import format_amount
from grants.views.financial_sheets.draft import NOTHING, Draft
from grants.views.financial_sheets.tables import Field, Row, put_section, put_table
from grants.views.sheet_builder import Entry, SheetBuilder
from grants.views.workbook import Area, Emphasis, Print, SheetView

_FIELDS = (
    Field("supplier", 0),
    Field("purpose", 1),
    Field("line", 2, "centre"),
    Field("amount_booked", 3, "money"),
    Field("currency", 4, "centre"),
    Field("amount_converted", 5, "money"),
    Field("due", 6, "date"),
    Field("document", 7),
    Field("note", 8),
)
_BOOKED, _CONVERTED = 3, 5


def view_pending(draft: Draft) -> SheetView:
    """The sheet, as finance staff listed them at the end of the last period."""
    money = draft.money_width
    sheet = draft.start("pending", [28.0, 42.0, 8.5, money, 10.0, money, 12.0, 18.0, 28.0])
    limit = draft.source.limits.pending_over
    if limit is not None:
        note = draft.words.say(
            "pending.limit", limit=format_amount(limit, draft.words.language), currency=draft.currency
        )
        sheet.span(Area(3, 0, 3, 8), note, "fact")
    row = _put_list(draft, sheet, 5, limit)
    _put_unpaid(draft, sheet, row)
    return sheet.build(print_as=Print(), freeze=(3, 0), tab="result")


def _put_list(draft: Draft, sheet: SheetBuilder, row: int, limit: Decimal | None) -> int:
    put_section(draft, sheet, row, "pending")
    header, whole = row + 1, NOTHING
    rows: list[Row] = []
    rest: list[Decimal] = []
    for pending in draft.last_finance.pending:
        at = header + 1 + len(rows)
        amount, formula = _convert(draft, pending, name_cell(at, _BOOKED))
        if amount is not None and limit is not None and amount <= limit:
            rest.append(amount)
            continue
        whole += amount or NOTHING
        rows.append(_entries(draft, pending, amount, formula))
    if rest:
        label = draft.words.say("pending.rest", count=str(len(rest)))
        whole += sum(rest)
        rows.append({"purpose": Entry(label), "amount_converted": Entry(sum(rest, NOTHING))})
    cells = name_column_part(_CONVERTED, header + 1, header + max(len(rows), 1))
    total: Row = {
        "purpose": Entry(draft.words.say("row.total")),
        "amount_converted": Entry(whole, f"=SUM({cells})"),
    }
    missing = f'=AND({name_cell(header + 1, _BOOKED)}<>"",{name_cell(header + 1, _CONVERTED)}="")'
    area = Area(header + 1, _CONVERTED, header + max(len(rows), 1), _CONVERTED)
    sheet.emphases.append(Emphasis(area, missing, "wrong"))
    return put_table(draft, sheet, header, _FIELDS, rows, total)


def _convert(draft: Draft, pending: PendingPayment, cell: str) -> tuple[Decimal | None, str]:
    if draft.last_period is None:
        return None, ""
    return draft.convert(pending.amount, pending.currency, draft.last_period.end, cell)


def _entries(draft: Draft, pending: PendingPayment, amount: Decimal | None, formula: str) -> Row:
    return {
        "supplier": Entry(pending.supplier),
        "purpose": Entry(pending.purpose),
        "line": Entry(pending.line),
        "amount_booked": Entry(pending.amount),
        "currency": Entry(pending.currency),
        "amount_converted": Entry(amount, formula or None),
        "due": Entry(pending.due),
        "document": Entry(pending.document),
        "note": Entry(pending.note),
    }


def _put_unpaid(draft: Draft, sheet: SheetBuilder, row: int) -> None:
    """What the list of expenditure says of the same: costs without a payment by the end of the last period."""
    put_section(draft, sheet, row, "unpaid")
    funds, period = draft.source.accounts.funds, draft.last_period
    paid, amounts = draft.columns["date_paid"], draft.columns["amount"]
    end = f"DATE({period.end.year},{period.end.month},{period.end.day})" if period else "0"
    settled = f'SUMPRODUCT(({paid}<>"")*({paid}<={end}),{amounts})'
    lines = (
        (
            "figure.listed",
            "listed_again",
            sum((x.amount for x in draft.books.postings), NOTHING),
            draft.cells["listed"],
        ),
        ("figure.settled", "settled", funds.paid - draft.books.indirect.cumulative, settled),
    )
    for at, (label, name, value, formula) in enumerate(lines, row + 1):
        sheet.span(Area(at, 0, at, _CONVERTED - 1), draft.words.say(label), "field")
        sheet.put(at, _CONVERTED, value, "plain", "money", f"={formula}")
        draft.note(name, sheet, at, _CONVERTED)
    last = row + 3
    sheet.span(Area(last, 0, last, _CONVERTED - 1), draft.words.say("figure.unpaid"), "subtotal")
    difference = f"={name_cell(row + 1, _CONVERTED)}-{name_cell(row + 2, _CONVERTED)}"
    sheet.put(last, _CONVERTED, funds.unpaid, "subtotal", "money", difference)
    draft.note("funds:unpaid", sheet, last, _CONVERTED)
