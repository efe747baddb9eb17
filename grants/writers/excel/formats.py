"""What a look is in Excel: fonts, colours, borders, number formats, and whether a cell is locked.

A format is made once for each look and shared by all its cells. Colours mean something: yellow is to be filled in,
white is calculated, blue adds up, green is right, red is to be looked at. The dark blue and the accent are those of
the proposal in Word.
"""

from __future__ import annotations

from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from grants.views.workbook import FONT_SIZES, CellKind, Effect, Look, Role

FONT = "Arial"
PRIMARY = "#1F3864"
ACCENT = "#C55A11"
INPUT = "#FFF8E1"
_LINE = "#BFC7D5"
_PALE = "#DCE4F2"
_BAND = "#EDF1F8"
_GREY = "#5F6B7A"
_GREEN, _GREEN_PALE = "#1E6B2E", "#DFF2E1"
_RED, _RED_PALE = "#9C0006", "#FFC7CE"
BARS = {
    "planned": "#8EA9DB",
    "ongoing": "#2F5597",
    "done": "#70AD47",
    "delayed": "#ED7D31",
    "cancelled": "#BFBFBF",
}
"""Status of an activity -> colour of its bar."""
CHART_COLOURS = (PRIMARY, ACCENT, "#8EA9DB", "#A9A9A9", "#548235", "#7F6000", "#5B2C6F")

Properties = dict[str, Any]
_BOX: Properties = {"border": 1, "border_color": _LINE}
_OPEN: Properties = {"locked": False}
_ROLES: dict[Role, Properties] = {
    "title": {"bold": True, "font_color": PRIMARY},
    "subtitle": {"font_color": _GREY},
    "notice": {
        "italic": True,
        "font_color": ACCENT,
        "bg_color": "#FDF1E7",
        "left": 5,
        "left_color": ACCENT,
        "indent": 1,
    },
    "section": {"bold": True, "font_color": PRIMARY, "bottom": 2, "bottom_color": PRIMARY},
    "header": {"bold": True, "font_color": "#FFFFFF", "bg_color": PRIMARY, "border": 1, "border_color": "#FFFFFF"},
    "header-group": {
        "bold": True,
        "font_color": "#FFFFFF",
        "bg_color": "#2F5597",
        "border": 1,
        "border_color": "#FFFFFF",
    },
    "band": {"bold": True, "font_color": PRIMARY, "bg_color": _PALE, **_BOX},
    "plain": _BOX,
    "strong": {"bold": True, **_BOX},
    "input": {"bg_color": INPUT, **_OPEN, **_BOX},
    "spare": {"bg_color": INPUT, **_OPEN, **_BOX},
    "spare-result": _BOX,
    "result": _BOX,
    "subtotal": {"bold": True, "bg_color": _BAND, **_BOX},
    "total": {"bold": True, "font_color": "#FFFFFF", "bg_color": PRIMARY, **_BOX},
    "check": {"bold": True, "align": "center", **_BOX},
    "note": {"italic": True, "font_color": _GREY, "border": 4, "border_color": _LINE, **_OPEN},
    "quiet": {"italic": True, "font_color": _GREY},
    "field": {"font_color": _GREY, "indent": 1, "bottom": 1, "bottom_color": _LINE},
    "fact": {"bottom": 1, "bottom_color": _LINE},
    "month": {"font_color": PRIMARY, "border": 1, "border_color": "#E3E7EF"},
    "swatch-input": {"bg_color": INPUT, **_BOX},
    "swatch-note": {"italic": True, "font_color": _GREY, "border": 4, "border_color": _LINE},
    "swatch-planned": {"bg_color": BARS["planned"], **_BOX},
    "swatch-ongoing": {"bg_color": BARS["ongoing"], **_BOX},
    "swatch-done": {"bg_color": BARS["done"], **_BOX},
    "swatch-delayed": {"bg_color": BARS["delayed"], **_BOX},
    "swatch-cancelled": {"bg_color": BARS["cancelled"], **_BOX},
    "swatch-ok": {"bold": True, "font_color": _GREEN, "bg_color": _GREEN_PALE, **_BOX},
    "swatch-wrong": {"bold": True, "font_color": _RED, "bg_color": _RED_PALE, **_BOX},
}
_GAP = "_ "
"""As wide as a space, between a figure and the border of its cell."""
_KINDS: dict[CellKind, Properties] = {
    "text": {"text_wrap": True},
    "centre": {"align": "center", "text_wrap": True},
    "number": {"num_format": f"#,##0{_GAP}"},
    "rate": {"num_format": f"#,##0.00##{_GAP}"},
    "exchange": {"num_format": f"#,##0.00####{_GAP}"},
    "money": {"num_format": f"#,##0.00{_GAP}"},
    "percent": {"num_format": f"0.00%{_GAP}"},
    "date": {"num_format": "dd/mm/yyyy", "align": "center"},
    "month": {"num_format": "mmm yyyy", "align": "center"},
    "month-name": {"num_format": "mmm", "align": "center"},
    "year": {"num_format": "0", "align": "center"},
}
_LOCALES = {"el": "[$-408]", "en": "[$-809]", "sr": "[$-241A]", "fr": "[$-40C]"}
"""Windows' number of a language: names of months, and in LibreOffice also the signs of numbers, are those of the
workbook's language, whoever opens it. Excel writes numbers as the computer is set, which nobody can prescribe."""
_EFFECTS: dict[Effect, Properties] = {
    "ok": {"font_color": _GREEN, "bg_color": _GREEN_PALE},
    "wrong": {"font_color": _RED, "bg_color": _RED_PALE},
    "faded": {"font_color": "#C9BD98"},
    "decimals": {"num_format": f"#,##0.00##{_GAP}"},
    "reached": {"bg_color": _GREEN_PALE},
    "planned": {"bg_color": BARS["planned"]},
    "ongoing": {"bg_color": BARS["ongoing"]},
    "done": {"bg_color": BARS["done"]},
    "delayed": {"bg_color": BARS["delayed"]},
    "cancelled": {"bg_color": BARS["cancelled"]},
}


class Formats:
    """The formats of one workbook."""

    def __init__(self, workbook: Workbook, language: str) -> None:
        self._workbook = workbook
        self._locale = _LOCALES.get(language, "")
        self._looks: dict[tuple[Look, bool], Format] = {}
        self._effects: dict[Effect, Format] = {}

    def look(self, look: Look, guarded: bool = False) -> Format:
        """The format of a look; `guarded`: its text stays a text even when somebody edits the cell."""
        if (look, guarded) not in self._looks:
            self._looks[look, guarded] = self._workbook.add_format(self._describe(look, guarded))
        return self._looks[look, guarded]

    @property
    def whole_number(self) -> str:
        """Number format of a figure without decimals."""
        return f"{self._locale}#,##0"

    def effect(self, effect: Effect) -> Format:
        """The format that a condition lays over a cell."""
        if effect not in self._effects:
            self._effects[effect] = self._workbook.add_format(_EFFECTS[effect])
        return self._effects[effect]

    def _describe(self, look: Look, guarded: bool) -> Properties:
        role, kind = look
        size = FONT_SIZES.get(role, 10)
        properties: Properties = {"font_name": FONT, "font_size": size, "font_scheme": "none", "valign": "vcenter"}
        properties |= {**_KINDS[kind], **_ROLES[role]}
        if "num_format" in properties:
            properties["num_format"] = self._locale + properties["num_format"]
        if role == "spare-result" and "num_format" in properties:  # nothing, rather than 0.00, in a row not yet used
            number = properties["num_format"]
            properties["num_format"] = f"{number};-{number};;@"
        if (role == "spare" and kind == "text") or (role in ("spare", "input") and kind == "centre"):
            properties["num_format"] = "@"  # a code typed as 1.10 stays 1.10, and is no date
        return properties | ({"quote_prefix": True} if guarded else {})
