"""What is found of a returned workbook's cells besides their values."""

from __future__ import annotations

import io
import re
import zipfile

import openpyxl
import pytest

from grants.readers.returned.book import open_book

ROWS = 4_000


@pytest.fixture(scope="module")
def long_list() -> bytes:
    """A formula in every row, and a text: `<f` in it is none."""
    book = openpyxl.Workbook()
    for row in range(1, ROWS + 1):
        book.active.append([row, "a <f of no formula", f"=A{row}*2"])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_formulas_are_found_to_the_end_of_a_long_list(long_list: bytes) -> None:
    marks = open_book(long_list).find_marks("Sheet")
    assert marks.formulas == {(row, 2) for row in range(ROWS)}
    assert marks.uncalculated == marks.formulas


def test_formulas_are_found_where_every_element_has_a_prefix(long_list: bytes) -> None:
    marks = open_book(rewrite(long_list, rb"<(/?)(?=[a-z])", rb"<\1x:", rb"xmlns=", rb"xmlns:x=")).find_marks("Sheet")
    assert marks.formulas == {(row, 2) for row in range(ROWS)}


def test_a_formula_with_a_value_is_calculated(long_list: bytes) -> None:
    valued = rewrite(long_list, rb"</f><v ?/?>(</v>)?", rb"</f><v>8</v>")
    marks = open_book(valued).find_marks("Sheet")
    assert len(marks.formulas) == ROWS
    assert not marks.uncalculated


def rewrite(data: bytes, *patterns: bytes) -> bytes:
    """The workbook with its sheet's XML as another program would write it."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            xml = old.read(name)
            if name.endswith("sheet1.xml"):
                for pattern, words in zip(patterns[::2], patterns[1::2], strict=True):
                    xml, times = re.subn(pattern, words, xml)
                    assert times
            new.writestr(name, xml)
    return file.getvalue()
