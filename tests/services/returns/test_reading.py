"""A form is recognised and read whatever people and programs did to the file; an untouched one changes nothing."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grants.readers.yaml_edit import Plain
from grants.services.returns.draft import code
from tests.returned import Workspace, brief, changes_of, make_workspace, review_of, save
from tests.workbooks import convert

FORMS = ("budget", "activities", "period")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return make_workspace(tmp_path_factory.mktemp("workspace"))


def drop_properties(data: bytes) -> bytes:
    """Without the properties by which it is known."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(kept, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "docProps/custom.xml":
                part = re.sub(rb'name="grants [^"]*"', b'name="x"', part)
            target.writestr(name, part)
    return kept.getvalue()


@pytest.mark.parametrize("language", ["el", "en", "sr"])
@pytest.mark.parametrize("form", FORMS)
def test_an_untouched_form_changes_nothing(workspace: Workspace, form: str, language: str) -> None:
    reviewed = workspace.review(workspace.write(form, language).data)
    review = review_of(reviewed)
    assert review.recognised.form.key == form
    assert (review.changes, review.notes, reviewed.findings, review.kept) == ((), (), (), 0)


def test_the_free_rows_of_several_outputs_say_which_output_they_are_of_and_nothing_else(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path)
    logframe = workspace.folder / "logframe.yaml"
    output = logframe.read_text("utf-8").partition("    outputs:\n")[2]
    logframe.write_text(logframe.read_text("utf-8") + output.replace("Op1.1", "Op1.2"), "utf-8")
    plan = workspace.folder / "work-plan.yaml"
    activities = plan.read_text("utf-8").partition("activities:\n")[2]
    other = re.sub(r"code: (A|M)1", r"code: \g<1>2", activities.replace("Op1.1", "Op1.2"))
    plan.write_text(plan.read_text("utf-8") + other, "utf-8")
    form = workspace.write("activities")
    assert len({name for _, _, name in form.stamp.rows if name.startswith("spare:")}) > 1
    reviewed = workspace.review(form.data)
    assert (review_of(reviewed).changes, reviewed.findings) == ((), ())


@pytest.mark.office
def test_a_form_that_libreoffice_saved_changes_nothing(workspace: Workspace) -> None:
    for data in convert([workspace.write(form, "el").data for form in FORMS]):
        review = review_of(workspace.review(data))
        assert review.stamped
        assert (review.changes, review.notes) == ((), ())


def save_as_an_online_sheet(data: bytes) -> bytes:
    """As programs on the web are reported to export: no properties at all, no dimension and no spans of a sheet."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(kept, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name.startswith("docProps/"):
                continue
            if name.endswith(".rels") or name == "[Content_Types].xml":
                part = re.sub(rb"<(?:Relationship|Override) [^>]*docProps/[^>]*/>", b"", part)
            if name.startswith("xl/worksheets/"):
                part = re.sub(rb'<dimension [^>]*/>| spans="[^"]*"', b"", part)
            target.writestr(name, part)
    return kept.getvalue()


@pytest.mark.parametrize("form", FORMS)
def test_a_form_without_properties_and_dimensions_changes_nothing(workspace: Workspace, form: str) -> None:
    review = review_of(workspace.review(save_as_an_online_sheet(workspace.write(form, "el").data)))
    assert review.stamped
    assert (review.changes, review.notes) == ((), ())


@pytest.mark.parametrize("form", FORMS)
def test_a_form_that_a_script_saved_changes_nothing(workspace: Workspace, form: str) -> None:
    review = review_of(workspace.review(save(workspace.write(form).open())))
    assert (review.changes, review.notes) == ((), ())


@pytest.mark.parametrize("form", FORMS)
def test_sheets_may_be_renamed_and_put_in_another_order(workspace: Workspace, form: str) -> None:
    book = workspace.write(form).open()
    for sheet in book.worksheets:
        if not sheet.title.startswith("_"):
            sheet.title = f"Mine {book.index(sheet)}"
    book._sheets.reverse()
    review = review_of(workspace.review(save(book)))
    assert review.changes == ()
    assert not review.blocked


@pytest.mark.parametrize("form", FORMS)
def test_without_its_stamp_nothing_is_known_of_before_but_the_same_is_the_same(workspace: Workspace, form: str) -> None:
    book = workspace.write(form, "el").open()
    del book["_grants"]
    review = review_of(workspace.review(save(book)))
    assert not review.stamped
    assert review.recognised.language == "el"
    assert review.changes == ()


@pytest.mark.parametrize("form", FORMS)
def test_without_stamp_and_properties_the_headers_say_what_it_is(workspace: Workspace, form: str) -> None:
    book = workspace.write(form, "sr").open()
    del book["_grants"]
    data = drop_properties(save(book))
    reviewed = workspace.review(data, "2008-Q2")
    review = review_of(reviewed)
    assert (review.recognised.form.key, review.recognised.language) == (form, "sr")
    assert review.changes == ()
    if form == "period":
        assert [x.code for x in workspace.review(data).findings] == ["RET-004"]


@pytest.mark.parametrize("language", ["el", "en", "sr"])
def test_a_form_without_a_stamp_whose_titles_name_another_period_is_refused(
    workspace: Workspace, language: str
) -> None:
    book = workspace.write("period", language).open()
    del book["_grants"]
    data = drop_properties(save(book))
    reviewed = workspace.review(data, "2008-Q1")
    assert reviewed.review is None
    (finding,) = reviewed.findings
    assert (finding.code, "2008-Q2" in finding.message, "2008-Q1" in finding.message) == ("RET-005", True, True)
    (asked,) = workspace.review(data).findings
    assert "--period 2008-Q2" in asked.remedy


def test_without_a_stamp_every_difference_is_to_be_decided(workspace: Workspace) -> None:
    form = workspace.write("budget")
    book = form.open()
    sheet, cell = form.place("lines", "1.1", "quantity")
    book[sheet][cell] = 7
    del book["_grants"]
    (change,) = changes_of(workspace.review(save(book)))
    assert brief(change) == ("cell", "conflict", "1.1", "quantity", "7")
    assert change.base is None


def test_columns_may_be_moved(workspace: Workspace) -> None:
    """A column is put in before the first, and the last is cut and put behind the second."""
    form = workspace.write("period", "el")
    book = form.open()
    sheet, cell = form.place("expenditures", "SAM/V7", "amount")
    sheet_of = book[sheet]
    sheet_of[cell] = 960
    for merged in list(sheet_of.merged_cells.ranges):
        sheet_of.unmerge_cells(str(merged))
    sheet_of.insert_cols(3, 2)
    (change,) = changes_of(workspace.review(save(book)))
    assert brief(change) == ("cell", "take", "SAM/V7", "amount", "960")
    assert change.cell == cell.replace("H", "J")


def test_rows_may_be_inserted(workspace: Workspace) -> None:
    form = workspace.write("period", "el")
    book = form.open()
    sheet, cell = form.place("expenditures", "SAM/V7", "amount")
    book[sheet][cell] = 960
    book[sheet].insert_rows(2, 3)
    assert [brief(x) for x in changes_of(workspace.review(save(book)))] == [("cell", "take", "SAM/V7", "amount", "960")]


def test_a_label_that_changed_and_a_note_beside_the_form_are_said(workspace: Workspace) -> None:
    form = workspace.write("period", "en")
    book = form.open()
    sheet = book[form.stamp.sheets["expenditures"]]
    header = form.stamp.tables["expenditures"].header
    sheet[f"C{header}"] = "Who got it"
    sheet["R9"] = "ask Maria"
    sheet["A2"] = "Our list"
    book.create_sheet("Scratch")["A1"] = 5
    notes = {(x.kind, x.text) for x in review_of(workspace.review(save(book))).notes}
    assert {("label", "Who got it"), ("outside", "ask Maria"), ("label", "Our list"), ("sheet added", "")} <= notes


@pytest.mark.parametrize("then", ["another word", "one step less", "one step more"])
def test_a_form_of_before_its_instructions_were_changed_says_nothing_of_them(workspace: Workspace, then: str) -> None:
    form = workspace.write("period", "en")
    book = form.open()
    sheet = book[form.stamp.sheets["how_to"]]
    steps = [row for row in range(1, sheet.max_row) if isinstance(sheet.cell(row, 1).value, int)]
    for merged in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merged))
    if then == "another word":
        sheet.cell(steps[1], 3).value = "As it was said before."
    elif then == "one step less":
        sheet.delete_rows(steps[-1])
    else:
        sheet.insert_rows(steps[-1] + 1)
        for column, words in enumerate((len(steps) + 1, "Then", "What was said before."), 1):
            sheet.cell(steps[-1] + 1, column).value = words
    assert review_of(workspace.review(save(book))).notes == ()
    last = max(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value)
    free = next(row for row in range(steps[-1], last) if not sheet.cell(row, 1).value)
    places = ["F3", "B3", f"C{free + 1}", f"B{free}", f"B{last}", f"A{last + 2}", f"C{last + 4}"]
    for cell in places:  # where the page has nothing
        assert sheet[cell].value is None
        sheet[cell] = f"ask Maria ({cell})"
    notes = review_of(workspace.review(save(book))).notes
    assert sorted(x.text for x in notes) == sorted(f"ask Maria ({cell})" for cell in places)
    assert {x.kind for x in notes} == {"outside"}


def test_a_remark_on_the_page_of_instructions_is_said(workspace: Workspace) -> None:
    form = workspace.write("period", "en")
    book = form.open()
    book[form.stamp.sheets["how_to"]]["B40"] = "ask Maria"
    assert [(x.kind, x.text) for x in review_of(workspace.review(save(book))).notes] == [("outside", "ask Maria")]


def test_a_sheet_that_is_gone_deletes_nothing(workspace: Workspace) -> None:
    form = workspace.write("budget", "el")
    book = form.open()
    del book[form.stamp.sheets["sources"]]
    reviewed = workspace.review(save(book))
    assert [x.code for x in reviewed.findings] == ["RET-018"]
    assert review_of(reviewed).changes == ()


def test_a_file_that_is_none_of_ours_is_refused(workspace: Workspace) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "voucher"
    reviewed = workspace.review(save(book))
    assert reviewed.review is None
    assert [x.code for x in reviewed.findings] == ["RET-001"]
    assert [x.code for x in workspace.review(b"PK nonsense").findings] == ["PKG-004"]


@pytest.mark.parametrize(
    ("fact", "value", "code"), [("project", "OTHER", "RET-002"), ("form_version", "99", "RET-003")]
)
def test_a_form_of_another_project_or_version_is_refused(
    workspace: Workspace, fact: str, value: str, code: str
) -> None:
    book = workspace.write("budget").open()
    for row in book["_grants"].iter_rows():
        if row[1].value == fact:
            row[2].value = value
    assert [x.code for x in workspace.review(drop_properties(save(book))).findings] == [code]
    assert [x.code for x in workspace.review(save(book)).findings] == ["RET-006"]


def test_a_period_that_contradicts_the_file_is_refused(workspace: Workspace) -> None:
    data = workspace.write("period").data
    assert [x.code for x in workspace.review(data, "2008-Q1").findings] == ["RET-005"]
    assert workspace.review(data, "2008-Q2").findings == ()


def test_a_report_of_ours_is_told_apart_from_a_form(workspace: Workspace) -> None:
    book = openpyxl.Workbook()
    stamp = book.create_sheet("_grants")
    for fact in (("form", "financial-report"), ("project", "KLI-1"), ("language", "el")):
        stamp.append(("fact", *fact))
    (finding,) = workspace.review(save(book)).findings
    assert finding.code == "RET-007"
    assert "financial report of project KLI-1" in finding.message


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_stamp_that_somebody_wrote_into_stops_nothing(workspace: Workspace, data: st.DataObject) -> None:
    """Whatever is left of it, the workbook is read or refused."""
    book = workspace.write("budget").open()
    stamp = book["_grants"]
    for row in data.draw(st.lists(st.integers(1, stamp.max_row), min_size=1, max_size=60)):
        column = data.draw(st.integers(1, 6))
        stamp.cell(row, column).value = data.draw(
            st.sampled_from([None, "x", -1, 10**9, "A1", "lines", "fact", "table"])
        )
    reviewed = workspace.review(save(book))
    assert reviewed.review or reviewed.findings


@pytest.mark.parametrize("value", ["1e400", "INF", "NaN", "9" * 40, "-1"])
def test_a_number_that_no_figure_has_is_a_fault(workspace: Workspace, value: str) -> None:
    form = workspace.write("budget")
    sheet, cell = form.place("lines", "1.1", "quantity")
    part = f"xl/worksheets/sheet{list(form.stamp.sheets.values()).index(sheet) + 1}.xml"
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(form.data)) as source, zipfile.ZipFile(changed, "w") as target:
        for name in source.namelist():
            xml = source.read(name)
            if name == part:
                xml, count = re.subn(
                    rb'(<c r="%s"[^>]*>)<v>6</v>' % cell.encode(), rb"\g<1><v>%s</v>" % value.encode(), xml
                )
                assert count == 1
            target.writestr(name, xml)
    codes = {x.code for x in workspace.review(changed.getvalue()).findings}
    assert codes & {"RET-011", "PKG-004"}, codes


def test_what_looks_like_yaml_is_a_text() -> None:
    assert isinstance(code("1.10"), Plain)
    assert not isinstance(code("x: {y"), Plain)


def test_columns_may_change_places(workspace: Workspace) -> None:
    """Payee and description are swapped, amount and currency are; one amount is another one."""
    form = workspace.write("period", "el")
    book = form.open()
    place = form.stamp.tables["expenditures"]
    letters = {key: letter for (table, key), letter in form.stamp.columns.items() if table == "expenditures"}
    sheet = book[place.sheet]
    sheet[form.place("expenditures", "SAM/V7", "amount")[1]] = 960
    for merged in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merged))
    for one, other in (("payee", "description"), ("amount", "currency")):
        for row in range(place.header - 1, place.last + 1):
            first, second = sheet[f"{letters[one]}{row}"], sheet[f"{letters[other]}{row}"]
            first.value, second.value = second.value, first.value
    (change,) = changes_of(workspace.review(save(book)))
    assert brief(change) == ("cell", "take", "SAM/V7", "amount", "960")
    assert change.cell.startswith(letters["currency"])


@pytest.mark.office
def test_what_was_typed_is_the_same_after_libreoffice(workspace: Workspace) -> None:
    form = workspace.write("period", "el")
    data = form.typed(
        {
            ("expenditures", "SAM/V7", "amount"): "1.960,00",
            ("expenditures", "SAM/V6", "date"): datetime.date(2008, 6, 29),
            ("expenditures", "PAR/P2", "note"): "Πρβλ. 3 & 4 <σημ.>",
            ("activity_progress", "A1.1.2", "done"): "Πρώτη γραμμή.\nΔεύτερη.",
            ("indicator_actuals", "Op1.1-1", "women"): 22,
            ("forecast", "1.1", "forecast"): 2400.55,
        }
    )
    (saved,) = convert([data])
    before, after = changes_of(workspace.review(data)), changes_of(workspace.review(saved))
    assert len(before) == 6
    assert list(map(brief, after)) == list(map(brief, before))


def test_lines_may_be_sorted_otherwise(workspace: Workspace) -> None:
    form = workspace.write("budget")
    book = form.open()
    sheet = book[form.stamp.sheets["budget"]]
    first, second = (int(form.place("lines", code, "code")[1][1:]) for code in ("1.1", "1.2"))
    for column in range(1, sheet.max_column + 1):
        one, other = sheet.cell(first, column), sheet.cell(second, column)
        one.value, other.value = other.value, one.value
    changes = review_of(workspace.review(save(book))).changes
    assert [(x.kind, x.verdict) for x in changes] == [("row moved", "say")]
