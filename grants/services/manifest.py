"""`manifest.json`: from what the documents were made, with SHA-256 of every file; and the state of the last build."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import grants

MANIFEST = "manifest.json"
LIBRARIES = ("docxtpl", "jinja2", "markdown-it-py", "babel", "xlsxwriter")
"""Libraries whose version can change a document's bytes."""


def hash_bytes(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def hash_files(files: Iterable[Path], root: Path) -> dict[str, str]:
    """Name relative to a folder (with forward slashes) -> SHA-256."""
    return {file.relative_to(root).as_posix(): hash_bytes(file.read_bytes()) for file in files}


def hash_definition(inputs: Mapping[str, str]) -> str:
    """One hash for a whole definition: of the names and hashes of its files."""
    return hash_bytes("".join(f"{name} {digest}\n" for name, digest in sorted(inputs.items())).encode())


def describe_build(
    project: Mapping[str, str],
    inputs: Mapping[str, str],
    pack: Mapping[str, str],
    outputs: Mapping[str, bytes],
    pages: str,
) -> bytes:
    """The manifest as JSON in UTF-8. `pages` says who counted the page numbers of the contents table."""
    data: dict[str, Any] = {
        "program": f"grants {grants.__version__}",
        "libraries": {name: version(name) for name in LIBRARIES},
        "page_numbers": pages,
        "project": dict(project),
        "definition": hash_definition(inputs),
        "inputs": dict(inputs),
        "donor_pack": dict(pack),
        "outputs": {name: {"sha256": hash_bytes(data), "bytes": len(data)} for name, data in sorted(outputs.items())},
    }
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """The manifest of a folder of documents, or None where there is none that can be read."""
    try:
        data = json.loads((folder / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return data if isinstance(data, dict) and isinstance(data.get("outputs"), dict) else None
