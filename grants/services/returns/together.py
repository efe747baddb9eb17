"""Several files of one command: each is compared with what those before it bring, and what only they contradict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from grants.forms.changes import Change
from grants.services.returns.checked import lay_out
from grants.services.returns.importing import Reviewed, review_file
from grants.services.returns.making import Grounds
from grants.services.returns.review import Review

Earlier = Sequence[tuple[Grounds, Mapping[Path, bytes]]]
"""Of each file before: its project, and what it would write."""


def review_after(
    file: Path, folders: Sequence[Path], period: str | None, mapping: str | None, earlier: Earlier
) -> Reviewed:
    """The review of a file as if those before it had been taken over. Nothing is written."""
    drafts: dict[Path, dict[Path, bytes]] = {}
    grounds = {x.folder: x for x, _ in reversed(earlier)}
    for known, files in earlier:
        drafts.setdefault(known.folder, {}).update(files)
    with ExitStack() as stack:
        laid = {at: stack.enter_context(lay_out(grounds[at], files)) for at, files in drafts.items() if files}
        reviewed = review_file(file, [laid.get(folder, folder) for folder in folders], period, mapping)
        real = {place: folder for folder, place in laid.items()}
        home = real.get(reviewed.review.recognised.grounds.folder) if reviewed.review else None
        if reviewed.review is None or home is None:
            return reviewed
        return replace(reviewed, review=_bring_home(reviewed.review, grounds[home], drafts[home]))


def _bring_home(review: Review, grounds: Grounds, drafted: Mapping[Path, bytes]) -> Review:
    """The review as one of the project itself, not of the copy that it was compared with."""
    copy = review.recognised.grounds
    loaded = replace(copy.loaded, folder=grounds.folder, templates=grounds.loaded.templates)
    recognised = replace(review.recognised, grounds=replace(copy, loaded=loaded, state=grounds.state))
    checked = review.checked
    if checked:
        files = {grounds.folder / file.relative_to(copy.folder): data for file, data in checked.files.items()}
        checked = replace(checked, files=files)
    return replace(review, recognised=recognised, checked=checked, drafted=drafted)


def find_between(review: Review, alone: Review | None) -> list[Change]:
    """Conflicts that the file has only since others of the same command were taken over.

    `alone` is its review from before: no side of the command line settles what its files say against each other.
    """
    known = {_name(x) for x in alone.changes if x.verdict == "conflict"} if alone else set()
    return [x for x in review.changes if x.verdict == "conflict" and _name(x) not in known] if alone else []


def _name(change: Change) -> tuple[str, ...]:
    return change.kind, change.sheet, change.cell, change.column
