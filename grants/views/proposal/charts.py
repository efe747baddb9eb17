"""The charts of a proposal: costs by heading and source, and the action plan."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal

from grants.ledger.totals import Totals
from grants.model import Project
from grants.model.calendar import month_of, months_between
from grants.views.blocks import Chart, Scale, Series
from grants.views.figures import format_money, format_month
from grants.views.words import Words

MONTH = Decimal("30.4375")
"""Days of an average month."""
EPOCH = datetime.date(1899, 12, 30)
LANGUAGE_CODES = {"el": "[$-408]", "en": "[$-809]", "sr": "[$-241A]", "fr": "[$-40C]"}
"""What a number format begins with to speak a language, whatever that of the reader's machine."""


_MOST_MARKS = 9
"""Names of months that stand side by side below a chart without being turned."""
AMOUNTS = "#,##0"
"""How an axis of amounts writes them: no cents."""


def chart_budget(project: Project, totals: Totals, words: Words) -> Chart:
    """A bar for each heading, and for indirect costs and contingency, stacked by who pays."""
    parts = [(f"{x.heading.code} {words.read(x.heading.title)}", x.by_source) for x in totals.headings]
    parts += [
        (words.say(label), part.by_source)
        for label, part in (("contingency-short", totals.contingency), ("indirect-costs-short", totals.indirect))
        if part.total
    ]
    sources = [source for source in project.budget.sources if not source.in_kind]
    currency = project.budget.currency
    sums = "; ".join(
        f"{label}: {format_money(sum(amounts.values(), Decimal(0)), currency, words.language)}"
        for label, amounts in parts
    )
    return Chart(
        kind="bars",
        name=words.say("chart-budget"),
        description=f"{words.say('chart-budget')}. {sums}.",
        category_name=words.say("heading"),
        categories=tuple(label for label, _ in parts),
        series=tuple(
            Series(words.read(source.name), tuple(amounts[source.code] for _, amounts in parts)) for source in sources
        ),
        scale=Scale(f"{LANGUAGE_CODES.get(words.language, '')}{AMOUNTS}", first=Decimal(0)),
    )


def chart_plan(project: Project, names: Mapping[str, str], words: Words) -> Chart:
    """A bar for each activity over the months, in the colour of who is responsible."""
    activities = project.work_plan.activities
    months = months_between(
        min(month_of(project.sheet.start), *(x.start for x in activities)),
        max(month_of(project.sheet.end), *(x.end for x in activities)),
    )
    lengths = [Decimal(len(months_between(x.start, x.end))) * MONTH for x in activities]
    partners = [code for code in names if any(activity.partner == code for activity in activities)]
    bars = tuple(
        Series(
            names[code],
            tuple(n if x.partner == code else None for x, n in zip(activities, lengths, strict=True)),
        )
        for code in partners
    )
    starts = tuple(place_month(months, months.index(activity.start)) for activity in activities)
    return Chart(
        kind="gantt",
        name=words.say("chart-plan"),
        description=_describe_plan(project, words),
        category_name=words.say("activity"),
        categories=tuple(f"{activity.code} {words.read(activity.title)}" for activity in activities),
        series=(Series(words.say("start"), starts), *bars),
        scale=scale_time(months, words.language),
    )


def place_month(months: list[str], index: int) -> Decimal:
    """Where a month begins on the axis: every month as wide as the next.

    Why the fifteenth: the axis counts in average months and labels its marks with the month of that day. From the
    middle of the first month, 30.4375 days at a time, each mark falls into its own month; from the first day, the
    second mark would fall on 31 January.
    """
    middle = datetime.date(int(months[0][:4]), int(months[0][5:7]), 15)
    return Decimal((middle - EPOCH).days) + index * MONTH


def scale_time(months: list[str], language: str) -> Scale:
    """An axis of months: a mark for every so many that at most nine stand side by side.

    Where the axis ends there is no name: it would be that of a month after the last.
    """
    step = next((x for x in (1, 2, 3, 6) if len(months) <= _MOST_MARKS * x), 12)
    last = place_month(months, len(months))
    return Scale(
        f'[<{last - MONTH / 2:.0f}]{LANGUAGE_CODES.get(language, "")}mmm yy;""',
        first=place_month(months, 0),
        last=last,
        step=step * MONTH,
    )


def _describe_plan(project: Project, words: Words) -> str:
    parts = [
        f"{activity.code} {words.read(activity.title)}: {format_month(activity.start, words.language)} – "
        f"{format_month(activity.end, words.language)}"
        for activity in project.work_plan.activities
    ]
    return f"{words.say('chart-plan')}. {'; '.join(parts)}."
