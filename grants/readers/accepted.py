"""`accepted.jsonl`: who accepted which file that came back, and what was taken of it; a line for each."""

from __future__ import annotations

import json
from collections.abc import Iterable
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
    names, rows = told.get("added", []), told.get("rows", [])
    return (
        _are_texts([told.get(x) for x in ("sha256", "when", "who")])
        and isinstance(names, list)
        and _are_texts(names)
        and isinstance(rows, list)
        and all(isinstance(row, dict) and _is_row(row) for row in rows)
    )


def _is_row(row: dict[str, Any]) -> bool:
    texts = row.get("texts")
    is_named = _are_texts([row.get("table"), row.get("row")]) and isinstance(row.get("at", 0), int)
    return is_named and isinstance(texts, dict) and _are_texts(texts.values())


def _are_texts(values: Iterable[object]) -> bool:
    return all(isinstance(value, str) for value in values)
