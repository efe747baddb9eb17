"""A file that was accepted before, or a row of it: what it would change now was changed here since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from grants.errors import Finding, Place
from grants.services.returns.accept import list_names
from grants.services.returns.journal import hash_words, read_journal
from grants.services.returns.review import Review


def ask_again(review: Review) -> Review:
    """The review with nothing that is taken over unasked, where the same file was accepted before; nor a row that was
    accepted from another file and is not here any more.
    """
    told = read_journal(review.recognised.grounds.folder, review.recognised.period)
    same = next((x for x in reversed(told) if x["sha256"] == review.sha256), None)
    if same is None:
        return _ask_rows(review, told)
    if not any(x.verdict == "take" for x in review.changes):
        return review
    changes = tuple(x._replace(verdict="conflict") if x.verdict == "take" else x for x in review.changes)
    added = sum(x.kind == "row added" for x in review.changes)
    message = f"This file was accepted already, {_say(same)}; what differs was changed here since"
    message += f", and rows that it would add again were removed or corrected here: {added}." if added else "."
    remedy = "Keep what is here (--accept-ours), or decide one by one; the file itself holds nothing new."
    finding = Finding("RET-040", Place(review.file.name), message, remedy, severity="warning")
    return replace(review, changes=changes, findings=(*review.findings, finding))


def _ask_rows(review: Review, told: Sequence[Mapping[str, Any]]) -> Review:
    """A row that was accepted once and was removed here since is a question."""
    accepted = [(x, set(x["added"])) for x in reversed(told) if x.get("added")]
    changes, findings = list(review.changes), []
    for at, change in enumerate(changes if accepted else ()):
        name = next(iter(list_names([change])), "")
        if not name or change.verdict != "take":
            continue
        same = next((x for x, added in accepted if hash_words(x["sha256"], name) in added), None)
        if same is not None:
            message = f"This row was accepted already, {_say(same)}, and was removed here since."
            remedy = "Keep what is here (--accept-ours), or decide one by one."
            cell = f"{change.sheet}!{change.cell}" if change.sheet else change.cell
            findings.append(Finding("RET-040", Place(review.file.name, cell=cell), message, remedy, severity="warning"))
            changes[at] = change._replace(verdict="conflict")
    return replace(review, changes=tuple(changes), findings=(*review.findings, *findings))


def _say(told: Mapping[str, Any]) -> str:
    """`on 2008-07-20 by Anna`."""
    return f"on {told['when'][:10]} by {told['who']}"
