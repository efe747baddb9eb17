"""The files: what Excel is told beyond figures, read back with openpyxl and from the XML."""

import io
import os
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import range_boundaries
from xlsxwriter.worksheet import Worksheet

from grants.writers.excel import write_workbook
from grants.writers.excel.values import clean_text, is_risky, shorten
from tests.financial import make_report
from tests.ledger.cases import FINAL
from tests.views.test_period_workbook import view as view_period_form
from tests.workbooks import POLICE, ROOT, STAMP, list_formulas, load_sample, open_workbook

FORMS = ("budget", "activities")
LANGUAGES = ("el", "en", "sr")


def cells_by_role(view, *roles):
    return [(sheet.name, cell) for sheet in view.sheets for cell in sheet.cells if cell.look.role in roles]


@pytest.mark.parametrize("form", FORMS)
def test_input_cells_are_open_and_all_others_locked(form):
    view = load_sample().view(form)
    book = open_workbook(write_workbook(view, STAMP))
    assert cells_by_role(view, "input", "spare")
    for sheet in view.sheets:
        for cell in sheet.cells:
            locked = book[sheet.name].cell(cell.row + 1, cell.column + 1).protection.locked
            assert locked == (cell.look.role not in ("input", "spare", "note")), cell


@pytest.mark.parametrize("form", FORMS)
def test_sheets_are_protected_without_a_password(form):
    book = open_workbook(load_sample().write(form))
    for sheet in book:
        assert sheet.protection.sheet
        assert sheet.protection.password is None
        if sheet.title != "_grants":
            permitted = sheet.protection
            assert not any((permitted.formatColumns, permitted.formatRows, permitted.autoFilter))  # False: permitted
            assert permitted.formatCells
            assert permitted.insertRows


def test_input_cells_are_yellow_and_notes_are_not():
    view = load_sample().view()
    book = open_workbook(write_workbook(view, STAMP))
    for name, cell in cells_by_role(view, "input", "spare"):
        assert book[name].cell(cell.row + 1, cell.column + 1).fill.fgColor.rgb == "FFFFF8E1"
    for name, cell in cells_by_role(view, "note"):
        assert book[name].cell(cell.row + 1, cell.column + 1).fill.fill_type is None


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_choices_come_from_named_ranges_that_hold_them(form, language):
    sample = load_sample()
    book = open_workbook(sample.write(form, language))
    lists = [rule for sheet in book for rule in sheet.data_validations.dataValidation if rule.type == "list"]
    assert lists
    for rule in lists:
        name = rule.formula1
        ((title, reference),) = book.defined_names[name].destinations
        values = (
            [row[0].value for row in book[title][reference]] if ":" in reference else [book[title][reference].value]
        )
        assert all(values), name
    partners = book.defined_names["list_partners"]
    ((title, reference),) = partners.destinations
    codes = [organisation.code for organisation in sample.project.organisations]
    assert [row[0].value for row in book[title][reference]] == codes


@pytest.mark.parametrize("form", FORMS)
def test_a_choice_that_stands_in_a_cell_is_one_of_its_list(form):
    book = open_workbook(load_sample().write(form, "el"))
    checked = 0
    for sheet in book:
        for rule in sheet.data_validations.dataValidation:
            if rule.type == "list":
                ((title, reference),) = book.defined_names[rule.formula1].destinations
                cells = book[title][reference]
                allowed = {row[0].value for row in cells} if isinstance(cells, tuple) else {cells.value}
                for area in rule.sqref.ranges:
                    for row in sheet.iter_rows(*_rows_and_columns(area)):
                        for cell in row:
                            assert cell.value is None or cell.value in allowed, (sheet.title, cell.coordinate)
                            checked += cell.value is not None
    assert checked > 2


def _rows_and_columns(area):
    first_column, first_row, last_column, last_row = area.bounds
    return first_row, last_row, first_column, last_column


@pytest.mark.parametrize("form", FORMS)
def test_every_input_column_has_a_hint_or_a_rule(form):
    book = open_workbook(load_sample().write(form))
    rules = [rule for sheet in book for rule in sheet.data_validations.dataValidation]
    hinted = [rule for rule in rules if rule.prompt]
    assert len(hinted) > 8
    for rule in hinted:
        assert len(rule.promptTitle) <= 32
        assert len(rule.prompt) <= 255
    for rule in rules:
        if rule.type:
            assert rule.error, rule
    shares = next(rule for rule in rules if rule.type == "decimal" and rule.formula2) if form == "budget" else None
    assert form != "budget" or (shares.formula1, shares.formula2) == ("0", "1")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_printing_is_one_page_wide_with_header_and_footer(form, language):
    sample = load_sample()
    view = sample.view(form, language)
    book = open_workbook(write_workbook(view, STAMP))
    for part in view.sheets:
        sheet = book[part.name]
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToWidth in (None, 1)
        assert sheet.page_setup.fitToHeight in (0, None, 1)
        assert sheet.page_setup.paperSize in (8, 9)
        assert sample.project.sheet.code in sheet.oddHeader.left.text
        assert sheet.oddHeader.right.text == "&A"
        assert "&P" in sheet.oddFooter.right.text
        assert "&N" in sheet.oddFooter.right.text
    titles = book[view.form.sheets["budget" if form == "budget" else "plan"]].print_title_rows
    assert titles == "$4:$5"


@pytest.mark.parametrize("form", FORMS)
def test_the_copy_for_print_names_its_file_and_hides_what_only_helps_to_fill_in(form):
    view = load_sample().view(form)
    kept, printed = (open_workbook(write_workbook(view, STAMP, name)) for name in (None, "plan & costs.pdf"))
    for sheet in view.sheets:
        helps = sheet.tab == "help"
        assert kept[sheet.name].sheet_state == "visible"
        assert printed[sheet.name].sheet_state == ("hidden" if helps else "visible")
        assert "&F" in kept[sheet.name].oddFooter.left.text
        assert printed[sheet.name].oddFooter.left.text == "plan && costs.pdf"
    assert any(sheet.tab == "help" for sheet in view.sheets)
    assert printed.active.sheet_state == "visible"


def test_panes_are_frozen_below_the_header_and_beside_the_names():
    book = open_workbook(load_sample().write())
    assert book["Budget"].freeze_panes == "C6"
    assert book["Phasing"].freeze_panes == "C6"


def test_a_wide_budget_is_printed_on_a_larger_paper():
    sample = load_sample()
    sources = [*sample.project.budget.sources]
    more = [source.model_copy(update={"code": f"X{n}", "kind": "other"}) for n, source in enumerate(sources[:3])]
    wide = sample.with_budget(sources=[*sources, *more])
    assert open_workbook(sample.write())["Budget"].page_setup.paperSize == 9
    assert open_workbook(wide.write())["Budget"].page_setup.paperSize == 8


def test_checks_turn_green_and_red():
    book = open_workbook(load_sample().write("budget", "el"))
    rules = {
        str(area.sqref): [(rule.formula[0], rule.dxf.font.color.rgb) for rule in rules]
        for area, rules in book["Σύνοψη"].conditional_formatting._cf_rules.items()
    }
    assert list(rules.values()) == [[('G15="Σωστό"', "FF1E6B2E"), ('G15="Διαφορά"', "FF9C0006")]]


def test_months_are_named_in_the_language_of_the_workbook():
    for language, locale in (("el", "[$-408]"), ("en", "[$-809]"), ("sr", "[$-241A]")):
        view = load_sample().view("activities", language)
        sheet = open_workbook(write_workbook(view, STAMP))[view.form.sheets["plan"]]
        assert sheet["F7"].number_format == f"{locale}mmm yyyy"
        assert sheet["H5"].number_format == f"{locale}mmm"


def test_the_stamp_is_very_hidden_and_the_first_sheet_is_shown():
    book = open_workbook(load_sample().write())
    assert book["_grants"].sheet_state == "veryHidden"
    assert book.active.title == "Summary"


def test_properties_come_from_the_definition():
    sample = load_sample()
    properties = open_workbook(sample.write("budget", "el")).properties
    assert properties.created.date() == properties.modified.date() == sample.project.sheet.date
    assert properties.title == "Προϋπολογισμός – Ξενώνας στην Ελλάδα και πρόληψη στη Σερβία"
    assert properties.creator == sample.project.sheet.applicant.name.in_language("el")


@pytest.mark.parametrize("form", FORMS)
def test_every_formula_is_written_with_its_value(form):
    view = load_sample().view(form)
    data = write_workbook(view, STAMP)
    formulas, values = open_workbook(data), open_workbook(data, values=True)
    for sheet, cell in list_formulas(view):
        at = {"row": cell.row + 1, "column": cell.column + 1}
        assert formulas[sheet.name].cell(**at).value == cell.formula
        found = values[sheet.name].cell(**at).value
        if isinstance(cell.value, (Decimal, int)):
            assert abs(Decimal(repr(found)) - cell.value) < Decimal("1e-12")
        else:
            assert (found or "") == cell.value


def test_a_long_title_in_the_margin_is_cut_not_left_out():
    view = replace(load_sample().view(), edition="Report & annex " * 20)
    book = open_workbook(write_workbook(view, STAMP))
    for sheet in view.sheets:
        assert book[sheet.name].oddHeader.left.text.startswith(f"{view.project}, Report && annex")
        assert book[sheet.name].oddHeader.left.text.endswith("…")


def test_every_formula_names_only_functions_that_every_excel_knows():
    """Others would have to be marked in the file, as XlsxWriter does where its own worksheet writes them."""
    views = [*(load_sample().view(form) for form in FORMS), view_period_form(), make_report(FINAL).view("en")]
    written = {
        re.sub(r"\d+", "1", cell.formula) for view in views for _, cell in list_formulas(view)
    }  # whatever the row
    assert len(written) > 200
    mark = Worksheet()._prepare_formula
    assert mark("=SWITCH(A1,1,2)", True) == "_xlfn.SWITCH(A1,1,2)"
    assert [formula for formula in written if mark(formula, True) != formula[1:]] == []


RISKY = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    '=HYPERLINK("http://x","y")',
    "<r>x</r>",
    "_x0041_",
    "a\x07b",
    "\ud800",
)


def with_texts(texts):
    sample = load_sample(POLICE)
    line = sample.project.budget.lines[0]
    lines = [
        {**dict(line), "code": f"9.{n}", "description": text, "unit": text, "justification": text}
        for n, text in enumerate(texts)
    ]
    return sample.with_budget(lines=lines, total=None)


def test_texts_of_users_stay_texts():
    sample = with_texts(RISKY[:9])
    view = sample.view()
    data = write_workbook(view, STAMP)
    book = open_workbook(data)
    written = {cell.formula for _, cell in list_formulas(view)}
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            if name.startswith("xl/worksheets/sheet"):
                formulas = re.findall(r"<f>([^<]*)</f>", package.read(name).decode())
                assert {f"={formula}" for formula in map(_unescape, formulas)} <= written, name
    texts = [cell for row in book["Budget"].iter_rows(min_col=2, max_col=2) for cell in row if cell.value]
    kept = [cell for cell in texts if cell.value in RISKY]
    assert {cell.value for cell in kept} >= {"=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x","y")'}
    for cell in kept:
        assert cell.data_type == "s"
        assert cell.quotePrefix == is_risky(cell.value)


def _unescape(text):
    return text.replace("&quot;", '"').replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def test_texts_that_a_file_cannot_hold_are_made_so_that_it_can():
    assert clean_text("a\x07b\ud800c\uffff") == "a\ufffdb\ufffdc\ufffd"
    assert clean_text("<r>x</r>") == "<r>x</r> "
    assert clean_text("a\r\nb\rc\n") == "a\nb\nc\n"
    assert len(clean_text("x" * 40_000)) == 32_767


@given(st.text(st.characters()))
def test_a_cleaned_text_can_stand_in_xml(text):
    cleaned = clean_text(text)
    cleaned.encode("utf-8")
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", cleaned)


@given(st.decimals(-(10**13), 10**13, places=2) | st.decimals(0, 1, places=15))
def test_a_number_of_fifteen_digits_is_written_whole(value):
    written = str(shorten(value))
    assert re.fullmatch(r"-?\d+(\.\d+)?(E-\d+)?", written)
    assert Decimal(written) == value


def test_a_number_has_no_more_digits_than_a_spreadsheet_keeps():
    assert shorten(Decimal(1) / 3) == Decimal("0.333333333333333")
    assert str(shorten(Decimal("1E+5"))) == "100000"


@pytest.mark.parametrize("form", FORMS)
def test_the_same_input_gives_the_same_bytes_in_any_process(form, tmp_path):
    code = (
        "import sys; from tests.workbooks import load_sample; "
        f"sys.stdout.buffer.write(load_sample().write({form!r}, 'el'))"
    )
    made = set()
    for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
        done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, check=True)
        made.add(done.stdout)
    assert len(made) == 1
    assert made == {load_sample().write(form, "el")}


def test_parts_of_the_package_are_dated_1980():
    with zipfile.ZipFile(io.BytesIO(load_sample().write())) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_nothing_lies_outside_the_printed_columns():
    view = load_sample().view()
    book = open_workbook(write_workbook(view, STAMP))
    for part in view.sheets:
        _, _, last, _ = range_boundaries(book[part.name].dimensions)
        assert last == len(part.widths)


def test_a_source_whose_name_looks_like_a_reference_is_no_formula_of_a_chart():
    sample = load_sample(POLICE)
    name = "=cmd|' /c calc'!A1"
    sources = [{**dict(source), "name": name} for source in sample.project.budget.sources]
    data = write_workbook(sample.with_budget(sources=sources).view(), STAMP)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        charts = [package.read(part).decode() for part in package.namelist() if part.startswith("xl/charts/chart")]
    assert any("calc" in chart for chart in charts)
    for chart in charts:
        assert not [formula for formula in re.findall(r"<c:f>([^<]*)</c:f>", chart) if "calc" in formula]
