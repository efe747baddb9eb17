"""A YAML file -> plain data, with the line and column of everything. The only door to the YAML library (yaml_edit
uses the nodes that it gives).

PyYAML's composer reads; the data is built here from its nodes. Why not its constructor: it loses the places,
takes a date that does not exist for a crash, `NO` for false, and 2.10 for 2.1. Data are what JSON would hold:
texts, true and false, null, lists, mappings, and `Number`, which keeps its text. Keys are always texts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path as FilePath
from typing import Any

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from yaml.resolver import BaseResolver

from grants.errors import Finding, Path, Place
from grants.model.scalars import Number
from grants.readers.text_file import read_text

NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]{1,2})?")
WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}
DEEPEST = 40
NESTED = re.compile(r"(?:[-?:] +){40}")
MOST_BRACKETS = 20_000
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that no Word or Excel file can hold."""
_CONTROL = ("A control character cannot stand in a document.", "Take it out.")

_TAGS: dict[type[Node], str] = {
    ScalarNode: BaseResolver.DEFAULT_SCALAR_TAG,
    SequenceNode: BaseResolver.DEFAULT_SEQUENCE_TAG,
    MappingNode: BaseResolver.DEFAULT_MAPPING_TAG,
}
_KNOWN_TAGS = {*_TAGS.values(), "!"}


class _Composer(CParser):
    """libyaml's parser without Python's resolving of tags: a plain scalar is looked at once, in `_Builder`.

    It asks for a tag at every node: a table answers sooner than the resolver of the library, which would find the same.
    """

    def resolve(self, kind: type[Node], _value: str | None, _implicit: object) -> str:
        return _TAGS[kind]

    def descend_resolver(self, _node: Node | None, _index: object) -> None:
        """No tag depends on the path."""

    def ascend_resolver(self) -> None:
        """As above."""


@dataclass(frozen=True, slots=True)
class YamlFile:
    """What a file holds, and where each part of it stands."""

    name: str
    """For people: relative to the project's folder, with forward slashes."""
    data: Any
    root: Node | None

    def place(self, path: Path, *, key: bool = False) -> Place:
        """Line and column of the value at a path (or of its key); of the nearest part that exists, else."""
        node, mark = self.root, None
        for step in path:
            if isinstance(node, MappingNode):
                pair = next(((k, v) for k, v in node.value if k.value == step), None)
                if pair is None:
                    break
                mark = (
                    pair[0].start_mark
                    if key or pair[1].start_mark.line != pair[0].start_mark.line
                    else pair[1].start_mark
                )
                node = pair[1]
            elif isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
                mark = node.start_mark
            else:
                break
        mark = mark or (node.start_mark if node is not None else None)
        return Place(self.name, *((mark.line + 1, mark.column + 1) if mark else (1, 1)), path=path)


def read_yaml(file: FilePath, name: str) -> tuple[YamlFile | None, list[Finding]]:
    """A file's data and places, or None where it cannot be read at all; with every fault of its form."""
    text, findings = read_text(file, name)
    if text is None:
        return None, findings
    yaml_file, found = parse_yaml(text, name)
    return yaml_file, [*found]


@lru_cache(maxsize=64)
def parse_yaml(text: str, name: str) -> tuple[YamlFile | None, Sequence[Finding]]:
    """What a text holds, for readers that change nothing of it: a command reads many files several times (the packs
    with every project, the project again before it acts), and a text says the same each time."""
    if NESTED.search(text) or text.count("[") + text.count("{") > MOST_BRACKETS:
        return None, [_too_deep(Place(name, 1, 1))]
    try:
        root = compose(text)
    except yaml.YAMLError as error:
        fault = _describe_syntax(error, text, name)
        return None, _find_tabs(text, name, fault.place.line or 1) or [fault]
    if root is None:
        root = MappingNode(BaseResolver.DEFAULT_MAPPING_TAG, [])
        return YamlFile(name, None, None), []
    builder = _Builder(name)
    data = builder.build(root, 0)
    return YamlFile(name, data, root), builder.findings


def compose(text: str) -> Node | None:
    composer = _Composer(text)
    try:
        node: Node | None = composer.get_single_node()
        return node
    finally:
        composer.dispose()


class _Builder:
    """Plain data from nodes; faults of form are collected on the way."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.findings: list[Finding] = []
        self.seen: set[int] = set()
        self.repeated: set[int] = set()

    def build(self, node: Node, depth: int) -> Any:
        if id(node) in self.seen:
            return self._report_alias(node)
        self.seen.add(id(node))
        if node.tag not in _KNOWN_TAGS:
            return self._report(
                node, "YAML-005", "A tag gives a value a type of its own.", "Leave the tag out.", node.tag
            )
        if isinstance(node, ScalarNode):
            return self._scalar(node)
        if depth > DEEPEST:
            self.findings.append(_too_deep(self._place(node)))
            return None
        if isinstance(node, SequenceNode):
            return [self.build(item, depth + 1) for item in node.value]
        return self._mapping(node, depth)

    def _scalar(self, node: ScalarNode) -> Any:
        text: str = node.value
        if not node.style:  # plain: not quoted, not a block
            if NUMBER.fullmatch(text):
                return Number(text)
            if text in WORDS:
                return WORDS[text]
        elif NOT_XML.search(text):
            self._report_control(node)
        return text

    def _mapping(self, node: Node, depth: int) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key, value in node.value:
            if not isinstance(key, ScalarNode):
                self._report(key, "YAML-005", "A key is a list or a mapping.", "Use a word as the key.", None)
                continue
            if key.style and NOT_XML.search(key.value):
                self._report_control(key)
            if key.value in data:
                remedy = "Keep one of the two."
                self._report(
                    key, "YAML-004", f"The key `{key.value}` stands twice in the same mapping.", remedy, key.value
                )
                continue
            data[key.value] = self.build(value, depth + 1)
        return data

    def _report_alias(self, node: Node) -> None:
        """Once for each part that is repeated: the library does not say where the aliases stand."""
        if id(node) not in self.repeated:
            self.repeated.add(id(node))
            message, remedy = (
                "This part of the file is repeated by an alias (*).",
                "Write it out wherever it is wanted.",
            )
            self._report(node, "YAML-005", message, remedy, None)

    def _report_control(self, node: ScalarNode) -> None:
        control = NOT_XML.search(node.value)
        self._report(node, "YAML-007", *_CONTROL, control and f"U+{ord(control[0]):04X}")

    def _place(self, node: Node) -> Place:
        return Place(self.name, node.start_mark.line + 1, node.start_mark.column + 1)

    def _report(self, node: Node, code: str, message: str, remedy: str, found: str | None) -> None:
        self.findings.append(Finding(code, self._place(node), message, remedy, found))


def _too_deep(place: Place) -> Finding:
    return Finding("YAML-006", place, "The file is nested too deeply for a definition.", f"Keep to {DEEPEST} levels.")


def _find_tabs(text: str, name: str, line: int) -> list[Finding]:
    """All tabs in indentation, where one of them stands in the line of a fault or in the line before."""
    message, remedy = (
        "A tab stands in the indentation; YAML allows only spaces there.",
        "Replace the tab by two spaces.",
    )
    tabs = {
        number: content.index("\t") + 1
        for number, content in enumerate(text.splitlines(), 1)
        if "\t" in content[: len(content) - len(content.lstrip())]
    }
    if not {line, line - 1} & tabs.keys():
        return []
    return [Finding("YAML-002", Place(name, number, column), message, remedy) for number, column in tabs.items()]


def _describe_syntax(error: yaml.YAMLError, text: str, name: str) -> Finding:
    control = NOT_XML.search(text) if isinstance(error, yaml.reader.ReaderError) else None
    if control:
        line, column = text.count("\n", 0, control.start()) + 1, control.start() - text.rfind("\n", 0, control.start())
        return Finding("YAML-007", Place(name, line, column), *_CONTROL, f"U+{ord(control[0]):04X}")
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = getattr(error, "problem", None) or str(error).splitlines()[0]
    context = getattr(error, "context", None)
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    lines = text.splitlines()
    found = lines[line - 1].strip() if 0 < line <= len(lines) else None
    message = f"This is not YAML: {f'{context}, ' if context else ''}{problem}."
    remedy = "Check indentation, quotes and the colon with a space after it, here and in the line before."
    return Finding("YAML-001", Place(name, line, column), message, remedy, _shorten(found))


def _shorten(line: str | None) -> str | None:
    return line if line is None or len(line) <= 60 else f"{line[:57]}..."
