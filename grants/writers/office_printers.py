"""Parts taken out of an Office file that nobody opens: the settings of printers, which name a server of the office or a
person, and the small picture of its first page, which may be that of an earlier version.
"""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from grants.writers.office_comments import find_source, find_target

Parts = Mapping[str, bytes]
_PRINTER = "printerSettings"
_KINDS = (_PRINTER, "thumbnail")
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)


def remove_unopened(parts: Parts) -> Parts:
    """The parts without those, and without what refers to them; the same object where there are none.

    Raises ValueError for a part that is no XML.
    """
    made, gone = dict(parts), set[str]()
    for name in [name for name in parts if name.endswith(".rels")]:
        root = etree.fromstring(parts[name], _PARSER)
        found = [node for node in root if str(node.get("Type", "")).rpartition("/")[2] in _KINDS]
        for node in found:
            gone.add(find_target(name, node))
            root.remove(node)
        if found:
            made[name] = _write(root)
        if found and (source := find_source(name)) in made:
            made[source] = _forget(made[source], {str(node.get("Id")) for node in found})
    return {name: part for name, part in made.items() if name not in gone} if gone else parts


def _forget(part: bytes, names: set[str]) -> bytes:
    """The part without attributes that refer to relationships of these names."""
    root = etree.fromstring(part, _PARSER)
    for node in root.iter(etree.Element):
        if etree.QName(node).localname in ("pageSetup", _PRINTER) and node.get(f"{_R}id") in names:
            if etree.QName(node).localname == _PRINTER and (parent := node.getparent()) is not None:
                parent.remove(node)
            else:
                node.attrib.pop(f"{_R}id")
    return _write(root)


def _write(root: etree._Element) -> bytes:
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written
