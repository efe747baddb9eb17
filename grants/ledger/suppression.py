"""Which counts of persons may be printed: small ones are withheld, and others that would give them away.

Every count is a sum of atoms (say, girls in the first half-year). A withheld count is given away where it is a linear
combination of printed ones: a total less the other cell, a cumulative figure less that of an earlier report. It is also
given away by the sign for a small count: "<5" and "<5" of 8 persons can only be 4 and 4. So it is safe only where
another table, with a few persons more or fewer here and there, would print the same. Atoms that are zero are taken as
known, so that counts that cannot be negative help nobody either.

Source: threshold and complementary suppression as agencies use them (design/domain 2.5; e.g. Statistics NZ, UK ONS).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, NamedTuple, TypeAlias

Shade = Literal["shown", "small", "hidden"]
"""Printed as it is; below the threshold; withheld because it would give a small one away."""
Vector: TypeAlias = Mapping[str, Fraction]


MOST_MOVES = 8
"""Persons that another table may have elsewhere. Where none is found by then, a count is taken as given away."""


@dataclass(frozen=True, slots=True)
class Count:
    """A number of persons that a report would print."""

    key: str
    atoms: frozenset[str]
    value: int
    rank: int = 0
    """Where one of several counts can be withheld, it is one of the lowest rank, and the smallest of them."""


class Sum(NamedTuple):
    """What a reader knows of a sum: how far the true one lies above the least and below the most that it can be."""

    atoms: frozenset[str]
    fewer: int
    more: int


def protect_counts(
    counts: Sequence[Count],
    sizes: Mapping[str, int],
    secrets: Iterable[frozenset[str]],
    public: Sequence[Count],
    least: int,
) -> dict[str, Shade]:
    """Key -> shade of every count.

    `sizes` are the atoms' own values; `secrets` further sums that nobody may find out where they are small, though no
    report prints them; `public` what earlier reports have printed, small ones by their sign. A count below `least` and
    above zero is small.
    """
    shades: dict[str, Shade] = {x.key: "small" if 0 < x.value < least else "shown" for x in counts}
    before = _Known(
        [frozenset((atom,)) for atom, size in sizes.items() if size == 0]
        + [x.atoms for x in public if x.value >= least],
        [_read_sign(x, least) for x in public if 0 < x.value < least],
    )
    hidden_sums = {x.atoms for x in (*counts, *public) if 0 < x.value < least}
    hidden_sums |= {atoms for atoms in secrets if 0 < sum(sizes[atom] for atom in atoms) < least}
    for atoms in sorted(hidden_sums, key=sorted):
        if not is_given_away(atoms, before.printed):  # else: printed long ago
            _hide_until_safe(_Secret(atoms, sizes), counts, shades, before, least)
    return shades


class _Known(NamedTuple):
    """What a reader knows: sums that are printed, and those that are printed as small."""

    printed: list[frozenset[str]]
    small: list[Sum]


def _read_sign(count: Count, least: int) -> Sum:
    """What the sign of a small count says: one at least, and fewer than `least`."""
    return Sum(count.atoms, count.value - 1, least - 1 - count.value)


@dataclass(frozen=True, slots=True)
class _Secret:
    """A small sum."""

    atoms: frozenset[str]
    sizes: Mapping[str, int]

    def is_safe(self, known: _Known) -> bool:
        """Whether it is no combination of what is printed, and another table would print the same."""
        if is_given_away(self.atoms, known.printed):
            return False
        sums = {*(Sum(atoms, 0, 0) for atoms in known.printed), *known.small}
        order = sorted(sums, key=lambda x: (len(x.atoms), sorted(x.atoms)))
        starts = [{atom: step} for atom in sorted(self.atoms) for step in (1, -1)]
        return any(self._has_other_table(order, start, MOST_MOVES - 1) for start in starts)

    def _has_other_table(self, sums: Sequence[Sum], moved: Mapping[str, int], moves: int) -> bool:
        """Whether a table that differs so, mended with so many moves, cannot be told from the true one."""
        if any(self.sizes[atom] + step < 0 for atom, step in moved.items()):
            return False
        for known in sums:
            change = sum(step for atom, step in moved.items() if atom in known.atoms)
            if -known.fewer <= change <= known.more:
                continue
            step = 1 if change < 0 else -1
            return moves > 0 and any(
                self._has_other_table(sums, {**moved, atom: moved.get(atom, 0) + step}, moves - 1)
                for atom in sorted(known.atoms)
                if moved.get(atom, 0) * step >= 0
            )
        return sum(step for atom, step in moved.items() if atom in self.atoms) != 0


def _hide_until_safe(
    secret: _Secret, counts: Sequence[Count], shades: dict[str, Shade], before: _Known, least: int
) -> None:
    """Withhold counts, and signs of small ones, until nobody can tell the secret."""

    def know(without: frozenset[str] | None = None) -> _Known:
        left = [x for x in counts if x.atoms != without and shades[x.key] != "hidden"]
        return _Known(
            [*before.printed, *(x.atoms for x in left if shades[x.key] == "shown")],
            [*before.small, *(_read_sign(x, least) for x in left if shades[x.key] == "small")],
        )

    said = {*before.printed, *(x.atoms for x in before.small)}
    while not secret.is_safe(know()):
        candidates = {
            x.atoms: (x.rank, x.value, x.key) for x in counts if shades[x.key] != "hidden" and x.atoms not in said
        }
        if not candidates:
            return  # what earlier reports printed tells it
        order = sorted(candidates, key=candidates.__getitem__)
        enough = next((atoms for atoms in order if secret.is_safe(know(atoms))), order[0])
        shades.update({x.key: "hidden" for x in counts if x.atoms == enough})


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
