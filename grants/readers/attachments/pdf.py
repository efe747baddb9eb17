"""A PDF that is to be mailed: its properties, notes, scripts, attached files, and its text."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import StreamObject

from grants.forms.stamp import is_own_property
from grants.model.inspected import Found, Inspected
from grants.model.paths import PATH
from grants.model.pictures import is_read, list_picture_facts
from grants.readers.attachments.package import UnreadableError

_HARMLESS = ("/Link", "/Widget", "/Popup")
_ACTIVE = ("/JavaScript", "/Launch", "/SubmitForm", "/ImportData")
_USUAL = ("/Title", "/Subject", "/Keywords", "/Creator", "/Producer", "/CreationDate", "/ModDate", "/Trapped")
"""Properties that a PDF always may have; their texts are read as those of pages."""
_END = re.compile(rb"startxref\s+\d+\s+%%EOF")
_HEAD = 2_000
"""Bytes in which a PDF made for the web says so."""
_PHOTOGRAPHS = ("/DCTDecode", "/JPXDecode")
"""Pictures that stand in a PDF as the files that they were; others are bare rasters, which tell nothing."""
_OUTSIDE = ("/Launch", "/GoToR", "/ImportData")


def inspect_pdf(name: str, data: bytes) -> Inspected:
    """What a PDF holds. Raises UnreadableError."""
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            raise UnreadableError("locked by a password")
        pages = tuple((f"page {n}", page.extract_text()) for n, page in enumerate(reader.pages, 1))
        found = (*_find_earlier(data), *_find_in_properties(reader), *_find_programs(reader))
        found += tuple(_find_on_pages(reader, pages))
        unseen = tuple(("properties", text) for text in _list_properties(reader))
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UnreadableError("a damaged PDF") from error
    return Inspected(name, found, (*pages, *unseen))


def _find_earlier(data: bytes) -> Iterator[Found]:
    """A program that saves changes into a PDF leaves what was there before, and puts one more end behind it. A PDF made
    for the web has two ends from the beginning."""
    ends = len(_END.findall(data)) - (b"/Linearized" in data[:_HEAD])
    if ends > 1:
        yield Found("earlier version", "document", f"{ends - 1} earlier")


def _find_in_properties(reader: PdfReader) -> Iterator[Found]:
    properties = {key: str(value).strip() for key, value in (reader.metadata or {}).items()}
    authors = [properties.pop("/Author", "")]
    if reader.xmp_metadata:
        authors += [author.strip() for author in reader.xmp_metadata.dc_creator or ()]
    for author in filter(None, dict.fromkeys(authors)):
        yield Found("author", "properties", author)
    for key, text in properties.items():
        if path := PATH.search(text):
            yield Found("path", "properties", path[0])
        elif text and key not in _USUAL and not is_own_property(key.lstrip("/"), text):
            yield Found("property", "properties", f"{key.lstrip('/')}: {text[:80]}")


def _list_properties(reader: PdfReader) -> Iterator[str]:
    """Their texts, and those of the XMP block, in which programs repeat and add."""
    said = reader.metadata
    yield from (str(said[key]) for key in ("/Title", "/Subject", "/Keywords") if said is not None and key in said)
    block = reader.root_object.get("/Metadata")
    if block is not None and isinstance(stream := block.get_object(), StreamObject):
        yield from filter(str.strip, re.split(r"<[^>]*>", stream.get_data().decode("utf-8", "replace")))


def _find_programs(reader: PdfReader) -> Iterator[Found]:
    for attached in reader.attachments:
        yield Found("program", "attached files", attached)
    root = reader.root_object
    opened, names = root.get("/OpenAction"), root.get("/Names")
    action = opened.get_object() if opened is not None else None
    scripted = names is not None and "/JavaScript" in names.get_object()
    if _read(_read(root, "/OCProperties"), "/D").get("/OFF"):
        yield Found("hidden text", "document", "a layer that is not shown")
    if scripted or (isinstance(action, dict) and action.get("/S") in _ACTIVE):
        yield Found("program", "document", "a script")


def _find_on_pages(reader: PdfReader, texts: tuple[tuple[str, str], ...]) -> Iterator[Found]:
    for page, (name, text) in zip(reader.pages, texts, strict=True):
        for note in page.annotations or ():
            kind = str(note.get_object().get("/Subtype"))
            yield from _find_outside(name, _read(note.get_object(), "/A"))
            if kind not in _HARMLESS:
                yield Found("comment", name, kind)
        for picture in _list_pictures(page):
            if not is_read(picture):
                yield Found("unread picture", name, "JPEG 2000")
            elif facts := list_picture_facts(picture):
                yield Found("picture", name, ", ".join(facts))
        if not text.strip() and any(True for _ in page.images.keys()):  # noqa: SIM118  # no dictionary
            yield Found("closed", name, "a picture without text")


def _read(dictionary: Any, key: str) -> Any:
    """A dictionary that stands in another; an empty one where there is none."""
    found = dictionary.get(key)
    return {} if found is None else found.get_object()


def _find_outside(name: str, said: Any) -> Iterator[Found]:
    """A link to a file or a program; one to a page of the web may stand."""
    target = str(said.get("/URI", ""))
    if said.get("/S") in _OUTSIDE or PATH.search(target):
        yield Found("outside", name, target or str(said.get("/F", "")))


def _list_pictures(page: PageObject) -> Iterator[bytes]:
    """The photographs of a page, as the files that they were."""
    for picture in _read(_read(page, "/Resources"), "/XObject").values():
        stream = picture.get_object()
        if stream.get("/Subtype") == "/Image" and any(x in str(stream.get("/Filter")) for x in _PHOTOGRAPHS):
            yield stream._data  # as it stands in the file: decoded, it would be a bare raster
