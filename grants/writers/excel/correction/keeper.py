"""How the marks are taken away again: a very hidden sheet with pairs of cells, one as it was and one as marked.

Why cells and not numbers of formats: Excel, LibreOffice and Google Sheets number all formats anew when they save, but
they keep the format of a cell. So the pairs stay true whoever saved the workbook in between.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from lxml import etree

from grants.forms.correction import KEEPER_SHEET
from grants.writers.excel.correction.cells import (
    Address,
    insert_text,
    list_styled,
    name_address,
    read_shared_texts,
    read_text,
)
from grants.writers.excel.correction.names import WORKSHEET_ORDER, append, children, namespace, place
from grants.writers.excel.correction.notes import remove_notes
from grants.writers.excel.correction.package import Package
from grants.writers.excel.correction.styles_part import list_forms
from grants.writers.excel.correction.workbook_part import (
    add_sheet,
    find_workbook,
    list_sheets,
    read_name,
    remove_name,
    remove_sheet,
)
from grants.writers.excel.values import clean_text

PAGE_NAME = "_grants_correction"
"""A name for the first cell of the page: it stays when somebody gives the sheet another name."""


def write_keeper(package: Package, pairs: Mapping[int, int], title: str, page: str) -> None:
    """The sheet: first line of our comments, name of the page; then format as marked -> format as it was."""
    dialect = namespace(package.read(find_workbook(package)))[1:-1]
    root = etree.Element(f"{{{dialect}}}worksheet", nsmap={None: dialect})
    data = append(root, "sheetData")
    for number, words in enumerate((("title", title), ("page", page)), 1):
        row = append(data, "row", r=str(number))
        for column, text in enumerate(words, 1):
            insert_text(append(row, "c", r=name_address(Address(number, column))), clean_text(text))
    for number, (marked, style) in enumerate(sorted(pairs.items()), 3):
        row = append(data, "row", r=str(number))
        insert_text(append(row, "c", r=name_address(Address(number, 1))), "mark")
        append(row, "c", r=name_address(Address(number, 2)), s=str(style))
        append(row, "c", r=name_address(Address(number, 3)), s=str(marked))
    add_sheet(package, KEEPER_SHEET, package.choose_name("xl/worksheets/marks{}.xml"), root, first=False)


class Kept(NamedTuple):
    """What the sheet says."""

    title: str
    page: str
    pairs: Mapping[str, str]
    """Format as marked -> format as it was."""


def remove_marks(package: Package) -> None:
    """The workbook as it was before it was marked, with what people changed since."""
    sheets = list_sheets(package)
    if KEEPER_SHEET not in sheets:
        return
    kept = _read_keeper(package, sheets[KEEPER_SHEET])
    page = _find_page(package) or kept.page
    for name in (KEEPER_SHEET, page):
        if name in list_sheets(package):
            remove_sheet(package, name)
    styles = _list_restored(list_forms(package), kept.pairs)
    for part in list_sheets(package).values():
        _restore(package, part, styles)
        if kept.title:
            remove_notes(package, part, kept.title)
    if read_name(package, PAGE_NAME) is not None:
        remove_name(package, PAGE_NAME)


def _find_page(package: Package) -> str | None:
    """The page under the name it has now."""
    reference = (read_name(package, PAGE_NAME) or "").removeprefix("=")
    name = reference.rpartition("!")[0].removeprefix("$")
    plain = name[1:-1].replace("''", "'") if name.startswith("'") else name
    return plain if plain in list_sheets(package) else None


def _read_keeper(package: Package, part: str) -> Kept:
    words: dict[str, str] = {}
    pairs: dict[str, str] = {}
    shared = read_shared_texts(package)
    for row in children(place(package.read(part), "sheetData", WORKSHEET_ORDER), "row"):
        cells = {str(cell.get("r"))[:1]: cell for cell in children(row, "c")}
        if "C" in cells:
            pairs[cells["C"].get("s") or "0"] = cells["B"].get("s") or "0" if "B" in cells else "0"
        elif "A" in cells and "B" in cells:
            words[read_text(cells["A"], shared)] = read_text(cells["B"], shared)
    pairs = {marked: style for marked, style in pairs.items() if marked != style}
    return Kept(words.get("title", ""), words.get("page", ""), pairs)


def _list_restored(forms: Sequence[bytes], pairs: Mapping[str, str]) -> dict[str, str]:
    """Number of a format -> that of the format as it was.

    Why by what formats say: LibreOffice gives a cell and its copy in the hidden sheet two numbers for the same format.
    """
    wanted = {forms[int(marked)]: style for marked, style in pairs.items() if int(marked) < len(forms)}
    return {str(number): wanted[form] for number, form in enumerate(forms) if form in wanted}


def _restore(package: Package, part: str, pairs: Mapping[str, str]) -> None:
    marked = [cell for cell in list_styled(package.read(part)) if cell.get("s") in pairs]
    if marked:
        package.edit(part)
    for cell in marked:
        cell.set("s", pairs[str(cell.get("s"))])
