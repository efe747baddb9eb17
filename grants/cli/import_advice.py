"""What can be done next with a file that was reviewed, by what was found in it; and what still stands against it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from grants.errors import has_errors

if TYPE_CHECKING:
    from grants.errors import Finding
    from grants.forms.changes import Change
    from grants.services.returns.review import Review

_OPEN = {
    "conflict": "to be decided",
    "ask": "that can be read in two ways",
    "fault": "to be corrected",
}


def count_stuck(review: Review) -> int:
    """What no decision settles: a part that is gone, a row without a code, a row that makes no sense, too many rows."""
    refused = sum(x.severity == "error" for x in review.findings)
    return len(review.blocked) + len(review.senseless) + refused


def is_fine(review: Review) -> bool:
    """Whether all of it can be taken over as it is, and the checks find no error in its cells."""
    return not (review.open or count_stuck(review) or list_refused(review))


def list_refused(review: Review) -> list[Finding]:
    """Errors that the checks would find in its cells."""
    return [x for x in review.ahead if x.place.file == review.file.name and x.severity == "error"]


def say_open(left: Sequence[Change], stuck: int) -> str:
    """`3 to be decided, 2 that can be read in two ways, 9 to be corrected`."""
    counts = {key: sum(x.verdict == key for x in left) for key in _OPEN}
    counts["fault"] += stuck
    return ", ".join(f"{counts[key]:,} {words}" for key, words in _OPEN.items() if counts[key])


def list_advice(review: Review, *, corrected: bool = False) -> Iterator[str]:
    """What to do next, a line each; nothing where there is nothing to do.

    No copy is advised where one was just written (`corrected`), or where there are no cells to mark: of an export.
    """
    taken = sum(x.verdict == "take" for x in review.changes)
    conflicts = [x for x in review.open if x.verdict == "conflict"]
    rest = [x for x in review.open if x.verdict != "conflict"]
    stuck = count_stuck(review)
    copy = not corrected and bool(review.expected.headers)
    if has_errors(review.findings):
        yield "Nothing of it can be taken over."
        return
    if wrong := stuck + sum(x.verdict == "fault" for x in rest):
        cells = "1 has" if wrong == 1 else f"{wrong:,} have"
        mark = " To mark them in a copy that you send back: --correct." if copy else ""
        yield f"{cells} to be corrected first.{mark}"
    elif rest and copy:
        yield "To mark in a copy that you send back what can be read in two ways: --correct."
    elif copy and (refused := len(list_refused(review))):
        cells = "1 cell" if refused == 1 else f"{refused:,} cells"
        yield f"The checks find an error in {cells}. To mark it in a copy that you send back: --correct."
    if review.open and not stuck:
        yield "To decide one by one, at a terminal: --accept."
    if conflicts and not rest and not stuck:
        yield "To settle all at once: --accept-theirs (the file is right) or --accept-ours (what is here stays)."
    elif review.open or stuck:
        if conflicts:
            yield f"--accept-theirs alone would not do: it settles the conflicts, and leaves {say_open(rest, stuck)}."
        others = f", and take over the other {taken:,}" if taken > 1 else ", and take over the other" if taken else ""
        if conflicts:
            yield f"To keep what is here in all that is open{others}: --accept-ours."
        elif taken:
            yield f"To leave out the rows and cells that are open{others}: --accept-ours."
    elif taken:
        yield f"To take it over{' all the same' if list_refused(review) else ''}: --accept."
    elif review.settles:
        yield "To record that it came back without a cost: --accept."
