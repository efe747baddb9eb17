"""A Word document that is to be mailed: comments, tracked changes, hidden text, and its texts."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree

from grants.model.inspected import Found, Inspected
from grants.readers.attachments.package import Parts, find_common, read_parts, read_xml

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHANGES = {f"{_W}{name}" for name in ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "tblPrChange")}
_OFF = ("0", "false", "off")


def inspect_document(name: str, data: bytes) -> Inspected:
    """What a *.docx holds. Raises UnreadableError."""
    parts = read_parts(data)
    roots = {part: read_xml(xml) for part, xml in parts.items() if part.startswith("word/") and part.endswith(".xml")}
    found = [*find_common(parts), *_find_in_parts(roots, parts)]
    passages = [(part, text) for part, root in roots.items() for text in _list_paragraphs(root) if text]
    rows = [
        (part, tuple("\n".join(_list_paragraphs(cell)) for cell in row.iter(f"{_W}tc")))
        for part, root in roots.items()
        for row in root.iter(f"{_W}tr")
    ]
    return Inspected(name, tuple(found), tuple(passages), tuple(rows))


def _find_in_parts(roots: dict[str, ElementTree.Element], parts: Parts) -> Iterator[Found]:
    for part, root in roots.items():
        if part.startswith("word/comments") and any(node.tag.endswith("}comment") for node in root):
            yield Found("comment", part, f"{len(list(root))} comments")
        changes = sum(node.tag in _CHANGES for node in root.iter())
        if changes:
            yield Found("tracked change", part, f"{changes} changes")
        for run in root.iter(f"{_W}r"):
            hidden = run.find(f"{_W}rPr/{_W}vanish")
            if hidden is not None and hidden.get(f"{_W}val") not in _OFF and _text(run).strip():
                yield Found("hidden text", part, "text that is formatted as hidden")
                break


def _list_paragraphs(root: ElementTree.Element) -> list[str]:
    return [_text(node) for node in root.iter(f"{_W}p")]


def _text(node: ElementTree.Element) -> str:
    spaces = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n"}
    return "".join(
        (part.text or "") if part.tag in (f"{_W}t", f"{_W}delText") else spaces.get(part.tag, "")
        for part in node.iter()
    )
