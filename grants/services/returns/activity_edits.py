"""Changes of an activities workbook -> work-plan.yaml and logframe.yaml."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from grants.errors import Path
from grants.forms.changes import ADDED, Change
from grants.forms.expected import Expected
from grants.model.logframe import Indicator, Logframe
from grants.services.returns.draft import Draft, code, leave_out_empty, number

PLAN, LOGFRAME = "work-plan.yaml", "logframe.yaml"


def edit_activities(draft: Draft, changes: Sequence[Change], expected: Expected) -> None:
    """Put changes into the draft."""
    for change in changes:
        match change.table:
            case "plan":
                _edit_plan(draft, change, expected)
            case "milestones":
                _edit_milestone(draft, change)
            case "indicators" if change.kind == "cell":
                _edit_indicator(draft, change)


def _edit_plan(draft: Draft, change: Change, expected: Expected) -> None:
    activities = draft.project.work_plan.activities
    at = next((n for n, x in enumerate(activities) if x.code == change.row), -1)
    if change.kind == "row deleted":
        draft.remove_item(PLAN, ("activities", at))
    elif change.kind in ADDED:
        same = [n for n, x in enumerate(activities) if x.output == (change.texts.get("output") or None)]
        draft.insert(
            PLAN, ("activities",), _make_activity(change, draft.language, expected), same[-1] if same else None
        )
    elif change.column in ("title", "place"):
        before = getattr(activities[at], change.column)
        draft.set_text(PLAN, ("activities", at, change.column), before, change.theirs)
    elif change.column == "status":
        draft.set(PLAN, ("activities", at, "status"), code(expected.choice_key("statuses", change.theirs)))
    else:
        draft.set(PLAN, ("activities", at, change.column), code(change.theirs))


def _make_activity(change: Change, language: str, expected: Expected) -> dict[str, object]:
    """The form has no column for the description; the title stands for it until somebody writes one."""
    texts = change.texts
    title = {language: texts["title"]} if texts.get("title") else None
    status = expected.choice_key("statuses", texts.get("status", ""))
    return leave_out_empty(
        {
            "code": code(texts.get("code", "")),
            "title": title,
            "description": title,
            "output": code(texts.get("output", "")),
            "partner": code(texts.get("partner", "")),
            "place": {language: texts["place"]} if texts.get("place") else None,
            "start": code(texts.get("start", "")),
            "end": code(texts.get("end", "")),
            "status": code(status),
        }
    )


def _edit_milestone(draft: Draft, change: Change) -> None:
    activities = draft.project.work_plan.activities
    known = {point.code: (n, m) for n, x in enumerate(activities) for m, point in enumerate(x.milestones)}
    homes = {x.code: n for n, x in enumerate(activities)}
    if change.kind in ADDED:
        texts = change.texts
        point = {
            "code": code(texts.get("code", "")),
            "title": {draft.language: texts["title"]} if texts.get("title") else None,
            "month": code(texts.get("month", "")),
        }
        if texts.get("activity") in homes:
            draft.insert(PLAN, ("activities", homes[texts["activity"]], "milestones"), leave_out_empty(point))
        return
    home, at = known[change.row]
    path: Path = ("activities", home, "milestones", at)
    if change.kind == "row deleted":
        draft.remove_item(PLAN, path)
    elif change.column == "title":
        draft.set_text(PLAN, (*path, "title"), activities[home].milestones[at].title, change.theirs)
    elif change.column == "month":
        draft.set(PLAN, (*path, "month"), code(change.theirs))


def _edit_indicator(draft: Draft, change: Change) -> None:
    """Baseline or target; that of women or men stands in a row of its own."""
    name, _, sex = change.row.partition(":")
    path, indicator = next((p, x) for p, x in _list_indicators(draft.project.logframe) if x.code == name)
    figure = number(change.theirs)
    plain = Decimal(f"{figure.normalize():f}") if figure is not None else None
    if sex:
        draft.set(LOGFRAME, (*path, sex), plain)
    elif plain is None:
        draft.set(LOGFRAME, (*path, change.column), None)
    elif getattr(indicator, change.column):
        draft.set(LOGFRAME, (*path, change.column, "value"), plain)
    else:
        year = draft.project.sheet.end.year if change.column == "target" else draft.project.sheet.start.year
        draft.set(LOGFRAME, (*path, change.column), {"value": plain, "year": year})


def _list_indicators(logframe: Logframe) -> Iterator[tuple[Path, Indicator]]:
    yield from _list_under(("impact",), logframe.impact.indicators)
    for at, outcome in enumerate(logframe.outcomes):
        yield from _list_under(("outcomes", at), outcome.indicators)
        for number_, output in enumerate(outcome.outputs):
            yield from _list_under(("outcomes", at, "outputs", number_), output.indicators)


def _list_under(path: Path, indicators: Sequence[Indicator]) -> Iterator[tuple[Path, Indicator]]:
    return (((*path, "indicators", at), indicator) for at, indicator in enumerate(indicators))
