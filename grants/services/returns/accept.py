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
from grants.services.form_record import digest_stamp
from grants.services.inputs import OUT
from grants.services.returns.activity_edits import edit_activities
from grants.services.returns.budget_edits import edit_budget
from grants.services.returns.checked import check_draft, lay_out
from grants.services.returns.decide import Decided
from grants.services.returns.draft import Draft
from grants.services.returns.journal import describe_rows, find_journal, hash_words
from grants.services.returns.making import describe_files
from grants.services.returns.period_edits import edit_earlier, edit_period
from grants.services.returns.review import Review
from grants.writers.files import write_whole
from grants.writers.lock import LockError, hold_lock

LOCK = ".importing.sqlite"
WAIT = 30
"""Seconds that a process waits for another to have written what it accepted."""


@dataclass(frozen=True, slots=True)
class Drafted:
    """A file that was decided: what it would write, and the line that says who accepted it; nothing is written yet."""

    review: Review
    files: Mapping[Path, bytes]
    when: datetime.datetime
    line: bytes
    """Of the journal."""

    @property
    def folder(self) -> Path:
        """Of the project."""
        return self.review.recognised.grounds.folder

    @property
    def is_news(self) -> bool:
        """Whether there is something to be written: also that a period came back without a cost."""
        return bool(self.files) or self.review.settles

    @property
    def journal(self) -> Path:
        """Where the line goes."""
        return find_journal(self.folder, self.review.recognised.period)


@dataclass(frozen=True, slots=True)
class Accepted:
    """What was written, and what the checks say of it that they did not say before."""

    files: tuple[Path, ...]
    findings: tuple[Finding, ...]


def draft_review(review: Review, decided: Decided, who: str, when: datetime.datetime) -> Drafted:
    """What would be written of a file as it was decided."""
    names = list_names(decided.taken)
    line: dict[str, object] = {
        "when": when.isoformat(timespec="seconds"),
        "who": who,
        "file": review.file.name,
        "sha256": review.sha256,
        "form": review.recognised.form.key,
        "changes": count(decided),
    }
    if names:
        line["added"] = [hash_words(review.sha256, name) for name in names]
    if review.form:
        line |= {"stamp": digest_stamp(review.form), "rows": describe_rows(decided.taken, review.sha256)}
    data = (json.dumps(line, ensure_ascii=False) + "\n").encode()
    return Drafted(review, draft_files(review, decided.taken), when, data)


def draft_files(review: Review, changes: Sequence[Change]) -> dict[Path, bytes]:
    """The files that are another than before, as they would be with these changes."""
    grounds = review.recognised.grounds
    draft = Draft(grounds.folder, grounds.usable.project, review.recognised.language, drafted=review.drafted)
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


def write_drafted(drafts: Sequence[Drafted]) -> list[Accepted]:
    """Write what the files of a command bring, all of it or nothing, after the project was checked with it in place;
    each as it was reviewed, with those before it. Raises UnusableError, and writes nothing, where the project would be
    unusable by it.
    """
    changing = [x for x in drafts if x.is_news]
    with contextlib.ExitStack() as stack:
        for folder in sorted({x.folder for x in changing}):
            stack.enter_context(_alone(folder))
        _require_unchanged(changing)
        findings = [_check(x) if x.files else () for x in drafts]
        _require_unchanged(changing)  # the check takes its time, and an editor knows no lock
        files: dict[Path, bytes] = {}
        for one in changing:
            before = one.journal.read_bytes() if one.journal.exists() else b""
            before += b"" if before.endswith(b"\n") or not before else b"\n"  # an editor may have taken the last end
            files |= {**one.files, one.journal: files.get(one.journal, before) + one.line}
        if files:
            write_whole(files)
    return [
        Accepted((*x.files, x.journal) if x.is_news else (), found) for x, found in zip(drafts, findings, strict=True)
    ]


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


def _require_unchanged(drafts: Iterable[Drafted]) -> None:
    for x in drafts:
        if describe_files(x.folder) != x.review.recognised.grounds.state:
            message = f"{x.folder.name} was changed while this file was reviewed; nothing was written."
            raise UnusableError(message, "Import the file again: it is then compared with what is there now.")


def _check(draft: Drafted) -> tuple[Finding, ...]:
    """What the checks say that they do not say now; the review knows it where the very same files were drafted."""
    grounds, checked = draft.review.recognised.grounds, draft.review.checked
    if checked is None or checked.files != draft.files:
        files = {**draft.review.drafted, **draft.files}
        with lay_out(grounds, files) as folder:
            checked = check_draft(grounds, files, folder, draft.when.date())
    if checked.unusable:
        message = "With these changes the project could not be read; nothing was written."
        raise UnusableError(message, "Correct the cells that they come from, or decide otherwise.", checked.findings)
    return checked.findings
