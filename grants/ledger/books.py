"""The books of a report: what was approved, spent before, spent now, and what is left; by line, source and partner."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from grants.ledger.balances import Balance, Books, HeadingBalance, LineBalance, Posting, Scope
from grants.ledger.exchange import list_rates
from grants.ledger.postings import list_lines, list_refusals, post_costs
from grants.ledger.totals import Totals, add_up
from grants.model import Project
from grants.model.budget import Budget, BudgetHeading, BudgetLine
from grants.model.calendar import month_of, months_between
from grants.model.grant import Grant, ReportDue
from grants.model.money import round_to_cent, split
from grants.model.records import Records

NOTHING = Decimal("0.00")
Key = tuple[str, str]


def find_scope(grant: Grant, report: ReportDue) -> Scope:
    """The periods that end by the report's end: prior where an earlier interim report covers them, else current."""
    covered = max((x.end for x in grant.reports if x.kind == "interim" and x.end < report.end), default=None)
    within = [period for period in grant.reporting_periods if period.end <= report.end]
    prior = tuple(period for period in within if covered is not None and period.end <= covered)
    return Scope(report, prior, tuple(period for period in within if period not in prior))


def list_folders(grant: Grant, report: ReportDue) -> list[str]:
    """What a report rests on: the folders of the periods, and of the reports, that end by its end. Nothing later."""
    periods = [period.code for period in grant.reporting_periods if period.end <= report.end]
    return list(dict.fromkeys([*periods, *(x.code for x in grant.reports if x.end <= report.end)]))


def find_budget(project: Project, records: Records, report: ReportDue) -> tuple[Budget, str | None]:
    """The budget in force at the end of a report's period, and its amendment."""
    return find_budget_on(project, records, report.end)


def find_budget_on(project: Project, records: Records, day: datetime.date) -> tuple[Budget, str | None]:
    """The budget in force on a day, and its amendment.

    It is that of the last amendment signed by then, else the contract's, else (nothing is signed) the definition's.
    """
    if not records.signed:
        return project.budget, None
    signed = [budget for budget in records.signed if budget.signed <= day] or records.signed[:1]
    return signed[-1].budget, signed[-1].amendment


def plans_changes(project: Project, records: Records, budget: Budget) -> bool:
    """Whether the definition says how a budget in force is to change.

    It does not where a later amendment is signed already, or where it still is a budget that was signed before.
    """
    if not records.signed:
        return True
    before = [x.budget for x in records.signed if x.budget is not budget]
    return records.signed[-1].budget is budget and project.budget not in before


@dataclass(slots=True)
class _Sums:
    """Accepted direct costs, added up once for everything that is asked of them."""

    line_period: defaultdict[Key, Decimal] = field(default_factory=lambda: defaultdict(lambda: NOTHING))
    line_source: defaultdict[Key, Decimal] = field(default_factory=lambda: defaultdict(lambda: NOTHING))
    partner_period: defaultdict[Key, Decimal] = field(default_factory=lambda: defaultdict(lambda: NOTHING))
    source_period: defaultdict[Key, Decimal] = field(default_factory=lambda: defaultdict(lambda: NOTHING))
    month: defaultdict[str, Decimal] = field(default_factory=lambda: defaultdict(lambda: NOTHING))
    period: defaultdict[str, Decimal] = field(default_factory=lambda: defaultdict(lambda: NOTHING))


def keep_books(project: Project, records: Records, report: ReportDue) -> Books:
    """The books of a report. Amounts in the budget's currency; only costs that the donor accepts are in a balance."""
    scope = find_scope(project.grant, report)
    budget, amendment = find_budget(project, records, report)
    lines = list_lines([budget, project.budget, *(signed.budget for signed in reversed(records.signed))])
    rates = list_rates(budget.currency, project.grant.exchange, records)
    journal = post_costs(scope, records, budget, lines, rates, list_refusals(project.grant, scope, records))
    sums = _add_postings(journal.postings)
    approved = add_up(replace(project, budget=budget))
    headings = _list_headings(project, records, budget, approved, lines, sums, scope)
    direct = _balance(approved.direct.total, sums.period, scope)
    indirect = _add_indirect(budget, sums.period, scope)
    by_source = _list_sources(project, approved, sums, indirect, scope)
    indirect_period = {period: sum(parts.values(), NOTHING) for period, parts in indirect.items()}
    return Books(
        scope=scope,
        budget=budget,
        amendment=amendment,
        headings=headings,
        direct=direct,
        contingency=Balance(approved.contingency.total, NOTHING, NOTHING),
        indirect=_balance(approved.indirect.total, indirect_period, scope),
        grand=_balance(approved.grand.total, _add(sums.period, indirect_period), scope),
        by_partner=_list_partners(project, approved, sums, scope),
        by_source=by_source,
        by_period={x.code: sums.period[x.code] + indirect_period[x.code] for x in scope.periods},
        by_month=_list_months(sums, scope),
        postings=journal.postings,
        unconverted=journal.unconverted,
        rates=journal.rates,
    )


def add_up_spent(project: Project, records: Records, day: datetime.date) -> Decimal:
    """What has been spent by a day, whether or not a report covers it: accepted costs dated by then, and their indirect
    costs, as the books of a report would have them that ended on that day.
    """
    begun = [period for period in project.grant.reporting_periods if period.start <= day]
    if not begun:
        return NOTHING
    upto = tuple(period.model_copy(update={"end": min(period.end, day)}) for period in begun)
    grant = project.grant.model_copy(update={"periods": upto})
    dated = {
        code: replace(own, expenditures=tuple(cost for cost in own.expenditures if cost.date <= day))
        for code, own in records.periods.items()
    }
    code, title = upto[-1].code, project.sheet.title
    report = ReportDue(code=code, kind="interim", title=title, start=upto[0].start, end=day, due=day)
    return keep_books(replace(project, grant=grant), replace(records, periods=dated), report).grand.cumulative


def _add_postings(postings: Iterable[Posting]) -> _Sums:
    sums = _Sums()
    for posting in postings:
        if not posting.accepted:
            continue
        cost, period, amount = posting.expenditure, posting.period, posting.amount
        sums.period[period] += amount
        sums.line_period[cost.line, period] += amount
        sums.partner_period[cost.partner, period] += amount
        sums.month[month_of(cost.date)] += amount
        for source, part in posting.by_source.items():
            sums.line_source[cost.line, source] += part
            sums.source_period[source, period] += part
    return sums


def _balance(approved: Decimal, by_period: Mapping[str, Decimal], scope: Scope) -> Balance:
    prior = sum((by_period.get(x.code, NOTHING) for x in scope.prior), NOTHING)
    return Balance(approved, prior, sum((by_period.get(x.code, NOTHING) for x in scope.current), NOTHING))


def _by_period(amounts: Mapping[Key, Decimal], code: str, scope: Scope) -> dict[str, Decimal]:
    return {x.code: amounts.get((code, x.code), NOTHING) for x in scope.periods}


def _add(*parts: Mapping[str, Decimal]) -> dict[str, Decimal]:
    keys = dict.fromkeys(key for part in parts for key in part)
    return {key: sum((part.get(key, NOTHING) for part in parts), NOTHING) for key in keys}


def _list_headings(
    project: Project,
    records: Records,
    budget: Budget,
    approved: Totals,
    lines: Mapping[str, BudgetLine],
    sums: _Sums,
    scope: Scope,
) -> tuple[HeadingBalance, ...]:
    """The headings of the budget in force that have a line, then those that only another budget has and that matter.

    A line that was not approved stands where the definition plans it, or where it cost something.
    """
    totals = {total.line.code: total.total for total in approved.lines}
    planned = {line.code for line in project.budget.lines} if plans_changes(project, records, budget) else set()
    present = planned | totals.keys() | {line for line, _ in sums.line_period}
    sources = _list_money_sources(project, approved, sums)
    of_heading: defaultdict[str, list[LineBalance]] = defaultdict(list)
    for code, line in lines.items():
        if code in present:
            balance = _line_balance(line, totals.get(code, NOTHING), sums, scope, sources)
            of_heading[line.heading].append(balance)
    known = {total.heading.code: total.heading for total in approved.headings}
    for other in (project.budget, *(signed.budget for signed in records.signed)):
        for heading in other.headings:
            if heading.code in of_heading:
                known.setdefault(heading.code, heading)
    found = (heading for code, heading in known.items() if code in of_heading)
    return tuple(_heading_balance(heading, tuple(of_heading[heading.code])) for heading in found)


def _line_balance(
    line: BudgetLine, approved: Decimal, sums: _Sums, scope: Scope, sources: Sequence[str]
) -> LineBalance:
    by_period = _by_period(sums.line_period, line.code, scope)
    whole = _balance(approved, by_period, scope)
    by_source = {source: sums.line_source.get((line.code, source), NOTHING) for source in sources}
    return LineBalance(whole.approved, whole.prior, whole.current, line, by_period, by_source)


def _heading_balance(heading: BudgetHeading, lines: tuple[LineBalance, ...]) -> HeadingBalance:
    approved = sum((line.approved for line in lines), NOTHING)
    prior = sum((line.prior for line in lines), NOTHING)
    return HeadingBalance(approved, prior, sum((line.current for line in lines), NOTHING), heading, lines)


def _add_indirect(budget: Budget, direct: Mapping[str, Decimal], scope: Scope) -> dict[str, dict[str, Decimal]]:
    """Period -> source -> indirect costs: a flat rate on accepted direct costs, paid as the whole budget is.

    Both the rate and the shares are taken of the running total, so that the amounts so far are what a calculator gives.
    The contingency is never spent as such: it becomes a line first.
    """
    percent = budget.indirect_costs.percent if budget.indirect_costs else Decimal(0)
    sources = [source for source, share in budget.paid_by.items() if share]
    weights = [budget.paid_by[source] for source in sources]
    spent, before = NOTHING, [NOTHING] * len(sources)
    indirect = {}
    for period in scope.periods:
        spent += direct.get(period.code, NOTHING)
        upto = split(round_to_cent(spent * percent / 100), weights)
        indirect[period.code] = {source: now - then for source, now, then in zip(sources, upto, before, strict=True)}
        before = upto
    return indirect


def _list_money_sources(project: Project, approved: Totals, sums: _Sums) -> list[str]:
    """Those of the budget in force, then the definition's, then any that an earlier budget had and that bore a cost."""
    own = [source.code for source in project.budget.sources if not source.in_kind]
    return list(dict.fromkeys([*approved.grand.by_source, *own, *(source for source, _ in sums.source_period)]))


def _list_sources(
    project: Project, approved: Totals, sums: _Sums, indirect: Mapping[str, Mapping[str, Decimal]], scope: Scope
) -> dict[str, Balance]:
    balances = {}
    for source in _list_money_sources(project, approved, sums):
        flat = {period: parts.get(source, NOTHING) for period, parts in indirect.items()}
        by_period = _add(_by_period(sums.source_period, source, scope), flat)
        balances[source] = _balance(approved.grand.by_source.get(source, NOTHING), by_period, scope)
    return balances


def _list_partners(project: Project, approved: Totals, sums: _Sums, scope: Scope) -> dict[str, Balance]:
    """Approved by whoever holds the line, spent by whoever keeps the voucher."""
    held: defaultdict[str, Decimal] = defaultdict(lambda: NOTHING)
    for total in approved.lines:
        held[total.line.partner] += total.total
    partners = dict.fromkeys([*(x.code for x in project.organisations), *held])
    return {code: _balance(held[code], _by_period(sums.partner_period, code, scope), scope) for code in partners}


def _list_months(sums: _Sums, scope: Scope) -> dict[str, Decimal]:
    """Every month of the scope, and any other that a cost is dated in, in order."""
    months = {month for x in scope.periods for month in months_between(month_of(x.start), month_of(x.end))}
    return {month: sums.month.get(month, NOTHING) for month in sorted(months | sums.month.keys())}
