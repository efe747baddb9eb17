"""`grants outbox clean`: copies of a report's files without what only says who made them, and what colleagues said.

The files of the report stay as they are.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from grants.readers.attachments import inspect_file
from grants.rules.privacy import list_own_names
from grants.services.clean_record import FOLDER, RECORD, read_clean_record
from grants.services.inputs import OUT
from grants.services.load import load_usable
from grants.services.manifest import hash_bytes
from grants.writers.files import write_whole
from grants.writers.office_cleaning import clean_office_file

_CLEANED = ("comment", "path", "property", "picture")


def read_clean_copy(report: Path, name: str, original: str) -> bytes | None:
    """The clean copy of a file whose hash is `original`; None where there is none of just that file."""
    try:
        data = (report / FOLDER / name).read_bytes()
    except OSError:
        return None
    return data if read_clean_record(report).get(name) == {"of": original, "sha256": hash_bytes(data)} else None


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A clean copy, and what it still holds."""

    file: Path
    left: tuple[str, ...]
    """Things of which only a person can say what is meant, such as tracked changes: what, in which part, by whom."""


def clean_report(folder: Path, period: str) -> list[Cleaned]:
    """Write clean copies into out/<period>/clean; drafts take them in place of the originals.
    The copies; a file that is clean, or cannot be looked into, has none. Raises UnusableError.
    """
    own = list_own_names(load_usable(folder).project)
    report = folder / OUT / period
    record: dict[str, dict[str, str]] = {}
    files: dict[Path, bytes] = {}
    for file in sorted(report.glob("[!.~]*")):
        if file.suffix.lower() not in (".docx", ".xlsx") or not file.is_file():
            continue
        original = file.read_bytes()
        cleaned = clean_office_file(original) if _needs_cleaning(file.name, original, own) else None
        if cleaned is not None and cleaned != original:
            files[report / FOLDER / file.name] = cleaned
            record[file.name] = {"of": hash_bytes(original), "sha256": hash_bytes(cleaned)}
    made = [Cleaned(file, _list_left(file.name, data)) for file, data in files.items()]
    if files:
        files[report / FOLDER / RECORD] = (json.dumps(record, indent=2, ensure_ascii=False) + "\n").encode()
        write_whole(files)
    return made


def _needs_cleaning(name: str, data: bytes, own: set[str]) -> bool:
    """Whether something is in it that may be taken out: a copy without need is one more file to compare."""
    found = inspect_file(name, data).found
    return any(f.kind in _CLEANED or (f.kind == "author" and f.what not in own) for f in found)


def _list_left(name: str, data: bytes) -> tuple[str, ...]:
    return tuple(f"{found.kind} ({found.place}: {found.what})" for found in inspect_file(name, data).found)
