"""The rows that a proposal must show, so that Word and ledger are proven equal."""

from __future__ import annotations

from grants.ledger.totals import Totals
from grants.views.document import Rows
from grants.views.proposal.context import ProposalContext, SumRow

PRINTED_BY = {
    "grand_total": "",
    "sum": "budget.sums",
    "heading": "budget.headings",
    "line": ".lines",
    "source": "sources",
    "instalment": "instalments",
}
"""As DocumentView.printed_by."""


def list_proof_rows(context: ProposalContext, totals: Totals) -> Rows:
    """Name of a figure, as the ledger names it -> texts that must stand in cells of one row."""
    budget = context["budget"]
    rows: Rows = {"grand_total": _sum_row(budget["total"])}
    rows |= {f"sum:{number}": _sum_row(part) for number, part in enumerate(budget["sums"])}
    for heading in budget["headings"]:
        rows[f"heading:{heading['code']}"] = (
            heading["code"],
            heading["title"],
            heading["grant"],
            heading["own"],
            heading["total"],
        )
        for line in heading["lines"]:
            rows[f"line:{line['code']}"] = (
                line["code"],
                line["description"],
                line["quantity"],
                line["unit_cost"],
                line["total"],
            )
    for code, source in zip(totals.grand.by_source, context["sources"], strict=True):
        rows[f"source:{code}"] = (source["name"], source["amount"], source["percent"])
    for instalment in context["instalments"]:
        rows[f"instalment:{instalment['code']}"] = (instalment["code"], instalment["percent"], instalment["amount"])
    return rows


def _sum_row(part: SumRow) -> tuple[str, ...]:
    return (part["label"], part["grant"], part["own"], part["total"])
