"""References to figures in narratives: {{ total }}, {{ heading_3 }}. Filled in by name when a document is made."""

from __future__ import annotations

import re

from grants.model.budget import Budget

REFERENCE = re.compile(r"\{\{\s*+([^{}\s]*+(?:\s++[^{}\s]++)*+)\s*+\}\}")
"""A reference; its first group is the name, without the blanks around it. Nothing is tried twice (++): a thousand
blanks would otherwise take seconds."""
FIGURE_NAMES = (
    "total",
    "grant",
    "own_contribution",
    "grant_percent",
    "own_percent",
    "direct_costs",
    "indirect_costs",
    "indirect_percent",
    "first_instalment",
    "start",
    "end",
    "months",
)
"""Figures that every project has. The subtotal of heading 3 is heading_3."""

REPORT_FIGURES = (
    "approved",
    "spent",
    "spent_current",
    "spent_percent",
    "unspent",
    "received",
    "requested",
    "requested_instalment",
    "period_start",
    "period_end",
)
"""Figures that every report has besides: `spent` since the beginning, `spent_current` in its period, `requested`.
What was spent under heading 3 is spent_3."""


def list_report_figure_names(budget: Budget) -> list[str]:
    """Every name that a text of a report may refer to."""
    spent = (f"spent_{heading.code}" for heading in budget.headings)
    return [*list_figure_names(budget), *REPORT_FIGURES, *spent]


def list_figure_names(budget: Budget) -> list[str]:
    """Every name that a narrative of this project may refer to."""
    return [*FIGURE_NAMES, *(f"heading_{heading.code}" for heading in budget.headings)]
