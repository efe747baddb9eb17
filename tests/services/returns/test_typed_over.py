"""Whatever is typed into a form is said: what people fill in, what they do not, and what stands beside it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from openpyxl.utils import get_column_letter

from grants.forms.changes import Change
from grants.forms.returned import Note
from grants.services.returns.making import FORMS, make_expected, read_grounds
from grants.services.returns.review import Review
from tests.returned import PERIOD, Workspace, make_workspace, save

STEP = 13
"""One cell in so many is typed over at a time, so that most of what stands around it is left."""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return make_workspace(tmp_path_factory.mktemp("workspace"))


def is_said(review: Review, sheet: str, cell: str, value: object) -> bool:
    """Whether the cell is named, or what was typed stands in what is said of its row."""
    row = re.sub("[A-Z]", "", cell)
    for one in (*review.changes, *review.notes, *review.doubts):
        words = " ".join((*one.texts.values(), one.theirs) if isinstance(one, Change) else tuple(map(str, one)))
        whole = str(value) in words or (isinstance(one, Note) and one.kind == "no code")
        if one.sheet == sheet and (one.cell == cell or (re.sub("[A-Z]", "", one.cell) == row and whole)):
            return True
    return False


@pytest.mark.parametrize(("key", "language"), [("budget", "en"), ("activities", "sr"), ("period", "el")])
def test_whatever_cell_of_a_form_is_typed_over_is_said(workspace: Workspace, key: str, language: str) -> None:
    expected = make_expected(read_grounds(workspace.folder), FORMS[key], language, PERIOD)
    form = workspace.write(key, language)
    for start in range(STEP):
        book = form.open()
        typed = [
            (form.stamp.sheets[sheet], f"{get_column_letter(column + 1)}{row + 1}", (row + column) % 2)
            for sheet, written in expected.written.items()
            if sheet != "how_to"  # whose words change: tests/services/returns/test_reading.py
            for row, column in sorted(written)[start:250:STEP]
        ]
        values = {(name, cell): "τυχαίο 77" if odd else 98765.5 for name, cell, odd in typed}
        for (name, cell), value in values.items():
            book[name][cell].value = value
        review = workspace.compare(save(book))
        assert [place for place, value in values.items() if not is_said(review, *place, value)] == []


@pytest.mark.parametrize("key", FORMS)
def test_a_column_put_into_a_table_is_said_cell_by_cell(workspace: Workspace, key: str) -> None:
    """A word in its header, and one beside a row: neither is read, and what is read stays what it was."""
    form = workspace.write(key, "el")
    waiting = list(form.stamp.tables.values())
    while waiting:  # one table of each sheet at a time
        book = form.open()
        places = list({place.sheet: place for place in waiting}.values())
        waiting = [place for place in waiting if place not in places]
        for place in places:
            sheet = book[place.sheet]
            for merged in list(sheet.merged_cells.ranges):
                sheet.unmerge_cells(str(merged))
            sheet.insert_cols(3)
            sheet.cell(place.header, 3).value = "Γνώμη μας"
            sheet.cell(place.first, 3).value = "να ρωτήσουμε"
        review = workspace.compare(save(book))
        notes = [(x.kind, x.sheet, x.cell, x.text) for x in review.notes]
        for place in places:
            assert ("outside", place.sheet, f"C{place.header}", "Γνώμη μας") in notes
            assert ("outside", place.sheet, f"C{place.first}", "να ρωτήσουμε") in notes
        assert not review.blocked


def test_a_rate_and_an_approved_amount_are_not_taken_over(workspace: Workspace) -> None:
    """What stood there is said, also when the definition has changed since."""
    form = workspace.write("period", "en")
    book = form.open()
    rates, forecast = form.stamp.tables["rates"], form.stamp.tables["forecast"]
    book[rates.sheet][f"{form.stamp.columns['rates', 'rate']}{rates.first}"] = 3.5
    line = form.place("forecast", "1.1", "approved")
    before = book[line[0]][line[1]].value
    book[line[0]][line[1]] = 99999
    workspace_notes = workspace.compare(save(book)).notes
    said = {(x.kind, x.sheet, x.cell, x.text) for x in workspace_notes}
    assert ("fixed", rates.sheet, f"{form.stamp.columns['rates', 'rate']}{rates.first}", "3.5") in said
    note = next(x for x in workspace_notes if (x.sheet, x.cell) == line)
    assert (note.kind, note.before) == ("fixed", f"{before:g}")
    assert forecast.sheet == line[0]


def test_a_title_that_changed_since_was_not_typed_over(workspace: Workspace) -> None:
    form = workspace.write("activities", "en")
    text = workspace.read("logframe.yaml")
    try:
        (workspace.folder / "logframe.yaml").write_text(text.replace("Officers trained", "Police trained"), "utf-8")
        assert text != workspace.read("logframe.yaml")
        notes = workspace.compare(form.data).notes
    finally:
        (workspace.folder / "logframe.yaml").write_text(text, "utf-8")
    assert [x for x in notes if x.kind == "fixed"] == []


def test_a_figure_below_a_table_that_changed_since_was_not_typed_over(tmp_path: Path) -> None:
    """What the flat rate came to before is no row of the table: the stamp knows it all the same."""
    mine = make_workspace(tmp_path)
    form = mine.write("period", "el")
    mine.replace("periods/2008-Q1/expenditures.csv", "in March,1.1,SAM,,800.00", "in March,1.1,SAM,,750.00")
    assert mine.compare(form.data).notes == ()
    book, place = form.open(), form.stamp.tables["forecast"]
    row = place.last + 2
    book[place.sheet][f"{form.stamp.columns['forecast', 'prior']}{row}"] = 5
    (note,) = mine.compare(save(book)).notes
    assert (note.kind, note.text, note.before) == ("fixed", "5", "336")
