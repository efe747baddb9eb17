"""The fixed parts of a first template: settings, notes, headers, footers, and the package around them."""

from __future__ import annotations

from collections.abc import Mapping

from grants.views.figures import LOCALES
from grants.writers.word.package import CONTENT_TYPES, pack, write_entries
from grants.writers.word.starter_styles import (
    DECLARATION,
    FONT,
    LANDSCAPE,
    PORTRAIT,
    W,
    write_numbering,
    write_styles,
    write_theme,
)
from grants.writers.word.wml import escape, field, paragraph, run

R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_LONG_SIDE, _SHORT_SIDE, _MARGIN = 16838, 11906, 1247
"""A4, and 2.2 cm."""
_PARTS = {
    "document": (f"{_TYPE}.document.main+xml", "officeDocument"),
    "styles": (f"{_TYPE}.styles+xml", "styles"),
    "numbering": (f"{_TYPE}.numbering+xml", "numbering"),
    "settings": (f"{_TYPE}.settings+xml", "settings"),
    "fontTable": (f"{_TYPE}.fontTable+xml", "fontTable"),
    "footnotes": (f"{_TYPE}.footnotes+xml", "footnotes"),
    "theme/theme1": ("application/vnd.openxmlformats-officedocument.theme+xml", "theme"),
    "header1": (f"{_TYPE}.header+xml", "header"),
    "header2": (f"{_TYPE}.header+xml", "header"),
    "header3": (f"{_TYPE}.header+xml", "header"),
    "footer1": (f"{_TYPE}.footer+xml", "footer"),
    "footer2": (f"{_TYPE}.footer+xml", "footer"),
    "footer3": (f"{_TYPE}.footer+xml", "footer"),
}
_IDS = {name: f"rId{number}" for number, name in enumerate(_PARTS, 1)}
_FIRST, _UPRIGHT, _WIDE = 1, 2, 3
"""Numbers of the headers and footers: of the cover, of upright pages, of wide pages."""


def write_section(wide: bool = False, cover: bool = False) -> str:
    """The end of a section: its page, its header and its footer."""
    number = _WIDE if wide else _UPRIGHT
    references = "".join(
        f'<w:{kind}Reference w:type="default" r:id="{_IDS[f"{kind}{number}"]}"/>' for kind in ("header", "footer")
    )
    if cover:
        references += "".join(
            f'<w:{kind}Reference w:type="first" r:id="{_IDS[f"{kind}{_FIRST}"]}"/>' for kind in ("header", "footer")
        )
    size = (
        f'<w:pgSz w:w="{_LONG_SIDE}" w:h="{_SHORT_SIDE}" w:orient="landscape"/>'
        if wide
        else f'<w:pgSz w:w="{_SHORT_SIDE}" w:h="{_LONG_SIDE}"/>'
    )
    margins = " ".join(f'w:{side}="{_MARGIN}"' for side in ("top", "right", "bottom", "left"))
    return (
        f'<w:sectPr>{references}<w:type w:val="nextPage"/>{size}<w:pgMar {margins} w:header="624" w:footer="567"'
        f' w:gutter="0"/><w:cols w:space="708"/>{"<w:titlePg/>" if cover else ""}</w:sectPr>'
    )


def write_package(body: str, words: Mapping[str, str], language: str, title: str, *, margins: bool = True) -> bytes:
    """A template with that body; `words` has `page` and `of` for the footer, and perhaps `left`, what stands beside.

    Without `margins` header and footer stay empty.
    """
    header, footer = (_header, _footer) if margins else (_nothing, _nothing)
    texts = {
        "document": f"{DECLARATION}<w:document {W} {R}><w:body>{body}{write_section()}</w:body></w:document>",
        "styles": write_styles(language),
        "numbering": write_numbering(),
        "settings": _write_settings(language),
        "fontTable": _write_fonts(),
        "footnotes": _write_footnotes(),
        "theme/theme1": write_theme(),
        "header1": _write_margin("hdr", paragraph("", "Normal")),
        "header2": _write_margin("hdr", header(PORTRAIT, words)),
        "header3": _write_margin("hdr", header(LANDSCAPE, words)),
        "footer1": _write_margin("ftr", paragraph("", "Normal")),
        "footer2": _write_margin("ftr", footer(PORTRAIT, words)),
        "footer3": _write_margin("ftr", footer(LANDSCAPE, words)),
    }
    parts = {CONTENT_TYPES: _write_types(), "_rels/.rels": _write_package_relations()}
    parts["docProps/core.xml"] = _write_core(title)
    parts |= {f"word/{name}.xml": text for name, text in texts.items()}
    parts["word/_rels/document.xml.rels"] = _write_relations()
    return write_entries({name: pack(text.encode("utf-8")) for name, text in parts.items()})


def _write_margin(kind: str, content: str) -> str:
    return f"{DECLARATION}<w:{kind} {W} {R}>{content}</w:{kind}>"


def _tab(width: int) -> str:
    if width == PORTRAIT:
        return ""
    return f'<w:tabs><w:tab w:val="clear" w:pos="{PORTRAIT}"/><w:tab w:val="right" w:pos="{width}"/></w:tabs>'


def _nothing(_width: int, _words: Mapping[str, str]) -> str:
    return paragraph("", "Normal")


def _header(width: int, _words: Mapping[str, str]) -> str:
    words = run("{{ project.title }}") + "<w:r><w:tab/></w:r>" + run("{{ applicant.short_name }}")
    return paragraph(words, "Header", _tab(width))


def _footer(width: int, words: Mapping[str, str]) -> str:
    left = run(words.get("left", "{{ project.code }}, {{ project.date }}"))
    pages = f"{run(words['page'] + ' ')}{field('PAGE', '1')}{run(' ' + words['of'] + ' ')}{field('NUMPAGES', '1')}"
    return paragraph(f"{left}<w:r><w:tab/></w:r>{pages}", "Footer", _tab(width))


def _write_settings(language: str) -> str:
    tag = LOCALES[language].replace("_", "-")
    comma = language != "en"
    mapping = " ".join(
        f'w:{name}="{colour}"'
        for name, colour in (
            ("bg1", "light1"),
            ("t1", "dark1"),
            ("bg2", "light2"),
            ("t2", "dark2"),
            *((f"accent{number}", f"accent{number}") for number in range(1, 7)),
            ("hyperlink", "hyperlink"),
            ("followedHyperlink", "followedHyperlink"),
        )
    )
    compatible = (
        '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"'
        ' w:val="15"/></w:compat>'
    )
    return (
        f'{DECLARATION}<w:settings {W}><w:zoom w:percent="100"/><w:removePersonalInformation/>'
        '<w:defaultTabStop w:val="567"/><w:characterSpacingControl w:val="doNotCompress"/><w:footnotePr>'
        f'<w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>{compatible}'
        f'<w:themeFontLang w:val="{tag}"/><w:clrSchemeMapping {mapping}/>'
        f'<w:decimalSymbol w:val="{"," if comma else "."}"/><w:listSeparator w:val="{";" if comma else ","}"/>'
        "</w:settings>"
    )


def _write_fonts() -> str:
    return (
        f'{DECLARATION}<w:fonts {W}><w:font w:name="{FONT}"><w:panose1 w:val="020B0604020202020204"/>'
        '<w:charset w:val="A1"/><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font></w:fonts>'
    )


def _write_footnotes() -> str:
    line = '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
    notes = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:pPr>{line}</w:pPr><w:r><w:{kind}/></w:r></w:p>'
        "</w:footnote>"
        for number, kind in ((-1, "separator"), (0, "continuationSeparator"))
    )
    return f"{DECLARATION}<w:footnotes {W} {R}>{notes}</w:footnotes>"


def _write_core(title: str) -> str:
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escape(title)}</dc:title></cp:coreProperties>'
    )


def _write_types() -> str:
    lines = [f'<Override PartName="/word/{name}.xml" ContentType="{kind}"/>' for name, (kind, _) in _PARTS.items()]
    core = "application/vnd.openxmlformats-package.core-properties+xml"
    return (
        f'{DECLARATION}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{"".join(lines)}'
        f'<Override PartName="/docProps/core.xml" ContentType="{core}"/></Types>'
    )


def _write_relations() -> str:
    lines = [
        f'<Relationship Id="{_IDS[name]}" Type="{_OFFICE}/{kind}" Target="{name}.xml"/>'
        for name, (_, kind) in _PARTS.items()
        if name != "document"
    ]
    return f'{DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{"".join(lines)}</Relationships>'


def _write_package_relations() -> str:
    return (
        f'{DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
        "</Relationships>"
    )
