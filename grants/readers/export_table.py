"""An export as a table, whatever file it is: header row, rows, and where each cell stands."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from python_calamine import CalamineError, CalamineWorkbook

from grants.errors import Finding, Place, has_errors, suggest
from grants.model.import_map import ExportMap
from grants.readers.export_values import Value, say
from grants.readers.package_safety import check_package

LARGEST = 20 * 1024 * 1024
_LINE_END = re.compile(r"\r\n|\r|\n")
_CODECS = {"windows-1253": "cp1253", "windows-1250": "cp1250", "windows-1251": "cp1251", "utf-8": "utf-8-sig"}


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row below the header."""

    number: int
    """Line of a text, row of a sheet; from 1."""
    values: tuple[Value, ...]
    text: str = ""
    """The line itself, in a text."""


@dataclass(frozen=True, slots=True)
class ExportTable:
    """The table of an export."""

    file: str
    sheet: str | None
    headers: tuple[str, ...]
    header_row: int
    rows: tuple[TableRow, ...]
    delimiter: str = ""

    def find_column(self, header: str) -> int | None:
        """The number of a column, from 0, whatever case and spaces its header has."""
        wanted = fold(header)
        return next((number for number, name in enumerate(self.headers) if fold(name) == wanted), None)

    def place(self, row: TableRow, column: int | None = None) -> Place:
        """A cell, or the row: as a cell of the sheet, or as line and column of the text."""
        if self.sheet is not None:
            return Place(self.file, cell=f"{self.sheet}!{_letters((column or 0) + 1)}{row.number}")
        if column is None:
            return Place(self.file, row.number, 1)
        start = len(self.delimiter.join(map(str, row.values[:column]))) + bool(column)
        found = row.text.find(str(row.values[column]), start) if column < len(row.values) else -1
        return Place(self.file, row.number, max(found, 0) + 1)


def fold(text: str) -> str:
    """A header so that two that people hold for the same are the same."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def read_table(data: bytes, name: str, mapping: ExportMap) -> tuple[ExportTable | None, list[Finding]]:
    """The table as the mapping says the file is, or None with findings."""
    if len(data) > LARGEST:
        message = f"The file is larger than {LARGEST:,} bytes."
        return None, [Finding("EXP-002", Place(name), message, "Export a shorter period.", f"{len(data):,} bytes")]
    return _read_sheet(data, name, mapping) if mapping.kind == "xlsx" else _read_text(data, name, mapping)


def _unreadable(place: Place, message: str, remedy: str, found: str | None = None) -> tuple[None, list[Finding]]:
    return None, [Finding("EXP-002", place, message, remedy, found)]


def _read_text(data: bytes, name: str, mapping: ExportMap) -> tuple[ExportTable | None, list[Finding]]:
    if data.startswith(b"PK\x03\x04"):
        return _unreadable(Place(name), "The file is a workbook, not a text.", "Export as CSV, or use another mapping.")
    other = _find_other_encoding(data, mapping)
    if other:
        remedy = f"Export it as {mapping.encoding}, or write `encoding: {other}` in import.yaml."
        return _unreadable(Place(name), f"The file is not {mapping.encoding}.", remedy, other)
    try:
        text = data.decode(_CODECS.get(mapping.encoding, mapping.encoding))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - (data.rfind(b"\n", 0, error.start) + 1) + 1
        remedy = "Correct `encoding` in import.yaml, or export the file anew."
        found = f"byte 0x{data[error.start]:02X}"
        return _unreadable(Place(name, line, column), f"The file is not {mapping.encoding}.", remedy, found)
    return _split(text, name, mapping)


def _find_other_encoding(data: bytes, mapping: ExportMap) -> str | None:
    """UTF-8 or UTF-16 where the mapping says something else. Letters in another encoding are never valid UTF-8."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None if mapping.encoding == "utf-16" else "utf-16"
    if mapping.encoding == "utf-8" or data.isascii():
        return None
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"


def _split(text: str, name: str, mapping: ExportMap) -> tuple[ExportTable | None, list[Finding]]:
    delimiter = "\t" if mapping.delimiter == "tab" else mapping.delimiter
    lines = _LINE_END.split(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[TableRow] = []
    headers: tuple[str, ...] = ()
    last = 0
    try:
        for record in reader:
            number, last = last + 1, reader.line_num
            if number == mapping.header_row:
                headers = tuple(record)
            elif number > mapping.header_row and any(map(str.strip, record)):
                line = lines[number - 1] if number <= len(lines) else ""
                rows.append(TableRow(number, tuple(record), line))
    except csv.Error as error:
        remedy = "Look at the quotes in this line; export the file anew."
        return _unreadable(Place(name, reader.line_num, 1), f"The line is not CSV ({error}).", remedy)
    return ExportTable(name, None, headers, mapping.header_row, tuple(rows), delimiter), []


def _read_sheet(data: bytes, name: str, mapping: ExportMap) -> tuple[ExportTable | None, list[Finding]]:
    findings = check_package(data, name)
    if has_errors(findings):
        return None, findings
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        title = mapping.sheet or workbook.sheet_names[0]
        if title not in workbook.sheet_names:
            remedy = suggest(title, workbook.sheet_names)
            return _unreadable(Place(name), f"The workbook has no sheet `{title}`.", remedy, title)
        found: Sequence[Sequence[Value]] = workbook.get_sheet_by_name(title).to_python(skip_empty_area=False)
    except (CalamineError, IndexError) as error:
        return _unreadable(Place(name), f"The workbook cannot be read ({error}).", "Export it anew.")
    headers = found[mapping.header_row - 1] if mapping.header_row <= len(found) else ()
    rows = (TableRow(number, tuple(values)) for number, values in enumerate(found, 1))
    below = tuple(row for row in rows if row.number > mapping.header_row and any(map(say, row.values)))
    return ExportTable(name, title, tuple(map(say, headers)), mapping.header_row, below), findings


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def list_wanted(mapping: ExportMap) -> Mapping[str, str]:
    """Field -> header, for every column that the mapping names; `skip 1` and so on for those of rows to skip."""
    columns = {field: header for field, header in mapping.columns.model_dump().items() if header is not None}
    return columns | {f"skip {number}": skip.column for number, skip in enumerate(mapping.skip, 1)}
