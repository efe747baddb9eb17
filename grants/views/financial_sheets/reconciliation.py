"""Sheet Reconciliation: what came in is what was paid, given back, and still there; to the cent."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from grants.ledger.balances import Funds, UsedRate
from grants.views.addresses import name_cell, name_column_part
from grants.views.financial_sheets.draft import NOTHING, Draft
from grants.views.financial_sheets.rates import to_decimal
from grants.views.financial_sheets.tables import Field, Row, choose_page, put_section, put_table, put_verdict
from grants.views.formulas import equal, quote
from grants.views.sheet_builder import Entry, SheetBuilder
from grants.views.workbook import Area, Emphasis, Role, SheetView

_AMOUNT = 4
_ACCOUNTS = (
    Field("account", 0),
    Field("date", 1, "date"),
    Field("amount_booked", 2, "money"),
    Field("currency", 3, "centre"),
    Field("amount_converted", _AMOUNT, "money"),
    Field("rate_of_cost", 5, "exchange"),
)
_LINES: tuple[tuple[str, Role], ...] = (
    ("received", "plain"),
    ("own", "plain"),
    ("interest", "plain"),
    ("income", "subtotal"),
    ("advanced", "plain"),
    ("exchange", "plain"),
    ("available", "subtotal"),
    ("paid_direct", "plain"),
    ("paid_indirect", "plain"),
    ("paid", "subtotal"),
    ("returned", "plain"),
    ("balance", "plain"),
    ("used", "subtotal"),
    ("difference", "total"),
)
_FIRST = 5


def view_reconciliation(draft: Draft) -> SheetView:
    """The sheet: the reconciliation, then the accounts that its balance is made of."""
    money = draft.money_width
    sheet = draft.start("reconciliation", [40.0, 13.0, money, 11.0, money, 16.0])
    put_section(draft, sheet, _FIRST - 1, "reconciliation")
    accounts = _FIRST + len(_LINES) + 4
    _put_lines(draft, sheet, _put_accounts(draft, sheet, accounts))
    fine = draft.source.accounts.funds.difference == 0
    at = _FIRST + len(_LINES)
    sheet.span(Area(at, 0, at, _AMOUNT - 1), draft.words.say("check.reconciled"), "quiet")
    difference = equal(name_cell(at - 1, _AMOUNT), "0")
    put_verdict(draft, sheet, (at, _AMOUNT), fine, difference)
    draft.note("check:reconciled", sheet, at, _AMOUNT)
    wrong = f"={name_cell(at, _AMOUNT, fixed=True)}<>{quote(draft.words.say('check.ok'))}"
    sheet.emphases.append(Emphasis(Area(at - 1, 0, at - 1, _AMOUNT), wrong, "wrong"))
    return sheet.build(print_as=choose_page(sheet), freeze=(3, 0), tab="result")


def _put_lines(draft: Draft, sheet: SheetBuilder, accounts: str) -> None:
    """The reconciliation. `accounts` are the cells with what each account holds in the budget's currency."""
    funds, cells = draft.source.accounts.funds, draft.cells
    at = {key: name_cell(row, _AMOUNT) for row, (key, _) in enumerate(_LINES, _FIRST)}
    formulas: Mapping[str, str | None] = {
        "received": f"={cells['funds:received']}",
        "own": f"={cells['funds:own']}",
        "interest": f"={cells['funds:interest']}",
        "income": f"=SUM({at['received']}:{at['interest']})",
        "advanced": f"=-SUMPRODUCT(({accounts}<0)*1,{accounts})",
        "exchange": None,
        "available": f"=SUM({at['income']}:{at['exchange']})",
        "paid_direct": f"={cells['settled']}",
        "paid_indirect": f"={cells['indirect:cumulative']}",
        "paid": f"={at['paid_direct']}+{at['paid_indirect']}",
        "returned": f"={cells['funds:returned']}",
        "balance": f"=SUMPRODUCT(({accounts}>0)*1,{accounts})",
        "used": f"={at['paid']}+{at['returned']}+{at['balance']}",
        "difference": f"={at['available']}-{at['used']}",
    }
    values = _list_values(draft, funds)
    for row, (key, role) in enumerate(_LINES, _FIRST):
        sheet.span(Area(row, 0, row, _AMOUNT - 1), draft.words.say(f"funds.{key}"), role)
        sheet.put(row, _AMOUNT, values[key], role, "money", formulas[key])
        if key in ("income", "advanced", "exchange", "paid", "balance", "difference"):
            draft.note(f"funds:{key}", sheet, row, _AMOUNT)
    if exchange := draft.last_finance.exchange_difference:
        row = _FIRST + len(_LINES) + 1
        reason = draft.words.say("funds.exchange_reason", reason=draft.words.read(exchange.reason))
        sheet.span(Area(row, 0, row, sheet.last_column), reason, "quiet")


def _list_values(draft: Draft, funds: Funds) -> dict[str, Decimal]:
    indirect = draft.books.indirect.cumulative
    return {
        "received": sum(funds.received.values(), NOTHING),
        "own": sum(funds.own.values(), NOTHING),
        "interest": funds.interest,
        "income": funds.income,
        "advanced": funds.advanced,
        "exchange": funds.exchange_difference,
        "available": funds.income + funds.advanced + funds.exchange_difference,
        "paid_direct": funds.paid - indirect,
        "paid_indirect": indirect,
        "paid": funds.paid,
        "returned": funds.returned,
        "balance": funds.balance,
        "used": funds.paid + funds.returned + funds.balance,
        "difference": funds.difference,
    }


def _put_accounts(draft: Draft, sheet: SheetBuilder, row: int) -> str:
    """What each statement and the cash book showed at the end, and what that is in the budget's currency.

    Gives the cells with the latter.
    """
    funds = draft.source.accounts.funds
    put_section(draft, sheet, row, "accounts")
    rows: list[Row] = []
    for at, balance in enumerate(draft.last_finance.balances, row + 2):
        amount, formula = draft.convert(balance.amount, balance.currency, balance.date, name_cell(at, 2))
        rate, units, cell = draft.find_rate(balance.currency, balance.date), None, None
        if isinstance(rate, UsedRate) and draft.last_period:
            units, cell = to_decimal(rate.units), f"={draft.rates[draft.last_period.code, rate]}"
        rows.append(
            {
                "account": Entry(balance.account),
                "date": Entry(balance.date),
                "amount_booked": Entry(balance.amount),
                "currency": Entry(balance.currency),
                "amount_converted": Entry(amount, formula or None),
                "rate_of_cost": Entry(units, cell),
            }
        )
    cells = name_column_part(_AMOUNT, row + 2, row + 1 + max(len(rows), 1))
    total: Row = {
        "account": Entry(draft.words.say("row.accounts" if funds.advanced else "row.total")),
        "amount_converted": Entry(funds.balance - funds.advanced, f"=SUM({cells})"),
    }
    put_table(draft, sheet, row + 1, _ACCOUNTS, rows, total)
    return cells
