"""An untouched form imports empty, whatever the contract converts by and whatever its records hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.returned import Workspace, make_workspace

EXCHANGE = "exchange:\n  method: average-of-period\n  source: Contract SAM/1, article 7\n"
FIXED = "  fixed: {RSD: 80.1234, BAM: 1.95583}\n"
COSTS = """\
voucher,date,payee,description,line,partner,source,amount,currency,date_paid,document,note
V4,2008-04-30,Payroll,Co-ordinator in April,1.1,SAM,,800.00,EUR,2008-04-30,007,1.10
V4,2008-04-30,Payroll,Co-ordinator in April,1.1,SAM,,800.00,EUR,2008-04-30,007,1.10
V4,2008-05-30,Payroll,"Two lines,
of a text",1.2,SAM,OWN,-1100.00,EUR,,,
P2,2008-08-12,Shop & <Sons>,Dated after the period,2.1,PAR,,194400.00,RSD,2008-07-15,F2,=1+1
P3,2008-02-29,12,Dated before it,5.1,PAR,HA,19.44,BAM,2008-06-15,F2,
P4,2008-06-20,-5,01/02/2008,5.1,PAR,,194400.00,RSD,,,
"""
FINANCE = """\
received:
  - {instalment: D2, date: 2008-06-05, amount: 4173.00, reference: "1.10"}
transfers:
  - {partner: PAR, date: 2008-04-05, amount: 1000.00, received: 81000.00, currency: RSD}
  - {partner: PAR, date: 2008-04-06, amount: 300.00, received: 586.75, currency: BAM}
balances:
  - {account: Project account, date: 2008-06-30, amount: -96.88, currency: EUR}
  - {account: Račun, date: 2008-07-01, amount: 100.10, currency: RSD}
returned:
  - {date: 2008-06-03, amount: 12.00, reason: {sr: Povraćaj}, reference: X}
ineligible:
  - {partner: SAM, voucher: V4, line: 1.2, reason: {el: Εκτός}}
  - {partner: SAM, voucher: V2, reason: Plain}
exchange_difference: {amount: -1.20, reason: {en: Rates}}
forecast: {1.1: 10.00}
explanations: {1.2: {sr: Objašnjenje}}
"""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    made = make_workspace(tmp_path_factory.mktemp("workspace"))
    within = made.folder / "periods" / "2008-Q2"
    (within / "expenditures.csv").write_text(COSTS, "utf-8")
    (within / "finance.yaml").write_text(FINANCE, "utf-8")
    with (made.folder / "periods" / "2008-Q1" / "finance.yaml").open("a", encoding="utf-8") as file:
        file.write(  # a rate of more digits than Excel keeps
            "transfers:\n  - {partner: PAR, date: 2008-02-05, amount: 4727.07, received: 1665.24, currency: BAM}\n"
        )
    rates = "".join(f"BAM,2008-{month:02},1.95583,Invented for tests,2008-01-01\n" for month in range(1, 9))
    rates += "".join(f"RSD,2008-{month:02},83.5,Invented for tests,2008-01-01\n" for month in (7, 8))
    (made.folder / "rates.csv").write_text(made.read("rates.csv") + rates, "utf-8")
    return made


@pytest.mark.parametrize("method", ["average-of-period", "month-of-expense", "instalment-received", "fixed", ""])
@pytest.mark.parametrize("language", ["el", "sr"])
def test_an_untouched_form_imports_empty(workspace: Workspace, method: str, language: str) -> None:
    grant: Path = workspace.folder / "grant.yaml"
    text = grant.read_text("utf-8")
    exchange = EXCHANGE.replace("average-of-period", method) + (FIXED if method == "fixed" else "") if method else ""
    grant.write_text(text.replace(EXCHANGE, exchange), "utf-8")
    try:
        review = workspace.compare(workspace.write("period", language).data)
    finally:
        grant.write_text(text, "utf-8")
    assert (review.changes, review.notes, review.kept) == ((), (), 0)


def test_a_choice_that_the_form_called_otherwise_is_the_same(tmp_path: Path) -> None:
    """The program has another word for it since the form was sent."""
    made = make_workspace(tmp_path)
    form = made.write("period", "en")
    labels = made.root / "templates" / "_common" / "labels-workbook.yaml"
    text = labels.read_text("utf-8")
    assert "status.done: " in text
    head, _, tail = text.partition("status.done: ")
    labels.write_text(
        f"{head}status.done: {{el: έτοιμη, en: finished, sr: gotova}}\n{tail.partition(chr(10))[2]}", "utf-8"
    )
    assert made.compare(form.data).changes == ()
    (change,) = made.compare(form.typed({("activity_progress", "A1.1.1", "status"): "done"})).changes
    assert (change.verdict, change.theirs) == ("take", "finished")


@pytest.mark.parametrize("unpaid", ["V0,2008-02-01,Shop,Chairs,5.1,PAR,,10.00,EUR,,F0,\n", ""])
def test_debts_of_an_earlier_period_that_changed_since_were_not_typed_over(tmp_path: Path, unpaid: str) -> None:
    """The form lists them; it has other rows now than when it was made, or none."""
    made = make_workspace(tmp_path)
    name = "periods/2008-Q1/expenditures.csv"
    costs = made.read(name)
    (made.folder / name).write_text(f"{costs}X1,2008-01-31,Old shop,Tables,1.1,SAM,,20.00,RSD,,F1,\n", "utf-8")
    form = made.write("period", "sr")
    (made.folder / name).write_text(costs + unpaid, "utf-8")
    review = made.compare(form.data)
    assert (review.changes, review.notes) == ((), ())
