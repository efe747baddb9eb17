"""Payment request, cover letter, request for a modification."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from decimal import Decimal

import pytest

from grants.ledger.balances import HeadingMove
from grants.model.grant import ReportDue
from grants.model.scalars import Text
from grants.views.letters import (
    asks_for_modification,
    asks_for_payment,
    list_enclosed,
    view_cover_letter,
    view_modification_request,
    view_payment_request,
)
from grants.views.report import ReportSource
from tests.reports import FINAL, INTERIM, load_labels, load_source, with_finance, with_limits

CERTIFICATE = "Certificate of progress issued by the Greek Embassy, 12 September 2008"


def read(amount: str) -> Decimal:
    return Decimal(amount.replace(",", ""))


def list_steps(source: ReportSource) -> dict[str, Decimal]:
    payment = view_payment_request(source, [], load_labels(), "en").context["payment"]
    return {step["label"]: read(step["amount"]) for step in (*payment["steps"], payment["asked"])}


def test_the_next_instalment_is_as_planned_where_enough_of_the_last_one_is_used() -> None:
    source = load_source(INTERIM)
    steps = list_steps(source)
    assert steps["Instalment D2 as planned"] == steps["Amount requested, instalment D2"] == Decimal("4173.00")
    assert steps["Instalment D1 as received"] == Decimal("5216.25")
    assert "Reduction under the terms of payment" not in steps
    used = next(label for label in steps if label.startswith("Part of the last instalment"))
    assert re.search(r"\(\d+\.\d\d\u00a0%\)", used), "as the workbook has it"
    payment = view_payment_request(source, [], load_labels(), "en").context["payment"]
    assert "70 %" in payment["note"].replace("\u00a0", " ")
    assert view_payment_request(source, [], load_labels(), "en").context["accounts"][0]["iban"]


def test_the_next_instalment_is_reduced_before_the_readers_eyes() -> None:
    source = load_source(INTERIM)
    strict = with_limits(source, replace(source.limits, next_payment_percent=Decimal(100)))
    steps = list_steps(strict)
    taken = steps["Reduction under the terms of payment"]
    assert taken == steps["of which charged to the grant"] - Decimal("5216.25") < 0
    assert steps["Instalment D2 as planned"] + taken == steps["Amount requested, instalment D2"]
    assert steps["Amount requested, instalment D2"] == strict.accounts.next_payment.amount


def test_the_balance_is_the_final_grant_less_what_was_received() -> None:
    source = load_source(FINAL)
    payment = view_payment_request(source, [], load_labels(), "en").context["payment"]
    steps = {step["label"]: read(step["amount"]) for step in payment["steps"]}
    assert payment["code"] == "D3"
    assert steps["Final amount of the grant"] + steps["Less: instalments received"] == read(payment["asked"]["amount"])
    limits = ("Grant under the contract", "The donor’s share (75 %) of the accepted costs as a whole")
    charged = steps["of which charged to the grant"]
    said = {label.replace("\u00a0", " "): amount for label, amount in steps.items()}
    assert steps["Final amount of the grant"] == min(charged, *(said[label] for label in limits))


def test_what_is_awaited_and_what_was_given_back_are_steps_of_the_balance() -> None:
    source = load_source(FINAL)
    funds = replace(source.accounts.funds, returned=Decimal("500.00"))
    payment = replace(source.accounts.next_payment, awaited={"D2": Decimal("70.00")}, amount=Decimal("1433.13"))
    source = replace(source, accounts=replace(source.accounts, funds=funds, next_payment=payment))
    steps = list_steps(source)
    parts = (
        "Final amount of the grant",
        "Less: instalments received",
        "Less: instalment D2, amount requested and not yet received",
        "Plus: given back to the donor, interest apart",
    )
    assert sum(steps[part] for part in parts) == steps["Amount requested, instalment D3"] == Decimal("1433.13")


def test_what_is_asked_must_stand_in_the_request() -> None:
    view = view_payment_request(load_source(FINAL), [], load_labels(), "el")
    assert view.proof_rows["requested"] == ("Αιτούμενο ποσό, δόση D3", "1.003,13")
    assert view.proof_rows[""][1] == "13.856,50"


def test_the_papers_that_the_donors_rules_want_are_enclosed() -> None:
    context = view_payment_request(load_source(FINAL), ["Report"], load_labels(), "en").context
    assert context["enclosures"] == ["Report", CERTIFICATE]
    assert list_enclosed(load_source(FINAL)) == ["progress-certificate"]
    assert list_enclosed(load_source(INTERIM)) == ["progress-certificate"]


def with_grant(source: ReportSource, **parts: object) -> ReportSource:
    """The report under another grant."""
    grant = source.project.grant.model_copy(update=parts)
    return replace(source, project=replace(source.project, grant=grant))


@pytest.mark.parametrize("status", ["not applicable", "requested", "missing"])
def test_a_paper_that_is_not_there_is_not_enclosed(status: str) -> None:
    source = load_source(FINAL)
    annexes = tuple(x.model_copy(update={"status": status}) for x in source.project.grant.annexes)
    context = view_payment_request(with_grant(source, annexes=annexes), ["Report"], load_labels(), "en").context
    assert context["enclosures"] == ["Report"]


def test_a_paper_of_a_later_day_is_not_enclosed() -> None:
    source = replace(load_source(FINAL), day=datetime.date(2008, 9, 11))
    assert view_payment_request(source, [], load_labels(), "en").context["enclosures"] == []


@pytest.mark.parametrize(
    ("submitted", "due", "enclosed"),
    [
        (datetime.date(2008, 9, 15), datetime.date(2008, 12, 31), True),
        (datetime.date(2008, 9, 14), datetime.date(2008, 9, 30), False),
        (None, datetime.date(2008, 9, 30), False),
    ],
)
def test_a_report_of_others_is_enclosed_where_it_is_handed_in_with_this_one(
    submitted: datetime.date | None, due: datetime.date, enclosed: bool
) -> None:
    source = load_source(FINAL)
    audit = ReportDue(
        code="A",
        kind="audit",
        title=Text({"": "Audit report"}),
        start=source.report.start,
        end=source.report.end,
        due=due,
        submitted=submitted,
    )
    source = with_grant(source, reports=(*source.project.grant.reports, audit))
    context = view_cover_letter(source, ["Report"], load_labels(), "en").context
    assert ("Audit report" in context["enclosures"]) is enclosed
    request = view_payment_request(source, ["Report"], load_labels(), "en").context
    assert request["enclosures"] == context["enclosures"]


def test_nothing_to_ask_no_request() -> None:
    source = load_source(FINAL)
    assert asks_for_payment(source)
    paid = replace(source.accounts.next_payment, instalment=None, amount=Decimal("0.00"))
    assert not asks_for_payment(replace(source, accounts=replace(source.accounts, next_payment=paid)))


def test_a_cover_letter_names_what_is_enclosed() -> None:
    context = view_cover_letter(load_source(FINAL), ["Έκθεση", "Αίτημα"], load_labels(), "el").context
    certificate = "Βεβαίωση προόδου της Πρεσβείας της Ελλάδας, 12 Σεπτεμβρίου 2008"
    assert context["enclosures"] == ["Έκθεση", "Αίτημα", certificate]
    assert context["payment"].split() == ["1.003,13", "€"]
    assert context["report"]["date"] == "1 Οκτωβρίου 2008"
    assert context["signatories"][0]["role"]


def move(source: ReportSource, *moves: tuple[str, str, str]) -> ReportSource:
    """The report with headings that moved: (signed, now, limit)."""
    headings = source.accounts.books.headings
    moved = tuple(
        HeadingMove(heading.heading, Decimal(signed), Decimal(now), Decimal(limit))
        for heading, (signed, now, limit) in zip(headings, moves, strict=False)
    )
    return replace(source, accounts=replace(source.accounts, moves=moved))


def test_a_request_is_drafted_beyond_the_limit_and_not_at_it() -> None:
    source = load_source(FINAL)
    assert not asks_for_modification(move(source, ("1000.00", "1150.00", "150.00")))
    assert asks_for_modification(move(source, ("1000.00", "1150.01", "150.00")))
    assert asks_for_modification(move(source, ("1000.00", "800.00", "150.00")))
    assert not asks_for_modification(move(source, ("0.00", "0.00", "0.00")))


def test_a_request_says_from_where_to_where_and_why() -> None:
    explained = {"1.1": Text({"el": "Ακριβότερο.", "en": "It was dearer."})}
    source = with_finance(load_source(FINAL), "2008-Q2", explanations=explained)
    source = move(source, ("1000.00", "1300.00", "150.00"), ("2000.00", "1700.00", "300.00"), ("5.00", "5.00", "1.00"))
    context = view_modification_request(source, load_labels(), "en").context
    assert [row["moved"] for row in context["taken"]] == ["300.00"]
    assert [row["moved"] for row in context["given"]] == ["-300.00"]
    assert [row["percent"] for row in context["moves"]] == ["30.00\u00a0%", "-15.00\u00a0%"], "as in the workbook"
    assert context["taken"][0]["reason"] == "1.1: It was dearer."
    assert context["given"][0]["reason"] == "–"  # R01-REASON stops such a report
    assert (context["total"]["signed"], context["total"]["moved"]) == ("3,005.00", "0.00")


def test_what_was_explained_for_an_earlier_report_is_no_reason_of_this_move() -> None:
    early, late = Text({"": "It was dearer then."}), Text({"": "It is dearer now."})
    moves = ("1000.00", "1300.00", "150.00")

    def read_reason(source: ReportSource) -> str:
        return view_modification_request(move(source, moves), load_labels(), "en").context["taken"][0]["reason"]

    source = with_finance(load_source(FINAL), INTERIM, explanations={"1.1": early})
    assert read_reason(source) == "–"
    assert read_reason(with_finance(source, "2008-Q2", explanations={"1.1": late})) == "1.1: It is dearer now."
    assert read_reason(with_finance(load_source(INTERIM), INTERIM, explanations={"1.1": early})) == (
        "1.1: It was dearer then."
    )
