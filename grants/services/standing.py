"""Where a project stands on a day, worked out from all of its files."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

from grants.errors import Finding
from grants.ledger.accounts import list_implied
from grants.model.records import Records
from grants.services.load import Usable, load_project
from grants.services.records import Returned, load_records
from grants.views.status import Broken, ProjectStatus, view_status


def work_out_status(folder: Path, today: datetime.date) -> ProjectStatus | Broken:
    """A project's status; what is wrong with it is only counted."""
    loaded = load_project(folder)
    recorded = load_records(loaded, today)
    errors, warnings = _count([*loaded.findings, *recorded.findings])
    if loaded.usable is None or (recorded.returned is None and errors):
        return Broken(folder.name, errors)
    return _view(folder.name, loaded.usable, recorded.returned, (errors, warnings), today)


def _view(
    name: str, usable: Usable, returned: Returned | None, counts: tuple[int, int], today: datetime.date
) -> ProjectStatus:
    records = returned.records if returned else Records((), (), {})
    asked = list_implied(returned.accounts.values()).values() if returned else ()
    return view_status(name, usable.project, usable.donor, records, tuple(asked), counts, today)


def _count(findings: Sequence[Finding]) -> tuple[int, int]:
    return sum(x.severity == "error" for x in findings), sum(x.severity == "warning" for x in findings)
