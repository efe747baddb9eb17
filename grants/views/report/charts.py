"""The pictures of a report: budget against costs, spending over time, activities planned against done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import accumulate

from grants.ledger.totals import add_up
from grants.model.calendar import month_of, months_between, quarter_of
from grants.model.money import split
from grants.model.work_plan import Activity
from grants.views.blocks import Chart, Scale, Series
from grants.views.figures import format_month
from grants.views.proposal.charts import AMOUNTS, LANGUAGE_CODES, MONTH, place_month, scale_time
from grants.views.report.money import ReportMoney
from grants.views.report.source import ReportSource
from grants.views.report.work import find_real_months, find_status
from grants.views.words import Words

NOTHING = Decimal("0.00")


def chart_execution(source: ReportSource, money: ReportMoney, words: Words) -> Chart:
    """Two bars for each heading and for indirect costs: approved, and spent since the beginning."""
    books = source.accounts.books
    parts = [(f"{x.heading.code} {words.read(x.heading.title)}", x.approved, x.cumulative) for x in books.headings]
    for label, balance in (("contingency-short", books.contingency), ("indirect-costs-short", books.indirect)):
        if balance.approved or balance.cumulative:
            parts.append((words.say(label), balance.approved, balance.cumulative))
    sums = "; ".join(f"{x}: {money.say_amount(first)} / {money.say_amount(second)}" for x, first, second in parts)
    return Chart(
        kind="pairs",
        name=words.say("chart-execution"),
        description=f"{words.say('chart-execution')}. {sums}.",
        category_name=words.say("heading"),
        categories=tuple(label for label, _, _ in parts),
        series=(
            Series(words.say("approved"), tuple(approved for _, approved, _ in parts)),
            Series(words.say("spent-so-far"), tuple(spent for _, _, spent in parts)),
        ),
        scale=Scale(_amounts(words), first=NOTHING),
    )


def _amounts(words: Words) -> str:
    return f"{LANGUAGE_CODES.get(words.language, '')}{AMOUNTS}"


def chart_spending(source: ReportSource, money: ReportMoney, words: Words) -> Chart:
    """Direct costs by month, added up since the beginning, beside what the budget foresees (evenly in each quarter)."""
    sheet, spent = source.sheet, source.accounts.books.by_month
    months = sorted({*months_between(month_of(sheet.start), month_of(sheet.end)), *spent})
    last = month_of(source.report.end)
    planned = list(accumulate(plan_months(source, months)))
    running = list(accumulate(spent.get(month, NOTHING) for month in months))
    so_far = [amount if month <= last else None for month, amount in zip(months, running, strict=True)]
    told = [
        f"{format_month(month, words.language)}: {money.say_amount(plan)} / {money.say_amount(real)}"
        for month, plan, real in zip(months, planned, so_far, strict=True)
        if real is not None
    ]
    return Chart(
        kind="lines",
        name=words.say("chart-spending"),
        description=f"{words.say('chart-spending')}. {'; '.join(told)}.",
        category_name=words.say("month"),
        categories=tuple(f"{month[5:7]}/{month[2:4]}" for month in months),
        series=(Series(words.say("planned"), tuple(planned)), Series(words.say("spent-so-far"), tuple(so_far))),
        scale=Scale(_amounts(words), first=NOTHING),
    )


def plan_months(source: ReportSource, months: list[str]) -> Iterator[Decimal]:
    """The direct costs that the approved budget foresees in each month: those of a quarter, evenly."""
    sheet = source.project.sheet
    quarters = add_up(replace(source.project, budget=source.accounts.books.budget)).direct.by_quarter
    inside = months_between(month_of(sheet.start), month_of(sheet.end))
    planned: dict[str, Decimal] = {}
    for quarter, amount in quarters.items():
        within = [month for month in inside if quarter_of(month) == quarter]
        planned |= zip(within, split(amount, [Decimal(1)] * len(within)), strict=True)
    return (planned.get(month, NOTHING) for month in months)


def chart_progress(source: ReportSource, words: Words) -> Chart:
    """Two bars for each activity: the months planned, and the months in which it ran or is expected to run."""
    activities = source.project.work_plan.activities
    rows = [row for activity in activities for row in _bars(source, activity, words)]
    sheet = source.sheet
    months = months_between(
        min([month_of(sheet.start), *(start for _, start, _, _ in rows)]),
        max([month_of(sheet.end), *(end for _, _, end, _ in rows)]),
    )
    kinds = [kind for kind in ("planned", "done", "ahead") if any(row[3] == kind for row in rows)]
    lengths = [Decimal(len(months_between(start, end))) * MONTH for _, start, end, _ in rows]
    return Chart(
        kind="progress",
        name=words.say("chart-progress"),
        description=f"{words.say('chart-progress')}. {'; '.join(_describe(source, x, words) for x in activities)}.",
        category_name=words.say("activity"),
        categories=tuple(label for label, _, _, _ in rows),
        series=(
            Series(words.say("start"), tuple(place_month(months, months.index(start)) for _, start, _, _ in rows)),
            *(
                Series(
                    words.say(f"bar-{kind}"),
                    tuple(n if row[3] == kind else None for row, n in zip(rows, lengths, strict=True)),
                )
                for kind in kinds
            ),
        ),
        scale=scale_time(months, words.language),
    )


def _bars(source: ReportSource, activity: Activity, words: Words) -> Iterator[tuple[str, str, str, str]]:
    """Label, first month, last month, kind of each bar. What runs on is drawn up to the end of what was told of it."""
    yield f"{activity.code} {words.read(activity.title)}", activity.start, activity.end, "planned"
    start, end = find_real_months(source, activity)
    told = source.last_word(activity.code)
    last = month_of(told.period.end if told and told.period else source.report.end)
    if find_status(source, activity) == "cancelled" or (start is None and end is None):
        yield " ", activity.start, activity.start, "none"
    elif start is None or start > last:
        yield " ", start or activity.start, max(end or activity.end, start or activity.start), "ahead"
    else:
        yield " ", start, max(min(end or last, last), start), "done"


def _describe(source: ReportSource, activity: Activity, words: Words) -> str:
    start, end = find_real_months(source, activity)
    planned = f"{format_month(activity.start, words.language)} – {format_month(activity.end, words.language)}"
    real = " – ".join(format_month(month, words.language) for month in (start, end) if month) or "–"
    return f"{activity.code} {words.read(activity.title)}: {planned} / {real}"
