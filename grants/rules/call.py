"""What a call sets otherwise: parameters of rules, by rule id. What it names and nobody knows is a finding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from grants.errors import Finding, Path, Place, suggest
from grants.model.checks import CHECKS, read_parameter
from grants.model.donor import Rule
from grants.model.sheet import ProjectSheet


def find_call_faults(sheet: ProjectSheet, rules: Sequence[Rule]) -> Iterator[Finding]:
    """A finding for each rule and parameter of `call: rules:` that would change nothing."""
    known = {rule.id: rule for rule in rules}
    for rule_id, settings in sheet.call.rules.items():
        path: Path = ("sheet", "call", "rules", rule_id)
        rule = known.get(rule_id)
        if rule is None:
            message = f"The call changes a rule `{rule_id}`, which neither the donor nor every donor has."
            yield Finding("CALL-001", Place(path=path), message, suggest(rule_id, known), rule_id)
        else:
            yield from _find_parameter_faults(rule, settings, path)
            if not rule.is_valid(sheet.start):
                message = (
                    f"The call changes rule {rule_id}, which does not hold for a project that starts on {sheet.start}."
                )
                remedy = f"It holds {_say_validity(rule)}; take this out, or change the rule that holds."
                yield Finding("CALL-004", Place(path=path), message, remedy, rule_id, "warning")


def _find_parameter_faults(rule: Rule, settings: Mapping[str, Any], path: Path) -> Iterator[Finding]:
    kinds = CHECKS[rule.check]
    for name, value in settings.items():
        place = Place(path=(*path, name))
        if name not in kinds:
            message = f"Rule {rule.id} has no parameter `{name}`."
            yield Finding("CALL-002", place, message, suggest(name, kinds), name)
        elif read_parameter(kinds[name], value) is None:
            wanted = {"number": "a number", "count": "a whole number"}.get(kinds[name], "a text")
            message = f"The parameter `{name}` of rule {rule.id} is {wanted}."
            yield Finding("CALL-003", place, message, f"Write {wanted}.", str(value))


def _say_validity(rule: Rule) -> str:
    since = f"from {rule.valid_from}" if rule.valid_from else ""
    until = f"to {rule.valid_to}" if rule.valid_to else ""
    return " ".join(filter(None, (since, until)))
