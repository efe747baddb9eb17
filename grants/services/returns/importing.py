"""`grants import`: one file after the other is reviewed, decided, and written or sent back."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from grants.errors import Finding, UsageError
from grants.forms.changes import Change
from grants.readers.exports import read_import_map
from grants.services.collecting import collecting_later
from grants.services.returns.accept import Accepted, Drafted, draft_review, write_drafted
from grants.services.returns.again import ask_again
from grants.services.returns.ahead import check_ahead
from grants.services.returns.decide import Ask, Decided, Side, decide
from grants.services.returns.exports import review_export
from grants.services.returns.faults import list_faults, list_findings, read_fault_labels, write_correction
from grants.services.returns.most import refuse_too_many
from grants.services.returns.review import Review, review_workbook
from grants.writers.files import write_whole

_TEXTS = (".csv", ".txt", ".tsv")
_MARKED = re.compile(r"\.please-correct(-\d+)?$")


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A file, and what is said of it."""

    review: Review | None
    findings: tuple[Finding, ...]
    """Why there is no review; else what has to be corrected, and what is worth knowing."""


def review_file(
    file: Path, folders: Sequence[Path], period: str | None, mapping: str | None, today: datetime.date | None = None
) -> Reviewed:
    """Review a workbook of ours, or an export that a mapping of the project fits. Nothing is written.

    `today` is the day from which the checks look at what it brings; today if left out.
    """
    with collecting_later():
        review, findings = _compare_file(file, folders, period, mapping)
        if review is None:
            return Reviewed(None, tuple(findings))
        review = check_ahead(refuse_too_many(ask_again(review)), today or datetime.date.today())
        faults = list_faults(review)
        found = list_findings(faults, file.name, read_fault_labels(review)) if faults else []
        return Reviewed(review, (*findings, *review.findings, *found))


def _compare_file(
    file: Path, folders: Sequence[Path], period: str | None, mapping: str | None
) -> tuple[Review | None, list[Finding]]:
    name = file.name
    if file.suffix.lower() in _TEXTS or mapping:
        review, findings = review_export(file, name, _choose(folders, name), period, mapping)
    else:
        review, findings = review_workbook(file, name, folders, period)
        if review is None and _may_be_export(findings, folders):
            review, findings = review_export(file, name, folders[0], period, mapping)
    return review, findings


def _choose(folders: Sequence[Path], name: str) -> Path:
    if len(folders) != 1:
        raise UsageError(f"{name} does not say which project it is of.", "Name the project with --project.")
    return folders[0]


def _may_be_export(findings: Sequence[Finding], folders: Sequence[Path]) -> bool:
    """Whether a workbook is none of ours, and the project knows exports."""
    if len(folders) != 1 or [x.code for x in findings if x.severity == "error"] != ["RET-001"]:
        return False
    import_map, _ = read_import_map(folders[0])
    return bool(import_map and import_map.exports)


def decide_review(review: Review, side: Side | None, ask: Ask | None, between: Sequence[Change] = ()) -> Decided:
    """What would be written; `between` stands what another file of the same command says otherwise."""
    return decide(review.changes, side, ask, between)


def draft(review: Review, decided: Decided, who: str, when: datetime.datetime) -> Drafted:
    """What would be written of a file as it was decided."""
    return draft_review(review, decided, who, when)


def write(drafts: Sequence[Drafted]) -> list[Accepted]:
    """Write what the files of a command bring, all of it or nothing."""
    return write_drafted(drafts)


def accept(review: Review, decided: Decided, who: str, when: datetime.datetime) -> Accepted:
    """Write what was decided of one file, whole or not at all."""
    return write_drafted([draft_review(review, decided, who, when)])[0]


@dataclass(frozen=True, slots=True)
class Correction:
    """The copy of a workbook with its faults marked, and others of that name that stand: somebody may have typed into
    them.
    """

    file: Path
    standing: tuple[Path, ...]


def correct(review: Review) -> Correction:
    """Write a copy of the workbook with its faults marked, beside it; never over a file that says anything else."""
    data, standing = write_correction(review), []
    stem = _MARKED.sub("", review.file.stem)
    for number in count(1):
        file = review.file.with_name(f"{stem}.please-correct{f'-{number}' if number > 1 else ''}.xlsx")
        if not file.exists() or file.read_bytes() == data:
            break
        standing.append(file)
    write_whole({file: data})
    return Correction(file, tuple(standing))
