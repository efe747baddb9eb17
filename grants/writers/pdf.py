"""PDF by LibreOffice, and the page on which each heading stands.

LibreOffice takes seconds to start and milliseconds to convert: one call for many files, with a profile of its own, so
that an office that is open on somebody's screen is neither used nor disturbed.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from grants.errors import OutputError
from grants.writers.word.bookmarks import name_bookmark

SECONDS = 120
"""Longest start of LibreOffice, on a slow machine with a fresh profile."""
SECONDS_A_FILE = 60
_NO_WINDOW = 0x08000000 if sys.platform == "win32" else 0
_NAMES = ("soffice", "libreoffice")
_ELSEWHERE = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    "/snap/bin/libreoffice",
)
_FILTER = (
    'pdf:writer_pdf_Export:{"ExportBookmarks":{"type":"boolean","value":"true"},'
    '"ExportBookmarksToPDFDestination":{"type":"boolean","value":"true"}}'
)
"""For documents: the headings as an outline, and every bookmark of Word as a named place."""


@cache
def find_soffice() -> Path | None:
    """LibreOffice on this machine: on the path, or where Windows, macOS and Linux install it."""
    for name in _NAMES:
        if found := shutil.which(name):
            return Path(found)
    return next((place for place in _usual_places() if place.is_file()), None)


def _usual_places() -> Iterator[Path]:
    for variable in ("PROGRAMFILES", "PROGRAMFILES(X86)", "PROGRAMW6432"):
        if folder := os.environ.get(variable):
            yield Path(folder) / "LibreOffice" / "program" / "soffice.com"
            yield Path(folder) / "LibreOffice" / "program" / "soffice.exe"
    yield from map(Path, _ELSEWHERE)


@cache
def read_version() -> str:
    """LibreOffice 7.4.7.2: who made a PDF or counted pages. Raises OutputError where it is missing."""
    with tempfile.TemporaryDirectory(prefix="grants-office-", ignore_cleanup_errors=True) as profile:
        words = _call(["--version"], Path(profile), SECONDS).split()
    return " ".join(words[:2]) or "LibreOffice"


def convert_to_pdf(files: Sequence[Path], out_dir: Path) -> list[Path]:
    """A PDF of each document or workbook, in order, in that folder. Raises OutputError; then some may be missing.

    One call for all documents and one for all workbooks: the two are exported by different parts of LibreOffice, which
    starts sooner the second time, in the same profile.
    """
    out_dir.mkdir(parents=True, exist_ok=True)
    documents = [file for file in files if file.suffix.lower() != ".xlsx"]
    workbooks = [file for file in files if file.suffix.lower() == ".xlsx"]
    with tempfile.TemporaryDirectory(prefix="grants-office-", ignore_cleanup_errors=True) as profile:
        for kind, group in ((_FILTER, documents), ("pdf", workbooks)):
            if group:
                arguments = ["--convert-to", kind, "--outdir", str(out_dir), *map(str, group)]
                _call(arguments, Path(profile), SECONDS + SECONDS_A_FILE * len(group))
    made = [out_dir / f"{file.stem}.pdf" for file in files]
    missing = [file.name for file, pdf in zip(files, made, strict=True) if not pdf.is_file()]
    if missing:
        message = f"LibreOffice made no PDF of {', '.join(missing)}."
        raise OutputError(message, "Open the file in LibreOffice and see whether it can export it.", code="OUT-006")
    return made


def _call(arguments: Sequence[str], profile: Path, seconds: int) -> str:
    """What LibreOffice prints. Raises OutputError where it is missing, fails or takes too long."""
    soffice = find_soffice()
    if soffice is None:
        raise OutputError(
            "LibreOffice is not installed.", "Install it from libreoffice.org, or leave out --pdf.", code="OUT-006"
        )
    command = [str(soffice), f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", *arguments]
    try:
        done = subprocess.run(command, capture_output=True, timeout=seconds, check=False, creationflags=_NO_WINDOW)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise OutputError(
            f"LibreOffice did not finish within {seconds} seconds.", "Try again, with fewer projects.", code="OUT-006"
        ) from None
    except OSError as error:
        raise OutputError(
            f"LibreOffice could not be started ({error.strerror}).", f"Look at {soffice}.", code="OUT-006"
        ) from error
    if done.returncode:
        words = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise OutputError(
            f"LibreOffice failed: {words[-1] if words else done.returncode}", "Try again.", code="OUT-006"
        )
    return done.stdout.decode("utf-8", "replace")


def find_pages(pdf: bytes) -> dict[str, int]:
    """Bookmark of a heading -> the page it stands on, from 1."""
    from pypdf import PdfReader  # heavy, and only needed where pages are counted  # noqa: PLC0415

    reader = PdfReader(io.BytesIO(pdf))
    pages = {_read_name(name): _number(reader, place) for name, place in reader.named_destinations.items()}
    if not pages:  # LibreOffice before 7.4: no named places, but the headings in the same order
        pages = {name_bookmark(n): _number(reader, x) for n, x in enumerate(_flatten(reader.outline), 1)}
    return {name: page for name, page in pages.items() if page}


def _number(reader: Any, place: Any) -> int:
    number = reader.get_destination_page_number(place)
    return 0 if number is None else int(number) + 1


def _read_name(name: str) -> str:
    """_Toc00000001, which LibreOffice writes as /5FToc00000001."""
    return re.sub("/([0-9A-F]{2})", lambda match: chr(int(match[1], 16)), name)


def _flatten(outline: Any) -> Iterator[Any]:
    for entry in outline:
        if isinstance(entry, list):
            yield from _flatten(entry)
        else:
            yield entry
