"""Comments that people put on cells: notes as Excel always had them, and its newer threads; not who wrote them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from xml.etree import ElementTree

from grants.forms.correction import COMMENT_LINE, KEEPER_SHEET
from grants.forms.returned import Note
from grants.forms.stamp import STAMP_SHEET
from grants.readers.returned.book import Book

_THREAD = "tc="
"""Excel writes each thread a second time, as a note of an author of this name, for older programs."""
_SIGNED = re.compile(r"\n?\t-[^\n]*$", re.MULTILINE)
"""How Google Sheets puts the author's name below a comment."""
_KINDS = {"/comments": "comment", "/threadedComment": "threadedComment"}


def list_comments(book: Book) -> Iterator[Note]:
    """A note for each comment and each answer to one, sheet by sheet; those of our own marks are none."""
    title = next((str(row[1]) for row in book.rows(KEEPER_SHEET) if len(row) > 1 and row[0] == "title"), "")
    for name in book.sheets:
        if name in (STAMP_SHEET, KEEPER_SHEET):
            continue
        for root, wanted in _read_parts(book, name):
            authors = [x.text or "" for x in root.iter() if _local(x) == "author"]
            for node in root.iter():
                if _local(node) == wanted and (text := _read(node, authors, title)):
                    yield Note("comment", name, node.get("ref", ""), text)


def _read_parts(book: Book, sheet: str) -> Iterator[tuple[ElementTree.Element, str]]:
    """The parts with comments of a sheet, and what a comment is called there."""
    part = book.parts.get(sheet, "")
    folder, _, file = part.rpartition("/")
    relations = book.read_xml(f"{folder}/_rels/{file}.rels")
    for relation in relations if relations is not None else ():
        kind = next((x for end, x in _KINDS.items() if relation.get("Type", "").endswith(end)), None)
        target = relation.get("Target", "")
        target = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
        root = book.read_xml(target) if kind else None
        if kind and root is not None:
            yield root, kind


def _read(node: ElementTree.Element, authors: list[str], title: str) -> str:
    """What a comment says; nothing for one of ours, or for the copy of a thread."""
    number = node.get("authorId", "")
    author = authors[int(number)] if number.isdigit() and int(number) < len(authors) else ""
    if author.startswith(_THREAD):
        return ""
    text = "".join(x.text or "" for x in node.iter() if _local(x) in ("t", "text") and not len(x))
    if title and text.startswith(title):
        _, _, text = text.partition(COMMENT_LINE)
    return _SIGNED.sub("", text.removeprefix(f"{author}:") if author else text).strip()


def _local(node: ElementTree.Element) -> str:
    return node.tag.rpartition("}")[2]
