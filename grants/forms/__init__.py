"""The shape of workbooks that go out and come back: columns declared once for writer and reader. Pure data."""

from grants.forms.activities import ACTIVITIES
from grants.forms.budget import BUDGET
from grants.forms.columns import Column, Form, PlacedColumn, Sheet, Table, place_columns
from grants.forms.period import OLDER, PERIOD
from grants.forms.stamp import STAMP_SHEET, Stamp, StampedRow, TablePlace

__all__ = [
    "ACTIVITIES",
    "BUDGET",
    "OLDER",
    "PERIOD",
    "STAMP_SHEET",
    "Column",
    "Form",
    "PlacedColumn",
    "Sheet",
    "Stamp",
    "StampedRow",
    "Table",
    "TablePlace",
    "place_columns",
]
