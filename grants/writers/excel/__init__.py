"""Workbooks in Excel's format, by XlsxWriter.

Why not openpyxl for writing: it cannot put a value beside a formula, so a preview that does not calculate (a phone, a
mail program) shows blanks; it makes a style anew for every cell, which takes three times as long; and its charts and
conditional formats say less. openpyxl is for reading and for patching files that exist.

The same view and stamp give the same bytes: parts of the package are dated 1980, the properties bear the document's
own date, and nothing asks for the time.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from xlsxwriter.workbook import Workbook

from grants.forms.stamp import PROPERTY_PREFIX, STAMP_SHEET, Stamp, to_rows
from grants.views.addresses import on_sheet
from grants.views.workbook import WorkbookView
from grants.writers.excel.charts import write_chart
from grants.writers.excel.formats import FONT, Formats
from grants.writers.excel.plain_sheet import PlainSheet
from grants.writers.excel.sheets import name_print_area, print_sheet, write_sheet
from grants.writers.excel.values import clean_text

__all__ = ["write_workbook"]
_PRINT_AREA = "_xlnm.Print_Area"


def write_workbook(view: WorkbookView, stamp: Mapping[str, str], printed_as: str | None = None) -> bytes:
    """The file. `stamp` adds facts to what the view knows of itself: program, definition (SHA-256), version, ...

    `printed_as` makes the copy that is only printed: that name stands in the footers, the sheets of help are hidden.
    """
    data = BytesIO()
    with Workbook(data, _choose_options()) as workbook:
        formats = Formats(workbook, view.language)
        _describe(workbook, view)
        for sheet in view.sheets:
            worksheet = workbook.add_worksheet(sheet.name, PlainSheet)
            write_sheet(worksheet, sheet, formats)
            print_sheet(worksheet, sheet, view, printed_as)
            if sheet.print.last_row:
                workbook.define_name(on_sheet(sheet.name, _PRINT_AREA), f"={name_print_area(sheet)}")
            for chart in sheet.charts:
                write_chart(workbook, worksheet, chart, formats.whole_number)
        for name, reference in view.names.items():
            workbook.define_name(name, f"={reference}")
        _stamp(workbook, view.form.with_facts(stamp))
    return data.getvalue()


def _choose_options() -> dict[str, Any]:
    """A new one for each workbook: XlsxWriter writes into what it is given.

    Without `font_scheme` Excel would show the theme's font instead of ours.
    """
    return {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_format_properties": {"font_name": FONT, "font_size": 10, "font_scheme": "none"},
    }


def _describe(workbook: Workbook, view: WorkbookView) -> None:
    created = datetime.datetime.combine(view.date, datetime.time(), datetime.UTC)
    texts = {"title": view.title, "subject": view.subject, "author": view.author}
    workbook.set_properties({**{key: clean_text(text) for key, text in texts.items()}, "created": created})


def _stamp(workbook: Workbook, stamp: Stamp) -> None:
    """A sheet that only a program finds, and its facts in the properties."""
    worksheet = workbook.add_worksheet(STAMP_SHEET)
    for row, cells in enumerate(to_rows(stamp)):
        for column, value in enumerate(cells):
            if isinstance(value, str):
                worksheet.write_string(row, column, clean_text(value))
            else:
                worksheet.write_number(row, column, value)
    worksheet.protect()
    worksheet.very_hidden()
    for key, fact in stamp.facts.items():
        workbook.set_custom_property(PROPERTY_PREFIX + key, fact, "text")
