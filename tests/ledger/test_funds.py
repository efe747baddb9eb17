"""The reconciliation: what came in is paid, given back, or still there."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from grants.ledger.accounts import draw_up_accounts
from grants.ledger.balances import Funds
from grants.ledger.books import keep_books
from grants.ledger.figures import list_report_figures
from grants.ledger.funds import add_up_funds
from grants.model.limits import Limits
from grants.model.records import AccountBalance, ExchangeDifference, Finance, Interest, OwnContribution, Repayment
from tests.ledger.cases import DAY, FINAL, INTERIM, TEXT, cost, make_project, make_records, rates_of, received

PROJECT = make_project()
CENTS = st.decimals(0, 10**6, places=2)


def bank(amount: str | Decimal, currency: str = "EUR") -> AccountBalance:
    return AccountBalance(account="bank", date=DAY(2008, 6, 30), amount=Decimal(amount), currency=currency)


def funds_of(records, report=INTERIM) -> Funds:
    return add_up_funds(PROJECT, records, keep_books(PROJECT, records, report))


def test_everything_is_counted_once() -> None:
    given: dict[str, Any] = {
        **dict(received(D1="1000")),
        "own_contributions": (OwnContribution(source="KLI", giver="G", date=DAY(2008, 2, 1), amount=Decimal(300)),),
        "interest": (Interest(date=DAY(2008, 6, 30), amount=Decimal("1.50")),),
        "returned": (Repayment(date=DAY(2008, 6, 1), amount=Decimal(20), reason=TEXT),),
        "balances": (bank("700"), bank("8010", "RSD")),
        "exchange_difference": ExchangeDifference(amount=Decimal("-0.50"), reason=TEXT),
    }
    rates = rates_of(*["80.10"] * 6)
    costs = [cost("400"), cost("50", date_paid=None), cost("70", date_paid=DAY(2008, 7, 1))]
    funds = funds_of(make_records(costs, finances=(Finance(**given), Finance()), rates=rates))
    assert (funds.income, funds.received["D1"], funds.received["D2"], funds.own) == (
        Decimal("1301.50"),
        1000,
        0,
        {"KLI": 300, "AST": 0},
    )
    assert (funds.paid, funds.unpaid) == (400 + Decimal("36.40"), 120)  # 7 % of 520 are indirect costs
    assert (funds.balance, funds.returned) == (800, 20)
    assert funds.difference == Decimal("1301.50") - Decimal("0.50") - Decimal("436.40") - 20 - 800


def test_a_later_report_counts_what_was_paid_since_and_the_last_balance_only() -> None:
    costs = [cost("70", date_paid=DAY(2008, 7, 1))]
    finances = (Finance(**{**dict(received(D1="100")), "balances": (bank("100"),)}), Finance(balances=(bank("25.10"),)))
    funds = funds_of(make_records(costs, finances=finances), FINAL)
    assert (funds.paid, funds.unpaid, funds.balance, funds.difference) == (Decimal("74.90"), 0, Decimal("25.10"), 0)


def test_an_account_without_a_rate_is_named_and_not_counted() -> None:
    finance = Finance(balances=(bank("5"), bank("1000", "RSD")))
    funds = funds_of(make_records([], finances=(finance, Finance()), rates=rates_of("80")))
    assert funds.balance == 5
    assert [balance.currency for balance in funds.unconverted] == ["RSD"]


@given(CENTS, CENTS, CENTS)
def test_accounts_agree_to_the_cent(spent: Decimal, left: Decimal, lost: Decimal) -> None:
    flat = keep_books(PROJECT, make_records([cost(spent)]), INTERIM).indirect.cumulative
    for stray in (Decimal("0.00"), Decimal("0.01")):
        finance = Finance(
            **{
                **dict(received(D1=str(spent + flat + left + lost + stray))),
                "balances": (bank(left),),
                "exchange_difference": ExchangeDifference(amount=-lost, reason=TEXT),
            }
        )
        assert funds_of(make_records([cost(spent)], finances=(finance, Finance()))).difference == stray


def test_the_figures_of_a_report_have_names_and_add_up() -> None:
    records = make_records([cost("1000"), cost("10", "1.1.1", partner="AST")], [cost("5")])
    figures = list_report_figures(draw_up_accounts(PROJECT, records, FINAL, Limits()))
    assert figures["approved"] == Decimal("143487.00")
    assert figures["heading:4:prior"] == figures["line:4.2:prior"] == 1000
    assert figures["line:4.2:unspent"] == Decimal("9795.00")
    assert figures["partner:AST:cumulative"] == 10
    assert (figures["next_payment:planned"], figures["next_payment"]) == (Decimal("10761.52"), Decimal("814.54"))
    assert figures["funds:paid"] == figures["cumulative"] == 1015 + Decimal("71.05")
    for which in ("approved", "prior", "current", "cumulative", "unspent"):
        parts = sum(v for name, v in figures.items() if name.startswith("heading:") and name.endswith(f":{which}"))
        assert parts == figures[f"direct:{which}"]
        parts += figures[f"indirect:{which}"] + figures.get(f"contingency:{which}", 0)
        assert parts == figures[which]
