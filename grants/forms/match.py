"""Which row of a list that came back is which row of the list that went out: moved, edited, copied, deleted, added."""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence

Texts = tuple[str, ...]
_ALIKE = 0.5
"""Part of the filled cells that two rows have in common, to be the same row edited."""
_MOST_PAIRS = 60_000
"""Rows compared with each other one by one; in a longer list an edited row is found by its key or its place only."""


def match_rows(
    theirs: Sequence[tuple[int, Texts]],
    before: Mapping[str, Texts],
    places: Mapping[str, int],
    key: Sequence[int] = (),
) -> dict[int, str]:
    """Row number -> id of the row it was, for every row that was one.

    `theirs` are (row number, texts); `before` id -> texts; `places` id -> row number; `key` the columns that together
    name a row, such as partner and voucher. What is the same is sure; then the same key; then the same place with
    something in common; then what is most alike.
    """
    found: dict[int, str] = {}
    left = dict(before)
    rest = list(theirs)
    ways: list[Callable[[Texts], Texts]] = [lambda texts: texts]
    if key:
        ways.append(lambda texts: tuple([texts[x] for x in key]))
    for by in ways:
        waiting: dict[Texts, deque[str]] = {}
        for name, texts in left.items():
            waiting.setdefault(by(texts), deque()).append(name)
        kept = []
        for number, texts in rest:
            same = by(texts)
            names = waiting.get(same)
            if names and any(same):
                found[number] = _take(names, number, places)
                del left[found[number]]
            else:
                kept.append((number, texts))
        rest = kept
    _match_places(rest, left, places, found)
    _match_alike([row for row in rest if row[0] not in found], left, found)
    return found


def _take(names: deque[str], number: int, places: Mapping[str, int]) -> str:
    """Of rows that say the same, the one that stood there; else the first."""
    for name in names if len(names) > 1 else ():
        if places.get(name) == number:
            names.remove(name)
            return name
    return names.popleft()


def _match_places(
    rest: Iterable[tuple[int, Texts]], left: dict[str, Texts], places: Mapping[str, int], found: dict[int, str]
) -> None:
    at = {places[name]: name for name in left if name in places}
    for number, texts in rest:
        name = at.get(number)
        if name in left and _measure(texts, left[name]) >= _ALIKE:
            found[number] = name
            del left[name]


def _match_alike(rest: Sequence[tuple[int, Texts]], left: dict[str, Texts], found: dict[int, str]) -> None:
    if len(rest) * len(left) > _MOST_PAIRS:
        return
    pairs = [(_measure(texts, left[name]), -number, name) for number, texts in rest for name in left]
    for alike, number, name in sorted(pairs, key=lambda pair: (-pair[0], -pair[1])):
        if alike >= _ALIKE and -number not in found and name in left:
            found[-number] = name
            del left[name]


def _measure(one: Texts, other: Texts) -> float:
    filled = [(a, b) for a, b in zip(one, other, strict=True) if a or b]
    return sum(a == b for a, b in filled) / len(filled) if filled else 0.0


def find_moved(order: Sequence[str], before: Mapping[str, int]) -> list[str]:
    """The rows that stand elsewhere in the order than before: as few as explain the new order."""
    places = [before[name] for name in order]
    ends: list[int] = []
    at: list[int] = []
    for place in places:
        length = bisect_left(ends, place)
        ends[length : length + 1] = [place]
        at.append(length)
    kept, wanted = set(), len(ends) - 1
    for index in range(len(places) - 1, -1, -1):
        if at[index] == wanted:
            kept.add(index)
            wanted -= 1
    return [name for index, name in enumerate(order) if index not in kept]
