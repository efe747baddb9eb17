"""Is it a Word file, and one that can be trusted? Looked at before any library unpacks it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping

from lxml import etree

from grants.errors import Finding, Place, TemplateError
from grants.writers.word.faults import make_finding
from grants.writers.word.package import CONTENT_TYPES, Entry, read_entries, unpack

LARGEST_FILE = 20 * 1024 * 1024
LARGEST_CONTENT = 200 * 1024 * 1024
MOST_PARTS = 2_000
LARGEST_XML = 40 * 1024 * 1024

_DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_HARMLESS = ("/hyperlink",)
_CODE_PARTS = re.compile(r"vbaProject|vbaData|activeX|\.bin$", re.IGNORECASE)
_CODE_RELATIONS = ("/vbaProject", "/oleObject", "/control", "/aFChunk", "/attachedToolbars")
_FETCHING_FIELDS = re.compile(
    r"(?:^|[^A-Z])(DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|INCLUDE|IMPORT|LINK|DATABASE|RD)\s", re.IGNORECASE
)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CODE = f"{_W}instrText"
_FIELD_NODES = (f"{_W}fldChar", _CODE, f"{_W}fldSimple")
_INSTRUCTION = f"{_W}instr"
_OLD_WORD = b"\xd0\xcf\x11\xe0"
_DANGEROUS_XML = re.compile(rb"<!DOCTYPE|<!ENTITY", re.IGNORECASE)


def read_template(name: str, data: bytes) -> dict[str, Entry]:
    """The parts of a template. Raises TemplateError with everything that forbids its use."""
    entries = _open(name, data)
    findings = list(_check_parts(name, entries))
    if findings:
        raise TemplateError(f"The template {name} cannot be used.", "", findings)
    return entries


def _refuse(name: str, code: str, found: str | None = None) -> TemplateError:
    finding = make_finding(code, Place(name), found)
    return TemplateError(f"The template {name} cannot be used.", finding.remedy, [finding])


def _open(name: str, data: bytes) -> dict[str, Entry]:
    if len(data) > LARGEST_FILE:
        raise _refuse(name, "TPL-002", f"{len(data):,} bytes")
    if data.startswith(_OLD_WORD):
        raise _refuse(name, "TPL-001", "a document with a password, or of Word 97-2003")
    try:
        entries = read_entries(data)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, ValueError, IndexError, OverflowError) as error:
        raise _refuse(name, "TPL-001", str(error) or None) from None
    except Exception as error:  # struct.error and the like: no form of a broken zip may become a traceback
        raise _refuse(name, "TPL-001", type(error).__name__) from None
    content = sum(entry.size for entry in entries.values())
    if content > LARGEST_CONTENT or len(entries) > MOST_PARTS:
        raise _refuse(name, "TPL-002", f"{content:,} bytes in {len(entries):,} parts")
    return entries


def _check_parts(name: str, entries: Mapping[str, Entry]) -> Iterator[Finding]:
    trees: dict[str, etree._Element] = {}
    for part, entry in entries.items():
        if _CODE_PARTS.search(part):
            yield make_finding("TPL-003", Place(name), part)
        elif part.endswith((".xml", ".rels")):
            tree = _parse(entry)
            if tree is None:
                yield make_finding("TPL-005", Place(name), part)
            else:
                trees[part] = tree
    yield from _check_kind(name, trees)
    for part, tree in trees.items():
        yield from _check_relations(name, tree) if part.endswith(".rels") else _check_fields(name, part, tree)


def _parse(entry: Entry) -> etree._Element | None:
    try:
        xml = unpack(entry)
    except Exception:  # a part that cannot be unpacked is damaged, whatever the reason
        return None
    if len(xml) != entry.size or len(xml) > LARGEST_XML or _DANGEROUS_XML.search(xml):
        return None
    try:
        tree = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return None
    return None if tree.getroottree().docinfo.doctype else tree  # seen in whatever encoding the part has


def _check_kind(name: str, trees: Mapping[str, etree._Element]) -> Iterator[Finding]:
    """A Word document, not a workbook, a presentation, a file with macros or any other zip."""
    types = trees.get(CONTENT_TYPES)
    kinds = set() if types is None else {str(child.get("ContentType")) for child in types}
    if any("macroEnabled" in kind for kind in kinds):
        yield make_finding("TPL-003", Place(name), "a document with macros")
    elif _DOCUMENT not in kinds or "word/document.xml" not in trees or "word/styles.xml" not in trees:
        yield make_finding("TPL-001", Place(name), "no Word document inside")


def _check_relations(name: str, tree: etree._Element) -> Iterator[Finding]:
    for relation in tree:
        kind, target = str(relation.get("Type")), str(relation.get("Target"))
        if kind.endswith(_CODE_RELATIONS):
            yield make_finding("TPL-003", Place(name), target)
        elif relation.get("TargetMode") == "External" and not kind.endswith(_HARMLESS):
            yield make_finding("TPL-004", Place(name), f"{kind.rsplit('/', 1)[-1]}: {target}")


def _check_fields(name: str, part: str, tree: etree._Element) -> Iterator[Finding]:
    """Fields that fetch a file or call another program, also where Word split their text over runs."""
    codes: list[str] = []
    for node in tree.iter(*_FIELD_NODES):
        whole = node.get(_INSTRUCTION)
        codes.append(node.text or "" if node.tag == _CODE else f"\n{whole or ''}\n")
    for match in _FETCHING_FIELDS.finditer("".join(codes)):
        yield make_finding("TPL-004", Place(name, part=part), f"field {match[1]}")
