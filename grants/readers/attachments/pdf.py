"""A PDF that is to be mailed: its author, notes, attached files, and its text."""

from __future__ import annotations

import io
from collections.abc import Iterator

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from grants.model.inspected import Found, Inspected
from grants.readers.attachments.package import UnreadableError

_HARMLESS = ("/Link", "/Widget", "/Popup")


def inspect_pdf(name: str, data: bytes) -> Inspected:
    """What a PDF holds. Raises UnreadableError."""
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            raise UnreadableError("locked by a password")
        found = tuple(_find(reader))
        pages = tuple((f"page {n}", page.extract_text()) for n, page in enumerate(reader.pages, 1))
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UnreadableError("a damaged PDF") from error
    return Inspected(name, found, pages)


def _find(reader: PdfReader) -> Iterator[Found]:
    if reader.metadata and (author := str(reader.metadata.author or "").strip()):
        yield Found("author", "properties", author)
    for attached in reader.attachments:
        yield Found("program", "attached files", attached)
    for number, page in enumerate(reader.pages, 1):
        for note in page.annotations or ():
            if str(note.get_object().get("/Subtype")) not in _HARMLESS:
                yield Found("comment", f"page {number}", str(note.get_object().get("/Subtype")))
