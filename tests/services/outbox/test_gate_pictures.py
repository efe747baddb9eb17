"""What a file kept that nobody sees: pictures that are not read, and what a PDF was before it was changed."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, NumberObject

from grants.model.inspected import Found
from grants.readers.attachments import inspect_file
from grants.services.outbox.compose import compose
from tests.outboxes import PERIOD, make_document, make_outbox, make_workbook

PNG = b"\x89PNG\r\n\x1a\n"


def with_part(package: bytes, name: str, data: bytes) -> bytes:
    target = io.BytesIO(package)
    with zipfile.ZipFile(target, "a") as parts:
        parts.writestr(name, data)
    return target.getvalue()


def list_kinds(name: str, data: bytes) -> list[tuple[str, str]]:
    return [(found.kind, found.place) for found in inspect_file(name, data).found]


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("image9.gif", b"GIF89a"),
        ("image9.tiff", b"II*\x00"),
        ("image9.webp", b"RIFF\x00\x00\x00\x00WEBP"),
        ("image9.heic", b"\x00\x00\x00\x18ftypheic"),
        ("image9.jpg", b"II*\x00"),  # a name says nothing
        ("media9.mp4", b"\x00\x00\x00\x18ftypmp42"),
    ],
)
def test_a_picture_that_is_not_read_is_told(name: str, start: bytes) -> None:
    for kind, package, folder in (("docx", make_document(), "word"), ("xlsx", make_workbook(), "xl")):
        data = with_part(package, f"{folder}/media/{name}", start + b"\x00" * 64)
        assert ("unread picture", f"{folder}/media/{name}") in list_kinds(f"letter.{kind}", data)


def test_a_picture_that_is_read_and_tells_nothing_may_go() -> None:
    data = with_part(make_document(), "word/media/image9.png", PNG)
    assert "unread picture" not in dict(list_kinds("letter.docx", data))


def test_such_a_picture_stops_a_message(tmp_path: Path) -> None:
    project = make_outbox(tmp_path)
    letter = project / "out" / PERIOD / "cover-letter.el.docx"
    letter.write_bytes(with_part(letter.read_bytes(), "word/media/image9.heic", b"\x00\x00\x00\x18ftypheic"))
    codes = [(x.code, x.place.part) for x in compose(project, PERIOD).findings if x.severity == "error"]
    assert codes == [("PRIV-009", "word/media/image9.heic")]


def write_pdf(*, jpeg_2000: bool = False) -> bytes:
    writer = PdfWriter()
    page = writer.add_blank_page(200, 200)
    if jpeg_2000:
        picture = DecodedStreamObject()
        picture.set_data(b"\x00\x00\x00\x0cjP  ")
        words = {"Type": "XObject", "Subtype": "Image", "Filter": "JPXDecode"}
        picture.update({NameObject(f"/{key}"): NameObject(f"/{word}") for key, word in words.items()})
        picture.update({NameObject("/Width"): NumberObject(1), NameObject("/Height"): NumberObject(1)})
        pictures = DictionaryObject({NameObject("/Im1"): writer._add_object(picture)})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): pictures})
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def save_into(data: bytes, title: str = "Second") -> bytes:
    """As a program does that saves changes behind what was there."""
    writer = PdfWriter(io.BytesIO(data), incremental=True)
    writer.add_metadata({"/Title": title})
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def test_a_pdf_that_keeps_an_earlier_version_is_told() -> None:
    once = write_pdf()
    twice = save_into(once)
    assert twice.startswith(once)
    assert inspect_file("letter.pdf", once).found == ()
    assert inspect_file("letter.pdf", twice).found == (Found("earlier version", "document", "1 earlier"),)
    assert inspect_file("letter.pdf", save_into(twice, "Third")).found[0].what == "2 earlier"


def test_a_pdf_made_for_the_web_has_two_ends_and_no_earlier_version() -> None:
    once = write_pdf()
    header, _, rest = once.partition(b"\n")
    start = int(rest.rpartition(b"startxref")[2].split()[0])
    first = b"1000 0 obj <</Linearized 1>> endobj\nstartxref\n0\n%%EOF\n"
    for_the_web = (
        header
        + b"\n"
        + first
        + rest.replace(f"startxref\n{start}".encode(), f"startxref\n{start + len(first)}".encode())
    )
    assert len(PdfReader(io.BytesIO(for_the_web)).pages) == 1
    assert "earlier version" not in dict(list_kinds("letter.pdf", for_the_web))


def test_a_photograph_in_jpeg_2000_is_told() -> None:
    assert ("unread picture", "page 1") in list_kinds("letter.pdf", write_pdf(jpeg_2000=True))
