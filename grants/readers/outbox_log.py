"""`outbox/log.jsonl` -> its lines, and whether the last one was written whole."""

from __future__ import annotations

from pathlib import Path

from grants.errors import Finding
from grants.readers.text_file import read_text

NAME = "outbox/log.jsonl"
LARGEST = 64 * 1024 * 1024


def read_log(folder: Path) -> tuple[list[str], bool, list[Finding]]:
    """The whole lines of a project's log; whether a line was begun after them; findings where it cannot be read.

    No file is a log without lines.
    """
    if not (folder / NAME).exists():
        return [], False, []
    text, findings = read_text(folder / NAME, NAME, LARGEST)
    if text is None:
        return [], False, findings
    *lines, rest = text.replace("\r\n", "\n").split("\n")  # Git on Windows may have turned the ends of lines
    return lines, bool(rest), findings
