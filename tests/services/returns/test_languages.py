"""What is typed into a form of a language is stored under that language, and no other partner's text is touched."""

from __future__ import annotations

from pathlib import Path

import pytest

from grants.services.returns.making import read_grounds
from tests.returned import Workspace, brief, changes_of, make_workspace, review_of
from tests.services.returns.test_taking import take, type_and_take

DONE = "activity_progress", "A1.1.2", "done"
PROGRESS = "periods/2008-Q2/progress.yaml"
BOTH = "done: {el: Έγιναν δύο σεμινάρια., en: Two seminars were held.}"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return make_workspace(tmp_path)


def done_of(workspace: Workspace) -> dict[str, str]:
    activity = read_grounds(workspace.folder).records.periods["2008-Q2"].progress.activities["A1.1.2"]
    return dict(activity.done.words) if activity.done else {}


def test_two_partners_write_each_in_their_language(workspace: Workspace) -> None:
    """The second form was made when nobody had written anything; what came between is another's text."""
    workspace.replace(PROGRESS, f"    {BOTH}\n", "")
    greek, serbian = workspace.write("period", "el"), workspace.write("period", "sr")
    take(review_of(workspace.review(serbian.typed({DONE: "Održana su dva seminara."}))))
    reviewed = workspace.review(greek.typed({DONE: "Έγιναν δύο σεμινάρια."}))
    assert [brief(x) for x in changes_of(reviewed)] == [("cell", "take", "A1.1.2", "done", "Έγιναν δύο σεμινάρια.")]
    take(review_of(reviewed))
    assert done_of(workspace) == {"sr": "Održana su dva seminara.", "el": "Έγιναν δύο σεμινάρια."}


@pytest.mark.parametrize("typed", ["Održana su dva seminara.", ""])
def test_a_text_of_another_language_that_the_form_showed_stays(workspace: Workspace, typed: str) -> None:
    form = workspace.write("period", "sr")
    assert form.open()[form.place(*DONE)[0]][form.place(*DONE)[1]].value == "Two seminars were held."
    type_and_take(form, PROGRESS, {DONE: typed or None})
    said = {"sr": typed} if typed else {}
    assert done_of(workspace) == {"el": "Έγιναν δύο σεμινάρια.", "en": "Two seminars were held.", **said}


def test_a_text_that_is_emptied_stays_in_the_others_languages(workspace: Workspace) -> None:
    form = workspace.write("period", "el")
    lines = type_and_take(form, PROGRESS, {DONE: None})
    assert lines == [f"-     {BOTH}", "+     done: {en: Two seminars were held.}"]


def test_the_last_language_takes_the_text_with_it(workspace: Workspace) -> None:
    workspace.replace(PROGRESS, BOTH, "done: {el: Έγιναν.}")
    assert type_and_take(workspace.write("period", "el"), PROGRESS, {DONE: None}) == ["-     done: {el: Έγιναν.}"]


def test_a_text_for_all_languages_is_replaced_as_such(workspace: Workspace) -> None:
    workspace.replace(PROGRESS, BOTH, "done: Ok.")
    form = workspace.write("period", "sr")
    assert type_and_take(form, PROGRESS, {DONE: "Gotovo."}) == ["-     done: Ok.", "+     done: Gotovo."]


def test_what_was_written_meanwhile_in_the_forms_own_language_is_a_conflict(workspace: Workspace) -> None:
    form = workspace.write("period", "sr")
    workspace.replace(PROGRESS, BOTH, "done: {en: Two seminars were held., sr: Dva.}")
    (change,) = changes_of(workspace.review(form.typed({DONE: "Tri."})))
    assert (change.verdict, change.ours) == ("conflict", "Dva.")


@pytest.mark.parametrize(
    ("kind", "name", "at", "found"),
    [
        ("budget", "budget.yaml", ("lines", "1.1", "description"), "en: Co-ordinator, sr: Tekst"),
        ("activities", "work-plan.yaml", ("plan", "A1.1.1", "title"), "sr: Tekst"),
    ],
)
def test_texts_of_the_definition_keep_their_languages(
    workspace: Workspace, kind: str, name: str, at: tuple[str, str, str], found: str
) -> None:
    before, after = workspace.read(name), type_and_take(workspace.write(kind, "sr"), name, {at: "Tekst"})
    assert found in " ".join(after)
    assert sum(before.count(x) for x in ("el:", "en:")) == sum(workspace.read(name).count(x) for x in ("el:", "en:"))
