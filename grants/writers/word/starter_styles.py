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


def _headings() -> Iterator[str]:
    looks = (
        (16, 400, 180, '<w:pBdr><w:bottom w:val="single" w:sz="8" w:space="4" w:color="C07A2C" w:themeColor="accent2"/></w:pBdr>', ""),
        (12.5, 300, 100, "", ""),
        (10.5, 220, 80, "", ""),
        (10, 160, 60, "", _ITALIC),
    )  # fmt: skip
    for level, (points, before, after, border, italic) in enumerate(looks):
        number = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'
        look = f"<w:keepNext/><w:keepLines/>{number}{border}<w:suppressAutoHyphens/>{_spacing(before, after, 240)}"
        look += f'<w:outlineLvl w:val="{level}"/>'
        letters = f"{_BOLD}{italic}{_COLOURED}{_size(points)}"
        yield _paragraph(f"heading {level + 1}", "Normal", look, letters, "BodyText")
    unnumbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'
    yield _paragraph("Front Heading", "Heading1", f'<w:pageBreakBefore/>{unnumbered}<w:ind w:left="0" w:firstLine="0"/>', "", "BodyText")  # fmt: skip
    yield _paragraph("Closing Heading", "Heading1", f'{unnumbered}<w:ind w:left="0" w:firstLine="0"/>', "", "BodyText")
    yield _paragraph("Activity Heading", "Heading3", f'{unnumbered}<w:ind w:left="0" w:firstLine="0"/>', "", "BodyText")
    border = '<w:pBdr><w:bottom w:val="single" w:sz="8" w:space="4" w:color="C07A2C" w:themeColor="accent2"/></w:pBdr>'
    yield _paragraph("TOC Heading", "Normal", f"<w:keepNext/><w:pageBreakBefore/>{border}{_spacing(0, 240, 240)}", f"{_BOLD}{_COLOURED}{_size(16)}")  # fmt: skip


def _cover() -> Iterator[str]:
    bar = '<w:pBdr><w:left w:val="single" w:sz="36" w:space="14" w:color="C07A2C" w:themeColor="accent2"/></w:pBdr>'
    yield _paragraph("Title", "Normal", f'{bar}{_spacing(0, 0, 240)}<w:ind w:left="340"/>', f"{_BOLD}{_COLOURED}{_size(28)}", "Subtitle")  # fmt: skip
    yield _paragraph("Subtitle", "Normal", f'{bar}{_spacing(0, 0, 264)}<w:ind w:left="340"/>', f"<w:color {GREY}/>{_size(13)}")  # fmt: skip
    yield _paragraph("Cover Donor", "Normal", _spacing(0, 20), f"{_BOLD}{_COLOURED}{_size(12)}")
    yield _paragraph("Cover Space", "Normal", _spacing(2400, 0))
    yield _paragraph("Section End", "Normal", _spacing(0, 0, 20, "exact"), _size(1))
    yield _paragraph("Cover Text", "Normal", _spacing(0, 20), _size(10))
    box = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="6" w:color="{_RULE}"/>' for side in ("top", "left", "bottom", "right"))  # fmt: skip
    yield _paragraph("Notice", "Normal", f'<w:pBdr>{box}</w:pBdr>{PALE}{_spacing(480, 0, 252)}<w:ind w:left="142" w:right="142"/>', _size(9))  # fmt: skip


def _texts() -> Iterator[str]:
    yield _paragraph("Body Text", "Normal")
    quote = '<w:pBdr><w:left w:val="single" w:sz="18" w:space="10" w:color="C07A2C" w:themeColor="accent2"/></w:pBdr>'
    yield _paragraph("Quote", "BodyText", f'{quote}{_spacing(120, 160)}<w:ind w:left="454" w:right="454"/>', _ITALIC)
    yield _paragraph("caption", "Normal", f"<w:keepNext/><w:keepLines/>{_spacing(200, 80, 240)}", f"{_BOLD}{_COLOURED}{_size(9)}")  # fmt: skip
    yield _paragraph("Figure", "Normal", f'<w:keepNext/>{_spacing(60, 0, 240)}<w:jc w:val="center"/>')
    yield _paragraph("Figure Caption", "Caption", f'<w:keepNext w:val="0"/>{_spacing(40, 200, 240)}')
    yield _paragraph("Note", "Normal", _spacing(80, 160, 240), f"<w:color {GREY}/>{_size(8.5)}")
    yield _paragraph("footnote text", "Normal", f'{_spacing(0, 40, 240)}<w:ind w:left="227" w:hanging="227"/>', _size(8.5))  # fmt: skip
    yield _paragraph("header", "Normal", f'<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="4" w:color="{_RULE}"/></w:pBdr><w:tabs><w:tab w:val="right" w:pos="{PORTRAIT}"/></w:tabs>{_spacing(0, 0, 240)}', f"<w:color {GREY}/>{_size(8)}")  # fmt: skip
    yield _paragraph("footer", "Normal", f'<w:tabs><w:tab w:val="right" w:pos="{PORTRAIT}"/></w:tabs>{_spacing(0, 0, 240)}', f"<w:color {GREY}/>{_size(8)}")  # fmt: skip
    dots = f'<w:tab w:val="right" w:leader="dot" w:pos="{PORTRAIT}"/>'
    yield _paragraph("toc 1", "Normal", f'<w:tabs><w:tab w:val="left" w:pos="454"/>{dots}</w:tabs>{_spacing(120, 40, 240)}<w:ind w:right="567"/>', _BOLD)  # fmt: skip
    yield _paragraph("toc 2", "Normal", f'<w:tabs><w:tab w:val="left" w:pos="1077"/>{dots}</w:tabs>{_spacing(0, 30, 240)}<w:ind w:left="1077" w:right="567" w:hanging="623"/>', _size(9.5))  # fmt: skip


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
    yield _paragraph("Table Text", "Normal", _spacing(30, 30, 240), _size(9))
    yield _paragraph("Table Figures", "TableText", '<w:jc w:val="right"/>')
    yield _paragraph("Table Heading", "TableText", "<w:keepNext/><w:suppressAutoHyphens/>", _BOLD)
    yield _paragraph("Table Heading Figures", "TableHeading", '<w:jc w:val="right"/>')
    yield _paragraph("Table Group", "TableText", "<w:keepNext/>", f"{_BOLD}{_COLOURED}")
    yield _paragraph("Table Group Figures", "TableGroup", '<w:jc w:val="right"/>')
    yield _paragraph("Table Total", "TableText", "", _BOLD)
    yield _paragraph("Table Total Figures", "TableTotal", '<w:jc w:val="right"/>')
    yield _paragraph("Table Small", "TableText", _spacing(20, 20, 240), _size(8))
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
    lines = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{_RULE}"/>' for side in ("top", "bottom", "insideH"))  # fmt: skip
    margins = (
        '<w:tblCellMar><w:top w:w="20" w:type="dxa"/><w:left w:w="85" w:type="dxa"/><w:bottom w:w="20" w:type="dxa"/>'
        '<w:right w:w="85" w:type="dxa"/></w:tblCellMar>'
    )
    whole = f"<w:tblPr><w:tblBorders>{lines}</w:tblBorders>{margins}</w:tblPr>"
    head = (
        '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:bCs/><w:color w:val="FFFFFF" w:themeColor="background1"/></w:rPr>'
        '<w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="1F3A5F" w:themeFill="accent1"/><w:vAlign w:val="bottom"/>'
        "</w:tcPr></w:tblStylePr>"
    )
    keys = f'<w:tblStylePr w:type="firstCol"><w:rPr><w:b/><w:bCs/></w:rPr><w:tcPr>{PALE}</w:tcPr></w:tblStylePr>'
    yield _style("table", "DataTable", "Data Table", "TableNormal", whole + head)
    yield _style("table", "KeyTable", "Key Table", "TableNormal", whole + keys)


def write_styles(language: str) -> str:
    """styles.xml."""
    tag = LOCALES[language].replace("_", "-")
    defaults = (
        "<w:docDefaults><w:rPrDefault><w:rPr>"
        '<w:rFonts w:asciiTheme="minorHAnsi" w:eastAsiaTheme="minorEastAsia" w:hAnsiTheme="minorHAnsi" w:cstheme="minorBidi"/>'
        f'{_size(10)}<w:lang w:val="{tag}" w:eastAsia="en-US" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        f"<w:pPrDefault><w:pPr>{_spacing(0, 130, 269)}</w:pPr></w:pPrDefault></w:docDefaults>"
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
    groups = (_texts(), _headings(), _cover(), _lists(), _cells(), _letters(), _tables())
    return f"{DECLARATION}<w:styles {W}>{defaults}{base}{''.join(style for group in groups for style in group)}</w:styles>"


def _level(level: int, form: str, text: str, left: int, hanging: int, style: str, letters: str = "") -> str:
    look = f"<w:rPr>{letters}</w:rPr>" if letters else ""
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:pStyle w:val="{style}"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr>'
        f"{look}</w:lvl>"
    )


def write_numbering() -> str:
    """numbering.xml: headings, bullets, numbers."""
    bullet = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:cs="{FONT}" w:hint="default"/><w:color {BLUE}/>'
    headings = [
        _level(n, "decimal", ".".join(f"%{k}" for k in range(1, n + 2)), left, left, f"Heading{n + 1}")
        for n, left in enumerate((567, 567, 737, 907))
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
        f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>{"".join(levels)}</w:abstractNum>'
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
        + f"</a:effectStyleLst><a:bgFillStyleLst>{solid * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )
