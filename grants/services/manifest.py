"""`manifest.json`: from what the documents were made, with SHA-256 of every file; and the state of the last build."""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import json
import zlib
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import grants
from grants.services.later_payments import COSTS, take_out_payments

MANIFEST = "manifest.json"
LIBRARIES = ("docxtpl", "python-docx", "lxml", "jinja2", "markdown-it-py", "babel", "xlsxwriter")
"""Libraries whose version can change a document's bytes."""


def hash_bytes(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def hash_files(files: Iterable[Path], root: Path, until: datetime.date | None = None) -> dict[str, str]:
    """Name relative to a folder (with forward slashes) -> SHA-256.

    `until` is the end of a report: payments that came later change nothing of it, so they are left out of its costs.
    """
    return {file.relative_to(root).as_posix(): hash_bytes(_read(file, until)) for file in files}


def _read(file: Path, until: datetime.date | None) -> bytes:
    data = file.read_bytes()
    return data if until is None or file.name != COSTS else take_out_payments(data, until)


def hash_definition(inputs: Mapping[str, str]) -> str:
    """One hash for a whole definition: of the names and hashes of its files."""
    return hash_bytes("".join(f"{name} {digest}\n" for name, digest in sorted(inputs.items())).encode())


def describe_build(
    project: Mapping[str, str],
    inputs: Mapping[str, str],
    pack: Mapping[str, str],
    outputs: Mapping[str, bytes],
    pages: str,
    folder: Path,
) -> bytes:
    """The manifest as JSON in UTF-8. `pages` says who counted the page numbers of the contents table.

    Documents of earlier builds that still stand in the folder as they were made keep their entries.
    """
    definition = hash_definition(inputs)
    entries = {
        name: {"sha256": hash_bytes(data), "bytes": len(data), "definition": definition}
        for name, data in outputs.items()
    }
    entries = {**_list_standing(folder), **entries}
    data: dict[str, Any] = {
        "program": f"grants {grants.__version__}",
        "libraries": {name: version(name) for name in LIBRARIES} | {"zlib": zlib.ZLIB_RUNTIME_VERSION},
        "page_numbers": pages,
        "project": dict(project),
        "definition": definition,
        "inputs": dict(sorted(inputs.items())),
        "donor_pack": dict(sorted(pack.items())),
        "outputs": dict(sorted(entries.items())),
    }
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def _list_standing(folder: Path) -> dict[str, Any]:
    """Entries of the folder's manifest whose file is still the one that was made."""
    standing = {}
    for name, entry in ((read_manifest(folder) or {}).get("outputs", {})).items():
        with contextlib.suppress(OSError, ValueError):
            if Path(name).name == name and hash_bytes((folder / name).read_bytes()) == entry.get("sha256"):
                standing[name] = entry
    return standing


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """The manifest of a folder of documents, or None where there is none that can be read."""
    try:
        data = json.loads((folder / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return data if _is_manifest(data) else None


def _is_manifest(data: Any) -> bool:
    """Whether it has the parts that are read; a damaged one is none."""
    if not (isinstance(data, dict) and isinstance(data.get("program"), str)):
        return False
    mappings = [data.get(name) for name in ("project", "inputs", "outputs")]
    return all(isinstance(part, dict) for part in mappings) and all(
        isinstance(output, dict) and isinstance(output.get("sha256", ""), str) for output in data["outputs"].values()
    )
