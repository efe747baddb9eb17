"""WordprocessingML as text, its elements in the order that Word insists on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
BESIDE_FIGURE = '<w:ind w:left="113"/>'
"""Room before a text on the right of a figure, which ends where the text begins; w:ind stands before w:jc."""
_CONTROLS = bytes(set(range(32)) - {9, 10, 13})
_NONCHARACTERS = ("\ufffe".encode(), "\uffff".encode())
_NEEDS_CARE = re.compile('[&<>"\t\n\r\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]')


def encode(xml: str) -> bytes:
    """A part's bytes, without the characters that XML cannot hold, wherever they came from."""
    data = xml.encode("utf-8", "ignore").translate(None, _CONTROLS)
    for sign in _NONCHARACTERS:
        if sign in data:
            data = data.replace(sign, b"")
    return data


def escape(text: str) -> str:
    """Text as XML: safe between tags and inside attributes; what XML cannot hold is left out."""
    if not _NEEDS_CARE.search(text):
        return text
    text = NOT_XML.sub("", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def run(text: str, properties: str = "") -> str:
    """A run of text; a tab and a new line become Word's own."""
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    content = f'<w:t xml:space="preserve">{escape(text)}</w:t>'
    if "\t" in text or "\n" in text:
        content = content.replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
        content = content.replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
    return f"<w:r>{look}{content}</w:r>"


def paragraph(content: str, style: str | None = None, properties: str = "") -> str:
    """A paragraph; `properties` are what follows the style in w:pPr."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    look = f"<w:pPr>{named}{properties}</w:pPr>" if named or properties else ""
    return f"<w:p>{look}{content}</w:p>"


def field(instruction: str, result: str, properties: str = "") -> str:
    """A field with the result that is shown until Word updates it."""
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return (
        f'<w:r>{look}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r>{look}<w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
        f'<w:r>{look}<w:fldChar w:fldCharType="separate"/></w:r>'
        f"{run(result, properties)}"
        f'<w:r>{look}<w:fldChar w:fldCharType="end"/></w:r>'
    )


def cell(content: str, width: int, span: int = 1, properties: str = "") -> str:
    """A cell of a table; `content` is whole paragraphs, `properties` are what follows the span in w:tcPr."""
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spanned}{properties}</w:tcPr>{content}</w:tc>'


def row(cells: Iterable[str], header: bool = False) -> str:
    """A row that no page break divides; a header row is repeated on every page."""
    repeated = "<w:tblHeader/>" if header else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{''.join(cells)}</w:tr>"


def table(
    rows: Iterable[str], widths: Sequence[int], style: str | None, look: str = "04A0", described: str = ""
) -> str:
    """A table of fixed widths (in twentieths of a point). `look` says which of its style's bands apply."""
    named = f'<w:tblStyle w:val="{style}"/>' if style else ""
    alternative = f'<w:tblCaption w:val="{escape(described)}"/>' if described else ""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr>{named}<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="{look}"/>{alternative}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )
