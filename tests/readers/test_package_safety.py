"""A workbook from outside is looked through before it is opened; hostile ones are made here."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile
import zlib

import openpyxl
import pytest
from openpyxl.styles import PatternFill

from grants.errors.catalogue import explain
from grants.readers.package_safety import MESSAGES, check_package, read_package
from grants.readers.zip_parts import LARGEST_FILE, MOST_PARTS
from tests.workbooks import convert, load_sample

SHEET = "xl/worksheets/sheet1.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def make_workbook(rows: int = 3, title: str = "Costs") -> bytes:
    """Costs, all but the first one of them short and written as text: openpyxl takes a minute for so many."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    sheet.append(["V-1", 1, 12.5, "EUR", "a payee", "1.1", "KLIMAKA"])
    data = io.BytesIO()
    book.save(data)
    more = "".join(f'<row r="{row}"><c r="A{row}"><v>{row}</v></c></row>' for row in range(2, rows + 1))
    return change(data.getvalue(), rows=(SHEET, "</sheetData>", f"{more}</sheetData>"))


def read_parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def change(data: bytes, added: dict[str, bytes] | None = None, **replaced: tuple[str, str, str]) -> bytes:
    """The workbook with parts added, and texts in parts replaced: (part, old, new)."""
    parts = read_parts(data) | (added or {})
    for part, old, new in replaced.values():
        assert old.encode() in parts[part]
        parts[part] = parts[part].replace(old.encode(), new.encode(), 1)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return target.getvalue()


def list_codes(data: bytes) -> list[str]:
    findings = check_package(data, "form.xlsx")
    assert all(finding.remedy and explain(finding.code) for finding in findings)
    return [finding.code for finding in findings]


def relate(kind: str, target: str, mode: str = "") -> tuple[str, str, str]:
    return (
        RELATIONS,
        "</Relationships>",
        f'<Relationship Id="rId99" Type="{OFFICE}/{kind}" Target="{target}" {mode}/></Relationships>',
    )


@pytest.mark.parametrize("form", ["budget", "activities"])
def test_a_form_of_ours_is_opened(form):
    assert check_package(load_sample().write(form, "el"), "form.xlsx") == []


@pytest.mark.office
def test_a_form_saved_by_libreoffice_is_opened():
    (saved,) = convert([load_sample().write("budget", "el")])
    assert check_package(saved, "form.xlsx") == []


def test_fifty_thousand_rows_are_opened():
    assert list_codes(make_workbook(50_000)) == []


def test_more_rows_than_the_limit_are_refused_and_the_sheet_is_named():
    (finding,) = check_package(make_workbook(100_001), "form.xlsx")
    assert finding.code == "PKG-010"
    assert str(finding.place) == "form.xlsx Costs!A100001"


def test_our_hidden_sheet_has_two_rows_for_a_cost():
    assert list_codes(make_workbook(100_001, "_grants")) == []
    assert list_codes(make_workbook(200_001, "_grants")) == ["PKG-010"]


@pytest.mark.parametrize(
    ("data", "code", "found"),
    [
        (b"", "PKG-004", "empty"),
        (b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "PKG-002", "encrypted"),
        (b"\xd0\xcf\x11\xe0" + bytes(600) + "Workbook".encode("utf-16-le"), "PKG-003", ".xls"),
        ("Αριθμός;Ποσό\n1;2,50\n".encode("cp1253"), "PKG-003", "CSV"),
        ("a\tb\n".encode("utf-16"), "PKG-003", "CSV"),
        (b"%PDF-1.7\n", "PKG-003", "PDF"),
        (b"<html><table><tr><td>1</td></tr></table>", "PKG-003", "web page"),
        (b"\x00\x01\x02\x03", "PKG-004", "neither"),
        (b"PK\x03\x04 and nothing more", "PKG-004", ""),
    ],
)
def test_what_is_no_workbook_is_named(data, code, found):
    (finding,) = check_package(data, "form.xlsx")
    assert finding.code == code
    assert found in (finding.found or "")


@pytest.mark.parametrize(
    ("parts", "found"),
    [
        ({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}, ".ods"),
        ({"xl/workbook.bin": b"\x83\x01\x00"}, ".xlsb"),
        ({"word/document.xml": b"<document/>"}, "Word"),
        ({"photograph.jpg": b"\xff\xd8"}, "without a workbook"),
    ],
)
def test_another_package_is_named(parts, found):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    (finding,) = check_package(data.getvalue(), "form.xlsx")
    assert finding.code == "PKG-003"
    assert found in (finding.found or "")


def test_half_a_workbook_is_damaged():
    data = make_workbook()
    assert list_codes(data[: len(data) // 2]) == ["PKG-004"]


def test_a_changed_byte_is_damage():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_STORED) as package:
        for name, content in read_parts(make_workbook()).items():
            package.writestr(name, content)
    assert list_codes(data.getvalue()) == []
    assert list_codes(data.getvalue().replace(b"a payee", b"A payee", 1)) == ["PKG-004"]


def test_xml_that_is_cut_off_is_damage():
    assert list_codes(change(make_workbook(), end=(SHEET, "</sheetData>", ""))) == ["PKG-004"]


def test_a_large_file_is_refused_unread(tmp_path):
    file = tmp_path / "form.xlsx"
    with file.open("wb") as stream:
        stream.truncate(LARGEST_FILE + 1)
    data, findings = read_package(file, "form.xlsx")
    assert data is None
    assert [finding.code for finding in findings] == ["PKG-001"]


def test_a_file_is_read_and_a_missing_one_said(tmp_path):
    file = tmp_path / "form.xlsx"
    assert [finding.code for finding in read_package(file, "form.xlsx")[1]] == ["FILE-001"]
    file.write_bytes(make_workbook())
    assert read_package(file, "form.xlsx") == (file.read_bytes(), [])


def test_too_many_parts_are_refused():
    assert list_codes(change(make_workbook(), {f"xl/p{n}.xml": b"<a/>" for n in range(MOST_PARTS)})) == ["PKG-001"]


def test_a_bomb_is_refused_without_filling_the_memory():
    bomb = change(make_workbook(), {"xl/bomb.xml": b"<a>" + b" " * 90_000_000 + b"</a>"})
    tracemalloc.start()
    try:
        assert list_codes(bomb) == ["PKG-001"]
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()


def lie(data: bytes, name: str, size: int) -> bytes:
    """The zip with another size in both headers of a part."""
    changed = bytearray(data)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        offset = package.getinfo(name).header_offset
    struct.pack_into("<L", changed, offset + 22, size)
    central = data.rindex(name.encode()) - 46
    assert data[central : central + 4] == b"PK\x01\x02"
    struct.pack_into("<L", changed, central + 24, size)
    return bytes(changed)


def test_a_part_that_holds_more_than_it_says_is_found_while_it_is_unpacked():
    bomb = lie(change(make_workbook(), {"xl/bomb.xml": b"<a>" + b" " * 90_000_000 + b"</a>"}), "xl/bomb.xml", 1000)
    tracemalloc.start()
    try:
        assert list_codes(bomb) == ["PKG-005"]
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()


def test_two_headers_that_disagree_are_refused():
    data = bytearray(make_workbook())
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as package:
        offset = package.getinfo("xl/styles.xml").header_offset
    struct.pack_into("<H", data, offset + 6, 0)
    struct.pack_into("<LL", data, offset + 18, 5, 5)
    assert list_codes(bytes(data)) == ["PKG-005"]


def test_entries_that_share_bytes_are_refused():
    """Two entries of the directory for one kernel of bytes, as in a bomb that does not nest."""
    kernel = zlib.compress(b"<a/>" * 10, wbits=-15)
    crc = zlib.crc32(b"<a/>" * 10)
    header = struct.pack("<4sHHHHHLLLHH", b"PK\3\4", 20, 0, 8, 0, 33, crc, len(kernel), 40, 1, 0)
    body = header + b"a" + kernel
    entries = b"".join(
        struct.pack("<4sHHHHHHLLLHHHHHLL", b"PK\1\2", 20, 20, 0, 8, 0, 33, crc, len(kernel), 40, 1, 0, 0, 0, 0, 0, 0)
        + name
        for name in (b"a", b"b")
    )
    end = struct.pack("<4sHHHHLLH", b"PK\5\6", 0, 0, 2, 2, len(entries), len(body), 0)
    assert list_codes(body + entries + end) == ["PKG-005"]


@pytest.mark.parametrize("name", ["../../etc/cron.xml", "/xl/a.xml", "xl\\..\\a.xml", "C:/a.xml", "XL/WORKBOOK.XML"])
def test_names_that_lead_elsewhere_or_stand_twice_are_refused(name):
    assert list_codes(change(make_workbook(), {name: b"<a/>"})) == ["PKG-005"]


def test_an_encrypted_part_needs_a_password():
    data = bytearray(make_workbook())
    central = data.rindex(b"PK\x01\x02")
    struct.pack_into("<H", data, central + 8, 1)
    assert list_codes(bytes(data)) == ["PKG-002"]


@pytest.mark.parametrize(
    ("added", "replaced", "code"),
    [
        ({"xl/vbaProject.bin": b"\xd0\xcf"}, None, "PKG-006"),
        ({"xl/macrosheets/sheet1.xml": b"<macrosheet/>"}, None, "PKG-006"),
        ({}, relate("vbaProject", "code.dat"), "PKG-006"),
        ({}, ("[Content_Types].xml", "spreadsheetml.sheet.main+xml", "sheet.macroEnabled.main+xml"), "PKG-006"),
        ({"xl/externalLinks/externalLink1.xml": b"<externalLink><ddeLink/></externalLink>"}, None, "PKG-007"),
        ({"xl/connections.xml": b"<connections/>"}, None, "PKG-007"),
        ({}, relate("externalLink", "elsewhere.xml"), "PKG-007"),
        ({}, relate("image", "https://example.org/a.png", 'TargetMode="External"'), "PKG-007"),
        ({"xl/embeddings/oleObject1.bin": b"\xd0\xcf"}, None, "PKG-008"),
        ({"xl/activeX/activeX1.xml": b"<ocx/>"}, None, "PKG-008"),
        ({}, relate("package", "other.xlsx"), "PKG-008"),
        ({"xl/media/a.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}, None, "PKG-009"),
        ({"xl/a.vml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}, None, "PKG-009"),
        ({"xl/a.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'.encode("utf-16")}, None, "PKG-009"),
    ],
)
def test_what_is_more_than_cells_is_refused(added, replaced, code):
    changes = {"first": replaced} if replaced else {}
    assert list_codes(change(make_workbook(), added, **changes)) == [code]


def test_entities_that_grow_are_not_expanded():
    names = [f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(12)]
    laughs = f'<!DOCTYPE a [<!ENTITY l0 "ha">{"".join(names)}]><a>&l12;</a>'
    assert list_codes(change(make_workbook(), {"xl/sharedStrings.xml": laughs.encode()})) == ["PKG-009"]


@pytest.mark.parametrize("part", ["xl/drawings/vmlDrawing1.vml", "xl/printerSettings/printerSettings1.bin"])
def test_what_excel_itself_writes_carelessly_is_no_fault(part):
    assert list_codes(change(make_workbook(), {part: b"<xml><br></xml>"})) == []


def test_links_to_web_pages_are_no_fault():
    link = relate("hyperlink", "https://example.org/", 'TargetMode="External"')
    assert list_codes(change(make_workbook(), link=link)) == []


def test_several_faults_are_told_at_once():
    added = {"xl/vbaProject.bin": b"\xd0\xcf", "xl/externalLinks/externalLink1.xml": b"<externalLink/>"}
    assert sorted(list_codes(change(make_workbook(), added))) == ["PKG-006", "PKG-007"]


def test_a_format_in_the_last_row_is_only_said():
    book = openpyxl.Workbook()
    book.active["A1"] = 1
    book.active["A1048576"].fill = PatternFill("solid", fgColor="FFFF00")
    data = io.BytesIO()
    book.save(data)
    (finding,) = check_package(data.getvalue(), "form.xlsx")
    assert (finding.code, finding.severity, finding.found) == ("PKG-011", "info", "formatted to row 1,048,576")


@pytest.mark.parametrize("cell", ["A1048576", "XFD400"])
def test_a_value_in_the_last_row_or_column_is_refused(cell):
    book = openpyxl.Workbook()
    book.active["A1"] = 1
    book.active[cell] = " "
    data = io.BytesIO()
    book.save(data)
    assert list_codes(data.getvalue()) == ["PKG-010"]


def test_a_sheet_under_another_name_and_without_references_is_measured_too():
    rows = "<x:row><x:c><x:v>1</x:v></x:c></x:row>" * 100_001
    sheet = f'<x:worksheet xmlns:x="a"><x:sheetData>{rows}</x:sheetData></x:worksheet>'
    assert list_codes(change(make_workbook(), {"xl/elsewhere.xml": sheet.encode()})) == ["PKG-010"]


@pytest.mark.parametrize("element", [b"<c/>", b"<v/>", b"<a/>"])
def test_millions_of_empty_elements_are_refused(element):
    many = b"<worksheet><sheetData><row>" + element * 3_000_001 + b"</row></sheetData></worksheet>"
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_STORED) as package:
        for name, content in {**read_parts(make_workbook()), "xl/worksheets/sheet2.xml": many}.items():
            package.writestr(name, content)
    assert list_codes(data.getvalue()) == ["PKG-010"]


def test_every_code_has_a_message_and_a_page():
    assert all(explain(code) for code in MESSAGES)


def test_a_sheet_that_begins_after_a_long_comment_is_measured_too():
    sheet = (
        b"<!--"
        + b" " * 2_000_000
        + b'--><worksheet><sheetData><row r="1048576"><c><v>1</v></c></row></sheetData></worksheet>'
    )
    assert list_codes(change(make_workbook(), {"xl/worksheets/sheet2.xml": sheet})) == ["PKG-010"]
