"""What the checks would say of what a file brings, before anything of it is written: each at the cell it comes from."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from grants.errors import Finding, Place, has_errors
from grants.forms.changes import Change, Verdict
from grants.services.returns.accept import draft_files
from grants.services.returns.cells import Cells
from grants.services.returns.checked import Checked, check_draft, lay_out
from grants.services.returns.decide import decide
from grants.services.returns.review import Review
from grants.services.returns.spots import Spots

_TIMES = 4
"""What the project could not be read with is held back, and the rest is checked again; so often at most."""
_ASKED = ("R29", "R07-COST", "G07")
"""A voucher booked twice, a cost and an activity outside their time: somebody has to want such a row. Other errors are
of sums, or wait for something: they are only told."""
_TOLD = ("R19",)
"""Rates that are missing are told once for each currency."""


class _Told(NamedTuple):
    finding: Finding
    changes: Sequence[Change]
    """Those of the row that it is about."""


def check_ahead(review: Review, today: datetime.date) -> Review:
    """The review with what `grants check` would say where its changes were taken over.

    Changes with which the project could not be read any more have to be corrected first; a voucher that is
    booked twice, say, somebody has to decide. What is said of sums, and not
    of a row, is left out while other rows have to be corrected: the sums would be others.
    """
    if has_errors(review.findings):
        return review
    stopping: list[Finding] = []
    checked, told = _check(review, today)
    for _ in range(_TIMES):
        if checked is None or not checked.unusable:
            break
        if alone := [x.finding for x in told if not x.changes]:
            return replace(review, findings=(*review.findings, *alone), ahead=tuple(stopping))
        stopping += [x.finding for x in told]
        review = _hold_back(review, told, "fault")
        checked, told = _check(review, today)
    whole = not any(x.verdict in ("ask", "fault") for x in review.changes)
    review = _hold_back(review, [x for x in told if x.finding.code in _ASKED], "conflict")
    found = [x.finding for x in told if (whole or x.changes) and x.finding.code not in _TOLD]
    return replace(review, checked=checked, ahead=tuple(dict.fromkeys([*stopping, *found])))


def _check(review: Review, today: datetime.date) -> tuple[Checked | None, list[_Told]]:
    """What is found with all that could be taken over, each finding at its cell where it has one."""
    taken = decide(review.changes, "theirs").taken
    files = draft_files(review, taken) if taken else {}
    if not files:
        return None, []
    cells = Cells(review)
    with lay_out(review.recognised.grounds, files) as folder:
        checked = check_draft(review.recognised.grounds, files, folder, today)
        spots = Spots(folder, review, taken)
        told = []
        for finding in checked.findings:
            spot = spots.find(finding)
            changes = cells.find_changes(spot, finding)
            place = cells.place(spot, changes) or finding.place
            if checked.unusable and place.file != review.file.name:
                place = Place(review.file.name, part=str(place))
            source = finding.source if place == finding.place else None  # at a cell, the rule's name is enough
            told.append(_Told(replace(finding, place=place, source=source), changes))
    return checked, told


def _hold_back(review: Review, told: Sequence[_Told], verdict: Verdict) -> Review:
    """The review in which the rows that something is told of have to be corrected first, or decided."""
    held = {(x.table, x.row) for one in told for x in one.changes}
    changes = tuple(
        x._replace(verdict=verdict) if (x.table, x.row) in held and x.verdict in ("take", "conflict") else x
        for x in review.changes
    )
    return replace(review, changes=changes)
