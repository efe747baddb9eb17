"""A file that was accepted before: what it would change now was changed here since, so somebody decides."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from grants.errors import Finding, Place
from grants.readers.records import PERIODS
from grants.services.returns.accept import ACCEPTED
from grants.services.returns.review import Review


def ask_again(review: Review) -> Review:
    """The review with nothing that is taken over unasked, where the same file was accepted before."""
    said = _find_acceptance(review)
    if not said or not any(x.verdict == "take" for x in review.changes):
        return review
    changes = tuple(x._replace(verdict="conflict") if x.verdict == "take" else x for x in review.changes)
    added = sum(x.kind == "row added" for x in review.changes)
    message = f"This file was accepted already, {said}; what differs was changed here since"
    message += f", and rows that it would add again were removed or corrected here: {added}." if added else "."
    remedy = "Keep what is here (--accept-ours), or decide one by one; the file itself holds nothing new."
    finding = Finding("RET-040", Place(review.file.name), message, remedy, severity="warning")
    return replace(review, changes=changes, findings=(*review.findings, finding))


def _find_acceptance(review: Review) -> str:
    """`on 2008-07-20 by Anna`, of the last time; empty where the file is new."""
    folder, period = review.recognised.grounds.folder, review.recognised.period
    journal: Path = folder / (f"{PERIODS}/{period}" if period else "") / ACCEPTED
    if not journal.exists():
        return ""
    for line in reversed(journal.read_text("utf-8").splitlines()):
        if review.sha256 in line:
            told = json.loads(line)
            return f"on {told['when'][:10]} by {told['who']}"
    return ""
