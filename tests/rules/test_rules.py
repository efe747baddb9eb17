"""Rules are data: which of them hold, what a call changes, and that a finding shows its source."""

from __future__ import annotations

import datetime
from dataclasses import replace
from decimal import Decimal
from typing import Any

from grants.errors import Finding
from grants.ledger.totals import add_up
from grants.model import Project
from grants.model.donor import Rule
from grants.model.scalars import Text
from grants.rules import check_rules, choose_rules
from tests.base_project import load_base, load_common, load_donor


def check(project: Project) -> dict[str, Finding]:
    findings = check_rules(project, add_up(project), load_donor(), load_common(), {})
    return {finding.code: finding for finding in findings}


def changed(call: dict[str, Any] | None = None, share: int = 75, **sheet: Any) -> Project:
    """The base with another donor's share, other keys of project.yaml, and rules that the call changes."""
    base = load_base()
    shares = {"HA": Decimal(share), "OWN": Decimal(100 - share)}
    lines = tuple(line.model_copy(update={"paid_by": None}) for line in base.budget.lines)
    if call is not None:
        sheet["call"] = base.sheet.call.model_copy(update={"rules": call})
    return replace(
        base,
        budget=base.budget.model_copy(update={"paid_by": shares, "lines": lines}),
        sheet=base.sheet.model_copy(update=sheet),
    )


def test_the_share_allowed_flips_with_the_year() -> None:
    new_year = {"start": datetime.date(2009, 1, 1), "end": datetime.date(2009, 6, 30)}
    assert not {"M01", "M02"} & check(changed(share=75)).keys()
    assert "M01" in check(changed(share=76))
    assert "M02" not in check(changed(share=50, **new_year))
    assert "M02" in check(changed(share=51, **new_year))
    assert "M01" not in check(changed(share=76, **new_year))


def test_the_last_day_of_a_rule_still_counts() -> None:
    last, next_day = datetime.date(2008, 12, 31), datetime.date(2009, 1, 1)
    assert {"M01"} == {"M01", "M02"} & check(changed(share=80, start=last, end=datetime.date(2009, 6, 30))).keys()
    assert {"M02"} == {"M01", "M02"} & check(changed(share=80, start=next_day, end=datetime.date(2009, 6, 30))).keys()


def test_an_emergency_may_be_paid_for_in_full_to_2008_only() -> None:
    assert not {"M01", "M02", "M03"} & check(changed(share=100, emergency=True)).keys()
    assert {"M01", "M03"} <= check(changed(share=100)).keys()
    later = changed(share=100, emergency=True, start=datetime.date(2009, 1, 1), end=datetime.date(2009, 6, 30))
    assert {"M02"} == {"M01", "M02", "M03"} & check(later).keys()


def test_a_finding_shows_where_its_rule_was_read() -> None:
    finding = check(changed(share=80))["M01"]
    assert finding.severity == "error"
    assert finding.source is not None
    assert finding.source.startswith("AFP, 17 February 2014")
    assert finding.source.endswith("(confirmed)")
    assert "https://" in finding.source


def test_a_paper_shows_its_own_source() -> None:
    base = load_base()
    finding = check(replace(base, grant=base.grant.model_copy(update={"annexes": base.grant.annexes[1:]})))["T10"]
    assert finding.source is not None
    assert "conditions for registration" in finding.source


def test_a_call_changes_a_parameter_and_the_source_says_so() -> None:
    rules = {"M01": {"most_percent": Decimal(60)}}
    assert "M01" not in check(changed({"M01": {"most_percent": Decimal(80)}}, share=80))
    finding = check(changed(rules, share=75))["M01"]
    assert finding.message == "The donor pays at most 60 % of the cost."
    assert finding.source is not None
    assert finding.source.startswith("the call YDAS/2008/1: most_percent 60. Else: AFP")


def test_a_faulty_change_leaves_the_rule_as_it_is() -> None:
    codes = check(changed({"M01": {"most_percent": "eighty"}}, share=76))
    assert {"M01", "CALL-003"} <= codes.keys()


def test_a_donors_rule_replaces_the_common_one_of_the_same_id() -> None:
    chosen: list[Rule] = [rule for rule, _ in choose_rules(load_donor(), load_common())]
    assert len(chosen) == len({rule.id for rule in chosen})
    p01 = next(rule for rule in chosen if rule.id == "P01")
    assert p01 in load_donor().rules


def test_cents_of_rounded_lines_are_forgiven() -> None:
    """Half a cent rounded up on each of many lines is no breach of the limit."""
    base = load_base()
    line = base.budget.lines[0].model_copy(update={"quantity": Decimal(1), "unit_cost": Decimal("0.02"), "total": None})
    lines = tuple(line.model_copy(update={"code": f"L{i}"}) for i in range(100))
    budget = base.budget.model_copy(update={"lines": lines, "indirect_costs": None, "total": None})
    project = replace(base, budget=budget)
    assert add_up(project).donor_percent == 100
    assert "M01" not in check(project)


def test_a_report_is_due_within_the_days_that_the_donor_names() -> None:
    base = load_base()
    donor = load_donor()
    terms = tuple(x.model_copy(update={"days": 60 if x.kind == "final" else None}) for x in donor.reports)
    strict = donor.model_copy(update={"reports": terms})

    def late(due: datetime.date) -> list[Finding]:
        reports = tuple(x.model_copy(update={"due": due}) for x in base.grant.reports)
        project = replace(base, grant=base.grant.model_copy(update={"reports": reports}))
        found = check_rules(project, add_up(project), strict, load_common(), {})
        return [finding for finding in found if finding.code == "R09"]

    assert late(datetime.date(2008, 8, 29)) == []
    (finding,) = late(datetime.date(2008, 8, 30))
    assert finding.remedy == "Plan it for 2008-08-29 at the latest."
    assert "R09" not in check(base)


def test_percentages_of_several_periods_are_not_added_up() -> None:
    project = load_base()
    outcome = project.logframe.outcomes[0]
    first = outcome.outputs[0].indicators[0].model_copy(update={"unit": Text({"": "%"}), "persons": False})
    output = outcome.outputs[0]

    def with_method(method: str | None) -> Project:
        indicators = (first.model_copy(update={"method": method}), *output.indicators[1:])
        changed = outcome.model_copy(
            update={"outputs": (output.model_copy(update={"indicators": indicators}), *outcome.outputs[1:])}
        )
        outcomes = (changed, *project.logframe.outcomes[1:])
        return replace(project, logframe=project.logframe.model_copy(update={"outcomes": outcomes}))

    assert "add up to nothing" in check(with_method("sum"))["G08"].message
    assert "G08" not in check(with_method(None))
    assert "G08" not in check(with_method("latest"))
