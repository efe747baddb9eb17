"""The first sheet of a marked workbook: every fault, with a link to its cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from lxml import etree

from grants.forms.correction import CellFault, CorrectionPage
from grants.views.text_fit import count_lines, row_height
from grants.writers.excel.correction.cells import Address, insert_text, name_address
from grants.writers.excel.correction.names import Node, append, namespace
from grants.writers.excel.correction.styles_part import Styles
from grants.writers.excel.formats import FONT
from grants.writers.excel.values import clean_text

RED, YELLOW = "FFFF9C9C", "FFFFE082"
"""Of cells: to be corrected; to be looked at."""
_PRIMARY, _GREY, _RULE, _LINK = "FF1F3864", "FF5F6B7A", "FFBFC7D5", "FF0563C1"
_WIDTHS = (5.0, 24.0, 46.0, 46.0, 20.0, 11.0)
_TABLE_WIDTH = sum(_WIDTHS)
_BOX = "".join(f"<{side} style='thin'><color rgb='{_RULE}'/></{side}>" for side in ("left", "right", "top", "bottom"))


class Looks(NamedTuple):
    """Numbers of the formats that the page is made of."""

    title: int
    intro: int
    header: int
    text: int
    link: int
    code: int
    error: int
    warning: int
    info: int


def _font(size: int = 10, colour: str = "FF000000", extra: str = "") -> str:
    return f"{extra}<sz val='{size}'/><color rgb='{colour}'/><name val='{FONT}'/><family val='2'/>"


def make_looks(styles: Styles) -> Looks:
    """The formats, added to the workbook's own."""
    wrap, middle = "horizontal='left' wrapText='1'", "horizontal='center'"
    return Looks(
        title=styles.make(_font(16, _PRIMARY, "<b/>")),
        intro=styles.make(_font(colour=_GREY), alignment=wrap),
        header=styles.make(_font(colour="FFFFFFFF", extra="<b/>"), _PRIMARY, _BOX, wrap),
        text=styles.make(_font(), None, _BOX, wrap),
        link=styles.make(_font(colour=_LINK, extra="<u/>"), None, _BOX, wrap),
        code=styles.make(_font(9, _GREY), None, _BOX, wrap),
        error=styles.make(_font(extra="<b/>"), RED, _BOX, middle),
        warning=styles.make(_font(extra="<b/>"), YELLOW, _BOX, middle),
        info=styles.make(_font(extra="<b/>"), None, _BOX, middle),
    )


class Row(NamedTuple):
    """A fault and where its link leads: the name of the sheet and the cell, or nowhere."""

    fault: CellFault
    sheet: str | None
    address: Address | None


def make_page(dialect: str, page: CorrectionPage, rows: Sequence[Row], looks: Looks) -> tuple[Node, int]:
    """The sheet, and the number of its header row."""
    root = etree.Element(f"{{{dialect}}}worksheet", nsmap={None: dialect})
    header = 3 + len(page.intro)
    preface = append(root, "sheetPr")
    append(preface, "tabColor", rgb="FFC00000")
    append(preface, "pageSetUpPr", fitToPage="1")
    append(root, "dimension", ref=f"A1:F{header + len(rows)}")
    _add_view(root, header)
    append(root, "sheetFormatPr", defaultRowHeight="13.5")
    columns = append(root, "cols")
    for number, width in enumerate(_WIDTHS, 1):
        append(columns, "col", min=str(number), max=str(number), width=str(width), customWidth="1")
    data = append(root, "sheetData")
    _add_row(data, 1, row_height(1, 16), [(1, page.title, looks.title)])
    for number, text in enumerate(page.intro, 2):
        height = row_height(count_lines(text, _TABLE_WIDTH))
        _add_row(data, number, height, [(1, text, looks.intro)])
    words = ["", *page.headers]
    lines = max(count_lines(word, width, 10, True) for word, width in zip(words, _WIDTHS, strict=True))
    _add_row(data, header, row_height(lines), [(n, word, looks.header) for n, word in enumerate(words, 1)])
    for number, row in enumerate(rows, 1):
        _add_fault(data, header + number, number, row, looks)
    if page.intro:
        merges = append(root, "mergeCells", count=str(len(page.intro)))
        for number in range(2, 2 + len(page.intro)):
            append(merges, "mergeCell", ref=f"A{number}:F{number}")
    _add_links(root, rows, header)
    _print(root, page)
    return root, header


def _add_view(root: Node, header: int) -> None:
    view = append(append(root, "sheetViews"), "sheetView", showGridLines="0", tabSelected="1", workbookViewId="0")
    below = f"A{header + 1}"
    append(view, "pane", ySplit=str(header), topLeftCell=below, activePane="bottomLeft", state="frozen")
    append(view, "selection", pane="bottomLeft", activeCell=f"B{header + 1}", sqref=f"B{header + 1}")


def _add_row(data: Node, number: int, height: float, cells: Sequence[tuple[int, str, int]]) -> None:
    row = append(data, "row", r=str(number), ht=str(height), customHeight="1")
    for column, text, look in cells:
        cell = append(row, "c", r=name_address(Address(number, column)), s=str(look))
        if text:
            insert_text(cell, clean_text(text))


def _add_fault(data: Node, place: int, number: int, row: Row, looks: Looks) -> None:
    fault = row.fault
    texts = (_say_place(row), fault.message, fault.remedy, fault.found or "", fault.code)
    kind = {"error": looks.error, "warning": looks.warning}.get(fault.severity, looks.info)
    styles = (looks.link if row.address else looks.text, looks.text, looks.text, looks.text, looks.code)
    cells = [
        (1, str(number), kind),
        *((n, text, look) for n, (text, look) in enumerate(zip(texts, styles, strict=True), 2)),
    ]
    lines = max(count_lines(text, width) for text, width in zip(texts, _WIDTHS[1:], strict=True))
    _add_row(data, place, row_height(lines) + 2, cells)


def _say_place(row: Row) -> str:
    """Costs, F12: as people say it."""
    if row.sheet and row.address:
        return f"{row.sheet}, {name_address(row.address)}"
    return ", ".join(part for part in (row.fault.sheet, row.fault.cell) if part) or "–"


def _add_links(root: Node, rows: Sequence[Row], header: int) -> None:
    links = etree.Element(f"{namespace(root)}hyperlinks")
    for number, row in enumerate(rows, header + 1):
        if row.sheet and row.address:
            location = f"{quote(row.sheet)}!{name_address(row.address)}"
            append(links, "hyperlink", ref=f"B{number}", location=location, display=_say_place(row))
    if len(links):
        root.append(links)


def quote(sheet: str) -> str:
    """The name of a sheet as it stands in a reference."""
    return "'" + sheet.replace("'", "''") + "'"


def _print(root: Node, page: CorrectionPage) -> None:
    append(root, "printOptions", horizontalCentered="1")
    append(root, "pageMargins", left="0.45", right="0.45", top="0.7", bottom="0.7", header="0.3", footer="0.3")
    append(root, "pageSetup", paperSize="9", orientation="landscape", fitToWidth="1", fitToHeight="0")
    margins = append(root, "headerFooter")
    words = page.footer.replace("&", "&&").format(page="&P", pages="&N")
    font = f'&"{FONT},Regular"&8&K5F6B7A'
    append(margins, "oddFooter").text = f"&L{font}&F&R{font}{words}"
