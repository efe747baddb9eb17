"""Would this donor accept it? Rules are data of the donor's pack; each names a check and gives its parameters.

A check is a pure function: a `Case` and parameters in, faults out. It says what is wrong and where; the rule adds id,
severity and source. A new donor needs Python only for a demand that no check knows yet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from grants.errors import Finding
from grants.ledger.totals import Totals
from grants.model import Donor, Project, SectionKey
from grants.model.checks import CHECKS, read_parameter
from grants.model.donor import Rule, Rules, Source
from grants.model.rich_text import RichText
from grants.model.sheet import Call
from grants.rules.call import find_call_faults
from grants.rules.case import Case
from grants.rules.registry import FUNCTIONS

__all__ = ["check_rules", "choose_rules", "say_source"]


def check_rules(
    project: Project,
    totals: Totals,
    donor: Donor,
    common: Rules,
    rich: Mapping[SectionKey, RichText],
    never_print: Sequence[str] = (),
) -> list[Finding]:
    """Every finding of the rules that hold on the project's first day, each with its source.

    Places are paths in the definition, or file, line and column of a narrative. The pack is taken as the reader of
    packs approves it: every check and source that a rule names exists.
    """
    case = Case(project, totals, donor, rich, never_print)
    rules = choose_rules(donor, common)
    findings = list(find_call_faults(project.sheet, [rule for rule, _ in rules]))
    for rule, sources in rules:
        if rule.is_valid(project.sheet.start):
            findings += _apply(rule, sources, case)
    return findings


def choose_rules(donor: Donor, common: Rules) -> list[tuple[Rule, Mapping[str, Source]]]:
    """The rules of every donor and this donor's own, which replace those of the same id; each with its sources."""
    own = {rule.id for rule in donor.rules}
    shared = [(rule, common.sources) for rule in common.rules if rule.id not in own]
    return [*shared, *((rule, donor.sources) for rule in donor.rules)]


def _apply(rule: Rule, sources: Mapping[str, Source], case: Case) -> Iterator[Finding]:
    call = case.project.sheet.call
    parameters = _read_parameters(rule, call)
    source = say_source(rule.source, sources, rule.confidence)
    if changed := call.rules.get(rule.id):
        source = f"{_name(call)}: {', '.join(f'{key} {value}' for key, value in changed.items())}. Else: {source}"
    for fault in FUNCTIONS[rule.check](case, **parameters):
        own = say_source(fault.source, case.donor.sources, rule.confidence) if fault.source else source
        yield Finding(rule.id, fault.place, fault.message, fault.remedy, fault.found, rule.severity, own)


def _read_parameters(rule: Rule, call: Call) -> dict[str, Any]:
    """The rule's parameters, or the call's where it sets them otherwise and rightly."""
    parameters = {}
    for name, kind in CHECKS[rule.check].items():
        value = read_parameter(kind, call.rules.get(rule.id, {}).get(name, rule.parameters[name]))
        parameters[name] = read_parameter(kind, rule.parameters[name]) if value is None else value
    return parameters


def _name(call: Call) -> str:
    return f"the call {call.reference}" if call.reference else "the call"


def say_source(key: str | None, sources: Mapping[str, Source], confidence: str) -> str:
    """Where a rule was read, in a line: title, address, and whether it was confirmed."""
    if key is None:
        return confidence
    source = sources[key]
    title = source.title.in_language("en")
    return f"{title}, {source.address} ({confidence})" if source.address else f"{title} ({confidence})"
