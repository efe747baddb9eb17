"""What was decided is written: checked as a whole first, all files or none, with a line that says who accepted what."""

from __future__ import annotations

import datetime
import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from grants.errors import Finding, UnusableError, has_errors
from grants.forms import ACTIVITIES, BUDGET
from grants.forms.changes import Change
from grants.readers.records import PERIODS, read_records
from grants.services.form import find_period
from grants.services.inputs import OUT
from grants.services.load import load_project
from grants.services.records import check_everything
from grants.services.returns.activity_edits import edit_activities
from grants.services.returns.budget_edits import edit_budget
from grants.services.returns.decide import Decided
from grants.services.returns.draft import Draft
from grants.services.returns.making import Grounds, list_new
from grants.services.returns.period_edits import edit_earlier, edit_period
from grants.services.returns.review import Review
from grants.writers.files import write_whole

ACCEPTED = "accepted.jsonl"


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Who accepted a file, and when."""

    who: str
    when: datetime.datetime
    file: str
    sha256: str
    form: str
    period: str | None = None


@dataclass(frozen=True, slots=True)
class Accepted:
    """What was written, and what the checks say of it that they did not say before."""

    files: tuple[Path, ...]
    findings: tuple[Finding, ...]


def accept_review(review: Review, decided: Decided, who: str, when: datetime.datetime) -> Accepted:
    """Write what was decided. Raises UnusableError, and writes nothing, where the project would be unusable by it."""
    grounds = review.recognised.grounds
    draft = Draft(grounds.folder, grounds.usable.project, review.recognised.language)
    _edit(draft, decided.taken, review)
    form, period = review.recognised.form.key, review.recognised.period
    acceptance = Acceptance(who, when, review.file.name, review.sha256, form, period)
    return write_accepted(grounds, draft.finish(), acceptance, count(decided))


def _edit(draft: Draft, changes: Sequence[Change], review: Review) -> None:
    grounds, period = review.recognised.grounds, review.recognised.period
    if review.recognised.form is BUDGET:
        edit_budget(draft, changes, review.expected)
    elif review.recognised.form is ACTIVITIES:
        edit_activities(draft, changes, review.expected)
    elif period:
        records = grounds.records.of(find_period(grounds.usable.project, period))
        rows = grounds.files.rows.get((PERIODS, period, "expenditures"), ())
        edit_period(draft, changes, review.expected, records, rows)
        edit_earlier(draft, changes, grounds.records, grounds.files)


def count(decided: Decided) -> dict[str, int]:
    """How many changes of each kind were taken, and how many were refused."""
    counts = Counter(change.kind for change in decided.taken)
    return {**dict(sorted(counts.items())), "refused": len(decided.refused)}


def write_accepted(
    grounds: Grounds, files: Mapping[Path, bytes], acceptance: Acceptance, counts: Mapping[str, int]
) -> Accepted:
    """Write files and the line that records their acceptance, after the project was read with them in place."""
    if not files:
        return Accepted((), ())
    findings = check_draft(grounds, files, acceptance.when.date())
    journal = grounds.folder / (f"{PERIODS}/{acceptance.period}" if acceptance.period else "") / ACCEPTED
    before = journal.read_bytes() if journal.exists() else b""
    write_whole({**files, journal: before + _say(acceptance, counts)})
    return Accepted((*files, journal), tuple(findings))


def _say(acceptance: Acceptance, counts: Mapping[str, int]) -> bytes:
    line = {
        "when": acceptance.when.isoformat(timespec="seconds"),
        "who": acceptance.who,
        "file": acceptance.file,
        "sha256": acceptance.sha256,
        "form": acceptance.form,
        "changes": dict(counts),
    }
    return (json.dumps(line, ensure_ascii=False) + "\n").encode()


def check_draft(grounds: Grounds, files: Mapping[Path, bytes], today: datetime.date) -> list[Finding]:
    """What the checks would say that they do not say now. Raises UnusableError where the files could not be read."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "projects" / grounds.folder.name
        shutil.copytree(grounds.folder, folder, ignore=shutil.ignore_patterns(OUT, ".*", "~*"))
        packs = grounds.loaded.templates
        shutil.copytree(packs, Path(place) / "templates", ignore=shutil.ignore_patterns("*.docx", "*.xlsx", ".*"))
        for file, data in files.items():
            target = folder / file.relative_to(grounds.folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        loaded = load_project(folder)
        faults = loaded.findings if loaded.usable is None else []
        if loaded.project is not None and not faults:
            records, _, found = read_records(folder, loaded.project)
            faults = found if records is None else []
        if has_errors(faults):
            message = "With these changes the project could not be read; nothing was written."
            raise UnusableError(message, "Correct the cells that they come from, or decide otherwise.", faults)
        after = check_everything(folder, today)
    return list_new(check_everything(grounds.folder, today), after)
