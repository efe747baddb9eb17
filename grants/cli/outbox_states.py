"""What `grants outbox list` prints: where each message stands, who waits for whom, and the next step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from grants.cli.show import escape

if TYPE_CHECKING:
    from grants.ledger.outbox import Standing

COLOURS = {
    "drafted": "yellow",
    "approved": "cyan",
    "sending": "cyan",
    "sent": "green",
    "unknown": "red",
    "failed": "red",
    "void": "yellow",
    "cancelled": None,
}
_OPEN = ("unknown", "sending")
_NEXT = {
    "drafted": ("waits for a second person, who reads and approves it", "approve"),
    "approved": ("waits to be sent", "send"),
    "failed": ("the server refused it: mend that and send again, or draft it anew", "send"),
    "void": ("something was changed since it was drafted: draft it anew", "draft"),
    "cancelled": ("was given up; the report was not sent", "draft"),
    "sending": ("is being sent, or was interrupted", "show"),
    "unknown": ("waits for {who}, who says what became of it", "resolve"),
}


def show_standings(project: str, standings: Sequence[Standing]) -> None:
    """The messages of a project; those that others have replaced are dimmed."""
    click.secho(project, bold=True)
    latest = {standing.period: standing for standing in standings}
    for standing in standings:
        over = standing.id != latest[standing.period].id and standing.state not in (*_OPEN, "sent")
        state = click.style(f"{standing.state:10}", fg=COLOURS[standing.state], dim=over)
        last = standing.last
        name = click.style(f"{standing.id:24}", dim=over)
        click.echo(f"  {name} {state} {last.when}  {escape(last.who or last.user)}")
        if over:
            click.secho(f"      replaced by {latest[standing.period].id}", dim=True)
            continue
        click.echo(f"      to {escape(standing.people)}")
        click.echo(f"      {_say_next(project, standing, standings)}")
    if not standings:
        click.echo("  nothing was drafted yet")


def _say_next(project: str, standing: Standing, standings: Sequence[Standing]) -> str:
    """Who waits for whom, and the command that goes on."""
    if standing.state == "sent":
        return f"sent on {standing.sent_when}; a corrected report: draft it with --correction"
    same = [x for x in standings if x.period == standing.period]
    before = next((x for x in same if x.state in _OPEN and x is not standing), None)
    if before and standing.state not in _OPEN:
        return f"waits for {before.id}: nothing of {standing.period} goes out before it is known what became of it"
    words, command = _NEXT[standing.state]
    who = next((entry.who for entry in reversed(standing.attempts) if entry.who), standing.drafted.who)
    if standing.state == "cancelled" and any(x.sent for x in same):
        return "was given up; what was sent before it stands"
    text = escape(words.format(who=who))
    return f"{text}: {name_command(command, project, standing.period)}"


def name_command(command: str, project: str, period: str) -> str:
    """A command about the message of a report, to be copied as it stands."""
    from grants.views.commands import quote_word  # noqa: PLC0415  # no help text needs it

    return f"`grants outbox {command} {quote_word(project)} --period {quote_word(period)}`"
