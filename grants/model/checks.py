"""The checks that a rule can name, and the parameters each of them takes.

A rule is data: `check: donor_share` with `most_percent: 75`. This is the vocabulary of such data; what a check does
stands in `grants.rules`, in a function of the same name and parameters (a test compares the two).
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Literal

Kind = Literal["number", "count", "words"]
"""A number, a whole number, or a list of texts."""

RECORD_CHECKS: Mapping[str, Mapping[str, Kind]] = {
    # what was signed
    "signed_budget": {},
    # what was spent
    "expenditure_dates": {"after_end": "words"},
    "expenditure_periods": {},
    "repeated_vouchers": {},
    "similar_expenditures": {},
    "expenditure_documents": {},
    "converted": {},
    "pending_payments": {"over": "number"},
    "pending_amounts": {},
    "heading_moves": {"most_percent": "number"},
    "modification_reasons": {},
    "modification_balance": {},
    "variations_explained": {"over_percent": "number"},
    # what came in
    "funds_reconcile": {},
    "givers_not_paid": {},
    "contribution_references": {},
    "received_amounts": {},
    "request_papers": {"annexes": "words"},
    "requested_amounts": {"least_percent": "number"},
    "own_share_paid": {},
    # how it was verified and bought
    "audited_final_report": {"over": "number"},
    "audited_requests": {"least": "number"},
    "listed_contracts": {"interim_over": "number", "final_over": "number", "apart_from": "words"},
    "split_purchases": {"under": "number", "apart_from": "words"},
    # what is late
    "reports_submitted": {},
    "final_report_submitted": {},
    "retention": {"years": "count"},
    # what is reported
    "reported_sexes": {},
    "periods_returned": {},
    "reported_activities": {},
    "reported_indicators": {},
    "report_sections": {},
    "report_texts": {},
    "assets_recorded": {"headings": "words"},
    "contracts_recorded": {"apart_from": "words"},
    "records_kept": {},
    "report_section_words": {},
    "stories": {},
    "small_counts": {"least": "count", "allowed": "words"},
}
"""Checks of what came back: costs, income, progress, texts of reports."""
CHECKS: Mapping[str, Mapping[str, Kind]] = {
    # structure
    "mandatory_parts": {"sections": "words"},
    "linked_parts": {},
    "heading_order": {},
    "required_sections": {"apart_from": "words"},
    "known_sections": {},
    "narrative_languages": {},
    "section_words": {},
    "signatory": {},
    # papers
    "annexes": {"apart_from": "words"},
    "requested_annexes": {},
    "annex_validity": {},
    "known_annexes": {},
    "previous_accounts": {"codes": "words"},
    "experience": {"least_years": "count"},
    "plausible_experience": {},
    "registration": {},
    # money
    "line_totals": {},
    "budget_total": {},
    "amount_requested": {},
    "donor_share": {"most_percent": "number", "emergency_percent": "number"},
    "full_funding": {},
    "first_instalment": {"most_percent": "number"},
    "prefinancing": {"most_percent": "number"},
    "equal_rates": {},
    "person_months": {"units": "words"},
    "empty_lines": {},
    # dates
    "dates_in_project": {},
    "milestone_months": {},
    "report_dates": {},
    "report_terms": {},
    "call_deadline": {},
    "start_after_signature": {},
    "agreed_end": {},
    "guarantee_expiry": {},
    # logframe
    "complete_indicators": {},
    "number_of_results": {"most": "count"},
    "indicator_years": {},
    "sexes_add_up": {},
    "target_group_counts": {},
    # text
    "texts_in_languages": {},
    "languages_of_donor": {},
    "placeholders": {"words": "words", "allowed": "words"},
    "example_texts": {"beginnings": "words"},
    "acronyms": {"known": "words"},
    "typed_amounts": {"allowed": "words"},
    "typed_figures": {},
    # protection of persons
    "personal_data": {"allowed": "words"},
    "named_persons": {"allowed": "words"},
    "described_persons": {},
    "addresses": {"allowed": "words"},
    "never_print": {},
    "persons_flagged": {},
    "small_baselines": {"least": "count"},
    **RECORD_CHECKS,
}
"""All checks. Those that are not of what came back are of the definition."""
TEXT_CHECKS = frozenset(
    {"personal_data", "named_persons", "described_persons", "addresses", "never_print", "placeholders"}
)
"""Checks of the definition that look through texts, and so look through what came back as well."""


def read_parameter(kind: Kind, value: Any) -> Decimal | int | tuple[str, ...] | None:
    """A parameter as its check takes it; None where the value is not of that kind.

    A call writes several words as one text, with semicolons between them.
    """
    if kind == "words":
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(";") if part.strip())
        return tuple(value) if isinstance(value, (tuple, list)) else None
    if isinstance(value, bool) or not isinstance(value, (Decimal, int)):
        return None
    if kind == "count":
        return int(value) if value == int(value) else None
    return Decimal(value)
