"""A text file -> text in UTF-8, or a finding that says what the bytes look like."""

from __future__ import annotations

import codecs
import stat
from pathlib import Path

from grants.errors import Finding, Place

LARGEST = 2 * 1024 * 1024
"""Bytes. The largest narrative of a proposal has 50 thousand."""
COMMON_LETTERS = (
    ("cp1253", "Windows-1253 (Greek)", "αειοτσνηρπςάέήίόύώ"),
    ("cp1251", "Windows-1251 (Cyrillic)", "аеионтсрвклумдј"),
    ("cp1250", "Windows-1250 (Central European)", "čćšžđČĆŠŽĐáéíóöőúűęąłńśżź"),
)


def read_text(file: Path, name: str, largest: int = LARGEST) -> tuple[str | None, list[Finding]]:
    """The text of a file (a byte-order mark is dropped), or None with findings."""
    raw, findings = read_bytes(file, name, largest)
    return (None, findings) if raw is None else decode_text(raw, name)


def read_bytes(file: Path, name: str, largest: int = LARGEST) -> tuple[bytes | None, list[Finding]]:
    """What a file holds, or None with findings."""
    try:
        there = file.stat()
        if not (stat.S_ISREG(there.st_mode) or stat.S_ISDIR(there.st_mode)):  # a pipe would be waited for without end
            remedy = "Put an ordinary file in its place."
            return None, [Finding("FILE-004", Place(name), "The file cannot be read.", remedy, "no ordinary file")]
        if there.st_size > largest:
            message, remedy = (
                f"The file is larger than {largest:,} bytes.",
                "Split it, or check whether it is the right file.",
            )
            return None, [Finding("FILE-003", Place(name), message, remedy, f"{there.st_size:,} bytes")]
        return file.read_bytes(), []
    except FileNotFoundError:
        return None, [
            Finding(
                "FILE-001", Place(name), "The file is missing.", "Create it; `grants new` shows a complete example."
            )
        ]
    except OSError as error:
        return None, [
            Finding(
                "FILE-004",
                Place(name),
                "The file cannot be read.",
                "Close other programs; check its permissions.",
                error.strerror,
            )
        ]


def decode_text(raw: bytes, name: str) -> tuple[str | None, list[Finding]]:
    """The text of bytes in UTF-8 (a byte-order mark is dropped), or None with a finding."""
    try:
        return raw.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        return None, [_describe_encoding(raw, error.start, name)]


def _describe_encoding(raw: bytes, start: int, name: str) -> Finding:
    line = raw.count(b"\n", 0, start) + 1
    column = start - (raw.rfind(b"\n", 0, start) + 1) + 1
    guess = _guess(raw)
    found = f"byte 0x{raw[start]:02X}" + (f", as in {guess}" if guess else "")
    message, remedy = "The file is not UTF-8.", "Save it again as UTF-8 (in most editors: Save as, Encoding, UTF-8)."
    return Finding("FILE-002", Place(name, line, column), message, remedy, found)


def _guess(raw: bytes) -> str | None:
    """The encoding in which most letters beyond ASCII are common ones of its languages."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "UTF-16"
    best, name = 0.5, None
    for encoding, title, common in COMMON_LETTERS:
        try:
            beyond = [letter for letter in raw.decode(encoding) if letter > "\x7f"]
        except UnicodeDecodeError:
            continue
        share = sum(letter in common for letter in beyond) / max(len(beyond), 1)
        if share > best:
            best, name = share, title
    return name
