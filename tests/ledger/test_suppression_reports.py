"""Whoever keeps every report and solves what they print finds no small number: whatever the number of reports.

The solver here knows nothing of how counts are withheld: it looks for another world that would print the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from grants.ledger.balances import Scope
from grants.ledger.reached import Figures, Reached, add_up_reached
from grants.model.grant import ReportDue, ReportingPeriod
from grants.model.logframe import Impact, Indicator, Logframe, Outcome
from grants.model.records import Actual, Finance, PeriodRecords, Progress, Records
from tests.base_project import load_base

Row = Mapping[str, int]
Bound = tuple[frozenset[str], int, int]
"""Atoms, and the least and the most that they can be together."""


def report_all(rows: Sequence[Row], least: int = 5) -> list[Reached]:
    """What each report says of one indicator, one report for every period."""
    one = Indicator.model_validate({"code": "I1", "name": "n", "unit": "u", "persons": True})
    outcome = Outcome.model_validate({"code": "O1", "statement": "s"}).model_copy(update={"indicators": (one,)})
    frame = Logframe(impact=Impact.model_validate({"statement": "s"}), outcomes=(outcome,))
    months = [f"2008-{number:02}" for number in range(1, len(rows) + 1)]
    periods = [ReportingPeriod.model_validate({"code": x, "start": f"{x}-01", "end": f"{x}-28"}) for x in months]
    dates = {"title": "t", "due": "2009-03-31", "start": "2008-01-01"}
    reports = [ReportDue.model_validate({"code": x, "kind": "interim", "end": f"{x}-28", **dates}) for x in months]
    base = load_base()
    grant = base.grant.model_copy(update={"reports": tuple(reports), "reporting_periods": tuple(periods)})
    sheet = base.sheet.model_copy(update={"target_groups": ()})
    project = replace(base, logframe=frame, grant=grant, sheet=sheet)
    actuals = [Progress(indicators={"I1": Actual(**row)}) for row in rows]
    records = Records((), (), {x: PeriodRecords(x, (), Finance(), y) for x, y in zip(months, actuals, strict=True)})
    scopes = [Scope(x, tuple(periods[:i]), (periods[i],)) for i, x in enumerate(reports)]
    return [add_up_reached(project, records, scope, least)[0]["I1"] for scope in scopes]


def split(rows: Sequence[Row]) -> dict[str, int]:
    """Atom (0:girls, 0:grown women) -> persons."""
    sizes = {}
    for number, row in enumerate(rows):
        for whole, young in (("women", "girls"), ("men", "boys")):
            sizes[f"{number}:{young}"] = row.get(young, 0)
            sizes[f"{number}:grown {whole}"] = row.get(whole, 0) - row.get(young, 0)
    return sizes


MEASURES = {
    "women": ("girls", "grown women"),
    "men": ("boys", "grown men"),
    "girls": ("girls",),
    "boys": ("boys",),
    "total": ("girls", "grown women", "boys", "grown men"),
}
UNPRINTED = {"grown women": ("grown women",), "grown men": ("grown men",)}


def list_atoms(parts: Sequence[str], first: int, last: int) -> frozenset[str]:
    return frozenset(f"{number}:{part}" for number in range(first, last) for part in parts)


def read_report(number: int, reached: Reached, least: int) -> Iterator[Bound]:
    """What a report prints, as bounds."""
    columns: list[tuple[Figures, int, int]] = [
        (reached.prior, 0, number),
        (reached.current, number, number + 1),
        (reached.cumulative, 0, number + 1),
    ]
    for figures, first, last in columns:
        for name, figure in figures.items():
            atoms = list_atoms(MEASURES[name], first, last)
            if figure.value is not None and figure.shade == "shown":
                yield atoms, int(figure.value), int(figure.value)
            elif figure.value is not None and figure.shade == "small":
                yield atoms, 1, least - 1


def is_possible(bounds: Sequence[Bound], ranges: Mapping[str, tuple[int, int]]) -> bool:
    """Whether some world within these bounds exists: ranges are narrowed, then the narrowest is tried out."""
    now = dict(ranges)
    while True:
        before = dict(now)
        for within, low, high in bounds:
            least, most = (sum(now[atom][end] for atom in within) for end in (0, 1))
            if least > high or most < low:
                return False
            for atom in within:
                first, last = now[atom]
                now[atom] = max(first, low - most + last), min(last, high - least + first)
        if now == before:
            break
    free = [atom for atom, (first, last) in now.items() if first < last]
    if not free:
        return True
    atom = min(free, key=lambda x: now[x][1] - now[x][0])
    first, last = now[atom]
    return any(is_possible(bounds, now | {atom: (size, size)}) for size in range(first, last + 1))


def find_told(rows: Sequence[Row], least: int = 5) -> list[str]:
    """Small sums of periods that follow each other, of which only one size fits all reports so far."""
    sizes, bounds, told = split(rows), [], []
    most = sum(sizes.values()) + 5
    counted = {"grown women", "grown men", *(x for row in rows for x in row)}
    for number, reached in enumerate(report_all(rows, least)):
        bounds += list(read_report(number, reached, least))
        ranges = {x: (0, most if x.split(":")[1] in counted else 0) for x in sizes}
        for (name, parts), (first, last) in (
            (measure, run) for measure in (MEASURES | UNPRINTED).items() for run in combinations(range(number + 2), 2)
        ):
            atoms = list_atoms(parts, first, last)
            size = sum(sizes[atom] for atom in atoms)
            others = [x for x in range(size + 3, -1, -1) if x != size]
            if 0 < size < least and not any(is_possible([(atoms, x, x), *bounds], ranges) for x in others):
                told.append(f"report {number + 1}: {name} of {first + 1} to {last}")
    return told


def test_the_solver_finds_what_a_subtraction_tells() -> None:
    printed = [(frozenset("ab"), 14, 14), (frozenset("a"), 11, 11)]
    ranges = dict.fromkeys("ab", (0, 20))
    assert is_possible([*printed, (frozenset("b"), 3, 3)], ranges)
    assert not is_possible([*printed, (frozenset("b"), 4, 4)], ranges)


@pytest.mark.parametrize(
    "rows",
    [
        ((11, 0), (1, 0), (2, 0)),  # 11 so far, and 14 at the end, say that 3 came in between
        ((5, 6), (1, 4), (2, 4)),
        ((20, 0), (1, 0), (1, 0), (1, 0), (1, 0)),
        ((9, 9), (2, 2), (0, 1), (7, 0)),
    ],
)
def test_the_sum_of_several_periods_is_not_told_by_later_reports(rows: Sequence[tuple[int, int]]) -> None:
    assert find_told([{"women": women, "men": men} for women, men in rows]) == []


def test_what_is_large_enough_is_printed_in_every_report() -> None:
    reports = report_all([{"women": 11, "men": 0}, {"women": 6, "men": 5}, {"women": 9, "men": 0}])
    assert {figure.shade for x in reports for figure in x.cumulative.values()} == {"shown"}


def test_one_withheld_period_does_not_silence_the_later_ones() -> None:
    last = report_all([{"women": 20, "men": 0}, {"women": 3, "men": 0}, {"women": 8, "men": 0}])[-1]
    assert last.cumulative["women"].shade == "shown"
    assert last.current["women"].shade == "hidden"  # 31 so far, 20 in the first report: 8 now would tell the 3


few = st.integers(0, 7)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(few, few), min_size=2, max_size=4))
def test_no_small_number_of_women_or_men_is_told(rows: list[tuple[int, int]]) -> None:
    assert find_told([{"women": women, "men": men} for women, men in rows]) == []


@settings(max_examples=80, deadline=None)
@example([(1, 5, 0, 6), (0, 1, 0, 4)])
@given(st.lists(st.tuples(few, few, st.integers(0, 3), few), min_size=2, max_size=3))
def test_no_small_number_of_children_is_told(rows: list[tuple[int, int, int, int]]) -> None:
    counted = [{"girls": g, "women": g + w, "boys": b, "men": b + m} for g, w, b, m in rows]
    assert find_told(counted) == []


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 13), few), min_size=2, max_size=3))
def test_a_donors_own_threshold_holds_as_well(rows: list[tuple[int, int]]) -> None:
    assert find_told([{"women": women, "men": men} for women, men in rows], least=11) == []
