"""A narrative file -> blocks and runs, and every construct that a document cannot show as a finding.

The only door to markdown-it: CommonMark with tables and footnotes. HTML, pictures, code and rules are parsed so
that they are seen and named; none of them reaches a document. Figure references ({{ total }}) stay as text.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.footnote import footnote_plugin

from grants.errors import Finding, Place
from grants.model import Narrative
from grants.model.rich_text import (
    Block,
    Footnote,
    Heading,
    Inline,
    Inlines,
    LineBreak,
    ListBlock,
    Paragraph,
    Quote,
    RichText,
    Run,
    Table,
)
from grants.readers.markdown_faults import FAULTS, NOT_XML

DEEPEST_HEADING = 3
DEEPEST_LIST = 3
LINK_SCHEME = re.compile(r"(?:https?://|mailto:)\S", re.IGNORECASE)
TASK = re.compile(r"\[[ xX]\](?:\s|$)")
LEFT_OVER = re.compile(r"\]\(|\]\[|!\[")
"""What a link or picture leaves behind where Markdown did not recognise it."""


def read_markdown(narrative: Narrative) -> tuple[RichText, list[Finding]]:
    """The blocks of a narrative, without the constructs that findings name."""
    blocks, findings = parse_markdown(narrative)
    return blocks, [*findings]


@functools.lru_cache(maxsize=256)
def parse_markdown(narrative: Narrative) -> tuple[RichText, Sequence[Finding]]:
    """The same, once for each text: a command reads a project several times, and its narratives take longest."""
    try:
        reader = _Reader(narrative)
        blocks = reader.read()
    except RecursionError:
        message, remedy, severity = FAULTS["MD-016"]
        return (), [Finding("MD-016", Place(narrative.file, 1, 1), message, remedy, severity=severity)]
    return blocks, sorted(reader.findings, key=lambda finding: finding.place.line or 0)


@functools.cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True}).enable("table")
    parser.use(footnote_plugin, always_match_refs=True, move_to_end=False)
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # schemes are judged below, with a finding
    return parser


class _Reader:
    """One file: its footnotes, its shallowest heading, and the findings collected on the way."""

    def __init__(self, narrative: Narrative) -> None:
        self.file = narrative.file
        self.findings: list[Finding] = []
        self.markdown = self._drop_controls(narrative.markdown)
        self.env: dict[str, Any] = {}
        self.root = SyntaxTreeNode(_parser().parse(self.markdown, self.env))
        self.notes = {node.meta["label"]: node for node in reversed(self.root.children) if _is_note(node)}
        self.used: set[str] = set()
        self.top = min((_level(node) for node in self.root.children if node.type == "heading"), default=1)

    def read(self) -> RichText:
        blocks = tuple(self._blocks(self.root.children, 0, "section"))
        for node in self.root.children:
            if _is_note(node) and (node.meta["label"] not in self.used or self.notes[node.meta["label"]] is not node):
                self._report("MD-012", node, f"[^{node.meta['label']}]")
        return blocks

    def _drop_controls(self, markdown: str) -> str:
        for match in NOT_XML.finditer(markdown):
            line = markdown.count("\n", 0, match.start()) + 1
            self._report_line("MD-011", line, f"U+{ord(match[0]):04X}")
        return NOT_XML.sub("", markdown)

    def _report(self, code: str, node: SyntaxTreeNode, found: str | None = None) -> None:
        self._report_line(code, node.map[0] + 1 if node.map else None, found)

    def _report_line(self, code: str, line: int | None, found: str | None) -> None:
        fault = FAULTS[code]
        short = found if found is None or len(found) <= 60 else found[:57] + "..."
        self.findings.append(Finding(code, Place(self.file, line), fault.message, fault.remedy, short, fault.severity))

    def _blocks(self, nodes: Iterable[SyntaxTreeNode], depth: int, inside: str) -> Iterator[Block]:
        """The blocks of nodes; `inside` names what holds them, `depth` counts lists around them."""
        for node in nodes:
            if node.type == "paragraph":
                if content := self._content(node, inside):
                    yield Paragraph(content)
            elif node.type in ("bullet_list", "ordered_list"):
                yield from self._list(node, depth + 1, inside)
            elif node.type in ("heading", "table", "blockquote"):
                yield from self._standing(node, depth, inside)
            elif not _is_note(node):
                code = {"html_block": "MD-001", "hr": "MD-004"}.get(node.type, "MD-003")
                self._report(code, node, node.content.strip().splitlines()[0] if node.content.strip() else node.markup)

    def _standing(self, node: SyntaxTreeNode, depth: int, inside: str) -> Iterator[Block]:
        """Headings and tables stand in the section itself; a quotation also in a list."""
        allowed = inside == "section" and depth == 0
        if node.type == "blockquote" and inside == "section":
            yield Quote(tuple(self._blocks(node.children, depth, "quotation")))
        elif node.type == "heading" and allowed:
            yield from self._heading(node)
        elif node.type == "table" and allowed:
            yield self._table(node)
        else:
            self._report("MD-010", node, f"{node.type} inside a {inside if inside != 'section' else 'list'}")

    def _heading(self, node: SyntaxTreeNode) -> Iterator[Block]:
        level = _level(node)
        if level > DEEPEST_HEADING:
            self._report("MD-005", node, node.markup)
        elif content := self._content(node, "heading"):
            yield Heading(level - self.top + 1, content)

    def _list(self, node: SyntaxTreeNode, depth: int, inside: str) -> Iterator[Block]:
        if depth > DEEPEST_LIST:
            self._report("MD-009", node)
            return
        items = [tuple(self._blocks(item.children, depth, inside)) for item in node.children]
        yield ListBlock(node.type == "ordered_list", tuple(items), int(node.attrs.get("start", 1)))

    def _table(self, node: SyntaxTreeNode) -> Table:
        rows = [row for part in node.children for row in part.children]
        cells = [tuple(self._content(cell, "table") for cell in row.children) for row in rows]
        return Table(cells[0], tuple(cells[1:]), tuple(_alignment(cell) for cell in rows[0].children))

    def _content(self, node: SyntaxTreeNode, inside: str) -> Inlines:
        """The runs of a paragraph, heading or cell."""
        inline = next((child for child in node.children if child.type == "inline"), None)
        if inline is None:
            return ()
        line = (inline.map or node.map or (0, 0))[0] + 1
        text = inline.content
        if node.parent is not None and node.parent.type == "list_item" and TASK.match(text):
            self._report_line("MD-006", line, text[:3])
        return self._inlines(inline.children, line, inside)

    def _inlines(self, nodes: Iterable[SyntaxTreeNode], line: int, inside: str) -> Inlines:
        content = tuple(_Inlines(self, line, inside).read(nodes, Run("")))
        return () if all(isinstance(part, Run) and not part.text.strip() for part in content) else content

    def _footnote(self, node: SyntaxTreeNode, line: int, inside: str) -> Iterator[Inline]:
        label = node.meta.get("label")
        mark = "^[" if label is None else f"[^{label}]"
        if inside in ("footnote", "heading"):
            self._report_line("MD-010", line, f"footnote {mark} inside a {inside}")
        elif label is None:
            tokens = self.env["footnotes"]["list"][node.meta["id"]]["tokens"]
            yield Footnote((Paragraph(self._inlines(SyntaxTreeNode(tokens).children, line, "footnote")),))
        elif label in self.notes:
            self.used.add(label)
            yield Footnote(tuple(self._blocks(self.notes[label].children, 0, "footnote")))
            return
        else:
            self._report_line("MD-008", line, mark)
        self.used.add(str(label))


class _Inlines:
    """The runs of one paragraph; it counts lines on the way."""

    def __init__(self, reader: _Reader, line: int, inside: str) -> None:
        self.reader = reader
        self.line = line
        self.inside = inside

    def read(self, nodes: Iterable[SyntaxTreeNode], look: Run) -> Iterator[Inline]:
        """Runs in the look of `look`, which has no text."""
        for node in nodes:
            kind = node.type
            if kind == "text":
                yield from self._text(node.content, look)
            elif kind in ("softbreak", "hardbreak"):
                self.line += 1
                yield LineBreak() if kind == "hardbreak" else _like(look, " ")
            elif kind in ("strong", "em"):
                yield from self.read(node.children, _emphasised(look, kind))
            elif kind == "link":
                yield from self._link(node, look)
            elif kind == "footnote_ref":
                yield from self.reader._footnote(node, self.line, self.inside)
            else:
                self._refuse(node)

    def _text(self, text: str, look: Run) -> Iterator[Inline]:
        if "~~" in text:
            self._report("MD-014", text)
        if LEFT_OVER.search(text):
            self._report("MD-015", text)
        if text:
            yield _like(look, text)

    def _link(self, node: SyntaxTreeNode, look: Run) -> Iterator[Inline]:
        address: str | None = str(node.attrs.get("href", ""))
        if not LINK_SCHEME.match(address or ""):
            self._report("MD-007", address or "")
            address = None
        if node.attrs.get("title"):
            self._report("MD-013", str(node.attrs["title"]))
        yield from self.read(node.children, Run("", look.bold, look.italic, address))

    def _refuse(self, node: SyntaxTreeNode) -> None:
        code = {"html_inline": "MD-001", "image": "MD-002"}.get(node.type, "MD-003")
        found = str(node.attrs.get("src", "")) if node.type == "image" else node.content
        self._report(code, found)
        self.line += node.content.count("\n")

    def _report(self, code: str, found: str) -> None:
        self.reader._report_line(code, self.line, found.strip())


def _is_note(node: SyntaxTreeNode) -> bool:
    return node.type == "footnote_reference"


def _level(node: SyntaxTreeNode) -> int:
    return int(node.tag[1])


def _alignment(cell: SyntaxTreeNode) -> Literal["left", "center", "right"]:
    style = str(cell.attrs.get("style", ""))
    return "right" if style.endswith("right") else "center" if style.endswith("center") else "left"


def _like(look: Run, text: str) -> Run:
    return Run(text, look.bold, look.italic, look.link)


def _emphasised(look: Run, kind: str) -> Run:
    return Run("", look.bold or kind == "strong", look.italic or kind == "em", look.link)
