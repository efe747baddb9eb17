"""Which counts of persons may be printed: small ones are withheld, and others that would give them away.

Every count is a sum of atoms (say, girls in the first half-year). A withheld count is given away where it is a linear
combination of printed ones: a total less the other cell, a cumulative figure less that of an earlier report. It is also
given away by the sign for a small count: "<5" and "<5" of 8 persons can only be 4 and 4. So it is safe only where
another table, with a few persons more or fewer here and there, would print the same. Atoms that are zero are taken as
known, so that counts that cannot be negative help nobody either; two counts that differ by such atoms only are one.

Source: threshold and complementary suppression as agencies use them (design/domain 2.5; e.g. Statistics NZ, UK ONS).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal, NamedTuple, TypeAlias

Shade = Literal["shown", "small", "hidden"]
"""Printed as it is; below the threshold; withheld because it would give a small one away."""
Atoms: TypeAlias = frozenset[str]
Vector: TypeAlias = Mapping[str, Fraction]

MOST_MOVES = 8
"""Persons that another table may have elsewhere."""
MOST_TABLES = 3_000
"""How many are tried. Where no other is found by then, a count is taken as given away: too little is printed then,
never too much."""


@dataclass(frozen=True, slots=True)
class Count:
    """A number of persons that a report would print."""

    key: str
    atoms: Atoms
    value: int
    rank: int = 0
    """Where one of several counts can be withheld, it is one of the lowest rank, and the smallest of them."""


class Sum(NamedTuple):
    """What a reader knows of a sum: how far the true one lies above the least and below the most that it can be."""

    atoms: Atoms
    fewer: int
    more: int


def protect_counts(
    counts: Sequence[Count],
    sizes: Mapping[str, int],
    secrets: Iterable[Atoms],
    public: Sequence[Count],
    least: int,
) -> dict[str, Shade]:
    """Key -> shade of every count.

    `sizes` are the atoms' own values; `secrets` further sums that nobody may find out where they are small, though no
    report prints them; `public` what earlier reports have printed, small ones by their sign. A count below `least` and
    above zero is small.
    """
    present = frozenset(atom for atom, size in sizes.items() if size)
    counts = [replace(x, atoms=x.atoms & present) for x in counts]
    before = [_read(x.atoms & present, x.value, least) for x in public if x.value]
    report = _Report(counts, before, sizes, least)
    small = {atoms & present for atoms in (*(x.atoms for x in (*counts, *public)), *secrets)}
    told = [x.atoms for x in before if _is_exact(x)]
    for atoms in sorted(small, key=lambda x: (len(x), sorted(x))):
        if 0 < sum(sizes[atom] for atom in atoms) < least and not is_given_away(atoms, told):  # else: printed long ago
            report.hide_until_safe(atoms)
    return report.shades


def _read(atoms: Atoms, value: int, least: int) -> Sum:
    """What a figure says; the sign of a small one says: one at least, and fewer than `least`."""
    return Sum(atoms, value - 1, least - 1 - value) if value < least else Sum(atoms, 0, 0)


def _is_exact(known: Sum) -> bool:
    return known.fewer == known.more == 0


class _Report:
    """What a report prints, and what its readers know from earlier ones."""

    def __init__(self, counts: Sequence[Count], before: Sequence[Sum], sizes: Mapping[str, int], least: int) -> None:
        self.counts = counts
        self.before = before
        self.sizes = sizes
        self.least = least
        self.shades: dict[str, Shade] = {x.key: "small" if 0 < x.value < least else "shown" for x in counts}
        self.tables: list[Mapping[str, int]] = []
        """Other tables that print the same; they still do when less is printed."""

    def _list_known(self, without: Atoms | None = None) -> list[Sum]:
        """What its readers know; with one sum withheld, as it would be then."""
        printed = [x for x in self.counts if x.value and x.atoms != without and self.shades[x.key] != "hidden"]
        return [*self.before, *(_read(x.atoms, x.value, self.least) for x in printed)]

    def hide_until_safe(self, secret: Atoms) -> None:
        """Withhold counts, and signs of small ones, until nobody can tell the secret."""
        said = {x.atoms for x in self.before}
        while not self._is_safe(secret, self._list_known()):
            candidates = {
                x.atoms: (x.rank, x.value, x.key)
                for x in self.counts
                if x.value and self.shades[x.key] != "hidden" and x.atoms not in said
            }
            if not candidates:
                return  # what earlier reports printed tells it
            order = sorted(candidates, key=candidates.__getitem__)
            enough = next((x for x in order if _find_table(secret, self._list_known(x), self.sizes)), order[0])
            self.shades.update({x.key: "hidden" for x in self.counts if x.atoms == enough})

    def _is_safe(self, secret: Atoms, known: Sequence[Sum]) -> bool:
        """Whether another table with another such sum would print the same."""
        if any(_sum(table, secret) for table in self.tables):
            return True
        table = _find_table(secret, known, self.sizes)
        if table:
            self.tables.append(table)
        return table is not None


def _sum(table: Mapping[str, int], atoms: Atoms) -> int:
    return sum(step for atom, step in table.items() if atom in atoms)


def _find_table(secret: Atoms, known: Iterable[Sum], sizes: Mapping[str, int]) -> Mapping[str, int] | None:
    """Atom -> persons more or fewer: a table with another secret that cannot be told from the true one; None: none."""
    sums = sorted(set(known), key=lambda x: (len(x.atoms), sorted(x.atoms)))
    if is_given_away(secret, [x.atoms for x in sums if _is_exact(x)]):
        return None
    search = _Search(sums, sizes, secret)
    starts = ({atom: step} for atom in sorted(secret) for step in (1, -1))
    return next(filter(None, (search.mend(start, MOST_MOVES - 1) for start in starts)), None)


class _Search:
    """For a table that differs from the true one in the secret, and in nothing that is known."""

    def __init__(self, sums: Sequence[Sum], sizes: Mapping[str, int], secret: Atoms) -> None:
        self.sums = sums
        self.sizes = sizes
        self.secret = secret
        self.tried: set[frozenset[tuple[str, int]]] = set()
        self.of: dict[str, list[int]] = {}
        for number, known in enumerate(sums):
            for atom in known.atoms:
                self.of.setdefault(atom, []).append(number)

    def mend(self, moved: Mapping[str, int], moves: int) -> Mapping[str, int] | None:
        """The table, when so many further moves mend every known sum that differs."""
        table = frozenset(moved.items())
        if table in self.tried or len(self.tried) >= MOST_TABLES:
            return None
        self.tried.add(table)
        wrong = self._find_wrong(moved)
        if wrong is None:
            return moved if _sum(moved, self.secret) else None
        atoms, step = wrong
        nexts = (
            {**moved, atom: moved.get(atom, 0) + step}
            for atom in sorted(atoms)
            if moved.get(atom, 0) * step >= 0 and self.sizes[atom] + moved.get(atom, 0) + step >= 0
        )
        return next(filter(None, (self.mend(x, moves - 1) for x in nexts)), None) if moves else None

    def _find_wrong(self, moved: Mapping[str, int]) -> tuple[Atoms, int] | None:
        """The first known sum that is another now, and the step that brings it nearer; None where there is none."""
        changes: dict[int, int] = {}
        for atom, step in moved.items():
            for number in self.of.get(atom, ()):
                changes[number] = changes.get(number, 0) + step
        for number, change in sorted(changes.items()):
            known = self.sums[number]
            if not -known.fewer <= change <= known.more:
                return known.atoms, 1 if change < 0 else -1
        return None


def is_given_away(secret: frozenset[str], printed: Iterable[frozenset[str]]) -> bool:
    """Whether a sum is a linear combination of printed sums."""
    basis: dict[str, dict[str, Fraction]] = {}
    for atoms in printed:
        rest = _reduce(dict.fromkeys(atoms, Fraction(1)), basis)
        if rest:
            basis[min(rest)] = rest
    return not _reduce(dict.fromkeys(secret, Fraction(1)), basis)


def _reduce(vector: dict[str, Fraction], basis: Mapping[str, Vector]) -> dict[str, Fraction]:
    """What is left of a vector when multiples of the basis are taken off; its pivots are the smallest atoms."""
    rest, done = dict(vector), ""
    while pivot := min((atom for atom in rest if atom > done), default=""):
        done = pivot
        if pivot in basis:
            factor = rest[pivot] / basis[pivot][pivot]
            for atom, weight in basis[pivot].items():
                rest[atom] = rest.get(atom, Fraction(0)) - factor * weight
            rest = {atom: weight for atom, weight in rest.items() if weight}
    return rest
