"""A PDF that is to be mailed: its properties, notes, scripts, attached files, and its text."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject, TextStringObject

from grants.forms.stamp import is_own_property
from grants.model.inspected import Found, Inspected
from grants.model.paths import PATH
from grants.model.pictures import is_read, list_picture_facts
from grants.readers.attachments.package import UnreadableError
from grants.readers.zip_parts import LARGEST_FILE

_HARMLESS = ("/Link", "/Widget", "/Popup")
_ACTIVE = ("/JavaScript", "/Launch", "/SubmitForm", "/ImportData")
_USUAL = ("/Title", "/Subject", "/Keywords", "/Creator", "/Producer", "/CreationDate", "/ModDate", "/Trapped")
"""Properties that a PDF always may have; their texts are read as those of pages."""
_END = re.compile(rb"startxref\s+\d+\s+%%EOF")
_HEAD = 2_000
"""Bytes in which a PDF made for the web says so."""
_PHOTOGRAPHS = ("/DCTDecode", "/JPXDecode")
"""Pictures that stand in a PDF as the files that they were; others are bare rasters, which tell nothing."""
_NO_STRINGS = (
    *("/Author", "/Creator", "/Producer", "/CreationDate", "/ModDate", "/M", "/ID"),  # looked at apart, or no words
    *("/Registry", "/Ordering", "/CharSet", "/FontFamily", "/Lang", "/DA", "/O", "/U"),  # of fonts and drawing
)
_ROW = re.compile(r"([^\W\d][^\d]{2,60}?)((?: +[0-9]{1,3}(?:[.,][0-9]+)?){2,})")
_MOST_DRAWN, _MOST_OBJECTS = 10_000_000, 200_000
"""Bytes of what draws a page; objects of a file."""
_OUTSIDE = ("/Launch", "/GoToR", "/ImportData")


def inspect_pdf(name: str, data: bytes) -> Inspected:
    """What a PDF holds. Raises UnreadableError."""
    _check_kind(data)
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            raise UnreadableError("locked by a password")
        pages = tuple((f"page {n}", _read_page(page)) for n, page in enumerate(reader.pages, 1))
        values = list(_list_values(reader))
        dictionaries = [value for value in values if isinstance(value, DictionaryObject)]
        found = (*_find_earlier(data), *_find_in_properties(reader), *_find_programs(reader, dictionaries))
        found += (*_find_on_pages(reader, pages), *_find_in_pictures(reader, dictionaries))
        unseen = dict.fromkeys(_list_properties(reader), "properties")
        unseen = dict.fromkeys(map(str, (x for x in values if isinstance(x, TextStringObject))), "unseen") | unseen
    except UnreadableError:
        raise
    except Exception as error:  # of any kind from pypdf: no form of a broken PDF may become a traceback
        raise UnreadableError("a damaged PDF") from error
    passages = (*pages, *((where, text) for text, where in unseen.items() if text.strip()))
    return Inspected(name, found, passages, tuple(_list_rows(pages)))


def _check_kind(data: bytes) -> None:
    """A file that is a PDF and something else at once is told, and one that nobody could look through."""
    if len(data) > LARGEST_FILE:
        raise UnreadableError("too large to be looked through")
    if data and not data.startswith(b"%PDF-"):
        raise UnreadableError("no PDF, or something stands before its beginning")
    if (end := data.rfind(b"%%EOF")) >= 0 and data[end + 5 :].strip(b"\0 \t\r\n"):
        raise UnreadableError("something stands behind its end")


def _read_page(page: PageObject) -> str:
    contents = page.get_contents()
    if contents is not None and len(contents.get_data()) > _MOST_DRAWN:
        raise UnreadableError("a page is too large to be looked through")
    return page.extract_text()


def _list_rows(pages: Iterable[tuple[str, str]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Lines that are rows of a table: words, then two figures or more."""
    for page, text in pages:
        for line in text.splitlines():
            if row := _ROW.fullmatch(line.strip()):
                yield page, (row[1], *row[2].split())


def _list_values(reader: PdfReader) -> Iterator[DictionaryObject | TextStringObject]:
    """Every dictionary of the file, also those that no page leads to, and those that stand in others; and every string
    but those under keys that say no words: titles of chapters, what fields hold, descriptions of pictures, notes."""
    numbers = {number for table in reader.xref.values() for number in table} | set(reader.xref_objStm)
    if len(numbers) > _MOST_OBJECTS:
        raise UnreadableError("it has too many parts to be looked through")
    objects: dict[int, Any] = {number: reader.get_object(number) for number in sorted(numbers)}
    led: set[tuple[int, bool]] = set()
    yield from _walk([reader.trailer, *(x for x in objects.values() if isinstance(x, DictionaryObject))], led)
    known = {number for number, _ in led}  # the others stand under no key
    yield from _walk([x for n, x in objects.items() if n not in known and not isinstance(x, DictionaryObject)], led)


def _walk(values: Iterable[Any], led: set[tuple[int, bool]]) -> Iterator[DictionaryObject | TextStringObject]:
    """What values hold, arrays within arrays too. `led`: arrays and strings that references led to, each once, or
    twice where it stands under a key with words and one without."""
    waiting = [(value, True) for value in values]
    while waiting:
        value, has_words = waiting.pop()
        if isinstance(value, IndirectObject):
            place, value = (value.idnum, has_words), value.get_object()
            if place in led or isinstance(value, DictionaryObject):  # each dictionary is an object of the file itself
                continue
            led.add(place)
        if isinstance(value, DictionaryObject):
            yield value
            waiting += [(x, key not in _NO_STRINGS) for key, x in value.items()]
        elif isinstance(value, ArrayObject):
            waiting += [(x, has_words) for x in value]
        elif isinstance(value, TextStringObject) and has_words:
            yield value


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


def _find_programs(reader: PdfReader, dictionaries: Sequence[DictionaryObject]) -> Iterator[Found]:
    for attached in reader.attachments:
        yield Found("program", "attached files", attached)
    if not reader.attachments and any("/EF" in x or x.get("/Type") == "/EmbeddedFile" for x in dictionaries):
        yield Found("program", "document", "an attached file")
    if any("/XFA" in x for x in dictionaries):
        yield Found("program", "document", "a form that a program draws")
    root = reader.root_object
    opened, names = root.get("/OpenAction"), root.get("/Names")
    action = opened.get_object() if opened is not None else None
    scripted = names is not None and "/JavaScript" in names.get_object()
    if _read(_read(root, "/OCProperties"), "/D").get("/OFF"):
        yield Found("hidden text", "document", "a layer that is not shown")
    acts = any("/JS" in x or (x.get("/S") in _ACTIVE) for x in dictionaries)
    if scripted or acts or (isinstance(action, dict) and action.get("/S") in _ACTIVE):
        yield Found("program", "document", "a script")


def _find_on_pages(reader: PdfReader, texts: tuple[tuple[str, str], ...]) -> Iterator[Found]:
    for page, (name, text) in zip(reader.pages, texts, strict=True):
        for note in page.annotations or ():
            kind = str(note.get_object().get("/Subtype"))
            yield from _find_outside(name, _read(note.get_object(), "/A"))
            if kind not in _HARMLESS:
                yield Found("comment", name, kind)
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


def _find_in_pictures(reader: PdfReader, dictionaries: Iterable[DictionaryObject]) -> Iterator[Found]:
    """What the photographs of the file tell, as the files that they were: of pages, and of forms drawn on them."""
    places: dict[int, str] = {}
    for n, page in enumerate(reader.pages, 1):
        for drawn in _read(_read(page, "/Resources"), "/XObject").values():
            places.setdefault(id(drawn.get_object()), f"page {n}")
    for stream in dictionaries:
        photographed = any(kind in str(_read(stream, "/Filter")) for kind in _PHOTOGRAPHS)
        if isinstance(stream, StreamObject) and _read(stream, "/Subtype") == "/Image" and photographed:
            picture, place = stream._data, places.get(id(stream), "document")  # decoded, it would be a bare raster
            if not is_read(picture):
                yield Found("unread picture", place, "JPEG 2000")
            elif facts := list_picture_facts(picture):
                yield Found("picture", place, ", ".join(facts))
