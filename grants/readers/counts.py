"""Counts of people and values of indicators: each of the kind that its indicator has, and parts within their whole."""

from __future__ import annotations

from collections.abc import Iterator

from grants.errors import Finding, Path, Place
from grants.model import Project
from grants.model.logframe import Indicator
from grants.model.records import Actual, GroupReached, PeriodRecords

_PERSONS = ("women", "men", "girls", "boys")
_PARTS = ("part", "whole")


def find_wrong_counts(project: Project, period: PeriodRecords) -> Iterator[Finding]:
    """What a period's progress counts otherwise than its indicators do, and counts that contradict each other."""
    indicators = {indicator.code: indicator for indicator in project.logframe.indicators}
    root: Path = ("periods", period.code, "progress")
    for code, actual in period.progress.indicators.items():
        if code in indicators:
            yield from _check_kind(indicators[code], actual, (*root, "indicators", code))
            yield from _check_sizes(actual, (*root, "indicators", code))
    for code, group in period.progress.groups.items():
        yield from _check_total(group, (*root, "groups", code))


def name_wanted(indicator: Indicator) -> tuple[str, ...]:
    """The figures that its kind has."""
    if indicator.per_cent_of_persons:
        return _PARTS
    return _PERSONS if indicator.persons else ("value",)


def _check_kind(indicator: Indicator, actual: Actual, path: Path) -> Iterator[Finding]:
    """Persons by sex, per cent of persons by part and whole, everything else by its value."""
    wanted, what = name_wanted(indicator), "neither a count nor a percentage of persons"
    if indicator.per_cent_of_persons:
        what = "a percentage of persons"
    elif indicator.persons:
        what = "a count of persons"
    for name in ("value", *_PERSONS, *_PARTS):
        given = getattr(actual, name)
        if given is not None and name not in wanted:
            message = f"The indicator {indicator.code} is {what}; it has no `{name}`."
            remedy = f"Write {' and '.join(f'`{x}`' for x in wanted[:2])} instead."
            yield Finding("REC-030", Place(path=(*path, name)), message, remedy, str(given))
    if indicator.protected and actual.value is not None and actual.value != actual.value.to_integral_value():
        message = f"The indicator {indicator.code} counts people or cases; its value is a whole number."
        yield Finding("REC-034", Place(path=(*path, "value")), message, "Write it without decimals.", f"{actual.value}")
    if indicator.per_cent_of_persons and (actual.part is None) != (actual.whole is None):
        message = f"The indicator {indicator.code} wants both `part` and `whole`: of how many persons?"
        yield Finding("REC-031", Place(path=path), message, "Add the other one.")


def _check_sizes(actual: Actual, path: Path) -> Iterator[Finding]:
    for part, whole in (("girls", "women"), ("boys", "men"), ("part", "whole")):
        less, more = getattr(actual, part), getattr(actual, whole)
        if less is None:
            continue
        if more is None and part != "part":
            message = f"`{part}` are part of `{whole}`, and `{whole}` is not given."
            yield Finding("REC-031", Place(path=(*path, part)), message, f"Add `{whole}`.", str(less))
        elif more is not None and less > more:
            message = f"`{part}` is more than `{whole}`, of which it is a part."
            remedy = f"`{whole}` includes `{part}`. Correct one of the two."
            yield Finding("REC-032", Place(path=(*path, part)), message, remedy, f"{less} of {more}")


def _check_total(group: GroupReached, path: Path) -> Iterator[Finding]:
    if group.total is None or (group.women is None and group.men is None):
        return
    counted = (group.women or 0) + (group.men or 0)
    if counted != group.total:
        message = "`total` is not what women and men come to."
        remedy = "Leave `total` out where the sexes were counted."
        yield Finding("REC-033", Place(path=(*path, "total")), message, remedy, f"{group.total}, not {counted}")
