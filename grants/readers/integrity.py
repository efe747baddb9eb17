"""Is it a project? References that exist, codes that are unique, shares that total 100.

Each check yields findings whose place is a path in the definition. Checks run on what could be read: a file that
is unusable silences only the checks that need it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from grants.errors import Finding, Path, Place, suggest
from grants.model.budget import Budget
from grants.model.calendar import quarters_between
from grants.model.grant import Grant, ReportingPeriod
from grants.model.logframe import Logframe
from grants.model.organisation import Organisation
from grants.model.risks import Risks
from grants.model.scalars import LARGEST
from grants.model.sheet import ProjectSheet
from grants.model.work_plan import WorkPlan

Coded = tuple[Path, str]
LONGEST = 30
"""Years. A year mistyped would otherwise be split into as many quarters."""


def find_broken_parts(
    sheet: ProjectSheet | None,
    logframe: Logframe | None,
    work_plan: WorkPlan | None,
    budget: Budget | None,
    grant: Grant | None,
    risks: Risks | None,
) -> Iterator[Finding]:
    """Every fault between the files and inside them."""
    if sheet:
        yield from _check_sheet(sheet)
    if logframe:
        yield from _check_unique(_coded_results(logframe))
        yield from _check_unique(_coded_indicators(logframe))
    if work_plan:
        yield from _check_work_plan(work_plan)
    if work_plan and logframe:
        yield from _check_outputs(work_plan, logframe)
    if work_plan and sheet:
        yield from _check_partners(
            [(("work_plan", "activities", i, "partner"), a.partner) for i, a in enumerate(work_plan.activities)], sheet
        )
    if budget:
        yield from _check_budget(budget)
    if budget and work_plan:
        yield from _check_activities(budget, work_plan)
    if budget and sheet:
        yield from _check_budget_partners(budget, sheet)
        yield from _check_quarters(budget, sheet)
    if risks:
        yield from _check_unique([(("risks", "risks", i, "code"), risk.code) for i, risk in enumerate(risks.risks)])
    if risks and sheet:
        yield from _check_partners(
            [(("risks", "risks", i, "owner"), r.owner) for i, r in enumerate(risks.risks) if r.owner], sheet
        )
    if grant:
        yield from _check_grant(grant)


def _check_work_plan(work_plan: WorkPlan) -> Iterator[Finding]:
    yield from _check_unique(
        [(("work_plan", "activities", i, "code"), a.code) for i, a in enumerate(work_plan.activities)]
    )
    yield from _check_unique(
        [
            (("work_plan", "activities", i, "milestones", j, "code"), m.code)
            for i, a in enumerate(work_plan.activities)
            for j, m in enumerate(a.milestones)
        ]
    )


def _check_budget_partners(budget: Budget, sheet: ProjectSheet) -> Iterator[Finding]:
    yield from _check_partners(
        [(("budget", "lines", i, "partner"), line.partner) for i, line in enumerate(budget.lines)], sheet
    )
    yield from _check_partners(
        [
            (("budget", "sources", i, "organisation"), s.organisation)
            for i, s in enumerate(budget.sources)
            if s.organisation
        ],
        sheet,
    )


def _unknown(code: str, path: Path, kind: str, found: str, known: Iterable[str]) -> Finding:
    return Finding(code, Place(path=path), f"There is no {kind} `{found}`.", suggest(found, known), found)


def _check_unique(coded: Iterable[Coded], remedy: str = "Give each its own code.") -> Iterator[Finding]:
    seen: set[str] = set()
    for path, code in coded:
        if code in seen:
            yield Finding("REF-006", Place(path=path), f"The code `{code}` is used twice.", remedy, code)
        seen.add(code)


def _check_sheet(sheet: ProjectSheet) -> Iterator[Finding]:
    yield from _check_unique(
        [(("sheet", "applicant", "code"), sheet.applicant.code)]
        + [(("sheet", "partners", i, "code"), partner.code) for i, partner in enumerate(sheet.partners)]
    )
    yield from _check_unique(
        [(("sheet", "target_groups", i, "code"), group.code) for i, group in enumerate(sheet.target_groups)]
    )
    yield from _check_unique([(("sheet", "languages", i), language) for i, language in enumerate(sheet.languages)])
    if sheet.end.year - sheet.start.year > LONGEST:
        message, remedy = f"The project lasts more than {LONGEST} years.", "Correct one of the two dates."
        yield Finding("REF-010", Place(path=("sheet", "end")), message, remedy, str(sheet.end))
    organisations: list[tuple[Path, Organisation]] = [(("sheet", "applicant"), sheet.applicant)]
    organisations += [(("sheet", "partners", i), partner) for i, partner in enumerate(sheet.partners)]
    for path, organisation in organisations:
        account = organisation.bank_account
        if account and not _is_iban(account.iban):
            message, remedy = "The IBAN's check digits do not fit.", "Copy it again from the bank's letter."
            yield Finding("ORG-001", Place(path=(*path, "bank_account", "iban")), message, remedy, account.iban)
    shares = [place.share for place in sheet.places if place.share is not None]
    if shares and sum(shares) != 100:
        yield _not_hundred("REF-009", ("sheet", "places"), "shares of the places", sum(shares, Decimal()))
    if sheet.sectors and sum(sector.share for sector in sheet.sectors) != 100:
        total = sum((sector.share for sector in sheet.sectors), Decimal())
        yield _not_hundred("REF-009", ("sheet", "sectors"), "shares of the sectors", total)


def _is_iban(text: str) -> bool:
    """ISO 13616: country and check digits moved to the end, letters as numbers, remainder 1 by 97."""
    iban = re.sub(r"\s", "", text)
    if not re.fullmatch(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{10,30}", iban):
        return False
    return int("".join(str(int(letter, 36)) for letter in iban[4:] + iban[:4])) % 97 == 1


def _coded_results(logframe: Logframe) -> list[Coded]:
    coded: list[Coded] = []
    for i, outcome in enumerate(logframe.outcomes):
        coded.append((("logframe", "outcomes", i, "code"), outcome.code))
        coded += [
            (("logframe", "outcomes", i, "outputs", j, "code"), output.code) for j, output in enumerate(outcome.outputs)
        ]
    return coded


def _coded_indicators(logframe: Logframe) -> list[Coded]:
    coded: list[Coded] = [
        (("logframe", "impact", "indicators", i, "code"), x.code) for i, x in enumerate(logframe.impact.indicators)
    ]
    for i, outcome in enumerate(logframe.outcomes):
        at: Path = ("logframe", "outcomes", i)
        coded += [((*at, "indicators", k, "code"), x.code) for k, x in enumerate(outcome.indicators)]
        for j, output in enumerate(outcome.outputs):
            coded += [((*at, "outputs", j, "indicators", k, "code"), x.code) for k, x in enumerate(output.indicators)]
    return coded


def _check_outputs(work_plan: WorkPlan, logframe: Logframe) -> Iterator[Finding]:
    known = [output.code for output in logframe.outputs]
    for i, activity in enumerate(work_plan.activities):
        if activity.output is not None and activity.output not in known:
            yield _unknown("REF-002", ("work_plan", "activities", i, "output"), "output", activity.output, known)


def _check_partners(coded: Iterable[Coded], sheet: ProjectSheet) -> Iterator[Finding]:
    known = [sheet.applicant.code, *(partner.code for partner in sheet.partners)]
    for path, code in coded:
        if code not in known:
            yield _unknown("REF-003", path, "organisation", code, known)


def _check_activities(budget: Budget, work_plan: WorkPlan) -> Iterator[Finding]:
    known = [activity.code for activity in work_plan.activities]
    for i, line in enumerate(budget.lines):
        for j, code in enumerate(line.activities):
            if code not in known:
                yield _unknown("REF-001", ("budget", "lines", i, "activities", j), "activity", code, known)


def _check_budget(budget: Budget) -> Iterator[Finding]:
    yield from _check_unique([(("budget", "lines", i, "code"), line.code) for i, line in enumerate(budget.lines)])
    yield from _check_unique(
        [(("budget", "headings", i, "code"), heading.code) for i, heading in enumerate(budget.headings)]
    )
    yield from _check_unique(
        [(("budget", "sources", i, "code"), source.code) for i, source in enumerate(budget.sources)]
    )
    headings = [heading.code for heading in budget.headings]
    yield from _check_shares(budget, ("budget", "paid_by"), budget.paid_by)
    for i, line in enumerate(budget.lines):
        if line.heading not in headings:
            yield _unknown("REF-005", ("budget", "lines", i, "heading"), "heading", line.heading, headings)
        if line.paid_by is not None:
            yield from _check_shares(budget, ("budget", "lines", i, "paid_by"), line.paid_by)
        yield from _check_decimals(("budget", "lines", i, "unit_cost"), line.unit_cost, 4)
        yield from _check_decimals(("budget", "lines", i, "quantity"), line.quantity, 4)
    if sum(line.quantity * line.unit_cost for line in budget.lines) > LARGEST:
        message, remedy = f"The lines come to more than {LARGEST:,}.", "Correct a quantity or unit cost."
        yield Finding("BUD-007", Place(path=("budget", "lines")), message, remedy)
    in_kind = [source.code for source in budget.sources if source.in_kind]
    for i, gift in enumerate(budget.in_kind):
        if gift.source not in in_kind:
            yield _unknown(
                "REF-004", ("budget", "in_kind", i, "source"), "source of funding in kind", gift.source, in_kind
            )
        yield from _check_decimals(("budget", "in_kind", i, "value"), gift.value, 2)
    if sum(source.kind == "donor" for source in budget.sources) != 1:
        message = "Exactly one source of funding is the donor asked."
        remedy = "Give `kind: donor` to one source, and `kind: other` to further donors."
        yield Finding("BUD-004", Place(path=("budget", "sources")), message, remedy)
    for i, source in enumerate(budget.sources):
        if source.kind == "donor" and source.in_kind:
            message, remedy = "The donor asked pays money, not in kind.", "Take `in_kind: true` out."
            yield Finding("BUD-005", Place(path=("budget", "sources", i, "in_kind")), message, remedy, source.code)


def _check_shares(budget: Budget, path: Path, shares: dict[str, Decimal]) -> Iterator[Finding]:
    known = [source.code for source in budget.sources if not source.in_kind]
    for code in shares:
        if code not in known:
            yield _unknown("REF-004", (*path, code), "source of funding in money", code, known)
    if sum(shares.values()) != 100:
        yield _not_hundred("BUD-001", path, "shares of the sources", sum(shares.values(), Decimal()))


def _not_hundred(code: str, path: Path, what: str, total: Decimal) -> Finding:
    return Finding(
        code, Place(path=path), f"The {what} do not total 100 %.", "Correct one of them.", f"{total.normalize():f} %"
    )


def _check_decimals(path: Path, value: Decimal, most: int) -> Iterator[Finding]:
    decimals = -int(value.as_tuple().exponent)
    if decimals > most:
        message = f"`{path[-1]}` has more than {most} decimals."
        yield Finding("BUD-002", Place(path=path), message, f"Round it to {most} decimals.", str(value))
    elif decimals == 3:
        message = f"`{path[-1]}` has three decimals: is the point meant to separate thousands?"
        plain = value.normalize()
        meant = f"{plain:f}" if plain.as_tuple().exponent != -3 else f"{plain:f}0"
        remedy = f"Write {value.scaleb(3):.0f} if it is, {meant} if not."
        yield Finding("BUD-006", Place(path=path), message, remedy, f"{value:f}", "warning")


def _check_quarters(budget: Budget, sheet: ProjectSheet) -> Iterator[Finding]:
    known = quarters_between(sheet.start, sheet.end)
    for i, line in enumerate(budget.lines):
        for quarter in line.phasing or {}:
            if known and quarter not in known:  # none: the project ends before it starts, which a rule says
                yield _unknown(
                    "REF-007", ("budget", "lines", i, "phasing", quarter), "quarter of the project", quarter, known
                )
        if line.phasing is not None and not any(line.phasing.values()):
            message, remedy = (
                "The phasing gives every quarter nothing.",
                "Give at least one quarter a weight, or leave `phasing` out.",
            )
            yield Finding("BUD-003", Place(path=("budget", "lines", i, "phasing")), message, remedy)


def _check_grant(grant: Grant) -> Iterator[Finding]:
    yield from _check_unique([(("grant", "instalments", i, "code"), x.code) for i, x in enumerate(grant.instalments)])
    yield from _check_unique([(("grant", "reports", i, "code"), x.code) for i, x in enumerate(grant.reports)])
    yield from _check_periods(grant)
    yield from _check_annexes(grant)
    yield from _check_decimals(("grant", "amount_requested"), grant.amount_requested, 2)
    total = sum((instalment.percent for instalment in grant.instalments), Decimal())
    if grant.instalments and total != 100:
        yield _not_hundred("GRA-001", ("grant", "instalments"), "instalments", total)


def _check_periods(grant: Grant) -> Iterator[Finding]:
    """Every day from the first period to the last is in one of them, and in one only."""
    yield from _check_unique([(("grant", "periods", i, "code"), x.code) for i, x in enumerate(grant.periods)])
    before: ReportingPeriod | None = None
    for i, period in sorted(enumerate(grant.periods), key=lambda x: x[1].start):
        here: Path = ("grant", "periods", i)
        if period.end < period.start:
            message, remedy = f"Period {period.code} ends before it starts ({period.start}).", "Correct one of them."
            yield Finding("GRA-002", Place(path=(*here, "end")), message, remedy, str(period.end))
        if before is not None and period.start <= before.end:
            message = f"Period {period.code} starts before {before.code} is over ({before.end})."
            remedy = "Let each begin on the day after the one before it ends: a cost belongs to one period."
            yield Finding("GRA-002", Place(path=(*here, "start")), message, remedy, str(period.start))
        elif before is not None and (period.start - before.end).days > 1:
            message = f"Between {before.code}, which ends on {before.end}, and {period.code} are days of no period."
            remedy = "Let each begin on the day after the one before it ends; a cost of these days has no form."
            yield Finding("GRA-003", Place(path=(*here, "start")), message, remedy, str(period.start), "warning")
        before = period if before is None or period.end > before.end else before


def _check_annexes(grant: Grant) -> Iterator[Finding]:
    """A paper stands once for the proposal, and once for each instalment, which exists."""
    known = [instalment.code for instalment in grant.instalments]
    papers: dict[str | None, list[Coded]] = {}
    for i, annex in enumerate(grant.annexes):
        papers.setdefault(annex.instalment, []).append((("grant", "annexes", i, "code"), annex.code))
        if annex.instalment is not None and annex.instalment not in known:
            path: Path = ("grant", "annexes", i, "instalment")
            yield _unknown("REF-011", path, "instalment", annex.instalment, known)
    remedy = "Take one out, or give each the `instalment` with whose request it goes."
    for coded in papers.values():
        yield from _check_unique(coded, remedy)
