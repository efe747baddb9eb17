"""Names of SpreadsheetML: namespaces in both dialects, kinds of relationships and parts, and where elements stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from lxml import etree

Node: TypeAlias = etree._Element

STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_OFFICE_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"

_KINDS = "application/vnd.openxmlformats-officedocument.spreadsheetml."
SHEET_KIND = f"{_KINDS}worksheet+xml"
COMMENTS_KIND = f"{_KINDS}comments+xml"
STYLES_KIND = f"{_KINDS}styles+xml"
DRAWING_KIND = "application/vnd.openxmlformats-officedocument.vmlDrawing"

_WORKSHEET = """
sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges
scenarios autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting
dataValidations hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks
customProperties cellWatches ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF picture oleObjects
controls webPublishItems tableParts extLst
"""
_WORKBOOK = """
fileVersion fileSharing workbookPr AlternateContent workbookProtection bookViews sheets functionGroups
externalReferences definedNames calcPr oleSize customWorkbookViews pivotCaches smartTagPr smartTagTypes
webPublishing fileRecoveryPr webPublishObjects extLst
"""
_STYLES = """
numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs tableStyles colors extLst
"""
WORKSHEET_ORDER = tuple(_WORKSHEET.split())
WORKBOOK_ORDER = tuple(_WORKBOOK.split())
STYLES_ORDER = tuple(_STYLES.split())
"""Order of the elements in a part, as the schema (ECMA-376) wants it: Excel repairs a file that differs."""


def namespace(node: Node) -> str:
    """The namespace of an element, {..} included."""
    return str(node.tag).rpartition("}")[0] + "}"


def local(node: Node) -> str:
    """The name of an element without its namespace; nothing for a comment."""
    return str(node.tag).rpartition("}")[2] if isinstance(node.tag, str) else ""


def relation_kind(root: Node, kind: str) -> str:
    """`comments` as a relationship of the document's dialect."""
    return f"{_OFFICE_STRICT if STRICT in str(root.tag) else _OFFICE}/{kind}"


def relation_id(root: Node) -> str:
    """The name of the attribute r:id."""
    return f"{{{_OFFICE_STRICT if STRICT in str(root.tag) else _OFFICE}}}id"


def child(parent: Node, name: str) -> Node | None:
    """The first child of that name in the parent's namespace."""
    return parent.find(f"{namespace(parent)}{name}")


def children(parent: Node, name: str) -> list[Node]:
    """All children of that name in the parent's namespace."""
    return list(parent.findall(f"{namespace(parent)}{name}"))


def append(parent: Node, name: str, /, **attributes: str) -> Node:
    """A new last child in the parent's namespace."""
    return etree.SubElement(parent, f"{namespace(parent)}{name}", attributes)


def place(parent: Node, name: str, order: Sequence[str]) -> Node:
    """The child of that name; a new one where the schema wants it, if there is none."""
    found = child(parent, name)
    if found is not None:
        return found
    later = set(order[order.index(name) + 1 :])
    new = etree.Element(f"{namespace(parent)}{name}")
    following = next((node for node in parent if local(node) in later), None)
    if following is None:
        parent.append(new)
    else:
        following.addprevious(new)
    return new
