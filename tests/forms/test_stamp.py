"""The stamp of a workbook survives being written as rows, also as a spreadsheet gives rows back."""

from hypothesis import given
from hypothesis import strategies as st

from grants.forms.stamp import Stamp, StampedRow, TablePlace, from_rows, to_rows

TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12)
ROWS = st.integers(1, 1_048_576)
STAMPS = st.builds(
    Stamp,
    facts=st.dictionaries(TEXT, TEXT, max_size=4).map(lambda facts: {**facts, "form": "budget"}),
    sheets=st.dictionaries(TEXT, TEXT, max_size=3),
    tables=st.dictionaries(TEXT, st.builds(TablePlace, TEXT, ROWS, ROWS, ROWS), max_size=3),
    columns=st.dictionaries(st.tuples(TEXT, TEXT), TEXT, max_size=3),
    rows=st.lists(st.builds(StampedRow, TEXT, ROWS, TEXT), max_size=4).map(tuple),
    choices=st.dictionaries(st.tuples(TEXT, TEXT), TEXT, max_size=3),
    figures=st.dictionaries(TEXT, TEXT, max_size=3),
    base=st.dictionaries(st.tuples(TEXT, TEXT, TEXT), TEXT, max_size=3),
)


def as_a_spreadsheet(rows):
    """Numbers as floats, rows filled up with empty cells."""
    return [[*(float(cell) if isinstance(cell, int) else cell for cell in row), "", ""] for row in rows]


@given(STAMPS)
def test_rows_say_the_same_stamp(stamp):
    assert from_rows(as_a_spreadsheet(to_rows(stamp))) == stamp


def test_rows_without_a_form_are_no_stamp():
    assert from_rows([]) is None
    assert from_rows([["fact", "project", "X"], ["sheet", "budget", "Budget"]]) is None


def test_what_is_not_understood_is_left_out():
    rows = [["fact", "form", "budget"], ["novelty", "a", "b"], ["row", "lines", "not a number"], [], ["figure", 3, 4]]
    assert from_rows(rows) == Stamp({"form": "budget"})


def test_facts_are_added_and_replace():
    stamp = Stamp({"form": "budget", "program": "1"})
    assert stamp.with_facts({"program": "2", "date": "x"}).facts == {"form": "budget", "program": "2", "date": "x"}
