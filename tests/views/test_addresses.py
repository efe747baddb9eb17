"""Cells by name, as a spreadsheet counts them."""

import pytest
from openpyxl.utils import get_column_letter

from grants.views.addresses import name_area, name_cell, name_column, name_column_part, on_sheet
from grants.views.workbook import Area


@pytest.mark.parametrize("column", [0, 1, 25, 26, 27, 51, 52, 701, 702, 703, 16383])
def test_columns_are_named_as_excel_names_them(column):
    assert name_column(column) == get_column_letter(column + 1)


def test_cells_and_areas():
    assert name_cell(11, 5) == "F12"
    assert name_cell(11, 5, fixed=True) == "$F$12"
    assert name_area(Area(0, 0, 9, 2)) == "A1:C10"
    assert name_column_part(5, 11, 19, fixed=True) == "$F$12:$F$20"


def test_a_sheet_is_quoted_so_that_any_name_will_do():
    assert on_sheet("Πηγές χρηματοδότησης", "F12") == "'Πηγές χρηματοδότησης'!F12"
    assert on_sheet("Partner's", "A1") == "'Partner''s'!A1"
