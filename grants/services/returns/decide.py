"""What is taken over: what nothing stands against, and what somebody decided."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from grants.forms.changes import ADDED, Change

Side = Literal["theirs", "ours"]
Ask = Callable[[Change], str | None]
"""A change -> `theirs`, `ours`, one of its readings, or None for later."""


@dataclass(frozen=True, slots=True)
class Decided:
    """The changes of a workbook after the decisions."""

    taken: tuple[Change, ...]
    refused: tuple[Change, ...]
    """Decided against: the definition stands."""
    open: tuple[Change, ...]
    """Nobody has decided yet, or they must be corrected in the workbook."""


def decide(
    changes: Sequence[Change], side: Side | None = None, ask: Ask | None = None, between: Sequence[Change] = ()
) -> Decided:
    """Take what can be taken. `side` settles every conflict; what must be corrected it only settles for `ours`.

    What stands `between` two files of one command no side settles.
    """
    taken: list[Change] = []
    refused: list[Change] = []
    left: list[Change] = []
    for change in changes:
        if change.verdict == "say":
            continue
        if not change.open:
            taken.append(change)
            continue
        answer = (None if change in between else _settle(change, side)) or (ask(change) if ask else None)
        if answer is None:
            left.append(change)
        elif answer == "ours":
            refused.append(change)
        else:
            taken.append(change if answer == "theirs" else change._replace(theirs=answer, verdict="take"))
    return _join_rows(taken, refused, left)


def _settle(change: Change, side: Side | None) -> str | None:
    if side == "ours":
        return "ours"
    return "theirs" if side == "theirs" and change.verdict == "conflict" else None


def _join_rows(taken: list[Change], refused: list[Change], left: list[Change]) -> Decided:
    """Cells of a row that is new belong to the row: it comes with what they are read as, or not at all."""
    new = {(x.table, x.row) for x in (*taken, *refused, *left) if x.kind in ADDED}
    without = {(x.table, x.row) for x in refused if x.kind == "cell"}
    later = {(x.table, x.row) for x in left if x.kind == "cell"}
    cells: dict[tuple[str, str], dict[str, str]] = {}
    for x in taken:
        if x.kind == "cell" and (x.table, x.row) in new:
            cells.setdefault((x.table, x.row), {})[x.column] = x.theirs
    rows = []
    for change in taken:
        at = (change.table, change.row)
        if change.kind not in ADDED:
            rows += [change] if at not in new else []
        elif at in without:
            refused.append(change)
        elif at not in later:
            rows.append(change._replace(texts={**change.texts, **cells[at]}) if at in cells else change)
    return Decided(tuple(rows), tuple(refused), tuple(left))
