"""A clean copy holds no comment and no name; everything else is byte for byte as it was, and opens."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import openpyxl
import pytest
import xlsxwriter
from docx import Document
from openpyxl.comments import Comment

from grants.model.pictures import list_picture_facts, strip_picture
from grants.readers.attachments import inspect_file
from grants.writers.office_cleaning import clean_office_file
from tests.outboxes import make_document, make_workbook
from tests.services.outbox.test_gate import JPEG_WITH_PLACE, SAVED_AT, add_part, change_part, describe_picture

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def read_parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def make_commented_document() -> bytes:
    document = Document()
    document.core_properties.author = "Maria Examplou"
    paragraph = document.add_paragraph()
    runs = [paragraph.add_run(text) for text in ("Πριν ", "και μετά.")]
    document.add_comment(runs, text="Is this number true?", author="Maria Examplou", initials="ME")
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def make_openpyxl_workbook() -> bytes:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet["A1"] = "Rent"
    sheet["A1"].comment = Comment("Is this number true?", "Maria Examplou")
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


def make_workbook_with_button() -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_comment(0, 0, "Is this number true?")
        sheet.insert_button(2, 2, {"caption": "Add"})
    return target.getvalue()


def make_workbook_of_an_office() -> bytes:
    """A workbook as it comes from an office: printed, labelled by a server, with a photograph of a telephone."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as workbook:
        workbook.set_properties({"author": "ΚΛΙΜΑΚΑ", "company": "Other"})
        workbook.set_custom_property("Checked by", "maria@klimaka.example.org")
        workbook.set_custom_property("grants form", "financial-report")
        sheet = workbook.add_worksheet("Table")
        sheet.write_row(0, 0, ("Rent", 5))
        sheet.set_paper(9)
        sheet.set_header("&LTable")
    relations = (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId7" Type="{OFFICE}/printerSettings" '
        'Target="../printerSettings/printerSettings1.bin"/></Relationships>'
    )
    data = change_part(
        target.getvalue(),
        "xl/worksheets/sheet1.xml",
        b"<pageSetup ",
        f'<pageSetup xmlns:r="{OFFICE}" r:id="rId7" '.encode(),
    )
    data = change_part(data, "xl/workbook.xml", b"<bookViews>", SAVED_AT)
    for part, words in {
        "xl/worksheets/_rels/sheet1.xml.rels": relations.encode(),
        "xl/printerSettings/printerSettings1.bin": b"HP in the room of Maria",
        "xl/media/image1.jpeg": JPEG_WITH_PLACE,
    }.items():
        data = add_part(data, part, words)
    return data


def test_what_an_office_leaves_in_a_workbook_is_taken_out_and_the_rest_stays() -> None:
    data = make_workbook_of_an_office()
    assert sorted(kinds_of("table.xlsx", data)) == [*["author"] * 3, "path", "path", "picture", "property"]
    cleaned = clean_office_file(data)
    assert cleaned is not None
    assert kinds_of("table.xlsx", cleaned) == []
    before, after = read_parts(data), read_parts(cleaned)
    assert before.keys() - after.keys() == {"xl/printerSettings/printerSettings1.bin"}
    assert b"maria" not in b"".join(after.values()).lower()
    assert b"grants form" in after["docProps/custom.xml"]
    assert b"rId7" not in after["xl/worksheets/sheet1.xml"]
    assert b"paperSize" in after["xl/worksheets/sheet1.xml"]
    sheet = openpyxl.load_workbook(io.BytesIO(cleaned)).active
    assert sheet is not None
    assert [cell.value for cell in sheet[1]] == ["Rent", 5]
    assert clean_office_file(cleaned) == cleaned


def test_a_photograph_keeps_the_picture_and_which_way_is_up() -> None:
    stripped = strip_picture(JPEG_WITH_PLACE)
    assert list_picture_facts(stripped) == ()
    assert stripped.endswith(JPEG_WITH_PLACE[JPEG_WITH_PLACE.index(b"\xff\xdb") :])
    assert b"\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06" in stripped
    assert strip_picture(stripped) == stripped


def test_a_picture_in_png_loses_its_texts() -> None:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    shown = (chunk(b"IHDR", bytes(13)), chunk(b"IDAT", b"picture"), chunk(b"IEND", b""))
    plain = b"\x89PNG\r\n\x1a\n" + b"".join(shown)
    told = b"\x89PNG\r\n\x1a\n" + shown[0] + chunk(b"tEXt", b"Author\x00Maria") + shown[1] + shown[2]
    assert (list_picture_facts(plain), list_picture_facts(told)) == ((), ("text",))
    assert strip_picture(told) == plain
    assert strip_picture(plain) == plain


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xd8\xff", b"\xff\xd8\xff\xe1\x00\x08Exif\x00\x00", b"\x89PNG\r\n\x1a\n\x00", b"GIF89a"]
)
def test_a_picture_that_is_cut_off_stops_nothing(data: bytes) -> None:
    assert list_picture_facts(strip_picture(data)) == ()


def test_the_folder_of_a_picture_is_forgotten_and_its_description_stays() -> None:
    cleaned = clean_office_file(describe_picture("C:\\Users\\maria\\cases\\garden.jpg"))
    assert cleaned is not None
    assert b'name="Picture 1" descr=""' in read_parts(cleaned)["word/document.xml"]
    described = describe_picture("The garden")
    assert b'descr="The garden"' in read_parts(clean_office_file(described) or b"")["word/document.xml"]


def kinds_of(name: str, data: bytes) -> list[str]:
    return [found.kind for found in inspect_file(name, data).found]


def test_a_document_keeps_its_text_and_loses_its_comments() -> None:
    data = make_commented_document()
    assert kinds_of("letter.docx", data) == ["author", "picture", "comment"]  # the library's model has a thumbnail
    cleaned = clean_office_file(data)
    assert cleaned is not None
    assert kinds_of("letter.docx", cleaned) == []
    assert b"".join(read_parts(cleaned).values()).count(b"Examplou") == 0
    document = Document(io.BytesIO(cleaned))
    assert [paragraph.text for paragraph in document.paragraphs] == ["Πριν και μετά."]
    before, after = read_parts(data), read_parts(cleaned)
    assert before.keys() - after.keys() == {"word/comments.xml", "docProps/thumbnail.jpeg"}
    changed = {name for name in after if after[name] != before[name]}
    properties = {"docProps/core.xml", "docProps/app.xml", "_rels/.rels"}
    assert changed == properties | {"[Content_Types].xml", "word/document.xml", "word/_rels/document.xml.rels"}


@pytest.mark.parametrize("data", [make_workbook(comment="Is this number true?"), make_openpyxl_workbook()])
def test_a_workbook_keeps_its_cells_and_loses_its_comments(data: bytes) -> None:
    assert "comment" in kinds_of("report.xlsx", data)
    cleaned = clean_office_file(data)
    assert cleaned is not None
    assert "comment" not in kinds_of("report.xlsx", cleaned)
    sheet = openpyxl.load_workbook(io.BytesIO(cleaned)).active
    assert sheet is not None
    assert (sheet["A1"].value, sheet["A1"].comment) == ("Rent", None)
    parts = read_parts(cleaned)
    assert not [name for name in parts if "comment" in name.lower() or name.endswith(".vml")]
    assert b"legacyDrawing" not in parts["xl/worksheets/sheet1.xml"]
    assert b"comments" not in parts["[Content_Types].xml"]


def test_comments_beside_a_button_are_left_for_a_person() -> None:
    data = make_workbook_with_button()
    cleaned = clean_office_file(data)
    assert cleaned is not None
    assert "comment" in kinds_of("report.xlsx", cleaned)


def test_tracked_changes_are_left_for_a_person() -> None:
    change = b'<w:ins w:id="1" w:author="Maria"><w:r><w:t>x</w:t></w:r></w:ins></w:p>'
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name, part in read_parts(make_commented_document()).items():
            package.writestr(name, part.replace(b"</w:p>", change, 1) if name == "word/document.xml" else part)
    cleaned = clean_office_file(target.getvalue())
    assert cleaned is not None
    assert kinds_of("letter.docx", cleaned) == ["tracked change"]


def test_what_is_clean_or_no_package_is_left_alone() -> None:
    clean = make_document(author="")
    assert clean_office_file(clean_office_file(clean) or b"") == clean_office_file(clean)
    assert clean_office_file(b"no package") is None
