"""What files carry beside their text is found before they leave: in Word, Excel and PDF."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from pypdf import PdfWriter
from pypdf.annotations import Text
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, NumberObject

from grants.errors import Finding
from grants.readers.attachments import inspect_file
from grants.services.outbox.compose import compose
from tests.outboxes import PERIOD, make_document, make_outbox

LETTER = "cover-letter.el.docx"
RELATIONS = "word/_rels/document.xml.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_outbox(tmp_path)


def find(project: Path, name: str, data: bytes) -> list[Finding]:
    """The errors of the message when a file of the report is this one."""
    (project / "out" / PERIOD / name).write_bytes(data)
    return [finding for finding in compose(project, PERIOD).findings if finding.severity == "error"]


def change_part(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """A package with some bytes of a part replaced."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w") as made:
        for entry in source.infolist():
            text = source.read(entry)
            if entry.filename == part:
                assert old in text
                text = text.replace(old, new)
            made.writestr(entry, text)
    return target.getvalue()


def add_part(data: bytes, part: str, text: bytes) -> bytes:
    """A package with a part more."""
    target = io.BytesIO(data)
    with zipfile.ZipFile(target, "a") as package:
        package.writestr(part, text)
    return target.getvalue()


def make_paragraph(xml: str) -> bytes:
    """A Word file whose paragraph holds an element more."""
    document = Document(io.BytesIO(make_document()))
    document.paragraphs[0]._p.append(parse_xml(xml.replace(">", f" {nsdecls('w')}>", 1)))
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def link(target: str, kind: str = "hyperlink") -> bytes:
    """A Word file that refers to something outside."""
    relation = f'<Relationship Id="rIdX" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="External"/>'
    return change_part(make_document(), RELATIONS, b"</Relationships>", f"{relation}</Relationships>".encode())


@pytest.mark.parametrize("mark", ["ins", "del", "moveFrom"])
def test_tracked_changes_are_found(project: Path, mark: str) -> None:
    text = "delText" if mark == "del" else "t"
    data = make_paragraph(f'<w:{mark} w:id="1" w:author="Maria"><w:r><w:{text}>όχι</w:{text}></w:r></w:{mark}>')
    (finding,) = find(project, LETTER, data)
    assert (finding.code, finding.found, finding.place.part) == ("PRIV-003", "1 changes", "word/document.xml")


@pytest.mark.parametrize("path", ["C:\\Users\\maria\\cases\\report.dotx", "/home/maria/report.dotx", "\\\\server\\x"])
def test_a_path_in_the_properties_is_found(project: Path, path: str) -> None:
    written = path.encode()
    data = change_part(make_document(), "docProps/app.xml", b"Normal.dotm", written)
    (finding,) = find(project, LETTER, data)
    assert (finding.code, finding.found) == ("PRIV-005", path)


@pytest.mark.parametrize(
    ("target", "kind"),
    [
        ("file:///S:/cases/list.xlsx", "hyperlink"),
        ("https://example.org/picture.png", "image"),
        ("https://example.org/report.dotx", "attachedTemplate"),
    ],
)
def test_what_is_taken_from_outside_is_found(project: Path, target: str, kind: str) -> None:
    (finding,) = find(project, LETTER, link(target, kind))
    assert (finding.code, finding.found) == ("PRIV-006", target)


def test_a_link_to_a_page_may_stand(project: Path) -> None:
    assert find(project, LETTER, link("https://www.example.org/")) == []


@pytest.mark.parametrize(("value", "codes"), [("", ["PRIV-007"]), (' w:val="0"', [])])
def test_hidden_text_is_found(project: Path, value: str, codes: list[str]) -> None:
    data = make_paragraph(f"<w:r><w:rPr><w:vanish{value}/></w:rPr><w:t>κρυφό</w:t></w:r>")
    assert [finding.code for finding in find(project, LETTER, data)] == codes


@pytest.mark.parametrize("part", ["word/vbaProject.bin", "word/embeddings/oleObject1.bin", "word/activeX/a.xml"])
def test_programs_and_embedded_files_are_found(project: Path, part: str) -> None:
    data = add_part(make_document(), part, b"<a/>")
    (finding,) = find(project, LETTER, data)
    assert (finding.code, finding.place.part) == ("PRIV-008", part)


def write_pdf(change: Callable[[PdfWriter], object] = lambda _: None) -> bytes:
    """A PDF of a page, changed."""
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    change(writer)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def name(**words: str) -> DictionaryObject:
    """A dictionary of a PDF whose values are names."""
    return DictionaryObject({NameObject(f"/{key}"): NameObject(f"/{word}") for key, word in words.items()})


def put(pdf: PdfWriter, key: str, value: DictionaryObject) -> None:
    """Something that the whole document carries."""
    pdf.root_object[NameObject(f"/{key}")] = value


def attach_letter(project: Path) -> None:
    """Let the message carry letter.pdf in place of the cover letter."""
    file = project / "outbox.yaml"
    file.write_text(file.read_text("utf-8").replace("cover-letter.{language}.docx", "letter.pdf"), "utf-8")


NOTE = Text(rect=(10, 10, 30, 30), text="Is this number true?")
PDFS: list[tuple[Callable[[PdfWriter], object], list[str]]] = [
    (lambda _: None, []),
    (lambda pdf: pdf.add_metadata({"/Author": "ΚΛΙΜΑΚΑ"}), []),
    (lambda pdf: pdf.add_metadata({"/Author": "Maria Examplou"}), ["PRIV-004"]),
    (lambda pdf: pdf.add_metadata({"/Title": "C:\\Users\\maria\\cases\\report.docx"}), ["PRIV-005"]),
    (lambda pdf: pdf.add_annotation(0, NOTE), ["PRIV-002"]),
    (lambda pdf: pdf.add_attachment("list.xlsx", b"names"), ["PRIV-008"]),
    (lambda pdf: put(pdf, "OpenAction", name(S="JavaScript", JS="app")), ["PRIV-008"]),
    (lambda pdf: put(pdf, "OpenAction", name(S="GoTo")), []),
    (lambda pdf: put(pdf, "Names", name(JavaScript="app")), ["PRIV-008"]),
    (lambda pdf: pdf.encrypt("word"), ["PRIV-009"]),
]


@pytest.mark.parametrize(("change", "codes"), PDFS)
def test_a_pdf_is_looked_into(project: Path, change: Callable[[PdfWriter], object], codes: list[str]) -> None:
    attach_letter(project)
    assert [finding.code for finding in find(project, "letter.pdf", write_pdf(change))] == codes


def write_words(pdf: PdfWriter, words: str) -> None:
    """A sentence on the first page."""
    stream = DecodedStreamObject()
    stream.set_data(f"BT /F1 12 Tf 10 100 Td ({words}) Tj ET".encode())
    fonts = DictionaryObject({NameObject("/F1"): name(Type="Font", Subtype="Type1", BaseFont="Helvetica")})
    pdf.pages[0][NameObject("/Contents")] = pdf._add_object(stream)
    pdf.pages[0][NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})


def draw_picture(pdf: PdfWriter) -> None:
    """A picture of a dot on the first page."""
    picture = DecodedStreamObject()
    picture.set_data(b"\x00")
    picture.update(name(Type="XObject", Subtype="Image", ColorSpace="DeviceGray"))
    picture.update(
        {NameObject(f"/{key}"): NumberObject(n) for key, n in (("Width", 1), ("Height", 1), ("BitsPerComponent", 8))}
    )
    pictures = DictionaryObject({NameObject("/Im1"): pdf._add_object(picture)})
    pdf.pages[0][NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): pictures})


def test_the_text_of_a_pdf_is_read(project: Path) -> None:
    attach_letter(project)
    data = write_pdf(lambda pdf: write_words(pdf, "We helped Ms Maria K. in May."))
    assert [finding.code for finding in find(project, "letter.pdf", data)] == ["PRIV-012"]


def test_a_page_that_is_a_picture_cannot_be_looked_into(project: Path) -> None:
    attach_letter(project)
    (finding,) = find(project, "letter.pdf", write_pdf(draw_picture))
    assert (finding.code, finding.place.part, finding.found) == ("PRIV-009", "page 1", "a picture without text")


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 nothing", write_pdf()[:200]])
def test_a_damaged_pdf_cannot_be_looked_into(data: bytes) -> None:
    (found,) = inspect_file("letter.pdf", data).found
    assert (found.kind, found.what) == ("closed", "a damaged PDF")
