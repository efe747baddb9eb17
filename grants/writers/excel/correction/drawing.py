"""The boxes of comments: old drawings (VML), patched as text, because Excel's own are not always well formed."""

from __future__ import annotations

import re

from grants.writers.excel.correction.cells import Address

_EMPTY = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel">'
    '<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>'
)
_KIND = (
    '<v:shapetype xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE = re.compile(
    r"<(?P<prefix>[\w.-]+:)?shape(?=[\s>]).*?</(?P=prefix)shape\s*>|<shape(?=[\s>]).*?</shape\s*>", re.S
)
_NUMBER = re.compile(r"_x0000_s([0-9]+)")
_END = re.compile(r"</(?:[\w.-]+:)?xml\s*>\s*$")
_NOTE = re.compile(r"""ObjectType\s*=\s*["']Note["']""")
_CELL = re.compile(r"<(?:[\w.-]+:)?(Row|Column)\s*>\s*([0-9]+)\s*<")
_TALLEST = 12


def make_drawing() -> str:
    """A drawing without boxes."""
    return _EMPTY


def add_box(drawing: str, address: Address, lines: int) -> str:
    """The drawing with a hidden box for the comment of a cell, where it has none."""
    if any(_find_cell(shape[0]) == address for shape in _SHAPE.finditer(drawing)):
        return drawing
    number = max([1024, *(int(found) for found in _NUMBER.findall(drawing))]) + 1
    kind = "" if 'id="_x0000_t202"' in drawing else _KIND
    return _END.sub("", drawing) + kind + _make_box(number, address, min(max(lines, 3), _TALLEST)) + "</xml>"


def _make_box(number: int, address: Address, lines: int) -> str:
    row, column = address.row - 1, address.column - 1
    anchor = f"{column + 1}, 12, {max(row - 1, 0)}, 8, {column + 5}, 12, {max(row - 1, 0) + lines}, 8"
    return (
        '<v:shape xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
        f'xmlns:x="urn:schemas-microsoft-com:office:excel" id="_x0000_s{number}" type="#_x0000_t202" '
        f'style="position:absolute;margin-left:60pt;margin-top:2pt;width:260pt;height:{lines * 15}pt;z-index:{number};'
        'visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
        '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        f'<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>'
        f"<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
    )


def remove_box(drawing: str, address: Address) -> str:
    """The drawing without the box of a cell's comment."""
    return _SHAPE.sub(lambda match: "" if _find_cell(match[0]) == address else match[0], drawing)


def has_shapes(drawing: str) -> bool:
    """Whether anything is drawn."""
    return _SHAPE.search(drawing) is not None


def _find_cell(shape: str) -> Address | None:
    if not _NOTE.search(shape):
        return None
    numbers = {name: int(number) for name, number in _CELL.findall(shape)}
    return Address(numbers["Row"] + 1, numbers["Column"] + 1) if len(numbers) == 2 else None
