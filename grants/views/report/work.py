"""What was done: activities planned and real, deviations, milestones, and the plan of what follows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from grants.model.calendar import month_of
from grants.model.records import ActivityProgress
from grants.model.scalars import Text
from grants.model.work_plan import Activity
from grants.views.figures import format_month, format_period, format_short_date
from grants.views.report.context import DeviationRow, NextRow, ReachedMilestoneRow, WorkPart
from grants.views.report.source import ReportSource, Telling
from grants.views.words import Words

_NOTHING = frozenset(
    {"", "καμία", "καμμία", "κανένα", "όχι", "δεν υπήρξε", "δεν υπήρξαν", "χωρίς αποκλίσεις", "καμία απόκλιση"}
    | {"none", "no", "nil", "n/a", "nothing", "no deviation", "no deviations", "nema", "bez odstupanja"}
)
"""What people write where nothing went otherwise than planned."""
_CLOSED = ("done", "cancelled")
"""Of an activity with such a status nothing more need be told."""


class WorkView:
    """The work of one report in one language."""

    def __init__(self, source: ReportSource, names: Mapping[str, str], words: Words) -> None:
        self.source = source
        self.names = names
        self.words = words

    def view_activities(self) -> list[WorkPart]:
        """Every activity that was to run in the time reported on, or of which something is told."""
        return [
            self._activity(activity) for activity in self.source.project.work_plan.activities if self._runs(activity)
        ]

    def _runs(self, activity: Activity) -> bool:
        report = self.source.report
        planned = activity.start <= month_of(report.end) and activity.end >= month_of(report.start)
        return planned or any(activity.code in x.progress.activities for x in self.source.told)

    def _activity(self, activity: Activity) -> WorkPart:
        return {
            "code": activity.code,
            "title": self.words.read(activity.title),
            "partner": self.names[activity.partner],
            "place": self.words.read(activity.place),
            "planned": self._span(activity.start, activity.end),
            "real": self._real(activity),
            "status": self._status(activity),
            "done": self._tell(activity, lambda x: x.done) or [self._say_untold(activity)],
            "deviations": self._tell(activity, lambda x: x.deviation),
            "evidence": self._tell(activity, lambda x: x.evidence),
        }

    def _tell(self, activity: Activity, choose: Callable[[ActivityProgress], Text | None]) -> list[str]:
        """What the periods say of an activity, in order, each under its name where there are several; what they all say
        alike, once. A text that only says that there is nothing to say is left out.
        """
        told: dict[str, list[str]] = {}
        tellings = [x for x in self.source.told if x.period or x.progress.activities]
        for telling in tellings:
            progress = telling.progress.activities.get(activity.code)
            text = self.words.read(choose(progress)) if progress else ""
            if not _is_nothing(text):
                told.setdefault(text, []).append(self._name(telling))
        return [text if len(names) == len(tellings) else f"{', '.join(names)}: {text}" for text, names in told.items()]

    def _name(self, telling: Telling) -> str:
        period = telling.period
        if period is None:
            return self.words.read(self.source.report.title)
        return format_period(period.start, period.end, self.words.language)

    def _status(self, activity: Activity) -> str:
        """What was last said of it, and when, if the last period says nothing."""
        last, periods = self.source.last_word(activity.code), self.source.accounts.books.scope.periods
        if last is None:
            return self.words.say("not-reported")
        status = last.progress.activities[activity.code].status
        said = self.words.say(f"status-{status}")
        is_current = status in _CLOSED or last.period in (None, *periods[-1:])
        return said if is_current else f"{said} ({self._name(last)})"

    def _say_untold(self, activity: Activity) -> str:
        is_told = any(activity.code in x.progress.activities for x in self.source.told)
        is_over = find_status(self.source, activity) in _CLOSED
        return "–" if is_told or is_over else self.words.say("nothing-reported")

    def _real(self, activity: Activity) -> str:
        """From when to when it ran; what is only expected is said to be."""
        start, end = find_real_months(self.source, activity)
        if start and end and find_status(self.source, activity) in _CLOSED:
            return self._span(start, end)
        begun = start is not None and start <= month_of(self.source.report.end)
        months = {"since" if begun else "expected-start": start, "expected-end": end}
        said = [self.words.say(key, month=format_month(x, self.words.language)) for key, x in months.items() if x]
        return ", ".join(said) or "–"

    def _span(self, start: str, end: str) -> str:
        first, last = format_month(start, self.words.language), format_month(end, self.words.language)
        return first if first == last else f"{first} – {last}"

    def view_deviations(self) -> list[DeviationRow]:
        """Activities that went otherwise than planned, with the reason."""
        return [
            {
                "activity": f"{part['code']}  {part['title']}",
                "planned": part["planned"],
                "real": part["real"],
                "reason": "\n".join(part["deviations"]),
            }
            for part in self.view_activities()
            if part["deviations"]
        ]

    def view_milestones(self) -> list[ReachedMilestoneRow]:
        """Every milestone that was due or is reached."""
        reached = {code: day for progress in self.source.progress for code, day in progress.milestones.items()}
        milestones = [x for activity in self.source.project.work_plan.activities for x in activity.milestones]
        due = [x for x in milestones if x.month <= month_of(self.source.report.end) or x.code in reached]
        return [
            {
                "code": x.code,
                "title": self.words.read(x.title),
                "planned": format_month(x.month, self.words.language),
                "reached": format_short_date(reached[x.code], self.words.language)
                if x.code in reached
                else self.words.say("not-reached"),
            }
            for x in sorted(due, key=lambda milestone: milestone.month)
        ]

    def view_next(self) -> list[NextRow]:
        """What is still to be done after the period: activities with their months as they are expected now."""
        return [
            self._next(activity)
            for activity in self.source.project.work_plan.activities
            if find_status(self.source, activity) not in _CLOSED and self._goes_on(activity)
        ]

    def _goes_on(self, activity: Activity) -> bool:
        end = find_real_months(self.source, activity)[1] or activity.end
        return end > month_of(self.source.report.end) or find_status(self.source, activity) == "delayed"

    def _next(self, activity: Activity) -> NextRow:
        start, end = find_real_months(self.source, activity)
        language = self.words.language
        ahead = [x for x in activity.milestones if x.month > month_of(self.source.report.end)]
        return {
            "activity": f"{activity.code}  {self.words.read(activity.title)}",
            "partner": self.names[activity.partner],
            "start": format_month(start or activity.start, language),
            "end": format_month(end or activity.end, language),
            "milestones": [f"{self.words.read(x.title)} ({format_month(x.month, language)})" for x in ahead],
        }


def _is_nothing(text: str) -> bool:
    """Whether a text only says that there is nothing to say."""
    return text.strip(" .·–—-").casefold() in _NOTHING


def find_status(source: ReportSource, activity: Activity) -> str:
    """What the latest period says of an activity; without a word of it, the work plan."""
    return next((x.status for x in reversed(list(source.follow(activity.code)))), activity.status)


def find_real_months(source: ReportSource, activity: Activity) -> tuple[str | None, str | None]:
    """When an activity began in truth, and when it ended or is expected to; None where nobody said it."""
    told = list(source.follow(activity.code))
    return _last(x.start for x in told), _last(x.end for x in told)


def _last(months: Iterable[str | None]) -> str | None:
    given = [month for month in months if month]
    return given[-1] if given else None
