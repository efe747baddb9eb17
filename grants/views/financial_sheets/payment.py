"""Sheet Next payment: what may be asked of the donor under its terms, step by step."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from grants.ledger.figures import share_of
from grants.ledger.payments import find_final_grant, find_grant
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
        sheet.span(Area(4, _LABEL, 4, _NOTE), words.say("payment.none"), "fact")
        steps = [*_list_common(draft), *_list_end(draft)]
    else:
        kind = words.say(f"instalment.{instalment.kind}")
        sheet.span(Area(4, _LABEL, 4, _NOTE), words.say("payment.of", code=instalment.code, kind=kind), "fact")
        steps = [*_list_common(draft), *_list_rest(draft, instalment)]
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
    """What is spent of the grant, and what has arrived."""
    received, payment = draft.source.accounts.funds.received, draft.source.accounts.next_payment
    yield Step("costs", draft.books.grand.cumulative, f"={draft.cells['cumulative']}")
    yield Step("donors_part", payment.used, f"={draft.cells[f'source:{draft.source.donor_source}:cumulative']}")
    arrived = [code for code, amount in received.items() if amount]
    for code in arrived:
        yield Step(f"instalment:{code}", received[code], f"={draft.cells[f'instalment:{code}:received']}")
    yield Step("received", sum(received.values(), NOTHING), f"={draft.cells['funds:received']}", role="subtotal")


def _list_end(draft: Draft) -> Iterator[Step]:
    yield Step("planned", NOTHING)
    yield Step("due", NOTHING, role="total")


def _list_rest(draft: Draft, instalment: Instalment) -> Iterator[Step]:
    planned, code = draft.source.accounts.next_payment.planned, instalment.code
    cell = f"={draft.cells[f'instalment:{code}:planned']}"
    is_last = instalment.kind == "balance"
    if not is_last:
        yield from _list_used(draft)
    yield Step("planned", planned, cell)
    yield from _list_final(draft) if is_last else _list_due(draft)


def _list_used(draft: Draft) -> Iterator[Step]:
    """How much of the last instalment is used once earlier ones are."""
    payment, received = draft.source.accounts.next_payment, draft.source.accounts.funds.received
    arrived = [code for code, amount in received.items() if amount]
    if payment.ratio is None or not arrived:
        return
    last, earlier = arrived[-1], sum((received[code] for code in arrived[:-1]), NOTHING)
    yield Step("used_of_last", payment.used - earlier, f"={{donors_part}}-({{received}}-{{instalment:{last}}})")
    ratio = Decimal(payment.ratio.numerator) / Decimal(payment.ratio.denominator)
    yield Step("ratio", ratio, f"={{used_of_last}}/{{instalment:{last}}}", "percent")
    least = draft.source.limits.next_payment_percent
    if least is not None:
        yield Step("least", least / 100, None, "percent")


def _list_due(draft: Draft) -> Iterator[Step]:
    """The planned amount, less what the donor's terms take off it."""
    payment, limits = draft.source.accounts.next_payment, draft.source.limits
    received = sum(draft.source.accounts.funds.received.values(), NOTHING)
    terms = "{planned}"
    if payment.ratio is not None and limits.next_payment_percent is not None:
        is_short = payment.ratio * 100 < limits.next_payment_percent
        reduced = max(payment.planned - (received - payment.used), NOTHING) if is_short else payment.planned
        yield Step("reduced", reduced, "=IF({ratio}<{least},MAX({planned}-({received}-{donors_part}),0),{planned})")
        terms = "{reduced}"
    if limits.prefinancing_percent is not None:
        most = limits.prefinancing_percent / 100
        yield Step("most", most, None, "percent")
        room = round_to_cent(find_grant(draft.source.project.grant) * most) - received
        yield Step("room", room, f"=ROUND({draft.cells['grant']}*{{most}},2)-{{received}}")
        yield Step("due", payment.amount, f"=MAX(MIN({terms},{{room}}),0)", role="total")
        return
    yield Step("due", payment.amount, f"={terms}", role="total")


def _list_final(draft: Draft) -> Iterator[Step]:
    """The lesser of the grant and of the donor's share of accepted costs, less what was received."""
    books, payment, cells = draft.books, draft.source.accounts.next_payment, draft.cells
    whole = find_grant(draft.source.project.grant)
    donor = draft.source.donor_source
    approved = books.by_source[donor].approved
    yield Step("grant", whole, f"={cells['grant']}")
    share = share_of(approved, books.grand.approved)
    part, of = cells[f"source:{donor}:approved"], cells["approved"]
    yield Step("share", share, f"=IF({of}=0,0,{part}/{of})", "percent")
    final = find_final_grant(whole, approved, books.grand.approved, books.grand.cumulative)
    formula = f"=IF({of}=0,0,MIN({{grant}},ROUND({{costs}}*{part}/{of},2)))"
    yield Step("final", final, formula, role="subtotal")
    received = sum(draft.source.accounts.funds.received.values(), NOTHING)
    returned = draft.source.accounts.funds.returned
    yield Step("due", payment.amount, "=MAX({final}-{received},0)", role="total")
    excess = max(received - returned - final, NOTHING)
    yield Step("excess", excess, f"=MAX({{received}}-{cells['funds:returned']}-{{final}},0)", role="subtotal")
