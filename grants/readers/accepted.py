"""`accepted.jsonl`: who accepted which file that came back, and what was taken of it; a line for each."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

ACCEPTED = "accepted.jsonl"


def read_accepted(folder: Path) -> list[dict[str, Any]]:
    """What was accepted before in a folder, of a period or of the project; the last at the end."""
    try:
        lines = (folder / ACCEPTED).read_text("utf-8", "replace").split("\n")  # other ends of lines may stand in a text
    except OSError:
        return []
    return [told for line in lines if (told := _read_line(line)) is not None]


def _read_line(line: str) -> dict[str, Any] | None:
    """What was accepted; nothing where somebody wrote into the line, or git its marks of a conflict."""
    try:
        told = json.loads(line)
    except ValueError:
        return None
    return told if isinstance(told, dict) and _is_whole(told) else None


def _is_whole(told: dict[str, Any]) -> bool:
    """Whether it says who accepted what, and names the rows that were added, if it names any."""
    names = told.get("added", [])
    said = [*(told.get(x) for x in ("sha256", "when", "who")), *(names if isinstance(names, list) else [names])]
    return all(isinstance(x, str) for x in said) and isinstance(names, list)
