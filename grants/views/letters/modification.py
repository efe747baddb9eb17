"""A request for a modification of the budget: from which headings, to which, and why."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from grants.ledger.balances import HeadingMove
from grants.model.labels import Labels
from grants.views.document import DocumentView
from grants.views.figures import format_amount, format_percent
from grants.views.letters.context import ModificationContext, MoveRow
from grants.views.letters.parts import view_letter
from grants.views.report import view_properties
from grants.views.report.source import ReportSource
from grants.views.words import Words


def asks_for_modification(source: ReportSource) -> bool:
    """Whether a heading has moved beyond the donor's limit: at the limit no amendment is needed."""
    return any(not move.is_allowed for move in source.accounts.moves)


def view_modification_request(source: ReportSource, labels: Labels, language: str) -> DocumentView[ModificationContext]:
    """The request, with every heading that moved."""
    words = Words(labels, language, source.project.sheet.languages)
    moves = [_view_move(source, move, words) for move in source.accounts.moves if move.moved]
    percent = source.limits.transfer_percent
    moved = [move.moved for move in source.accounts.moves if move.moved]
    return DocumentView(
        language=language,
        context={
            **view_letter(source, words),
            "moves": moves,
            "given": [row for row, amount in zip(moves, moved, strict=True) if amount < 0],
            "taken": [row for row, amount in zip(moves, moved, strict=True) if amount > 0],
            "total": _view_total(source, words),
            "limit": format_percent(percent, language) if percent is not None else "",
        },
        prose={},
        charts={},
        properties=view_properties(source, words, words.say("modification-request")),
        proof_rows={
            f"heading:{move.heading.code}": (
                move.heading.code,
                format_amount(move.signed, language),
                format_amount(move.now, language),
                format_amount(move.moved, language),
            )
            for move in source.accounts.moves
            if move.moved
        },
        printed_by={"heading": "moves"},
    )


def _view_move(source: ReportSource, move: HeadingMove, words: Words) -> MoveRow:
    language = words.language
    percent = move.moved * 100 / move.signed if move.signed else None
    return {
        "code": move.heading.code,
        "title": words.read(move.heading.title),
        "signed": format_amount(move.signed, language),
        "now": format_amount(move.now, language),
        "moved": format_amount(move.moved, language),
        "percent": "–" if percent is None else format_percent(percent, language, 2),
        "limit": "–" if move.limit is None else format_amount(move.limit, language),
        "reason": "\n".join(_list_reasons(source, move, words)) or "–",
    }


def _view_total(source: ReportSource, words: Words) -> MoveRow:
    signed = sum((move.signed for move in source.accounts.moves), Decimal("0.00"))
    now = sum((move.now for move in source.accounts.moves), Decimal("0.00"))
    return {
        "code": "",
        "title": words.say("direct-costs"),
        "signed": format_amount(signed, words.language),
        "now": format_amount(now, words.language),
        "moved": format_amount(now - signed, words.language),
        "percent": "",
        "limit": "",
        "reason": "",
    }


def _list_reasons(source: ReportSource, move: HeadingMove, words: Words) -> Iterator[str]:
    """Why the lines of a heading differ from the budget, as the finance staff explained it for this report: what was
    said of an earlier one is no reason of this move."""
    explained = source.fresh_explanations
    heading = next((x for x in source.accounts.books.headings if x.heading.code == move.heading.code), None)
    for line in heading.lines if heading else ():
        if line.line.code in explained:
            yield f"{line.line.code}: {words.read(explained[line.line.code])}"
