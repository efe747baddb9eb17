"""The books of a report: every breakdown adds up, in any order, to the cent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.ledger.balances import Balance
from grants.ledger.books import find_scope, keep_books
from grants.model.budget import BudgetLine
from grants.model.records import Expenditure, Finance, Ineligible, Records, SignedBudget
from tests.ledger.cases import DAY, FINAL, H1, H2, INTERIM, TEXT, cost, make_project, make_records, rates_of

PROJECT = make_project()
LINES = [line.code for line in PROJECT.budget.lines]
SOURCES = [source.code for source in PROJECT.budget.sources if not source.in_kind]
RATES = rates_of(*["79.50", "82.10", "80.60"] * 4)
NOTHING = Decimal("0.00")


@st.composite
def costs(draw: st.DrawFn) -> Expenditure:
    return cost(
        draw(st.decimals(-10_000, 10_000, places=2)),
        draw(st.sampled_from(LINES)),
        voucher=draw(st.sampled_from("abcdef")),
        date=DAY(2008, draw(st.integers(1, 12)), 5),
        partner=draw(st.sampled_from(["KLI", "AST"])),
        source=draw(st.none() | st.sampled_from(SOURCES)),
        currency=draw(st.sampled_from(["EUR", "RSD"])),
        date_paid=draw(st.none() | st.just(DAY(2008, 5, 5))),
    )


def amounts(balance: Balance) -> tuple[Decimal, Decimal, Decimal]:
    return balance.approved, balance.prior, balance.current


def total(balances: Mapping[str, Balance]) -> tuple[Decimal, ...]:
    return tuple(sum(column, NOTHING) for column in zip(*map(amounts, balances.values()), strict=True))


def test_an_interim_report_covers_its_period_and_the_final_one_adds_the_rest() -> None:
    assert [(x.prior, x.current) for x in (find_scope(PROJECT.grant, INTERIM), find_scope(PROJECT.grant, FINAL))] == [
        ((), (H1,)),
        ((H1,), (H2,)),
    ]


def test_the_budget_that_was_signed_is_what_is_approved() -> None:
    books = keep_books(PROJECT, make_records([cost("1000"), cost("500", "1.1.1")], [cost("250")]), FINAL)
    assert amounts(books.direct) == (Decimal("134100.00"), Decimal("1500.00"), Decimal("250.00"))
    assert amounts(books.indirect) == (Decimal("9387.00"), Decimal("105.00"), Decimal("17.50"))
    assert amounts(books.grand) == (Decimal("143487.00"), Decimal("1605.00"), Decimal("267.50"))
    assert amounts(books.by_source["HA"]) == (Decimal("107615.25"), Decimal("1203.75"), Decimal("200.63"))
    assert books.grand.unspent == Decimal("141614.50")
    assert (books.by_month["2008-03"], books.by_month["2008-02"]) == (1750, 0)


@given(st.lists(costs(), max_size=12), st.lists(costs(), max_size=12), st.randoms())
def test_totals_are_the_same_in_any_order(first: list[Expenditure], second: list[Expenditure], random) -> None:
    there = keep_books(PROJECT, make_records(first, second, rates=RATES), FINAL)
    random.shuffle(first)
    random.shuffle(second)
    back = keep_books(PROJECT, make_records(first, second, rates=RATES), FINAL)
    for name in ("direct", "indirect", "grand", "headings", "by_partner", "by_source", "by_period", "by_month"):
        assert getattr(there, name) == getattr(back, name)


@given(st.lists(costs(), max_size=15), st.lists(costs(), max_size=15), st.sets(st.sampled_from("abcdef")))
def test_every_breakdown_adds_up(first: list[Expenditure], second: list[Expenditure], refused: set[str]) -> None:
    ineligible = tuple(Ineligible(partner=p, voucher=v, reason=TEXT) for v in refused for p in ("KLI", "AST"))
    finances = (Finance(), Finance(ineligible=ineligible))
    books = keep_books(PROJECT, make_records(first, second, finances, RATES), FINAL)
    accepted = sum((posting.amount for posting in books.postings if posting.accepted), NOTHING)
    assert books.direct.cumulative == accepted == sum(books.by_month.values())
    assert books.ineligible == sum((posting.amount for posting in books.postings), NOTHING) - accepted
    assert total({x.heading.code: x for x in books.headings}) == amounts(books.direct)
    assert total({x.line.code: x for x in books.lines}) == amounts(books.direct)
    assert total(books.by_partner) == amounts(books.direct)
    assert total(books.by_source) == amounts(books.grand)
    assert sum(books.by_period.values()) == books.grand.cumulative
    assert books.grand.cumulative == books.direct.cumulative + books.indirect.cumulative
    for line in books.lines:
        assert line.cumulative == sum(line.by_source.values()) == sum(line.by_period.values())
    for posting in books.postings:
        assert sum(posting.by_source.values()) == posting.amount


@given(st.lists(costs(), max_size=10), st.lists(costs(), max_size=10))
def test_what_a_report_said_is_prior_in_the_next(first: list[Expenditure], second: list[Expenditure]) -> None:
    records = make_records(first, second, rates=RATES)
    interim, final = keep_books(PROJECT, records, INTERIM), keep_books(PROJECT, records, FINAL)
    assert [line.current for line in interim.lines] == [line.prior for line in final.lines]
    for name, balance in interim.by_source.items():
        assert balance.current == final.by_source[name].prior
    assert interim.grand.current == final.grand.prior


def test_a_cost_without_a_rate_is_in_no_total() -> None:
    books = keep_books(PROJECT, make_records([cost("500", currency="RSD"), cost("1")], rates=RATES[:5]), INTERIM)
    assert [(x.row, x.missing) for x in books.unconverted] == [(0, ("2008-06",))]
    assert books.direct.current == sum(x.amount for x in books.postings) == 1


def test_the_rate_used_is_named_once_a_period() -> None:
    rsd = [cost("8073.33", currency="RSD"), cost("1", currency="RSD", partner="AST"), cost("1")]
    books = keep_books(PROJECT, make_records(rsd, rsd, rates=RATES), FINAL)
    assert [(period, f"{float(rate.units):.6f}") for period, rate in books.rates] == [
        ("H1", "80.733333"),
        ("H2", "80.733333"),
    ]
    assert books.postings[0].amount == Decimal("100.00")


def _signed(records: Records, **changes: str) -> Records:
    """The records with a contract, and with an amendment of August in which lines cost otherwise."""
    lines = tuple(
        line.model_copy(update={"quantity": Decimal(1), "unit_cost": Decimal(changes[line.code])})
        if line.code in changes
        else line
        for line in PROJECT.budget.lines
    )
    amended = PROJECT.budget.model_copy(update={"lines": lines})
    contract = SignedBudget(None, DAY(2007, 12, 20), PROJECT.budget)
    return replace(records, signed=(contract, SignedBudget("1", DAY(2008, 8, 1), amended)))


@pytest.mark.parametrize(("report", "amendment", "approved"), [(INTERIM, None, "10800.00"), (FINAL, "1", "9000.00")])
def test_the_budget_in_force_at_the_end_of_the_report_counts(report, amendment, approved) -> None:
    books = keep_books(PROJECT, _signed(make_records([]), **{"4.2": "9000"}), report)
    line = next(line for line in books.lines if line.line.code == "4.2")
    assert (books.amendment, line.approved) == (amendment, Decimal(approved))


def test_a_line_that_only_one_budget_has_keeps_its_costs() -> None:
    extra = BudgetLine.model_validate({**dict(PROJECT.budget.lines[0]), "code": "9.9", "heading": "4"})
    signed = PROJECT.budget.model_copy(update={"lines": (*PROJECT.budget.lines[1:],)})
    old = PROJECT.budget.model_copy(update={"lines": (*PROJECT.budget.lines, extra)})
    records = make_records([cost("7", "1.1.1"), cost("5", "9.9")])
    records = replace(
        records, signed=(SignedBudget(None, DAY(2007, 1, 1), old), SignedBudget("1", DAY(2007, 2, 1), signed))
    )
    books = keep_books(PROJECT, records, INTERIM)
    found = {line.line.code: (line.approved, line.current) for line in books.lines}
    assert (found["1.1.1"], found["9.9"]) == ((0, 7), (0, 5))
    assert total({x.line.code: x for x in books.lines}) == amounts(books.direct)
    unused = keep_books(PROJECT, replace(records, periods={}), INTERIM)
    assert "1.1.1" in [line.line.code for line in unused.lines]
    assert "9.9" not in [line.line.code for line in unused.lines]


def test_a_source_or_partner_that_only_an_earlier_budget_had_keeps_its_part() -> None:
    source = PROJECT.budget.sources[0].model_copy(update={"code": "OLD", "kind": "other"})
    lines = (PROJECT.budget.lines[0].model_copy(update={"partner": "GONE"}), *PROJECT.budget.lines[1:])
    old = PROJECT.budget.model_copy(update={"sources": (*PROJECT.budget.sources, source)})
    now = PROJECT.budget.model_copy(update={"lines": lines})
    records = make_records([cost("7", source="OLD"), cost("5")])
    records = replace(
        records, signed=(SignedBudget(None, DAY(2007, 1, 1), old), SignedBudget("1", DAY(2007, 2, 1), now))
    )
    books = keep_books(PROJECT, records, INTERIM)
    assert books.by_source["OLD"].current == 7
    assert total(books.by_source) == amounts(books.grand)
    assert total(books.by_partner) == amounts(books.direct)
    assert books.by_partner["GONE"].approved == lines[0].quantity * lines[0].unit_cost


def test_a_cost_that_is_paid_after_a_report_is_not_paid_in_it() -> None:
    records = make_records([cost("5", date_paid=H1.end), cost("7", date_paid=H2.start)])
    for report, days in ((INTERIM, [H1.end, None]), (FINAL, [H1.end, H2.start])):
        assert [x.expenditure.date_paid for x in keep_books(PROJECT, records, report).postings] == days
