"""What files carry beside their text is found before they leave: in Word, Excel and PDF."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from pypdf import PdfWriter
from pypdf.annotations import Text
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    TextStringObject,
)
from xlsxwriter.worksheet import Worksheet

from grants.errors import Finding
from grants.readers.attachments import inspect_file
from grants.services.outbox.compose import compose
from tests.outboxes import PERIOD, make_document, make_workbook

LETTER = "cover-letter.el.docx"
RELATIONS = "word/_rels/document.xml.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


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
    assert (finding.code, finding.found, finding.place.part) == ("PRIV-003", "1 change by Maria", "word/document.xml")


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


JPEG_WITH_PLACE = (
    b"\xff\xd8"
    + b"\xff\xe1\x00\x2e" + b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x02"
    + b"\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00"  # turned
    + b"\x88\x25\x00\x04\x00\x00\x00\x01\x00\x00\x00\x26"  # a place
    + b"\x00\x00\x00\x00"
    + b"\xff\xfe\x00\x07Maria"
    + b"\xff\xdb\x00\x04\x00\x01"
    + b"\xff\xda\x00\x02picture\xff\xd9"
)  # fmt: skip


def hide_style(data: bytes) -> bytes:
    """The Word file with a style that hides what is written in it."""
    hidden = '<w:style w:type="character" w:styleId="Note"><w:name w:val="Note"/><w:rPr><w:vanish/></w:rPr></w:style>'
    return change_part(data, "word/styles.xml", b"</w:styles>", f"{hidden}</w:styles>".encode())


def make_sheet(change: Callable[[xlsxwriter.Workbook, Worksheet], object]) -> bytes:
    """A workbook of a sheet, changed."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as workbook:
        workbook.set_properties({"author": "ΚΛΙΜΑΚΑ"})
        sheet = workbook.add_worksheet("Table")
        sheet.write_row(0, 0, ("Rent", 5))
        change(workbook, sheet)
    return target.getvalue()


SAVED_AT = (
    b'<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires='
    b'"x15"><x15ac:absPath url="C:\\Users\\maria\\cases\\" xmlns:x15ac="http://schemas.microsoft.com/office/spreadsheetml'
    b'/2010/11/ac"/></mc:Choice></mc:AlternateContent><bookViews>'
)
CUSTOM = (
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="http://sche'
    b'mas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><property fmtid="{D5}" pid="2" name="Checked by">'
    b"<vt:lpwstr>maria@klimaka.example.org</vt:lpwstr></property></Properties>"
)
SHARED = b'<headers xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
CACHE = b'<pivotCacheRecords xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
SOURCES = (
    b'<connections xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b'<connection id="1" name="payroll"/></connections>'
)
WORKBOOKS: list[tuple[bytes, list[str]]] = [
    (make_sheet(lambda _, sheet: sheet.set_row(0, None, None, {"hidden": True})), ["PRIV-001"]),
    (make_sheet(lambda _, sheet: sheet.set_row(0, 0)), ["PRIV-001"]),
    (make_sheet(lambda _, sheet: sheet.set_column(1, 1, None, None, {"hidden": True})), ["PRIV-001"]),
    (make_sheet(lambda _, sheet: sheet.set_row(9, None, None, {"hidden": True})), []),  # nothing stands in it
    (make_sheet(lambda book, _: book.add_worksheet("Payroll").very_hidden()), ["PRIV-001"]),
    (make_sheet(lambda _, sheet: sheet.set_header("&LWe helped Ms Maria K. in May.")), ["PRIV-012"]),
    (make_sheet(lambda _, sheet: sheet.insert_textbox(3, 3, "We helped Ms Maria K. in May.")), ["PRIV-012"]),
    (
        make_sheet(lambda book, _: book.add_worksheet("_grants").write(0, 0, "We helped Ms Maria K. in May.")),
        ["PRIV-012"],
    ),
    (make_sheet(lambda book, _: book.set_properties({"author": "ΚΛΙΜΑΚΑ", "company": "Other"})), ["PRIV-004"]),
    (
        make_sheet(lambda book, _: book.set_properties({"author": "ΚΛΙΜΑΚΑ", "comments": "Ms Maria K. asks."})),
        ["PRIV-012"],
    ),
    (
        make_sheet(lambda book, _: book.set_custom_property("Checked by", "maria@klimaka.example.org")),
        ["PRIV-014", "PRIV-012"],
    ),
    (make_sheet(lambda book, _: book.set_custom_property("grants form", "financial-report")), []),
    (change_part(make_workbook(), "xl/workbook.xml", b"<bookViews>", SAVED_AT), ["PRIV-005"]),
    (add_part(make_workbook(), "xl/printerSettings/printerSettings1.bin", b"HP in the room of Maria"), ["PRIV-005"]),
    (add_part(make_workbook(), "xl/revisions/revisionHeaders.xml", SHARED), ["PRIV-003"]),
    (add_part(make_workbook(), "xl/pivotCache/pivotCacheRecords1.xml", CACHE), ["PRIV-001"]),
    (add_part(make_workbook(), "xl/connections.xml", SOURCES), ["PRIV-006"]),
    (add_part(make_workbook(), "xl/media/image1.jpeg", JPEG_WITH_PLACE), ["PRIV-015"]),
    (make_sheet(lambda _, sheet: sheet.write_column(4, 3, ("Women", "x", 12, 3))), ["PRIV-013"]),
    (make_sheet(lambda _, sheet: sheet.write_row(4, 0, ("Oc2-1", "Potential victims", 45, 3))), ["PRIV-013"]),
    (make_sheet(lambda _, sheet: sheet.write_row(4, 0, ("Women", "3 (17 %)"))), ["PRIV-013"]),
    (make_sheet(lambda _, sheet: sheet.write_row(4, 0, (3, "Women in the shelter", 20))), []),
    (make_sheet(lambda _, sheet: sheet.write_row(4, 0, ("Women", "three"))), ["PRIV-013"]),
    (make_sheet(lambda _, sheet: sheet.write_row(4, 0, ("Women", "3,0"))), ["PRIV-013"]),
    (make_sheet(lambda _, sheet: sheet.set_footer("&CSeen by Ms Maria K.")), ["PRIV-012"]),
    (make_sheet(lambda _, sheet: sheet.write_url(5, 0, "https://example.org/12%20Green%20Street")), ["PRIV-011"]),
    (add_part(make_workbook(), "xl/embeddings/chart1.xlsx", make_workbook(hidden="Payroll")), ["PRIV-001"]),
    (make_sheet(lambda _, sheet: sheet.write_column(4, 3, ("Women", "x", 12, 30))), []),
    (make_sheet(lambda _, sheet: sheet.write_column(4, 0, ("Beneficiary", "x", 2, 3))), []),  # numbers of headings
]


@pytest.mark.parametrize(("data", "codes"), WORKBOOKS)
def test_what_a_workbook_does_not_show_is_found(project: Path, data: bytes, codes: list[str]) -> None:
    assert [finding.code for finding in find(project, "financial-report.el.xlsx", data)] == codes


def describe_picture(words: str) -> bytes:
    """A Word file with a picture that is described."""
    space = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
    return make_paragraph(f'<w:r><wp:docPr xmlns:wp="{space}" id="1" name="Picture 1" descr="{words}"/></w:r>')


def link_to(target: str) -> bytes:
    """A Word file with a link."""
    document = Document(io.BytesIO(make_document()))
    document.part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


CHART = b'<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:v>3 women</c:v></c:chart>'

DOCUMENTS: list[tuple[bytes, list[str]]] = [
    (add_part(make_document(), "word/media/image1.jpg", JPEG_WITH_PLACE), ["PRIV-015"]),
    (add_part(make_document(), "docProps/custom.xml", CUSTOM), ["PRIV-014", "PRIV-012"]),
    (describe_picture("C:\\Users\\maria\\cases\\garden.jpg"), ["PRIV-005"]),
    (describe_picture("Ms Maria K. in the garden."), ["PRIV-012"]),
    (
        change_part(
            make_document(), "word/settings.xml", b"</w:settings>", b'<w:q w:val="C:\\cases\\a"/></w:settings>'
        ),
        ["PRIV-005"],
    ),
    (make_paragraph("<w:r><w:instrText> INCLUDETEXT C:\\Users\\maria\\x.docx </w:instrText></w:r>"), ["PRIV-005"]),
    (make_paragraph('<w:r><w:rPr><w:rStyle w:val="Note"/></w:rPr><w:t>όχι</w:t></w:r>'), []),
    (hide_style(make_paragraph('<w:r><w:rPr><w:rStyle w:val="Note"/></w:rPr><w:t>όχι</w:t></w:r>')), ["PRIV-007"]),
    (make_paragraph('<w:r><w:rPr><w:rPrChange w:id="1" w:author="Ana"/></w:rPr><w:t>α</w:t></w:r>'), ["PRIV-003"]),
    (add_part(make_document(), "word/embeddings/chart1.xlsx", make_workbook(hidden="Payroll")), ["PRIV-001"]),
    (add_part(make_document(), "word/embeddings/chart1.xlsx", make_workbook(row=("Women", 3))), ["PRIV-013"]),
    (add_part(make_document(), "customXml/item9.xml", b"<a><b>We helped Ms Maria K. in May.</b></a>"), ["PRIV-012"]),
    (make_document("Γυναίκες: 3, παιδιά: 12."), ["PRIV-013"]),
    (make_document("Φιλοξενήθηκαν τρία άτομα."), ["PRIV-013"]),
    (make_document("Ο αριθμός των θυμάτων ήταν 4"), ["PRIV-013"]),
    (make_document("Number of women hosted: 3"), ["PRIV-013"]),
    (make_document("Πατησίων 120"), ["PRIV-011"]),
    (make_document("Payee: Jelena, passport AB1234567"), ["PRIV-012"]),
    (make_document("Payee: Jelena, tel. 697 123 4567"), ["PRIV-012"]),
    (
        change_part(make_document(), "docProps/core.xml", b"<cp:category/>", b"<cp:category>3 girls</cp:category>"),
        ["PRIV-013"],
    ),
    (link_to("https://example.org/12%20Green%20Street"), ["PRIV-011"]),
    (link_to("https://example.org/report"), []),
    (add_part(make_document(), "word/charts/chart1.xml", CHART), ["PRIV-013"]),
    (make_document("Γυναίκες: 30, παιδιά: 12."), []),
]


@pytest.mark.parametrize(("data", "codes"), DOCUMENTS)
def test_what_a_document_does_not_show_is_found(project: Path, data: bytes, codes: list[str]) -> None:
    assert [finding.code for finding in find(project, LETTER, data)] == codes


def test_what_is_allowed_excuses_nothing_else_in_its_paragraph(project: Path) -> None:
    file = project / "outbox.yaml"
    said = "allowed:\n  - {text: two women who answer the helpline, reason: They are staff.}\n"
    file.write_text(file.read_text("utf-8") + said, "utf-8")
    data = make_document("The two women who answer the helpline speak Serbian. Three women returned.")
    (finding,) = find(project, LETTER, data)
    assert (finding.code, finding.found) == ("PRIV-013", "Three women")


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


def layers(*, off: bool) -> DictionaryObject:
    """What a PDF says of its layers: one, shown or not."""
    shown = DictionaryObject({NameObject("/OFF"): ArrayObject([NameObject("/Notes")] if off else [])})
    return DictionaryObject({NameObject("/D"): shown})


def text(words: str) -> TextStringObject:
    """A string of a PDF."""
    return TextStringObject(words)


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
    (lambda pdf: pdf.add_metadata({"/Checked by": "maria@klimaka.example.org"}), ["PRIV-014", "PRIV-012"]),
    (lambda pdf: pdf.add_outline_item(title="We helped Ms Maria K. in May.", page_number=0), ["PRIV-012"]),
    (lambda pdf: put(pdf, "StructTreeRoot", DictionaryObject({NameObject("/Alt"): text("3 women")})), ["PRIV-013"]),
    (lambda pdf: put(pdf, "AcroForm", DictionaryObject({NameObject("/V"): text("3 women")})), ["PRIV-013"]),
    (lambda pdf: put(pdf, "AcroForm", DictionaryObject({NameObject("/XFA"): text("x")})), ["PRIV-008"]),
    (lambda pdf: put(pdf, "AA", name(S="Launch")), ["PRIV-008"]),
    (lambda pdf: write_words(pdf, "Women 3 30"), ["PRIV-013"]),
    (lambda pdf: write_words(pdf, "Women 3"), []),  # a heading, and its page
    (lambda pdf: pdf.add_metadata({"/Keywords": "We helped Ms Maria K. in May."}), ["PRIV-012"]),
    (lambda pdf: pdf.add_uri(0, "file:///S:/cases/list.xlsx", (0, 0, 9, 9)), ["PRIV-006"]),
    (lambda pdf: pdf.add_uri(0, "https://www.example.org/", (0, 0, 9, 9)), []),
    (lambda pdf: put(pdf, "OCProperties", layers(off=True)), ["PRIV-007"]),
    (lambda pdf: put(pdf, "OCProperties", layers(off=False)), []),
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


def test_a_photograph_in_a_pdf_is_looked_into(project: Path) -> None:
    def draw(pdf: PdfWriter) -> None:
        write_words(pdf, "A garden.")
        picture = DecodedStreamObject()
        picture.set_data(JPEG_WITH_PLACE)
        picture.update(name(Type="XObject", Subtype="Image", Filter="DCTDecode"))
        pictures = DictionaryObject({NameObject("/Im1"): pdf._add_object(picture)})
        pdf.pages[0]["/Resources"][NameObject("/XObject")] = pictures

    attach_letter(project)
    (finding,) = find(project, "letter.pdf", write_pdf(draw))
    assert (finding.code, finding.place.part, finding.found) == ("PRIV-015", "page 1", "place (GPS), comment")


def test_a_page_that_is_a_picture_cannot_be_looked_into(project: Path) -> None:
    attach_letter(project)
    (finding,) = find(project, "letter.pdf", write_pdf(draw_picture))
    assert (finding.code, finding.place.part, finding.found) == ("PRIV-009", "page 1", "a picture without text")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"MZ" + write_pdf(), "stands before its beginning"),
        (write_pdf() + make_document(), "stands behind its end"),
        (write_pdf() + b"\0" * 21_000_000, "too large"),
    ],
)
def test_a_pdf_that_is_something_else_too_is_told(data: bytes, words: str) -> None:
    (found,) = inspect_file("letter.pdf", data).found
    assert found.kind == "closed"
    assert words in found.what


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 nothing", write_pdf()[:200]])
def test_a_damaged_pdf_cannot_be_looked_into(data: bytes) -> None:
    (found,) = inspect_file("letter.pdf", data).found
    assert (found.kind, found.what) == ("closed", "a damaged PDF")


def stamp(*rows: tuple[str | int, ...], state: str = "very_hidden") -> bytes:
    """A workbook with a sheet called as our stamp."""

    def add(book: xlsxwriter.Workbook, _: Worksheet) -> None:
        sheet = book.add_worksheet("_grants")
        for number, cells in enumerate(rows):
            sheet.write_row(number, 0, cells)
        getattr(sheet, state)()

    return make_sheet(add)


FORM = ("fact", "form", "financial-report")
STAMPS: list[tuple[bytes, list[str]]] = [
    (stamp(FORM, ("sheet", "table", "Table"), ("figure", "total", "'Table'!B1"), ("row", "lines", 1, "1.1")), []),
    (stamp(FORM, ("base", "lines", "1.1", "description", "Rent", "amount", "5")), []),  # the sheet shows both
    (stamp(("Elena lives in Kypseli",)), ["PRIV-001"]),
    (stamp(("Elena lives in Kypseli",), state="hide"), ["PRIV-001"]),
    (stamp(FORM, ("Women", 3)), ["PRIV-001", "PRIV-013"]),
    (stamp(FORM, ("fact", "note", "Elena")), ["PRIV-001"]),
    (stamp(FORM, ("fact", "project", "Elena lives in Kypseli")), ["PRIV-001"]),
    (stamp(FORM, ("base", "lines", "1.1", "description", "Elena")), ["PRIV-001"]),  # no sheet shows it
    (stamp(FORM, ("row", "lines", 1, "1.1", "Elena lives in Kypseli")), ["PRIV-001"]),
    (stamp(FORM, ("sheet", "table", "Elena lives in Kypseli")), ["PRIV-001"]),
    (make_sheet(lambda book, _: book.set_custom_property("grants note", "Elena lives in Kypseli")), ["PRIV-014"]),
    (make_sheet(lambda book, _: book.set_custom_property("grants project", "Elena in Kypseli")), ["PRIV-014"]),
]


@pytest.mark.parametrize(("data", "codes"), STAMPS)
def test_only_what_a_stamp_says_is_excepted(project: Path, data: bytes, codes: list[str]) -> None:
    assert [finding.code for finding in find(project, "financial-report.el.xlsx", data)] == codes


def test_a_file_that_did_not_change_is_looked_into_once(project: Path) -> None:
    """Whoever approves or sends makes the message twice: to see it, and before anything is done."""
    inspect_file.cache_clear()
    compose(project, PERIOD)
    compose(project, PERIOD)
    assert (inspect_file.cache_info().misses, inspect_file.cache_info().hits) == (4, 4)
    (project / "out" / PERIOD / LETTER).write_bytes(make_document("Άλλη επιστολή."))
    compose(project, PERIOD)
    assert inspect_file.cache_info().misses == 5
