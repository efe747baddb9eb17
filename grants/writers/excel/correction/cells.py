"""Cells of a sheet by their reference, also where the file says where they stand only by their order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lxml import etree

from grants.writers.excel.correction.names import WORKSHEET_ORDER, Node, append, child, children, namespace, place
from grants.writers.excel.correction.package import Package
from grants.writers.excel.correction.workbook_part import find_workbook

_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


class Address(NamedTuple):
    """Row and column, counted from 1."""

    row: int
    column: int


def parse_address(reference: str | None) -> Address | None:
    """F12; None for what is no single cell of a sheet."""
    match = _REFERENCE.fullmatch((reference or "").replace("$", "").upper())
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    address = Address(int(match[2]), column)
    return address if address.row <= 1_048_576 and column <= 16_384 else None


def name_address(address: Address) -> str:
    """F12."""
    letters, rest = "", address.column
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{address.row}"


def find_anchor(sheet: Node, address: Address) -> Address:
    """The cell that shows what is typed there: the first of a merged area, else the cell itself."""
    merged = child(sheet, "mergeCells")
    for node in [] if merged is None else merged:
        first, _, last = str(node.get("ref")).partition(":")
        start, end = parse_address(first), parse_address(last or first)
        if start and end and start.row <= address.row <= end.row and start.column <= address.column <= end.column:
            return start
    return address


class Grid:
    """The cells of a sheet. `style` and `restyle` create what is not there."""

    def __init__(self, sheet: Node) -> None:
        self._sheet = sheet
        self._data = place(sheet, "sheetData", WORKSHEET_ORDER)
        self._rows = dict(_number_rows(self._data))
        self._cells: dict[int, dict[int, Node]] = {}

    def cell(self, address: Address) -> Node:
        """The cell; a new empty one, formatted as its row or column, where there is none."""
        row = self._row(address.row)
        if address.row not in self._cells:
            self._cells[address.row] = dict(_number_cells(row, address.row))
        cells = self._cells[address.row]
        if address.column not in cells:
            new = etree.Element(f"{namespace(row)}c", r=name_address(address))
            if style := self._inherit(row, address.column):
                new.set("s", style)
            later = [column for column in cells if column > address.column]
            if later:
                cells[min(later)].addprevious(new)
            else:
                _add_cell(row, new)
            cells[address.column] = new
            row.attrib.pop("spans", None)
        return cells[address.column]

    def _row(self, number: int) -> Node:
        if number not in self._rows:
            new = etree.Element(f"{namespace(self._data)}row", r=str(number))
            later = [other for other in self._rows if other > number]
            if later:
                self._rows[min(later)].addprevious(new)
            else:
                self._data.append(new)
            self._rows[number] = new
        return self._rows[number]

    def _inherit(self, row: Node, column: int) -> str | None:
        if row.get("customFormat") in ("1", "true"):
            return str(row.get("s") or "0")
        columns = child(self._sheet, "cols")
        for node in [] if columns is None else columns:
            if int(str(node.get("min"))) <= column <= int(str(node.get("max"))):
                return str(node.get("style") or "0")
        return None


def _add_cell(row: Node, cell: Node) -> None:
    """Behind the last cell, before what else a row may have."""
    last = next((node for node in reversed(children(row, "c"))), None)
    if last is None:
        row.insert(0, cell)
    else:
        last.addnext(cell)


def _number_rows(data: Node) -> Iterator[tuple[int, Node]]:
    number = 0
    for row in children(data, "row"):
        number = int(str(row.get("r"))) if row.get("r") else number + 1
        row.set("r", str(number))
        yield number, row


def _number_cells(row: Node, number: int) -> Iterator[tuple[int, Node]]:
    column = 0
    for cell in children(row, "c"):
        address = parse_address(cell.get("r"))
        column = address.column if address else column + 1
        cell.set("r", name_address(Address(number, column)))
        yield column, cell


def list_styled(sheet: Node) -> Iterator[Node]:
    """All cells that have a format."""
    return (node for node in sheet.iter(f"{namespace(sheet)}c") if node.get("s"))


def insert_text(cell: Node, text: str) -> None:
    """A text written into the cell itself."""
    cell.set("t", "inlineStr")
    node = append(append(cell, "is"), "t")
    node.text = text
    node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def read_shared_texts(package: Package) -> list[str]:
    """The texts that cells name by their number."""
    relation = package.find_related(find_workbook(package), "sharedStrings")
    return [_join_texts(node) for node in package.read(relation.target)] if relation else []


def read_text(cell: Node, shared: Sequence[str]) -> str:
    """The text of a cell, wherever the program put it."""
    kind, value, inside = cell.get("t"), child(cell, "v"), child(cell, "is")
    if inside is not None:
        return _join_texts(inside)
    text = "" if value is None else value.text or ""
    return shared[int(text)] if kind == "s" and text else text


def _join_texts(node: Node) -> str:
    return "".join(words.text or "" for words in node.iter(f"{namespace(node)}t"))
