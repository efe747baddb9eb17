"""Much of the same in a few lines: the first ones, how many more, and from which cell to which."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from grants.errors import Finding, Place
from grants.forms.changes import Change
from grants.forms.returned import Note

FEW = 20
"""Changes or notes of a sheet, or findings, that are all shown."""
_FIRST = 5
"""Of a group that are shown."""
_SPARED = 2
"""Why: nobody gains from "and 1 more" in place of the one."""
_CELL = re.compile(r"(?P<sheet>(?:.*!)?)(?P<column>[A-Z]+)(?P<row>[0-9]+)")

One = TypeVar("One", Change, Note)
Item = TypeVar("Item")
Groups = Iterator[tuple[Sequence[One], int, str]]
"""What is shown; how many more there are; from where to where those are: `A17 to A50016`."""


def group_changes(changes: Sequence[Change], *, everything: bool) -> Groups[Change]:
    """Changes of a sheet; where they are many, those of one kind together."""
    return _group(changes, lambda x: (x.kind, x.verdict, x.table, x.column, x.odd and x.odd.kind), everything)


def group_notes(notes: Sequence[Note], *, everything: bool) -> Groups[Note]:
    """Notes of a sheet."""
    return _group(notes, lambda x: x.kind, everything)


def _group(items: Sequence[One], key: Callable[[One], Hashable], everything: bool) -> Groups[One]:
    if everything or len(items) <= FEW:
        yield items, 0, ""
        return
    for group in _gather(items, key):
        shown = _count_shown(len(group))
        left = group[shown:]
        yield group[:shown], len(left), f"{left[0].cell} to {left[-1].cell}" if left else ""


def _gather(items: Iterable[Item], key: Callable[[Item], Hashable]) -> Iterable[list[Item]]:
    groups: dict[Hashable, list[Item]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return groups.values()


def _count_shown(number: int) -> int:
    return number if number <= _FIRST + _SPARED else _FIRST


def group_findings(findings: Iterable[Finding], *, everything: bool) -> list[Finding]:
    """The findings; of those with one code in one column, or one file, the first few, and one that counts the rest."""
    found = list(findings)
    if everything or len(found) <= FEW:
        return found
    shown: list[Finding] = []
    for group in _gather(found, lambda x: (x.code, x.severity, x.place.file, _find_column(x.place))):
        number = _count_shown(len(group))
        shown += group[:number]
        if left := group[number:]:
            shown.append(_sum_up(left))
    return shown


def _find_column(place: Place) -> str:
    """`Costs!H` of `Costs!H12`."""
    cell = _CELL.fullmatch(place.cell or "")
    return f"{cell['sheet']}{cell['column']}" if cell else place.part or ""


def _sum_up(left: Sequence[Finding]) -> Finding:
    first, last = left[0].place, left[-1].place
    until = last.cell.rpartition("!")[2] if last.cell else f"line {last.line}" if last.line else ""
    place = replace(first, cell=f"{first.cell}:{until}") if first.cell else first
    message = f"And {len(left):,} more of these{f', down to {until}' if until else ''}."
    return Finding(left[0].code, place, message, "With --all they are listed.", severity=left[0].severity)
