"""The figures of a report by name: for its texts, and for the rows that its documents must show."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from grants.views.document import Rows
from grants.views.figures import format_amount, format_date
from grants.views.report.context import MoneyPart
from grants.views.report.money import ReportMoney
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


def name_report_figures(source: ReportSource, money: ReportMoney, part: MoneyPart) -> dict[str, str]:
    """Name -> figure as text, for every reference that only a text of a report may hold."""
    language = money.words.language
    figures = {
        "approved": part["approved"],
        "spent": part["spent"],
        "spent_current": part["spent_current"],
        "spent_percent": part["spent_percent"],
        "unspent": part["unspent"],
        "received": part["received"],
        "requested": part["requested"],
        "requested_instalment": money.name_requested(),
        "period_start": format_date(source.report.start, language),
        "period_end": format_date(source.report.end, language),
    }
    spent = {f"spent_{x.code}": money.say_money(Decimal("0.00")) for x in source.project.budget.headings}
    spent |= {f"spent_{x.heading.code}": money.say_money(x.cumulative) for x in money.books.headings}
    return figures | spent


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
