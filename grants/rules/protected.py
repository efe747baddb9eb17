"""Are indicators that count persons known as such? Only then are small figures of theirs withheld."""

from __future__ import annotations

from collections.abc import Iterator

from grants.model.logframe import Indicator
from grants.rules.case import Case, Fault, at
from grants.rules.few import names_persons
from grants.rules.logframe import list_indicators

_FLAGS = ("persons", "per_cent_of_persons", "protected")


def check_persons_flagged(case: Case) -> Iterator[Fault]:
    """An indicator whose unit is persons, or that is a percentage of persons, says so; or that it is none."""
    for path, indicator in list_indicators(case):
        if any(getattr(indicator, flag) for flag in _FLAGS):
            continue
        flag = "per_cent_of_persons" if indicator.is_percentage else "persons"
        named = indicator.name if indicator.is_percentage else indicator.unit
        if flag not in indicator.model_fields_set and any(map(names_persons, named.words.values())):
            what = "is a percentage of persons" if indicator.is_percentage else "counts persons"
            message = f"Indicator {indicator.code} {what}, and does not say so: its small figures would be printed."
            remedy = f"Write `{flag}: true`; or `{flag}: false` where nobody could be recognised."
            yield Fault(at(*path), message, remedy)


def check_small_baselines(case: Case, *, least: int) -> Iterator[Fault]:
    """No baseline is a count of a few persons: reports withhold it, the logframe of a proposal prints it."""
    for path, indicator in list_indicators(case):
        if is_small_baseline(indicator, least):
            message = f"The baseline of {indicator.code} is fewer than {least} persons, and the proposal prints it."
            remedy = "Join groups or years, so that it is more; or take the baseline from another source."
            yield Fault(at(*path, "baseline", "value"), message, remedy)


def is_small_baseline(indicator: Indicator, least: int) -> bool:
    """Whether the baseline counts people, and too few of them."""
    counted = indicator.persons or indicator.protected
    return counted and indicator.baseline is not None and 0 < indicator.baseline.value < least
