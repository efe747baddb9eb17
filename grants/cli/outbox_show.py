"""What `grants outbox` prints: a message before it is decided on, where messages stand, the log."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from grants.cli.outbox_states import COLOURS
from grants.cli.show import escape, shorten, show_findings

if TYPE_CHECKING:
    from grants.ledger.outbox import Entry
    from grants.services.outbox.draft import View
    from grants.services.outbox.look import LogView

TOLD = ("answer", "recipients", "changed", "reason", "note", "correction", "sent", "on", "same_user", "let_through")
"""What the log prints of an entry beside who did it."""


_NAMES = {"same_user": "drafted and approved by the same user of the system", "let_through": "let through"}


def show_message(view: View, folder: Path) -> None:
    """Everything that goes out, and to whom; first what is wrong with it, last what changed."""
    if view.findings:
        show_findings(view.findings, folder, Path.cwd())
    message = view.message
    _show_field("Message", [f"{view.id}   {click.style(view.state, fg=COLOURS.get(view.state, 'red'), bold=True)}"])
    _show_field("From", [message.sender])
    for name in ("to", "cc", "bcc", "reply_to"):
        _show_field(name.replace("_", "-").title(), getattr(message, name))
    _show_field("Subject", [message.subject])
    if message.replaces:
        _show_field("Replaces", [f"{message.replaces.id}, sent on {message.replaces.on}"])
    click.echo()
    click.echo("\n".join(f"    {line}".rstrip() for line in message.text.splitlines()) + "\n")
    _show_files(view)
    _show_let_through(view)
    click.echo()
    for entry in view.history:
        _show_field(entry.event.title(), [f"by {entry.who} ({entry.user}), {entry.when}"])
    if view.eml.exists():
        name = {"drafts": "To read", "sent": "As sent"}.get(view.eml.parent.name, "To be sent")
        _show_field(name, [shorten(view.eml, Path.cwd())])
    show_notes(view.notes)


def _show_field(name: str, values: Iterable[object]) -> None:
    for number, value in enumerate(values):
        click.echo(f"{name + ':' if not number else '':12} {value}")


def _show_files(view: View) -> None:
    whole = "whole message, encoded"
    width = max(len(text) for text in (whole, *(file.name for file in view.message.attachments)))
    for file in view.message.attachments:
        click.echo(f"  {file.name:{width}} {file.size:>12,} bytes{'  (clean copy)' * bool(file.copy_of)}")
        click.secho(f"      SHA-256 {file.sha256}", dim=True)
    limit = f" of {view.most:,} that the donor takes" if view.most else "; the donor's limit is not known"
    click.echo(f"  {whole:{width}} {view.encoded:>12,} bytes{limit}")


def _show_let_through(view: View) -> None:
    """What would have stopped the message, had nobody allowed it: whoever approves answers for it too."""
    through = view.message.let_through
    if not through:
        return
    many = "1 thing goes" if len(through) == 1 else f"{len(through)} things go"
    click.secho(f"\n  {many} out only because outbox.yaml allows it:", fg="yellow", bold=True)
    for thing in through:
        found = f" (found: {thing.found})" if thing.found else ""
        click.secho(f"  {thing.code}  {escape(thing.place)}", fg="yellow")
        click.echo(_wrap(escape(f"{thing.what}{found} Allowed {thing.reasons}"), "      "))


def show_notes(notes: Iterable[str]) -> None:
    """Remarks, each on lines of its own."""
    for note in notes:
        click.secho(_wrap(note, ""), fg="yellow")


def show_entries(entries: Iterable[Entry]) -> None:
    """The log: a line for what was done, then what is known about it."""
    for entry in entries:
        who = f"{entry.who} ({entry.user})" if entry.who else entry.user
        click.echo(f"{entry.number:4}  {entry.when}  {entry.event:9}  {entry.message}  {who}")
        for key in TOLD:
            if key in entry.detail:
                for value in entry.detail[key] if key == "let_through" else [entry.detail[key]]:
                    click.echo(_wrap(f"{_NAMES.get(key, key)}: {_say(value)}", " " * 6))


def say_compared(view: LogView) -> str:
    """What the journal of this computer proves of the log's end."""
    if view.compared is None:
        words = "This computer has no journal to compare it with; only a noted hash proves that no end is missing."
    elif view.compared < len(view.entries):
        words = f"The journal of this computer has the first {view.compared}; the others were written elsewhere."
    else:
        words = "The journal of this computer has the same."
    return _wrap(words, "  ")


def show_noted(noted: str, entries: Iterable[Entry]) -> bool:
    """Whether a hash that somebody noted earlier still stands in the log."""
    known = next((entry for entry in entries if entry.hash == noted.strip().lower()), None)
    if known:
        click.secho(f"✓ The noted hash is that of entry {known.number}, of {known.when}.", fg="green")
    else:
        click.secho("✗ No entry has the noted hash: the log was rewritten, or cut off before it.", fg="red")
    return known is not None


def _say(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(value) if isinstance(value, list) else str(value)


def _wrap(text: str, indent: str) -> str:
    import shutil  # noqa: PLC0415  # 2 ms that no help text needs

    width = min(shutil.get_terminal_size().columns, 110)
    return textwrap.fill(
        text, width, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False, break_long_words=False
    )
