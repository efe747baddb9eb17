"""The small workbook behind a chart, so that its figures can be edited in Word.

Why by hand: it is one sheet of texts and numbers, made for every chart of every proposal; a library for workbooks
takes longer for it than the whole document takes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grants.views.blocks import Chart
from grants.writers.word.package import CONTENT_TYPES, Entry, pack, write_entries
from grants.writers.word.wml import encode, escape

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def _fixed() -> dict[str, Entry]:
    """The parts that are the same in every such workbook."""
    texts = {
        CONTENT_TYPES: f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font><sz val="10"/><name val="Arial"/></font>'
        '</fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill>'
        '<patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/>'
        "<diagonal/></border></borders>"
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        '<xf numFmtId="4" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
        '<xf numFmtId="17" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
    }
    return {name: pack((_DECLARATION + text).encode("utf-8")) for name, text in texts.items()}


_FIXED = _fixed()
_AMOUNT, _MONTH = 1, 2
"""Cell formats: 1,234.00 and Jan-08."""


def write_chart_workbook(chart: Chart) -> bytes:
    """Categories in column A, a series in each further column, their names in row 1."""
    rows = "".join(_rows(chart))
    sheet = (
        f'{_DECLARATION}<worksheet xmlns="{_MAIN}"><cols><col min="1" max="1" width="45" customWidth="1"/>'
        f'<col min="2" max="{len(chart.series) + 1}" width="20" customWidth="1"/></cols>'
        f"<sheetData>{rows}</sheetData></worksheet>"
    )
    return write_entries({**_FIXED, "xl/worksheets/sheet1.xml": pack(encode(sheet))})


def _rows(chart: Chart) -> Iterator[str]:
    yield _row(1, [_text(text) for text in (chart.category_name, *(series.name for series in chart.series))])
    for number, category in enumerate(chart.categories):
        cells = [_text(category)]
        for column, series in enumerate(chart.series):
            value = series.values[number]
            form = _MONTH if chart.kind in ("gantt", "progress") and column == 0 else _AMOUNT
            cells.append(("", "") if value is None else (f' s="{form}"', f"<v>{value:f}</v>"))
        yield _row(number + 2, cells)


def _text(text: str) -> tuple[str, str]:
    return ' t="inlineStr"', f"<is><t>{escape(text)}</t></is>"


def _row(number: int, cells: Sequence[tuple[str, str]]) -> str:
    written = "".join(
        f'<c r="{chr(ord("A") + column)}{number}"{form}>{content}</c>'
        for column, (form, content) in enumerate(cells)
        if content
    )
    return f'<row r="{number}">{written}</row>'
