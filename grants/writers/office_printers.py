"""The settings of printers taken out of the parts of an Office file: they name a server of the office, or a person."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping

from lxml import etree

Parts = Mapping[str, bytes]
_KIND = "printerSettings"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)


def remove_printers(parts: Parts) -> Parts:
    """The parts without settings of printers, and without what refers to them; the same object where there are none.

    Raises ValueError for a part that is no XML.
    """
    made, gone = dict(parts), set[str]()
    for name in [name for name in parts if name.endswith(".rels") and _KIND.encode() in parts[name]]:
        root = etree.fromstring(parts[name], _PARSER)
        found = [node for node in root if str(node.get("Type", "")).endswith(f"/{_KIND}")]
        folder, own = posixpath.split(name)
        source = posixpath.join(posixpath.dirname(folder), own.removesuffix(".rels"))
        for node in found:
            gone.add(posixpath.normpath(posixpath.join(posixpath.dirname(source), str(node.get("Target", "")))))
            root.remove(node)
        if found and source in made:
            made[name] = _write(root)
            made[source] = _forget(made[source], {str(node.get("Id")) for node in found})
    return {name: part for name, part in made.items() if name not in gone} if gone else parts


def _forget(part: bytes, names: set[str]) -> bytes:
    """The part without attributes that refer to relationships of these names."""
    root = etree.fromstring(part, _PARSER)
    for node in root.iter(etree.Element):
        if etree.QName(node).localname in ("pageSetup", _KIND) and node.get(f"{_R}id") in names:
            if etree.QName(node).localname == _KIND and (parent := node.getparent()) is not None:
                parent.remove(node)
            else:
                node.attrib.pop(f"{_R}id")
    return _write(root)


def _write(root: etree._Element) -> bytes:
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written
