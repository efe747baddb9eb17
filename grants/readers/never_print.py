"""`never-print.txt`: what may never stand in a document, one phrase a line. Git ignores it; it stays in the house."""

from __future__ import annotations

from pathlib import Path

from grants.errors import Finding, Place
from grants.readers.text_file import read_text

NAME = "never-print.txt"
SHORTEST = 3


def read_never_print(folder: Path) -> tuple[tuple[str, ...], list[Finding]]:
    """The phrases of a project's file, none where there is no file. Blank lines and lines that begin with # are none.

    A finding names the line, never the phrase.
    """
    if not (folder / NAME).exists():
        return (), []
    text, findings = read_text(folder / NAME, NAME)
    phrases = []
    for number, line in enumerate((text or "").splitlines(), 1):
        phrase = line.strip()
        if not phrase or phrase.startswith("#"):
            continue
        if sum(letter.isalnum() for letter in phrase) < SHORTEST:
            message = f"A phrase of fewer than {SHORTEST} letters or digits would be found everywhere."
            findings.append(Finding("FILE-006", Place(NAME, number, 1), message, "Write more of it."))
        else:
            phrases.append(phrase)
    return tuple(phrases), findings
