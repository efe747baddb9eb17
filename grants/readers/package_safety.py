"""Can a workbook from outside be opened? Looked at before any library unpacks it.

What blocks: what is no .xlsx, has a password, is damaged, unpacks to too much, holds macros, embedded objects, links to
other files or a document type, or more rows than a form can have. Values that Excel keeps of linked files are never
used: such a workbook is refused. What is only said: a sheet that is formatted far below its last row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree
from xml.parsers import expat

from grants.errors import Finding, Place
from grants.forms.stamp import STAMP_SHEET
from grants.readers.xml_scan import DoctypeError, Extent, TooManyCellsError, measure_sheet
from grants.readers.zip_parts import LARGEST_FILE, PackageFaultError, Part, list_parts, unpack

MOST_ROWS = 100_000
MOST_PLACES = 5_000_000
"""Rows times columns of a sheet, as a reader lays them out in memory."""
FAR_BELOW = 5_000
"""Rows between the last one with content and the last one with a format that nobody formats on purpose."""

WORKBOOK = "xl/workbook.xml"
_TYPES = "[Content_Types].xml"
_OLE = b"\xd0\xcf\x11\xe0"
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|bmp|tiff?|emf|wmf|svg|bin)$", re.IGNORECASE)
_LOOSE = re.compile(r"\.vml$", re.IGNORECASE)
"""Drawings of Excel that are not always well formed."""
_MACROS = re.compile(r"vbaProject|vbaData|macrosheets/|dialogsheets/", re.IGNORECASE)
_OBJECTS = re.compile(r"/embeddings/|/activeX/", re.IGNORECASE)
_LINKS = re.compile(r"/externalLinks/|xl/connections\.xml$|/queryTables/|xl/webextensions/", re.IGNORECASE)
_RELATIONS = {
    "PKG-006": ("/vbaProject", "/xlMacrosheet", "/xlIntlMacrosheet", "/dialogsheet"),
    "PKG-007": ("/externalLink", "/connections", "/queryTable", "/attachedTemplate"),
    "PKG-008": ("/oleObject", "/control", "/activeXControlBinary", "/package"),
}
_UNREADABLE = {"PKG-004", "PKG-009"}
_LARGEST_LIST = 4 * 1024 * 1024
"""Bytes of a part that lists others."""
_HARMLESS = ("/hyperlink",)
_KINDS = (
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "a text in RTF"),
    (b"\x1f\x8b", "a file packed by gzip"),
)

_SAVE_AGAIN = "Open it in Excel or LibreOffice, save it as .xlsx, and send that; but only if you know who sent it."
MESSAGES: Mapping[str, tuple[str, str]] = {
    "PKG-001": (
        "The workbook is too large, or unpacks to too much.",
        "Take pictures and sheets out that are not part of the form, or fill in a fresh copy of the form.",
    ),
    "PKG-002": (
        "The workbook is protected by a password.",
        "Save it without one: File, Info, Protect Workbook, Encrypt with Password: empty the field, OK, and save.",
    ),
    "PKG-003": (
        "The file is not an Excel workbook (.xlsx).",
        "Open it in Excel or LibreOffice and save it as Excel Workbook (.xlsx); a new name alone does not do.",
    ),
    "PKG-004": (
        "The workbook is damaged.",
        "Copy or download it again. If that does not help, open it in Excel, let Excel repair it, and save it.",
    ),
    "PKG-005": (
        "The workbook is packed as no spreadsheet program packs it, so it was not opened.",
        _SAVE_AGAIN,
    ),
    "PKG-006": (
        "The workbook holds macros.",
        "Save it without: Save As, Excel Workbook (.xlsx), and Yes when Excel asks whether to leave the macros out.",
    ),
    "PKG-007": (
        "The workbook takes values from other files or databases. What is kept of them may be old; it is not used.",
        "Data, Edit Links (Workbook Links): Break Link; delete what Data, Queries & Connections lists; save.",
    ),
    "PKG-008": (
        "The workbook holds an embedded file or a control.",
        "Delete it (click it, Delete), save, and send papers beside the workbook as files of their own.",
    ),
    "PKG-009": (
        "A part of the workbook has a document type, as no spreadsheet program writes it, so it was not opened.",
        _SAVE_AGAIN,
    ),
    "PKG-010": (
        f"A sheet is used further down or to the right than can be read ({MOST_ROWS:,} rows).",
        "Go to the last cell (Ctrl+End) and delete the rows and columns below and beside your entries. Save.",
    ),
    "PKG-011": (
        "A sheet is formatted far below its last entry. Nothing is lost by it; the file is only slower to open.",
        "If you like: select the empty rows below your entries, delete them (Ctrl+-), and save.",
    ),
}


def read_package(file: Path, name: str) -> tuple[bytes | None, list[Finding]]:
    """The bytes of a workbook that can be opened, or None with findings. A file that is too large is not even read."""
    try:
        size = file.stat().st_size
        if size > LARGEST_FILE:
            return None, [_make("PKG-001", Place(name), f"{size:,} bytes")]
        data = file.read_bytes()
    except FileNotFoundError:
        message, remedy = "The file is missing.", "Check the name, and whether the file was moved."
        return None, [Finding("FILE-001", Place(name), message, remedy)]
    except OSError as error:
        message, remedy = "The file cannot be read.", "Close other programs; check its permissions."
        return None, [Finding("FILE-004", Place(name), message, remedy, error.strerror)]
    findings = check_package(data, name)
    return (None if any(finding.severity == "error" for finding in findings) else data), findings


def check_package(data: bytes, name: str) -> list[Finding]:
    """Everything that forbids to open a workbook, and what is worth saying; `name` is the file's, for people."""
    if fault := _find_other_kind(data):
        return [_make(fault[0], Place(name), fault[1])]
    try:
        parts = list_parts(data)
        if kind := _find_other_package(parts):
            return [_make("PKG-003", Place(name), kind)]
        sheets, findings = _look_through(parts, name)
        if not _UNREADABLE & {finding.code for finding in findings}:
            findings += _check_types(parts, name)
            findings += _check_relations(parts, name)
            titles = _name_sheets(parts)
            findings += (
                fault for part, extent in sheets.items() for fault in _check_extent(part, extent, name, titles)
            )
    except PackageFaultError as refusal:
        return [_make(refusal.code, Place(name), refusal.found)]
    return _join(findings)


def _join(findings: Iterable[Finding]) -> list[Finding]:
    """One finding for each code and place, with what was found."""
    joined: dict[tuple[str, Place], Finding] = {}
    for finding in findings:
        key = (finding.code, finding.place)
        before = joined.get(key)
        if before is None:
            joined[key] = finding
        elif before.found and finding.found and finding.found not in before.found and before.found.count(", ") < 2:
            joined[key] = replace(before, found=f"{before.found}, {finding.found}")
    return list(joined.values())


def _make(code: str, place: Place, found: str | None) -> Finding:
    message, remedy = MESSAGES[code]
    return Finding(code, place, message, remedy, found, "info" if code == "PKG-011" else "error")


def _find_other_kind(data: bytes) -> tuple[str, str] | None:
    """What a file is that is no zip: code and words."""
    if not data:
        return "PKG-004", "an empty file, 0 bytes"
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            return "PKG-002", "an encrypted workbook"
        if any(stream.encode("utf-16-le") in data for stream in ("Workbook", "Book")):
            return "PKG-003", "a workbook of Excel 97-2003 (.xls)"
        return "PKG-003", "a document of Office 97-2003"
    if data.startswith(b"PK"):
        return None
    for start, kind in _KINDS:
        if data.startswith(start):
            return "PKG-003", kind
    return _find_text_kind(data[:4096])


def _find_text_kind(start: bytes) -> tuple[str, str]:
    lowered = start.lower()
    if b"<html" in lowered or b"<table" in lowered:
        return "PKG-003", "a web page"
    if b"mso-application" in lowered or b"urn:schemas-microsoft-com:office:spreadsheet" in lowered:
        return "PKG-003", "XML Spreadsheet 2003"
    if b"\x00" not in start.replace(b"\xff\xfe", b"", 1) or start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "PKG-003", "a text, perhaps CSV"
    return "PKG-004", "neither a workbook nor a text"


def _find_other_package(parts: Mapping[str, Part]) -> str | None:
    """What a zip is that is no .xlsx."""
    if "mimetype" in parts:
        mimetype = b"".join(unpack(parts["mimetype"]))[:100].decode("ascii", "replace")
        return "an OpenDocument spreadsheet (.ods)" if mimetype.endswith("spreadsheet") else mimetype
    if "xl/workbook.bin" in parts:
        return "a binary workbook (.xlsb)"
    if any(part.startswith("word/") for part in parts):
        return "a Word document"
    if WORKBOOK not in parts or _TYPES not in parts:
        return "a zip without a workbook"
    return None


def _look_through(parts: Mapping[str, Part], name: str) -> tuple[dict[str, Extent], list[Finding]]:
    """How far each sheet is used, and what is wrong with single parts. Every part is unpacked once, and counted."""
    sheets: dict[str, Extent] = {}
    findings: list[Finding] = []
    for part in parts.values():
        for code, pattern in (("PKG-006", _MACROS), ("PKG-008", _OBJECTS), ("PKG-007", _LINKS)):
            if pattern.search(f"/{part.name}" if code != "PKG-006" else part.name):
                findings.append(_make(code, Place(name), part.name))
        place = Place(name, part=part.name)
        try:
            if _PICTURE.search(part.name):
                _count(part)
            elif extent := measure_sheet(unpack(part)):
                sheets[part.name] = extent
        except DoctypeError:
            findings.append(_make("PKG-009", place, None))
        except TooManyCellsError:
            findings.append(_make("PKG-010", place, "millions of cells"))
        except expat.ExpatError as error:
            if not _LOOSE.search(part.name):
                findings.append(_make("PKG-004", place, str(error)))
    return sheets, findings


def _count(part: Part) -> None:
    for _ in unpack(part):
        pass


def _parse(part: Part | None) -> ElementTree.Element:
    """A part that was looked through and has no document type; an empty element where there is no such part."""
    if part is None:
        return ElementTree.Element("none")
    if part.size > _LARGEST_LIST:
        raise PackageFaultError("PKG-001", f"{part.name}: {part.size:,} bytes")
    return ElementTree.fromstring(b"".join(unpack(part)))  # noqa: S314  # no document type: refused before


def _check_types(parts: Mapping[str, Part], name: str) -> Iterator[Finding]:
    kinds = {child.get("ContentType", "") for child in _parse(parts[_TYPES])}
    if any("macroEnabled" in kind or "vbaProject" in kind for kind in kinds):
        yield _make("PKG-006", Place(name), "a workbook with macros (.xlsm) under another name")


def _check_relations(parts: Mapping[str, Part], name: str) -> Iterator[Finding]:
    for part in parts.values():
        if not part.name.endswith(".rels"):
            continue
        for relation in _parse(part):
            kind, target = relation.get("Type", ""), relation.get("Target", "")
            for code, kinds in _RELATIONS.items():
                if kind.endswith(kinds):
                    yield _make(code, Place(name), target.removeprefix("/"))
            if relation.get("TargetMode") == "External" and not kind.endswith((*_HARMLESS, *_RELATIONS["PKG-008"])):
                yield _make("PKG-007", Place(name), f"{kind.rpartition('/')[2]}: {target}")


def _name_sheets(parts: Mapping[str, Part]) -> dict[str, str]:
    """Part -> the sheet's name, as people see it."""
    targets = {
        relation.get("Id", ""): "xl/" + relation.get("Target", "").removeprefix("/xl/")
        for relation in _parse(parts.get("xl/_rels/workbook.xml.rels"))
    }
    names: dict[str, str] = {}
    for node in _parse(parts[WORKBOOK]).iter():
        if node.tag.endswith("}sheet"):
            link = next((value for key, value in node.items() if key.endswith("}id")), "")
            names[targets.get(link, "")] = node.get("name", "")
    return names


def _check_extent(part: str, extent: Extent, name: str, titles: Mapping[str, str]) -> Iterator[Finding]:
    place = Place(name, cell=f"{titles.get(part, part)}!A{max(extent.last_row, 1)}")
    most = MOST_ROWS * 2 if titles.get(part) == STAMP_SHEET else MOST_ROWS  # two rows for each cost
    if extent.last_row > most or extent.last_row * extent.last_column > MOST_PLACES:
        yield _make("PKG-010", place, f"row {extent.last_row:,}, column {extent.last_column:,}")
    elif extent.last_formatted_row > extent.last_row + FAR_BELOW:
        yield _make("PKG-011", place, f"formatted to row {extent.last_formatted_row:,}")
