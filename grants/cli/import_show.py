"""What a person sees of a review: sheet by sheet, cell by cell, what stood, what stands, what it means."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import click

from grants.cli.import_groups import group_changes, group_notes
from grants.cli.show import escape
from grants.forms.changes import Change
from grants.forms.returned import Note
from grants.services.returns.said import name_row, say_rate, say_where
from grants.services.returns.sums import sum_added

if TYPE_CHECKING:
    from grants.services.returns.review import Review

_MOVED = 5
"""Rows that moved and are named; who sorted the list is not told so row by row."""
_FIRST = ("voucher", "line", "amount", "currency", "date")
_VERDICTS = {"take": "green", "conflict": "yellow", "ask": "yellow", "fault": "red", "say": "blue"}
_NOTES = {
    "outside": "a note outside the form",
    "label": "label changed",
    "fixed": "typed over what the form says; not taken over, change it in the definition or in rates.csv",
    "result": "typed over a formula; not taken over, change what it is calculated from",
    "comment": "a comment",
    "sheet added": "a sheet of their own; it is not read",
    "sheet gone": "the sheet is gone",
    "table gone": "the table is gone",
    "column gone": "the column is gone",
    "no code": "a row without a code",
    "rate": "a rate that nobody gave yet; not taken over, write into rates.csv:",
}


def show_review(review: Review, name: str, *, everything: bool = False) -> None:
    """Print a review; much of the same in a few lines, unless everything is asked for."""
    what = review.recognised
    period = f", {what.period}" if what.period else ""
    title = f"{name}: {what.form.key} of {what.grounds.folder.name}{period}"
    click.secho(title, bold=True, underline=True)
    if not review.stamped and review.expected.headers:
        click.secho(
            "  Its stamp is gone: nobody knows what stood there before, so every difference is to be decided.",
            fg="yellow",
        )
    sheets = list(dict.fromkeys([*(x.sheet for x in review.changes), *(x.sheet for x in review.notes)]))
    for sheet in sheets:
        click.secho(f"  {escape(sheet)}".rstrip() or "  Rows", bold=True)
        changes = [x for x in review.changes if x.sheet == sheet]
        moved = sum(x.kind == "row moved" for x in changes)
        if moved > _MOVED and not everything:
            changes = [x for x in changes if x.kind != "row moved"]
            label = click.style("note      ", fg="blue")
            click.echo(f"            {label} the rows stand in another order ({moved} of them moved)")
        for shown, more, cells in group_changes(changes, everything=everything):
            for change in shown:
                _show_change(change, review)
            _show_more(more, cells)
        for said, more, cells in group_notes([x for x in review.notes if x.sheet == sheet], everything=everything):
            for note in said:
                _show_note(note, review)
            _show_more(more, cells)
    _sum_up(review)


def _show_more(more: int, cells: str) -> None:
    if more:
        click.echo(f"            ... and {more:,} more like these, {cells} (--all lists them)")


def _show_change(change: Change, review: Review) -> None:
    verdict = click.style(f"{say_verdict(change):10}", fg=_VERDICTS[change.verdict])
    if change.kind != "cell":
        click.echo(f"    {change.cell:7} {verdict} {change.kind}: {escape(change.row)} {say_row(change)}".rstrip())
        return
    before = "?" if change.base is None else change.base or "empty"
    now = change.odd.shown if change.odd else change.theirs or "empty"
    text = f"{escape(name_row(change, review))} {change.column}: {cut(before)} → {cut(now)}"
    if change.verdict == "conflict":
        text += f"; here it says {cut(change.ours) or 'nothing'}"
    meaning = say_meaning(change) or (say_where(change) if change.verdict == "say" else "")
    click.echo(f"    {change.cell:7} {verdict} {text}{f'  ({meaning})' if meaning else ''}")


def say_row(change: Change) -> str:
    """A row in a line: what tells a cost from another first, and never cut; then the rest."""
    first = [escape(change.texts[key]) for key in _FIRST if change.texts.get(key)]
    rest = ", ".join(words for key, words in change.texts.items() if words and key not in _FIRST)
    return ", ".join([*first, *([cut(rest, 70)] if rest else [])])


def say_verdict(change: Change) -> str:
    """In a word."""
    words = {"take": "change", "conflict": "conflict", "ask": "ask", "fault": "correct", "say": "note"}
    return words[change.verdict]


def say_meaning(change: Change) -> str:
    """What is odd about the cell, with the reading."""
    if change.odd is None:
        return ""
    readings = escape(" or ".join(change.odd.readings))
    kind = {"formula overwritten": "formula overwritten by a number"}.get(change.odd.kind, change.odd.kind)
    match change.odd.kind:
        case "number as text" | "date as text":
            return f"{kind}, read as {readings}"
        case "ambiguous":
            return f"can be read as {readings}"
    return kind


def _show_note(note: Note, review: Review) -> None:
    before = f", it was “{cut(note.before)}”" if note.before else ""
    text = f": {cut(note.text, 80)}" if note.text else ""
    label = click.style("note      ", fg="blue")
    where = f" {escape(say_rate(note, review))}" if note.kind == "rate" else ""
    click.echo(f"    {note.cell:7} {label} {_NOTES[note.kind]}{where or text}{before}")


def _sum_up(review: Review) -> None:
    groups = groupby(sorted(review.changes, key=lambda x: x.verdict), key=lambda x: x.verdict)
    counts: dict[str, int] = {verdict: len(list(group)) for verdict, group in groups}
    if review.notes:
        counts["say"] = counts.get("say", 0) + len(review.notes)
    if not review.changes and not review.notes:
        click.echo("  It brings nothing that is not here already.")
    words = {
        "take": "to take over",
        "conflict": "in conflict",
        "ask": "to be read",
        "fault": "to be corrected",
        "say": "only said",
    }
    said = ", ".join(f"{counts[key]:,} {text}" for key, text in words.items() if key in counts)
    if said:
        click.echo(f"  {said}.")
    _show_sums(review)
    if review.kept:
        many = "1 cell was" if review.kept == 1 else f"{review.kept} cells were"
        click.echo(f"  {many} changed here since the workbook was made; what is here stands.")
    click.echo()


def _show_sums(review: Review) -> None:
    """What the new costs come to, line by line."""
    for one in sum_added(review.changes):
        costs = "1 cost" if one.costs == 1 else f"{one.costs:,} costs"
        unread = f", {one.unread:,} of them without an amount that can be read" if one.unread else ""
        money = f"{one.amount:,.2f} {escape(one.currency)}".rstrip()
        where = f"on line {escape(one.line)}" if one.line else "without a line of the budget"
        click.echo(f"  New {where}: {costs}, {money}{unread}.")


def cut(text: str, width: int = 40) -> str:
    """On one line, and not longer than so many letters."""
    text = escape(" ".join(text.split()))
    return text if len(text) <= width else text[: width - 1] + "…"
