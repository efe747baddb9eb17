"""Open changes, one by one, at a terminal: what stood there, what stands here and in the file, and the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import click

from grants.cli.import_show import cut, say_meaning, say_row
from grants.cli.show import escape
from grants.forms.changes import Change
from grants.services.returns.said import name_row

if TYPE_CHECKING:
    from grants.services.returns.review import Review


class Choice(NamedTuple):
    """A key, what it says, and what is decided by it: a side, a reading, or None for later."""

    key: str
    words: str
    answer: str | None


class Asking:
    """Asks about changes in turn. Whoever stops (q, Ctrl-C, the end of the input) raises click.Abort."""

    def __init__(self, count: int, review: Review) -> None:
        self.count, self.review, self.at = count, review, 0

    def __call__(self, change: Change) -> str | None:
        """The decision; None for later."""
        if not self.at:
            _begin(self.count)
        self.at += 1
        click.echo()
        click.secho(f"  {self.at} of {self.count}: {_say_place(change, self.review)}", bold=True)
        for label, text in _list_sides(change):
            click.echo(f"      {label:28} {text}")
        choices = list_choices(change)
        for choice in choices:
            click.echo(f"    {click.style(choice.key, bold=True)} = {choice.words}")
        keys = [x.key for x in choices]
        answer = click.prompt("  Your choice", type=click.Choice(keys), show_choices=True)
        if answer == "q":
            raise click.Abort
        return next(x.answer for x in choices if x.key == answer)


def _begin(count: int) -> None:
    many = "1 change is" if count == 1 else f"{count:,} changes are"
    click.echo(f"{many} open. Nothing is written before all are answered; Ctrl-C stops and leaves everything as it is.")


def _say_place(change: Change, review: Review) -> str:
    place = f"{escape(change.sheet)}!{change.cell}" if change.sheet else change.cell
    row = "a new row" if change.row.startswith("new:") else f"row {escape(name_row(change, review))}"
    return f"{place}, {row}, {change.column}" if change.kind == "cell" else f"{place}, {_KINDS[change.kind]}"


_KINDS = {
    "row added": "a row that is not here",
    "row duplicated": "a row that stands there twice",
    "row deleted": "a row that is gone from the file",
    "row moved": "a row that moved",
}


def _list_sides(change: Change) -> list[tuple[str, str]]:
    """What stood in the form when it was made, what stands here, what stands in the file."""
    unknown = "unknown: its hidden sheet is gone"
    if change.kind == "row deleted":
        return [("here", escape(say_row(change))), ("in the file", "nothing: the row is gone")]
    if change.kind != "cell":
        return [("here", "nothing"), ("in the file", escape(say_row(change)))]
    now = change.odd.shown if change.odd else change.theirs
    meaning = say_meaning(change)
    return [
        ("in the form when it was made", unknown if change.base is None else _show(change.base)),
        ("here now", "nothing: the row is new" if change.row.startswith("new:") else _show(change.ours)),
        ("in the file", _show(now) + (f"  ({meaning})" if meaning else "")),
    ]


def _show(text: str) -> str:
    return cut(text, 90) or "nothing"


def list_choices(change: Change) -> list[Choice]:
    """The keys for a change."""
    choices = []
    if change.odd and change.verdict == "ask":
        choices += [Choice(str(at), f"take it as {escape(x)}", x) for at, x in enumerate(change.odd.readings, start=1)]
    if change.verdict == "conflict":
        choices.append(Choice("t", f"take the file's: {_say_taking(change)}", "theirs"))
    choices.append(Choice("o", f"leave ours: {_say_keeping(change)}", "ours"))
    later = "later: it has to be corrected in the file" if change.verdict == "fault" else "later"
    return [*choices, Choice("l", f"{later}; nothing is written this time", None), Choice("q", "stop", None)]


def _say_taking(change: Change) -> str:
    match change.kind:
        case "row added":
            return "add the row"
        case "row duplicated":
            return "add the row a second time"
        case "row deleted":
            return "delete the row here too"
    return _show(change.theirs)


def _say_keeping(change: Change) -> str:
    match change.kind:
        case "row added":
            return "do not add the row"
        case "row duplicated":
            return "leave the second row out"
        case "row deleted":
            return "keep the row"
    return "leave the new row out" if change.row.startswith("new:") else _show(change.ours)
