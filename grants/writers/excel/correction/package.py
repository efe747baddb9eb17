"""The parts of a workbook while it is marked: read when asked for, written back only where something was changed."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from grants.writers.excel.correction.names import CONTENT_TYPES, PACKAGE_RELATIONS, Node, relation_kind
from grants.writers.word.package import pack, read_entries, unpack, write_entries

_TYPES = "[Content_Types].xml"
_RELATION = f"{{{PACKAGE_RELATIONS}}}Relationship"
_NUMBER = re.compile(r"rId([0-9]+)")


@dataclass(frozen=True, slots=True)
class Relation:
    """A relationship of a part: its target is the name of a part."""

    id: str
    kind: str
    target: str


class Package:
    """A workbook's parts. A part that nobody edits keeps its bytes."""

    def __init__(self, data: bytes) -> None:
        self._entries = read_entries(data)
        self._trees: dict[str, Node] = {}
        self._edited: set[str] = set()

    def has(self, name: str) -> bool:
        """Whether there is such a part."""
        return name in self._entries or name in self._edited

    def read(self, name: str) -> Node:
        """The root of a part, to look at. Raises KeyError."""
        if name not in self._trees:
            parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
            self._trees[name] = etree.fromstring(unpack(self._entries[name]), parser)
        return self._trees[name]

    def edit(self, name: str) -> Node:
        """The root of a part, to change."""
        self._edited.add(name)
        return self.read(name)

    def read_bytes(self, name: str) -> bytes:
        """What a part holds."""
        return unpack(self._entries[name])

    def put(self, name: str, content: bytes) -> None:
        """A part with other bytes, or a new one."""
        self._entries[name] = pack(content)

    def add(self, name: str, root: Node, kind: str) -> None:
        """A new part of XML, and what it is."""
        self._trees[name] = root
        self._edited.add(name)
        types = self.edit(_TYPES)
        etree.SubElement(types, f"{{{CONTENT_TYPES}}}Override", {"PartName": f"/{name}", "ContentType": kind})

    def remove(self, name: str) -> None:
        """A part taken out, with its relationships and what was said of it."""
        for part in (name, name_relations(name)):
            self._entries.pop(part, None)
            self._trees.pop(part, None)
            self._edited.discard(part)
        for entry in list(self.read(_TYPES)):
            if entry.get("PartName") == f"/{name}":
                self.edit(_TYPES).remove(entry)

    def declare(self, extension: str, kind: str) -> None:
        """What parts with an extension are, where nobody said it yet."""
        if all(entry.get("Extension") != extension for entry in self.read(_TYPES)):
            default = etree.Element(f"{{{CONTENT_TYPES}}}Default", {"Extension": extension, "ContentType": kind})
            self.edit(_TYPES).insert(0, default)

    def choose_name(self, pattern: str) -> str:
        """The first name that no part has: xl/comments{}.xml."""
        number = 1
        while self.has(pattern.format(number)):
            number += 1
        return pattern.format(number)

    def relations(self, part: str) -> Iterator[Relation]:
        """The relationships of a part to other parts."""
        if not self.has(name_relations(part)):
            return
        for node in self.read(name_relations(part)):
            if node.get("TargetMode") != "External":
                target = str(node.get("Target"))
                joined = target[1:] if target.startswith("/") else posixpath.join(posixpath.dirname(part), target)
                yield Relation(str(node.get("Id")), str(node.get("Type")), posixpath.normpath(joined))

    def find_related(self, part: str, kind: str) -> Relation | None:
        """The first relationship of a kind: `comments`."""
        return next((relation for relation in self.relations(part) if relation.kind.endswith(f"/{kind}")), None)

    def relate(self, part: str, kind: str, target: str) -> str:
        """A new relationship; its id."""
        name = name_relations(part)
        if not self.has(name):
            self._trees[name] = etree.Element(f"{{{PACKAGE_RELATIONS}}}Relationships", nsmap={None: PACKAGE_RELATIONS})
        root = self.read(name)
        self._edited.add(name)
        taken = [int(match[1]) for node in root if (match := _NUMBER.fullmatch(str(node.get("Id"))))]
        relation = f"rId{max(taken, default=0) + 1}"
        whole = relation_kind(self.read(part), kind)
        etree.SubElement(root, _RELATION, {"Id": relation, "Type": whole, "Target": f"/{target}"})
        return relation

    def unrelate(self, part: str, relation: str) -> None:
        """A relationship taken out; the part that lists them too, where it was the last."""
        name = name_relations(part)
        root = self.edit(name)
        for node in list(root):
            if node.get("Id") == relation:
                root.remove(node)
        if not len(root):
            self._entries.pop(name, None)
            self._trees.pop(name, None)
            self._edited.discard(name)

    def close(self) -> bytes:
        """The workbook."""
        for name in sorted(self._edited):
            content = etree.tostring(self._trees[name], xml_declaration=True, encoding="UTF-8", standalone=True)
            self._entries[name] = pack(content)
        return write_entries(self._entries)


def name_relations(part: str) -> str:
    """xl/workbook.xml -> xl/_rels/workbook.xml.rels"""
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"
