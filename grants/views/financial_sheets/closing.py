"""Sheet Closing: costs that the donor does not accept, contracts that were awarded, and durable things bought."""

from __future__ import annotations

from decimal import Decimal

from grants.model.records import Progress
from grants.views.financial_sheets.draft import NOTHING, Draft
from grants.views.financial_sheets.tables import Field, Row, choose_page, put_section, put_table, sum_below
from grants.views.sheet_builder import Entry, SheetBuilder
from grants.views.workbook import SheetView

_REFUSED = (
    Field("voucher", 0),
    Field("partner", 1, "centre"),
    Field("line", 2, "centre"),
    Field("payee", 3),
    Field("amount", 4, "money"),
    Field("reason", 5),
)
_CONTRACTS = (
    Field("date", 0, "date"),
    Field("supplier", 1, "text", 2),
    Field("subject", 3),
    Field("value", 4, "money"),
    Field("procedure", 5),
)
_ASSETS = (
    Field("acquired", 0, "date"),
    Field("line", 1, "centre"),
    Field("quantity", 2, "number"),
    Field("asset", 3),
    Field("value", 4, "money"),
    Field("after", 5),
)
_AMOUNT = 4


def has_closing(draft: Draft) -> bool:
    """Whether the report has this sheet: a final one always, others where a cost was refused."""
    return draft.is_final or any(not posting.accepted for posting in draft.books.postings)


def view_closing(draft: Draft) -> SheetView:
    """The sheet."""
    key = "closing" if draft.is_final else "refused"
    sheet = draft.start(key, [14.0, 10.0, 24.0, 46.0, draft.money_width, 52.0])
    row = _put_refused(draft, sheet, 4)
    if draft.is_final:
        told = draft.source.progress
        row = _put_contracts(draft, sheet, row, told)
        _put_assets(draft, sheet, row, told)
    return sheet.build(print_as=choose_page(sheet), freeze=(3, 0), tab="result")


def _put(draft: Draft, sheet: SheetBuilder, row: int, key: str, fields: tuple[Field, ...], rows: list[Row]) -> int:
    put_section(draft, sheet, row, key)
    amount, label = (next(x.key for x in fields if x.column == column) for column in (_AMOUNT, _AMOUNT - 1))
    whole = sum((value for x in rows if isinstance(value := x[amount].value, Decimal)), NOTHING)
    total: Row = {
        label: Entry(draft.words.say("row.total")),
        amount: Entry(whole, sum_below(row + 1, len(rows), _AMOUNT)),
    }
    return put_table(draft, sheet, row + 1, fields, rows, total)


def _put_refused(draft: Draft, sheet: SheetBuilder, row: int) -> int:
    """Each with the reason that finance staff noted."""
    rows: list[Row] = [
        {
            "voucher": Entry(cost.voucher),
            "partner": Entry(cost.partner),
            "line": Entry(cost.line),
            "payee": Entry(cost.payee),
            "amount": Entry(posting.amount),
            "reason": Entry(draft.words.read(posting.reason) if posting.reason else ""),
        }
        for posting in draft.books.postings
        if not posting.accepted and (cost := posting.expenditure)
    ]
    return _put(draft, sheet, row, "refused", _REFUSED, rows)


def _put_contracts(draft: Draft, sheet: SheetBuilder, row: int, told: list[Progress]) -> int:
    rows: list[Row] = [
        {
            "date": Entry(x.date),
            "supplier": Entry(x.supplier),
            "subject": Entry(draft.words.read(x.subject)),
            "value": Entry(x.amount),
            "procedure": Entry(draft.words.read(x.procedure)),
        }
        for progress in told
        for x in progress.contracts
    ]
    return _put(draft, sheet, row, "contracts", _CONTRACTS, rows)


def _put_assets(draft: Draft, sheet: SheetBuilder, row: int, told: list[Progress]) -> None:
    rows: list[Row] = [
        {
            "acquired": Entry(x.acquired),
            "line": Entry(x.line),
            "quantity": Entry(x.quantity),
            "asset": Entry(draft.words.read(x.description)),
            "value": Entry(x.value),
            "after": Entry(draft.words.read(x.after)),
        }
        for progress in told
        for x in progress.assets
    ]
    _put(draft, sheet, row, "assets", _ASSETS, rows)
