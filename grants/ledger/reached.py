"""What was reached: indicators and target groups before, now and so far, each figure with its shade.

Views print a figure only where its shade is "shown".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import Literal, NamedTuple, TypeAlias

from grants.ledger.balances import Scope
from grants.ledger.suppression import Count, Shade, protect_counts
from grants.model import Project
from grants.model.grant import ReportDue, ReportingPeriod
from grants.model.logframe import Indicator
from grants.model.records import Actual, GroupReached, Records

Which = Literal["prior", "current", "cumulative"]
_WHICH: tuple[Which, ...] = ("prior", "current", "cumulative")


class Figure(NamedTuple):
    """A figure of people or results; None where nobody gave it."""

    value: Decimal | None
    shade: Shade = "shown"


Figures: TypeAlias = Mapping[str, Figure]
"""total, women, men, girls, boys (persons); part, whole, percent (per cent of persons); value (others)."""


@dataclass(frozen=True, slots=True)
class Reached:
    """An indicator, or a target group where `indicator` is None."""

    indicator: Indicator | None
    prior: Figures
    current: Figures
    cumulative: Figures
    percent: Figure
    """So far, in per cent of the target; nothing for a target group or without a target."""


Atoms: TypeAlias = Mapping[str, int]
"""A part that is in no other (girls of the first half-year) -> how many."""


class _Measured(NamedTuple):
    """The records of one period as atoms, and which of them each measure adds up."""

    sizes: Atoms
    measures: Mapping[str, frozenset[str]]


class _Table(NamedTuple):
    """One indicator over all periods."""

    periods: Mapping[str, _Measured]
    latest: bool


def add_up_reached(
    project: Project, records: Records, scope: Scope, least: int
) -> tuple[dict[str, Reached], dict[str, Reached]]:
    """Code -> what was reached, of indicators and of target groups. Persons fewer than `least` are protected."""
    earlier = _list_earlier_scopes(project, scope)
    indicators = {}
    for indicator in project.logframe.indicators:
        actuals = {
            x.code: actual
            for x in scope.periods
            if (actual := records.of(x).progress.indicators.get(indicator.code)) is not None
        }
        indicators[indicator.code] = _add_up_indicator(indicator, actuals, scope, earlier, least)
    groups = {}
    for group in project.sheet.target_groups:
        reached = {
            x.code: _measure_group(x.code, found)
            for x in scope.periods
            if (found := records.of(x).progress.groups.get(group.code)) is not None
        }
        figures = _protect(_Table(reached, latest=False), scope, earlier, least)
        groups[group.code] = _set_out(None, figures, Figure(None))
    return indicators, groups


def _list_earlier_scopes(project: Project, scope: Scope) -> list[Scope]:
    """What earlier interim reports have printed: their own scopes, in order."""
    reports = [x for x in project.grant.reports if x.kind == "interim" and x.end < scope.report.end]
    return [_find_scope(report, scope.periods, reports) for report in sorted(reports, key=lambda x: x.end)]


def _find_scope(report: ReportDue, periods: Iterable[ReportingPeriod], reports: Sequence[ReportDue]) -> Scope:
    covered = max((x.end for x in reports if x.end < report.end), default=None)
    within = [x for x in periods if x.end <= report.end]
    prior = tuple(x for x in within if covered is not None and x.end <= covered)
    return Scope(report, prior, tuple(x for x in within if x not in prior))


def _add_up_indicator(
    indicator: Indicator, actuals: Mapping[str, Actual], scope: Scope, earlier: Sequence[Scope], least: int
) -> Reached:
    latest = indicator.takes_latest
    if indicator.persons or indicator.per_cent_of_persons or indicator.protected:
        measured = {code: _measure(code, actual, indicator) for code, actual in actuals.items()}
        figures = _protect(_Table(measured, latest), scope, earlier, least)
    else:
        figures = {which: {"value": Figure(_add_values(actuals, codes, latest))} for which, codes in _columns(scope)}
    if indicator.per_cent_of_persons:
        figures = {which: _with_percent(row) for which, row in figures.items()}
    return _set_out(indicator, figures, _percent_of_target(indicator, figures["cumulative"]))


def _set_out(indicator: Indicator | None, figures: Mapping[Which, Figures], percent: Figure) -> Reached:
    return Reached(indicator, figures["prior"], figures["current"], figures["cumulative"], percent)


def _columns(scope: Scope) -> list[tuple[Which, list[str]]]:
    """Prior, current, cumulative -> codes of their periods."""
    parts = (scope.prior, scope.current, scope.periods)
    return [(which, [x.code for x in part]) for which, part in zip(_WHICH, parts, strict=True)]


def _add_values(actuals: Mapping[str, Actual], codes: Sequence[str], latest: bool) -> Decimal | None:
    values = [value for code in codes if code in actuals and (value := actuals[code].value) is not None]
    if not values:
        return None
    return values[-1] if latest else sum(values, Decimal(0))


def _measure(period: str, actual: Actual, indicator: Indicator) -> _Measured:
    if indicator.per_cent_of_persons:
        if actual.part is None or actual.whole is None:
            return _Measured({}, {})
        part, rest = f"{period}:part", f"{period}:rest"
        sizes = {part: actual.part, rest: actual.whole - actual.part}
        return _Measured(sizes, {"part": frozenset((part,)), "whole": frozenset((part, rest)), "": frozenset((rest,))})
    if indicator.persons:
        return _measure_persons(period, actual.women, actual.men, actual.girls, actual.boys)
    if actual.value is None:
        return _Measured({}, {})
    return _Measured({f"{period}:value": int(actual.value)}, {"value": frozenset((f"{period}:value",))})


def _measure_group(period: str, reached: GroupReached) -> _Measured:
    if reached.women is None and reached.men is None and reached.total is not None:
        return _Measured({f"{period}:total": reached.total}, {"total": frozenset((f"{period}:total",))})
    return _measure_persons(period, reached.women, reached.men, None, None)


def _measure_persons(period: str, women: int | None, men: int | None, girls: int | None, boys: int | None) -> _Measured:
    """Women and men, each in two ages where the under-18 were counted. The unnamed measures are the adults."""
    sizes: dict[str, int] = {}
    measures: dict[str, frozenset[str]] = {}
    for name, count, young, minors in (("women", women, "girls", girls), ("men", men, "boys", boys)):
        if count is None:
            continue
        if minors is None:
            sizes[f"{period}:{name}"] = count
            measures[name] = frozenset((f"{period}:{name}",))
            continue
        sizes |= {f"{period}:{young}": minors, f"{period}:adult {name}": count - minors}
        measures[young] = frozenset((f"{period}:{young}",))
        measures[f" {name}"] = frozenset((f"{period}:adult {name}",))
        measures[name] = measures[young] | measures[f" {name}"]
    if measures:
        measures["total"] = frozenset(sizes)
        if "girls" in measures and "boys" in measures:
            measures[" minors"] = measures["girls"] | measures["boys"]
            measures[" adults"] = measures["total"] - measures[" minors"]
    return _Measured(sizes, measures)


def _protect(table: _Table, scope: Scope, earlier: Sequence[Scope], least: int) -> dict[Which, dict[str, Figure]]:
    """Every figure of a table with its shade, given what earlier reports have printed of it."""
    sizes = {atom: size for measured in table.periods.values() for atom, size in measured.sizes.items()}
    public: list[Count] = []
    for before in earlier:
        counts = _list_counts(table, before, sizes)
        shades = protect_counts(counts, sizes, _list_secrets(table, before), public, least)
        public += [count for count in counts if shades[count.key] != "hidden"]
    counts = _list_counts(table, scope, sizes)
    shades = protect_counts(counts, sizes, _list_secrets(table, scope), public, least)
    found = {count.key: Figure(Decimal(count.value), shades[count.key]) for count in counts}
    names = [
        *dict.fromkeys(name for measured in table.periods.values() for name in measured.measures if _is_named(name))
    ]
    return {which: {x: found.get(f"{which}:{x}", Figure(None)) for x in names} for which in _WHICH}


def _is_named(measure: str) -> bool:
    return bool(measure) and measure[0] != " "


def _list_counts(table: _Table, scope: Scope, sizes: Atoms) -> list[Count]:
    """What a report prints: totals are kept before parts, what was reached so far before what was reached now."""
    counts = []
    for rank, (which, codes) in enumerate(_columns(scope)):
        for name, atoms in _add_measures(table, codes).items():
            if _is_named(name):
                order = rank + (10 if name in ("total", "whole") else 0)
                counts.append(Count(f"{which}:{name}", atoms, sum(sizes[atom] for atom in atoms), order))
    return counts


def _list_secrets(table: _Table, scope: Scope) -> list[frozenset[str]]:
    """Sums that nobody may find out where they are small: every measure of one period, and of any that follow each
    other. Two cumulative figures, each in a report of its own, tell the sum of what lies between.
    """
    codes = [period.code for period in scope.periods]
    runs = [codes[first:last] for first, last in combinations(range(len(codes) + 1), 2)]
    return [atoms for run in runs for atoms in _add_measures(table, run).values()]


def _add_measures(table: _Table, codes: Sequence[str]) -> dict[str, frozenset[str]]:
    """Measure -> its atoms over some periods; over the last of them where a later figure replaces an earlier one."""
    given = [table.periods[code].measures for code in codes if code in table.periods and table.periods[code].measures]
    if table.latest:
        given = given[-1:]
    common = [name for name in given[0] if all(name in measures for measures in given)] if given else []
    return {name: frozenset().union(*(measures[name] for measures in given)) for name in common}


def _with_percent(row: Mapping[str, Figure]) -> dict[str, Figure]:
    part, whole = row.get("part", Figure(None)), row.get("whole", Figure(None))
    if part.value is None or not whole.value:
        return {**row, "percent": Figure(None)}
    shade: Shade = "shown" if part.shade == whole.shade == "shown" else "hidden"
    return {**row, "percent": Figure(part.value * 100 / whole.value, shade)}


def _percent_of_target(indicator: Indicator, row: Mapping[str, Figure]) -> Figure:
    name = "percent" if indicator.per_cent_of_persons else "total" if indicator.persons else "value"
    reached = row.get(name, Figure(None))
    if reached.value is None or indicator.target is None or not indicator.target.value:
        return Figure(None)
    shade: Shade = "shown" if reached.shade == "shown" else "hidden"  # the target is known: it would tell the figure
    return Figure(reached.value * 100 / indicator.target.value, shade)
