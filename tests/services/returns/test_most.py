"""A period holds as many costs as its form can be read with."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from grants.forms.changes import Change
from grants.services.returns.most import MOST_COSTS, refuse_too_many
from tests.returned import make_workspace, review_of


def test_more_costs_than_the_form_holds_are_refused(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path)
    review = review_of(workspace.review(workspace.write("period").data))
    here = len(review.recognised.grounds.records.periods["2008-Q2"].expenditures)
    row = Change("row added", "take", "expenditures", "new:1", "Costs", "A1")
    fits = replace(review, changes=(row,) * (MOST_COSTS - here))
    assert refuse_too_many(fits) is fits
    [finding] = refuse_too_many(replace(fits, changes=(*fits.changes, row))).findings
    assert (finding.code, finding.severity) == ("RET-041", "error")
    assert "50,001 costs" in finding.message
    gone = row._replace(kind="row deleted")
    assert not refuse_too_many(replace(fits, changes=(*fits.changes, row, gone))).findings
    assert refuse_too_many(review) is review
