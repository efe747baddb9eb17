"""A workbook that is to be mailed: hidden sheets, comments, and the texts of all cells, hidden ones too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineWorkbook

from grants.forms.stamp import STAMP_SHEET
from grants.model.inspected import Found, Inspected
from grants.readers.attachments.package import (
    Parts,
    Roots,
    UnreadableError,
    find_common,
    find_paths,
    is_table,
    list_rows_of_charts,
    list_texts_of_parts,
    read_parts,
    read_roots,
)
from grants.readers.attachments.stamped import find_strange

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
MOST_ROWS = 20_000


def inspect_workbook(name: str, data: bytes) -> Inspected:
    """What a *.xlsx holds. Raises UnreadableError."""
    parts = read_parts(data, "xl")
    return add_tables(_inspect_table(name, data, parts), parts)


def _inspect_table(name: str, data: bytes, parts: Parts) -> Inspected:
    roots = read_roots(parts)
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(data))
        read = [row for sheet in workbook.sheet_names for row in _list_rows(workbook, sheet)]
        strange = _find_strange(workbook.sheet_names, read)
    except CalamineError as error:
        raise UnreadableError("a damaged workbook") from error
    passages = [(sheet, cell) for sheet, cells in read for cell in cells if isinstance(cell, str) and cell]
    shown = {text for _, text in passages}
    passages += [(part, text) for part, text in list_texts_of_parts(parts, roots) if text not in shown]
    counted = [(sheet, cells) for sheet, cells in read if strange or sheet != STAMP_SHEET]
    rows = [(sheet, tuple(_say(cell) for cell in cells)) for sheet, cells in counted]
    rows += list_rows_of_charts(roots)
    found = (*find_common(parts), *_find_in_parts(roots, strange))
    return Inspected(name, found, tuple(passages), tuple(rows))


def add_tables(whole: Inspected, parts: Parts) -> Inspected:
    """With what stands in the workbooks behind charts, which whoever clicks on a chart opens; no further inward."""
    for part, data in parts.items():
        if is_table(part):
            inside = read_parts(data, "xl")
            inner = _inspect_table(part, data, inside)
            within = tuple(
                Found("program", f"{part}, {x}", "a file inside the inner file") for x in inside if is_table(x)
            )
            whole = replace(
                whole,
                found=(*whole.found, *(replace(x, place=f"{part}, {x.place}") for x in inner.found), *within),
                passages=(*whole.passages, *((part, text) for _, text in inner.passages)),
                rows=(*whole.rows, *((part, cells) for _, cells in inner.rows)),
            )
    return whole


def _find_strange(sheets: Sequence[str], read: Sequence[tuple[str, list[Any]]]) -> str | None:
    """What the sheet of our stamp says that no stamp of ours does; None where it is a stamp, or there is none."""
    others = [sheet for sheet in sheets if sheet != STAMP_SHEET]
    shown = (cell for sheet, cells in read if sheet != STAMP_SHEET for cell in cells)
    stamped = (cells for sheet, cells in read if sheet == STAMP_SHEET)
    return next(find_strange(stamped, others, shown), None)


def _list_rows(workbook: CalamineWorkbook, sheet: str) -> Iterator[tuple[str, list[Any]]]:
    rows = workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=True)
    if len(rows) > MOST_ROWS:
        raise UnreadableError(f"the sheet {sheet} has more than {MOST_ROWS:,} rows")
    for row in rows:
        if any(cell != "" for cell in row):
            yield sheet, row


def _say(cell: Any) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _find_in_parts(roots: Roots, strange: str | None) -> Iterator[Found]:
    book = roots.get("xl/workbook.xml", ElementTree.Element("none"))
    for sheet in book.iter(f"{_S}sheet"):
        said = f", which says: {strange[:60]}" if strange and sheet.get("name") == STAMP_SHEET else ""
        if sheet.get("state", "visible") != "visible" and (said or sheet.get("name") != STAMP_SHEET):
            yield Found("hidden sheet", "xl/workbook.xml", sheet.get("name", "") + said)
    sheets = [name for name, root in roots.items() if root.tag == f"{_S}worksheet"]
    if len(sheets) > sum(1 for _ in book.iter(f"{_S}sheet")):
        yield Found("hidden sheet", "xl/workbook.xml", "a sheet that the workbook does not list")
    for name, root in roots.items():
        yield from _find_in_part(name, root)


def _find_in_part(name: str, root: ElementTree.Element) -> Iterator[Found]:
    """What a part does not show, however it is called: rows, comments, what pivot tables keep, sources, history."""
    kind = root.tag.rpartition("}")[2]
    if kind == "worksheet":
        yield from _find_hidden_rows(name, root)
    elif kind == "pivotCacheRecords" or (
        kind == "pivotCacheDefinition" and any(len(x) for x in root.iter(f"{_S}sharedItems"))
    ):
        yield Found("hidden row", name, "the rows behind a pivot table")
    elif name.startswith("xl/revisions/"):
        yield Found("tracked change", name, "the history of a shared workbook")
    elif kind in ("connections", "queryTable", "externalLink"):
        names = [node.get("name", "") for node in root.iter(f"{_S}connection")] or [root.get("name", "")]
        yield from (Found("outside", name, text) for text in names)
    elif count := sum(node.tag.endswith(("}comment", "}threadedComment")) for node in root.iter()):
        yield Found("comment", name, f"{count} comments")
    yield from find_paths(name, root)


def _find_hidden_rows(name: str, sheet: ElementTree.Element) -> Iterator[Found]:
    """Rows and columns that are hidden, or have no height or width, with something in them."""
    rows: list[int] = []
    numbers: set[int] = set()
    place = 0
    for row in sheet.iter(f"{_S}row"):
        place = int(row.get("r") or place + 1)  # a row and a cell may leave out where they stand: behind the last one
        filled = set(_list_filled(row))
        numbers |= filled
        if filled and _is_unseen(row, "ht"):
            rows.append(place)
    if rows:
        yield Found("hidden row", name, f"rows {', '.join(map(str, sorted(rows)[:10]))}")
    for column in sheet.iter(f"{_S}col"):
        first, last = int(column.get("min", "0")), int(column.get("max", "0"))
        if _is_unseen(column, "width") and any(first <= number <= last for number in numbers):
            yield Found("hidden row", name, f"columns {_letters(first)}:{_letters(last)}")


def _is_unseen(node: ElementTree.Element, size: str) -> bool:
    return node.get("hidden") in ("1", "true") or float(node.get(size) or "1") == 0


def _list_filled(row: ElementTree.Element) -> Iterator[int]:
    """The columns in which something stands."""
    column = 0
    for cell in row.iter(f"{_S}c"):
        column = _count(cell.get("r", "").rstrip("0123456789")) or column + 1
        if len(cell):
            yield column


def _count(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
