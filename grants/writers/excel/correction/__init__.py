"""Faults put back into the user's own workbook: colour and comment at each bad cell, and a first sheet that lists them.

The workbook is patched part by part and never saved anew by a library, which would lose what it does not know. Parts
that nothing is changed in keep their bytes. Marks of an earlier time are taken away first, so that a fault that was
repaired loses its colour and its comment.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence

from lxml import etree

from grants.errors import OutputError
from grants.forms.correction import CellFault, CorrectionPage
from grants.writers.excel.correction.cells import Address, Grid, find_anchor, name_address, parse_address
from grants.writers.excel.correction.keeper import PAGE_NAME, remove_marks, write_keeper
from grants.writers.excel.correction.names import namespace
from grants.writers.excel.correction.notes import write_notes
from grants.writers.excel.correction.package import Package
from grants.writers.excel.correction.page import RED, YELLOW, Row, make_looks, make_page, quote
from grants.writers.excel.correction.styles_part import Styles
from grants.writers.excel.correction.workbook_part import (
    add_sheet,
    choose_sheet_name,
    define_name,
    find_workbook,
    list_sheets,
    unselect_sheets,
)
from grants.writers.excel.values import clean_text

__all__ = ["mark_faults"]

Bad = Mapping[Address, Sequence[CellFault]]


def mark_faults(data: bytes, faults: Sequence[CellFault], page: CorrectionPage) -> bytes:
    """A marked copy of a workbook; without faults, a copy without marks. Raises OutputError where it is damaged.

    Errors stand before warnings on the page, else the faults keep their order.
    """
    try:
        package = Package(data)
        remove_marks(package)
        if faults:
            _mark(package, faults, page)
        return package.close()
    except (KeyError, ValueError, IndexError, zipfile.BadZipFile, etree.XMLSyntaxError) as error:
        message = f"The workbook is damaged, so the faults could not be marked in it ({error})."
        raise OutputError(message, "Open it in Excel, let Excel repair it, and save it.", code="PKG-004") from error


def _mark(package: Package, faults: Sequence[CellFault], page: CorrectionPage) -> None:
    weight = {"error": 0, "warning": 1, "info": 2}
    rows = [_locate(package, fault) for fault in sorted(faults, key=lambda fault: weight[fault.severity])]
    styles = Styles(package)
    pairs: dict[int, int] = {}
    for sheet, part in list_sheets(package).items():
        bad: dict[Address, list[CellFault]] = {}
        for row in rows:
            if row.sheet == sheet and row.address and row.fault.severity != "info":
                bad.setdefault(row.address, []).append(row.fault)
        if bad:
            _mark_sheet(package, part, bad, styles, pairs)
            write_notes(package, part, page.title, {name_address(cell): _say(found) for cell, found in bad.items()})
    name = _add_page(package, page, rows, styles)
    write_keeper(package, pairs, page.title, name)


def _locate(package: Package, fault: CellFault) -> Row:
    """The cell that a fault is shown at: of a sheet that exists, the first of a merged area."""
    sheets = list_sheets(package)
    name = next((name for name in sheets if fault.sheet and name.lower() == fault.sheet.lower()), None)
    address = parse_address(fault.cell)
    if name is None or address is None:
        return Row(fault, None, None)
    return Row(fault, name, find_anchor(package.read(sheets[name]), address))


def _mark_sheet(package: Package, part: str, bad: Bad, styles: Styles, pairs: dict[int, int]) -> None:
    grid = Grid(package.edit(part))
    for address, faults in bad.items():
        cell = grid.cell(address)
        style = int(cell.get("s") or 0)
        worst = any(fault.severity == "error" for fault in faults)
        marked = styles.mark(style, RED if worst else YELLOW)
        pairs[marked] = style
        cell.set("s", str(marked))


def _say(faults: Sequence[CellFault]) -> str:
    """What a comment says of a cell, fault by fault."""
    return "\n\n".join(clean_text("\n".join(filter(None, (fault.message, fault.remedy)))) for fault in faults)


def _add_page(package: Package, page: CorrectionPage, rows: Sequence[Row], styles: Styles) -> str:
    """The page in front of all sheets; its name."""
    dialect = namespace(package.read(find_workbook(package)))[1:-1]
    root, header = make_page(dialect, page, rows, make_looks(styles))
    unselect_sheets(package)
    name = choose_sheet_name(package, page.title)
    add_sheet(package, name, package.choose_name("xl/worksheets/correction{}.xml"), root, first=True)
    define_name(package, PAGE_NAME, f"{quote(name)}!$A$1")
    define_name(package, "_xlnm.Print_Titles", f"{quote(name)}!${header}:${header}", sheet=0)
    return name
