"""The package that Word and Excel files are: its parts, safely, and what both kinds may carry."""

from __future__ import annotations

import html
import re
import urllib.parse
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree

from grants.forms.stamp import is_own_property
from grants.model.inspected import Found
from grants.model.paths import PATH
from grants.model.pictures import is_read, list_picture_facts
from grants.readers.attachments.texts import list_chart_rows, list_texts
from grants.readers.zip_parts import PackageFaultError, list_parts, unpack

_AUTHORS = ("creator", "lastModifiedBy", "Manager", "Company")
_CUSTOM = "docProps/custom.xml"
_NO_TEXTS = (
    *_AUTHORS,
    "Application",
    "AppVersion",
    "Template",
    "revision",
    "created",
    "modified",
    "lastPrinted",
    "language",
)
"""Properties that say no sentence; those of who made it are looked at apart."""
_XML = (".xml", ".vml")
_FONTS = (".odttf",)
_FOLDERS = ("_rels/", "docProps/", "customXml/", "word/", "xl/")
"""Where Office programs put parts, just so written."""
_ACTIVE = ("/embeddings/", "/activex/", "/macrosheets/", "/dialogsheets/", "/webextensions/", "/ctrlprops/")
_PEOPLE = ("word/people", "xl/persons/")
_HARMLESS = ("http://", "https://", "mailto:")
_ZIP, _END, _OLE = b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0"
_END_BYTES = 22
"""Of the end of a zip without a remark; Office programs write none."""
_FAULTS = {
    "PKG-001": "too large when unpacked",
    "PKG-002": "locked by a password",
    "PKG-005": "not packed as an Office program packs",
}
_DRAWN = re.compile(r"\"([^\"]{4,})\"|>([^<>]*[^<>\s][^<>]*)<")
"""What stands in a drawing of older kind, whose elements Excel does not always close."""
Parts = Mapping[str, bytes]
Roots = Mapping[str, ElementTree.Element]


class UnreadableError(Exception):
    """The file cannot be looked into."""


def read_parts(data: bytes, kind: str) -> Parts:
    """Name -> bytes of every part of a file of this kind ("word" or "xl", as its main folder is called).

    Raises UnreadableError: no package, an old format, a password, damaged, too large, of another kind.
    """
    _check_kind(data)
    try:
        parts = {name: b"".join(unpack(part)) for name, part in list_parts(data).items()}
    except PackageFaultError as fault:
        raise UnreadableError(f"{_FAULTS.get(fault.code, 'damaged')}: {fault.found}") from fault
    if {folder for folder in ("word", "xl", "ppt") if any(name.startswith(f"{folder}/") for name in parts)} != {kind}:
        raise UnreadableError("of another kind than its name says")
    for name in parts:
        if name.lower().startswith(tuple(map(str.lower, _FOLDERS))) and not name.startswith(_FOLDERS):
            raise UnreadableError(f"a part is not named as Office names it: {name}")
    return parts


def _check_kind(data: bytes) -> None:
    """Old formats and files that are two things at once are told for what they are."""
    if data.startswith(_OLE):
        locked = "EncryptedPackage".encode("utf-16-le") in data
        raise UnreadableError("locked by a password" if locked else "in the format of Office before 2007 (.doc, .xls)")
    if not data.startswith(_ZIP):
        raise UnreadableError("no Office file" if data else "empty")
    end = data.rfind(_END)
    if end < 0 or end + _END_BYTES != len(data):
        raise UnreadableError("no Office file alone: something stands behind its end, or its end is missing")


def read_xml(part: bytes) -> ElementTree.Element:
    """The root of a part. Raises UnreadableError; also for a document type, which Office never writes."""
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part or part[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise UnreadableError("a part is not as Office writes it")
    try:
        return ElementTree.fromstring(part)  # noqa: S314  # no document type, no entities: refused above
    except (ElementTree.ParseError, ValueError) as error:
        raise UnreadableError("a part is damaged") from error


def find_common(parts: Parts) -> Iterator[Found]:
    """Authors and paths in properties, programs, files inside the file, and what is taken from outside."""
    for name, part in parts.items():
        kind = name.lower()
        if "/media/" in name:
            yield from _find_in_picture(name, part)
        elif kind.startswith("docprops/thumbnail"):
            yield Found("picture", name, "a small picture of its first page, perhaps of an earlier one")
        elif "/printerSettings" in name and kind.endswith(".bin"):
            yield Found("path", name, "settings of a printer")
        elif name == _CUSTOM:
            yield from _find_own_properties(name, part)
        elif is_table(name):
            continue  # the figures of a chart; they are looked at as tables
        elif _is_foreign(name):
            yield Found("program", name, "a program or an embedded file")
        elif name.startswith("docProps/"):
            yield from _find_in_properties(name, part)
        elif kind.endswith(".rels"):
            yield from _find_outside(name, part)
        elif name.startswith(_PEOPLE):
            yield from _find_people(name, part)


def is_table(name: str) -> bool:
    """Whether a part is the workbook behind a chart."""
    return "/embeddings/" in name and name.lower().endswith(".xlsx")


def _is_foreign(name: str) -> bool:
    """Whether a part is nothing that a document needs: no XML and no font, or a control, a file, a page of the web."""
    kept = name == "[Content_Types].xml" or (
        name.startswith(_FOLDERS) and name.lower().endswith((*_XML, *_FONTS, ".rels"))
    )
    return not kept or any(folder in name.lower() for folder in _ACTIVE)


def _find_in_picture(name: str, part: bytes) -> Iterator[Found]:
    """What a photograph tells; of a GIF, TIFF, WebP or HEIC, or a film, that it was not looked into."""
    if not is_read(part):
        yield Found("unread picture", name, "not JPEG or PNG")
    elif facts := list_picture_facts(part):
        yield Found("picture", name, ", ".join(facts))


def _find_in_properties(name: str, part: bytes) -> Iterator[Found]:
    for node in read_xml(part).iter():
        text = (node.text or "").strip()
        key = node.tag.rpartition("}")[2]
        if key in _AUTHORS and text:
            yield Found("author", name, text)
        elif path := PATH.search(text):
            yield Found("path", name, path[0])


def _find_own_properties(name: str, part: bytes) -> Iterator[Found]:
    """Properties that somebody, or an office's server, added; not those of our stamp."""
    for node in read_xml(part):
        text = "".join(node.itertext()).strip()
        if text and not is_own_property(node.get("name", ""), text):
            yield Found("property", name, f"{node.get('name')}: {text[:80]}")


def read_roots(parts: Parts) -> Roots:
    """Name -> root of every part that is XML. Raises UnreadableError where one is damaged."""
    return {name: read_xml(part) for name, part in parts.items() if name.lower().endswith(".xml")}


def list_texts_of_parts(parts: Parts, roots: Roots) -> Iterator[tuple[str, str]]:
    """(part, text) of every text that the package holds, seen or not; links as people read them."""
    for name, root in roots.items():
        without = _NO_TEXTS if name.startswith("docProps/") else ("v",) if root.tag.endswith("}worksheet") else ()
        yield from ((name, text) for text in list_texts(root, without))
    for name, part in parts.items():
        if name.endswith(".rels"):
            links = (node for node in read_xml(part) if node.get("Type", "").endswith("/hyperlink"))
            yield from ((name, urllib.parse.unquote(node.get("Target", ""))) for node in links)
        elif name.lower().endswith(".vml"):
            words = (match[1] or match[2] for match in _DRAWN.finditer(part.decode("utf-8", "replace")))
            yield from ((name, html.unescape(text)) for text in words)


def list_rows_of_charts(roots: Roots) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(part, cells) of what the charts of a package remember."""
    for name, root in roots.items():
        if root.tag.endswith("}chartSpace"):
            yield from ((name, cells) for cells in list_chart_rows(root))


def find_paths(name: str, root: ElementTree.Element) -> Iterator[Found]:
    """Folders that fields and attributes name: where a picture stood, where it was saved, what was merged."""
    for node in root.iter():
        said = [value for key, value in node.attrib.items() if key != "formatCode"]
        if node.tag.endswith("}instrText"):
            said.append(node.text or "")
        paths = dict.fromkeys(path[0] for text in said if (path := PATH.search(text)))
        yield from (Found("path", name, path) for path in paths)


def _find_people(name: str, part: bytes) -> Iterator[Found]:
    """Those who commented or changed something, as Word and Excel list them apart."""
    for node in read_xml(part).iter():
        for key, text in node.attrib.items():
            if key.rpartition("}")[2] in ("author", "displayName") and text.strip():
                yield Found("author", name, text.strip())


def _find_outside(name: str, part: bytes) -> Iterator[Found]:
    for node in read_xml(part):
        target, kind = node.get("Target", ""), node.get("Type", "").rpartition("/")[2]
        plain_link = kind == "hyperlink" and target.lower().startswith(_HARMLESS)
        external = node.get("TargetMode") == "External" and not plain_link
        if external or kind in ("externalLink", "externalLinkPath", "attachedTemplate"):
            yield Found("outside", name, target)
