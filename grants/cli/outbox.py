"""`grants outbox`: draft, approve and send a report by e-mail."""

from __future__ import annotations

import datetime
import os
import sys
import time
from pathlib import Path

import click

from grants.cli.days import DAY
from grants.cli.outbox_show import (
    say_compared,
    show_entries,
    show_message,
    show_noted,
    show_notes,
)
from grants.cli.outbox_states import name_command, show_standings
from grants.cli.show import shorten, show_findings
from grants.errors import has_errors
from grants.services.workspace import find_projects

PROJECT = click.argument("project")
PERIOD = click.option("--period", required=True, metavar="CODE", help="The report: its code in grant.yaml.")
WHO = click.option("--as", "who", metavar="NAME", help="Who does this (default: the name in your settings).")
YES = click.option("--yes", is_flag=True, help="Do not ask.")


@click.group()
def outbox() -> None:
    """Send reports to donors by e-mail: drafted, approved by a second person, sent once, on record.

    Nothing is sent but by `send`. The record is the project's outbox/log.jsonl.
    """


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


def _find(project: str) -> Path:
    return find_projects([project], Path.cwd())[0]


def _who(given: str | None) -> str | None:
    from grants.services.outbox.ways import load_settings  # noqa: PLC0415  # reads the settings

    return given or load_settings(os.environ).name


@outbox.command()
@PROJECT
@PERIOD
@WHO
@click.option("--correction", metavar="REASON", help="Draft a corrected message after one was sent.")
def draft(project: str, period: str, who: str | None, correction: str | None) -> None:
    """Make the message of a report and show it.

    It is also written as a file that mail programs open, to be read there.
    """
    from grants.services.outbox.draft import draft_message  # noqa: PLC0415  # reads definitions and files

    folder = _find(project)
    view = draft_message(folder, period, _who(who), _now(), correction)
    show_message(view, folder)
    approved = [entry for entry in view.history if entry.event == "approved"]
    if view.state in ("approved", "failed") and approved:
        click.secho(f"✓ Nothing has changed: the approval by {approved[-1].who} stands.", fg="green")
        click.echo(f"Next: {name_command('send', project, period)}.")
    else:
        click.echo(f"Next: a second person reads it and approves it: {name_command('approve', project, period)}.")


@outbox.command()
@PROJECT
@PERIOD
def show(project: str, period: str) -> None:
    """Show the message of a report as it would go out now."""
    from grants.services.outbox.draft import view_message  # noqa: PLC0415  # reads definitions and files

    folder = _find(project)
    show_message(view_message(folder, period, _now()), folder)


@outbox.command()
@PROJECT
@PERIOD
@WHO
@YES
def approve(project: str, period: str, who: str | None, yes: bool) -> None:
    """Approve just these files, to just these recipients."""
    from grants.services.outbox.draft import approve_message, view_for_approval  # noqa: PLC0415  # reads files

    folder, name = _find(project), _who(who)
    view = view_for_approval(folder, period, name, _now())
    show_message(view, folder)
    if not yes:
        _ask(f"Approve this message as {name}?")
    show_notes(approve_message(folder, period, name, view.digest, _now()))
    click.secho(f"✓ {view.id} is approved by {name}.", fg="green")
    click.echo(f"Next: {name_command('send', project, period)}.")


def _ask(question: str) -> None:
    """Go on only after a yes. Raises UsageError where nobody can answer."""
    try:
        agreed = click.confirm(question)
    except click.Abort:
        if sys.stdin.isatty():
            raise
        click.echo()
        raise click.UsageError("There is no terminal to answer at. Read the message, then add --yes.") from None
    if not agreed:
        click.echo("Nothing was done.")
        raise click.exceptions.Exit(1)


@outbox.command()
@PROJECT
@PERIOD
@WHO
@YES
@click.option("--to-test", metavar="ADDRESS", help="Send it to this address alone, marked as a test.")
@click.pass_context
def send(context: click.Context, project: str, period: str, who: str | None, yes: bool, to_test: str | None) -> None:
    """Send the approved message of a report. It is sent once."""
    from grants.services.outbox.draft import view_message  # noqa: PLC0415  # reads files
    from grants.services.outbox.send import (  # noqa: PLC0415  # mail transport
        require_sendable,
        require_testable,
        send_message,
        send_test,
    )
    from grants.services.outbox.ways import describe_way, load_settings, require_way  # noqa: PLC0415  # mail transport

    folder, settings = _find(project), load_settings(os.environ)
    name = who or settings.name
    if not to_test:
        show_notes(require_sendable(folder, period, name, _now()))
    view = view_message(folder, period, _now())
    if to_test:
        require_testable(settings, view.message, to_test)
    require_way(settings, os.environ)
    show_message(view, folder)
    target = to_test or ", ".join(view.message.addresses)
    if not yes:
        _ask(f"Send it {describe_way(settings)}, to {target}?")
    if to_test:
        sent = send_test(folder, period, name, to_test, settings, os.environ, _now)
    else:
        sent = send_message(folder, period, name, settings, os.environ, _now, time.sleep)
    show_notes(sent.notes)
    text, fine = RESULTS[sent.result]
    answer = shorten(folder / sent.answer, Path.cwd()) if (folder / sent.answer).is_file() else sent.answer
    resolve_ = name_command("resolve", project, period)
    click.secho(text.format(answer=answer, target=target, resolve=resolve_), fg="green" if fine else "red")
    context.exit(0 if fine else 1)


RESULTS = {
    "sent": ("✓ Sent to {target}. The server: {answer}", True),
    "accepted": ("✓ The test was sent to {target}. The server: {answer}", True),
    "handed over": ("{answer}\nOpen it, send it, then say so: {resolve} with --sent and --note.", True),
    "failed": (
        "✗ Nothing was sent: the server refused. {answer}\nOnce it is mended there, send again; the approval stands. "
        "With another recipient or file, draft anew.",
        False,
    ),
    "refused": ("✗ Nothing was sent: the server refused. {answer}", False),
    "deferred": (
        "✗ Nothing was sent yet. {answer}\nThe approval stands: send again once this is mended, or later.",
        False,
    ),
    "unknown": (
        "? Nobody knows whether it was sent. {answer}\nAsk the recipient, then say what became of it: {resolve}. "
        "It is not sent again by itself.",
        False,
    ),
}


@outbox.command()
@PROJECT
@PERIOD
@WHO
@click.option("--sent", "found", flag_value="sent", help="It was sent.")
@click.option("--not-sent", "found", flag_value="not sent", help="It was not sent.")
@click.option("--mistake", "found", flag_value="mistake", help="What was said here before was wrong: nobody knows.")
@click.option("--on", type=DAY, metavar="YYYY-MM-DD", help="With --sent: the day on which you sent it, if not today.")
@click.option("--note", required=True, metavar="TEXT", help="How you know: who said so, and when.")
def resolve(project: str, period: str, who: str | None, found: str | None, on: datetime.date | None, note: str) -> None:
    """Say what became of a message whose state is unknown, or that what was said was a mistake."""
    from grants.services.outbox.resolve import reopen_message, resolve_message  # noqa: PLC0415  # reads the journal

    if found is None:
        raise click.UsageError("Say --sent, --not-sent or --mistake.")
    if on and found != "sent":
        raise click.UsageError("Only what was sent has a day: --on goes with --sent.")
    folder, name = _find(project), _who(who)
    if found == "mistake":
        standing, notes = reopen_message(folder, period, name, note, _now())
    else:
        standing, notes = resolve_message(folder, period, name, note, _now(), sent=found == "sent", on=on)
    show_notes(notes)
    click.secho(f"✓ {standing.id} {RESOLVED[standing.state].format(on=standing.sent_on)}", fg="green")


RESOLVED = {
    "sent": "is recorded as sent on {on}.",
    "approved": "is recorded as not sent; it is approved and can be sent.",
    "void": "is recorded as not sent; draft it anew before it can be.",
    "unknown": "stands as unknown again. Once you know, say --sent or --not-sent; until then nothing is sent.",
}


@outbox.command()
@PROJECT
@PERIOD
@WHO
@click.option("--reason", required=True, metavar="TEXT", help="Why it is given up.")
def cancel(project: str, period: str, who: str | None, reason: str) -> None:
    """Give up a message that was not sent."""
    from grants.services.outbox.draft import cancel_message  # noqa: PLC0415  # reads the journal

    name, notes = cancel_message(_find(project), period, _who(who), reason, _now())
    show_notes(notes)
    click.secho(f"✓ {name} is cancelled.", fg="green")


@outbox.command()
@PROJECT
@PERIOD
def clean(project: str, period: str) -> None:
    """Make copies without comments and names; drafts take them."""
    from grants.services.outbox.clean import clean_report  # noqa: PLC0415  # rewrites files

    copies = clean_report(_find(project), period)
    if not copies:
        click.echo("Nothing to clean: no file has comments, or names people or folders where nobody reads them.")
        return
    for copy in copies:
        click.echo(f"  {shorten(copy.file, Path.cwd())}")
        show_notes(f"      still holds, for you to decide: {left}" for left in copy.left)
    number = f"{len(copies)} clean copies" if len(copies) > 1 else "1 clean copy"
    click.echo(f"{number}; the files of the report are as they were.")


@outbox.command()
@click.option(
    "--client-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="For Google: what its console gave for this program.",
)
def login(client_file: Path | None) -> None:
    """Sign in at Microsoft or Google, as your settings say.

    What it gives is kept in the keyring of this computer, and nowhere else.
    """
    from grants.services.outbox.ways import load_settings, log_in  # noqa: PLC0415  # mail transport

    account = log_in(load_settings(os.environ), client_file, click.echo)
    click.secho(f"✓ Signed in as {account}.", fg="green")


@outbox.command("list")
@click.argument("projects", nargs=-1, metavar="[PROJECT]...")
@click.pass_context
def list_(context: click.Context, projects: tuple[str, ...]) -> None:
    """List the messages of projects, and where they stand. The exit code is 1 where a log was changed."""
    from grants.services.outbox.look import list_all_messages, read_whole_log  # noqa: PLC0415  # reads the log

    broken = False
    for folder in find_projects(projects, Path.cwd()):
        view = read_whole_log(folder)
        show_standings(folder.name, list_all_messages(view))
        if view.findings:
            show_findings(view.findings, folder, Path.cwd())
        if has_errors(view.findings):
            click.secho(f"✗ {NOT_AS_WRITTEN}", fg="red")
            broken = True
    context.exit(int(broken))


@outbox.command()
@PROJECT
@click.option("--verify", is_flag=True, help="Only say whether the log is as it was written.")
@click.option("--noted", metavar="HASH", help="A last hash that was noted earlier: is it still in the log?")
@click.pass_context
def log(context: click.Context, project: str, verify: bool, noted: str | None) -> None:
    """Show what was done with the messages of a project. The exit code is 1 where the log was changed."""
    from grants.services.outbox.look import read_whole_log  # noqa: PLC0415  # reads the log

    folder = _find(project)
    view = read_whole_log(folder)
    if not verify:
        show_entries(view.entries)
    if view.findings:
        show_findings(view.findings, folder, Path.cwd())
    if has_errors(view.findings):
        click.secho(f"✗ {NOT_AS_WRITTEN}", fg="red")
    elif view.entries:
        end = view.entries[-1]
        click.secho(f"✓ {end.number} entries, unbroken to {end.hash}", fg="green")
        click.echo(say_compared(view))
    else:
        click.echo("Nothing was drafted yet.")
    found = noted is None or show_noted(noted, view.entries)
    context.exit(int(has_errors(view.findings) or not found))


NOT_AS_WRITTEN = "The log is not as it was written."
