"""A Word file -> its texts, as a person reads them: for the proof that it shows the figures of the ledger."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from xml.etree import ElementTree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACES = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n"}
DOCUMENT = "word/document.xml"


@dataclass(frozen=True, slots=True)
class WordText:
    """What a document says."""

    paragraphs: tuple[str, ...]
    """All of them, those in tables too, in order."""
    rows: tuple[tuple[str, ...], ...]
    """The rows of all tables, cell by cell; paragraphs of a cell are joined by a new line."""

    @property
    def text(self) -> str:
        """The whole text, a paragraph a line."""
        return "\n".join(self.paragraphs)


def read_word(data: bytes) -> WordText:
    """The texts of a Word file that this program has just made. Raises KeyError or BadZipFile where it is none."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        root = ElementTree.fromstring(package.read(DOCUMENT))  # noqa: S314  # our own output, not a file from outside
    return WordText(
        paragraphs=tuple(_read_paragraph(node) for node in root.iter(f"{_W}p")),
        rows=tuple(tuple(_read_cell(cell) for cell in row.findall(f"{_W}tc")) for row in root.iter(f"{_W}tr")),
    )


def read_all_parts(data: bytes) -> str:
    """Every text of a Word file, wherever it stands: body, headers, notes, charts, links,
    properties; a paragraph a line."""
    lines: list[str] = []
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            if name.endswith(".xml"):
                root = ElementTree.fromstring(package.read(name))  # noqa: S314  # our own output
                lines += (_read_paragraph(node) for node in root.iter(f"{_W}p"))
                lines += (node.text for node in root.iter() if node.text and node.tag != f"{_W}t")
            elif name.endswith(".rels"):
                root = ElementTree.fromstring(package.read(name))  # noqa: S314  # our own output
                lines += (node.get("Target", "") for node in root)
    return "\n".join(lines)


def _read_cell(cell: ElementTree.Element) -> str:
    return "\n".join(_read_paragraph(node) for node in cell.iter(f"{_W}p"))


def _read_paragraph(paragraph: ElementTree.Element) -> str:
    return "".join(_read_text(node) for node in paragraph.iter())


def _read_text(node: ElementTree.Element) -> str:
    return (node.text or "") if node.tag == f"{_W}t" else _SPACES.get(node.tag, "")
