"""Random budgets for tests: any quantities, prices, shares and weights that a definition may hold."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from tests.workbooks import POLICE, Sample, load_sample

SOURCES = ("S1", "S2", "S3")
_TEXTS = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=30).filter(str.strip)
_QUARTERS = tuple(load_sample(POLICE).totals.grand.by_quarter)


def _decimals(largest: int, places: int) -> st.SearchStrategy[Decimal]:
    return st.decimals(0, largest, places=places, allow_nan=False, allow_infinity=False)


@st.composite
def shares(draw: st.DrawFn) -> dict[str, Decimal]:
    """Shares of three sources; they total 100."""
    first = draw(st.decimals(0, 100, places=4))
    second = draw(st.decimals(0, 100 - first, places=4))
    return dict(zip(SOURCES, (first, second, 100 - first - second), strict=True))


@st.composite
def _line(draw: st.DrawFn, number: int) -> dict[str, object]:
    weights = draw(st.lists(_decimals(50, 2), min_size=len(_QUARTERS), max_size=len(_QUARTERS)))
    phasing = dict(zip(_QUARTERS, weights, strict=True)) if any(weights) else None
    return {
        "code": f"L{number}",
        "heading": draw(st.sampled_from(["1", "2"])),
        "description": draw(_TEXTS),
        "unit": "u",
        "quantity": draw(_decimals(5_000, 4)),
        "unit_cost": draw(_decimals(100_000, 4)),
        "partner": load_sample(POLICE).project.sheet.applicant.code,
        "paid_by": draw(st.none() | shares()),
        "phasing": draw(st.just(phasing) | st.none()),
    }


@st.composite
def samples(draw: st.DrawFn, most: int = 8) -> Sample:
    """A project with a random budget and random instalments."""
    count = draw(st.integers(1, most))
    sample = load_sample(POLICE).with_budget(
        sources=[{"code": code, "name": f"Source {code}", "kind": "own"} for code in SOURCES[:2]]
        + [{"code": "S3", "name": "Donor", "kind": "donor"}],
        paid_by=draw(shares()),
        headings=[{"code": "1", "title": "One"}, {"code": "2", "title": "Two"}, {"code": "3", "title": "Empty"}],
        lines=[draw(_line(number)) for number in range(count)],
        contingency=draw(st.none() | st.just({"percent": Decimal("2.5")})),
        indirect_costs=draw(
            st.none()
            | st.fixed_dictionaries(
                {"percent": _decimals(15, 2), "base": st.sampled_from(["direct", "direct-and-contingency"])}
            )
        ),
        in_kind=[],
        total=None,
    )
    return sample.with_grant(amount_requested=draw(_decimals(10_000_000, 2)))
