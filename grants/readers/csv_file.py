"""A table in a text file -> rows of cells, with the line and column of each. The only door to the csv library.

The files are those that the program itself writes and that people mend in a text editor: UTF-8, commas, a row of column
names. What Excel saves under the same name in Athens and Belgrade has semicolons: it is refused with that reason.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path as FilePath

from grants.errors import Finding, Path, Place, suggest
from grants.readers.text_file import read_text
from grants.readers.yaml_file import NOT_XML

LARGEST = 64 * 1024 * 1024
"""Bytes: some 500 thousand costs."""
MOST_ROWS = 200_000
Cells = list[str]


@dataclass(frozen=True, slots=True)
class CsvRow:
    """A row that somebody wrote something into."""

    file: CsvFile
    line: int
    """The line it begins in, from 1."""
    cells: Cells
    """As many as there are columns, without the blanks around them."""

    def place(self, path: Path, *, key: bool = False) -> Place:
        """Line and column where the cell of a column begins; of the row, for another path."""
        del key  # a column's name stands in the first line
        name = str(path[0]) if path else ""
        if name not in self.file.columns:
            return Place(self.file.name, self.line, 1)
        line, column = self.file.find_cell(self.line, self.file.columns.index(name))
        return Place(self.file.name, line, column)


@dataclass(frozen=True, slots=True, eq=False)
class CsvFile:
    """A table as it was read."""

    name: str
    columns: tuple[str, ...]
    lines: list[str]
    """With their ends."""

    def find_cell(self, line: int, index: int) -> tuple[int, int]:
        """Line and column at which a cell begins, in a row that begins in `line`."""
        column, quoted = 1, False
        for letter in chain.from_iterable(map(self.lines.__getitem__, range(line - 1, len(self.lines)))):
            if not index:
                break
            quoted ^= letter == '"'
            index -= letter == "," and not quoted
            column += 1
            if letter == "\n":
                line, column = line + 1, 1
        return line, column


def read_csv(
    file: FilePath, name: str, columns: Sequence[str]
) -> tuple[tuple[CsvFile, list[CsvRow]] | None, list[Finding]]:
    """A file's rows, or None where it is no such table; with every fault of its form."""
    text, findings = read_text(file, name, LARGEST)
    if text is None:
        return None, findings
    if control := NOT_XML.search(text):
        line = text.count("\n", 0, control.start()) + 1
        place = Place(name, line, control.start() - text.rfind("\n", 0, control.start()))
        message, remedy = "A control character cannot stand in a document.", "Take it out."
        return None, [Finding("REC-007", place, message, remedy, f"U+{ord(control[0]):04X}")]
    lines = list(io.StringIO(text, newline=""))
    header = lines[0].strip() if lines else ""
    findings = list(_check_header(header, name, columns))
    if findings:
        return None, findings
    table = CsvFile(name, tuple(_split(header)), lines)
    rows, findings = _read_rows(table)
    return (table, rows), findings


def _split(header: str) -> list[str]:
    return [cell.strip() for cell in next(csv.reader([header]), [])]


def _check_header(header: str, name: str, columns: Sequence[str]) -> Iterator[Finding]:
    place = Place(name, 1, 1)
    found = _split(header)
    if len(found) < 2 and (separator := re.search("[;\t]", header)):
        word = "semicolons" if separator[0] == ";" else "tabs"
        message = f"The columns are separated by {word}, not by commas."
        remedy = "Save it with commas, in UTF-8, amounts with a point; or fill in the form of the period."
        yield Finding("REC-001", place, message, remedy, header[:60])
        return
    for column, times in Counter(found).items():
        if column not in columns:
            yield Finding("REC-002", place, f"The column `{column}` is not known.", suggest(column, columns), column)
        elif times > 1:
            yield Finding("REC-003", place, f"The column `{column}` stands there twice.", "Keep one of them.", column)
    for column in columns:
        if column not in found:
            remedy = f"The first line is: {','.join(columns)}"
            yield Finding("REC-004", place, f"The column `{column}` is missing.", remedy)


def _read_rows(table: CsvFile) -> tuple[list[CsvRow], list[Finding]]:
    rows: list[CsvRow] = []
    findings: list[Finding] = []
    reader = csv.reader(table.lines, strict=True)
    width, begins = len(table.columns), 2
    try:
        next(reader)
        for cells in reader:
            if len(cells) == width:
                if any(cells):
                    rows.append(CsvRow(table, begins, [cell.strip() for cell in cells]))
            elif any(cell.strip() for cell in cells):
                findings.append(_say_width(table, begins, len(cells)))
            begins = reader.line_num + 1
            if len(rows) > MOST_ROWS:
                message, remedy = f"There are more than {MOST_ROWS:,} rows.", "Check whether it is the right file."
                return rows, [Finding("REC-010", Place(table.name, begins, 1), message, remedy)]
    except csv.Error as error:
        message, remedy = f"A row cannot be read: {error}.", "Check the quotes of this row: each pair around one cell."
        findings.append(Finding("REC-005", Place(table.name, begins, 1), message, remedy))
    return rows, findings


def _say_width(table: CsvFile, line: int, count: int) -> Finding:
    message = f"The row has {count} cells, and there are {len(table.columns)} columns."
    remedy = "Put a cell that holds a comma into quotes; leave no cell out."
    return Finding("REC-006", Place(table.name, line, 1), message, remedy)
