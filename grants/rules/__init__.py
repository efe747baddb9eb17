"""Would this donor accept it? Rules are data of the donor's pack; each names a check and gives its parameters.

A check is a pure function: a `Case` and parameters in, faults out. It says what is wrong and where; the rule adds id,
severity and source. A new donor needs Python only for a demand that no check knows yet.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence

from grants.errors import Finding
from grants.ledger.accounts import Accounts
from grants.ledger.totals import Totals
from grants.model import Donor, Narrative, Project, SectionKey
from grants.model.checks import RECORD_CHECKS, TEXT_CHECKS
from grants.model.donor import Rule, Rules, Source
from grants.model.records import Records
from grants.model.rich_text import RichText
from grants.rules.call import find_call_faults
from grants.rules.case import Case
from grants.rules.choice import choose_rules, read_parameters, say_rule_source, say_source
from grants.rules.limits import read_limits
from grants.rules.registry import FUNCTIONS
from grants.rules.report_case import Making, ReportCase

__all__ = ["Making", "check_records", "check_rules", "choose_rules", "read_limits", "say_source"]


def check_rules(
    project: Project,
    totals: Totals,
    donor: Donor,
    common: Rules,
    rich: Mapping[SectionKey, RichText],
    never_print: Sequence[str] = (),
) -> list[Finding]:
    """Every finding about the definition, of the rules that hold on the project's first day, each with its source.

    Places are paths in the definition, or file, line and column of a narrative. The pack is taken as the reader of
    packs approves it: every check and source that a rule names exists.
    """
    case = Case(project, totals, donor, rich, never_print)
    rules = choose_rules(donor, common)
    findings = list(find_call_faults(project.sheet, [rule for rule, _ in rules]))
    return findings + [
        x for rule, sources in rules if rule.check not in RECORD_CHECKS for x in _apply(rule, sources, case)
    ]


def check_records(
    project: Project,
    totals: Totals,
    donor: Donor,
    common: Rules,
    records: Records,
    accounts: Mapping[str, Accounts],
    report_texts: Mapping[str, Mapping[SectionKey, Narrative]],
    today: datetime.date,
    never_print: Sequence[str] = (),
    making: Making | None = None,
) -> list[Finding]:
    """Every finding about what came back: costs, income, progress, texts of reports, deadlines.

    Rules that look through texts, such as those on personal data, look through these too. `making` is the report that
    is being made: it must have everything that the donor wants in it.
    """
    case = ReportCase(
        project,
        totals,
        donor,
        {},
        never_print,
        records=records,
        accounts=accounts,
        report_texts=report_texts,
        today=today,
        making=making,
    )
    return [
        finding
        for rule, sources in choose_rules(donor, common)
        if rule.check in RECORD_CHECKS or rule.check in TEXT_CHECKS
        for finding in _apply(rule, sources, case)
    ]


def _apply(rule: Rule, sources: Mapping[str, Source], case: Case) -> Iterator[Finding]:
    if not rule.is_valid(case.project.sheet.start):
        return
    call = case.project.sheet.call
    source = say_rule_source(rule, sources, call)
    for fault in FUNCTIONS[rule.check](case, **read_parameters(rule, call)):
        own = say_source(fault.source, case.donor.sources, rule.confidence) if fault.source else source
        yield Finding(
            rule.id, fault.place, fault.message, fault.remedy, fault.found, fault.severity or rule.severity, own
        )
