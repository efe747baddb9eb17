"""What a form shows and nobody takes over from it: where it is written instead."""

from __future__ import annotations

from grants.forms.changes import Change
from grants.forms.returned import Note
from grants.forms.row_names import PAIRS
from grants.services.form import find_period
from grants.services.returns.review import Review, find_row


def say_where(change: Change) -> str:
    """Where a value that is only shown in the form has its place; empty where there is nothing to be written."""
    column, _, period = change.column.partition(":")
    match change.table, column:
        case "indicators", "actual":
            folder = period or "<period>"
            return (
                f"not taken over from here: it comes with the form of {folder}, sheet Figures "
                f"(`indicators: {change.row}:` in periods/{folder}/progress.yaml)"
            )
        case "indicators", "method":
            return f"not taken over from here: write `method:` of {change.row} into logframe.yaml"
        case "milestones", "activity":
            return f"not taken over: move {change.row} to that activity in work-plan.yaml"
        case "milestones", "reached":
            return f"not taken over from here: write `milestones: {change.row}:` into periods/<period>/progress.yaml"
        case _, "note":
            return "a note to be read; it is kept nowhere"
    return ""


def name_row(change: Change, review: Review) -> str:
    """What people call a row: its code; of a list without codes, `D1, 2008-01-31` in place of its number."""
    table, names = review.tables.get(change.table), PAIRS.get(change.table)
    if table is None or names is None or not change.row.isdigit():
        return change.row
    number = int(find_row(change.cell))
    texts = next((dict(zip(table.columns, x.texts, strict=True)) for x in table.rows if x.number == number), {})
    return ", ".join(words for key in names[0] if (words := texts.get(key, ""))) or change.row


def list_unsaved(review: Review) -> list[str]:
    """Cells that somebody filled in, that differ from the project, and that are taken over by no acceptance."""
    changes = [x.cell for x in review.changes if x.verdict == "say" and x.kind == "cell" and say_where(x)]
    return changes + [x.cell for x in review.notes if x.kind in ("rate", "fixed", "result")]


def say_rate(note: Note, review: Review) -> str:
    """The line of rates.csv for a rate that was typed, `RSD 2008-04 81.20` or `RSD 81.20`."""
    currency, *month, rate = note.text.split()
    if not month and review.recognised.period:
        period = find_period(review.recognised.grounds.usable.project, review.recognised.period)
        month = [f"{period.start:%Y-%m}"]
    return f"{currency},{month[0] if month else '<month>'},{rate},<where it is published>,<day of it>"
