"""`grants verify FILE`: from what a document came, and whether it or its definition has changed since."""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grants.errors import UsageError, has_errors
from grants.services.clean_record import read_clean_record
from grants.services.inputs import OUT, list_inputs, list_records
from grants.services.manifest import hash_bytes, hash_files, read_manifest
from grants.services.workspace import PROJECT_FILE, find_projects

if TYPE_CHECKING:
    from grants.services.form_record import FormMade

PERIOD = "period"
FORMS = ("budget", "activities", PERIOD)
"""Workbooks that people fill in: a change is what they are for."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What is known of a document."""

    unchanged: bool
    """Byte for byte as it was made."""
    manifest: dict[str, Any] | None
    output: str | None
    """Its name in the manifest."""
    stamp: dict[str, str]
    """What the document says of itself: form, version, project, language, definition."""
    changed_inputs: list[str]
    """Files of the definition that are not what they were, where the project is at hand."""
    earlier: bool = False
    """Made by an earlier build, from another definition than the last build's."""
    form: FormMade | None = None
    """The form of a period that it is, as it left, where that is on record."""
    cleaned: bool = False
    """The copy that `grants outbox clean` made of that output, as it was made."""

    @property
    def is_form(self) -> bool:
        """Whether it says of itself that it is a workbook that people fill in, and send back."""
        return self.stamp.get("form") in FORMS


def verify_file(file: Path, here: Path) -> Origin:
    """The origin of a document. Raises UsageError where the file cannot be read."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise UsageError(f"{file} cannot be read ({error.strerror}).", "Check the name.") from error
    digest = hash_bytes(data)
    stamp = _read_stamp(data)
    folders = _list_folders(file, here)
    manifests = [(folder, manifest) for folder in folders if (manifest := read_manifest(folder)) is not None]
    for folder, manifest in manifests:
        for name, output in manifest["outputs"].items():
            if output.get("sha256") == digest:
                earlier = output.get("definition") != manifest.get("definition")
                return Origin(True, manifest, name, stamp, list_changes(folder, manifest), earlier)
        if name := _find_cleaned(folder, manifest, digest):
            return Origin(True, manifest, name, stamp, list_changes(folder, manifest), cleaned=True)
    if stamp.get("form") == PERIOD and (origin := _find_form(data, digest, stamp, folders)):
        return origin
    for folder, manifest in manifests:
        if stamp and manifest.get("project", {}).get("code") == stamp.get("project"):
            return Origin(
                False,
                manifest,
                file.name if file.name in manifest["outputs"] else None,
                stamp,
                list_changes(folder, manifest),
            )
    return Origin(False, None, None, stamp, [])


def _find_cleaned(folder: Path, manifest: dict[str, Any], digest: str) -> str | None:
    """The output of which a file is the clean copy."""
    for name, entry in read_clean_record(folder).items():
        if entry.get("sha256") == digest and manifest["outputs"].get(name, {}).get("sha256") == entry.get("of"):
            return name
    return None


def _find_form(data: bytes, digest: str, stamp: dict[str, str], folders: Iterable[Path]) -> Origin | None:
    """The form of a period that is on record: as it left, else by what its hidden sheet says."""
    from grants.readers.package_safety import check_package  # noqa: PLC0415  # these open workbooks
    from grants.services.form_record import hash_stamp, read_forms  # noqa: PLC0415

    made = [form for folder in folders for form in read_forms(folder)]
    if untouched := next((form for form in made if form.sha256 == digest), None):
        return Origin(True, None, None, stamp, [], form=untouched)
    said = hash_stamp(data) if made and not has_errors(check_package(data, "")) else None
    same = next((form for form in made if form.stamp == said), None) if said else None
    return Origin(False, None, None, stamp, [], form=same) if same else None


def _list_folders(file: Path, here: Path) -> list[Path]:
    """The folder of the file, then those of the documents of the workspace's projects."""
    folders = [file.resolve().parent]
    with contextlib.suppress(UsageError):  # no workspace here: what stands beside the file is all there is
        outs = [project / OUT for project in find_projects([], here)]
        folders += [folder for out in outs for folder in (out, *sorted(x for x in out.glob("*") if x.is_dir()))]
    return list(dict.fromkeys(folders))


def list_changes(out: Path, manifest: dict[str, Any]) -> list[str]:
    """Inputs that were changed, removed or added since the documents of a folder were made, where their definition
    stands above it.
    """
    project = next((x for x in (out.parent, out.parent.parent) if (x / PROJECT_FILE).is_file()), None)
    if project is None:
        return []
    about = manifest["project"]
    only = about["periods"].split() if "periods" in about else None
    inputs = [*list_inputs(project), *(list_records(project, only) if "report" in about else ())]
    now, then = hash_files(inputs, project, _read_end(about)), manifest.get("inputs", {})
    return sorted(name for name in now.keys() | then.keys() if now.get(name) != then.get(name))


def _read_end(about: dict[str, Any]) -> datetime.date | None:
    """The end of the report; None where there is none, or the manifest does not say it rightly."""
    with contextlib.suppress(KeyError, TypeError, ValueError):
        return datetime.date.fromisoformat(about["end"])
    return None


def _read_stamp(data: bytes) -> dict[str, str]:
    from grants.readers.stamp import read_stamp  # noqa: PLC0415  # opens the package

    return read_stamp(data)
