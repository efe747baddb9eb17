"""A cover letter: what is handed over, and what is enclosed."""

from __future__ import annotations

from collections.abc import Sequence

from grants.model.labels import Labels
from grants.views.document import DocumentView
from grants.views.figures import format_money
from grants.views.letters.context import CoverContext
from grants.views.letters.enclosures import list_enclosures
from grants.views.letters.parts import asks_for_payment, view_letter
from grants.views.report import view_properties
from grants.views.report.source import ReportSource
from grants.views.words import Words


def view_cover_letter(
    source: ReportSource, enclosures: Sequence[str], labels: Labels, language: str
) -> DocumentView[CoverContext]:
    """The letter. `enclosures` are the titles of the report's documents that go with it."""
    words = Words(labels, language, source.project.sheet.languages)
    amount, currency = source.accounts.next_payment.amount, source.accounts.books.budget.currency
    return DocumentView(
        language=language,
        context={
            **view_letter(source, words),
            "enclosures": list_enclosures(source, enclosures, words),
            "payment": format_money(amount, currency, language) if asks_for_payment(source) else "",
        },
        prose={},
        charts={},
        properties=view_properties(source, words, words.say("cover-letter")),
        proof_rows={},
    )
