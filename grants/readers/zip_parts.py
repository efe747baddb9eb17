"""The zip around an Office file, read with distrust: nothing is unpacked before the directory has been looked through,
and no part yields more than its entry says."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

LARGEST_FILE = 20 * 1024 * 1024
MOST_PARTS = 2_000
LARGEST_PART = 100 * 1024 * 1024
LARGEST_CONTENT = 150 * 1024 * 1024
LARGEST_RATIO = 300
"""Deflate packs at most 1032:1; a sheet of 50,000 nearly equal rows comes to about 60."""
SMALL = 10 * 1024 * 1024
"""Bytes below which nobody asks how well a part was packed."""
CHUNK = 1024 * 1024

_LOCAL = struct.Struct("<4sHHHHHLLLHH")
_ELSEWHERE = 0xFFFFFFFF
"""A size that stands in a field of its own (zip64), also where it is small."""
_ENCRYPTED, _SIZE_FOLLOWS = 0x1, 0x8
_OUTSIDE = re.compile(r"^[/\\]|\\|^[A-Za-z]:|(?:^|/)\.\.(?:/|$)|\x00")


class PackageFaultError(Exception):
    """Why a package is not unpacked: the code of its page, and what was found."""

    def __init__(self, code: str, found: str) -> None:
        super().__init__(found)
        self.code = code
        self.found = found


@dataclass(frozen=True, slots=True)
class Part:
    """A part as the directory describes it, and the bytes it is packed in."""

    name: str
    method: int
    size: int
    crc: int
    packed: memoryview


def list_parts(data: bytes) -> Mapping[str, Part]:
    """The parts of a zip by name, still packed. Raises PackageFaultError where the zip is broken, too large or not what
    a spreadsheet program writes."""
    if len(data) > LARGEST_FILE:
        raise PackageFaultError("PKG-001", f"{len(data):,} bytes")
    if (count := data.count(b"PK\x01\x02")) > MOST_PARTS:  # before zipfile makes an object for each of them
        raise PackageFaultError("PKG-001", f"{count:,} parts")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = package.infolist()
    except Exception as error:  # struct.error, OverflowError and the like: no broken zip may become a traceback
        raise PackageFaultError("PKG-004", str(error) or type(error).__name__) from None
    _check_names(entries)
    _check_sizes(entries)
    parts = {entry.filename: _find_part(data, entry) for entry in entries if not entry.is_dir()}
    _check_overlap(data, entries)
    return parts


def _check_names(entries: Sequence[zipfile.ZipInfo]) -> None:
    seen: set[str] = set()
    for entry in entries:
        name = entry.orig_filename
        if _OUTSIDE.search(name):
            raise PackageFaultError("PKG-005", f"a part with the name {name[:60]!r}")
        if name.lower() in seen:
            raise PackageFaultError("PKG-005", f"two parts with the name {name[:60]!r}")
        seen.add(name.lower())


def _check_sizes(entries: Sequence[zipfile.ZipInfo]) -> None:
    content = sum(entry.file_size for entry in entries)
    if content > LARGEST_CONTENT:
        raise PackageFaultError("PKG-001", f"{content:,} bytes when unpacked")
    for entry in entries:
        if entry.file_size > LARGEST_PART:
            raise PackageFaultError("PKG-001", f"{entry.filename}: {entry.file_size:,} bytes when unpacked")
        if entry.file_size > max(SMALL, LARGEST_RATIO * entry.compress_size):
            raise PackageFaultError(
                "PKG-001", f"{entry.filename}: {entry.compress_size:,} bytes hold {entry.file_size:,}"
            )


def _find_part(data: bytes, entry: zipfile.ZipInfo) -> Part:
    """The part an entry speaks of, where the header in front of its bytes says the same."""
    name = entry.filename
    if entry.flag_bits & _ENCRYPTED:
        raise PackageFaultError("PKG-002", name)
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise PackageFaultError("PKG-005", f"{name}: packed in an unusual way")
    header = _read_header(data, entry)
    if not entry.flag_bits & _SIZE_FOLLOWS:
        said = tuple(size for size in header[7:9] if size != _ELSEWHERE)
        if len(said) == 2 and said != (entry.compress_size, entry.file_size):
            raise PackageFaultError("PKG-005", f"{name}: two different sizes")
    start = _start(entry, header)
    packed = memoryview(data)[start : start + entry.compress_size]
    if len(packed) != entry.compress_size:
        raise PackageFaultError("PKG-004", f"{name}: its end is missing")
    return Part(name, entry.compress_type, entry.file_size, entry.CRC, packed)


def _read_header(data: bytes, entry: zipfile.ZipInfo) -> tuple[int, ...]:
    offset = entry.header_offset
    if not 0 <= offset <= len(data) - _LOCAL.size:
        raise PackageFaultError("PKG-004", f"{entry.filename}: is not where the directory says")
    signature, *header = _LOCAL.unpack_from(data, offset)
    name = data[offset + _LOCAL.size : offset + _LOCAL.size + header[8]]
    if signature != b"PK\3\4":
        raise PackageFaultError("PKG-004", f"{entry.filename}: is not where the directory says")
    encoding = "utf-8" if entry.flag_bits & 0x800 else "cp437"
    if name != entry.orig_filename.encode(encoding, "replace"):
        raise PackageFaultError("PKG-005", f"{entry.filename}: two different names")
    return (0, *header)


def _start(entry: zipfile.ZipInfo, header: tuple[int, ...]) -> int:
    return entry.header_offset + _LOCAL.size + header[9] + header[10]


def _check_overlap(data: bytes, entries: Sequence[zipfile.ZipInfo]) -> None:
    """Bytes that several parts share: how a small file unpacks to terabytes."""
    end, before = 0, ""
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            raise PackageFaultError("PKG-005", f"{before} and {entry.filename} share bytes")
        end, before = _start(entry, _read_header(data, entry)) + entry.compress_size, entry.filename


def unpack(part: Part) -> Iterator[bytes]:
    """What a part holds, in chunks, counted on the way.

    Raises PackageFaultError where it is more, less or other than its entry says.
    """
    size, crc = 0, 0
    for chunk in _inflate(part):
        size += len(chunk)
        if size > part.size:
            raise PackageFaultError("PKG-005", f"{part.name}: more than the {part.size:,} bytes it says")
        crc = zlib.crc32(chunk, crc)
        yield chunk
    if size != part.size or crc != part.crc:
        raise PackageFaultError("PKG-004", f"{part.name}: its bytes are not those that were packed")


def _inflate(part: Part) -> Iterator[bytes]:
    if part.method == zipfile.ZIP_STORED:
        yield from (bytes(part.packed[start : start + CHUNK]) for start in range(0, len(part.packed), CHUNK))
        return
    inflater, rest = zlib.decompressobj(-15), bytes(part.packed)
    try:
        while rest and not inflater.eof:
            yield inflater.decompress(rest, CHUNK)
            rest = inflater.unconsumed_tail
        yield inflater.flush()
    except zlib.error as error:
        raise PackageFaultError("PKG-004", f"{part.name}: {error}") from None
    if not inflater.eof:
        raise PackageFaultError("PKG-004", f"{part.name}: its end is missing")
