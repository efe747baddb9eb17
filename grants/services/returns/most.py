"""How many costs a period can hold: its form has to be made of them, and read again."""

from __future__ import annotations

from dataclasses import replace

from grants.errors import Finding, Place
from grants.forms import PERIOD
from grants.forms.changes import ADDED
from grants.services.form import find_period
from grants.services.returns.review import Review

MOST_COSTS = 50_000
"""A form with as many has 15 MB, unpacks to 130 MB, and fills its hidden sheet to what grants.readers.package_safety
lets in."""


def refuse_too_many(review: Review) -> Review:
    """The review, with an error where the period could not hold what it would have."""
    recognised = review.recognised
    added = sum(x.table == "expenditures" and x.kind in ADDED for x in review.changes)
    if recognised.form.key != PERIOD.key or not added:
        return review
    period = find_period(recognised.grounds.usable.project, recognised.period or "")
    here = len(recognised.grounds.records.of(period).expenditures)
    gone = sum(x.table == "expenditures" and x.kind == "row deleted" for x in review.changes)
    if here + added - gone <= MOST_COSTS:
        return review
    message = f"{period.code} would have {here + added - gone:,} costs, {added:,} of them new. Its form can hold "
    message += f"{MOST_COSTS:,}: a longer one could not be read any more."
    remedy = "Bring small costs of one kind together in one row with the list as its document, or check the file."
    finding = Finding("RET-041", Place(review.file.name), message, remedy)
    return replace(review, findings=(*review.findings, finding))
