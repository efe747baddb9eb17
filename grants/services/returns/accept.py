"""What was decided is written: checked as a whole first, all files or none, with a line that says who accepted what."""

from __future__ import annotations

import contextlib
import datetime
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from grants.errors import Finding, UnusableError
from grants.forms import ACTIVITIES, BUDGET
from grants.forms.changes import ADDED, Change
from grants.forms.row_names import PAIRS
from grants.readers.records import PERIODS
from grants.services.form import find_period
from grants.services.inputs import OUT
from grants.services.returns.activity_edits import edit_activities
from grants.services.returns.budget_edits import edit_budget
from grants.services.returns.checked import check_draft, lay_out
from grants.services.returns.decide import Decided
from grants.services.returns.draft import Draft
from grants.services.returns.making import Grounds, describe_files
from grants.services.returns.period_edits import edit_earlier, edit_period
from grants.services.returns.review import Review
from grants.writers.files import write_whole
from grants.writers.lock import LockError, hold_lock

ACCEPTED = "accepted.jsonl"
LOCK = ".importing.sqlite"
WAIT = 30
"""Seconds that a process waits for another to have written what it accepted."""


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
    form, period = review.recognised.form.key, review.recognised.period
    acceptance = Acceptance(who, when, review.file.name, review.sha256, form, period)
    names = list_names(decided.taken)
    record: dict[str, object] = {"changes": count(decided), **({"added": names} if names else {})}
    return write_accepted(review, draft_files(review, decided.taken), acceptance, record)


def draft_files(review: Review, changes: Sequence[Change]) -> dict[Path, bytes]:
    """The files that are another than before, as they would be with these changes."""
    grounds = review.recognised.grounds
    draft = Draft(grounds.folder, grounds.usable.project, review.recognised.language)
    _edit(draft, changes, review)
    return draft.finish()


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


def list_names(changes: Iterable[Change]) -> list[str]:
    """What names the rows that are added and have no code: `expenditures SAM V9 2.1`."""
    names = []
    for x in changes:
        columns = PAIRS.get(x.table, ((),))[0][:3]
        if x.kind in ADDED and any(x.texts.get(column) for column in columns):
            names.append(" ".join([x.table, *(x.texts.get(column, "") for column in columns)]))
    return names


def write_accepted(
    review: Review, files: Mapping[Path, bytes], acceptance: Acceptance, record: Mapping[str, object]
) -> Accepted:
    """Write files and the line that records their acceptance, after the project was checked with them in place."""
    if not files:
        return Accepted((), ())
    grounds = review.recognised.grounds
    journal = grounds.folder / (f"{PERIODS}/{acceptance.period}" if acceptance.period else "") / ACCEPTED
    with _alone(grounds.folder):
        _require_unchanged(grounds)
        findings = _check(review, files, acceptance.when.date())
        before = journal.read_bytes() if journal.exists() else b""
        _require_unchanged(grounds)  # the check takes its time, and an editor knows no lock
        write_whole({**files, journal: before + _say(acceptance, record)})
    return Accepted((*files, journal), findings)


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """As the only process that imports into this project: another one waits, and then finds what was written."""
    message = f"Another process is importing into {folder.name}; nothing was written."
    taken = UnusableError(message, "Wait until it has ended, then import the file again.")
    with contextlib.ExitStack() as stack:
        try:
            (folder / OUT).mkdir(exist_ok=True)
            stack.enter_context(hold_lock(folder / OUT / LOCK, taken, WAIT))
        except (LockError, OSError) as error:
            message = f"You may not write into {folder / OUT}; nothing was written."
            raise UnusableError(message, "Check the folder's permissions, and try again.") from error
        yield


def _require_unchanged(grounds: Grounds) -> None:
    if describe_files(grounds.folder) != grounds.state:
        message = f"{grounds.folder.name} was changed while this file was reviewed; nothing was written."
        raise UnusableError(message, "Import the file again: it is then compared with what is there now.")


def _check(review: Review, files: Mapping[Path, bytes], today: datetime.date) -> tuple[Finding, ...]:
    """What the checks say that they do not say now; the review knows it where the very same files were drafted."""
    checked = review.checked
    if checked is None or checked.files != files:
        with lay_out(review.recognised.grounds, files) as folder:
            checked = check_draft(review.recognised.grounds, files, folder, today)
    if checked.unusable:
        message = "With these changes the project could not be read; nothing was written."
        raise UnusableError(message, "Correct the cells that they come from, or decide otherwise.", checked.findings)
    return checked.findings


def _say(acceptance: Acceptance, record: Mapping[str, object]) -> bytes:
    line = {
        "when": acceptance.when.isoformat(timespec="seconds"),
        "who": acceptance.who,
        "file": acceptance.file,
        "sha256": acceptance.sha256,
        "form": acceptance.form,
        **record,
    }
    return (json.dumps(line, ensure_ascii=False) + "\n").encode()
