"""Products on their way to disk: one that somebody changed since it was made is put aside, never overwritten."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import count
from pathlib import Path

from grants.errors import Finding, Place
from grants.readers.stamp import read_stamp
from grants.services.manifest import hash_bytes
from grants.services.verify import FORMS
from grants.writers.files import write_whole

ASIDE = "changed"
"""Folder beside the products. Why a folder: what stands in it goes out by no wildcard of the outbox."""

_NOT_KNOWN = "Nothing says any more whether this file is as it was made"


def write_products(
    project: Path, products: Mapping[Path, bytes], records: Mapping[Path, bytes], known: Collection[str]
) -> list[Finding]:
    """Write products and the records of them, whole or not at all; what was put aside for them.

    `known` are the SHA-256 of products as they were made: any other file that stands where one goes is somebody's work.
    """
    aside: dict[Path, bytes] = {}
    findings = []
    for file, data in products.items():
        there = file.read_bytes() if file.is_file() else data
        if there != data and hash_bytes(there) not in known:
            place = _find_place(file, there)
            aside[place] = there
            what = "This file was changed after it was made" if known else _NOT_KNOWN
            findings.append(_say_aside(project, file, place, there, what))
    write_whole({**aside, **products, **records})
    return findings


def _find_place(file: Path, data: bytes) -> Path:
    """Where it is put aside: a name that is free, or that says the same already."""
    names = (f"{file.stem}{f'-{number}' if number > 1 else ''}{file.suffix}" for number in count(1))
    places = (file.parent / ASIDE / name for name in names)
    return next(place for place in places if not place.exists() or place.read_bytes() == data)


def _say_aside(project: Path, file: Path, place: Path, data: bytes, what: str) -> Finding:
    message = f"{what}; it was not overwritten, but put aside as {_name(place, project)}, and a new one took its place."
    if read_stamp(data).get("form") in FORMS:
        remedy = "`grants import` takes over what was typed into the one that was put aside."
    else:
        remedy = "Bring what is to stay into the texts and figures of the project, then make it again."
    return Finding("OUT-010", Place(_name(file, project)), message, remedy, severity="warning")


def _name(file: Path, project: Path) -> str:
    return file.relative_to(project).as_posix() if file.is_relative_to(project) else str(file)
