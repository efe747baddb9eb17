"""What is done, when and by whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from grants.model import Project
from grants.model.calendar import months_between
from grants.model.work_plan import Activity, Milestone
from grants.views.figures import format_month
from grants.views.proposal.context import ActivityPart, MilestoneRow
from grants.views.proposal.people import count
from grants.views.words import Words


def name_organisations(project: Project, words: Words) -> dict[str, str]:
    """Code -> short name."""
    return {organisation.code: words.read(organisation.short_name) for organisation in project.organisations}


def view_activities(project: Project, words: Words) -> list[ActivityPart]:
    """Activities in the order of the work plan."""
    names = name_organisations(project, words)
    outputs = {output.code: words.read(output.statement) for output in project.logframe.outputs}
    return [_view_activity(activity, names, outputs, words) for activity in project.work_plan.activities]


def _view_activity(
    activity: Activity, names: Mapping[str, str], outputs: Mapping[str, str], words: Words
) -> ActivityPart:
    start, end = format_month(activity.start, words.language), format_month(activity.end, words.language)
    return {
        "code": activity.code,
        "title": words.read(activity.title),
        "description": words.read(activity.description),
        "partner": names[activity.partner],
        "place": words.read(activity.place),
        "period": start if start == end else f"{start} – {end}",
        "start": start,
        "end": end,
        "months": count(len(months_between(activity.start, activity.end)), "months", words),
        "output": f"{activity.output} {outputs[activity.output]}" if activity.output else words.say("whole-project"),
        "deliverables": [words.read(text) for text in activity.deliverables] or ["–"],
        "verification": words.read(activity.means_of_verification) or "–",
        "milestones": _view_milestones(activity.milestones, words),
        "status": words.say(f"status-{activity.status}"),
    }


def _view_milestones(milestones: Iterable[Milestone], words: Words) -> list[MilestoneRow]:
    return [
        {
            "code": milestone.code,
            "title": words.read(milestone.title),
            "month": format_month(milestone.month, words.language),
        }
        for milestone in sorted(milestones, key=lambda milestone: milestone.month)
    ]
