"""Totals of a budget: by line, heading, source and quarter; indirect costs, contingency, instalments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from grants.model import Project
from grants.model.budget import BudgetHeading, BudgetLine
from grants.model.calendar import month_of, months_between, quarter_of, quarters_between
from grants.model.grant import Instalment
from grants.model.money import round_to_cent, split

Amounts = Mapping[str, Decimal]
"""Source of funding (or quarter) -> amount, in the order of the definition."""


@dataclass(frozen=True, slots=True)
class Sum:
    """An amount, who pays it, and when it is spent."""

    total: Decimal
    by_source: Amounts
    by_quarter: Amounts


@dataclass(frozen=True, slots=True)
class LineTotal(Sum):
    """A budget line; `weights` and `shares` are what its amounts were split by."""

    line: BudgetLine
    weights: Amounts
    shares: Amounts


@dataclass(frozen=True, slots=True)
class HeadingTotal(Sum):
    """A heading with its lines, in the order of the definition."""

    heading: BudgetHeading
    lines: tuple[LineTotal, ...]


@dataclass(frozen=True, slots=True)
class InstalmentTotal:
    """An instalment of the amount requested."""

    instalment: Instalment
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Totals:
    """All figures of a budget. Amounts in its currency, to the cent."""

    headings: tuple[HeadingTotal, ...]
    direct: Sum
    contingency: Sum
    indirect: Sum
    grand: Sum
    in_kind: Decimal
    """Given in kind: apart, in no other figure."""
    donor: str
    """Code of the source that is the donor asked."""
    instalments: tuple[InstalmentTotal, ...]

    @property
    def grant(self) -> Decimal:
        """What the donor pays."""
        return self.grand.by_source[self.donor]

    @property
    def own_contribution(self) -> Decimal:
        """What all others pay."""
        return self.grand.total - self.grant

    @property
    def donor_percent(self) -> Decimal:
        """The donor's share of the whole in per cent, unrounded; 0 for an empty budget."""
        return self.grant * 100 / self.grand.total if self.grand.total else Decimal(0)

    @property
    def lines(self) -> tuple[LineTotal, ...]:
        """All lines, heading by heading."""
        return tuple(line for heading in self.headings for line in heading.lines)


def add_up(project: Project) -> Totals:
    """The totals of a project's budget. Contingency and indirect costs are paid as the whole is."""
    budget = project.budget
    quarters = quarters_between(project.sheet.start, project.sheet.end)
    sources = [source.code for source in budget.sources if not source.in_kind]
    totals = [_line(project, line, sources, quarters) for line in budget.lines]
    headings = []
    for heading in budget.headings:
        lines = tuple(total for total in totals if total.line.heading == heading.code)
        whole = _add(lines, sources, quarters)
        headings.append(HeadingTotal(whole.total, whole.by_source, whole.by_quarter, heading, lines))
    direct = _add(headings, sources, quarters)
    contingency = _flat_rate(
        project, direct, budget.contingency.percent if budget.contingency else Decimal(0), direct.total
    )
    indirect = Sum(Decimal("0.00"), dict.fromkeys(sources, Decimal("0.00")), dict.fromkeys(quarters, Decimal("0.00")))
    if budget.indirect_costs:
        base = direct.total + (contingency.total if budget.indirect_costs.base != "direct" else 0)
        indirect = _flat_rate(project, direct, budget.indirect_costs.percent, base)
    grand = _add([direct, contingency, indirect], sources, quarters)
    amounts = (
        split(project.grant.amount_requested, [x.percent for x in project.grant.instalments])
        if project.grant.instalments
        else []
    )
    return Totals(
        headings=tuple(headings),
        direct=direct,
        contingency=contingency,
        indirect=indirect,
        grand=grand,
        in_kind=sum((round_to_cent(gift.value) for gift in budget.in_kind), Decimal("0.00")),
        donor=next(source.code for source in budget.sources if source.kind == "donor"),
        instalments=tuple(
            InstalmentTotal(x, amount) for x, amount in zip(project.grant.instalments, amounts, strict=True)
        ),
    )


def _line(project: Project, line: BudgetLine, sources: list[str], quarters: list[str]) -> LineTotal:
    total = round_to_cent(line.quantity * line.unit_cost)
    given = project.budget.paid_by if line.paid_by is None else line.paid_by
    shares = {source: given.get(source, Decimal(0)) for source in sources}
    weights = _weights(project, line, quarters)
    return LineTotal(total, _split(total, shares), _split(total, weights), line, weights, shares)


def _weights(project: Project, line: BudgetLine, quarters: list[str]) -> dict[str, Decimal]:
    """Weights by quarter: as given, or the number of months in which an activity served is running."""
    if line.phasing is not None:
        return {quarter: line.phasing.get(quarter, Decimal(0)) for quarter in quarters}
    whole = months_between(month_of(project.sheet.start), month_of(project.sheet.end))
    served = [a for a in project.work_plan.activities if a.code in line.activities]
    running = {month for activity in served for month in months_between(activity.start, activity.end)}
    months = [month for month in whole if month in running] or whole
    return {quarter: Decimal(sum(quarter_of(month) == quarter for month in months)) for quarter in quarters}


def _flat_rate(project: Project, direct: Sum, percent: Decimal, base: Decimal) -> Sum:
    """A share of a base, paid as the whole budget is paid and spent as the direct costs are."""
    total = round_to_cent(base * percent / 100)
    shares = {source: project.budget.paid_by.get(source, Decimal(0)) for source in direct.by_source}
    return Sum(total, _split(total, shares), _split(total, direct.by_quarter))


def _split(total: Decimal, weights: Amounts) -> dict[str, Decimal]:
    if not any(weights.values()):  # a budget of zero has no phasing to follow
        return {key: total if index == 0 else Decimal("0.00") for index, key in enumerate(weights)}
    return dict(zip(weights, split(total, list(weights.values())), strict=True))


def _add(sums: Iterable[Sum], sources: list[str], quarters: list[str]) -> Sum:
    parts = list(sums)
    zero = Decimal("0.00")
    return Sum(
        sum((part.total for part in parts), zero),
        {source: sum((part.by_source[source] for part in parts), zero) for source in sources},
        {quarter: sum((part.by_quarter[quarter] for part in parts), zero) for quarter in quarters},
    )
