"""`accepted.jsonl`: who accepted which file that came back, and what was taken of it; a line for each."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

ACCEPTED = "accepted.jsonl"


def read_accepted(folder: Path) -> list[dict[str, Any]]:
    """What was accepted before in a folder, of a period or of the project; the last at the end."""
    try:
        lines = (folder / ACCEPTED).read_text("utf-8").splitlines()
    except (OSError, ValueError):
        return []
    return [told for line in lines if (told := _read_line(line)) is not None]


def _read_line(line: str) -> dict[str, Any] | None:
    """What was accepted; nothing where somebody wrote into the line, or git its marks of a conflict."""
    try:
        told = json.loads(line)
    except ValueError:
        return None
    is_whole = isinstance(told, dict) and all(isinstance(told.get(x), str) for x in ("sha256", "when", "who"))
    return told if is_whole else None
