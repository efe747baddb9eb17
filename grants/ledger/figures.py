"""Every figure of a budget by name, so that documents can be compared with the ledger and with each other."""

from __future__ import annotations

from decimal import Decimal

from grants.ledger.totals import Totals


def name_amounts(totals: Totals) -> dict[str, Decimal]:
    """Name -> amount: grand_total, grant, own_contribution, direct, indirect, contingency, and heading:1, line:1.1.1,
    source:HA, quarter:2008-Q1, instalment:1."""
    return {
        "grand_total": totals.grand.total,
        "grant": totals.grant,
        "own_contribution": totals.own_contribution,
        "direct": totals.direct.total,
        "indirect": totals.indirect.total,
        "contingency": totals.contingency.total,
        **{f"heading:{heading.heading.code}": heading.total for heading in totals.headings},
        **{f"line:{line.line.code}": line.total for line in totals.lines},
        **{f"source:{source}": amount for source, amount in totals.grand.by_source.items()},
        **{f"quarter:{quarter}": amount for quarter, amount in totals.grand.by_quarter.items()},
        **{f"instalment:{x.instalment.code}": x.amount for x in totals.instalments},
    }
