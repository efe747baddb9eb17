"""Whether documents still are what the last build made. No reader of definitions and no writer is imported here."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from pathlib import Path

STATE = ".built"


def is_current(folder: Path, state: str) -> bool:
    """Whether a folder's documents are there, untouched, and made in that state."""
    try:
        kept = (folder / STATE).read_text("utf-8")
    except (OSError, ValueError):
        return False
    before, _, outputs = kept.partition("\noutputs\n")
    if before != state:
        return False
    return all(_stat(folder, line.split(" ")[0]) == line for line in outputs.splitlines())


def keep_state(folder: Path, state: str, files: Iterable[Path]) -> None:
    """Note in which state a folder's documents were made, and what they look like."""
    outputs = "\n".join(_stat(folder, file.name) for file in files)
    with contextlib.suppress(OSError, ValueError):  # then the next build makes the documents again
        (folder / STATE).write_text(f"{state}\noutputs\n{outputs}", "utf-8")


def _stat(folder: Path, name: str) -> str:
    try:
        stat = (folder / name).stat()
    except OSError:
        return f"{name} missing"
    return f"{name} {stat.st_size} {stat.st_mtime_ns}"
