"""What was done: activities planned and real, deviations, milestones, and the plan of what follows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from grants.model.calendar import month_of
from grants.model.records import ActivityProgress
from grants.model.scalars import Text
from grants.model.work_plan import Activity
from grants.views.figures import format_month, format_short_date
from grants.views.report.context import DeviationRow, NextRow, ReachedMilestoneRow, WorkPart
from grants.views.report.source import ReportSource
from grants.views.words import Words

_NOTHING = frozenset(
    {"", "καμία", "καμμία", "κανένα", "όχι", "δεν υπήρξε", "δεν υπήρξαν", "χωρίς αποκλίσεις", "καμία απόκλιση"}
    | {"none", "no", "nil", "n/a", "nothing", "no deviation", "no deviations", "nema", "bez odstupanja"}
)
"""What people write where nothing went otherwise than planned."""


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
        return planned or any(activity.code in progress.activities for progress in self.source.told)

    def _activity(self, activity: Activity) -> WorkPart:
        return {
            "code": activity.code,
            "title": self.words.read(activity.title),
            "partner": self.names[activity.partner],
            "place": self.words.read(activity.place),
            "planned": self._span(activity.start, activity.end),
            "real": self._real(activity),
            "status": self.words.say(f"status-{find_status(self.source, activity)}"),
            "done": self._tell(activity, lambda x: x.done) or ["–"],
            "deviations": self._tell(activity, lambda x: x.deviation),
            "evidence": self._tell(activity, lambda x: x.evidence),
        }

    def _tell(self, activity: Activity, choose: Callable[[ActivityProgress], Text | None]) -> list[str]:
        """What the periods say of an activity, in order; what two of them say alike, once."""
        told = [x.activities[activity.code] for x in self.source.told if activity.code in x.activities]
        return list(dict.fromkeys(self.words.read(text) for text in map(choose, told) if text))

    def _real(self, activity: Activity) -> str:
        start, end = find_real_months(self.source, activity)
        if start is None:
            return "–"
        return (
            self._span(start, end) if end else self.words.say("since", month=format_month(start, self.words.language))
        )

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
            if not all(map(_is_nothing, part["deviations"]))
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
            if find_status(self.source, activity) not in ("done", "cancelled") and self._goes_on(activity)
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
