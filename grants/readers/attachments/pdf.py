"""A PDF that is to be mailed: its properties, notes, scripts, attached files, and its text."""

from __future__ import annotations

import io
from collections.abc import Iterator

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from grants.model.inspected import Found, Inspected
from grants.readers.attachments.package import PATH, UnreadableError

_HARMLESS = ("/Link", "/Widget", "/Popup")
_ACTIVE = ("/JavaScript", "/Launch", "/SubmitForm", "/ImportData")


def inspect_pdf(name: str, data: bytes) -> Inspected:
    """What a PDF holds. Raises UnreadableError."""
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            raise UnreadableError("locked by a password")
        pages = tuple((f"page {n}", page.extract_text()) for n, page in enumerate(reader.pages, 1))
        found = (*_find_in_properties(reader), *_find_programs(reader), *_find_on_pages(reader, pages))
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UnreadableError("a damaged PDF") from error
    return Inspected(name, found, pages)


def _find_in_properties(reader: PdfReader) -> Iterator[Found]:
    properties = {key: str(value).strip() for key, value in (reader.metadata or {}).items()}
    authors = [properties.pop("/Author", "")]
    if reader.xmp_metadata:
        authors += [author.strip() for author in reader.xmp_metadata.dc_creator or ()]
    for author in filter(None, dict.fromkeys(authors)):
        yield Found("author", "properties", author)
    for text in properties.values():
        if path := PATH.search(text):
            yield Found("path", "properties", path[0])


def _find_programs(reader: PdfReader) -> Iterator[Found]:
    for attached in reader.attachments:
        yield Found("program", "attached files", attached)
    root = reader.root_object
    opened, names = root.get("/OpenAction"), root.get("/Names")
    action = opened.get_object() if opened is not None else None
    scripted = names is not None and "/JavaScript" in names.get_object()
    if scripted or (isinstance(action, dict) and action.get("/S") in _ACTIVE):
        yield Found("program", "document", "a script")


def _find_on_pages(reader: PdfReader, texts: tuple[tuple[str, str], ...]) -> Iterator[Found]:
    for page, (name, text) in zip(reader.pages, texts, strict=True):
        for note in page.annotations or ():
            kind = str(note.get_object().get("/Subtype"))
            if kind not in _HARMLESS:
                yield Found("comment", name, kind)
        if not text.strip() and any(True for _ in page.images.keys()):  # noqa: SIM118  # no dictionary
            yield Found("closed", name, "a picture without text")
