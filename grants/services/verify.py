"""`grants verify FILE`: from what a document came, and whether it or its definition has changed since."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grants.errors import UsageError
from grants.services.inputs import OUT, list_inputs, list_records
from grants.services.manifest import hash_bytes, hash_files, read_manifest
from grants.services.workspace import PROJECT_FILE, find_projects


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


def verify_file(file: Path, here: Path) -> Origin:
    """The origin of a document. Raises UsageError where the file cannot be read."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise UsageError(f"{file} cannot be read ({error.strerror}).", "Check the name.") from error
    digest = hash_bytes(data)
    stamp = _read_stamp(data)
    for folder, manifest in _find_manifests(file, here):
        for name, output in manifest["outputs"].items():
            if output.get("sha256") == digest:
                earlier = output.get("definition") != manifest.get("definition")
                return Origin(True, manifest, name, stamp, _list_changes(folder, manifest), earlier)
    for folder, manifest in _find_manifests(file, here):
        if stamp and manifest.get("project", {}).get("code") == stamp.get("project"):
            return Origin(
                False,
                manifest,
                file.name if file.name in manifest["outputs"] else None,
                stamp,
                _list_changes(folder, manifest),
            )
    return Origin(False, None, None, stamp, [])


def _find_manifests(file: Path, here: Path) -> list[tuple[Path, dict[str, Any]]]:
    """Manifests beside the file, then those of the workspace's projects."""
    folders = [file.resolve().parent]
    with contextlib.suppress(UsageError):  # no workspace here: the manifest beside the file is all there is
        outs = [project / OUT for project in find_projects([], here)]
        folders += [folder for out in outs for folder in (out, *sorted(x for x in out.glob("*") if x.is_dir()))]
    manifests = [(folder, read_manifest(folder)) for folder in dict.fromkeys(folders)]
    return [(folder, manifest) for folder, manifest in manifests if manifest is not None]


def _list_changes(out: Path, manifest: dict[str, Any]) -> list[str]:
    """Inputs that were changed, removed or added since, where the definition stands above the documents."""
    project = next((x for x in (out.parent, out.parent.parent) if (x / PROJECT_FILE).is_file()), None)
    if project is None:
        return []
    about = manifest["project"]
    only = about["periods"].split() if "periods" in about else None
    inputs = [*list_inputs(project), *(list_records(project, only) if "report" in about else ())]
    now, then = hash_files(inputs, project), manifest.get("inputs", {})
    return sorted(name for name in now.keys() | then.keys() if now.get(name) != then.get(name))


def _read_stamp(data: bytes) -> dict[str, str]:
    from grants.readers.stamp import read_stamp  # noqa: PLC0415  # opens the package

    return read_stamp(data)
