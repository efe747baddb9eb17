"""`grants outbox list` and `log`: what was done, and whether the record still is what was written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from grants.errors import Finding, OutputError, Place
from grants.ledger.outbox import Entry, Standing, find_breaks, find_clock_faults, list_standings, read_entry
from grants.readers.outbox_log import NAME, read_log
from grants.writers.mail.journal import find_difference, read_journal

_MOST_TOLD = 10
"""Missing entries that are named one by one."""


@dataclass(frozen=True, slots=True)
class LogView:
    """The log: its entries as far as they can be read, and what is wrong with it."""

    entries: list[Entry]
    findings: list[Finding]
    missing: list[Entry]
    """Entries of this computer's journal that stand behind the end of the log: somebody took them out."""
    compared: int | None
    """Entries of this computer's journal, with which the log was compared; None where it has no journal."""


def read_whole_log(folder: Path) -> LogView:
    """The log as it stands in the file, compared with the journal of this computer; nothing is written or mended."""
    journal, faults_of_journal = _read_journal(folder)  # before the log: what is written meanwhile is only in the log
    lines, torn, findings = read_log(folder)
    faults = [*find_breaks(lines), *([(len(lines) + 1, "was only begun")] if torn else [])]
    remedy = "Compare it with the copy in version control or of a backup, and ask who changed it."
    findings += [Finding("MAIL-020", Place(NAME, n, 1), f"This line {fault}.", remedy) for n, fault in faults]
    known = journal or []
    different = find_difference(known, lines)
    if different and not any(number <= different for number, _ in faults):
        message = "This entry is not the one that this computer wrote."
        findings.append(Finding("MAIL-020", Place(NAME, different, 1), message, remedy))
    missing = [] if different else _list_entries(known[len(lines) :])
    if missing:
        findings.append(_tell_missing(len(known), len(lines), missing))
    compared = None if journal is None else len(known)
    entries = _list_entries(lines)
    return LogView(entries, [*findings, *faults_of_journal, *_check_clock(entries)], missing, compared)


def _check_clock(entries: Sequence[Entry]) -> Iterator[Finding]:
    for before, after in find_clock_faults(entries):
        message = (
            f"Entry {after.number} ({after.when}) bears an earlier time than entry {before.number} ({before.when})."
        )
        remedy = f"The order holds, the times do not: ask about the clock of {after.user} and of {before.user}."
        yield Finding("MAIL-031", Place(NAME, after.number, 1), message, remedy, severity="warning")


def _read_journal(folder: Path) -> tuple[list[str] | None, list[Finding]]:
    try:
        return read_journal(folder), []
    except OutputError as error:
        message = "The journal of this computer cannot be read: whether the log was shortened, it cannot say."
        return None, [Finding(error.code, Place("outbox/journal.sqlite"), message, error.remedy)]


def _list_entries(lines: Sequence[str]) -> list[Entry]:
    entries = []
    for line in lines:
        try:
            entries.append(read_entry(line))
        except (ValueError, KeyError, TypeError):
            continue  # a finding names it
    return entries


def _tell_missing(known: int, found: int, missing: Sequence[Entry]) -> Finding:
    told = [f"{entry.number} {entry.event} {entry.message}, {entry.when}" for entry in missing[:_MOST_TOLD]]
    names = "; ".join([*told, *(["and so on"] if len(missing) > _MOST_TOLD else [])])
    message = f"The journal of this computer has {known} entries, the log {found}. Missing: {names}."
    remedy = (
        "Ask who took them out, and restore the file from version control; "
        "`grants outbox show` writes them again from the journal."
    )
    return Finding("MAIL-020", Place(NAME), message, remedy)


def list_messages(folder: Path) -> list[Standing]:
    """Every message that was drafted, by the log; the latest last."""
    return list_all_messages(read_whole_log(folder))


def read_standings(folder: Path) -> dict[str, Standing]:
    """Message -> what is known of it, before anything is written or mended."""
    return {standing.id: standing for standing in list_messages(folder)}


def list_all_messages(view: LogView) -> list[Standing]:
    """Every message that was drafted, the latest last; also those of which only this computer's journal knows."""
    return list(list_standings([*view.entries, *view.missing]).values())
