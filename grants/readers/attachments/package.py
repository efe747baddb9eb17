"""The package that Word and Excel files are: its parts, safely, and what both kinds may carry."""

from __future__ import annotations

import io
import urllib.parse
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree

from grants.forms.stamp import is_own_property
from grants.model.inspected import Found
from grants.model.paths import PATH
from grants.model.pictures import is_read, list_picture_facts

MOST_BYTES = 200_000_000
"""Of a package when it is unpacked."""
OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
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
_DRAWN = ("xl/drawings/", "xl/charts/", "xl/diagrams/", "word/charts/", "word/diagrams/")
_PEOPLE = ("word/people", "xl/persons/")
_HARMLESS = ("http://", "https://", "mailto:")
Parts = Mapping[str, bytes]


class UnreadableError(Exception):
    """The file cannot be looked into."""


def read_parts(data: bytes) -> Parts:
    """Name -> bytes of every part. Raises UnreadableError: no package, a password, damaged, too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if sum(entry.file_size for entry in package.infolist()) > MOST_BYTES:
                raise UnreadableError("it is too large when unpacked")
            if len(set(package.namelist())) < len(package.namelist()):
                raise UnreadableError("two of its parts have one name; programs read one or the other")
            return {entry.filename: package.read(entry) for entry in package.infolist()}
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError, ValueError) as error:
        raise UnreadableError("no Office file, damaged, or locked by a password") from error


def read_xml(part: bytes) -> ElementTree.Element:
    """The root of a part. Raises UnreadableError; also for a document type, which Office never writes."""
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part or part[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise UnreadableError("a part is not as Office writes it")
    try:
        return ElementTree.fromstring(part)  # noqa: S314  # no document type, no entities: refused above
    except (ElementTree.ParseError, ValueError) as error:
        raise UnreadableError("a part is damaged") from error


def find_common(parts: Parts) -> Iterator[Found]:
    """Authors and paths in properties, programs, embedded files, and what is taken from outside."""
    for name in parts:
        if "/media/" in name:
            yield from _find_in_picture(name, parts[name])
        elif "/printerSettings" in name and name.endswith(".bin"):
            yield Found("path", name, "settings of a printer")
        elif name == _CUSTOM:
            yield from _find_own_properties(name, parts[name])
        elif name.lower().endswith(("vbaproject.bin", ".exe", ".dll")) or "/activeX/" in name or "/embeddings/" in name:
            if "/embeddings/" in name and name.endswith(".xlsx"):
                continue  # the figures of a chart; they are looked at as tables
            yield Found("program", name, "a program or an embedded file")
        elif name.startswith("docProps/") and name.endswith(".xml"):
            yield from _find_in_properties(name, parts[name])
        elif name.endswith(".rels"):
            yield from _find_outside(name, parts[name])
        elif name.startswith(_PEOPLE) and name.endswith(".xml"):
            yield from _find_people(name, parts[name])


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


def list_common_texts(parts: Parts) -> Iterator[tuple[str, str]]:
    """(part, text) of what people read only in the properties, in drawings, charts and links, or not at all."""
    for name, part in parts.items():
        if name.startswith(("docProps/", "customXml/item")) and name.endswith(".xml"):
            for node in read_xml(part).iter():
                if node.tag.rpartition("}")[2] not in _NO_TEXTS and node.text and node.text.strip():
                    yield name, node.text.strip()
        elif name.startswith(_DRAWN) and name.endswith(".xml"):
            yield from ((name, text) for text in _list_drawn(read_xml(part)))
        elif name.endswith(".rels"):
            links = (node for node in read_xml(part) if node.get("Type", "").endswith("/hyperlink"))
            yield from ((name, urllib.parse.unquote(node.get("Target", ""))) for node in links)


def _list_drawn(root: ElementTree.Element) -> Iterator[str]:
    for node in root.iter():
        key = node.tag.rpartition("}")[2]
        if key == "p":
            yield "".join(part.text or "" for part in node.iter() if part.tag.rpartition("}")[2] == "t")
        elif key == "v" and node.text:
            yield node.text
        elif key in ("docPr", "cNvPr"):
            yield from filter(None, (node.get("descr"), node.get("title")))


def find_names_of_files(name: str, root: ElementTree.Element) -> Iterator[Found]:
    """Where a picture once stood, as its description still says."""
    for node in root.iter():
        if node.tag.rpartition("}")[2] in ("docPr", "cNvPr"):
            for key in ("name", "descr", "title"):
                if path := PATH.search(node.get(key, "")):
                    yield Found("path", name, path[0])


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
