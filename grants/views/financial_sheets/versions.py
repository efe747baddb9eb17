"""Sheet Budget versions: each budget as it was signed, and how far headings have moved since the last of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from grants.ledger.balances import HeadingMove
from grants.ledger.figures import share_of
from grants.ledger.totals import Totals, add_up
from grants.views.addresses import name_cell, name_column_part
from grants.views.figures import format_percent, format_short_date
from grants.views.financial_sheets.draft import NOTHING, Draft
from grants.views.financial_sheets.tables import choose_page, put_section, put_verdict
from grants.views.formulas import share_formula
from grants.views.sheet_builder import SheetBuilder
from grants.views.workbook import Area, Role, SheetView

_MOVES = ("code", "title", "signed", "now", "moved", "moved_percent", "limit", "verdict")
CODE, TITLE, SIGNED, NOW, MOVED, PERCENT, LIMIT, VERDICT = range(8)


def view_versions(draft: Draft) -> SheetView:
    """The sheet."""
    versions = _list_versions(draft)
    money = draft.money_width
    widths = [9.0, 46.0, money, money, money, 12.0, money, 14.0]
    widths += [money] * max(2 + len(versions) - len(widths), 0)
    sheet = draft.start("versions", widths)
    row = _put_papers(draft, sheet, 4)
    row = _put_versions(draft, sheet, row, versions)
    _put_moves(draft, sheet, row)
    return sheet.build(print_as=choose_page(sheet), freeze=(3, 0), tab="result")


def _list_versions(draft: Draft) -> list[tuple[str, Totals]]:
    """Name -> totals of every budget that was signed by the end of the report; without any, of the definition's."""
    project, report = draft.source.project, draft.source.report
    signed = [x for x in draft.source.records.signed if x.signed <= report.end] or draft.source.records.signed[:1]
    budgets = [(_name_version(draft, x.amendment), x.budget) for x in signed]
    budgets = budgets or [(draft.words.say("version.definition"), draft.books.budget)]
    return [(name, add_up(replace(project, budget=budget))) for name, budget in budgets]


def _name_version(draft: Draft, amendment: str | None) -> str:
    words = draft.words
    return words.say("version.contract") if amendment is None else words.say("version.amendment", number=amendment)


def _put_papers(draft: Draft, sheet: SheetBuilder, row: int) -> int:
    """The contract and its amendments, with dates and reasons."""
    words, contract = draft.words, draft.source.project.grant.contract
    put_section(draft, sheet, row, "contract", last=VERDICT)
    papers: list[tuple[str, str]] = []
    if contract:
        signed = format_short_date(contract.signed, words.language)
        papers.append((words.say("contract.signed", number=contract.number), signed))
        for x in (x for x in contract.amendments if x.signed <= draft.source.report.end):
            text = f"{format_short_date(x.signed, words.language)} · {words.read(x.reason)}"
            papers.append((_name_version(draft, x.number), text))
    else:
        papers.append((words.say("budget.definition"), "–"))
    for at, (label, text) in enumerate(papers, row + 1):
        sheet.span(Area(at, CODE, at, TITLE), label, "field")
        sheet.span(Area(at, SIGNED, at, VERDICT), text, "fact")
    return row + len(papers) + 2


def _put_versions(draft: Draft, sheet: SheetBuilder, row: int, versions: Sequence[tuple[str, Totals]]) -> int:
    """Headings against versions."""
    put_section(draft, sheet, row, "versions", last=max(VERDICT, SIGNED + len(versions) - 1))
    labels = [draft.words.say("column.code"), draft.words.say("column.title"), *(name for name, _ in versions)]
    for column, label in enumerate(labels):
        sheet.put(row + 1, column, label, "header", "centre")
    every = [x for _, totals in versions for x in totals.headings if x.total]
    rows = {x.heading.code: draft.words.read(x.heading.title) for x in every}
    first = row + 2
    for at, (code, title) in enumerate(rows.items(), first):
        sheet.put(at, CODE, code, "plain", "centre")
        sheet.put(at, TITLE, title, "plain")
        for column, (_, totals) in enumerate(versions, SIGNED):
            amount = next((x.total for x in totals.headings if x.heading.code == code), NOTHING)
            sheet.put(at, column, amount, "plain", "money")
    last = first + len(rows)
    reserve = any(totals.contingency.total for _, totals in versions)
    keys = ("direct", "contingency", "indirect") if reserve else ("direct", "indirect")
    sums: tuple[tuple[str, Role], ...] = (*((key, "subtotal") for key in keys), ("grand", "total"))
    for at, (key, role) in enumerate(sums, last):
        sheet.put(at, CODE, None, role)
        sheet.put(at, TITLE, draft.words.say(f"row.{key}"), role)
        for column, (_, totals) in enumerate(versions, SIGNED):
            formula = None
            if key in ("direct", "grand"):
                start = first if key == "direct" else last
                formula = f"=SUM({name_column_part(column, start, at - 1)})"
            sheet.put(at, column, getattr(totals, key).total, role, "money", formula)
    return last + len(sums) + 1


def _put_moves(draft: Draft, sheet: SheetBuilder, row: int) -> None:
    """Each heading against the budget in force, and whether that needs an amendment."""
    words, most = draft.words, draft.source.limits.transfer_percent
    put_section(draft, sheet, row, "moves", last=VERDICT)
    text = words.say("moves.none")
    if most is not None:
        text = words.say("moves.limit", percent=format_percent(most, words.language))
    sheet.span(Area(row + 1, CODE, row + 1, LIMIT - 1), text, "fact")
    sheet.put(row + 1, LIMIT, most / 100 if most is not None else None, "fact", "percent")
    for column, key in enumerate(_MOVES):
        sheet.put(row + 2, column, words.say(f"column.{key}"), "header", "centre")
    for at, move in enumerate(draft.source.accounts.moves, row + 3):
        _put_move(draft, sheet, at, move, name_cell(row + 1, LIMIT, fixed=True))


def _put_move(draft: Draft, sheet: SheetBuilder, row: int, move: HeadingMove, percent: str) -> None:
    signed, moved, limit = (name_cell(row, column) for column in (SIGNED, MOVED, LIMIT))
    sheet.put(row, CODE, move.heading.code, "plain", "centre")
    sheet.put(row, TITLE, draft.words.read(move.heading.title), "plain")
    amounts: Mapping[int, tuple[Decimal | None, str | None]] = {
        SIGNED: (move.signed, f"={draft.cells[f'heading:{move.heading.code}:approved']}"),
        NOW: (move.now, None),
        MOVED: (move.moved, f"={name_cell(row, NOW)}-{signed}"),
        LIMIT: (move.limit, None if move.limit is None else f"=ROUND({signed}*{percent},2)"),
    }
    for column, (value, formula) in amounts.items():
        sheet.put(row, column, value, "plain", "money", formula)
    sheet.put(row, PERCENT, share_of(move.moved, move.signed), "plain", "percent", share_formula(moved, signed))
    if move.limit is None:
        sheet.put(row, VERDICT, "–", "plain", "centre")
    else:
        put_verdict(draft, sheet, (row, VERDICT), move.is_allowed, f"ROUND(ABS({moved})-{limit},2)<=0", "moves")
