"""Workbooks: ours against openpyxl used the plain way, which sets the style of every cell. The same cells in both."""

from __future__ import annotations

import io

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from grants.readers.workbook import read_figures
from grants.views.workbook import FONT_SIZES, Cell, SheetView, WorkbookView
from grants.writers.excel import write_workbook
from tests.bench.rows import Row, measure, print_rows
from tests.workbooks import STAMP, load_sample, open_workbook

_FILLS = {
    "header": "1F3864",
    "header-group": "2F5597",
    "band": "DCE4F2",
    "input": "FFF8E1",
    "spare": "FFF8E1",
    "subtotal": "EDF1F8",
    "total": "1F3864",
}
_WHITE = ("header", "header-group", "total")
_BOLD = ("title", "section", "header", "header-group", "band", "strong", "subtotal", "total", "check")
_NUMBERS = {
    "number": "#,##0",
    "rate": "#,##0.00##",
    "money": "#,##0.00",
    "percent": "0.00%",
    "date": "dd/mm/yyyy",
    "month": "mmm yyyy",
    "month-name": "mmm",
    "year": "0",
}


def write_plainly(view: WorkbookView) -> bytes:
    """The same sheets, cells, looks, merges, validations and print set-up; no values beside formulas, no charts."""
    book = Workbook()
    book.remove(book.active)
    for part in view.sheets:
        sheet = book.create_sheet(part.name)
        for cell in part.cells:
            _write_cell(sheet, cell)
        _finish(sheet, part)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def _write_cell(sheet: Worksheet, cell: Cell) -> None:
    written = sheet.cell(cell.row + 1, cell.column + 1)
    written.value = cell.formula or cell.value
    role, kind = cell.look
    written.font = Font(
        name="Arial",
        size=FONT_SIZES.get(role, 10),
        bold=role in _BOLD,
        color="FFFFFF" if role in _WHITE else "000000",
    )
    if role in _FILLS:
        written.fill = PatternFill("solid", fgColor=_FILLS[role])
    line = Side(style="thin", color="BFC7D5")
    written.border = Border(left=line, right=line, top=line, bottom=line)
    written.alignment = Alignment(
        vertical="center", horizontal="center" if kind == "centre" else None, wrap_text=kind in ("text", "centre")
    )
    written.protection = Protection(locked=role not in ("input", "spare", "note"))
    if kind in _NUMBERS:
        written.number_format = _NUMBERS[kind]


def _finish(sheet: Worksheet, part: SheetView) -> None:
    for column, width in enumerate(part.widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    for row, height in part.heights.items():
        sheet.row_dimensions[row + 1].height = height
    for area in part.merges:
        sheet.merge_cells(None, area[0] + 1, area[1] + 1, area[2] + 1, area[3] + 1)
    for rule in part.validations:
        validation = DataValidation(type="list", formula1=f"={rule.source}") if rule.source else DataValidation()
        validation.promptTitle, validation.prompt = rule.hint_title, rule.hint
        for area in rule.areas:
            first, last = get_column_letter(area.first_column + 1), get_column_letter(area.last_column + 1)
            validation.add(f"{first}{area.first_row + 1}:{last}{area.last_row + 1}")
        sheet.add_data_validation(validation)
    sheet.protection.sheet = True
    sheet.page_setup.orientation = "landscape" if part.print.landscape else "portrait"
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def read_plainly(data: bytes, references: dict[str, str]) -> dict[str, object]:
    """The figures through openpyxl."""
    book = open_workbook(data, values=True)
    found = {}
    for name, reference in references.items():
        sheet, _, cell = reference.rpartition("!")
        found[name] = book[sheet.strip("'")][cell].value
    return found


def measure_excel() -> list[Row]:
    """Writing both workbooks of the sample, and reading the figures of one back."""
    sample = load_sample()
    views = {form: sample.view(form, "el") for form in ("budget", "activities")}
    rows = [
        measure(
            f"{form} workbook / openpyxl, styles cell by cell",
            lambda view=view: write_workbook(view, STAMP),  # type: ignore[misc]
            lambda view=view: write_plainly(view),  # type: ignore[misc]
            0.5,
        )
        for form, view in views.items()
    ]
    data = write_workbook(views["budget"], STAMP)
    references = dict(views["budget"].form.figures)
    rows.append(
        measure(
            "figures read back / openpyxl", lambda: read_figures(data), lambda: read_plainly(data, references), 0.25
        )
    )
    return rows


def main() -> None:
    """Print the table."""
    print_rows(measure_excel())


if __name__ == "__main__":
    main()
