"""Texts in several languages: a form shows one of them, and what is typed into it is of the form's own language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from grants.forms.changes import Change
from grants.model import Project
from grants.model.records import PeriodRecords
from grants.model.scalars import Text


def keep_languages(
    changes: Iterable[Change], language: str, project: Project, records: PeriodRecords | None
) -> Iterator[Change]:
    """The changes of a form in a language, where it showed a text of another one because there was none of its own.

    What stands there now is new in the form's language and contradicts nothing; what was emptied was not its own.
    """
    for change in changes:
        text = find_text(project, records, change) if change.kind == "cell" else None
        if text is None or text.says(language) or change.verdict not in ("take", "conflict"):
            yield change
        elif change.theirs:
            known = change.base is not None
            yield change._replace(ours="", base="" if known else None, verdict="take" if known else change.verdict)


def find_text(project: Project, records: PeriodRecords | None, change: Change) -> Text | None:
    """The text, in all its languages, that a cell shows; None where it shows none."""
    if change.table == "forecast":
        return records.finance.explanations.get(change.row) if records and change.column == "explanation" else None
    entries = _list_entries(project, records, change)
    found = getattr(entries.get(change.row), change.column, None)
    return found if isinstance(found, Text) else None


def _list_entries(project: Project, records: PeriodRecords | None, change: Change) -> Mapping[str, object]:
    """Row of the form -> what it is about, for tables that have texts."""
    match change.table:
        case "lines" | "justification":
            return {x.code: x for x in project.budget.lines}
        case "in_kind":
            return _number(project.budget.in_kind)
        case "instalments":
            return {x.code: x for x in project.grant.instalments}
        case "plan":
            return {x.code: x for x in project.work_plan.activities}
        case "milestones":
            return {point.code: point for x in project.work_plan.activities for point in x.milestones}
    return _list_recorded(records, change) if records else {}


def _list_recorded(records: PeriodRecords, change: Change) -> Mapping[str, object]:
    finance, progress = records.finance, records.progress
    match change.table:
        case "activity_progress":
            return progress.activities
        case "indicator_actuals":
            return progress.indicators
        case "returned":
            return _number(finance.returned)
        case "ineligible":
            return _number(finance.ineligible)
        case "exchange_difference":
            return {change.row: finance.exchange_difference}
    return {}


def _number(entries: Sequence[object]) -> Mapping[str, object]:
    return {str(number): entry for number, entry in enumerate(entries, 1)}
