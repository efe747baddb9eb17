"""`grants outbox clean`: copies of a report's files without what only says who made them, and where."""

from __future__ import annotations

import json
from pathlib import Path

from grants.services.inputs import OUT
from grants.services.manifest import hash_bytes
from grants.writers.files import write_whole
from grants.writers.office_cleaning import clean_properties

FOLDER = "clean"
RECORD = "clean.json"


def read_clean_copy(report: Path, name: str, original: str) -> bytes | None:
    """The clean copy of a file whose hash is `original`; None where there is none of just that file."""
    try:
        entry = json.loads((report / FOLDER / RECORD).read_text("utf-8"))[name]
        data = (report / FOLDER / name).read_bytes()
        made = entry["of"] == original and entry["sha256"] == hash_bytes(data)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return data if made else None


def clean_report(folder: Path, period: str) -> list[Path]:
    """Write clean copies into out/<period>/clean; drafts take them in place of the originals. The copies written."""
    report = folder / OUT / period
    record: dict[str, dict[str, str]] = {}
    files: dict[Path, bytes] = {}
    for file in sorted(report.glob("[!.~]*")):
        if file.suffix.lower() not in (".docx", ".xlsx") or not file.is_file():
            continue
        original = file.read_bytes()
        cleaned = clean_properties(original)
        if cleaned is not None and cleaned != original:
            files[report / FOLDER / file.name] = cleaned
            record[file.name] = {"of": hash_bytes(original), "sha256": hash_bytes(cleaned)}
    if files:
        files[report / FOLDER / RECORD] = (json.dumps(record, indent=2, ensure_ascii=False) + "\n").encode()
        write_whole(files)
    return [file for file in files if file.name != RECORD]
