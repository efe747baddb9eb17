"""Which rules a donor has, with which parameters, and where each was read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from grants.model import Donor
from grants.model.checks import CHECKS, read_parameter
from grants.model.donor import Rule, Rules, Source
from grants.model.sheet import Call


def choose_rules(donor: Donor, common: Rules) -> list[tuple[Rule, Mapping[str, Source]]]:
    """The rules of every donor and this donor's own, which replace those of the same id; each with its sources."""
    own = {rule.id for rule in donor.rules}
    shared = [(rule, common.sources) for rule in common.rules if rule.id not in own]
    return [*shared, *((rule, donor.sources) for rule in donor.rules)]


def read_parameters(rule: Rule, call: Call) -> dict[str, Any]:
    """The rule's parameters, or the call's where it sets them otherwise and rightly."""
    parameters = {}
    for name, kind in CHECKS[rule.check].items():
        value = read_parameter(kind, call.rules.get(rule.id, {}).get(name, rule.parameters[name]))
        parameters[name] = read_parameter(kind, rule.parameters[name]) if value is None else value
    return parameters


def say_rule_source(rule: Rule, sources: Mapping[str, Source], call: Call) -> str:
    """Where a rule was read, and what the call sets otherwise."""
    source = say_source(rule.source, sources, rule.confidence)
    if changed := call.rules.get(rule.id):
        name = f"the call {call.reference}" if call.reference else "the call"
        return f"{name}: {', '.join(f'{key} {value}' for key, value in changed.items())}. Else: {source}"
    return source


def say_source(key: str | None, sources: Mapping[str, Source], confidence: str) -> str:
    """Where a rule was read, in a line: title, address, and whether it was confirmed."""
    if key is None:
        return confidence
    source = sources[key]
    title = source.title.in_language("en")
    return f"{title}, {source.address} ({confidence})" if source.address else f"{title} ({confidence})"
