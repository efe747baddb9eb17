"""What a file says where nobody looks is read too: in any part of Word and Excel files, whatever it is called."""

from __future__ import annotations

import io
import warnings
import zipfile
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject
from xlsxwriter.worksheet import Worksheet

from grants.readers.attachments import inspect_file
from tests.outboxes import make_document, make_workbook
from tests.services.outbox.test_gate import (
    JPEG_WITH_PLACE,
    LETTER,
    add_part,
    change_part,
    find,
    make_sheet,
    name,
    put,
    text,
    write_pdf,
    write_words,
)

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
FEW = "3 γυναίκες"
PARAGRAPH = f"<w:p><w:r><w:t>{FEW}</w:t></w:r></w:p>"
LETTER_DATA, TABLE = make_document(), make_workbook()
END = "<w:sectPr"


def before_end(xml: str) -> bytes:
    """The letter with something more at its end."""
    return change_part(LETTER_DATA, "word/document.xml", END.encode(), (xml + END).encode())


def letter_with(part: str, xml: str) -> bytes:
    """The letter with a part more."""
    return add_part(LETTER_DATA, part, xml.encode())


IN_DOCUMENTS = {
    "header": letter_with("word/header9.xml", f"<w:hdr {W}>{PARAGRAPH}</w:hdr>"),
    "footnote": letter_with(
        "word/footnotes.xml", f"<w:footnotes {W}><w:footnote>{PARAGRAPH}</w:footnote></w:footnotes>"
    ),
    "endnote": letter_with("word/endnotes.xml", f"<w:endnotes {W}><w:endnote>{PARAGRAPH}</w:endnote></w:endnotes>"),
    "building block": letter_with(
        "word/glossary/document.xml", f"<w:glossaryDocument {W}>{PARAGRAPH}</w:glossaryDocument>"
    ),
    "part of any name": letter_with("word/other.xml", f"<a><b>{FEW}</b></a>"),
    "data": letter_with("customXml/data.xml", f'<a note="{FEW}"/>'),
    "drawing over a chart": letter_with("word/drawings/drawing1.xml", f"<a><p><t>{FEW}</t></p></a>"),
    "text box": before_end(f'<w:p xmlns:v="urn:v"><w:r><w:pict><v:shape alt="{FEW}"/></w:pict></w:r></w:p>'),
    "drawn letters": before_end(f'<w:p xmlns:v="urn:v"><w:r><w:pict><v:textpath string="{FEW}"/></w:pict></w:r></w:p>'),
    "name of a field": before_end(f'<w:sdt><w:sdtPr><w:alias w:val="{FEW}"/></w:sdtPr></w:sdt>'),
    "choice of a field": before_end(
        f'<w:sdt><w:dropDownList><w:listItem w:displayText="{FEW}"/></w:dropDownList></w:sdt>'
    ),
    "hint of a field": before_end(f'<w:p><w:r><w:ffData><w:statusText w:val="{FEW}"/></w:ffData></w:r></w:p>'),
    "hint of a link": before_end(f'<w:p><w:hyperlink w:tooltip="{FEW}"/></w:p>'),
    "formula": before_end(f'<w:p xmlns:m="urn:m"><m:oMath><m:r><m:t>{FEW}</m:t></m:r></m:oMath></w:p>'),
    "style": change_part(
        LETTER_DATA,
        "word/styles.xml",
        b"</w:styles>",
        f'<w:style><w:name w:val="{FEW}"/></w:style></w:styles>'.encode(),
    ),
}
CHART = (
    '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:ser>'
    "<c:tx><c:v>{}</c:v></c:tx><c:cat><c:pt idx='0'><c:v>{}</c:v></c:pt></c:cat>"
    "<c:val><c:pt idx='0'><c:v>{}</c:v></c:pt></c:val></c:ser></c:chartSpace>"
)


@pytest.mark.parametrize("data", IN_DOCUMENTS.values(), ids=IN_DOCUMENTS.keys())
def test_every_text_of_a_document_is_read(project: Path, data: bytes) -> None:
    assert [finding.code for finding in find(project, LETTER, data)] == ["PRIV-013"]


@pytest.mark.parametrize(
    ("series", "category", "value", "codes"),
    [
        ("Γυναίκες", "2008", "3", ["PRIV-013"]),
        ("2008", "Γυναίκες", "3.0", ["PRIV-013"]),
        ("2008", "Γυναίκες", "30", []),
        ("Κλήσεις", "2008", "3", []),
    ],
)
def test_the_figures_that_a_chart_remembers_are_counted(
    project: Path, series: str, category: str, value: str, codes: list[str]
) -> None:
    data = letter_with("word/charts/chart9.xml", CHART.format(series, category, value))
    assert [finding.code for finding in find(project, LETTER, data)] == codes


def test_an_ordinary_document_says_nothing_but_its_text() -> None:
    assert inspect_file("letter.docx", LETTER_DATA).rows == ()
    places = [part for part, text in inspect_file("letter.docx", LETTER_DATA).passages if text == "Έκθεση προόδου."]
    assert places == ["word/document.xml"]


def table_with(part: str, xml: str) -> bytes:
    """The workbook with a part more."""
    return add_part(TABLE, part, xml.encode())


def validated(**hints: Any) -> bytes:
    """A workbook with a list of choices."""
    return make_sheet(
        lambda _, sheet: sheet.data_validation(0, 0, 0, 0, {"validate": "list", "source": ["α"], **hints})
    )


def formatted(book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
    """A number that is shown as words."""
    sheet.write(4, 4, 5, book.add_format({"num_format": f'"{FEW}"'}))


IN_WORKBOOKS = {
    "choices": validated(source=[FEW, "α"]),
    "title of a hint": validated(input_title=FEW),
    "name": make_sheet(lambda book, _: book.define_name("x", f'="{FEW}"')),
    "formula": make_sheet(lambda _, sheet: sheet.write_formula(0, 5, f'=IF(1=1,"","{FEW}")', None, "")),
    "format": make_sheet(formatted),
    "hint of a link": make_sheet(lambda _, sheet: sheet.write_url(5, 0, "https://example.org", tip=FEW)),
    "scenario": change_part(
        TABLE, "xl/worksheets/sheet1.xml", b"<pageMargins", f'<x name="{FEW}"/><pageMargins'.encode()
    ),
    "string of no cell": change_part(TABLE, "xl/sharedStrings.xml", b"</sst>", f"<si><t>{FEW}</t></si></sst>".encode()),
    "pronunciation": change_part(
        TABLE, "xl/sharedStrings.xml", b"</sst>", f"<si><t>q</t><rPh><t>{FEW}</t></rPh></si></sst>".encode()
    ),
    "field of a pivot table": table_with(
        "xl/pivotCache/pivotCacheDefinition1.xml", f'<pivotCacheDefinition {S}><x name="{FEW}"/></pivotCacheDefinition>'
    ),
    "sheet of a chart": table_with(
        "xl/chartsheets/sheet1.xml", f"<chartsheet {S}><oddHeader>{FEW}</oddHeader></chartsheet>"
    ),
    "old drawing": table_with("xl/drawings/vmlDrawing1.vml", f'<xml><shape alt="{FEW}"><br></shape></xml>'),
}


@pytest.mark.parametrize("data", IN_WORKBOOKS.values(), ids=IN_WORKBOOKS.keys())
def test_every_text_of_a_workbook_is_read(project: Path, data: bytes) -> None:
    assert [finding.code for finding in find(project, "financial-report.el.xlsx", data)] == ["PRIV-013"]


PIVOT = f"<pivotCacheDefinition {S}><sharedItems><s/></sharedItems></pivotCacheDefinition>"
TRACES = [
    (table_with("xl/worksheets/other.xml", f"<worksheet {S}/>"), "hidden sheet"),
    (table_with("xl/pivotCache/x.xml", PIVOT), "hidden row"),
    (table_with("xl/externalLinks/externalLink1.xml", f"<externalLink {S}/>"), "outside"),
    (table_with("xl/queryTables/queryTable1.xml", f"<queryTable {S}/>"), "outside"),
    (table_with("xl/notes.xml", f"<comments {S}><comment/></comments>"), "comment"),
    (table_with("xl/macrosheets/sheet1.xml", "<a/>"), "program"),
    (table_with("xl/model/item.data", "x"), "program"),
    (table_with("notes.txt", "x"), "program"),
    (table_with("docProps/thumbnail.emf", "x"), "picture"),
    (letter_with("word/notes.xml", f"<w:comments {W}><w:comment/></w:comments>"), "comment"),
    (letter_with("word/afchunk.mht", "x"), "program"),
    (letter_with("word/embeddings/a.docx", "x"), "program"),
    (add_part(LETTER_DATA, "word/embeddings/a.XLSX", add_part(TABLE, "xl/embeddings/b.xlsx", TABLE)), "program"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "kind"), TRACES)
def test_what_does_not_belong_into_a_file_is_told_wherever_it_stands(data: bytes, kind: str) -> None:
    name = "report.xlsx" if b"xl/workbook.xml" in data and b"word/" not in data else "letter.docx"
    assert [found.kind for found in inspect_file(name, data).found if found.kind != "author"] == [kind]


def rename(data: bytes, old: str, new: str) -> bytes:
    """The package with a part called otherwise."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w") as made:
        for entry in source.infolist():
            made.writestr(entry.filename.replace(old, new), source.read(entry))
    return target.getvalue()


def twice(data: bytes) -> bytes:
    """The package with a second part of the same name."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return add_part(data, "word/document.xml", b"<a/>")


def bomb() -> bytes:
    """A letter with a part that is ten thousand times as large as its bytes."""
    target = io.BytesIO(LETTER_DATA)
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/media/image9.png", b"\0" * 60_000_000)
    return target.getvalue()


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
CLOSED = [
    ("letter.docx", b"", "empty"),
    ("letter.docx", b"PK", "no Office file"),
    ("letter.docx", b"<html><body>3</body></html>", "no Office file"),
    ("letter.docx", b"%PDF-1.7\n" + LETTER_DATA, "no Office file"),
    ("letter.docx", LETTER_DATA + b"MZ...", "something stands behind its end"),
    ("letter.docx", LETTER_DATA[:-9], "its end is missing"),
    ("letter.docx", OLD, "Office before 2007"),
    ("report.xlsx", OLD + "EncryptedPackage".encode("utf-16-le"), "locked by a password"),
    ("letter.docx", bomb(), "too large when unpacked"),
    ("letter.docx", twice(LETTER_DATA), "two parts with the name"),
    ("letter.docx", TABLE, "of another kind"),
    ("letter.docx", add_part(LETTER_DATA, "xl/workbook.xml", b"<a/>"), "of another kind"),
    ("letter.docx", rename(LETTER_DATA, "word/settings", "WORD/settings"), "not named as Office names it"),
    ("letter.docx", letter_with("word/x.xml", "<a>" * 3_000 + "</a>" * 3_000), ""),
    ("letter.docx", letter_with("word/x.xml", "<!DOCTYPE a><a/>"), "not as Office writes it"),
    ("letter.docx", letter_with("word/x.xml", "<a>"), "a part is damaged"),
    ("letter.docm", LETTER_DATA, ".docm"),
    ("report.xlsm", TABLE, ".xlsm"),
    ("letter.doc", OLD, ".doc"),
    ("report.svg", b"<svg/>", ".svg"),
    ("archive.zip", LETTER_DATA, ".zip"),
    ("letter", LETTER_DATA, "no suffix"),
    ("letter.el.\u202excod.exe", LETTER_DATA, "signs that nobody sees"),
    ("letter\u200b.docx", LETTER_DATA, "signs that nobody sees"),
]


@pytest.mark.parametrize(("name", "data", "words"), CLOSED)
def test_what_cannot_be_looked_into_is_said_to_be_so(name: str, data: bytes, words: str) -> None:
    told = [found for found in inspect_file(name, data).found if found.kind == "closed"]
    assert [words in found.what for found in told] == ([True] if words else [])


def test_a_number_larger_than_any_is_text() -> None:
    data = make_sheet(lambda _, sheet: sheet.write_string(4, 0, "12E1000001"))
    assert ("Table", "12E1000001") in inspect_file("report.xlsx", data).passages


@pytest.mark.parametrize("kind", ["Unknown", "JBIG2Decode"])
def test_a_pdf_packed_as_nobody_here_unpacks_is_closed(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def pack(pdf: PdfWriter) -> None:
        write_words(pdf, "A garden.")
        pdf.pages[0]["/Contents"].get_object()[NameObject("/Filter")] = NameObject(f"/{kind}")

    monkeypatch.setattr("pypdf.filters.JBIG2DEC_BINARY", None)
    assert [found.kind for found in inspect_file("letter.pdf", write_pdf(pack)).found] == ["closed"]


def array(*parts: Any) -> ArrayObject:
    return ArrayObject(parts)


def field(key: str, make: Any) -> bytes:
    """A PDF with a form that says something under a key; it is made of a function that puts an object by itself."""
    return write_pdf(lambda pdf: put(pdf, "AcroForm", DictionaryObject({NameObject(f"/{key}"): make(pdf._add_object)})))


STRINGS: dict[str, tuple[bytes, bool]] = {
    "in arrays": (field("Opt", lambda _: array(array(text("x"), array(text("Maria"))))), True),
    "by itself": (field("TU", lambda apart: apart(text("Maria"))), True),
    "in an array by itself": (field("Opt", lambda apart: apart(array(array(text("Maria"))))), True),
    "by itself in an array": (field("Opt", lambda apart: array(apart(text("Maria")))), True),
    "that nothing leads to": (write_pdf(lambda pdf: pdf._add_object(text("Maria"))), True),
    "of drawing": (field("DA", lambda apart: apart(text("Maria"))), False),
    "of drawing, in arrays": (field("DA", lambda apart: apart(array(array(apart(text("Maria")))))), False),
}


@pytest.mark.parametrize(("data", "is_told"), STRINGS.values(), ids=STRINGS.keys())
def test_every_string_of_a_pdf_is_read(data: bytes, is_told: bool) -> None:
    assert (("unseen", "Maria") in inspect_file("letter.pdf", data).passages) is is_told


def test_an_array_that_holds_itself_ends() -> None:
    def make(pdf: PdfWriter) -> None:
        around = array(text("Maria"))
        around.append(pdf._add_object(around))
        put(pdf, "AcroForm", DictionaryObject({NameObject("/Opt"): around[1]}))

    assert ("unseen", "Maria") in inspect_file("letter.pdf", write_pdf(make)).passages


def test_a_photograph_inside_a_drawn_form_is_looked_into() -> None:
    def draw(pdf: PdfWriter) -> None:
        write_words(pdf, "A garden.")
        picture, form = DecodedStreamObject(), DecodedStreamObject()
        picture.set_data(JPEG_WITH_PLACE)
        picture.update(name(Type="XObject", Subtype="Image", Filter="DCTDecode"))
        form.set_data(b"/Im1 Do")
        form.update(name(Type="XObject", Subtype="Form"))
        for holder, inner in ((form, picture), (pdf.pages[0], form)):
            drawn = DictionaryObject({NameObject("/X1"): pdf._add_object(inner)})
            holder[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): drawn})

    (found,) = inspect_file("letter.pdf", write_pdf(draw)).found
    assert (found.kind, found.place, found.what) == ("picture", "document", "place (GPS), comment")


def unplaced(sheet: str) -> bytes:
    """A workbook whose sheet is this, in which rows and cells need not say where they stand."""
    with zipfile.ZipFile(io.BytesIO(TABLE)) as package:
        whole = package.read("xl/worksheets/sheet1.xml")
    return change_part(TABLE, "xl/worksheets/sheet1.xml", whole, f"<worksheet {S}>{sheet}</worksheet>".encode())


CELLS = '<c t="n"><v>5</v></c><c t="n"><v>7</v></c>'


@pytest.mark.parametrize(
    ("sheet", "told"),
    [
        (f'<sheetData><row>{CELLS}</row><row hidden="1">{CELLS}</row></sheetData>', ["rows 2"]),
        (f'<sheetData><row r="4">{CELLS}</row><row ht="0">{CELLS}</row></sheetData>', ["rows 5"]),
        (f'<cols><col min="2" max="2" hidden="1"/></cols><sheetData><row>{CELLS}</row></sheetData>', ["columns B:B"]),
        (
            f'<cols><col min="4" max="4" hidden="1"/></cols><sheetData><row><c r="B1"/>{CELLS}</row></sheetData>',
            ["columns D:D"],
        ),
        (f'<cols><col min="3" max="3" hidden="1"/></cols><sheetData><row>{CELLS}</row></sheetData>', []),
        (f'<sheetData><row>{CELLS}</row><row hidden="1"/></sheetData>', []),
    ],
)
def test_what_is_hidden_is_found_where_cells_say_no_place(sheet: str, told: list[str]) -> None:
    hidden = [found for found in inspect_file("report.xlsx", unplaced(sheet)).found if found.kind == "hidden row"]
    assert [found.what for found in hidden] == told


def styled(styles: str, wanted: str = "") -> bytes:
    """A letter with styles more, and a run that wants one."""
    run = f'<w:p><w:r><w:rPr><w:rStyle w:val="{wanted}"/></w:rPr><w:t>κρυφό</w:t></w:r></w:p>'
    xml = f"<w:styles {W}>{styles}</w:styles>".encode()
    with zipfile.ZipFile(io.BytesIO(LETTER_DATA)) as package:
        whole = package.read("word/styles.xml")
    return change_part(before_end(run if wanted else PARAGRAPH), "word/styles.xml", whole, xml)


def style(key: str, more: str, kind: str = "character") -> str:
    return f'<w:style w:type="{kind}" w:styleId="{key}">{more}</w:style>'


HIDES, SHOWS = "<w:rPr><w:vanish/></w:rPr>", '<w:rPr><w:vanish w:val="0"/></w:rPr>'
ON_A, ON_B, ON_C = (f'<w:basedOn w:val="{key}"/>' for key in "ABC")
FROM_START = f"<w:docDefaults><w:rPrDefault>{HIDES}</w:rPrDefault></w:docDefaults>"


@pytest.mark.parametrize(
    ("data", "is_told"),
    [
        (styled(style("C", ON_B) + style("B", ON_A) + style("A", HIDES), "C"), True),
        (styled(style("C", ON_B) + style("B", ON_A + SHOWS) + style("A", HIDES), "C"), False),
        (styled(style("C", ON_B) + style("B", ON_C), "C"), False),  # two that are based on each other
        (styled(FROM_START), True),
        (styled(FROM_START + style("C", ON_B) + style("B", ""), "C"), True),
        (styled(style("N", HIDES, 'paragraph" w:default="1')), True),
        (styled(style("N", HIDES, "paragraph")), False),
    ],
)
def test_a_style_hides_by_what_it_is_based_on(data: bytes, is_told: bool) -> None:
    assert ("hidden text" in [found.kind for found in inspect_file("letter.docx", data).found]) is is_told
