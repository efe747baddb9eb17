"""The zip around a Word file: parts copied as they are stored, new parts deflated, and always the same bytes.

Why not zipfile for writing: it cannot copy a part without unpacking it, and it writes the clock into the file.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

CONTENT_TYPES = "[Content_Types].xml"
LEVEL = 6
_LOCAL = struct.Struct("<4sHHHHHLLLHH")
_CENTRAL = struct.Struct("<4sHHHHHHLLLHHHHHLL")
_END = struct.Struct("<4sHHHHLLH")
_FIRST_DAY = 0x21
"""1 January 1980, the first day a zip can say."""
_UTF8 = 0x800


@dataclass(frozen=True, slots=True)
class Entry:
    """A part as it is stored in the zip."""

    data: bytes
    method: int
    crc: int
    size: int


def pack(data: bytes) -> Entry:
    """A part, deflated where that makes it smaller."""
    deflater = zlib.compressobj(LEVEL, zlib.DEFLATED, -15)
    packed = deflater.compress(data) + deflater.flush()
    if len(packed) < len(data):
        return Entry(packed, zipfile.ZIP_DEFLATED, zlib.crc32(data), len(data))
    return Entry(data, zipfile.ZIP_STORED, zlib.crc32(data), len(data))


def unpack(entry: Entry) -> bytes:
    """What a part holds: never more than it says, so that a small file cannot fill the memory."""
    if entry.method == zipfile.ZIP_STORED:
        return entry.data
    return zlib.decompressobj(-15).decompress(entry.data, entry.size + 1)


def read_entries(data: bytes) -> dict[str, Entry]:
    """The parts of a zip by name, still packed. Raises zipfile.BadZipFile."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {info.filename: _read_entry(data, info) for info in file.infolist() if not info.is_dir()}


def _read_entry(data: bytes, info: zipfile.ZipInfo) -> Entry:
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) or info.flag_bits & 1:
        raise zipfile.BadZipFile("a part is encrypted or packed in an unusual way")
    header = _LOCAL.unpack_from(data, info.header_offset)
    start = info.header_offset + _LOCAL.size + header[9] + header[10]
    return Entry(data[start : start + info.compress_size], info.compress_type, info.CRC, info.file_size)


def write_entries(entries: Mapping[str, Entry]) -> bytes:
    """A zip of these parts, the list of content types first, as Word expects it."""
    chunks: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for name, entry in _in_order(entries.items()):
        encoded = name.encode("utf-8")
        facts = (
            _UTF8 if not name.isascii() else 0,
            entry.method,
            0,
            _FIRST_DAY,
            entry.crc,
            len(entry.data),
            entry.size,
        )
        chunks += [_LOCAL.pack(b"PK\3\4", 20, *facts, len(encoded), 0), encoded, entry.data]
        directory += [_CENTRAL.pack(b"PK\1\2", 20, 20, *facts, len(encoded), 0, 0, 0, 0, 0, offset), encoded]
        offset += _LOCAL.size + len(encoded) + len(entry.data)
    length = sum(map(len, directory))
    end = _END.pack(b"PK\5\6", 0, 0, len(entries), len(entries), length, offset, 0)
    return b"".join([*chunks, *directory, end])


def _in_order(items: Iterable[tuple[str, Entry]]) -> Iterator[tuple[str, Entry]]:
    yield from sorted(items, key=lambda item: item[0] != CONTENT_TYPES)
