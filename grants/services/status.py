"""`grants status`: where every project stands on a day; from memory where nothing has changed since."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from grants.services.memory import describe_day, keep, read_kept
from grants.views.status import Broken, ProjectStatus
from grants.writers.files import write_whole

CACHE = ".status.json"
_KINDS: dict[str, TypeAdapter[Any]] = {"status": TypeAdapter(ProjectStatus), "broken": TypeAdapter(Broken)}


def find_status(folder: Path, today: datetime.date) -> ProjectStatus | Broken:
    """A project's status; what is wrong with it is only counted."""
    state = describe_day(folder, today)
    kept = _read_status(read_kept(folder, CACHE, state))
    if kept is not None:
        return kept
    from grants.services.standing import work_out_status  # heavy: YAML, Markdown  # noqa: PLC0415

    status = work_out_status(folder, today)
    kind = "broken" if isinstance(status, Broken) else "status"
    keep(folder, CACHE, state, {kind: _KINDS[kind].dump_python(status, mode="json")})
    return status


def write_status_page(file: Path, statuses: Sequence[ProjectStatus | Broken], today: datetime.date) -> None:
    """Write the page of all projects; it needs no network."""
    from grants.writers.web import write_status_page as make_page  # noqa: PLC0415  # only for who wants the page

    write_whole({file: make_page(statuses, today)})


def _read_status(kept: Any) -> ProjectStatus | Broken | None:
    """What was kept; None where that is nothing, or nothing that can be used."""
    try:
        ((kind, said),) = kept.items()
        status: ProjectStatus | Broken = _KINDS[kind].validate_python(said)
    except (ValueError, KeyError, AttributeError, ValidationError):
        return None
    return status
