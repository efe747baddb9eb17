"""The record of an outbox: opened, made whole after a crash, and read."""

from __future__ import annotations

import datetime
import getpass
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from grants.errors import GrantsError, OutputError, UsageError
from grants.ledger.outbox import Entry, Standing, find_current, is_clock_back, list_standings
from grants.readers.outbox_log import read_log
from grants.services.outbox.eml_files import put_in_order
from grants.writers.mail.journal import Journal

SURE = ("connecting", "envelope", "content")
"""Steps before the one that makes a message the server's: whoever stopped there sent nothing."""


@dataclass(frozen=True, slots=True)
class Record:
    """An open journal, what it says of every message, and what was mended when it was opened."""

    journal: Journal
    standings: dict[str, Standing]
    last: Entry | None
    notes: list[str]
    """What was mended when it was opened; when it was closed, also files that could not be taken away."""


@contextmanager
def open_record(project: Path) -> Iterator[Record]:
    """The record, journal and log made the same."""

    def read() -> tuple[list[str], bool]:
        lines, torn, findings = read_log(project)
        if findings:
            raise OutputError("The log of the outbox cannot be read.", "", findings)
        return lines, torn

    with Journal(project) as journal:
        note = journal.reconcile(read)
        entries = journal.read_entries()
        record = Record(journal, list_standings(entries), entries[-1] if entries else None, [note] if note else [])
        try:
            yield record
        except GrantsError:
            put_in_order(project, read_again(record).standings.values())
            raise
        record.notes.extend(put_in_order(project, read_again(record).standings.values()))


def read_again(record: Record) -> Record:
    """The record as it is now, in the same journal."""
    entries = record.journal.read_entries()
    return Record(record.journal, list_standings(entries), entries[-1] if entries else None, [])


def find_message(record: Record, period: str) -> Standing:
    """The message of a report. Raises UsageError where none was drafted."""
    standing = find_current(record.standings, period)
    if standing is None:
        raise UsageError(
            f"No message was drafted for {period}.", "Draft it with `grants outbox draft`.", code="MAIL-010"
        )
    return standing


def name_actor(name: str | None) -> tuple[str, str]:
    """The name given, and user and machine as the system knows them. Raises UsageError where no name was given."""
    shown = " ".join("".join(c if c.isprintable() else " " * c.isspace() for c in name or "").split())
    if not shown:
        remedy = 'Say it with --as NAME, or write `name = "..."` into your settings (docs/outbox.md).'
        raise UsageError("It must be known who does this.", remedy, code="MAIL-011")
    return shown, f"{getpass.getuser()}@{machine()}"


def require_words(text: str, option: str) -> str:
    """A reason or a note, for the log. Raises UsageError where nothing is said."""
    if not text.strip():
        raise UsageError(f"`{option}` says nothing.", "Write it in a few words: it stays in the log.")
    return text.strip()


def machine() -> str:
    """The name of this computer."""
    return platform.node()


def recover(record: Record, now: datetime.datetime) -> list[str]:
    """Decide what became of attempts that ended without a word. Hold the sending lock: then nobody is at it.

    What is known to have sent nothing may be sent again; of all else a person decides.
    """
    told = []
    for standing in record.standings.values():
        if standing.state != "sending":
            continue
        step = record.journal.read_last_step(standing.last)
        sure = step is not None and step[0] in SURE and step[1] == machine()
        detail = {
            "answer": f"interrupted before “{step[0]}” was finished" if step else "interrupted",
            "recovered": True,
        }
        event = "deferred" if sure else "unknown"
        record.journal.write(now, event, standing.id, ("", f"@{machine()}"), detail)  # type: ignore[arg-type]
        told.append(f"{standing.id}: an attempt was interrupted; " + ("nothing was sent." if sure else "nobody knows."))
    return told


def settle(record: Record, period: str, now: datetime.datetime) -> tuple[Record, list[str]]:
    """The record after an attempt that ended without a word was decided on, and what is told of it.

    Raises GrantsError where another process is at it now.
    """
    told = remark_clock(record.last, now)
    if not any(x.state == "sending" and x.period == period for x in record.standings.values()):
        return record, told
    with record.journal.sending():
        told += recover(read_again(record), now)
    return read_again(record), told


def remark_clock(last: Entry | None, now: datetime.datetime) -> list[str]:
    """What is told where the clock is behind the log. Nothing is refused for it: a clock that once ran ahead would
    close the outbox for good."""
    if last is None or not is_clock_back(last, now):
        return []
    return [
        f"The clock of this computer says {now:%Y-%m-%d %H:%M} UTC, but the last entry of the log is of {last.when}. "
        "One of them is wrong, and the log keeps both: set the clock first."
    ]


def list_barring(record: Record, period: str, *, correction: bool) -> list[Standing]:
    """Messages of a report that forbid another one, the latest first: sent ones, unless that is a correction, and ones
    of which nobody knows.
    """
    barring = ("unknown", "sending") if correction else ("unknown", "sending", "sent")
    return [x for x in reversed(list(record.standings.values())) if x.period == period and x.state in barring]


def require_alone(record: Record, standing: Standing, doing: str) -> None:
    """Raise GrantsError where another message of the same report stands against this one."""
    correction = "correction" in standing.drafted.detail
    for other in list_barring(record, standing.period, correction=correction):
        if other.id != standing.id:
            raise refuse(other, doing)


def refuse(standing: Standing, doing: str) -> GrantsError:
    """What stands against doing something with a message in its state."""
    when, tried = standing.last.when, standing.tried.when
    people = standing.people
    said = {
        "sent": (f"This message was sent on {standing.sent_when} to {people}; it is not sent again.", "MAIL-012"),
        "unknown": (
            f"Nobody knows whether this message was sent (on {tried}, to {people}).",
            "MAIL-013",
        ),
        "sending": (f"This message is being sent since {when}.", "MAIL-022"),
        "drafted": ("This message is not approved.", "MAIL-014"),
        "void": ("The approval of this message is void: something was changed.", "MAIL-015"),
        "cancelled": (f"This message was cancelled on {when}.", "MAIL-016"),
        "approved": (f"This message is approved; it cannot be {doing}.", "MAIL-016"),
        "failed": (f"The server refused this message on {when}.", "MAIL-016"),
    }
    remedies = {
        "sent": "A corrected report goes out with `grants outbox draft --correction REASON`.",
        "unknown": "Ask the recipient, then say so with `grants outbox resolve --sent` or `--not-sent`.",
        "sending": "Wait until it has ended, then look with `grants outbox list`.",
        "approved": "Send it with `grants outbox send`, or give it up with `grants outbox cancel`.",
        "drafted": "Have it approved: `grants outbox approve`.",
    }
    message, code = said[standing.state]
    return GrantsError(message, remedies.get(standing.state, "Draft it anew with `grants outbox draft`."), code=code)
