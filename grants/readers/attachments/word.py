"""A Word document that is to be mailed: comments, tracked changes, hidden text, and its texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.etree import ElementTree

from grants.model.inspected import Found, Inspected
from grants.readers.attachments.excel import add_tables
from grants.readers.attachments.package import (
    Roots,
    find_common,
    find_paths,
    list_rows_of_charts,
    list_texts_of_parts,
    read_parts,
    read_roots,
)
from grants.readers.attachments.texts import join_text

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHANGES = {
    f"{_W}{name}"
    for name in (
        *("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge", "numberingChange"),
        *("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblPrExChange", "tblGridChange"),
        *("trPrChange", "tcPrChange"),
    )
}
_OFF = ("0", "false", "off")
_ON = ("1", "true", "on")


def inspect_document(name: str, data: bytes) -> Inspected:
    """What a *.docx holds. Raises UnreadableError."""
    parts = read_parts(data, "word")
    roots = read_roots(parts)
    rows = [
        (part, tuple("\n".join(map(join_text, cell.iter(f"{_W}p"))) for cell in row.iter(f"{_W}tc")))
        for part, root in roots.items()
        for row in root.iter(f"{_W}tr")
    ]
    found = (*find_common(parts), *_find_in_parts(roots))
    rows += list_rows_of_charts(roots)
    return add_tables(Inspected(name, found, tuple(list_texts_of_parts(parts, roots)), tuple(rows)), parts)


def _find_in_parts(roots: Roots) -> Iterator[Found]:
    unseen = {f"{_W}{kind}": ids for kind, ids in _list_hidden_styles(roots).items()}
    for part, root in roots.items():
        yield from find_paths(part, root)
        if comments := sum(1 for _ in root.iter(f"{_W}comment")):
            yield Found("comment", part, f"{comments} comments")
        changes = [node for node in root.iter() if node.tag in _CHANGES]
        if changes:
            authors = dict.fromkeys(filter(None, (node.get(f"{_W}author") for node in changes)))
            by = f" by {', '.join(authors)}" if authors else ""
            yield Found("tracked change", part, f"{len(changes)} change{'s' * (len(changes) > 1)}{by}")
        if any(_is_hidden(run, unseen) for run in _list_runs(root, unseen)):
            yield Found("hidden text", part, "text that is formatted as hidden")


def _list_hidden_styles(roots: Roots) -> dict[str, set[str]]:
    """Kind of reference (rStyle, pStyle) -> the ids of styles that hide their text; "" where no style is named."""
    hidden: dict[str, set[str]] = {"rStyle": set(), "pStyle": set()}
    root = roots.get("word/styles.xml", ElementTree.Element("none"))
    styles = {style.get(f"{_W}styleId", ""): style for style in root.iter(f"{_W}style")}
    from_start = _is_on(root.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr/{_W}vanish"))
    if from_start:
        hidden["rStyle"].add("")
    for name, style in styles.items():
        kind = {"character": "rStyle", "paragraph": "pStyle"}.get(style.get(f"{_W}type", ""))
        if kind and _hides(style, styles, from_start):
            hidden[kind] |= {name, ""} if style.get(f"{_W}default") in _ON else {name}
    return hidden


def _hides(style: ElementTree.Element | None, styles: Mapping[str, ElementTree.Element], from_start: bool) -> bool:
    """What a style says of hiding, or else the one that it is based on, and so on; at last what holds for all."""
    seen: set[ElementTree.Element] = set()
    while style is not None and style not in seen:
        if (switch := style.find(f"{_W}rPr/{_W}vanish")) is not None:
            return _is_on(switch)
        seen.add(style)
        style = styles.get(_read_value(style.find(f"{_W}basedOn")))
    return from_start


def _list_runs(root: ElementTree.Element, unseen: dict[str, set[str]]) -> Iterator[ElementTree.Element]:
    """Runs, and whole paragraphs whose style hides them."""
    yield from root.iter(f"{_W}r")
    for paragraph in root.iter(f"{_W}p"):
        if _read_value(paragraph.find(f"{_W}pPr/{_W}pStyle")) in unseen[f"{_W}pStyle"]:
            yield paragraph


def _is_hidden(node: ElementTree.Element, unseen: dict[str, set[str]]) -> bool:
    if not join_text(node).strip():
        return False
    own = node.find(f"{_W}rPr/{_W}vanish")
    if node.tag == f"{_W}p" or own is not None:
        return node.tag == f"{_W}p" or _is_on(own)
    return _read_value(node.find(f"{_W}rPr/{_W}rStyle")) in unseen[f"{_W}rStyle"]


def _read_value(node: ElementTree.Element | None) -> str:
    return "" if node is None else node.get(f"{_W}val", "")


def _is_on(switch: ElementTree.Element | None) -> bool:
    return switch is not None and switch.get(f"{_W}val") not in _OFF
