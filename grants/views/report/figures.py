"""The figures of a report by name: for its texts, and for the rows that its documents must show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from grants.ledger.totals import add_up
from grants.model.money import round_to_cent
from grants.views.document import Rows
from grants.views.figures import format_amount
from grants.views.narrative import FigureValue, list_figure_values, say_figures
from grants.views.report.money import NOTHING, ReportMoney
from grants.views.report.source import ReportSource

PRINTED_BY = {
    "": "budget.total",
    "direct": "budget.sums",
    "indirect": "budget.sums",
    "contingency": "budget.sums",
    "heading": "budget.headings",
    "source": "budget.sources",
    "partner": "budget.partners",
    "funds": "funds",
    "instalment": "payments",
    "requested": "payment.amount",
}
"""As DocumentView.printed_by."""
_WHICH = ("approved", "current", "cumulative", "unspent")


def list_text_values(source: ReportSource) -> dict[str, FigureValue]:
    """Name -> value, for every reference that a text of this report may hold, if it is an amount, a share or a day."""
    books, payment = source.accounts.books, source.accounts.next_payment
    figures = list_figure_values(replace(source.project, sheet=source.sheet), add_up(source.project))
    figures |= {
        "approved": books.grand.approved,
        "spent": books.grand.cumulative,
        "spent_current": books.grand.current,
        "unspent": books.grand.unspent,
        "received": sum(source.accounts.funds.received.values(), NOTHING),
        "requested": payment.amount,
        "period_start": source.report.start,
        "period_end": source.report.end,
    }
    if books.grand.percent is not None:
        figures["spent_percent"] = round_to_cent(books.grand.percent)
    figures |= {f"spent_{heading.code}": NOTHING for heading in source.project.budget.headings}
    return figures | {f"spent_{x.heading.code}": x.cumulative for x in books.headings}


def name_text_figures(source: ReportSource, money: ReportMoney) -> dict[str, str]:
    """Name -> figure as text, for every reference that a text of this report may hold."""
    figures = say_figures(list_text_values(source), money.books.budget.currency, money.words.language)
    return {"spent_percent": "–", "requested_instalment": money.name_requested(), **figures}


def list_proof_rows(figures: Mapping[str, Decimal], language: str) -> Rows:
    """Beginning of the ledger's names -> texts that must stand in cells of one row of a narrative report.

    They are made from the ledger's list of figures, not from the view.
    """
    rows: Rows = {}
    for name in figures:
        if name.endswith("approved"):
            whose = name.removesuffix("approved").rstrip(":")
            if PRINTED_BY.get(whose.partition(":")[0]):
                before = f"{whose}:" if whose else ""
                rows[whose] = tuple(format_amount(figures[before + which], language) for which in _WHICH)
    for name, received in figures.items():
        if name.startswith("instalment:") and name.endswith(":received"):
            whose = name.removesuffix(":received")
            amounts = (received, figures.get(f"{whose}:asked", received))
            rows[whose] = (whose.partition(":")[2], *(format_amount(x, language) for x in amounts))
    for name in ("received", "own", "income", "advanced", "paid", "balance", "difference"):
        if figures[f"funds:{name}"] or name != "advanced":
            rows[f"funds:{name}"] = (format_amount(figures[f"funds:{name}"], language),)
    return rows
