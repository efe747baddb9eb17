"""What names a row that has no code: a cost's partner, voucher, line and payee, say. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import itemgetter

from grants.forms.match import Texts

PAIRS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "expenditures": (
        ("partner", "voucher", "line", "payee"),
        ("partner", "voucher", "line", "amount"),
        ("partner", "voucher", "payee", "amount"),
    ),
    "received": (("instalment", "date"), ("instalment", "reference")),
    "own_contributions": (("source", "reference"), ("source", "date", "giver")),
    "interest": (("date",), ("reference",)),
    "returned": (("date",), ("reference",)),
    "transfers": (("partner", "date"), ("partner", "reference")),
    "balances": (("account", "date"),),
    "pending": (("supplier", "document"), ("supplier", "purpose")),
    "ineligible": (("partner", "voucher", "period", "line"),),
}
"""Table -> the columns by any of which two rows are told to be the same one: the surest first."""
_MAY_BE_EMPTY = ("period", "line")

Name = tuple[int, tuple[str, ...]]


class RowNames:
    """The names of the rows of one table, which has `columns`."""

    def __init__(self, table: str, columns: Sequence[str]) -> None:
        places = {column: at for at, column in enumerate(columns)}
        self._names = [
            (_pick([places[x] for x in name]), _pick([places[x] for x in name if x not in _MAY_BE_EMPTY]))
            for name in PAIRS.get(table, ())
            if places.keys() >= set(name)
        ]
        known = [set(name) for name in PAIRS.get(table, ()) if places.keys() >= set(name)]
        common = set.intersection(*known) if known else set()
        self.pick_common = _pick([places[x] for x in sorted(common)])
        """Words of a row that stand in each of its names: rows that differ in them have no name in common."""

    def list(self, texts: Texts) -> Iterator[Name]:
        """The names of a row, the surest first; none of which a word is missing."""
        for number, (pick, pick_needed) in enumerate(self._names):
            if "" not in pick_needed(texts):
                yield number, pick(texts)


def _pick(places: Sequence[int]) -> Callable[[Texts], Texts]:
    """What takes the words of some columns; without a loop, as there may be fifty thousand rows."""
    if len(places) > 1:
        return itemgetter(*places)
    return lambda texts: tuple(texts[x] for x in places)
