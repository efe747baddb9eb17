"""What changes: the logframe with its merged cells, and its indicators."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from grants.model.logframe import Impact, Indicator, Logframe, Outcome, Output, Value
from grants.model.scalars import Text
from grants.views.blocks import ABOVE
from grants.views.figures import format_number, format_percent
from grants.views.proposal.context import ImpactPart, IndicatorRow, LogframeRow, OutcomePart
from grants.views.words import Words


def view_impact(impact: Impact, words: Words) -> ImpactPart:
    """The overall objective; its rows are empty where it has no indicator."""
    heading = f"{words.say('impact')}: {words.read(impact.statement)}"
    rows = _result_rows(impact, words) if impact.indicators else []
    return {
        "statement": words.read(impact.statement),
        "assumptions": [words.read(text) for text in impact.assumptions],
        "rows": _merge(rows, heading),
    }


def view_outcomes(logframe: Logframe, words: Words) -> list[OutcomePart]:
    """Specific objectives and outputs, without indicators."""
    return [
        {
            "code": outcome.code,
            "statement": words.read(outcome.statement),
            "outputs": [{"code": x.code, "statement": words.read(x.statement)} for x in outcome.outputs],
        }
        for outcome in logframe.outcomes
    ]


def view_logframe(logframe: Logframe, words: Words) -> list[LogframeRow]:
    """One row an indicator: the outcome's cell spans its own indicators and those of its outputs."""
    rows: list[LogframeRow] = []
    for outcome in logframe.outcomes:
        own = _result_rows(outcome, words) if outcome.indicators or not outcome.outputs else []
        parts = [row for output in outcome.outputs for row in _output_rows(output, words)]
        rows += _merge([*own, *parts], _result(outcome, words))
    return rows


def _result(result: Outcome | Output, words: Words) -> str:
    return f"{result.code}\n{words.read(result.statement)}"


def _output_rows(output: Output, words: Words) -> list[LogframeRow]:
    rows = _result_rows(output, words)
    for number, row in enumerate(rows):
        row["output"] = ABOVE if number else _result(output, words)
    return rows


def _result_rows(result: Impact | Outcome | Output, words: Words) -> list[LogframeRow]:
    """The indicators of a result; a row of dashes where it has none. Its assumptions span them."""
    rows = [_indicator_cells(indicator, words) for indicator in result.indicators] or [_no_indicator()]
    for number, row in enumerate(rows):
        row["output"] = ABOVE if number else "–"
        row["assumptions"] = ABOVE if number else _lines(result.assumptions, words)
    return rows


def _merge(rows: Sequence[LogframeRow], outcome: str) -> list[LogframeRow]:
    for number, row in enumerate(rows):
        row["outcome"] = ABOVE if number else outcome
    return list(rows)


def _no_indicator() -> LogframeRow:
    return {
        "outcome": "",
        "output": "",
        "indicator": "–",
        "baseline": "–",
        "target": "–",
        "verification": "–",
        "assumptions": "–",
    }


def _indicator_cells(indicator: Indicator, words: Words) -> LogframeRow:
    unit = words.read(indicator.unit)
    name = words.read(indicator.name)
    return _no_indicator() | {
        "indicator": name if f"({unit})" in name else f"{name} ({unit})",
        "baseline": _value(indicator.baseline, indicator.unit, words),
        "target": _value(indicator.target, indicator.unit, words),
        "verification": words.read(indicator.means_of_verification) or "–",
    }


def _lines(texts: Iterable[Text], words: Words) -> str:
    return "\n".join(words.read(text) for text in texts) or "–"


def _value(value: Value | None, unit: Text, words: Words) -> str:
    """1.500 (2008), 60 % (2008)."""
    if value is None:
        return "–"
    form = format_percent if words.read(unit) == "%" else format_number
    return f"{form(value.value, words.language)} ({value.year})"


def view_indicators(indicators: Iterable[Indicator], words: Words) -> list[IndicatorRow]:
    """All indicators, for the table of what is measured."""
    return [
        {
            "code": indicator.code,
            "name": words.read(indicator.name),
            "unit": words.read(indicator.unit),
            "baseline": _value(indicator.baseline, indicator.unit, words),
            "target": _value(indicator.target, indicator.unit, words),
            "women": _part(indicator.women, words),
            "men": _part(indicator.men, words),
        }
        for indicator in indicators
    ]


def _part(number: Decimal | None, words: Words) -> str:
    return "–" if number is None else format_number(number, words.language)
