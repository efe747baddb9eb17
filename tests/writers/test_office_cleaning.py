"""A clean copy holds no comment and no name; everything else is byte for byte as it was, and opens."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
import xlsxwriter
from docx import Document
from openpyxl.comments import Comment

from grants.readers.attachments import inspect_file
from grants.writers.office_cleaning import clean_office_file
from tests.outboxes import make_document, make_workbook


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


def kinds_of(name: str, data: bytes) -> list[str]:
    return [found.kind for found in inspect_file(name, data).found]


def test_a_document_keeps_its_text_and_loses_its_comments() -> None:
    data = make_commented_document()
    assert kinds_of("letter.docx", data) == ["author", "comment"]
    cleaned = clean_office_file(data)
    assert cleaned is not None
    assert kinds_of("letter.docx", cleaned) == []
    assert b"".join(read_parts(cleaned).values()).count(b"Examplou") == 0
    document = Document(io.BytesIO(cleaned))
    assert [paragraph.text for paragraph in document.paragraphs] == ["Πριν και μετά."]
    before, after = read_parts(data), read_parts(cleaned)
    assert before.keys() - after.keys() == {"word/comments.xml"}
    changed = {name for name in after if after[name] != before[name]}
    properties = {"docProps/core.xml", "docProps/app.xml"}
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
