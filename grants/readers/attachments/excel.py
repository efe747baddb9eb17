"""A workbook that is to be mailed: hidden sheets, comments, and the texts of all cells, hidden ones too."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from grants.forms.stamp import STAMP_SHEET
from grants.model.inspected import Found, Inspected
from grants.readers.attachments.package import Parts, UnreadableError, find_common, read_parts, read_xml

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
MOST_ROWS = 20_000


def inspect_workbook(name: str, data: bytes) -> Inspected:
    """What a *.xlsx holds. Raises UnreadableError."""
    parts = read_parts(data)
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(data))
        read = [row for sheet in workbook.sheet_names if sheet != STAMP_SHEET for row in _list_rows(workbook, sheet)]
    except CalamineError as error:
        raise UnreadableError("a damaged workbook") from error
    passages = [(sheet, cell) for sheet, cells in read for cell in cells if isinstance(cell, str) and cell]
    rows = [(sheet, tuple(_say(cell) for cell in cells)) for sheet, cells in read]
    return Inspected(name, (*find_common(parts), *_find_in_parts(parts)), tuple(passages), tuple(rows))


def _list_rows(workbook: CalamineWorkbook, sheet: str) -> Iterator[tuple[str, list[Any]]]:
    rows = workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=True)
    if len(rows) > MOST_ROWS:
        raise UnreadableError(f"the sheet {sheet} has more than {MOST_ROWS:,} rows")
    for row in rows:
        if any(cell != "" for cell in row):
            yield sheet, row


def _say(cell: Any) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _find_in_parts(parts: Parts) -> Iterator[Found]:
    for sheet in read_xml(parts.get("xl/workbook.xml", b"")).iter(f"{_S}sheet"):
        if sheet.get("state", "visible") != "visible" and sheet.get("name") != STAMP_SHEET:
            yield Found("hidden sheet", "xl/workbook.xml", sheet.get("name", ""))
    for name, part in parts.items():
        if name.startswith(("xl/comments", "xl/threadedComments")) and b"<" in part:
            count = sum(node.tag.endswith(("}comment", "}threadedComment")) for node in read_xml(part).iter())
            if count:
                yield Found("comment", name, f"{count} comments")
