"""`grants outbox list` and `log`: what was done, and whether the record still is what was written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from grants.errors import Finding, Place
from grants.ledger.outbox import Entry, Standing, find_breaks, list_standings, read_entry
from grants.readers.outbox_log import NAME, read_log


@dataclass(frozen=True, slots=True)
class LogView:
    """The log: its entries as far as they can be read, and what is wrong with it."""

    entries: list[Entry]
    findings: list[Finding]


def read_whole_log(folder: Path) -> LogView:
    """The log as it stands in the file; nothing is written or mended."""
    lines, torn, findings = read_log(folder)
    faults = [*find_breaks(lines), *([(len(lines) + 1, "was only begun")] if torn else [])]
    remedy = "Compare it with the copy in version control or of a backup, and ask who changed it."
    findings += [Finding("MAIL-020", Place(NAME, n, 1), f"This line {fault}.", remedy) for n, fault in faults]
    entries = []
    for line in lines:
        try:
            entries.append(read_entry(line))
        except (ValueError, KeyError, TypeError):
            continue  # a finding names it
    return LogView(entries, findings)


def list_messages(folder: Path) -> list[Standing]:
    """Every message that was drafted, by the log; the latest last."""
    return list(list_standings(read_whole_log(folder).entries).values())
