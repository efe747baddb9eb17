"""The figures of a budget by name, so that every document made from it can be compared with the ledger."""

from __future__ import annotations

from decimal import Decimal

from grants.ledger.totals import Totals
from grants.model.logframe import Logframe
from grants.model.money import round_to_cent


def list_figures(totals: Totals) -> dict[str, Decimal]:
    """Name -> amount: grand_total, grant, heading:1, line:1.1.1, source:<code>, quarter:2008-Q1, instalment:<code>."""
    figures = {
        "grand_total": totals.grand.total,
        "grant": totals.grant,
        "own_contribution": totals.own_contribution,
        "direct": totals.direct.total,
        "indirect": totals.indirect.total,
        "contingency": totals.contingency.total,
        "in_kind": totals.in_kind,
    }
    figures |= {f"heading:{part.heading.code}": part.total for part in totals.headings}
    figures |= {f"line:{part.line.code}": part.total for part in totals.lines}
    figures |= {f"source:{code}": amount for code, amount in totals.grand.by_source.items()}
    figures |= {f"quarter:{quarter}": amount for quarter, amount in totals.grand.by_quarter.items()}
    return figures | {f"instalment:{part.instalment.code}": part.amount for part in totals.instalments}


def list_indicator_figures(logframe: Logframe) -> dict[str, Decimal]:
    """Name -> value, to two decimals: baseline:Op1.1-1, target:Op1.1-1, target:Op1.1-1:women."""
    figures: dict[str, Decimal] = {}
    for indicator in logframe.indicators:
        values = {
            f"baseline:{indicator.code}": indicator.baseline.value if indicator.baseline else None,
            f"target:{indicator.code}": indicator.target.value if indicator.target else None,
        }
        if indicator.persons:
            values |= {f"target:{indicator.code}:women": indicator.women, f"target:{indicator.code}:men": indicator.men}
        figures |= {name: round_to_cent(value) for name, value in values.items() if value is not None}
    return figures


def share_of(part: Decimal, whole: Decimal) -> Decimal:
    """A part as a fraction of the whole, 0.75 for three quarters, unrounded; 0 of nothing."""
    return part / whole if whole else Decimal(0)
