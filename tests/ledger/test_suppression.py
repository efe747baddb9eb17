"""A small count is never printed, and nobody can find it out: not from totals, nor from an earlier report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from grants.ledger.balances import Scope
from grants.ledger.reached import Figure, Reached, add_up_reached
from grants.ledger.suppression import Count, is_given_away, protect_counts
from grants.model.grant import ReportDue, ReportingPeriod
from grants.model.logframe import Impact, Indicator, Logframe, Outcome
from grants.model.records import Actual, Finance, PeriodRecords, Progress, Records
from tests.base_project import load_base

H1 = ReportingPeriod.model_validate({"code": "H1", "start": "2008-01-01", "end": "2008-06-30"})
H2 = ReportingPeriod.model_validate({"code": "H2", "start": "2008-07-01", "end": "2008-12-31"})


def report(code: str, kind: str, end: str) -> ReportDue:
    texts = {"title": code, "due": "2009-03-31", "start": "2008-01-01"}
    return ReportDue.model_validate({"code": code, "kind": kind, "end": end, **texts})


INTERIM, FINAL = report("H1", "interim", "2008-06-30"), report("final", "final", "2008-12-31")


def reach(indicator: Mapping[str, object], *actuals: Mapping[str, int | None], final: bool = False) -> Reached:
    """What a report says of one indicator, with the actuals of its periods."""
    one = Indicator.model_validate({"code": "I1", "name": "n", "unit": "u", **indicator})
    project = load_base()
    frame = Logframe(
        impact=Impact.model_validate({"statement": "s"}),
        outcomes=(Outcome.model_validate({"code": "O1", "statement": "s"}).model_copy(update={"indicators": (one,)}),),
    )
    grant = project.grant.model_copy(update={"reports": (INTERIM, FINAL)})
    sheet = project.sheet.model_copy(update={"target_groups": ()})
    progress = [Progress(indicators={"I1": Actual(**actual)}) for actual in actuals]  # type: ignore[arg-type]
    periods = {x.code: PeriodRecords(x.code, (), Finance(), y) for x, y in zip((H1, H2), progress, strict=False)}
    scope = Scope(FINAL, (H1,), (H2,)) if final else Scope(INTERIM, (), (H1,))
    whole = replace(project, logframe=frame, grant=grant, sheet=sheet)
    return add_up_reached(whole, Records((), (), periods), scope, 5)[0]["I1"]


def test_a_small_count_is_small_and_a_second_cell_goes_where_the_total_would_tell() -> None:
    row = reach({"persons": True}, {"women": 41, "men": 3}).current
    assert row["men"].shade == "small"
    assert row["women"].shade == "hidden"
    assert row["total"] == Figure(Decimal(44))


def test_counts_large_enough_are_printed() -> None:
    assert {x.shade for x in reach({"persons": True}, {"women": 41, "men": 5}).current.values()} == {"shown"}


def test_one_of_eighteen_women_under_age_takes_a_second_cell_along() -> None:
    row = reach({"persons": True}, {"women": 18, "men": 0, "girls": 1, "boys": 0}).current
    assert row["girls"].shade == "small"
    assert row["women"] == row["total"] == Figure(Decimal(18))  # seventeen adult women are printed nowhere
    assert row["boys"].shade == "shown"


def test_cases_that_are_protected_without_being_counted_by_sex() -> None:
    assert reach({"protected": True}, {"value": 3}).current["value"].shade == "small"
    assert reach({}, {"value": 3}).current["value"] == Figure(Decimal(3))


@pytest.mark.parametrize(
    ("part", "whole", "shade"), [(9, 18, "shown"), (3, 18, "hidden"), (17, 18, "hidden"), (18, 18, "shown")]
)
def test_a_percentage_is_withheld_where_those_in_it_or_out_of_it_are_few(part: int, whole: int, shade: str) -> None:
    row = reach({"per_cent_of_persons": True, "target": {"value": 60, "year": 2008}}, {"part": part, "whole": whole})
    assert row.current["percent"].shade == shade
    assert row.percent.shade == shade
    assert row.current["percent"].value == Decimal(part) * 100 / whole


def test_an_earlier_report_is_not_undone_by_a_later_total() -> None:
    """18 were printed in the interim report; 21 so far would say that 3 came since."""
    row = reach({"persons": True}, {"women": 18}, {"women": 3}, final=True)
    assert row.prior["women"].shade == "shown"
    assert row.current["women"].shade == "small"
    assert {row.cumulative[x].shade for x in ("women", "total")} == {"hidden"}


def test_the_latest_figure_replaces_the_earlier_one() -> None:
    row = reach({"persons": True, "method": "latest"}, {"women": 18}, {"women": 21}, final=True)
    assert row.cumulative["women"] == row.current["women"] == Figure(Decimal(21))


def test_what_nobody_counted_is_no_figure() -> None:
    row = reach({"persons": True}, {"women": 18})
    assert "men" not in row.current
    assert row.prior.get("women", Figure(None)) == Figure(None)


def test_a_withheld_figure_takes_the_percentage_of_the_target_along() -> None:
    target = {"target": {"value": 8, "year": 2008}}
    assert reach({"protected": True, **target}, {"value": 3}).percent == Figure(Decimal("37.5"), "hidden")
    assert reach({"protected": True, **target}, {"value": 6}).percent == Figure(Decimal(75))


ATOMS = ("a", "b", "c", "d")
SUMS = [frozenset(x) for x in ("a", "b", "c", "d", "ab", "cd", "ac", "bd", "abcd")]


def solutions(printed: Iterable[tuple[frozenset[str], int, int]], most: int) -> list[dict[str, int]]:
    """Every table of which these sums are at least so much, and at most so much."""
    bounds = sorted(printed, key=lambda x: x[2] - x[1])
    found = []
    for values in product(range(most + 1), repeat=len(ATOMS)):
        sizes = dict(zip(ATOMS, values, strict=True))
        if all(low <= sum(sizes[atom] for atom in atoms) <= high for atoms, low, high in bounds):
            found.append(sizes)
    return found


def read_bounds(counts: Iterable[tuple[frozenset[str], Figure]]) -> list[tuple[frozenset[str], int, int]]:
    """What a reader knows of each sum that is printed, as a figure or as "<5"."""
    bounds = []
    for atoms, figure in counts:
        if figure.shade != "hidden" and figure.value is not None:
            value = int(figure.value)
            bounds.append((atoms, value, value) if figure.shade == "shown" else (atoms, 1, 4))
    return bounds


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=4, max_size=4))
def test_no_subtraction_undoes_it(values: list[int]) -> None:
    """Two by two, sexes and ages, with all totals: whoever solves what is printed finds two answers at least."""
    sizes = dict(zip(ATOMS, values, strict=True))
    counts = [Count("".join(sorted(x)), x, sum(sizes[atom] for atom in x), len(x)) for x in SUMS]
    shades = protect_counts(counts, sizes, (), (), 5)
    printed = read_bounds((x.atoms, Figure(Decimal(x.value), shades[x.key])) for x in counts)
    possible = solutions(printed, 12) if printed else []
    for count in counts:
        assert shades[count.key] != "shown" or not 0 < count.value < 5
        if 0 < count.value < 5 and possible:
            assert len({sum(sizes[atom] for atom in count.atoms) for sizes in possible}) > 1


@settings(max_examples=60, deadline=None)
@example([4, 4, 0, 0]).via("4 and 4 are the only two small counts that make 8")
@example([4, 6, 4, 6]).via("8 women so far, fewer than 5 in each half-year")
@example([4, 3, 4, 1]).via("fewer than 5 men so far says that there were 3 of 7 before")
@given(st.lists(st.integers(0, 9), min_size=4, max_size=4))
def test_no_sign_of_a_small_count_undoes_it(values: list[int]) -> None:
    """Women and men of two half-years in two reports: two tables at least look like what both have printed."""
    sizes = dict(zip(ATOMS, values, strict=True))
    actuals = ({"women": values[0], "men": values[1]}, {"women": values[2], "men": values[3]})
    before, after = reach({"persons": True}, actuals[0]), reach({"persons": True}, *actuals, final=True)
    sums = {"women": frozenset("ac"), "men": frozenset("bd"), "total": frozenset("abcd")}
    parts = {"prior": frozenset("ab"), "current": frozenset("cd"), "cumulative": frozenset("abcd")}
    counts = [(sums[name] & parts["prior"], figure) for name, figure in before.current.items()]
    for which, within in parts.items():
        counts += [(sums[name] & within, figure) for name, figure in getattr(after, which).items()]
    possible = solutions(read_bounds(counts), 12)
    for secret in {whole & within for whole in sums.values() for within in parts.values()}:
        if 0 < sum(sizes[atom] for atom in secret) < 5:
            assert len({sum(table[atom] for atom in secret) for table in possible}) > 1


@given(st.lists(st.integers(0, 12), min_size=4, max_size=4))
def test_no_two_reports_together_undo_it(values: list[int]) -> None:
    women, girls, later, later_girls = values
    actuals = ({"women": women + girls, "girls": girls}, {"women": later + later_girls, "girls": later_girls})
    before, after = reach({"persons": True}, actuals[0]), reach({"persons": True}, *actuals, final=True)
    atoms = {"girls": ("1g", "2g"), "women": ("1w", "1g", "2w", "2g")}
    sizes = {"1w": women, "1g": girls, "2w": later, "2g": later_girls}
    printed = [frozenset((x,)) for x, size in sizes.items() if size == 0]
    for reached, which, period in (
        (before, "current", "1"),
        (after, "prior", "1"),
        (after, "current", "2"),
        (after, "cumulative", ""),
    ):
        for name, parts in atoms.items():
            if getattr(reached, which)[name].shade == "shown":
                printed.append(frozenset(x for x in parts if x.startswith(period)))
    for period in ("1", "2", ""):
        for parts in (*atoms.values(), ("1w", "2w")):
            secret = frozenset(x for x in parts if x.startswith(period))
            if 0 < sum(sizes[x] for x in secret) < 5:
                assert not is_given_away(secret, printed)
