"""The figures of a budget by name, so that every document made from it can be compared with the ledger."""

from __future__ import annotations

from decimal import Decimal

from grants.ledger.accounts import Accounts
from grants.ledger.balances import Balance, Books, Funds
from grants.ledger.totals import Totals
from grants.model.logframe import Logframe
from grants.model.money import round_to_cent


def list_figures(totals: Totals) -> dict[str, Decimal]:
    """Name -> amount: grand_total, grant, heading:1, line:1.1.1, source:<code>, quarter:2008-Q1, instalment:<code>."""
    figures = {
        "grand_total": totals.grand.total,
        "grant": totals.grant,
        "own_contribution": totals.own_contribution,
        "direct": totals.direct.total,
        "indirect": totals.indirect.total,
        "contingency": totals.contingency.total,
        "in_kind": totals.in_kind,
    }
    figures |= {f"heading:{part.heading.code}": part.total for part in totals.headings}
    figures |= {f"line:{part.line.code}": part.total for part in totals.lines}
    figures |= {f"source:{code}": amount for code, amount in totals.grand.by_source.items()}
    figures |= {f"quarter:{quarter}": amount for quarter, amount in totals.grand.by_quarter.items()}
    return figures | {f"instalment:{part.instalment.code}": part.amount for part in totals.instalments}


def list_indicator_figures(logframe: Logframe) -> dict[str, Decimal]:
    """Name -> value, to two decimals: baseline:Op1.1-1, target:Op1.1-1, target:Op1.1-1:women."""
    figures: dict[str, Decimal] = {}
    for indicator in logframe.indicators:
        values = {
            f"baseline:{indicator.code}": indicator.baseline.value if indicator.baseline else None,
            f"target:{indicator.code}": indicator.target.value if indicator.target else None,
        }
        if indicator.persons:
            values |= {f"target:{indicator.code}:women": indicator.women, f"target:{indicator.code}:men": indicator.men}
        figures |= {name: round_to_cent(value) for name, value in values.items() if value is not None}
    return figures


def list_report_figures(accounts: Accounts) -> dict[str, Decimal]:
    """Name -> amount, to the cent: approved, current, heading:1:unspent, source:HA:cumulative, funds:balance.

    The names of a balance are approved, prior, current, cumulative and unspent; alone they are those of the whole.
    """
    payment = accounts.next_payment
    figures = {"ineligible": accounts.books.ineligible}
    figures |= {"next_payment": payment.amount, "next_payment:planned": payment.planned}
    figures |= {f"instalment:{code}:received": amount for code, amount in accounts.funds.received.items()}
    figures |= {f"instalment:{code}:asked": amount for code, amount in list_asked(accounts).items()}
    figures |= list_book_figures(accounts.books)
    return figures | {f"funds:{name}": amount for name, amount in _list_funds(accounts.funds).items()}


def list_asked(accounts: Accounts) -> dict[str, Decimal]:
    """Instalment -> what was asked for it: before, as it is recorded; with this report, what may be asked for."""
    payment = accounts.next_payment
    asked = {code: request.amount for code, request in accounts.funds.requested.items()}
    asked |= {payment.instalment: payment.amount} if payment.instalment else {}
    return {code: asked[code] for code in accounts.funds.received if asked.get(code)}


def list_book_figures(books: Books) -> dict[str, Decimal]:
    """Those of the figures of a report that are balances."""
    balances = _name_balances(books).items()
    return {f"{name}{which}": amount for name, x in balances for which, amount in _list_amounts(x).items()}


def _name_balances(books: Books) -> dict[str, Balance]:
    balances: dict[str, Balance] = {
        "": books.grand,
        "direct:": books.direct,
        "indirect:": books.indirect,
    }
    balances |= {"contingency:": books.contingency} if books.has_contingency else {}
    balances |= {f"heading:{x.heading.code}:": x for x in books.headings}
    balances |= {f"line:{x.line.code}:": x for x in books.lines}
    balances |= {f"source:{code}:": balance for code, balance in books.by_source.items()}
    return balances | {f"partner:{code}:": balance for code, balance in books.by_partner.items()}


def _list_amounts(balance: Balance) -> dict[str, Decimal]:
    return {
        "approved": balance.approved,
        "prior": balance.prior,
        "current": balance.current,
        "cumulative": balance.cumulative,
        "unspent": balance.unspent,
    }


def _list_funds(funds: Funds) -> dict[str, Decimal]:
    nothing = Decimal("0.00")
    return {
        "received": sum(funds.received.values(), nothing),
        "own": sum(funds.own.values(), nothing),
        "interest": funds.interest,
        "paid": funds.paid,
        "unpaid": funds.unpaid,
        "returned": funds.returned,
        "balance": funds.balance,
        "advanced": funds.advanced,
        "exchange": funds.exchange_difference,
        "income": funds.income,
        "difference": funds.difference,
    }


def share_of(part: Decimal, whole: Decimal) -> Decimal:
    """A part as a fraction of the whole, 0.75 for three quarters, unrounded; 0 of nothing."""
    return part / whole if whole else Decimal(0)
