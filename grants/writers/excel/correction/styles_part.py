"""Formats of a workbook: one is a number in the list of all of them. A format that is there already is used again."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from grants.writers.excel.correction.names import STRICT, STYLES_KIND, STYLES_ORDER, Node, child, namespace, place
from grants.writers.excel.correction.package import Package
from grants.writers.excel.correction.workbook_part import find_workbook

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LEAST = {
    "fonts": ["<font><sz val='10'/><name val='Arial'/></font>"],
    "fills": ["<fill><patternFill patternType='none'/></fill>", "<fill><patternFill patternType='gray125'/></fill>"],
    "borders": ["<border><left/><right/><top/><bottom/><diagonal/></border>"],
    "cellStyleXfs": ["<xf numFmtId='0' fontId='0' fillId='0' borderId='0'/>"],
    "cellStyles": ["<cellStyle name='Normal' xfId='0' builtinId='0'/>"],
    "cellXfs": ["<xf numFmtId='0' fontId='0' fillId='0' borderId='0' xfId='0'/>"],
}
_ON_TOP = "<fill><patternFill patternType='solid'><fgColor rgb='{}'/><bgColor indexed='64'/></patternFill></fill>"


class Styles:
    """The formats of one workbook."""

    def __init__(self, package: Package) -> None:
        self._package = package
        workbook = find_workbook(package)
        relation = package.find_related(workbook, "styles")
        if relation is None:
            dialect = namespace(package.read(workbook))[1:-1]
            part = "xl/styles.xml" if not package.has("xl/styles.xml") else package.choose_name("xl/styles{}.xml")
            package.add(part, etree.Element(f"{{{dialect}}}styleSheet", nsmap={None: dialect}), STYLES_KIND)
            package.relate(workbook, "styles", part)
        self._part = relation.target if relation else part
        self._root = package.read(self._part)
        self._known: dict[str, dict[bytes, int]] = {}
        """Name of a list -> what a part of it says -> its number; the first of several that say the same."""

    def _list(self, name: str) -> Node:
        found = child(self._root, name)
        if found is None or not len(found):
            found = place(self._package.edit(self._part), name, STYLES_ORDER)
            for xml in _LEAST[name]:
                found.append(self._parse(xml))
        return found

    def _parse(self, xml: str) -> Node:
        dialect = STRICT if STRICT in str(self._root.tag) else _MAIN
        holder = etree.fromstring(f"<holder xmlns='{dialect}'>{xml}</holder>")
        return holder[0]

    def _find(self, name: str, wanted: Node) -> int:
        """The number of a part of a format; added where no other is the same."""
        parts = self._list(name)
        if name not in self._known:
            self._known[name] = {_canonical(node): number for number, node in reversed(list(enumerate(parts)))}
        text = _canonical(wanted)
        if text not in self._known[name]:
            self._package.edit(self._part)
            parts.append(wanted)
            parts.set("count", str(len(parts)))
            self._known[name][text] = len(parts) - 1
        return self._known[name][text]

    def mark(self, style: int, colour: str) -> int:
        """The same format on another ground."""
        formats = self._list("cellXfs")
        marked = deepcopy(formats[style if style < len(formats) else 0])
        marked.tail = None
        marked.set("fillId", str(self._find("fills", self._parse(_ON_TOP.format(colour)))))
        marked.set("applyFill", "1")
        return self._find("cellXfs", marked)

    def make(self, font: str, fill: str | None = None, border: str | None = None, alignment: str = "") -> int:
        """A format of our own, from its parts as XML."""
        numbers = {
            "fontId": self._find("fonts", self._parse(f"<font>{font}</font>")),
            "fillId": self._find("fills", self._parse(_ON_TOP.format(fill))) if fill else 0,
            "borderId": self._find("borders", self._parse(f"<border>{border}</border>")) if border else 0,
        }
        for name in _LEAST:
            self._list(name)
        given = " ".join(f"{key}='{number}'" for key, number in numbers.items())
        applied = "applyFont='1' applyFill='1' applyBorder='1' applyAlignment='1'"
        xml = f"<xf numFmtId='0' {given} xfId='0' {applied}><alignment vertical='top' {alignment}/></xf>"
        return self._find("cellXfs", self._parse(xml))


def list_forms(package: Package) -> list[bytes]:
    """Of each format, by its number: what it says, without the flags that every program sets in its own way."""
    relation = package.find_related(find_workbook(package), "styles")
    formats = child(package.read(relation.target), "cellXfs") if relation else None
    forms: list[bytes] = []
    for node in [] if formats is None else formats:
        plain = deepcopy(node)
        for flag in [name for name in plain.attrib if name.startswith("apply")]:
            del plain.attrib[flag]
        forms.append(_canonical(plain))
    return forms


def _canonical(node: Node) -> bytes:
    """An element as bytes that are the same for the same meaning, whatever is declared around it."""
    copy = deepcopy(node)
    copy.tail = None
    etree.cleanup_namespaces(copy)
    text: bytes = etree.tostring(copy, method="c14n", exclusive=True)
    return text
