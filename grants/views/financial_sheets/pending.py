"""Sheet Pending payments: what is owed at the end of the last period, each debt once.

First the costs of the list that are not paid, converted as they are there; then what is in no list yet. Those above the
donor's limit stand one by one, the rest as a sum. Below, both are added up and compared with the list.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from grants.ledger.balances import Posting
from grants.ledger.pending import Owed
from grants.model.records import PendingPayment
from grants.views.addresses import name_cell, name_column_part
from grants.views.figures import format_amount
from grants.views.financial_sheets.draft import NOTHING, Draft
from grants.views.financial_sheets.owed import find_owed
from grants.views.financial_sheets.tables import Field, Row, put_section, put_table, put_verdict
from grants.views.formulas import equal
from grants.views.sheet_builder import Entry, SheetBuilder
from grants.views.workbook import Area, Emphasis, Print, Role, SheetView

_FIELDS = (
    Field("voucher", 0),
    Field("supplier", 1),
    Field("purpose", 2),
    Field("line", 3, "centre"),
    Field("amount_booked", 4, "money"),
    Field("currency", 5, "centre"),
    Field("amount_converted", 6, "money"),
    Field("due", 7, "date"),
    Field("document", 8),
    Field("note", 9),
)
_BOOKED, _CONVERTED, _LAST = 4, 6, 9
_FIRST = 5


class _Debt(NamedTuple):
    """What is owed, as a row; the amount in the budget's currency is None where there is no rate."""

    row: Row
    amount: Decimal | None


def view_pending(draft: Draft) -> SheetView:
    """The sheet."""
    money = draft.money_width
    sheet = draft.start("pending", [12.0, 26.0, 38.0, 8.5, money, 10.0, money, 12.0, 16.0, 24.0])
    limit = draft.source.limits.pending_over
    if limit is not None:
        note = draft.words.say(
            "pending.limit", limit=format_amount(limit, draft.words.language), currency=draft.currency
        )
        sheet.span(Area(3, 0, 3, _LAST), note, "fact")
    owed = find_owed(draft)
    row = _put_debts(draft, sheet, _FIRST, "unpaid_costs", _list_costs(draft, owed, limit))
    row = _put_debts(draft, sheet, row, "pending_others", _list_others(draft, owed, limit, row + 2))
    _put_totals(draft, sheet, row)
    return sheet.build(print_as=Print(), freeze=(3, 0), tab="result")


def _list_costs(draft: Draft, owed: Owed, limit: Decimal | None) -> list[_Debt]:
    """The unpaid costs: every amount is the cell of the list of expenditure."""
    places = {(x.period, x.row): place for place, x in enumerate(draft.books.postings)}
    debts, rest = [], []
    for posting, entry in owed.costs:
        cell = draft.postings[places[posting.period, posting.row]]
        if limit is None or posting.amount > limit:
            debts.append(_Debt(_describe_cost(posting, entry, cell), posting.amount))
        else:
            rest.append((posting.amount, cell))
    return [*debts, *_sum_rest(draft, rest)]


def _list_others(draft: Draft, owed: Owed, limit: Decimal | None, row: int) -> list[_Debt]:
    """What is in no list yet, converted by the rate of the end of the period; the first stands in `row`."""
    debts: list[_Debt] = []
    rest: list[tuple[Decimal, str]] = []
    for pending in owed.others:
        amount, formula = _convert(draft, pending, name_cell(row + len(debts), _BOOKED))
        if amount is not None and limit is not None and amount <= limit:
            rest.append((amount, f"{amount:f}"))
        else:
            debts.append(_Debt(_describe_pending(pending, amount, formula), amount))
    return [*debts, *_sum_rest(draft, rest)]


def _sum_rest(draft: Draft, rest: Sequence[tuple[Decimal, str]]) -> list[_Debt]:
    if not rest:
        return []
    whole = sum((amount for amount, _ in rest), NOTHING)
    label = draft.words.say("pending.rest", count=str(len(rest)))
    formula = f"={'+'.join(cell for _, cell in rest)}" if len(rest) < _MOST_CELLS else None
    return [_Debt({"purpose": Entry(label), "amount_converted": Entry(whole, formula)}, whole)]


_MOST_CELLS = 200
"""Of a formula that is still read; Excel takes 8,192 characters."""


def _convert(draft: Draft, pending: PendingPayment, cell: str) -> tuple[Decimal | None, str]:
    if draft.last_period is None:
        return None, ""
    return draft.convert(pending.amount, pending.currency, draft.last_period.end, cell)


def _describe_cost(posting: Posting, entry: PendingPayment | None, cell: str) -> Row:
    cost = posting.expenditure
    return {
        "voucher": Entry(cost.voucher),
        "supplier": Entry(cost.payee),
        "purpose": Entry(cost.description),
        "line": Entry(cost.line),
        "amount_booked": Entry(cost.amount),
        "currency": Entry(cost.currency),
        "amount_converted": Entry(posting.amount, f"={cell}"),
        "due": Entry(entry.due if entry else None),
        "document": Entry(cost.document),
        "note": Entry(entry.note if entry and entry.note else cost.note),
    }


def _describe_pending(pending: PendingPayment, amount: Decimal | None, formula: str) -> Row:
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


def _put_debts(draft: Draft, sheet: SheetBuilder, row: int, key: str, debts: Sequence[_Debt]) -> int:
    """A table with its total, which `key` names. Gives the row after it."""
    put_section(draft, sheet, row, key)
    header, count = row + 1, max(len(debts), 1)
    whole = sum((x.amount or NOTHING for x in debts), NOTHING)
    cells = name_column_part(_CONVERTED, header + 1, header + count)
    total: Row = {
        "purpose": Entry(draft.words.say("row.total")),
        "amount_converted": Entry(whole, f"=SUM({cells})"),
    }
    missing = f'=AND({name_cell(header + 1, _BOOKED)}<>"",{name_cell(header + 1, _CONVERTED)}="")'
    sheet.emphases.append(Emphasis(Area(header + 1, _CONVERTED, header + count, _CONVERTED), missing, "wrong"))
    after = put_table(draft, sheet, header, _FIELDS, [x.row for x in debts], total)
    draft.note(key, sheet, header + count + 1, _CONVERTED)
    draft.amounts[key] = whole
    return after


def _put_totals(draft: Draft, sheet: SheetBuilder, row: int) -> None:
    """Everything that is owed; and what the list of expenditure says of its part of it."""
    put_section(draft, sheet, row, "unpaid")
    funds, period = draft.source.accounts.funds, draft.last_period
    paid, amounts = draft.columns["date_paid"], draft.columns["amount"]
    end = f"DATE({period.end.year},{period.end.month},{period.end.day})" if period else "0"
    listed, settled, unpaid, others = (name_cell(row + 1 + place, _CONVERTED) for place in range(4))
    whole = draft.amounts["pending_others"]
    lines: tuple[tuple[str, str, Decimal, str, Role], ...] = (
        (
            "listed",
            "listed_again",
            sum((x.amount for x in draft.books.postings), NOTHING),
            draft.cells["listed"],
            "plain",
        ),
        (
            "settled",
            "settled",
            funds.paid - draft.books.indirect.cumulative,
            f'SUMPRODUCT(({paid}<>"")*({paid}<={end}),{amounts})',
            "plain",
        ),
        ("unpaid", "funds:unpaid", funds.unpaid, f"{listed}-{settled}", "subtotal"),
        ("pending_others", "pending_again", whole, draft.cells["pending_others"].rpartition("!")[2], "plain"),
        ("owed", "owed", funds.unpaid + whole, f"{unpaid}+{others}", "total"),
    )
    for at, (label, name, value, formula, role) in enumerate(lines, row + 1):
        look: Role = "field" if role == "plain" else role
        sheet.span(Area(at, 0, at, _CONVERTED - 1), draft.words.say(f"figure.{label}"), look)
        sheet.put(at, _CONVERTED, value, role, "money", f"={formula}")
        draft.note(name, sheet, at, _CONVERTED)
    last = row + 1 + len(lines)
    sheet.span(Area(last, 0, last, _CONVERTED - 1), draft.words.say("check.unpaid"), "quiet")
    same = equal(unpaid, draft.cells["unpaid_costs"].rpartition("!")[2])
    put_verdict(draft, sheet, (last, _CONVERTED), draft.amounts["unpaid_costs"] == funds.unpaid, same)
    draft.note("check:unpaid", sheet, last, _CONVERTED)
