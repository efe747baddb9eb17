"""`logframe.yaml`: impact, outcomes and outputs with their indicators."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from grants.model.base import Model
from grants.model.scalars import Amount, Code, Many, Text, Year

_PERCENTAGES = ("per cent", "percent", "ποσοστό", "ποσοστά", "τοις εκατό", "επί τοις εκατό", "procen")
"""Beginnings of units that make a figure a percentage, beside the sign."""


class Value(Model):
    """A figure of an indicator and the year it stands for."""

    value: Amount
    year: Year


class Indicator(Model):
    """How one sees that a result is reached (IATI: result/indicator)."""

    code: Code
    name: Text
    unit: Text
    persons: bool = False
    """Counts persons: then it is broken down by sex, and small figures are protected."""
    per_cent_of_persons: bool = False
    """A percentage of a number of persons: reports give part and whole, and both are protected."""
    protected: bool = False
    """Small figures are withheld though it counts no persons by sex: cases, referrals."""
    method: Literal["sum", "latest"] | None = None
    """What was reached so far: the periods together, or the last one. None: the last one of a percentage, which cannot
    be added up; else the periods together."""
    baseline: Value | None = None
    target: Value | None = None
    women: Amount | None = None
    """Women and girls in the target."""
    men: Amount | None = None
    disaggregation: Many[Text] = ()
    means_of_verification: Text | None = None

    @property
    def is_percentage(self) -> bool:
        """Whether its unit is a percentage that is given as such, not as part and whole."""
        units = [unit.strip().casefold() for unit in self.unit.words.values()]
        return not self.per_cent_of_persons and any("%" in x or x.startswith(_PERCENTAGES) for x in units)

    @property
    def takes_latest(self) -> bool:
        """Whether a later figure replaces an earlier one."""
        return self.method == "latest" or (self.method is None and self.is_percentage)


class Output(Model):
    """What the project delivers (EU: output, result)."""

    code: Code
    statement: Text
    indicators: Many[Indicator] = ()
    assumptions: Many[Text] = ()


class Outcome(Model):
    """A specific objective, and the outputs that lead to it."""

    code: Code
    statement: Text
    indicators: Many[Indicator] = ()
    assumptions: Many[Text] = ()
    outputs: Many[Output] = ()


class Impact(Model):
    """The overall objective."""

    statement: Text
    indicators: Many[Indicator] = ()
    assumptions: Many[Text] = ()


class Logframe(Model):
    """`logframe.yaml`."""

    impact: Impact
    outcomes: Annotated[Many[Outcome], Field(min_length=1)]

    @property
    def outputs(self) -> tuple[Output, ...]:
        """All outputs, in the order of the logframe."""
        return tuple(output for outcome in self.outcomes for output in outcome.outputs)

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """All indicators: of the impact, then outcome by outcome with its outputs."""
        results: list[Impact | Outcome | Output] = [self.impact]
        for outcome in self.outcomes:
            results += [outcome, *outcome.outputs]
        return tuple(indicator for result in results for indicator in result.indicators)
