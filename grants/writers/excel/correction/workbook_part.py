"""Sheets of a workbook: one put in front, one taken out. Names that belong to a sheet by its number follow."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from grants.writers.excel.correction.names import (
    SHEET_KIND,
    WORKBOOK_ORDER,
    Node,
    append,
    child,
    children,
    place,
    relation_id,
)
from grants.writers.excel.correction.package import Package

_LONGEST = 31
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


def find_workbook(package: Package) -> str:
    """The name of the workbook's own part. Raises KeyError."""
    relation = package.find_related("", "officeDocument")
    return relation.target if relation else "xl/workbook.xml"


def list_sheets(package: Package) -> dict[str, str]:
    """Name of a worksheet -> its part, in order; sheets that are only a chart are left out."""
    workbook = find_workbook(package)
    targets = {item.id: item.target for item in package.relations(workbook) if item.kind.endswith("/worksheet")}
    root = package.read(workbook)
    links = {str(node.get("name")): str(node.get(relation_id(root))) for node in _sheets(root)}
    return {name: targets[link] for name, link in links.items() if link in targets}


def _sheets(root: Node) -> list[Node]:
    holder = child(root, "sheets")
    return [] if holder is None else list(holder)


def choose_sheet_name(package: Package, wanted: str) -> str:
    """A name that Excel allows and no sheet has."""
    taken = {name.lower() for name in list_sheets(package)}
    base = wanted.translate(_FORBIDDEN).strip("' ")[:_LONGEST] or "!"
    name, number = base, 2
    while name.lower() in taken:
        ending = f" {number}"
        name, number = base[: _LONGEST - len(ending)] + ending, number + 1
    return name


def add_sheet(package: Package, name: str, part: str, root: Node, first: bool) -> None:
    """A sheet in front of all others, or a very hidden one behind them."""
    workbook = find_workbook(package)
    package.add(part, root, SHEET_KIND)
    book = package.edit(workbook)
    relation = package.relate(workbook, "worksheet", part)
    sheets = place(book, "sheets", WORKBOOK_ORDER)
    number = max((int(str(node.get("sheetId"))) for node in sheets), default=0) + 1
    entry = append(sheets, "sheet", name=name, sheetId=str(number))
    if first:
        sheets.insert(0, entry)
        _renumber(book, {position: position + 1 for position in range(len(sheets) - 1)})
        _show_first(book)
    else:
        entry.set("state", "veryHidden")
    entry.set(relation_id(book), relation)


def remove_sheet(package: Package, name: str) -> None:
    """A sheet taken out, with its part and the names that belong to it."""
    workbook = find_workbook(package)
    part = list_sheets(package)[name]
    book = package.edit(workbook)
    sheets = _sheets(book)
    gone = next(position for position, node in enumerate(sheets) if node.get("name") == name)
    for relation in list(package.relations(workbook)):
        if relation.target == part:
            package.unrelate(workbook, relation.id)
    for relation in list(package.relations(part)):  # what Excel put beside it: printer settings, for instance
        package.remove(relation.target)
    package.remove(part)
    place(book, "sheets", WORKBOOK_ORDER).remove(sheets[gone])
    _renumber(book, {position: position - (position > gone) for position in range(len(sheets)) if position != gone})
    _show_first(book)


def _renumber(book: Node, positions: Mapping[int, int]) -> None:
    """Names that belong to a sheet follow it; those of a sheet that is gone go too."""
    names = child(book, "definedNames")
    for node in [] if names is None else list(names):
        number = node.get("localSheetId")
        if number is None:
            continue
        if int(number) in positions:
            node.set("localSheetId", str(positions[int(number)]))
        else:
            node.getparent().remove(node)
    if names is not None and not len(names):
        book.remove(names)


def _show_first(book: Node) -> None:
    for view in children(place(book, "bookViews", WORKBOOK_ORDER), "workbookView"):
        view.set("activeTab", "0")
        view.attrib.pop("firstSheet", None)
    views = child(book, "bookViews")
    if views is not None and not len(views):
        append(views, "workbookView", activeTab="0")


def define_name(package: Package, name: str, text: str, sheet: int | None = None) -> None:
    """A hidden name, or one of a sheet (by its number from 0)."""
    book = package.edit(find_workbook(package))
    node = append(place(book, "definedNames", WORKBOOK_ORDER), "definedName", name=name)
    node.set(*(("hidden", "1") if sheet is None else ("localSheetId", str(sheet))))
    node.text = text


def read_name(package: Package, name: str) -> str | None:
    """What a name of the whole workbook stands for."""
    names = child(package.read(find_workbook(package)), "definedNames")
    for node in [] if names is None else names:
        if node.get("name") == name and node.get("localSheetId") is None:
            return str(node.text or "")
    return None


def remove_name(package: Package, name: str) -> None:
    """A name of the whole workbook taken out."""
    book = package.edit(find_workbook(package))
    names = child(book, "definedNames")
    for node in [] if names is None else list(names):
        if node.get("name") == name and node.get("localSheetId") is None:
            node.getparent().remove(node)
    if names is not None and not len(names):
        book.remove(names)


def unselect_sheets(package: Package) -> None:
    """No sheet is selected. Why: Excel types into all selected sheets at once."""
    for part in list_sheets(package).values():
        views = child(package.read(part), "sheetViews")
        for view in [] if views is None else views:
            if isinstance(view, etree._Element) and view.get("tabSelected") in ("1", "true"):
                package.edit(part)
                del view.attrib["tabSelected"]
