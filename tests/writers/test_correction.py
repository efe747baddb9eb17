"""Faults go back inside the user's own workbook, and go away again when they are repaired."""

from __future__ import annotations

import io
import re
import zipfile
from decimal import Decimal

import openpyxl
import pytest
from lxml import etree
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from grants.errors import OutputError
from grants.forms.correction import KEEPER_SHEET, CellFault, CorrectionPage
from grants.readers.pack import read_labels
from grants.readers.package_safety import check_package
from grants.readers.stamp import read_stamp
from grants.readers.workbook import read_figures, read_form_stamp
from grants.writers.excel.correction import mark_faults
from grants.writers.excel.correction.cells import Address, name_address, parse_address
from grants.writers.excel.correction.names import WORKSHEET_ORDER
from tests.workbooks import ROOT, convert, load_sample, open_workbook

RED, YELLOW = "FFFF9C9C", "FFFFE082"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def make_page(language: str = "en") -> CorrectionPage:
    labels, _, findings = read_labels(ROOT / "templates" / "_common" / "labels-correction.yaml")
    assert labels, findings

    def say(key: str) -> str:
        return labels.say(f"correction.{key}", language)

    headers = (say("where"), say("fault"), say("remedy"), say("found"), say("code"))
    return CorrectionPage(say("title"), (say("intro"), say("colours")), headers, language, say("footer"))


PAGE = make_page()


def fault(sheet: str | None, cell: str | None, severity: str = "error", message: str = "It is a text.") -> CellFault:
    return CellFault(sheet, cell, "IMP-001", message, severity, "1.500,00", "Type the number again.")


def read_parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        assert len(set(package.namelist())) == len(package.namelist())
        return {name: package.read(name) for name in package.namelist()}


def pack(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return target.getvalue()


def save(book: openpyxl.Workbook) -> bytes:
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def make_book() -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.active.title = "Costs"
    book.create_sheet("Δαπάνες '08")
    for sheet in book:
        sheet.append(["voucher", "amount"])
        sheet.append(["V-1", "1.500,00"])
        sheet["B2"].font = Font(bold=True, color="FF00AA00")
        sheet["B2"].number_format = "#,##0.00"
        sheet["B2"].fill = PatternFill("solid", fgColor="FFFFF8E1")
    return book


def colour(sheet: openpyxl.worksheet.worksheet.Worksheet, cell: str) -> str:
    return str(sheet[cell].fill.fgColor.rgb)


def check_order(data: bytes) -> None:
    """Every sheet has its elements in the schema's order, each once where the schema wants it once."""
    for name, content in read_parts(data).items():
        root = etree.fromstring(content) if name.startswith("xl/worksheets/") and name.endswith(".xml") else None
        if root is not None:
            elements = [etree.QName(node).localname for node in root if isinstance(node.tag, str)]
            places = [WORKSHEET_ORDER.index(element) for element in elements]
            assert places == sorted(places), (name, elements)
            once = [element for element in elements if element != "conditionalFormatting"]
            assert len(once) == len(set(once)), (name, elements)


def check_links(data: bytes) -> None:
    """Every relationship leads to a part, and every part is declared."""
    parts = read_parts(data)
    types = etree.fromstring(parts["[Content_Types].xml"])
    declared = {node.get("PartName", "").lstrip("/") for node in types}
    extensions = {node.get("Extension") for node in types}
    assert declared - {""} <= set(parts)
    for name in parts:
        assert name == "[Content_Types].xml" or name in declared or name.rpartition(".")[2] in extensions, name
    for name, content in parts.items():
        if name.endswith(".rels"):
            folder = name.partition("_rels/")[0]
            for node in etree.fromstring(content):
                target = node.get("Target", "")
                whole = target.lstrip("/") if target.startswith("/") else folder + target
                assert node.get("TargetMode") == "External" or re.sub(r"[^/]+/\.\./", "", whole) in parts, (
                    name,
                    target,
                )


# The marks


def test_a_bad_cell_has_a_colour_on_top_of_its_own_format_and_a_comment():
    data = save(make_book())
    marked = open_workbook(mark_faults(data, [fault("Costs", "B2")], PAGE))
    cell = marked["Costs"]["B2"]
    assert colour(marked["Costs"], "B2") == RED
    assert (cell.font.bold, cell.font.color.rgb, cell.number_format) == (True, "FF00AA00", "#,##0.00")
    assert cell.value == "1.500,00"
    assert cell.comment.text == "Please correct\nIt is a text.\nType the number again."
    assert colour(marked["Δαπάνες '08"], "B2") == "FFFFF8E1"


def test_a_warning_is_yellow_and_an_information_stands_on_the_page_only():
    faults = [fault("Costs", "A2", "warning"), fault("Costs", "B2", "info")]
    marked = open_workbook(mark_faults(save(make_book()), faults, PAGE))
    assert colour(marked["Costs"], "A2") == YELLOW
    assert colour(marked["Costs"], "B2") == "FFFFF8E1"
    assert marked["Costs"]["B2"].comment is None
    assert marked.active["F7"].value == "IMP-001"


def test_two_faults_of_a_cell_are_one_comment():
    faults = [fault("Costs", "B2", "warning", "First."), fault("Costs", "B2", "error", "Second.")]
    marked = open_workbook(mark_faults(save(make_book()), faults, PAGE))
    text = marked["Costs"]["B2"].comment.text
    assert "First." in text
    assert "Second." in text
    assert colour(marked["Costs"], "B2") == RED


def test_a_cell_that_is_not_there_is_made_in_its_place():
    data = mark_faults(save(make_book()), [fault("Costs", cell) for cell in ("C2", "AA40", "A1", "D4")], PAGE)
    marked = open_workbook(data)
    assert {colour(marked["Costs"], cell) for cell in ("C2", "AA40", "A1", "D4")} == {RED}
    rows = [int(number) for number in re.findall(rb'<row r="(\d+)"', read_parts(data)["xl/worksheets/sheet1.xml"])]
    assert rows == sorted(rows) == [1, 2, 4, 40]


def test_a_fault_in_a_merged_area_is_marked_where_it_shows():
    book = make_book()
    book["Costs"].merge_cells("D4:F6")
    marked = open_workbook(mark_faults(save(book), [fault("Costs", "E5")], PAGE))
    assert colour(marked["Costs"], "D4") == RED
    assert marked["Costs"]["D4"].comment
    assert marked.active["B6"].hyperlink.location == "'Costs'!D4"


def test_the_first_sheet_lists_all_faults_with_links_and_is_open():
    faults = [
        fault("Costs", "A2", "warning"),
        fault("Δαπάνες '08", "B2"),
        fault(None, None, message="Three rows were deleted."),
        fault("Gone", "B2"),
    ]
    marked = open_workbook(mark_faults(save(make_book()), faults, PAGE))
    page = marked.worksheets[0]
    assert marked.active.title == page.title == "Please correct"
    assert marked.sheetnames == ["Please correct", "Costs", "Δαπάνες '08", KEEPER_SHEET]
    assert marked[KEEPER_SHEET].sheet_state == "veryHidden"
    rows = [[cell.value for cell in row] for row in page["A5:F9"]]
    assert rows[0][1:] == list(PAGE.headers)
    assert [row[1] for row in rows[1:]] == ["Δαπάνες '08, B2", "–", "Gone, B2", "Costs, A2"]
    assert [page[f"B{row}"].hyperlink and page[f"B{row}"].hyperlink.location for row in range(6, 10)] == [
        "'Δαπάνες ''08'!B2",
        None,
        None,
        "'Costs'!A2",
    ]
    assert rows[1][2:] == ["It is a text.", "Type the number again.", "1.500,00", "IMP-001"]
    assert page.freeze_panes == "A6"
    assert (page.page_setup.orientation, page.page_setup.fitToHeight, page.print_title_rows) == (
        "landscape",
        0,
        "$5:$5",
    )
    assert [bool(sheet.sheet_view.tabSelected) for sheet in marked] == [True, False, False, False]


def test_a_text_that_looks_like_a_formula_stays_a_text():
    found = CellFault("Costs", "B2", "IMP-001", "A formula.", "error", '=HYPERLINK("http://x")')
    marked = open_workbook(mark_faults(save(make_book()), [found], PAGE))
    assert marked.active["E6"].data_type != "f"


# What stays


def test_every_part_that_is_not_concerned_keeps_its_bytes():
    data = load_sample().write("budget", "el")
    sheets = open_workbook(data).sheetnames
    before, after = read_parts(data), read_parts(mark_faults(data, [fault(sheets[1], "F8")], PAGE))
    touched = {name for name in before if before[name] != after[name]}
    assert touched == {
        "[Content_Types].xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        "xl/worksheets/sheet1.xml",  # no longer selected
        "xl/worksheets/sheet2.xml",
    } | ({"xl/worksheets/_rels/sheet2.xml.rels"} & set(before))
    assert any(name.startswith("xl/charts/") for name in before)


@pytest.mark.parametrize("form", ["budget", "activities"])
def test_the_form_is_recognised_and_read_as_before(form):
    data = load_sample().write(form, "el")
    marked = mark_faults(data, [fault(open_workbook(data).sheetnames[1], "F8")], make_page("el"))
    assert read_form_stamp(marked) == read_form_stamp(data)
    assert read_stamp(marked) == read_stamp(data)
    assert read_figures(marked) == read_figures(data)
    assert check_package(marked, "form.xlsx") == []
    check_order(marked)
    check_links(marked)


def test_protection_validation_and_names_stay_with_their_sheets():
    data = load_sample().write("budget", "en")
    book = open_workbook(data)
    marked = open_workbook(mark_faults(data, [fault(name, "C9") for name in book.sheetnames[:3]], PAGE))
    for sheet in book:
        other = marked[sheet.title]
        assert other.protection.sheet == sheet.protection.sheet
        assert other.print_title_rows == sheet.print_title_rows
        assert other.print_area == sheet.print_area
        assert other.auto_filter.ref == sheet.auto_filter.ref
        assert len(other.data_validations.dataValidation) == len(sheet.data_validations.dataValidation)
        assert other.sheet_state == sheet.sheet_state
    assert any(sheet.print_title_rows for sheet in book)
    assert marked.defined_names.keys() - book.defined_names.keys() == {"_grants_correction"}


def test_the_input_is_the_users_own_and_nothing_is_written_where_it_is_damaged():
    with pytest.raises(OutputError, match="damaged"):
        mark_faults(b"PK\x03\x04", [fault("Costs", "B2")], PAGE)


# Comments of people


def test_comments_of_people_are_kept_in_front_and_beside_ours():
    book = make_book()
    book["Costs"]["B2"].comment = Comment("Asked the bank.", "Eleni")
    book["Costs"]["A1"].comment = Comment("Number of the voucher.", "Eleni")
    data = save(book)
    once = mark_faults(data, [fault("Costs", "B2"), fault("Costs", "A2")], PAGE)
    sheet = open_workbook(once)["Costs"]
    assert sheet["B2"].comment.text.startswith("Please correct\nIt is a text.")
    assert sheet["B2"].comment.text.endswith("Asked the bank.")
    assert (sheet["A1"].comment.text, sheet["A1"].comment.author) == ("Number of the voucher.", "Eleni")
    assert sheet["A2"].comment.text.startswith("Please correct")
    restored = open_workbook(mark_faults(once, [], PAGE))["Costs"]
    assert (restored["B2"].comment.text, restored["B2"].comment.author) == ("Asked the bank.", "Eleni")
    assert restored["A1"].comment.text == "Number of the voucher."
    assert restored["A2"].comment is None
    check_links(once)
    drawing = next(part for name, part in read_parts(once).items() if name.endswith(".vml"))
    assert len(re.findall(rb"<(?:\w+:)?Row>", drawing)) == 3


def test_a_comment_of_a_thread_is_left_alone():
    book = make_book()
    book["Costs"]["B2"].comment = Comment("[Threaded comment] ...", "tc={1F2E}")
    marked = open_workbook(mark_faults(save(book), [fault("Costs", "B2")], PAGE))
    assert marked["Costs"]["B2"].comment.text == "[Threaded comment] ..."
    assert colour(marked["Costs"], "B2") == RED


def test_a_drawing_that_is_not_well_formed_is_only_added_to():
    book = make_book()
    book["Costs"]["A1"].comment = Comment("Number.", "Eleni")
    parts = read_parts(save(book))
    name = next(part for part in parts if part.endswith(".vml"))
    parts[name] = parts[name].replace(b"</xml>", b"<!-- <br> --><br></xml>")
    marked = read_parts(mark_faults(pack(parts), [fault("Costs", "B2")], PAGE))
    assert parts[name].removesuffix(b"</xml>") in marked[name]


# Marked again


def test_marking_twice_is_marking_once():
    data = load_sample().write("budget", "el")
    faults = [fault(name, "C9") for name in open_workbook(data).sheetnames[:4]]
    once = mark_faults(data, faults, PAGE)
    assert mark_faults(once, faults, PAGE) == once


def test_without_faults_nothing_is_left_of_the_marks():
    data = load_sample().write("budget", "el")
    sheets = open_workbook(data).sheetnames
    clean = mark_faults(mark_faults(data, [fault(name, "C9") for name in sheets[:4]], PAGE), [], PAGE)
    before, after = read_parts(data), read_parts(clean)
    assert before.keys() == after.keys()
    changed = {"[Content_Types].xml", "xl/styles.xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"}  # and harmless
    for name in before.keys() - changed:
        if name.endswith((".xml", ".rels")):
            assert etree.tostring(etree.fromstring(after[name]), method="c14n") == etree.tostring(
                etree.fromstring(before[name]), method="c14n"
            ), name
        else:
            assert before[name] == after[name]
    assert read_form_stamp(clean) == read_form_stamp(data)


def seed(book: openpyxl.Workbook) -> list[CellFault]:
    """Fifteen faults in the cells that people fill in."""
    sheet = book[book.sheetnames[1]]
    cells = [f"{column}{row}" for row in (8, 9, 10, 11, 12) for column in "DEG"]
    return [CellFault(sheet.title, cell, f"IMP-{n:03}", f"Fault {n}.", "error", "x") for n, cell in enumerate(cells, 1)]


@pytest.mark.parametrize("rounds", [(15, 8, 1, 0)])
def test_a_finance_officer_repairs_fifteen_faults_in_rounds(rounds):
    """Another program saves the file in between, and numbers all formats anew."""
    data = load_sample().write("budget", "el")
    original = open_workbook(data)
    faults, page = seed(original), make_page("el")
    for left in rounds:
        data = mark_faults(data, faults[:left], page)
        book = open_workbook(data)
        sheet = book[faults[0].sheet or ""]
        for number, entry in enumerate(faults):
            cell = entry.cell or ""
            own = colour(original[sheet.title], cell)
            assert colour(sheet, cell) == (RED if number < left else own), (left, cell)
            assert (sheet[cell].comment is None) == (number >= left)
        pages = [name for name in book.sheetnames if name.startswith(page.title)]
        assert len(pages) == (1 if left else 0)
        if left:
            lines = [row[1].value for row in book.worksheets[0].iter_rows(min_row=6) if row[0].value]
            assert len(lines) == left
            for number in range(left):  # followed by a click, not by searching
                location = book.worksheets[0][f"B{6 + number}"].hyperlink.location
                name, _, cell = location.rpartition("!")
                assert (name.strip("'"), cell) == (faults[number].sheet, faults[number].cell)
        data = save(book)
    final = open_workbook(data)
    assert final.sheetnames == original.sheetnames


def test_the_page_is_found_again_under_another_name():
    data = mark_faults(save(make_book()), [fault("Costs", "B2")], PAGE)
    book = open_workbook(data)
    book.worksheets[0].title = "Errors"
    book.defined_names["_grants_correction"].attr_text = "Errors!$A$1"  # as Excel does
    book.move_sheet("Errors", 2)
    again = open_workbook(mark_faults(save(book), [fault("Costs", "A2")], PAGE))
    assert again.sheetnames == ["Please correct", "Costs", "Δαπάνες '08", KEEPER_SHEET]


def test_a_page_in_another_language_takes_the_place_of_the_old_one():
    once = mark_faults(save(make_book()), [fault("Costs", "B2")], make_page("el"))
    marked = open_workbook(mark_faults(once, [fault("Costs", "A2")], make_page("sr")))
    assert marked.sheetnames[0] == "Molimo ispravite"
    assert marked["Costs"]["B2"].comment is None
    assert len(marked.sheetnames) == 4


def test_a_sheet_of_that_name_is_not_touched():
    book = make_book()
    book.create_sheet("Please correct")["A1"] = "mine"
    once = mark_faults(save(book), [fault("Costs", "B2")], PAGE)
    assert open_workbook(once).sheetnames[0] == "Please correct 2"
    assert open_workbook(mark_faults(once, [], PAGE))["Please correct"]["A1"].value == "mine"


# Files of other programs


def make_foreign(prefix: str = "", styles: bool = False, references: bool = False, dialect: str = MAIN) -> bytes:
    """A workbook as some programs write it: prefixes, no styles, no references, inline texts."""
    office = OFFICE if dialect == MAIN else "http://purl.oclc.org/ooxml/officeDocument/relationships"
    p = f"{prefix}:" if prefix else ""
    space = f'xmlns{":" + prefix if prefix else ""}="{dialect}"'
    cells = "".join(
        f'<{p}row><{p}c{f" r={chr(34)}A{row}{chr(34)}" if references else ""} t="inlineStr">'
        f"<{p}is><{p}t>V-{row}</{p}t></{p}is></{p}c><{p}c><{p}v>{row}</{p}v></{p}c></{p}row>"
        for row in (1, 2, 3)
    )
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kinds}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kinds}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{relations}"><Relationship Id="rId1" Type="{office}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<{p}workbook {space} xmlns:r="{office}"><{p}sheets>'
        f'<{p}sheet name="Costs" sheetId="7" r:id="rId1"/></{p}sheets></{p}workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{relations}"><Relationship Id="rId1" '
        f'Type="{office}/worksheet" Target="/xl/worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f"<{p}worksheet {space}><{p}sheetData>{cells}</{p}sheetData>"
        f'<{p}tableParts count="0"/></{p}worksheet>',
    }
    return pack({name: text.encode() for name, text in parts.items()})


@pytest.mark.parametrize("prefix", ["", "x"])
@pytest.mark.parametrize("dialect", [MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main"])
def test_files_of_other_programs_are_marked_and_unmarked(prefix, dialect):
    marked = mark_faults(make_foreign(prefix, dialect=dialect), [fault("costs", "b2"), fault("Costs", "D9")], PAGE)
    check_order(marked)
    check_links(marked)
    if dialect == MAIN:
        sheet = open_workbook(marked)["Costs"]
        assert [[cell.value for cell in row[:2]] for row in sheet["A1:B3"]] == [["V-1", 1], ["V-2", 2], ["V-3", 3]]
        assert colour(sheet, "B2") == colour(sheet, "D9") == RED
        assert sheet["B2"].comment
        clean = open_workbook(mark_faults(marked, [], PAGE))
        assert clean.sheetnames == ["Costs"]
        assert colour(clean["Costs"], "B2") != RED


@pytest.mark.office
@pytest.mark.parametrize("form", ["budget", "activities"])
def test_libreoffice_opens_a_marked_workbook_and_what_it_saves_is_unmarked_again(form):
    data = load_sample().write(form, "el")
    sheets = open_workbook(data).sheetnames
    marked = mark_faults(data, [fault(sheets[1], "F8"), fault(sheets[0], "C9", "warning")], make_page("el"))
    (saved,) = convert([marked])
    book = open_workbook(saved)
    assert book.sheetnames[0] == "Παρακαλούμε διορθώστε"
    assert colour(book[sheets[1]], "F8") == RED
    assert "It is a text." in book[sheets[1]]["F8"].comment.text
    assert read_form_stamp(saved) is not None
    again = open_workbook(mark_faults(saved, [fault(sheets[1], "F8")], make_page("el")))
    assert again.sheetnames == [*book.sheetnames[:1], *sheets, KEEPER_SHEET]
    assert colour(again[sheets[0]], "C9") == colour(open_workbook(data)[sheets[0]], "C9")
    assert again[sheets[0]]["C9"].comment is None
    (foreign,) = convert([mark_faults(make_foreign("x"), [fault("Costs", "B2")], PAGE)])
    assert open_workbook(foreign)["Costs"]["B2"].value == 2


# Small things


@pytest.mark.parametrize(("text", "address"), [("A1", (1, 1)), ("$F$12", (12, 6)), ("xfd1048576", (1048576, 16384))])
def test_a_reference_is_read(text, address):
    assert parse_address(text) == address
    assert name_address(Address(*address)) == text.replace("$", "").upper()


@pytest.mark.parametrize("text", [None, "", "A1:B2", "A0", "XFE1", "A1048577", "1A"])
def test_what_is_no_cell_has_no_link(text):
    assert parse_address(text) is None


def test_amounts_are_not_touched():
    data = load_sample().write("budget", "el")
    marked = mark_faults(data, [fault(open_workbook(data).sheetnames[1], "F8")], PAGE)
    assert read_figures(marked)["grand_total"] == read_figures(data)["grand_total"] > Decimal(0)
