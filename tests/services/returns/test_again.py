"""A file that was accepted before brings nothing back unasked."""

from __future__ import annotations

import datetime
from pathlib import Path

from grants.services.returns.importing import accept, decide_review
from tests.returned import make_workspace, review_of

WHEN = datetime.datetime(2008, 7, 20, tzinfo=datetime.UTC)
COSTS = "periods/2008-Q2/expenditures.csv"


def test_a_cost_that_was_removed_and_a_figure_that_was_corrected_are_asked(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path)
    data = workspace.write("period", "en").typed(
        {
            ("expenditures", "SAM/V7", "amount"): 960,
            **{
                ("expenditures", "spare::1", key): value
                for key, value in {
                    "voucher": "112",
                    "date": datetime.date(2008, 6, 12),
                    "payee": "A shop",
                    "description": "Paper",
                    "line": "5.1",
                    "partner": "SAM",
                    "amount": 12,
                    "currency": "EUR",
                }.items()
            },
        }
    )
    first = workspace.review(data)
    assert "RET-040" not in [x.code for x in first.findings]
    accept(review_of(first), decide_review(review_of(first), None, None), "Anna", WHEN)
    assert "\n112," in workspace.read(COSTS)
    file = workspace.folder / COSTS
    lines = [x for x in file.read_text("utf-8").splitlines(keepends=True) if not x.startswith("112,")]
    file.write_text("".join(lines).replace("960.00", "955.00"), "utf-8")
    reviewed = workspace.review(data)
    review = review_of(reviewed)
    assert {x.verdict for x in review.changes if x.kind in ("cell", "row added")} == {"conflict"}
    assert any(x.kind == "row added" for x in review.changes)
    [finding] = [x for x in reviewed.findings if x.code == "RET-040"]
    assert "on 2008-07-20 by Anna" in finding.message
    assert decide_review(review, None, None).taken == ()
    assert decide_review(review, "ours", None).taken == ()
    assert any(x.kind == "row added" for x in decide_review(review, "theirs", None).taken)
