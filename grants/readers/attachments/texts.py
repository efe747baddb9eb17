"""Every text that a part of an Office file holds, whatever its element: what nobody thought of is read too.

Shown or not: headers, notes, text boxes, what charts and pivot tables remember, descriptions, names, hints, lists of
choices, fields, number formats. Only what is no text is left out: values of cells, which are read apart, and measures.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from xml.etree import ElementTree

_BLOCKS = ("p", "si", "is", "rPh", "text")
"""Elements whose parts are one text: a paragraph, a string of a workbook and how it is pronounced, a comment."""
_WRITTEN = ("t", "delText", "text")
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_FORMULAS = ("f",)
_LITERAL = re.compile(r'"((?:[^"]|"")*)"')
_NO_WORDS = ("r", "ref", "sqref", "spans", "id", "style", "styleId", "Id", "Type", "uid", "durableId")
"""Attributes that hold cells, measures and numbers."""
_LEAST = 4
"""Characters of an attribute that may say something."""


def list_texts(root: ElementTree.Element, without: Collection[str] = ()) -> Iterator[str]:
    """Every text of a part, each once; not what stands in the elements `without`."""
    told: dict[str, None] = {}
    waiting = [(root, False)]
    while waiting:
        node, is_told = waiting.pop()
        name = _name(node)
        if name in _BLOCKS:
            told[join_text(node)] = None
        elif name not in without and not (is_told and name in _WRITTEN):
            told.update(dict.fromkeys(_list_own(name, node.text or "")))
        told.update(dict.fromkeys(_list_attributes(node)))
        told[node.tail or ""] = None
        waiting += [(child, is_told or name in _BLOCKS) for child in reversed(node)]
    yield from (text for text in told if text.strip())


def join_text(block: ElementTree.Element) -> str:
    """The text of a paragraph, without that of other paragraphs that stand in it, such as those of a text box."""
    said = [block.text or ""] if _name(block) in _WRITTEN else []
    waiting = list(reversed(block))
    while waiting:
        node = waiting.pop()
        if (name := _name(node)) not in _BLOCKS or name in _WRITTEN:
            said.append((node.text or "") if name in _WRITTEN else _SIGNS.get(name, ""))
            waiting += reversed(node)
    return "".join(said)


def _list_own(name: str, text: str) -> Iterator[str]:
    """What stands in an element that is no paragraph: of a formula, what it says in words."""
    if name in _FORMULAS:
        yield from (match[1] for match in _LITERAL.finditer(text))
    else:
        yield text


def _list_attributes(node: ElementTree.Element) -> Iterator[str]:
    for key, value in node.attrib.items():
        name = key.rpartition("}")[2]
        if (
            len(value) >= _LEAST
            and any(map(str.isalpha, value))
            and name not in _NO_WORDS
            and not name.startswith("rsid")
        ):
            yield value


def list_chart_rows(root: ElementTree.Element) -> Iterator[tuple[str, ...]]:
    """What a chart remembers of its figures, as the rows of a table: its series side by side, a category each row."""
    series = [node for node in root.iter() if _name(node) == "ser"]
    if not series:
        return
    columns = [_read_points(node, "val", "yVal", "bubbleSize") for node in series]
    labels = next(filter(None, (_read_points(node, "cat", "xVal") for node in series)), {})
    yield ("", *(" ".join(_read_points(node, "tx").values()) for node in series))
    for index in sorted({index for column in columns for index in column}, key=int):
        yield (labels.get(index, ""), *(column.get(index, "") for column in columns))


def _read_points(series: ElementTree.Element, *kinds: str) -> dict[str, str]:
    """Number of a point -> what is remembered of it; whole numbers without decimals."""
    points: dict[str, str] = {}
    for child in series:
        for node in child.iter() if _name(child) in kinds else ():
            if _name(node) == "pt":
                words = "".join(value.text or "" for value in node if _name(value) == "v")
                points[node.get("idx", "")] = re.sub(r"\.0+$", "", words)
            elif _name(node) == "v" and not points:
                points["0"] = node.text or ""
    return {index: words for index, words in points.items() if index.isdigit()}


def _name(node: ElementTree.Element) -> str:
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""
