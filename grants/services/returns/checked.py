"""A project as it would be: laid out beside the real one, and checked as `grants check` would."""

from __future__ import annotations

import datetime
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from grants.errors import Finding, has_errors
from grants.services.inputs import OUT, OUTBOX
from grants.services.load import load_project, sort_findings
from grants.services.records import load_records
from grants.services.returns.making import Grounds


@dataclass(frozen=True, slots=True)
class Checked:
    """What the checks say of a draft that they do not say of the project as it stands."""

    files: Mapping[Path, bytes]
    """The draft: what would be written."""
    findings: tuple[Finding, ...]
    """Their places are those of the draft."""
    unusable: bool = False
    """Whether the project could not be read any more: then the findings say why, and no rule was applied."""


@contextmanager
def lay_out(grounds: Grounds, files: Mapping[Path, bytes]) -> Iterator[Path]:
    """The folder of a copy of the project with the draft's files in place; it is gone afterwards."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "projects" / grounds.folder.name
        _copy(grounds.folder, folder, OUT, OUTBOX, ".*", "~*")
        _copy(grounds.loaded.templates, Path(place) / "templates", "*.docx", "*.xlsx", ".*")
        for file, data in files.items():
            target = folder / file.relative_to(grounds.folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        yield folder


def _copy(source: Path, target: Path, *without: str) -> None:
    """A folder without what has some names, nor links to folders, nor what is no file. Why not copytree: what is
    read-only would be so in the copy as well.
    """
    target.mkdir(parents=True)
    names = [x.name for x in source.iterdir()]
    for name in set(names) - shutil.ignore_patterns(*without)(str(source), names):
        there = source / name
        if there.is_file():
            shutil.copyfile(there, target / name)
        elif there.is_dir() and not there.is_symlink():
            _copy(there, target / name, *without)


def check_draft(grounds: Grounds, files: Mapping[Path, bytes], folder: Path, today: datetime.date) -> Checked:
    """Check what was laid out in a folder."""
    loaded = load_project(folder)
    records = load_records(loaded, today)
    after = sort_findings([*loaded.findings, *records.findings])
    new = list_new(_list_standing(grounds, today), after) if after else []
    unusable = loaded.usable is None or not records.readable
    if unusable:
        new = [x for x in new if x.severity == "error"] or [x for x in after if x.severity == "error"]
    return Checked(files, tuple(new), unusable and has_errors(new))


@lru_cache(maxsize=8)
def _list_standing(grounds: Grounds, today: datetime.date) -> Sequence[Finding]:
    """What is found in the project as it stands; it is asked for with every try and every file."""
    return (*grounds.loaded.findings, *load_records(grounds.loaded, today).findings)


def list_new(before: Sequence[Finding], after: Sequence[Finding]) -> list[Finding]:
    """The findings that were not there before; of those that say the same the last, as a list grows at its end."""
    known = Counter((x.code, x.message) for x in before)
    new = []
    for finding in after:
        key = finding.code, finding.message
        if known[key]:
            known[key] -= 1
        else:
            new.append(finding)
    return new
