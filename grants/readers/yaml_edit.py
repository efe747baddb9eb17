"""A YAML text with single values changed: every other line keeps its bytes, its comments and its order.

The text is patched at the places that the composer names. Why no library that writes YAML: those that keep comments
fold, indent and quote anew, and a change of one figure becomes a change of fifty lines.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import cast

from yaml import YAMLError
from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode
from yaml.resolver import Resolver

from grants.errors import Path
from grants.readers.yaml_file import NUMBER, WORDS, compose

WIDTH = 120
Value = object
"""What may be written: texts, `Plain`, Decimal, whole numbers, true and false, and lists and mappings of these."""
_INDENT = 2
_STRING = "tag:yaml.org,2002:str"
_RESOLVER = Resolver()
"""What other programs take a text without quotes for: `yes`, `2008-01-01` and `1:30` are no texts to them."""


class _Grown(dict[str, object]):
    """A mapping that a path asks for: more keys will follow, so each has a line of its own."""

    __slots__ = ()


class Plain(str):
    """A code, a date, a month: written without quotes, though it may look like a number."""

    __slots__ = ()


def set_value(text: str, path: Path, value: Value) -> str:
    """The text with a value at a path, in place of the one there or as a new key behind its brothers. KeyError for a
    path that leads through what is no mapping, or through a list's item that is not there."""
    root = compose(text)
    if root is None:
        return _begin(text, path, value)
    chain, left = _walk(root, path)
    if not left:
        return _replace(text, chain, path, value)
    for step in reversed(left[1:]):
        value = _Grown({str(step): value})
    return _insert_key(text, chain, str(left[0]), value)


def remove(text: str, path: Path) -> str:
    """The text without the key or the item at a path; as it is where there is none."""
    root = compose(text)
    if root is None:
        return text
    chain, left = _walk(root, path)
    if left:
        return text
    parent, step = chain[-2], path[-1]
    if isinstance(parent, MappingNode):
        return _remove_key(text, chain, str(step))
    return _remove_item(text, chain, path, int(step))


def insert_item(text: str, path: Path, value: Value, after: int | None = None) -> str:
    """The text with an item more in the list at a path: behind item `after`, else at its end."""
    root = compose(text)
    chain, left = _walk(root, path) if root is not None else ([], path)
    node = chain[-1] if chain and not left else None
    if not isinstance(node, SequenceNode) or not node.value:
        return set_value(text, path, [value])
    at = len(node.value) - 1 if after is None else after
    end = find_end(text, node.value[at])
    if node.flow_style:
        return text[:end] + ", " + _emit_flow(value) + text[end:]
    column = node.start_mark.column
    return _insert_lines(text, end, _emit_item(value, column))


def _walk(root: Node, path: Path) -> tuple[list[Node], Path]:
    """The nodes from the root along a path as far as they exist, and the steps that lead nowhere."""
    chain = [root]
    for number, step in enumerate(path):
        node = chain[-1]
        if isinstance(node, MappingNode):
            value = next((v for k, v in node.value if k.value == str(step)), None)
        elif isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
            value = node.value[step]
        else:
            raise KeyError(path)
        if value is None:
            return chain, path[number:]
        chain.append(value)
    return chain, ()


def _begin(text: str, path: Path, value: Value) -> str:
    """A file that holds nothing but comments."""
    for step in reversed(path[1:]):
        value = _Grown({str(step): value})
    before = text if not text or text.endswith("\n") else text + "\n"
    return before + "".join(f"{line}\n" for line in _emit_pair(str(path[0]), value, 0))


def find_end(text: str, node: Node) -> int:
    """Where a node's last character stands; the composer's end of a block is where the next thing begins."""
    if isinstance(node, (MappingNode, SequenceNode)) and not node.flow_style and node.value:
        last = node.value[-1]
        return find_end(text, last[1] if isinstance(node, MappingNode) else last)
    start, end = node.start_mark.index, node.end_mark.index
    if isinstance(node, ScalarNode) and node.style in ("|", ">"):
        return start + len(_cut_block(text[start:end]))
    return int(end)


def _cut_block(block: str) -> str:
    """A block scalar without the empty lines and comments behind it."""
    lines = block.split("\n")
    indent = next((len(line) - len(line.lstrip()) for line in lines[1:] if line.strip()), 0)
    while len(lines) > 1 and (not lines[-1].strip() or len(lines[-1]) - len(lines[-1].lstrip()) < indent):
        lines.pop()
    return "\n".join(lines)


def _replace(text: str, chain: Sequence[Node], path: Path, value: Value) -> str:
    node = chain[-1]
    start, end = node.start_mark.index, find_end(text, node)
    flow = any(isinstance(x, (MappingNode, SequenceNode)) and x.flow_style for x in chain[:-1])
    if isinstance(node, ScalarNode) and not isinstance(value, (Mapping, list, tuple)):
        return text[:start] + _emit_like(text, node, value, flow) + text[end:]
    block = isinstance(node, (MappingNode, SequenceNode)) and not node.flow_style
    if not (block or (isinstance(chain[-2], MappingNode) and not flow)):
        return text[:start] + _emit_flow(value) + text[end:]
    parent, key = chain[-2], str(path[-1])
    if not isinstance(parent, MappingNode):  # an item of a list of blocks
        line = text.rfind("\n", 0, start) + 1
        return text[:line] + "\n".join(_emit_item(value, chain[-2].start_mark.column)) + text[end:]
    name = next(k for k, _ in parent.value if k.value == key)
    at = name.start_mark
    lines = _emit_pair(key, value, at.column)
    return text[: at.index] + "\n".join(lines)[at.column :] + text[end:]


def _emit_like(text: str, node: ScalarNode, value: Value, flow: bool) -> str:
    """A scalar in the style of the one it stands for."""
    if isinstance(value, Decimal):
        digits = node.value.partition(".")[2] if NUMBER.fullmatch(node.value) else ""
        return _say_decimal(value, len(digits))
    if isinstance(value, Plain) or not isinstance(value, str):
        return _emit_scalar(value, flow)
    if node.style in ("|", ">"):
        indent = _find_indent(text, node)
        return "\n".join(_emit_block(value, indent)) if _can_fold(value) or "\n" in value else _emit_scalar(value, flow)
    if node.style == "'" and "\n" not in value:
        return "'" + value.replace("'", "''") + "'"
    if node.style == '"':
        return json.dumps(value, ensure_ascii=False)
    begins, behind = node.start_mark.column, _rest_of_line(text, node.end_mark.index)
    if not (flow or behind) and begins + len(value) > WIDTH and (_can_fold(value) or "\n" in value):
        line = text.rfind("\n", 0, node.start_mark.index) + 1
        own = text[line : node.start_mark.index]
        indent = len(own) - len(own.lstrip(" -")) + _INDENT
        return "\n".join(_emit_block(value, indent))
    return _emit_scalar(value, flow)


def _rest_of_line(text: str, end: int) -> str:
    """What stands behind a value: a comment, which in a block would become part of the text."""
    return text[end : text.find("\n", end) if "\n" in text[end:] else len(text)].strip()


def _find_indent(text: str, node: ScalarNode) -> int:
    lines = text[node.start_mark.index : node.end_mark.index].split("\n")[1:]
    return next((len(line) - len(line.lstrip()) for line in lines if line.strip()), _INDENT)


def _insert_key(text: str, chain: Sequence[Node], key: str, value: Value) -> str:
    node = chain[-1]
    if not isinstance(node, MappingNode):
        raise KeyError(key)
    if node.flow_style:
        end = find_end(text, node.value[-1][1]) if node.value else node.start_mark.index + 1
        pair = f"{_emit_key(key, True)}: {_emit_flow(value)}"
        return text[:end] + (", " if node.value else "") + pair + text[end:]
    column = node.value[0][0].start_mark.column
    return _insert_lines(text, find_end(text, node), _emit_pair(key, value, column))


def _insert_lines(text: str, after: int, lines: Sequence[str]) -> str:
    """Lines below the one in which a place stands."""
    end = text.find("\n", after)
    if end < 0:
        return text + "\n" + "\n".join(lines) + "\n"
    return text[: end + 1] + "".join(f"{line}\n" for line in lines) + text[end + 1 :]


def _remove_key(text: str, chain: Sequence[Node], key: str) -> str:
    parent = cast("CollectionNode", chain[-2])
    at = next(n for n, (k, _) in enumerate(parent.value) if k.value == key)
    name, value = parent.value[at]
    if parent.flow_style:
        return _remove_from_flow(text, [(k.start_mark.index, find_end(text, v)) for k, v in parent.value], at)
    start = text.rfind("\n", 0, name.start_mark.index) + 1
    end = _next_line(text, find_end(text, value))
    if text[start : name.start_mark.index].strip():  # it stands behind the dash of a list's item
        if at + 1 == len(parent.value):
            return text[: name.start_mark.index] + "{}" + text[find_end(text, value) :]
        following = parent.value[at + 1][0].start_mark.index
        return text[: name.start_mark.index] + text[following:]
    if len(parent.value) == 1 and len(chain) > 2:
        return text[: name.start_mark.index].rstrip() + " {}" + text[find_end(text, value) :]
    return text[:start] + text[end:]


def _remove_item(text: str, chain: Sequence[Node], path: Path, at: int) -> str:
    parent = cast("CollectionNode", chain[-2])
    if len(parent.value) == 1:
        return set_value(text, path[:-1], []) if len(path) > 1 else text
    if parent.flow_style:
        return _remove_from_flow(text, [(x.start_mark.index, find_end(text, x)) for x in parent.value], at)
    node = parent.value[at]
    dash = text.rfind("-", 0, node.start_mark.index)
    start = text.rfind("\n", 0, dash) + 1
    return text[:start] + text[_next_line(text, find_end(text, node)) :]


def _remove_from_flow(text: str, spans: Sequence[tuple[int, int]], at: int) -> str:
    if len(spans) == 1:
        return text[: spans[0][0]] + text[spans[0][1] :]
    if at + 1 < len(spans):
        return text[: spans[at][0]] + text[spans[at + 1][0] :]
    return text[: spans[at - 1][1]] + text[spans[at][1] :]


def _next_line(text: str, place: int) -> int:
    end = text.find("\n", place)
    return len(text) if end < 0 else end + 1


def _emit_pair(key: str, value: Value, indent: int) -> list[str]:
    """`key: value` in as many lines as it needs."""
    name = " " * indent + _emit_key(key, False) + ":"
    if isinstance(value, str) and not isinstance(value, Plain):
        plain = _emit_scalar(value, False)
        if "\n" in value or (len(name) + 1 + len(plain) > WIDTH and _can_fold(value)):
            first, *rest = _emit_block(value, indent + _INDENT)
            return [f"{name} {first}", *rest]
        return [f"{name} {plain}"]
    flow = _emit_flow(value)
    short = _is_short(value, len(name) + 1 + len(flow)) and not (isinstance(value, _Grown) and not _is_text(value))
    if not isinstance(value, (Mapping, list, tuple)) or not value or short:
        return [f"{name} {flow}"]
    if isinstance(value, Mapping):
        return [name, *(line for k, v in value.items() for line in _emit_pair(str(k), v, indent + _INDENT))]
    return [name, *(line for item in value for line in _emit_item(item, indent + _INDENT))]


def _is_text(value: Mapping[str, object]) -> bool:
    """Whether a mapping is a text in some languages."""
    return all(len(str(key)) == 2 and str(key).isalpha() for key in value)


def _is_short(value: Value, width: int) -> bool:
    """Whether a list or mapping stands in one line: its parts are no lists or mappings themselves."""
    parts = (
        list(value.values()) if isinstance(value, Mapping) else list(value) if isinstance(value, (list, tuple)) else []
    )
    return width <= WIDTH and not any(isinstance(x, (Mapping, list, tuple)) or "\n" in str(x) for x in parts)


def _emit_item(value: Value, indent: int) -> list[str]:
    dash = " " * indent + "- "
    flow = _emit_flow(value)
    if not isinstance(value, Mapping) or _is_short(value, len(dash) + len(flow)):
        return [dash + flow]
    lines = [line for key, part in value.items() for line in _emit_pair(str(key), part, indent + _INDENT)]
    return [dash + lines[0][indent + _INDENT :], *lines[1:]]


def _emit_flow(value: Value) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_emit_key(str(k), True)}: {_emit_flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(_emit_flow, value)) + "]"
    return _emit_scalar(value, True)


def _emit_key(key: str, flow: bool) -> str:
    """A key, quoted where a program that reads YAML takes it for a number: 5.10 would become 5.1."""
    return _emit_scalar(str(key), flow)


def _emit_scalar(value: Value, flow: bool) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    words = str(value)
    if isinstance(value, Plain) or not isinstance(value, str):
        return words
    return words if _is_plain(words, flow) else json.dumps(words, ensure_ascii=False)


def _is_plain(words: str, flow: bool) -> bool:
    """Whether a text needs no quotes: read without them, it is the same text."""
    if not words or words != words.strip() or "\n" in words or words in WORDS or NUMBER.fullmatch(words):
        return False
    if _RESOLVER.resolve(ScalarNode, words, (True, False)) != _STRING:  # type: ignore[no-untyped-call]
        return False
    if re.search(r"[\[\]{},?]", words) if flow else re.search(r"[\t\r]", words):
        return False
    try:
        root = compose(f"{{k: {words}}}" if flow else f"k: {words}")
    except YAMLError:
        return False
    pair = root.value[0][1] if isinstance(root, MappingNode) and len(root.value) == 1 else None
    return isinstance(pair, ScalarNode) and pair.value == words and not pair.style and pair.tag.endswith("str")


def _can_fold(words: str) -> bool:
    return words == " ".join(words.split()) and words.isprintable()


def _emit_block(words: str, indent: int) -> list[str]:
    """A long text, folded; one of several lines, as it stands."""
    if "\n" in words:
        return ["|-", *(" " * indent + line if line else "" for line in words.split("\n"))]
    lines = textwrap.wrap(words, max(WIDTH - indent, 40), break_long_words=False, break_on_hyphens=False)
    return [">-", *(" " * indent + line for line in lines)]


def _say_decimal(number: Decimal, digits: int) -> str:
    words = f"{number:f}"
    whole, _, rest = words.partition(".")
    rest = rest.rstrip("0").ljust(digits, "0")
    return f"{whole}.{rest}" if rest else whole
