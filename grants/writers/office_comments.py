"""Comments taken out of the parts of a Word or Excel file; what a document says stays as it was.

Only what the package itself names as a comment goes: the parts with the words and their authors, the references to
them, the marks in the text, and in Excel the drawing of the little frames. Where that drawing holds controls too,
everything is left to a person.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping

from lxml import etree

Parts = Mapping[str, bytes]
_KINDS = ("comments", "commentsExtended", "commentsIds", "commentsExtensible", "people", "threadedComment", "person")
"""How the types of relationships end that lead to comments, and to those who wrote them."""
_MARKS = ("commentRangeStart", "commentRangeEnd", "commentReference")
_TYPES = "[Content_Types].xml"
_FRAMES = "vmlDrawing"
_EXCEL = "{urn:schemas-microsoft-com:office:excel}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)


def remove_comments(parts: Parts) -> Parts:
    """The parts without comments; the same object where there are none, or they cannot be taken out safely.

    Raises ValueError for a part that is no XML.
    """
    made, gone = dict(parts), set[str]()
    for name in [name for name in parts if name.endswith(".rels")]:
        root = etree.fromstring(parts[name], _PARSER)
        found = [node for node in root if _kind(node) in _KINDS]
        frames = [node for node in root if _kind(node) == _FRAMES] if "xl/worksheets/" in name and found else []
        if any(not _is_for_comments(parts.get(find_target(name, node), b"")) for node in frames):
            return parts
        for node in (*found, *frames):
            gone.add(find_target(name, node))
            root.remove(node)
        if found:
            made[name] = _write(root)
        if frames:
            sheet = find_source(name)
            made[sheet] = _remove_frames(made[sheet], {node.get("Id") for node in frames})
    if not gone:
        return parts
    gone |= {_find_relations(name) for name in gone}
    made[_TYPES] = _forget_types(made[_TYPES], gone)
    return {name: _remove_marks(name, part) for name, part in made.items() if name not in gone}


def _kind(node: etree._Element) -> str:
    return str(node.get("Type", "")).rpartition("/")[2]


def find_source(relations: str) -> str:
    """The part whose relationships a *.rels part holds."""
    folder, name = posixpath.split(relations)
    return posixpath.join(posixpath.dirname(folder), name.removesuffix(".rels"))


def _find_relations(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def find_target(relations: str, node: etree._Element) -> str:
    """The part that an entry of a *.rels part leads to."""
    target = str(node.get("Target", ""))
    folder = posixpath.dirname(find_source(relations))
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))


def _is_for_comments(drawing: bytes) -> bool:
    kinds = {node.get("ObjectType") for node in etree.fromstring(drawing, _PARSER).iter(f"{_EXCEL}ClientData")}
    return kinds <= {"Note"}


def _remove_frames(sheet: bytes, names: set[str | None]) -> bytes:
    root = etree.fromstring(sheet, _PARSER)
    for node in [node for node in root if isinstance(node.tag, str) and node.tag.endswith("}legacyDrawing")]:
        if node.get(f"{_R}id") in names:
            root.remove(node)
    return _write(root)


def _forget_types(types: bytes, gone: set[str]) -> bytes:
    root = etree.fromstring(types, _PARSER)
    for node in [node for node in root if str(node.get("PartName", "")).lstrip("/") in gone]:
        root.remove(node)
    return _write(root)


def _remove_marks(name: str, part: bytes) -> bytes:
    if not name.startswith("word/") or not name.endswith(".xml") or b"comment" not in part:
        return part
    root = etree.fromstring(part, _PARSER)
    marks = list(_list_marks(root))
    for node in marks:
        parent = node.getparent()
        if parent is not None:
            parent.remove(node)
    return _write(root) if marks else part


def _list_marks(root: etree._Element) -> Iterator[etree._Element]:
    for node in root.iter(etree.Element):
        if etree.QName(node).localname in _MARKS:
            yield node


def _write(root: etree._Element) -> bytes:
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written
