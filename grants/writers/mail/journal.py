"""`outbox/journal.sqlite`: what was done, recorded before it is done; and the lock that lets one process send.

Every entry stands twice: here, and in outbox/log.jsonl, which people keep under version control. An entry is put into
the journal, then into the log, then both are final; what a crash leaves between the two is completed at the next
opening. The steps of an attempt stand only here: how far it came before a crash.
"""

from __future__ import annotations

import contextlib
import datetime
import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from grants.errors import GrantsError, OutputError
from grants.ledger.outbox import Entry, Event, find_breaks, read_entry, write_entry
from grants.model.message import Step
from grants.writers.lock import LockError, hold_lock

FOLDER = "outbox"
LOG = "log.jsonl"
IGNORED = "*.sqlite*\nmessages/\n"
"""What is of this computer only, for Git: outbox/.gitignore."""
_TABLES = """
CREATE TABLE IF NOT EXISTS entry (number INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS step
  (entry INTEGER NOT NULL, step TEXT NOT NULL, at TEXT NOT NULL, machine TEXT NOT NULL) STRICT;
"""
_WAIT = 30
"""Seconds that a process waits for another's entry to be written."""


class Journal:
    """The record of one project's outbox. Use it in a `with` statement."""

    def __init__(self, project: Path) -> None:
        self.folder = project / FOLDER
        self.log = self.folder / LOG

    def __enter__(self) -> Journal:
        self.folder.mkdir(exist_ok=True)
        ignored = self.folder / ".gitignore"
        if not ignored.exists():
            ignored.write_text(IGNORED, "utf-8")
        self._connection = _open(self.folder / "journal.sqlite")
        with self._changing():  # no script in a transaction of Python's own: two processes may begin at once
            for statement in filter(str.strip, _TABLES.split(";")):
                self._connection.execute(statement)
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def read_entries(self) -> list[Entry]:
        """All entries, in order."""
        return [read_entry(text) for (text,) in self._connection.execute("SELECT text FROM entry ORDER BY number")]

    def reconcile(self, read: Callable[[], tuple[list[str], bool]]) -> str | None:
        """Make journal and log the same. `read` gives the log's lines, and whether one was begun after them.

        What was done, for people; None where they were the same. Raises OutputError where the log does not hold, or
        each holds what the other does not: then nobody may send before a person has looked.
        """
        with self._changing():
            (lines, torn), known = read(), [entry.text for entry in self.read_entries()]
            shared = min(len(known), len(lines))
            if different := find_difference(known, lines):
                raise _differs(f"entry {different} is not the one that this computer wrote")
            for line, fault in find_breaks(lines):
                raise _differs(f"entry {line} {fault}")
            for text in lines[shared:]:
                self._insert(read_entry(text))
            if torn or len(known) > len(lines):
                self._restore([*lines, *known[shared:]])
        if len(known) > len(lines):
            return f"{len(known) - len(lines)} entries were missing in {LOG}; they were written again."
        if len(lines) > len(known):
            return f"{len(lines) - len(known)} entries of {LOG} were new to this computer's journal."
        return None

    def write(
        self,
        now: datetime.datetime,
        event: Event,
        message: str,
        actor: tuple[str, str],
        detail: Mapping[str, Any],
        after: Entry | None = None,
    ) -> Entry:
        """Add an entry to journal and log. With `after`: only if that is still the last one; else GrantsError."""
        with self._changing():
            row = self._connection.execute("SELECT text FROM entry ORDER BY number DESC LIMIT 1").fetchone()
            previous = read_entry(row[0]) if row else None
            if after is not None and (previous is None or previous.hash != after.hash):
                raise clash()
            entry = write_entry(previous, now, event, message, actor, detail)
            self._insert(entry)
            self._append(entry.text)
        return entry

    def note_step(self, entry: Entry, step: Step, now: datetime.datetime, machine: str) -> None:
        """Record what is about to be done in the attempt that an entry began."""
        values = (entry.number, step, now.isoformat(timespec="milliseconds"), machine)
        with self._changing():
            self._connection.execute("INSERT INTO step VALUES (?, ?, ?, ?)", values)

    def read_last_step(self, entry: Entry) -> tuple[str, str] | None:
        """(step, machine) that an attempt came to; None where this journal does not know."""
        query = "SELECT step, machine FROM step WHERE entry = ? ORDER BY rowid DESC LIMIT 1"
        row: tuple[str, str] | None = self._connection.execute(query, (entry.number,)).fetchone()
        return row

    @contextlib.contextmanager
    def sending(self) -> Iterator[None]:
        """Hold the lock of this outbox: the system frees it when the process ends, however it ends.

        Raises GrantsError where another process has it.
        """
        message, remedy = "Another process is sending from this outbox now.", "Wait until it has ended, then look."
        file = self.folder / "sending.sqlite"
        try:
            with hold_lock(file, GrantsError(message, remedy, code="MAIL-022")):
                yield
        except LockError as error:
            raise _cannot_be_used(file, error) from error

    @contextlib.contextmanager
    def _changing(self) -> Iterator[None]:
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            yield
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            self._undo()
            raise _cannot_be_used(self.folder / "journal.sqlite", error) from error
        except BaseException:
            self._undo()
            raise

    def _undo(self) -> None:
        with contextlib.suppress(sqlite3.Error):
            self._connection.execute("ROLLBACK")

    def _insert(self, entry: Entry) -> None:
        self._connection.execute("INSERT INTO entry VALUES (?, ?)", (entry.number, entry.text))

    def _append(self, text: str) -> None:
        with self.log.open("ab") as stream:
            stream.write(f"{text}\n".encode())
            stream.flush()
            os.fsync(stream.fileno())

    def _restore(self, lines: Sequence[str]) -> None:
        """The log anew: lines that a crash or a person took from its end, without a line that was only begun."""
        temporary = self.log.with_name(f".new-{os.getpid()}-{LOG}")
        with temporary.open("wb") as stream:
            stream.write("".join(f"{line}\n" for line in lines).encode())
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(self.log)


def clash() -> GrantsError:
    """What was decided on is no longer so."""
    message = "Something else was done with this outbox at the same moment."
    return GrantsError(message, "Look at it with `grants outbox list`, and try again.", code="MAIL-021")


def read_journal(project: Path) -> list[str] | None:
    """The lines that this computer's journal holds; None where there is no journal. Nothing is made or mended.

    Raises OutputError for a journal that cannot be read.
    """
    file = project / FOLDER / "journal.sqlite"
    if not file.exists():
        return None
    try:
        connection = sqlite3.connect(f"{file.resolve().as_uri()}?mode=rw", uri=True, timeout=_WAIT)
        with contextlib.closing(connection):
            return [text for (text,) in connection.execute("SELECT text FROM entry ORDER BY number")]
    except sqlite3.Error as error:
        raise _cannot_be_used(file, error) from error


def _cannot_be_used(file: Path, error: Exception) -> OutputError:
    message = f"The journal {file} cannot be used ({error}). Without it nothing is sent; what was under way is unknown."
    remedy = f"Free space; or move the damaged file away: it is made again from {LOG}, which stays where it is."
    return OutputError(message, remedy, code="MAIL-023")


def _open(file: Path) -> sqlite3.Connection:
    try:
        connection = sqlite3.connect(file, timeout=_WAIT, isolation_level=None)
        connection.execute("PRAGMA synchronous = EXTRA")
    except sqlite3.Error as error:
        raise _cannot_be_used(file, error) from error
    return connection


def _differs(fault: str) -> OutputError:
    remedy = "Restore it from version control or a backup; `grants outbox log --verify` lists every fault."
    return OutputError(f"The log {FOLDER}/{LOG} does not hold: {fault}.", remedy, code="MAIL-020")


def find_difference(known: Sequence[str], lines: Sequence[str]) -> int | None:
    """The number of the first entry that journal and log hold differently; one of them may go on alone."""
    pairs = enumerate(zip(known, lines, strict=False), 1)
    return next((number for number, (ours, theirs) in pairs if ours != theirs), None)
