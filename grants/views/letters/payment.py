"""A payment request: the amount that the donor's terms allow, and how it comes about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from grants.ledger.balances import FinalGrant
from grants.model.labels import Labels
from grants.views.document import DocumentView
from grants.views.figures import format_amount, format_percent
from grants.views.letters.context import PaymentContext, PaymentPart, StepRow
from grants.views.letters.enclosures import list_enclosures
from grants.views.letters.parts import view_letter
from grants.views.proposal.people import view_organisation
from grants.views.proposal.work import name_organisations
from grants.views.report import view_properties
from grants.views.report.figures import PRINTED_BY
from grants.views.report.money import ReportMoney
from grants.views.report.source import ReportSource
from grants.views.words import Words

NOTHING = Decimal("0.00")


def view_payment_request(
    source: ReportSource, enclosures: Sequence[str], labels: Labels, language: str
) -> DocumentView[PaymentContext]:
    """The request for the next instalment. `enclosures` are the titles of the report's documents that go with it."""
    words = Words(labels, language, source.project.sheet.languages)
    money = ReportMoney(source, name_organisations(source.project, words), words)
    payment = _view_payment(source, money, words)
    return DocumentView(
        language=language,
        context={
            **view_letter(source, words),
            "payment": payment,
            "accounts": view_organisation(source.project.sheet.applicant, words)["accounts"],
            "enclosures": list_enclosures(source, enclosures, words),
        },
        prose={},
        charts={},
        properties=view_properties(source, words, words.say("payment-request")),
        proof_rows={
            "requested": (payment["label"], format_amount(source.accounts.next_payment.amount, language)),
            **_prove_final(source, words),
            "": (words.say("step-costs"), format_amount(source.accounts.books.grand.cumulative, language)),
        },
        printed_by={**PRINTED_BY, "requested": "payment.asked", "final": "payment.steps", "": "payment.steps"},
    )


def _prove_final(source: ReportSource, words: Words) -> dict[str, tuple[str, ...]]:
    final = source.accounts.next_payment.final
    return {"final": (words.say("step-final"), format_amount(final.amount, words.language))} if final else {}


def _view_payment(source: ReportSource, money: ReportMoney, words: Words) -> PaymentPart:
    payment = source.accounts.next_payment
    instalment = next(x for x in source.project.grant.instalments if x.code == payment.instalment)
    kind = words.say(f"instalment-{instalment.kind}")
    steps = _list_final_steps(source, payment.final, words) if payment.final else _list_steps(source, words)
    label = words.say("step-asked", code=instalment.code)
    return {
        "code": instalment.code,
        "kind": kind,
        "condition": words.read(instalment.condition),
        "label": label,
        "amount": money.say_money(payment.amount),
        "steps": [_step(text, amount, words) for text, amount in steps],
        "asked": {"label": label, "amount": money.say_amount(payment.amount), "is_sum": True},
        "note": _say_term(source, words),
    }


def _step(label: str, amount: Decimal, words: Words) -> StepRow:
    return {"label": label, "amount": format_amount(amount, words.language), "is_sum": False}


def _list_common_steps(source: ReportSource, words: Words) -> Iterator[tuple[str, Decimal]]:
    accounts = source.accounts
    yield words.say("step-costs"), accounts.books.grand.cumulative
    yield words.say("step-donor"), accounts.next_payment.used
    for code, amount in accounts.funds.received.items():
        if amount:
            yield words.say("step-received", code=code), amount


def _list_steps(source: ReportSource, words: Words) -> list[tuple[str, Decimal]]:
    """The planned instalment, less what the donor's terms take off it."""
    payment, funds = source.accounts.next_payment, source.accounts.funds
    steps = list(_list_common_steps(source, words))
    steps += [(words.say("step-awaited", code=code), amount) for code, amount in payment.awaited.items()]
    if funds.given_back:
        steps.append((words.say("step-given-back"), -funds.given_back))
        steps.append((words.say("step-held"), payment.held))
    if payment.ratio is not None:
        percent = Decimal(payment.ratio.numerator) * 100 / Decimal(payment.ratio.denominator)
        text = words.say("step-used", percent=format_percent(percent, words.language))
        steps.append((text, payment.used - sum(payment.payments[:-1], NOTHING)))
    steps.append((words.say("step-planned", code=str(payment.instalment)), payment.planned))
    if payment.amount != payment.planned:
        steps.append((words.say("step-reduction"), payment.amount - payment.planned))
    return steps


def _list_final_steps(source: ReportSource, final: FinalGrant, words: Words) -> list[tuple[str, Decimal]]:
    """The least of the three limits, less what is held: what arrived and is awaited, without what was given back."""
    books, funds, payment = source.accounts.books, source.accounts.funds, source.accounts.next_payment
    percent = books.by_source[source.donor_source].approved * 100 / books.grand.approved
    share = words.say("step-share", percent=format_percent(percent, words.language))
    steps = [
        *_list_common_steps(source, words),
        (words.say("step-grant"), final.grant),
        (share, final.share),
        (words.say("step-final"), final.amount),
        (words.say("step-all-received"), -sum(funds.received.values(), NOTHING)),
    ]
    steps += [(words.say("step-less-awaited", code=code), -amount) for code, amount in payment.awaited.items()]
    if funds.given_back:
        steps.append((words.say("step-add-given-back"), funds.given_back))
    return steps


def _say_term(source: ReportSource, words: Words) -> str:
    if source.accounts.next_payment.final:
        return words.say("term-balance")
    percent = source.limits.next_payment_percent
    return "" if percent is None else words.say("term-used", percent=format_percent(percent, words.language))
