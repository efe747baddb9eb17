"""`out/forms.json`: the forms that were made, so that one that comes back is known again.

A form is made to be changed: its own hash says only that it is untouched. What stands in its hidden sheet stays the
same while people fill it in, and tells one form from another.
"""

from __future__ import annotations

import datetime
import json
from dataclasses import asdict, astuple, dataclass
from pathlib import Path

from grants.forms.stamp import Stamp, to_rows
from grants.readers.returned.book import open_book
from grants.services.inputs import OUT
from grants.services.manifest import hash_bytes

FORMS = "forms.json"


@dataclass(frozen=True, slots=True)
class FormMade:
    """A form of a period, as it left."""

    name: str
    project: str
    """Code."""
    period: str
    language: str
    made: str
    """The day, as 2008-07-01."""
    program: str
    definition: str
    """SHA-256 of the definition that it was made from."""
    sha256: str
    stamp: str
    """SHA-256 of what its hidden sheet says."""


def add_form(folder: Path, name: str, data: bytes, facts: dict[str, str], today: datetime.date) -> dict[Path, bytes]:
    """The record of a project's forms with one more, to be written together with it.

    The same form made again keeps the day on which it was made first.
    """
    made = FormMade(
        name=name,
        project=facts["project"],
        period=facts["period"],
        language=facts["language"],
        made=today.isoformat(),
        program=f"grants {facts['program']}",
        definition=facts["definition"],
        sha256=hash_bytes(data),
        stamp=hash_stamp(data) or "",
    )
    known = read_forms(folder / OUT)
    forms = known if any(form.sha256 == made.sha256 for form in known) else [*known, made]
    text = json.dumps([asdict(form) for form in forms], ensure_ascii=False, indent=2)
    return {folder / OUT / FORMS: (text + "\n").encode()}


def read_forms(out: Path) -> list[FormMade]:
    """The forms that were made in a folder; none where there is no record, or none that can be read."""
    try:
        forms = [FormMade(**form) for form in json.loads((out / FORMS).read_text("utf-8"))]
    except (OSError, ValueError, TypeError):
        return []
    return [form for form in forms if all(isinstance(said, str) for said in astuple(form))]


def hash_stamp(data: bytes) -> str | None:
    """SHA-256 of what the hidden sheet of a workbook says; None where it says nothing."""
    book = open_book(data)
    stamp = book.read_stamp() if book else None
    return digest_stamp(stamp) if stamp else None


def digest_stamp(stamp: Stamp) -> str:
    """SHA-256 of what a stamp says."""
    return hash_bytes(json.dumps(sorted(map(str, to_rows(stamp))), ensure_ascii=False).encode())
