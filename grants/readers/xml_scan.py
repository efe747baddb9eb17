"""A part's XML looked through while it is unpacked: no document type, well formed, and how far a sheet is used.

Why expat and not lxml: it takes the part in chunks, so that a hundred megabytes need no memory, and it says that a
document type begins before it reads what stands in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from xml.parsers import expat

MOST_ELEMENTS = 3_000_000
"""Of a sheet; a cell with a text has three. 50,000 rows of 13 columns have two millions."""
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_AT_ONCE = 64 * 1024 * 1024
"""Bytes of a part that are kept in memory."""
_PLAIN_ROOT = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>\s*)?<worksheet\b")
_PREFIXED = re.compile(rb"<\w+:(?:c|row|v|f|is)[\s/>]")
_ODD_CELL = re.compile(rb"<c[^ A-Za-z]")
"""A cell written as no program writes it that says where each cell stands."""
_LETTERS = re.compile(rb'<c r="([A-Z]{1,3})')
_NUMBERS = re.compile(rb'<c r="[A-Z]{1,3}([1-9][0-9]{0,6})"')
_SAYS = rb'[1-9][0-9]{0,6}"[^<>]*>\s*<(?:v|f|is)[\s/>]'
_CELL_THAT_SAYS = re.compile(rb'<c r="[A-Z]{1,3}(?=([1-9][0-9]*))' + _SAYS)
_USED = frozenset({"v", "f", "is"})
"""What stands inside a cell that says something."""


class DoctypeError(Exception):
    """The part has a document type: no spreadsheet program writes one."""


class TooManyCellsError(Exception):
    """The sheet has more cells than anybody looks through."""


@dataclass(slots=True)
class Extent:
    """How far a sheet is used, counted from 1; 0 where it is empty."""

    last_row: int = 0
    last_column: int = 0
    last_formatted_row: int = 0
    """The last row that has a cell at all, also an empty one."""


def measure_sheet(chunks: Iterable[bytes]) -> Extent | None:
    """How far a sheet is used; None where the part is no sheet.

    Raises DoctypeError, TooManyCellsError, and expat.ExpatError where the part is not well formed.
    """
    parser = _make_parser()
    roots: list[str] = []

    def see_root(name: str, _: object) -> None:
        roots.append(name.rpartition(":")[2])
        parser.StartElementHandler = None

    parser.StartElementHandler = see_root
    kept: list[bytes] = []
    size = 0
    left = iter(chunks)
    with _refusing_unknown_encodings():
        for chunk in left:
            parser.Parse(chunk, False)
            kept.append(chunk)
            size += len(chunk)
            if size > _AT_ONCE:
                return _measure_slowly(chain(kept, left))
        parser.Parse(b"", True)
    if roots != ["worksheet"]:
        return None
    extent = _measure_at_once(b"".join(kept))
    return extent if extent else _measure_slowly(kept)


def _measure_at_once(xml: bytes) -> Extent | None:
    """A well-formed sheet as Excel, LibreOffice and this program write it; None where it is written otherwise.

    Why: a list of fifty thousand costs has a million elements, and a call for each takes longer than to read it.
    """
    if not _PLAIN_ROOT.match(xml) or b"<!" in xml or _PREFIXED.search(xml):
        return None
    if xml.count(b"<") != xml.count(b">"):  # one inside a value would hide what stands behind it
        return None
    if xml.count(b"<") - xml.count(b"</") > MOST_ELEMENTS:
        raise TooManyCellsError
    numbers = _NUMBERS.findall(xml)
    if len(numbers) != xml.count(b"<c ") or _ODD_CELL.search(xml):
        return None
    last = max(map(int, set(numbers)), default=0)
    return Extent(_find_last_row(xml, last), _find_last_column(xml), last)


def _find_last_row(xml: bytes, last: int) -> int:
    """The last row that says something. Mostly it is the last one of all, and the end of the sheet shows it."""
    found = (int(row) for row in _CELL_THAT_SAYS.findall(xml, max(xml.rfind(b"<row "), 0)))
    if last in found:
        return last
    return max(map(int, set(_CELL_THAT_SAYS.findall(xml))), default=0)


def _find_last_column(xml: bytes) -> int:
    """The last column that says something."""
    for column, letters in sorted(((count_columns(x.decode()), x) for x in set(_LETTERS.findall(xml))), reverse=True):
        if re.search(rb'<c r="' + letters + _SAYS, xml):
            return column
    return 0


def _measure_slowly(chunks: Iterable[bytes]) -> Extent | None:
    scan = _Scan()
    parser = _make_parser()
    parser.ordered_attributes = True
    parser.StartElementHandler = scan.start
    with _refusing_unknown_encodings():
        for chunk in chunks:
            parser.Parse(chunk, False)
            if scan.root not in (None, "worksheet"):
                parser.StartElementHandler = None  # nothing to measure
            if scan.elements > MOST_ELEMENTS:
                raise TooManyCellsError
        parser.Parse(b"", True)
    return scan.close() if scan.root == "worksheet" else None


@contextmanager
def _refusing_unknown_encodings() -> Iterator[None]:
    try:
        yield
    except (LookupError, ValueError) as error:
        raise expat.ExpatError(str(error)) from None


def _make_parser() -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    return parser


def _refuse_doctype(*_: object) -> None:
    raise DoctypeError


class _Scan:
    """Where the cells stand: by their reference, or after the one before."""

    def __init__(self) -> None:
        self.root: str | None = None
        self.elements = 0
        self.row = self.column = 0
        self.used_row = self.formatted_row = 0
        self.letters: set[str] = set()
        self.numbered = 0
        self.reference: str | None = None

    def start(self, name: str, attributes: Sequence[str]) -> None:
        self.elements += 1
        name = name.rpartition(":")[2]
        if name == "c":
            self._stand(attributes)
        elif name in _USED:
            self._use()
        elif name == "row":
            self._begin_row(attributes)
        elif self.root is None:
            self.root = name

    def _begin_row(self, attributes: Sequence[str]) -> None:
        number = _find(attributes, "r")
        self.row = int(number) if number and number.isascii() and number.isdigit() else self.row + 1
        self.column = 0

    def _stand(self, attributes: Sequence[str]) -> None:
        self.reference = _find(attributes, "r")
        if self.reference is None:
            self.column += 1
            self.formatted_row = max(self.formatted_row, self.row)
        elif match := _REFERENCE.fullmatch(self.reference):
            self.reference = match[1]
            self.row = int(match[2])
            self.formatted_row = max(self.formatted_row, self.row)

    def _use(self) -> None:
        self.used_row = max(self.used_row, self.row)
        if self.reference is None:
            self.numbered = max(self.numbered, self.column)
        else:
            self.letters.add(self.reference)

    def close(self) -> Extent:
        columns = [count_columns(letters) for letters in self.letters if len(letters) <= 3 and letters.isalpha()]
        return Extent(self.used_row, max([self.numbered, *columns]), self.formatted_row)


def _find(attributes: Sequence[str], name: str) -> str | None:
    for index in range(0, len(attributes), 2):
        if attributes[index] == name:
            return attributes[index + 1]
    return None


def count_columns(letters: str) -> int:
    """A -> 1, AA -> 27."""
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column
