"""A Word file read back: paragraphs, and rows of tables cell by cell."""

from __future__ import annotations

from grants.readers.word_file import read_word
from grants.writers.word.wml import cell, paragraph, row, run, table
from tests.proposals import make_template


def test_rows_are_read_cell_by_cell() -> None:
    two = paragraph(run("b")) + paragraph(run("c\td"))
    inner = table([row([cell(paragraph(run("x")), 1)])], [1], None)
    first = row([cell(paragraph(run("a & 1")), 1), cell(two, 1)])
    whole = table([first, row([cell(inner + paragraph(run("y")), 2, 2)])], [1, 1], None)
    read = read_word(make_template("before", whole, "after"))
    assert read.rows == (("a & 1", "b\nc\td"), ("x\ny",), ("x",))
    assert read.text == "before\na & 1\nb\nc\td\nx\ny\nafter"


def test_breaks_are_new_lines() -> None:
    assert read_word(make_template(paragraph(run("a\nb") + run("c")))).paragraphs == ("a\nbc",)
