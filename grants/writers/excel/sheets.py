"""One sheet of a view into one worksheet."""

from __future__ import annotations

import datetime
import textwrap
from decimal import Decimal
from typing import Any

from xlsxwriter.worksheet import Worksheet

from grants.model.scalars import LARGEST
from grants.views.addresses import name_area, name_column_part, on_sheet
from grants.views.workbook import Cell, SheetView, Validation, WorkbookView
from grants.writers.excel.formats import PRIMARY, Formats
from grants.writers.excel.values import clean_text, is_risky, shorten

_TABS = {"result": PRIMARY, "input": "#FFC000", "help": "#A6A6A6"}
_PAPER = {"A4": 9, "A3": 8}
_PERMITTED = {
    "format_columns": True,
    "format_rows": True,
    "autofilter": True,
    "select_locked_cells": True,
    "select_unlocked_cells": True,
}
_LONGEST = 150
"""Letters in a margin: Excel takes 255 with the signs of the format, and XlsxWriter leaves out what is longer."""
_FIRST_DAY = datetime.date(1900, 1, 1)
_LAST_DAY = datetime.date(2100, 12, 31)


def write_sheet(worksheet: Worksheet, sheet: SheetView, formats: Formats) -> None:
    """Everything but the charts."""
    for column, width in enumerate(sheet.widths):
        worksheet.set_column(column, column, width)
    for row, height in sheet.heights.items():
        worksheet.set_row(row, height)
    for area in sheet.merges:
        worksheet.merge_range(*area, "")
    for cell in sheet.cells:
        _write_cell(worksheet, cell, formats)
    for validation in sheet.validations:
        _validate(worksheet, validation)
    for emphasis in sheet.emphases:
        rule = {"type": "formula", "criteria": emphasis.formula, "format": formats.effect(emphasis.effect)}
        worksheet.conditional_format(*emphasis.area, rule)
    _behave(worksheet, sheet)


def _write_cell(worksheet: Worksheet, cell: Cell, formats: Formats) -> None:
    row, column, value, look, formula = cell
    if formula is not None:
        worksheet.write_formula(row, column, formula, formats.look(look), _shown(value))
    elif value is None or value == "":
        worksheet.write_blank(row, column, None, formats.look(look))
    elif isinstance(value, str):
        worksheet.write_string(row, column, clean_text(value), formats.look(look, is_risky(value)))
    elif isinstance(value, datetime.date):
        worksheet.write_datetime(row, column, value, formats.look(look))
    else:
        worksheet.write_number(row, column, value, formats.look(look))


def _shown(value: object) -> Any:
    """The value beside a formula, as the file says it."""
    if isinstance(value, (Decimal, int)):
        return shorten(value)
    return clean_text(value) if isinstance(value, str) else value


def _validate(worksheet: Worksheet, validation: Validation) -> None:
    first, *others = validation.areas
    options = _criteria(validation)
    options["ignore_blank"] = True
    if validation.hint:
        options |= {"input_title": validation.hint_title[:32], "input_message": validation.hint[:255]}
    if validation.error:
        options |= {"error_message": validation.error[:255], "error_type": "stop" if validation.strict else "warning"}
    if others:
        options["other_cells"] = [list(area) for area in others]
    worksheet.data_validation(*first, options)


def _criteria(validation: Validation) -> dict[str, Any]:
    match validation.rule:
        case "list":
            return {"validate": "list", "source": f"={validation.source}"}
        case "number":
            return {"validate": "decimal", "criteria": ">=", "value": 0}
        case "signed":
            return {"validate": "decimal", "criteria": "between", "minimum": -LARGEST, "maximum": LARGEST}
        case "percent":
            return {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 1}
        case "date":
            earliest, latest = validation.earliest or _FIRST_DAY, validation.latest or _LAST_DAY
            return {"validate": "date", "criteria": "between", "minimum": earliest, "maximum": latest}
        case "length":
            return {"validate": "length", "criteria": "<=", "value": 32}
    return {"validate": "any"}


def _behave(worksheet: Worksheet, sheet: SheetView) -> None:
    """Protection, panes, filter, tab."""
    worksheet.hide_gridlines(2)
    worksheet.set_tab_color(_TABS[sheet.tab])
    worksheet.protect("", _PERMITTED)
    if sheet.freeze:
        worksheet.freeze_panes(*sheet.freeze)
    if sheet.filter:
        worksheet.autofilter(*sheet.filter)
    if sheet.unlocked_formulas:  # meant so: such a cell follows another one until somebody types over it
        worksheet.ignore_errors({"formula_unlocked": " ".join(name_area(area) for area in sheet.unlocked_formulas)})


def print_sheet(worksheet: Worksheet, sheet: SheetView, book: WorkbookView, printed_as: str | None = None) -> None:
    """One page wide, header rows on every page; project, edition, sheet, file and page in the margins.

    The file is the one that is printed from, whatever its name is then, unless `printed_as` names one: then a sheet of
    help is hidden, and so not printed.
    """
    if printed_as and sheet.tab == "help":
        worksheet.hide()
    if sheet.print.landscape:
        worksheet.set_landscape()
    worksheet.set_paper(_PAPER[sheet.print.paper])
    if sheet.print.scale:
        worksheet.set_print_scale(sheet.print.scale)
        worksheet.set_h_pagebreaks(list(sheet.print.breaks))
    else:
        worksheet.fit_to_pages(1, 1 if sheet.print.one_page else 0)
    worksheet.set_margins(left=0.45, right=0.45, top=0.7, bottom=0.7)
    worksheet.center_horizontally()
    if sheet.print.repeat:
        worksheet.repeat_rows(*sheet.print.repeat)
    whose = textwrap.shorten(", ".join(filter(None, (book.project, book.edition))), _LONGEST, placeholder=" …")
    font = '&"Arial,Regular"&8&K5F6B7A'
    worksheet.set_header(f"&L{font}{_margin(whose)}&R{font}&A")
    file = _margin(printed_as) if printed_as else "&F"
    worksheet.set_footer(f"&L{font}{file}&R{font}{_margin(book.footer).format(page='&P', pages='&N')}")


def name_print_area(sheet: SheetView) -> str:
    """The part of a sheet that Excel prints, down to a row that a formula finds while people fill in.

    LibreOffice takes no formula here and prints the whole sheet: more pages, but never a row less.
    """
    last = max(cell.row for cell in sheet.cells)
    column = name_column_part(len(sheet.widths) - 1, 0, last, fixed=True)
    return f"{on_sheet(sheet.name, '$A$1')}:INDEX({on_sheet(sheet.name, column)},{sheet.print.last_row})"


def _margin(text: str) -> str:
    """A text in a page's margin, where & begins a code."""
    return text.replace("&", "&&")
