"""What a photograph tells beside what it shows: who took it, when, with which camera, and where.

JPEG: the segments before the picture itself (Exif, XMP, IPTC, comments). PNG: the chunks for texts and Exif. Of other
kinds nothing is known here.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

_NAMES = {
    0x010E: "description",
    0x010F: "camera",
    0x0110: "camera",
    0x0132: "time",
    0x013B: "author",
    0x8298: "copyright",
    0x8769: "exposure",
    0x8825: "place (GPS)",
    0x9C9B: "title",
    0x9C9C: "comment",
    0x9C9D: "author",
    0x9C9E: "keywords",
    0x9C9F: "subject",
}
_ORIENTATION = 0x0112
_JPEG, _PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
_EXIF = b"Exif\x00\x00"
_TOLD_IN_PNG = {b"eXIf": "Exif", b"tEXt": "text", b"zTXt": "text", b"iTXt": "text"}


def is_read(data: bytes) -> bool:
    """Whether it is a picture of a kind that is known here."""
    return data.startswith((_JPEG, _PNG))


def list_picture_facts(data: bytes) -> tuple[str, ...]:
    """Kinds of things that a picture tells, such as "place (GPS)"; none where it only shows."""
    facts: list[str] = []
    if data.startswith(_JPEG):
        for marker, body in _split_jpeg(data)[0]:
            facts += _list_told(marker, body)
    elif data.startswith(_PNG):
        for kind, body in _split_png(data):
            if kind in _TOLD_IN_PNG and not body.startswith(b"Software\x00"):
                facts.append(_TOLD_IN_PNG[kind])
    return tuple(dict.fromkeys(facts))


def strip_picture(data: bytes) -> bytes:
    """The picture without what it tells; which way is up stays. Bytes of another kind stay as they are."""
    if not list_picture_facts(data):
        return data
    if data.startswith(_PNG):
        kept = [(kind, body) for kind, body in _split_png(data) if kind not in (*_TOLD_IN_PNG, b"tIME")]
        return _PNG + b"".join(_write_chunk(kind, body) for kind, body in kept)
    segments, rest = _split_jpeg(data)
    turned = next((value for marker, body in segments if (value := _read_orientation(marker, body))), None)
    made = [(marker, body) for marker, body in segments if not _list_told(marker, body)]
    upright = [] if turned is None else [(0xE1, _write_orientation(turned))]
    at = 1 if made and made[0][0] == 0xE0 else 0
    written = [
        bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body
        for marker, body in (*made[:at], *upright, *made[at:])
    ]
    return b"\xff\xd8" + b"".join(written) + rest


def _split_jpeg(data: bytes) -> tuple[list[tuple[int, bytes]], bytes]:
    """(marker, content) of the segments before the picture, and everything from where it begins."""
    segments, at = [], 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] not in (0xDA, 0xD9):
        if data[at + 1] == 0xFF:  # filling
            at += 1
            continue
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        segments.append((data[at + 1], data[at + 4 : at + 2 + length]))
        at += 2 + max(length, 2)
    return segments, data[at:]


def _list_told(marker: int, body: bytes) -> list[str]:
    if marker == 0xE1 and body.startswith(_EXIF):
        tags = [tag for tag, _ in _read_tags(body[len(_EXIF) :])]
        return [_NAMES[tag] for tag in tags if tag in _NAMES] if tags else ["Exif"]
    if marker == 0xE1:
        return ["XMP"]
    return {0xED: ["IPTC"], 0xFE: ["comment"]}.get(marker, [])


def _read_tags(exif: bytes) -> Iterator[tuple[int, int]]:
    """(tag, its first two bytes as a number) of the first directory of an Exif block; nothing where it is damaged."""
    order = {b"II": "<", b"MM": ">"}.get(exif[:2])
    if order is None:
        return
    try:
        (start,) = struct.unpack_from(f"{order}I", exif, 4)
        (count,) = struct.unpack_from(f"{order}H", exif, start)
        for number in range(count):
            tag, value = struct.unpack_from(f"{order}H6xH", exif, start + 2 + 12 * number)
            yield tag, value
    except struct.error:
        return


def _read_orientation(marker: int, body: bytes) -> int | None:
    if marker != 0xE1 or not body.startswith(_EXIF):
        return None
    return next((value for tag, value in _read_tags(body[len(_EXIF) :]) if tag == _ORIENTATION and value > 1), None)


def _write_orientation(value: int) -> bytes:
    return _EXIF + b"MM\x00*" + struct.pack(">IHHHIHHI", 8, 1, _ORIENTATION, 3, 1, value, 0, 0)


def _split_png(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_PNG)
    while at + 12 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        yield data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        at += 12 + length


def _write_chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
