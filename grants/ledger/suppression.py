"""Which counts of persons may be printed: small ones are withheld, and others that would give them away.

Every count is a sum of atoms (say, girls in the first half-year). A withheld count is given away where it is a linear
combination of printed ones: a total less the other cell, a cumulative figure less that of an earlier report. Atoms that
are zero are taken as known, so that counts that cannot be negative help nobody either.

Source: threshold and complementary suppression as agencies use them (design/domain 2.5; e.g. Statistics NZ, UK ONS).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

Shade = Literal["shown", "small", "hidden"]
"""Printed as it is; below the threshold; withheld because it would give a small one away."""
Vector: TypeAlias = Mapping[str, Fraction]


@dataclass(frozen=True, slots=True)
class Count:
    """A number of persons that a report would print."""

    key: str
    atoms: frozenset[str]
    value: int
    rank: int = 0
    """Where one of several counts can be withheld, it is one of the lowest rank, and the smallest of them."""


def protect_counts(
    counts: Sequence[Count],
    sizes: Mapping[str, int],
    secrets: Iterable[frozenset[str]],
    public: Sequence[Count],
    least: int,
) -> dict[str, Shade]:
    """Key -> shade of every count.

    `sizes` are the atoms' own values; `secrets` further sums that nobody may find out where they are small, though no
    report prints them; `public` what earlier reports have printed. A count below `least` and above zero is small.
    """
    shades: dict[str, Shade] = {x.key: "small" if 0 < x.value < least else "shown" for x in counts}
    hidden_sums = {x.atoms for x in counts if shades[x.key] == "small"}
    hidden_sums |= {atoms for atoms in secrets if 0 < sum(sizes[atom] for atom in atoms) < least}
    known = [frozenset((atom,)) for atom, size in sizes.items() if size == 0] + [x.atoms for x in public]
    hidden_sums = {atoms for atoms in hidden_sums if not is_given_away(atoms, known)}  # else: printed long ago
    for atoms in sorted(hidden_sums, key=sorted):
        _hide_until_safe(atoms, counts, shades, known)
    return shades


def _hide_until_safe(
    secret: frozenset[str], counts: Sequence[Count], shades: dict[str, Shade], known: Sequence[frozenset[str]]
) -> None:
    """Withhold counts until the secret is no combination of those that are left."""

    def printed(without: Collection[frozenset[str]] = ()) -> list[frozenset[str]]:
        return [*known, *(x.atoms for x in counts if shades[x.key] == "shown" and x.atoms not in without)]

    while is_given_away(secret, printed()):
        candidates = {
            x.atoms: (x.rank, x.value, x.key) for x in counts if shades[x.key] == "shown" and x.atoms not in known
        }
        order = sorted(candidates, key=candidates.__getitem__)
        enough = next((atoms for atoms in order if not is_given_away(secret, printed([atoms]))), order[0])
        shades.update({x.key: "hidden" for x in counts if x.atoms == enough and shades[x.key] == "shown"})


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
