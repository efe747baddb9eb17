"""Who was reached, and what: indicators and target groups. No count of persons is printed but by its shade."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal

from grants.ledger.reached import Figure, Figures
from grants.model.logframe import Indicator, Outcome, Output, Value
from grants.model.scalars import Text
from grants.views.blocks import ABOVE
from grants.views.figures import format_number, format_percent
from grants.views.report.context import GroupReachedRow, NotesPart, PersonsRow, ReachedRow, ResultPart
from grants.views.report.papers import view_columns
from grants.views.report.source import ReportSource
from grants.views.words import Words

HIDDEN, MISSING = "…", "–"
_TENTH = Decimal("0.1")


class PeopleView:
    """The results of one report in one language."""

    def __init__(self, source: ReportSource, words: Words) -> None:
        self.source = source
        self.words = words

    def view_results(self) -> list[ResultPart]:
        """Every outcome and output that has an indicator, in the order of the logframe."""
        logframe = self.source.project.logframe
        results: list[tuple[str, Outcome | Output]] = []
        for outcome in logframe.outcomes:
            results += [("outcome", outcome), *(("output", output) for output in outcome.outputs)]
        parts = [self._result(result.code, label, result.statement, result.indicators) for label, result in results]
        impact = logframe.impact
        first = [self._result("", "impact", impact.statement, impact.indicators)]
        return [part for part in (*first, *parts) if part["indicators"]]

    def _result(self, code: str, label: str, statement: Text, indicators: Iterable[Indicator]) -> ResultPart:
        return {
            "code": code,
            "label": self.words.say(label),
            "statement": self.words.read(statement),
            "indicators": [self._indicator(indicator) for indicator in indicators],
        }

    def _indicator(self, indicator: Indicator) -> ReachedRow:
        reached = self.source.accounts.reached[indicator.code]
        name, unit = self.words.read(indicator.name), self.words.read(indicator.unit)
        return {
            "code": indicator.code,
            "name": name if f"({unit})" in name else f"{name} ({unit})",
            "baseline": self._baseline(indicator),
            "target": self._value(indicator.target, indicator),
            "current": self._reached(indicator, reached.current),
            "cumulative": self._reached(indicator, reached.cumulative),
            "percent": self._say(reached.percent, percent=True, decimals=1),
        }

    def _baseline(self, indicator: Indicator) -> str:
        """A target is a plan and may be small; a baseline counts people who were there."""
        small = self._has_small_baseline(indicator)
        return f"<{self.source.limits.smallest_count}" if small else self._value(indicator.baseline, indicator)

    def _has_small_baseline(self, indicator: Indicator) -> bool:
        counted, known = indicator.persons or indicator.protected, indicator.baseline
        return counted and known is not None and 0 < known.value < self.source.limits.smallest_count

    def _value(self, value: Value | None, indicator: Indicator) -> str:
        return MISSING if value is None else self._number(value.value, percent=self._is_percent(indicator))

    def _is_percent(self, indicator: Indicator) -> bool:
        return indicator.per_cent_of_persons or indicator.is_percentage

    def _reached(self, indicator: Indicator, figures: Figures) -> str:
        """The total of persons, the percentage, or the value."""
        name = "percent" if indicator.per_cent_of_persons else "total" if indicator.persons else "value"
        return self._say(figures.get(name, Figure(None)), percent=self._is_percent(indicator))

    def _say(self, figure: Figure, *, percent: bool = False, decimals: int | None = None) -> str:
        if figure.value is None:
            return MISSING
        if figure.shade == "small":
            return f"<{self.source.limits.smallest_count}"
        return HIDDEN if figure.shade == "hidden" else self._number(figure.value, percent=percent, decimals=decimals)

    def _number(self, value: Decimal, *, percent: bool, decimals: int | None = None) -> str:
        if percent:
            return format_percent(value.quantize(_TENTH, ROUND_HALF_UP), self.words.language, decimals)
        return format_number(value, self.words.language)

    def view_persons(self) -> list[PersonsRow]:
        """Women and men of every indicator that counts persons: in the period, and since the beginning."""
        rows: list[PersonsRow] = []
        current = view_columns(self.source, self.words)["current"]
        both = bool(self.source.accounts.books.scope.prior)
        for indicator in self.source.project.logframe.indicators:
            reached = self.source.accounts.reached[indicator.code]
            if indicator.persons and reached.cumulative:
                columns = [(current, reached.current)] if both else []
                columns.append((self.words.say("so-far"), reached.cumulative))
                for left, (when, figures) in enumerate(columns, 1 - len(columns)):
                    name = ABOVE if both and left == 0 else self.words.read(indicator.name)
                    rows.append(self._persons(name, when, figures, goes_on=left < 0))
        return rows

    def _persons(self, name: str, when: str, figures: Figures, *, goes_on: bool) -> PersonsRow:
        return {
            "name": name,
            "when": when,
            "goes_on": goes_on,
            "women": self._cell(figures, "women"),
            "men": self._cell(figures, "men"),
            "girls": self._cell(figures, "girls"),
            "boys": self._cell(figures, "boys"),
            "total": self._cell(figures, "total"),
        }

    def _cell(self, figures: Figures, name: str) -> str:
        return self._say(figures.get(name, Figure(None)))

    def view_groups(self) -> list[GroupReachedRow]:
        """Every target group that the project meets itself."""
        return [
            {
                "name": self.words.read(group.name),
                "planned_women": self._planned(group.women),
                "planned_men": self._planned(group.men),
                "planned_total": self._planned(group.total),
                "women": self._cell(self.source.accounts.groups[group.code].cumulative, "women"),
                "men": self._cell(self.source.accounts.groups[group.code].cumulative, "men"),
                "total": self._cell(self.source.accounts.groups[group.code].cumulative, "total"),
            }
            for group in self.source.project.sheet.target_groups
            if group.direct
        ]

    def _planned(self, number: int | None) -> str:
        return MISSING if number is None else format_number(number, self.words.language)

    def view_notes(self) -> NotesPart:
        """What the signs in a table mean, where there are any in it."""
        indicators = [row for result in self.view_results() for row in result["indicators"]]
        return {
            "protected": self._explain(indicators),
            "protected_persons": self._explain(self.view_persons()),
            "protected_groups": self._explain(self.view_groups()),
            "overlap": self.words.say("overlap"),
        }

    def _explain(self, rows: Iterable[Mapping[str, object]]) -> str:
        least = self.source.limits.smallest_count
        signs = {f"<{least}", HIDDEN}
        is_needed = any(value in signs for row in rows for value in row.values())
        return self.words.say("protected-note", least=str(least)) if is_needed else ""
