"""`grants check`: every finding about a project; from the last check where nothing has changed since."""

from __future__ import annotations

import contextlib
import datetime
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from grants.errors import Finding, Place
from grants.services.inputs import OUT, describe_records_state, describe_state
from grants.services.workspace import find_templates

CACHE = ".checked.json"


def check_project(folder: Path) -> list[Finding]:
    """All findings about a project, in the order of its files."""
    today = datetime.date.today()  # deadlines come nearer without any change of a file
    state = f"{today}\n{describe_state(folder, find_templates(folder))}{describe_records_state(folder)}"
    kept = _read_kept(folder, state)
    if kept is not None:
        return kept
    from grants.services.records import check_everything  # heavy: Pydantic, YAML, Markdown  # noqa: PLC0415

    findings = check_everything(folder, today)
    _keep(folder, state, findings)
    return findings


def _read_kept(folder: Path, state: str) -> list[Finding] | None:
    try:
        kept = json.loads((folder / OUT / CACHE).read_text("utf-8"))
        if kept["state"] != state:
            return None
        return [_read_finding(finding) for finding in kept["findings"]]
    except (OSError, ValueError, KeyError, TypeError):
        return None  # no earlier check, or none that can be used


def _read_finding(data: dict[str, Any]) -> Finding:
    place = data.pop("place")
    place["path"] = tuple(place["path"])
    return Finding(place=Place(**place), **data)


def _keep(folder: Path, state: str, findings: list[Finding]) -> None:
    with contextlib.suppress(OSError, ValueError):  # a folder that cannot be written is only checked anew each time
        (folder / OUT).mkdir(exist_ok=True)
        kept = {"state": state, "findings": [asdict(finding) for finding in findings]}
        (folder / OUT / CACHE).write_text(json.dumps(kept, ensure_ascii=False), "utf-8")
