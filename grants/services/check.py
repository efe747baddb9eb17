"""`grants check`: every finding about a project; from the last check where nothing has changed since."""

from __future__ import annotations

import datetime
from dataclasses import asdict
from pathlib import Path
from typing import Any

from grants.errors import Finding, Place
from grants.services.collecting import collecting_later
from grants.services.memory import describe_day, keep, read_kept
from grants.services.same_code import check_code

CACHE = ".checked.json"


def check_project(folder: Path) -> list[Finding]:
    """All findings about a project, in the order of its files; last, that another one of the workspace has its code."""
    return [*_check_alone(folder), *check_code(folder)]


def _check_alone(folder: Path) -> list[Finding]:
    today = datetime.date.today()
    state = describe_day(folder, today)
    kept = _read_findings(read_kept(folder, CACHE, state))
    if kept is not None:
        return kept
    with collecting_later():
        from grants.services.records import check_everything  # heavy: Pydantic, YAML, Markdown  # noqa: PLC0415

        findings = check_everything(folder, today)
    keep(folder, CACHE, state, [asdict(finding) for finding in findings])
    return findings


def _read_findings(kept: Any) -> list[Finding] | None:
    try:
        return [_read_finding(finding) for finding in kept]
    except (KeyError, TypeError):
        return None  # no earlier check, or none that can be used


def _read_finding(data: dict[str, Any]) -> Finding:
    place = data.pop("place")
    place["path"] = tuple(place["path"])
    return Finding(place=Place(**place), **data)
