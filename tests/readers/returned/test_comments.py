"""What people write into comments of cells is read by people, whichever program wrote it."""

from __future__ import annotations

import io
import zipfile

import pytest
from openpyxl.comments import Comment

from grants.readers.returned.book import Book, open_book
from grants.readers.returned.comments import list_comments
from grants.services.returns.faults import write_correction
from tests.returned import Form, Workspace, make_workspace, review_of, save
from tests.workbooks import convert

TYPES = "http://schemas.microsoft.com/office/2017/10/relationships"
THREADS = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"


@pytest.fixture
def form(tmp_path) -> Form:
    return make_workspace(tmp_path).write("period", "el")


def put(form: Form, text: str, author: str = "Maria") -> tuple[bytes, str, str]:
    """The form with a comment on the amount of a cost; sheet and cell."""
    book = form.open()
    sheet, cell = form.place("expenditures", "SAM/V7", "amount")
    book[sheet][cell].comment = Comment(text, author)
    return save(book), sheet, cell


def list_texts(data: bytes) -> list[tuple[str, str, str]]:
    book = open_book(data)
    assert isinstance(book, Book)
    return [(x.sheet, x.cell, x.text) for x in list_comments(book)]


@pytest.mark.parametrize(
    "text",
    ["Is this with VAT?", "Maria:\nIs this with VAT?", "Is this with VAT?\n\t-Maria Papadopoulou"],
    ids=["plain", "as Excel begins it", "as Google Sheets ends it"],
)
def test_a_comment_is_a_note_without_its_author(form: Form, text: str) -> None:
    data, sheet, cell = put(form, text)
    notes = review_of(form.workspace.review(data)).notes
    assert [(x.kind, x.sheet, x.cell, x.text) for x in notes] == [("comment", sheet, cell, "Is this with VAT?")]


def test_a_thread_is_read_once_with_its_answers(form: Form) -> None:
    data, sheet, cell = put(form, "[Threaded comment]\n\nYour version of Excel ...", "tc={1}")
    thread = f"""<ThreadedComments xmlns="{THREADS}">
        <threadedComment ref="{cell}" personId="{{9}}" id="{{1}}"><text>With VAT?</text></threadedComment>
        <threadedComment ref="{cell}" personId="{{9}}" id="{{2}}" parentId="{{1}}"><text>Yes.</text></threadedComment>
        </ThreadedComments>"""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(changed, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name.endswith(".rels") and b"/comments" in part:
                link = f'<Relationship Id="rIdT" Type="{TYPES}/threadedComment" Target="../threadedComments/t1.xml"/>'
                part = part.replace(b"</Relationships>", link.encode() + b"</Relationships>")
            target.writestr(name, part)
        target.writestr("xl/threadedComments/t1.xml", thread)
    assert list_texts(changed.getvalue()) == [(sheet, cell, "With VAT?"), (sheet, cell, "Yes.")]


def test_marks_of_ours_are_no_comments_and_what_stands_below_them_is(form: Form) -> None:
    book = form.open()
    sheet, cell = form.place("expenditures", "SAM/V7", "amount")
    other = form.place("expenditures", "SAM/V6", "amount")[1]
    book[sheet][cell], book[sheet][other] = "1.960", "about 5"
    book[sheet][cell].comment = Comment("Ask the bank", "Maria")
    marked = write_correction(review_of(form.workspace.review(save(book))))
    assert list_texts(marked) == [(sheet, cell, "Ask the bank")]


@pytest.mark.office
def test_a_comment_that_libreoffice_saved_is_read(form: Form) -> None:
    data, sheet, cell = put(form, "Is this with VAT?")
    (saved,) = convert([data])
    assert list_texts(saved) == [(sheet, cell, "Is this with VAT?")]


def test_a_form_has_no_comments(tmp_path) -> None:
    workspace: Workspace = make_workspace(tmp_path)
    assert [list_texts(workspace.write(key).data) for key in ("budget", "activities", "period")] == [[], [], []]
