"""The limits that a donor's rules set, for the ledger and for documents: each is read from the rule that states it."""

from __future__ import annotations

from typing import Any

from grants.model import Donor, Project
from grants.model.donor import Rules
from grants.model.limits import Limits
from grants.rules.choice import choose_rules, read_parameters

_STATED_BY = {
    ("small_counts", "least"): "smallest_count",
    ("heading_moves", "most_percent"): "transfer_percent",
    ("requested_amounts", "least_percent"): "next_payment_percent",
    ("prefinancing", "most_percent"): "prefinancing_percent",
    ("pending_payments", "over"): "pending_over",
    ("variations_explained", "over_percent"): "explain_over_percent",
    ("retention", "years"): "retention_years",
}
"""Check and parameter -> the limit."""


def read_limits(project: Project, donor: Donor, common: Rules) -> Limits:
    """The limits that hold for a project; a rule that does not hold on its first day sets none."""
    limits: dict[str, Any] = {}
    for rule, _ in choose_rules(donor, common):
        if rule.is_valid(project.sheet.start):
            for name, value in read_parameters(rule, project.sheet.call).items():
                if (rule.check, name) in _STATED_BY:
                    limits[_STATED_BY[rule.check, name]] = value
    return Limits(**limits)
