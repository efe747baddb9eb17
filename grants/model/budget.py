"""`budget.yaml`: headings and lines, indirect costs, contingency, and who pays."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from grants.model.base import Model
from grants.model.scalars import Amount, Code, CodeKey, Currency, Many, Percent, Quantity, Quarter, Text

Shares = dict[CodeKey, Percent]
"""Source of funding -> its share in per cent; the shares total 100."""


class FundingSource(Model):
    """Who pays (EU: expected source of funding). In kind is never added to money."""

    code: Code
    name: Text
    kind: Literal["donor", "own", "partner", "other"]
    in_kind: bool = False
    organisation: Code | None = None
    note: Text | None = None


class BudgetHeading(Model):
    """A heading of the budget, such as 1 Human resources."""

    code: Code
    title: Text


class BudgetLine(Model):
    """A line: quantity times unit cost, for activities, by a partner, paid by sources."""

    code: Code
    heading: Code
    description: Text
    unit: Text
    quantity: Quantity
    unit_cost: Amount
    total: Amount | None = None
    """What the writer believes the line comes to; checked, never used."""
    partner: Code
    activities: Many[Code] = ()
    paid_by: Shares | None = None
    """None: as the whole budget is paid."""
    phasing: dict[Quarter, Amount] | None = None
    """Weights by quarter. None: evenly over the months of the activities served."""
    justification: Text | None = None


class IndirectCosts(Model):
    """Overheads as a flat rate. The base is the direct costs, with or without the contingency."""

    percent: Percent
    base: Literal["direct", "direct-and-contingency"] = "direct"


class Contingency(Model):
    """A reserve, as a share of direct costs."""

    percent: Percent


class Contribution(Model):
    """Something given in kind: listed apart, never in the financial total."""

    source: Code
    description: Text
    value: Amount
    valuation: Text


class Budget(Model):
    """`budget.yaml`."""

    currency: Currency
    sources: Annotated[Many[FundingSource], Field(min_length=1)]
    paid_by: Shares
    headings: Annotated[Many[BudgetHeading], Field(min_length=1)]
    lines: Annotated[Many[BudgetLine], Field(min_length=1)]
    indirect_costs: IndirectCosts | None = None
    contingency: Contingency | None = None
    in_kind: Many[Contribution] = ()
    total: Amount | None = None
    """What the writer believes the whole comes to; checked, never used."""
