"""The looks of a first template: styles, numberings and theme. A manager restyles all of it in Word."""

from __future__ import annotations

from collections.abc import Iterator

from grants.views.figures import LOCALES

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
FONT = "Arial"
"""On every machine, with Greek and Cyrillic; LibreOffice's Liberation Sans has the same widths."""
COLOURS = {
    "dk1": "1F2328",
    "lt1": "FFFFFF",
    "dk2": "1F3A5F",
    "lt2": "EDF1F6",
    "accent1": "1F3A5F",
    "accent2": "C07A2C",
    "accent3": "6F92BC",
    "accent4": "8B929C",
    "accent5": "3F7380",
    "accent6": "B3C2D6",
    "hlink": "1F5AA6",
    "folHlink": "6B4C8A",
}
BLUE = 'w:val="1F3A5F" w:themeColor="accent1"'
GREY = 'w:val="6A717B"'
PALE = '<w:shd w:val="clear" w:color="auto" w:fill="EDF1F6" w:themeFill="background2"/>'
_RULE = "D3D9E1"
PORTRAIT, LANDSCAPE = 9412, 14344
"""Width between margins of 2.2 cm, in twentieths of a point."""


def _style(kind: str, style_id: str, name: str, base: str, rest: str, extra: str = "") -> str:
    """A style; `extra` stands between name and looks (next style, priority), `rest` are its looks."""
    custom = "" if name[0].islower() or name in _BUILT_IN else ' w:customStyle="1"'
    based = f'<w:basedOn w:val="{base}"/>' if base else ""
    return (
        f'<w:style w:type="{kind}"{custom} w:styleId="{style_id}"><w:name w:val="{name}"/>{based}{extra}'
        f"<w:qFormat/>{rest}</w:style>"
    )


_BUILT_IN = (
    "Normal", "Body Text", "Title", "Subtitle", "List Bullet", "List Bullet 2", "List Bullet 3", "List Number",
    "List Number 2", "List Number 3", "List Continue", "List Continue 2", "List Continue 3", "Quote", "Hyperlink",
    "Strong", "Emphasis", "TOC Heading", "Table Grid", "Normal Table",
)  # fmt: skip


def _paragraph(name: str, base: str, look: str = "", letters: str = "", following: str = "") -> str:
    """A paragraph style. Its id is its name without spaces, as Word makes it."""
    extra = f'<w:next w:val="{following}"/>' if following else ""
    properties = (f"<w:pPr>{look}</w:pPr>" if look else "") + (f"<w:rPr>{letters}</w:rPr>" if letters else "")
    return _style("paragraph", style_id(name), name, base, properties, extra)


def style_id(name: str) -> str:
    """heading 1 -> Heading1, Table Text -> TableText."""
    return "".join(word[0].upper() + word[1:] for word in name.split())


def _size(points: float) -> str:
    return f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'


def _spacing(before: int, after: int, line: int = 0, rule: str = "auto") -> str:
    lines = f' w:line="{line}" w:lineRule="{rule}"' if line else ""
    return f'<w:spacing w:before="{before}" w:after="{after}"{lines}/>'


_BOLD = "<w:b/><w:bCs/>"
_ITALIC = "<w:i/><w:iCs/>"
_COLOURED = f"<w:color {BLUE}/>"


def _line(side: str, size: int, space: int, accent: bool = True) -> str:
    """A border of a paragraph: in the accent colour, or a grey rule."""
    colour = 'w:color="C07A2C" w:themeColor="accent2"' if accent else f'w:color="{_RULE}"'
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="{space}" {colour}/>'


def _borders(*lines: str) -> str:
    return f"<w:pBdr>{''.join(lines)}</w:pBdr>"


def _tabs(*tabs: tuple[str, int, str]) -> str:
    """Tab stops: kind, place, what fills the gap before it."""
    stops = (f'<w:tab w:val="{kind}" w:leader="{leader or "none"}" w:pos="{place}"/>' for kind, place, leader in tabs)
    return f"<w:tabs>{''.join(stops)}</w:tabs>"


_UNNUMBERED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'
_AT_MARGIN = '<w:ind w:left="0" w:firstLine="0"/>'


def _headings() -> Iterator[str]:
    below = _borders(_line("bottom", 8, 4))
    looks = ((15, 340, 140, below, ""), (12, 240, 80, "", ""), (10, 180, 60, "", ""), (9.5, 140, 40, "", _ITALIC))
    for level, (points, before, after, border, italic) in enumerate(looks):
        number = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'
        look = f"<w:keepNext/><w:keepLines/>{number}{border}<w:suppressAutoHyphens/>{_spacing(before, after, 240)}"
        look += f'<w:outlineLvl w:val="{level}"/>'
        letters = f"{_BOLD}{italic}{_COLOURED}{_size(points)}"
        yield _paragraph(f"heading {level + 1}", "Normal", look, letters, "BodyText")
    top = _spacing(0, 140, 240)
    for name, base, look in (
        ("New Page Heading", "Heading1", f"<w:pageBreakBefore/>{top}"),
        ("Front Heading", "Heading1", f"<w:pageBreakBefore/>{_UNNUMBERED}{top}{_AT_MARGIN}"),
        ("Closing Heading", "Heading1", f"{_UNNUMBERED}{_AT_MARGIN}"),
        ("Activity Heading", "Heading3", f"{_UNNUMBERED}{_AT_MARGIN}"),
    ):
        yield _paragraph(name, base, look, "", "BodyText")
    look = f"<w:keepNext/><w:pageBreakBefore/>{below}{_spacing(0, 240, 240)}"
    yield _paragraph("TOC Heading", "Normal", look, f"{_BOLD}{_COLOURED}{_size(16)}")


def _cover() -> Iterator[str]:
    bar = _borders(_line("left", 36, 14))
    indent = '<w:ind w:left="340"/>'
    title = f"{bar}{_spacing(60, 60, 240)}{indent}"
    yield _paragraph("Title", "Normal", title, f"{_BOLD}{_COLOURED}{_size(28)}", "Subtitle")
    yield _paragraph("Subtitle", "Normal", f"{bar}{_spacing(0, 0, 264)}{indent}", f"<w:color {GREY}/>{_size(13)}")
    yield _paragraph("Cover Donor", "Normal", _spacing(0, 20), f"{_BOLD}{_COLOURED}{_size(11)}")
    yield _paragraph("Cover Space", "Normal", _spacing(2400, 0))
    yield _paragraph("Cover Text", "Normal", _spacing(0, 20), _size(10))
    box = _borders(*(_line(side, 4, 6, accent=False) for side in ("top", "left", "bottom", "right")))
    look = f'{box}{PALE}{_spacing(480, 0, 252)}<w:ind w:left="142" w:right="142"/>'
    yield _paragraph("Notice", "Normal", look, _size(9))
    yield _paragraph("Section End", "Normal", _spacing(0, 0, 20, "exact"), _size(1))


def _texts() -> Iterator[str]:
    yield _paragraph("Body Text", "Normal")
    quote = f'{_borders(_line("left", 18, 10))}{_spacing(120, 160)}<w:ind w:left="454" w:right="454"/>'
    yield _paragraph("Quote", "BodyText", quote, _ITALIC)
    caption = f"<w:keepNext/><w:keepLines/>{_spacing(160, 60, 240)}"
    yield _paragraph("caption", "Normal", caption, f"{_BOLD}{_COLOURED}{_size(8.5)}")
    yield _paragraph("Figure", "Normal", f'<w:keepNext/>{_spacing(60, 0, 240)}<w:jc w:val="center"/>')
    yield _paragraph("Figure Caption", "Caption", f'<w:keepNext w:val="0"/>{_spacing(40, 200, 240)}')
    yield _paragraph("Note", "Normal", _spacing(80, 160, 240), f"<w:color {GREY}/>{_size(8.5)}")
    note = f'{_spacing(0, 40, 240)}<w:ind w:left="227" w:hanging="227"/>'
    yield _paragraph("footnote text", "Normal", note, _size(8))


def _margins() -> Iterator[str]:
    letters = f"<w:color {GREY}/>{_size(8)}"
    look = f"{_tabs(('right', PORTRAIT, ''))}{_spacing(0, 0, 240)}"
    yield _paragraph("header", "Normal", f"{_borders(_line('bottom', 4, 4, accent=False))}{look}", letters)
    yield _paragraph("footer", "Normal", look, letters)
    page = ("right", PORTRAIT, "dot")
    first = f"{_tabs(('left', 454, ''), page)}{_spacing(70, 10, 240)}"
    yield _paragraph("toc 1", "Normal", first, _BOLD)
    second = f"{_tabs(('left', 1077, ''), page)}{_spacing(0, 10, 240)}"
    yield _paragraph("toc 2", "Normal", f'{second}<w:ind w:left="1077" w:hanging="623"/>', _size(9))


def _lists() -> Iterator[str]:
    for kind, number in (("Bullet", 2), ("Number", 3)):
        for level in range(3):
            name = f"List {kind}" + (f" {level + 1}" if level else "")
            place = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
            yield _paragraph(name, "Normal", f"{place}{_spacing(0, 60)}")
    for level in range(3):
        name = "List Continue" + (f" {level + 1}" if level else "")
        yield _paragraph(name, "Normal", f'{_spacing(0, 60)}<w:ind w:left="{340 * (level + 1)}"/>')


def _cells() -> Iterator[str]:
    yield _paragraph("Table Text", "Normal", _spacing(30, 30, 240), _size(8.5))
    yield _paragraph("Table Figures", "TableText", '<w:jc w:val="right"/>')
    yield _paragraph("Table Heading", "TableText", "<w:keepNext/><w:suppressAutoHyphens/>", _BOLD)
    yield _paragraph("Table Heading Figures", "TableHeading", '<w:jc w:val="right"/>')
    yield _paragraph("Table Group", "TableText", "<w:keepNext/>", f"{_BOLD}{_COLOURED}")
    yield _paragraph("Table Group Figures", "TableGroup", '<w:jc w:val="right"/>')
    yield _paragraph("Table Total", "TableText", "", _BOLD)
    yield _paragraph("Table Total Figures", "TableTotal", '<w:jc w:val="right"/>')
    yield _paragraph("Table Small", "TableText", _spacing(10, 10, 240), _size(7.5))
    yield _paragraph("Table Small Figures", "TableSmall", '<w:jc w:val="right"/>')
    yield _paragraph("Table End", "Normal", _spacing(0, 0, 120, "exact"), _size(4))


def _letters() -> Iterator[str]:
    for name, look in (
        ("Strong", _BOLD),
        ("Emphasis", _ITALIC),
        ("Hyperlink", '<w:color w:val="1F5AA6" w:themeColor="hyperlink"/><w:u w:val="single"/>'),
        ("footnote reference", '<w:vertAlign w:val="superscript"/>'),
    ):
        yield _style("character", style_id(name), name, "DefaultParagraphFont", f"<w:rPr>{look}</w:rPr>")


def _tables() -> Iterator[str]:
    sides = ("top", "bottom", "insideH")
    lines = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{_RULE}"/>' for side in sides)
    margins = "".join(
        f'<w:{side} w:w="{width}" w:type="dxa"/>'
        for side, width in (("top", 20), ("left", 85), ("bottom", 20), ("right", 85))
    )
    whole = f"<w:tblPr><w:tblBorders>{lines}</w:tblBorders><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>"
    white = '<w:rPr><w:b/><w:bCs/><w:color w:val="FFFFFF" w:themeColor="background1"/></w:rPr>'
    blue = '<w:shd w:val="clear" w:color="auto" w:fill="1F3A5F" w:themeFill="accent1"/>'
    head = f'<w:tcPr>{blue}<w:vAlign w:val="bottom"/></w:tcPr>'
    head = f'<w:tblStylePr w:type="firstRow">{white}{head}</w:tblStylePr>'
    keys = f'<w:tblStylePr w:type="firstCol"><w:rPr><w:b/><w:bCs/></w:rPr><w:tcPr>{PALE}</w:tcPr></w:tblStylePr>'
    yield _style("table", "DataTable", "Data Table", "TableNormal", whole + head)
    yield _style("table", "KeyTable", "Key Table", "TableNormal", whole + keys)


def write_styles(language: str) -> str:
    """styles.xml."""
    tag = LOCALES[language].replace("_", "-")
    defaults = (
        "<w:docDefaults><w:rPrDefault><w:rPr>"
        '<w:rFonts w:asciiTheme="minorHAnsi" w:eastAsiaTheme="minorEastAsia" w:hAnsiTheme="minorHAnsi"'
        ' w:cstheme="minorBidi"/>'
        f'{_size(9.5)}<w:lang w:val="{tag}" w:eastAsia="en-US" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        f"<w:pPrDefault><w:pPr>{_spacing(0, 90, 252)}</w:pPr></w:pPrDefault></w:docDefaults>"
    )
    base = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
    )
    groups = (_texts(), _margins(), _headings(), _cover(), _lists(), _cells(), _letters(), _tables())
    return (
        f"{DECLARATION}<w:styles {W}>{defaults}{base}{''.join(style for group in groups for style in group)}</w:styles>"
    )


def _level(level: int, form: str, text: str, left: int, hanging: int, style: str, letters: str = "") -> str:
    look = f"<w:rPr>{letters}</w:rPr>" if letters else ""
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:pStyle w:val="{style}"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr>{look}</w:lvl>'
    )


def write_numbering() -> str:
    """numbering.xml: headings, bullets, numbers."""
    bullet = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:cs="{FONT}" w:hint="default"/><w:color {BLUE}/>'
    headings = [
        _level(n, "decimal", ".".join(f"%{k}" for k in range(1, n + 2)), left, left, f"Heading{n + 1}")
        for n, left in enumerate((624, 624, 737, 907))
    ]
    bullets = [
        _level(n, "bullet", sign, 340 * (n + 1), 340, style_id("List Bullet" + (f" {n + 1}" if n else "")), bullet)
        for n, sign in enumerate(("•", "–", "•"))
    ]
    numbers = [
        _level(n, form, f"%{n + 1}{end}", 340 * (n + 1), 340, style_id("List Number" + (f" {n + 1}" if n else "")))
        for n, (form, end) in enumerate((("decimal", "."), ("lowerLetter", ")"), ("lowerRoman", ".")))
    ]
    forms = "".join(
        f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>'
        f"{''.join(levels)}</w:abstractNum>"
        for number, levels in enumerate((headings, bullets, numbers), 1)
    )
    used = "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in (1, 2, 3))
    return f"{DECLARATION}<w:numbering {W}>{forms}{used}</w:numbering>"


def write_theme() -> str:
    """theme1.xml: a sober dark blue and one accent."""
    colours = "".join(f'<a:{name}><a:srgbClr val="{colour}"/></a:{name}>' for name, colour in COLOURS.items())
    fonts = f'<a:latin typeface="{FONT}"/><a:ea typeface=""/><a:cs typeface="{FONT}"/>'
    solid = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    return (
        f'{DECLARATION}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Proposal">'
        f'<a:themeElements><a:clrScheme name="Proposal">{colours}</a:clrScheme><a:fontScheme name="Proposal">'
        f"<a:majorFont>{fonts}</a:majorFont><a:minorFont>{fonts}</a:minorFont></a:fontScheme>"
        f'<a:fmtScheme name="Proposal"><a:fillStyleLst>{solid * 3}</a:fillStyleLst><a:lnStyleLst>'
        + f'<a:ln w="6350">{solid}</a:ln>' * 3
        + "</a:lnStyleLst><a:effectStyleLst>"
        + "<a:effectStyle><a:effectLst/></a:effectStyle>" * 3
        + f"</a:effectStyleLst><a:bgFillStyleLst>{solid * 3}</a:bgFillStyleLst></a:fmtScheme>"
        + "</a:themeElements></a:theme>"
    )
