"""A file that was accepted before brings nothing back unasked."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from grants.errors import OutputError, UnusableError
from grants.services.returns.importing import accept, decide_review
from grants.services.returns.review import Review
from tests.returned import changes_of, make_workspace, review_of

WHEN = datetime.datetime(2008, 7, 20, tzinfo=datetime.UTC)
COSTS = "periods/2008-Q2/expenditures.csv"


COST: dict[str, object] = {
    "voucher": "112",
    "date": datetime.date(2008, 6, 12),
    "payee": "A shop",
    "description": "Paper",
    "line": "5.1",
    "partner": "SAM",
    "amount": 12,
    "currency": "EUR",
}
TYPED = {("expenditures", "spare::1", key): value for key, value in COST.items()}


def take(review: Review) -> None:
    accept(review, decide_review(review, None, None), "Anna", WHEN)


def test_a_cost_that_was_removed_and_a_figure_that_was_corrected_are_asked(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path)
    data = workspace.write("period", "en").typed(
        {
            ("expenditures", "SAM/V7", "amount"): 960,
            **TYPED,
        }
    )
    first = workspace.review(data)
    assert "RET-040" not in [x.code for x in first.findings]
    take(review_of(first))
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


def test_a_row_that_was_accepted_and_removed_is_asked_also_where_it_comes_in_another_file(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path)
    form = workspace.write("period", "en")
    take(review_of(workspace.review(form.typed(TYPED))))
    journal = workspace.folder / "periods/2008-Q2/accepted.jsonl"
    journal.write_text(f"<<<<<<< HEAD\n{journal.read_text('utf-8')}{{}}\n", "utf-8")  # as git leaves a conflict
    file = workspace.folder / COSTS
    lines = [x for x in file.read_text("utf-8").splitlines(keepends=True) if not x.startswith("112,")]
    file.write_text("".join(lines), "utf-8")
    reviewed = workspace.review(form.typed({**TYPED, ("expenditures", "SAM/V7", "amount"): 960}))
    verdicts = {(x.kind, x.verdict) for x in changes_of(reviewed)}
    assert verdicts == {("row added", "conflict"), ("cell", "take")}
    [finding] = [x for x in reviewed.findings if x.code == "RET-040"]
    assert "on 2008-07-20 by Anna, and was removed" in finding.message


@pytest.mark.parametrize("part", ['"rows": null', '"rows": [{"table": "expenditures"}]', '"added": [[]]', '"who": 1'])
def test_a_line_that_somebody_wrote_into_is_passed_by(tmp_path: Path, part: str) -> None:
    workspace = make_workspace(tmp_path)
    form = workspace.write("period", "en")
    take(review_of(workspace.review(form.typed(TYPED))))
    journal = workspace.folder / "periods/2008-Q2/accepted.jsonl"
    line = journal.read_text("utf-8").rstrip()
    journal.write_bytes(f"{line[:-1]}, {part}}}\n{line}\n\xe9".encode("latin-1", "replace"))
    review = review_of(workspace.review(form.typed({**TYPED, AMOUNT: 960})))
    take(review)
    assert [x.column for x in review.changes] == ["amount"]
    assert journal.read_text("utf-8", "replace").splitlines()[-1].startswith('{"when"')


def test_any_end_of_line_in_a_text_leaves_the_record_whole(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path)
    form = workspace.write("period", "en")
    typed = {**TYPED, ("expenditures", "spare::1", "description"): "Paper\u2028and ink"}
    take(review_of(workspace.review(form.typed(typed))))
    (change,) = changes_of(workspace.review(form.typed({**typed, PAID: datetime.date(2008, 6, 20)})))
    assert (change.kind, change.column, change.verdict) == ("cell", "date_paid", "take")


SECOND = {("expenditures", "spare::2", key): value for key, value in {**COST, "voucher": "113"}.items()}
AMOUNT = ("expenditures", "SAM/V7", "amount")
PAID = ("expenditures", "spare::1", "date_paid")
STATUS = ("activity_progress", "A1.1.2", "done")


def test_a_later_copy_of_a_file_is_compared_with_what_was_accepted_of_it(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path)
    form = workspace.write("period", "en")
    first = {**TYPED, **SECOND, AMOUNT: 960, STATUS: "Two sessions."}
    take(review_of(workspace.review(form.typed(first))))
    later = {**TYPED, PAID: datetime.date(2008, 6, 20), AMOUNT: 970, STATUS: "Three sessions."}
    changes = changes_of(workspace.review(form.typed(later)))  # filled in later, changed once more, a row emptied
    assert {(x.kind, x.row, x.column, x.verdict) for x in changes} == {
        ("cell", "SAM/112", "date_paid", "take"),
        ("cell", "SAM/V7", "amount", "take"),
        ("cell", "A1.1.2", "done", "take"),
        ("row deleted", "SAM/113", "", "conflict"),
    }
    review = review_of(workspace.review(form.typed(later)))
    accept(review, decide_review(review, "theirs", None), "Anna", WHEN)
    assert ",SAM,,12.00,EUR,2008-06-20," in workspace.read(COSTS)
    assert "\n113," not in workspace.read(COSTS)
    assert (
        changes_of(workspace.review(form.typed({**later, ("expenditures", "SAM/V7", "note"): "x"})))[0].column == "note"
    )


def test_what_would_take_back_what_was_accepted_is_asked_as_the_copy_may_be_an_older_one(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path)
    form = workspace.write("period", "en")
    take(review_of(workspace.review(form.typed({**TYPED, AMOUNT: 960}))))
    (change,) = changes_of(workspace.review(form.typed(TYPED)))
    assert (change.cell, change.theirs, change.ours, change.verdict) == (
        form.place(*AMOUNT)[1],
        "950",
        "960",
        "conflict",
    )
    journal = workspace.folder / "periods/2008-Q2/accepted.jsonl"
    kept = journal.read_text("utf-8")
    for old, new in (
        ('"cells": ', '"texts": {"amount": "960"}, "y": '),
        ('"columns": [', '"columns": [1, '),
        ('"cells": "', '"cells": "x'),
        ('"table": "exp', '"table": 1, "x": "exp'),
        ('"at": ', '"at": "x'),
    ):
        assert old in kept
        journal.write_text(kept.replace(old, new), "utf-8")  # somebody wrote into it
        assert review_of(workspace.review(form.typed(TYPED))).changes is not None
    journal.write_text(kept, "utf-8")
    workspace.replace(COSTS, "960.00", "961.00")  # changed here since, and not in the copy: it stands
    again = {**TYPED, AMOUNT: 960, ("expenditures", "SAM/V7", "note"): "x"}
    assert [x.column for x in changes_of(workspace.review(form.typed(again)))] == ["note"]


def test_the_record_of_what_was_accepted_keeps_no_words(tmp_path: Path) -> None:
    """What is taken out of the records for privacy stands nowhere else."""
    workspace = make_workspace(tmp_path)
    form = workspace.write("period", "en")
    typed = {**TYPED, ("expenditures", "spare::1", "payee"): "Eleni Papa", STATUS: "Eleni spoke.", AMOUNT: 960}
    take(review_of(workspace.review(form.typed(typed))))
    record = workspace.read("periods/2008-Q2/accepted.jsonl")
    assert not [words for words in ("Eleni", "Paper", "SAM 112", "spoke.") if words in record]
    workspace.replace(COSTS, "Eleni Papa", "(a person)")
    assert changes_of(workspace.review(form.typed({**typed, ("expenditures", "SAM/V7", "note"): ""}))) == []
    (change,) = changes_of(
        workspace.review(form.typed({**typed, ("expenditures", "spare::1", "payee"): "Eleni Pappa"}))
    )
    assert (change.column, change.base, change.ours, change.verdict) == ("payee", None, "(a person)", "conflict")


def test_what_another_person_wrote_into_the_same_form_takes_nothing_back(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path)
    form = workspace.write("period", "en")
    take(review_of(workspace.review(form.typed({**TYPED, STATUS: "Two sessions."}))))
    (change,) = changes_of(workspace.review(form.typed(SECOND)))
    assert (change.kind, change.verdict, change.texts["voucher"]) == ("row added", "take", "113")
    take(review_of(workspace.review(form.typed(SECOND))))
    assert "Two sessions." in workspace.read("periods/2008-Q2/progress.yaml")


def test_what_somebody_else_wrote_meanwhile_is_not_lost(tmp_path: Path) -> None:
    """Two people import at the same time: whoever comes second starts anew."""
    workspace = make_workspace(tmp_path)
    form = workspace.write("period", "en")
    mine = review_of(workspace.review(form.typed(TYPED)))
    take(review_of(workspace.review(form.typed({("expenditures", "SAM/V7", "amount"): 960}))))
    with pytest.raises(UnusableError, match="changed while"):
        take(mine)
    assert "960.00" in workspace.read(COSTS)
    take(review_of(workspace.review(mine.data)))
    assert "960.00" in workspace.read(COSTS)
    assert "\n112," in workspace.read(COSTS)


def test_a_list_that_is_open_in_excel_is_not_written(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path)
    before = workspace.read(COSTS)
    review = review_of(workspace.review(workspace.write("period", "en").typed(TYPED)))
    (workspace.folder / COSTS).with_name("~$expenditures.csv").write_bytes(b"")
    with pytest.raises(OutputError, match="is open in Word or Excel; nothing was written"):
        take(review)
    assert workspace.read(COSTS) == before
