"""Can the results be measured? Indicators, their values and years, women and men."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from grants.errors import Path
from grants.model.logframe import Impact, Indicator, Outcome, Output
from grants.rules.case import Case, Fault, at


def _list_results(case: Case) -> Iterator[tuple[Path, str, Impact | Outcome | Output]]:
    logframe = case.project.logframe
    yield ("logframe", "impact"), "impact", logframe.impact
    for i, outcome in enumerate(logframe.outcomes):
        yield ("logframe", "outcomes", i), f"outcome {outcome.code}", outcome
        for j, output in enumerate(outcome.outputs):
            yield ("logframe", "outcomes", i, "outputs", j), f"output {output.code}", output


def list_indicators(case: Case) -> Iterator[tuple[Path, Indicator]]:
    """Every indicator with its path."""
    for path, _, result in _list_results(case):
        for i, indicator in enumerate(result.indicators):
            yield (*path, "indicators", i), indicator


def check_complete_indicators(case: Case) -> Iterator[Fault]:
    """Every outcome and output has an indicator; every indicator baseline, target and means of verification."""
    for path, name, result in _list_results(case):
        if not result.indicators and not isinstance(result, Impact):
            message = f"Nothing measures {name}."
            yield Fault(at(*path), message, "Give it at least one entry under `indicators`.")
    for path, indicator in list_indicators(case):
        for key in ("baseline", "target", "means_of_verification"):
            if getattr(indicator, key) is None:
                message = f"Indicator {indicator.code} has no {key.replace('_', ' ')}."
                remedy = "Name the document that proves it." if key.startswith("means") else "Give value and year."
                yield Fault(at(*path), message, f"{remedy[:-1]}, under `{key}`.")
        if indicator.is_percentage and indicator.method == "sum":
            message = (
                f"Indicator {indicator.code} is a percentage, and the percentages of several periods add up to nothing."
            )
            remedy = "Write `method: latest`; or give part and whole of persons, with `per_cent_of_persons: true`."
            yield Fault(at(*path, "method"), message, remedy, "sum")


def check_number_of_results(case: Case, *, most: int) -> Iterator[Fault]:
    """Outcomes and outputs together are at most so many."""
    number = len(case.project.logframe.outcomes) + len(case.project.logframe.outputs)
    if number > most:
        message = f"The logframe has more than {most} results."
        yield Fault(at("logframe", "outcomes"), message, "Join those that belong together.", str(number))


def check_indicator_years(case: Case) -> Iterator[Fault]:
    """A baseline's year is not after its target's; a target's year is one of the project's."""
    sheet = case.project.sheet
    for path, indicator in list_indicators(case):
        baseline, target = indicator.baseline, indicator.target
        if target is not None and not sheet.start.year <= target.year <= sheet.end.year:
            message = f"The target of {indicator.code} is for a year outside the project."
            years = dict.fromkeys((sheet.start.year, sheet.end.year))
            remedy = f"Set it for {' to '.join(map(str, years))}."
            yield Fault(at(*path, "target", "year"), message, remedy, str(target.year))
        if baseline is not None and target is not None and baseline.year > target.year:
            message = f"The baseline of {indicator.code} is of a later year than its target ({target.year})."
            yield Fault(at(*path, "baseline", "year"), message, "Correct one of the two.", str(baseline.year))


def check_sexes_add_up(case: Case) -> Iterator[Fault]:
    """Where persons are counted, women and men are given and come to the total: of targets, and of target groups."""
    for path, indicator in list_indicators(case):
        if not indicator.persons or indicator.target is None:
            continue
        if indicator.women is None and indicator.men is None:
            message = f"Indicator {indicator.code} counts persons, but not by sex."
            yield Fault(at(*path), message, "Give `women` and `men` of the target.")
        else:
            yield from _compare(path, indicator.code, indicator.women, indicator.men, indicator.target.value)
    for i, group in enumerate(case.project.sheet.target_groups):
        if group.total is not None and not (group.women is None and group.men is None):
            here = ("sheet", "target_groups", i)
            yield from _compare(here, group.code, group.women, group.men, group.total)


def _compare(
    path: Path, code: str, women: Decimal | int | None, men: Decimal | int | None, total: Decimal | int
) -> Iterator[Fault]:
    both = (women or 0) + (men or 0)
    if both != total:
        key = "women" if women is not None else "men"
        message = f"Women and men of {code} come to {both:,}, the total is {total:,}."
        yield Fault(at(*path, key), message, "Correct one of the figures.", f"{women or 0:,} + {men or 0:,}")


def check_target_group_counts(case: Case) -> Iterator[Fault]:
    """A group that the project works with has its number of women and men. It may be left out, never guessed."""
    for i, group in enumerate(case.project.sheet.target_groups):
        if group.direct and group.women is None and group.men is None:
            message = f"The number of women and men in group {group.code} is not given."
            yield Fault(at("sheet", "target_groups", i), message, "Give `women` and `men` where they are known.")
