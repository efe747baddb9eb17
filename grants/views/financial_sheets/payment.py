"""Sheet Next payment: what may be asked of the donor under its terms, step by step."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from grants.ledger.figures import share_of
from grants.model.grant import Instalment
from grants.model.money import round_to_cent
from grants.views.addresses import name_cell
from grants.views.financial_sheets.draft import NOTHING, Draft
from grants.views.financial_sheets.tables import put_section
from grants.views.sheet_builder import SheetBuilder
from grants.views.workbook import Area, CellKind, Print, Role, SheetView

_LABEL, _AMOUNT, _NOTE = 0, 1, 2
_FIRST = 6
_STEP = re.compile(r"\{([^}]+)\}")


class Step(NamedTuple):
    """A step: its key (or the name of its label), value, formula; `{key}` in a formula is the cell of another step."""

    key: str
    value: Decimal
    formula: str | None = None
    kind: CellKind = "money"
    role: Role = "plain"


def view_payment(draft: Draft) -> SheetView:
    """The sheet."""
    sheet = draft.start("payment", [66.0, max(draft.money_width, 16.0), 66.0])
    payment, words = draft.source.accounts.next_payment, draft.words
    instalment = next((x for x in draft.source.project.grant.instalments if x.code == payment.instalment), None)
    if instalment is None:
        text = words.say("payment.later" if payment.is_open else "payment.none")
    else:
        kind = words.say(f"instalment.{instalment.kind}")
        text = words.say("payment.of", code=instalment.code, kind=kind)
    sheet.span(Area(4, _LABEL, 4, _NOTE), text, "fact")
    steps = [*_list_common(draft), *(_list_rest(draft, instalment) if instalment else _list_end(draft))]
    put_section(draft, sheet, _FIRST - 1, "calculation")
    _put_steps(draft, sheet, steps)
    if instalment is not None:
        row = _FIRST + len(steps) + 1
        condition = words.say("payment.condition", condition=words.read(instalment.condition))
        sheet.span(Area(row, _LABEL, row, _NOTE), condition, "quiet")
    return sheet.build(print_as=Print(), freeze=(3, 0), tab="result")


def _put_steps(draft: Draft, sheet: SheetBuilder, steps: list[Step]) -> None:
    cells = {step.key: name_cell(row, _AMOUNT) for row, step in enumerate(steps, _FIRST)}
    for row, step in enumerate(steps, _FIRST):
        key, _, code = step.key.partition(":")
        sheet.put(row, _LABEL, draft.words.say(f"step.{key}", code=code), step.role)
        formula = _STEP.sub(lambda match: cells[match[1]], step.formula) if step.formula else None
        sheet.put(row, _AMOUNT, step.value, step.role, step.kind, formula)
        sheet.put(row, _NOTE, draft.words.say(f"why.{key}"), "quiet")
    for name, key in (("next_payment", "due"), ("next_payment:planned", "planned")):
        draft.note(name, sheet, _FIRST + list(cells).index(key), _AMOUNT)


def _list_common(draft: Draft) -> Iterator[Step]:
    """What is spent of the grant, and what is held of it: what arrived or was asked for, less what was given back."""
    funds, payment = draft.source.accounts.funds, draft.source.accounts.next_payment
    yield Step("costs", draft.books.grand.cumulative, f"={draft.cells['cumulative']}")
    yield Step("donors_part", payment.used, f"={draft.cells[f'source:{draft.source.donor_source}:cumulative']}")
    for code in _list_arrived(draft):
        yield Step(f"instalment:{code}", funds.received[code], f"={draft.cells[f'instalment:{code}:received']}")
    yield Step("received", sum(funds.received.values(), NOTHING), f"={draft.cells['funds:received']}", role="subtotal")
    for code, amount in payment.awaited.items():
        asked, arrived = (draft.cells[f"instalment:{code}:{which}"] for which in ("asked", "received"))
        yield Step(f"awaited:{code}", amount, f"=MAX({asked}-{arrived},0)")
    if funds.given_back:
        formula = f"=MAX({draft.cells['funds:returned']}-{draft.cells['funds:interest']},0)"
        yield Step("given_back", funds.given_back, formula)
    if funds.given_back or payment.awaited:
        parts = ["{received}", *(f"{{awaited:{code}}}" for code in payment.awaited)]
        less = "-{given_back}" if funds.given_back else ""
        yield Step("held", payment.held, f"={'+'.join(parts)}{less}", role="subtotal")


def _list_arrived(draft: Draft) -> list[str]:
    return [code for code, amount in draft.source.accounts.funds.received.items() if amount]


def _name_held(draft: Draft) -> str:
    """The step that says how much of the grant is held."""
    accounts = draft.source.accounts
    return "{held}" if accounts.funds.given_back or accounts.next_payment.awaited else "{received}"


def _list_end(draft: Draft) -> Iterator[Step]:
    """Nothing is asked for; a final report says what the grant comes to all the same."""
    yield Step("planned", NOTHING)
    if draft.source.accounts.next_payment.final:
        yield from _list_limits(draft)
    yield Step("due", NOTHING, role="total")
    if draft.source.accounts.next_payment.final:
        yield _find_excess(draft)


def _list_rest(draft: Draft, instalment: Instalment) -> Iterator[Step]:
    payment = draft.source.accounts.next_payment
    if payment.final is None:
        yield from _list_used(draft)
    yield Step("planned", payment.planned, f"={draft.cells[f'instalment:{instalment.code}:planned']}")
    yield from _list_final(draft) if payment.final else _list_due(draft)


def _list_used(draft: Draft) -> Iterator[Step]:
    """How much of the last instalment is used once earlier ones are."""
    payment, funds = draft.source.accounts.next_payment, draft.source.accounts.funds
    if payment.ratio is None:
        return
    last, earlier = payment.payments[-1], sum(payment.payments[:-1], NOTHING)
    cell = f"{{instalment:{_list_arrived(draft)[-1]}}}" if _list_arrived(draft) else ""
    if funds.given_back or payment.awaited:
        yield Step("last", last)
        cell = "{last}"
    yield Step("used_of_last", payment.used - earlier, f"={{donors_part}}-({_name_held(draft)}-{cell})")
    ratio = Decimal(payment.ratio.numerator) / Decimal(payment.ratio.denominator)
    yield Step("ratio", ratio, f"={{used_of_last}}/{cell}", "percent")
    least = draft.source.limits.next_payment_percent
    if least is not None:
        yield Step("least", least / 100, None, "percent")


def _list_due(draft: Draft) -> Iterator[Step]:
    """The planned amount, less what the donor's terms take off it."""
    payment, limits = draft.source.accounts.next_payment, draft.source.limits
    terms, held = "{planned}", _name_held(draft)
    if payment.ratio is not None and limits.next_payment_percent is not None:
        is_short = payment.ratio * 100 < limits.next_payment_percent
        reduced = max(payment.planned - (payment.held - payment.used), NOTHING) if is_short else payment.planned
        yield Step(
            "reduced", reduced, f"=IF({{ratio}}<{{least}},MAX({{planned}}-({held}-{{donors_part}}),0),{{planned}})"
        )
        terms = "{reduced}"
    if limits.prefinancing_percent is not None:
        most = limits.prefinancing_percent / 100
        yield Step("most", most, None, "percent")
        grant = draft.source.project.grant.amount_on(draft.source.report.end)
        room = round_to_cent(grant * most) - payment.held
        yield Step("room", room, f"=ROUND({draft.cells['grant']}*{{most}},2)-{held}")
        yield Step("due", payment.amount, f"=MAX(MIN({terms},{{room}}),0)", role="total")
        return
    yield Step("due", payment.amount, f"={terms}", role="total")


def _list_final(draft: Draft) -> Iterator[Step]:
    """The least of the three limits, less what is held."""
    yield from _list_limits(draft)
    yield Step("due", draft.source.accounts.next_payment.amount, f"=MAX({{final}}-{_name_held(draft)},0)", role="total")
    yield _find_excess(draft)


def _list_limits(draft: Draft) -> Iterator[Step]:
    """The grant, the donor's share of the costs as a whole, what is charged to the grant; and the least of them."""
    final, books, cells = draft.source.accounts.next_payment.final, draft.books, draft.cells
    if final is None:
        return
    donor = draft.source.donor_source
    part, of = cells[f"source:{donor}:approved"], cells["approved"]
    yield Step("grant", final.grant, f"={cells['grant']}")
    share = share_of(books.by_source[donor].approved, books.grand.approved)
    yield Step("share", share, f"=IF({of}=0,0,{part}/{of})", "percent")
    yield Step("share_of_costs", final.share, f"=IF({of}=0,0,ROUND({{costs}}*{part}/{of},2))")
    formula = "=MAX(MIN({grant},{share_of_costs},{donors_part}),0)"
    yield Step("final", final.amount, formula, role="subtotal")


def _find_excess(draft: Draft) -> Step:
    excess = draft.source.accounts.next_payment.excess
    return Step("excess", excess, f"=MAX({_name_held(draft)}-{{final}},0)", role="subtotal")
