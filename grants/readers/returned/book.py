"""A workbook that came back, opened: the rows of its sheets, and what calamine does not say of their cells."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, NamedTuple
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineWorkbook

from grants.forms.stamp import Stamp, from_rows

Rows = Sequence[Sequence[Any]]
Place = tuple[int, int]
"""Row and column from 0."""
_ROOT = re.compile(rb"<(\w+:)?worksheet[\s>]")
_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*[^/>])>\s*")
"""What stands right before a formula."""
_ERROR = re.compile(
    rb'<(?:\w+:)?c\s([^>]*\bt="e"[^>]*)>(?:\s*<(?:\w+:)?f\b[^>]*(?:/>|>[^<]*</(?:\w+:)?f>))?\s*<(?:\w+:)?v>([^<]*)'
)
_NO_VALUE = re.compile(
    rb"<(?:\w+:)?f\b[^>]*(?:/>|>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
"""A formula without a value; one that gives an empty text has a type of its own."""
_ADDRESS = re.compile(rb'\br="([A-Z]{1,3})([1-9]\d{0,6})"')


class Marks(NamedTuple):
    """What calamine does not say of cells."""

    formulas: frozenset[Place]
    uncalculated: frozenset[Place]
    """Formulas without a value beside them."""
    errors: Mapping[Place, str]
    """#REF! and its like, which calamine gives as nothing."""


@dataclass(slots=True)
class Book:
    """An opened workbook."""

    data: bytes
    opened: CalamineWorkbook
    parts: dict[str, str]
    """Name of a sheet -> its part."""
    kept: dict[str, Rows] = field(default_factory=dict)
    marks: dict[str, Marks] = field(default_factory=dict)
    unpacked: dict[str, bytes] = field(default_factory=dict)

    @property
    def sheets(self) -> list[str]:
        """The names of its sheets, in order."""
        return list(self.opened.sheet_names)

    def rows(self, sheet: str) -> Rows:
        """The rows of a sheet from the first on; none where there is no such sheet."""
        if sheet not in self.kept:
            self.kept[sheet] = self._read_rows(sheet) if sheet in self.opened.sheet_names else []
        return self.kept[sheet]

    def _read_rows(self, sheet: str) -> Rows:
        try:
            return self.opened.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
        except (CalamineError, ValueError):  # a sheet that is a chart
            return []

    def read_stamp(self) -> Stamp | None:
        """What its hidden sheet says; None where that is gone or somebody wrote into it."""
        try:
            return from_rows(self.rows("_grants"))
        except (ValueError, TypeError, IndexError):
            return None

    def find_marks(self, sheet: str) -> Marks:
        """What calamine does not say of a sheet's cells."""
        if sheet not in self.marks:
            xml = self._read_part(sheet)
            formulas, uncalculated = _find_formulas(xml)
            cells = _ERROR.finditer(xml) if b't="e"' in xml else ()
            found = ((_find_place(match[1]), match[2].decode()) for match in cells)
            errors = {place: words for place, words in found if place}
            self.marks[sheet] = Marks(frozenset(formulas), frozenset(uncalculated), errors)
        return self.marks[sheet]

    def _read_part(self, sheet: str) -> bytes:
        if sheet in self.parts and sheet not in self.unpacked:
            with zipfile.ZipFile(BytesIO(self.data)) as package:
                self.unpacked[sheet] = package.read(self.parts[sheet])
        return self.unpacked.get(sheet, b"")

    def read_xml(self, part: str) -> ElementTree.Element | None:
        """A part that is no sheet; None where there is none, or nobody can read it."""
        with zipfile.ZipFile(BytesIO(self.data)) as package:
            try:
                return ElementTree.fromstring(package.read(part))  # noqa: S314  # found harmless
            except (KeyError, ElementTree.ParseError):
                return None


def open_book(data: bytes) -> Book | None:
    """The workbook, or None where it cannot be opened. It must have been found harmless before."""
    try:
        opened = CalamineWorkbook.from_filelike(BytesIO(data))
        return Book(data, opened, _list_parts(data))
    except (CalamineError, KeyError, ElementTree.ParseError, zipfile.BadZipFile):
        return None


def _list_parts(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(BytesIO(data)) as package:
        relations = ElementTree.fromstring(package.read("xl/_rels/workbook.xml.rels"))  # noqa: S314  # found harmless
        book = ElementTree.fromstring(package.read("xl/workbook.xml"))  # noqa: S314  # found harmless
    targets = {x.get("Id", ""): x.get("Target", "") for x in relations}
    parts = {}
    for node in book.iter():
        if node.tag.endswith("}sheet"):
            link = next((value for key, value in node.items() if key.endswith("}id")), "")
            target = targets.get(link, "")
            parts[node.get("name", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return parts


def _find_place(attributes: bytes) -> Place | None:
    match = _ADDRESS.search(b" " + attributes)
    return (int(match[2]) - 1, read_letters(match[1].decode())) if match else None


def _find_formulas(xml: bytes) -> tuple[list[Place], list[Place]]:
    """The cells that have a formula, and those of them that have no value.

    Why not one pattern over all cells: fifty thousand rows have half a million, and formulas in few of them.
    """
    formulas: list[Place] = []
    uncalculated: list[Place] = []
    root = _ROOT.search(xml)
    tag = b"<" + (root[1] or b"" if root else b"") + b"f"
    at = xml.find(tag)
    while at >= 0:
        cell = _CELL.fullmatch(xml, xml.rfind(b"<", 0, at), at)
        if cell and (place := _find_place(cell[1])):
            formulas.append(place)
            if b't="str"' not in cell[1] and _NO_VALUE.match(xml, at):
                uncalculated.append(place)
        at = xml.find(tag, at + len(tag))
    return formulas, uncalculated


def read_letters(letters: str) -> int:
    """A -> 0, AB -> 27."""
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column - 1


def write_letters(column: int) -> str:
    """0 -> A, 27 -> AB."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
