"""How many lines a text takes."""

from hypothesis import given
from hypothesis import strategies as st

from grants.views.text_fit import count_lines, measure, row_height


def test_a_short_text_takes_one_line():
    assert count_lines("month", 11) == 1
    assert count_lines("", 11) == 1


def test_a_line_break_and_a_full_line_start_another():
    assert count_lines("one\ntwo\nthree", 40) == 3
    assert count_lines("A1.1.1, A3.1.1, A3.1.2, A0.1", 15) == 2
    assert count_lines("Ελληνική Αναπτυξιακή Συνεργασία", 12) == 3


def test_a_word_longer_than_the_line_is_broken():
    assert count_lines("Συγχρηματοδότηση" * 3, 12) >= 4


def test_bold_is_wider_and_narrow_letters_are_narrower():
    assert measure("Budget", bold=True) > measure("Budget")
    assert measure("illil") < measure("mWmWm") / 3


def test_a_row_is_never_higher_than_excel_allows():
    assert row_height(1) < row_height(2) < row_height(1000) == 409.0


@given(st.text(max_size=300), st.floats(3, 100))
def test_a_wider_column_never_needs_more_lines(text, width):
    assert 1 <= count_lines(text, width * 2) <= count_lines(text, width)


@given(st.text(alphabet="abc δε-\n", max_size=200))
def test_the_lines_hold_the_text(text):
    room = 20 * 7
    assert count_lines(text, 20) * room >= measure("".join(text.split()))
