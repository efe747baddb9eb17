"""Charts that are native to Word: horizontal bars and lines in the colours of the template's theme.

No picture: Word and LibreOffice draw them, and "Edit Data" opens the figures, which travel in a small workbook.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from grants.views.blocks import Chart, Scale, Series
from grants.writers.word.assembly import Assembly
from grants.writers.word.chart_workbook import write_chart_workbook
from grants.writers.word.wml import encode, escape

_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/package"
EMU = 635
"""English Metric Units in a twentieth of a point."""
_BAR = {"bars": 270_000, "pairs": 420_000, "gantt": 270_000, "progress": 125_000, "lines": 0}
_AROUND = {"bars": 900_000, "pairs": 900_000, "gantt": 950_000, "progress": 950_000, "lines": 3_000_000}
"""Height of a category with its gap, and of all the rest, in EMU."""
_GAP = {"bars": 45, "pairs": 55, "gantt": 45, "progress": 25}
_LINE_WIDTH = 28_575
"""2.25 points, in EMU."""
_TIMED = ("gantt", "progress")
"""Kinds whose first series only pushes bars."""
_GREY = '<a:schemeClr val="bg1"><a:lumMod val="85000"/></a:schemeClr>'
_TEXT = (
    '<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{size}"><a:solidFill><a:schemeClr val="tx1"/>'
    '</a:solidFill><a:latin typeface="+mn-lt"/></a:defRPr></a:pPr><a:endParaRPr lang="en-GB"/></a:p></c:txPr>'
)
_LEVEL_TEXT = _TEXT.replace("<a:bodyPr/>", '<a:bodyPr rot="0" vert="horz"/>')
"""Never turned: LibreOffice turns what it takes to be crowded."""
_NAMESPACES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_ACCENTS = ("accent1", "accent2", "accent3", "accent4", "accent5", "accent6")


def place_chart(chart: Chart, assembly: Assembly, width: int) -> str:
    """The run that shows a chart, over the whole width (twentieths of a point); its parts go into the assembly."""
    assembly.drawings += 1
    number = assembly.drawings
    stem = f"grants_chart{number}"
    assembly.add_part(f"word/charts/{stem}.xml", encode(write_chart(chart)), _CHART_TYPE)
    workbook = f"word/embeddings/{stem}.xlsx"
    assembly.add_part(workbook, write_chart_workbook(chart), extension=("xlsx", _WORKBOOK_TYPE))
    relation = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="{_RELATIONS}">'
        f'<Relationship Id="rId1" Type="{_PACKAGE}" Target="../embeddings/{stem}.xlsx"/></Relationships>'
    )
    assembly.add_part(f"word/charts/_rels/{stem}.xml.rels", relation.encode("utf-8"))
    height = _BAR[chart.kind] * len(chart.categories) + _AROUND[chart.kind]
    return _drawing(chart, number, assembly.relate("chart", f"charts/{stem}.xml"), width * EMU, height)


def _drawing(chart: Chart, number: int, relation: str, width: int, height: int) -> str:
    return (
        '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
        f' distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
        f'<wp:docPr id="{number}" name="{escape(chart.name)}" descr="{escape(chart.description)}"/>'
        '<wp:cNvGraphicFramePr/><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
        '<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
        ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
        f' r:id="{relation}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )


def write_chart(chart: Chart) -> str:
    """The chart's own part."""
    series = "".join(_series(chart, number) for number in range(len(chart.series)))
    legend = f'<c:legend><c:legendPos val="b"/><c:overlay val="0"/>{_TEXT.format(size=900)}</c:legend>'
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<c:chartSpace {_NAMESPACES}>'
        '<c:date1904 val="0"/><c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>'
        f"{_plot(chart, series)}{_category_axis(chart)}{_value_axis(chart)}"
        f'<c:spPr><a:noFill/></c:spPr></c:plotArea>{legend}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/>'
        f"</c:chart><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{_TEXT.format(size=900)}"
        '<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


def _plot(chart: Chart, series: str) -> str:
    axes = '<c:axId val="101"/><c:axId val="102"/>'
    if chart.kind == "lines":
        return (
            f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{series}<c:marker val="1"/>{axes}'
            "</c:lineChart>"
        )
    grouping, overlap = ("clustered", "-5") if chart.kind == "pairs" else ("stacked", "100")
    return (
        f'<c:barChart><c:barDir val="bar"/><c:grouping val="{grouping}"/><c:varyColors val="0"/>{series}'
        f'<c:gapWidth val="{_GAP[chart.kind]}"/><c:overlap val="{overlap}"/>{axes}</c:barChart>'
    )


def _series(chart: Chart, number: int) -> str:
    part = chart.series[number]
    column = chr(ord("B") + number)
    rows = len(chart.categories)
    smooth = '<c:smooth val="0"/>' if chart.kind == "lines" else ""
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/>{_name(chart, number)}'
        f"{_look(chart, number)}"
        f"<c:cat><c:strRef><c:f>Sheet1!$A$2:$A${rows + 1}</c:f>{_texts(chart.categories)}</c:strRef></c:cat>"
        f"<c:val><c:numRef><c:f>Sheet1!${column}$2:${column}${rows + 1}</c:f>{_figures(part)}</c:numRef></c:val>"
        f"{smooth}</c:ser>"
    )


def _look(chart: Chart, number: int) -> str:
    """What stands between the name of a series and its figures."""
    if chart.kind == "lines":
        colour = f'<a:solidFill><a:schemeClr val="{_ACCENTS[number % len(_ACCENTS)]}"/></a:solidFill>'
        stroke = f'<a:ln w="{_LINE_WIDTH}" cap="rnd">{colour}<a:round/></a:ln>'
        return f'<c:spPr>{stroke}</c:spPr><c:marker><c:symbol val="none"/></c:marker>'
    return f'<c:spPr>{_fill(chart, number)}<a:ln><a:noFill/></a:ln></c:spPr><c:invertIfNegative val="0"/>'


def _name(chart: Chart, number: int) -> str:
    """The name of a series. The one that only pushes bars is blank: LibreOffice deletes the wrong entry of a legend."""
    if _pushes(chart, number):
        return "<c:tx><c:v> </c:v></c:tx>"
    name = escape(chart.series[number].name)
    return (
        f'<c:tx><c:strRef><c:f>Sheet1!${chr(ord("B") + number)}$1</c:f><c:strCache><c:ptCount val="1"/>'
        f'<c:pt idx="0"><c:v>{name}</c:v></c:pt></c:strCache></c:strRef></c:tx>'
    )


def _pushes(chart: Chart, number: int) -> bool:
    return chart.kind in _TIMED and number == 0


def _fill(chart: Chart, number: int) -> str:
    """A theme colour for each series; none for the one that only pushes a Gantt chart's bars."""
    if _pushes(chart, number):
        return "<a:noFill/>"
    accent = _ACCENTS[(number - (chart.kind in _TIMED)) % len(_ACCENTS)]
    return f'<a:solidFill><a:schemeClr val="{accent}"/></a:solidFill>'


def _texts(texts: Sequence[str]) -> str:
    points = "".join(f'<c:pt idx="{number}"><c:v>{escape(text)}</c:v></c:pt>' for number, text in enumerate(texts))
    return f'<c:strCache><c:ptCount val="{len(texts)}"/>{points}</c:strCache>'


def _figures(part: Series) -> str:
    points = "".join(
        f'<c:pt idx="{number}"><c:v>{plain(value)}</c:v></c:pt>'
        for number, value in enumerate(part.values)
        if value is not None
    )
    return f'<c:numCache><c:formatCode>General</c:formatCode><c:ptCount val="{len(part.values)}"/>{points}</c:numCache>'


def plain(number: Decimal) -> str:
    """A number as a file holds it: no exponent, no grouping."""
    return f"{number:f}"


def _line(colour: str) -> str:
    return f'<c:spPr><a:ln w="6350"><a:solidFill>{colour}</a:solidFill></a:ln></c:spPr>'


def _category_axis(chart: Chart) -> str:
    """The first category on top, as one reads; below the figures where lines run from left to right."""
    order, side = ("minMax", "b") if chart.kind == "lines" else ("maxMin", "l")
    every = '<c:tickLblSkip val="1"/>' if chart.kind == "progress" else ""
    return (
        f'<c:catAx><c:axId val="101"/><c:scaling><c:orientation val="{order}"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="{side}"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="low"/>{_line(_GREY)}{_TEXT.format(size=900)}'
        '<c:crossAx val="102"/><c:crosses val="autoZero"/><c:auto val="1"/><c:lblAlgn val="ctr"/>'
        f'<c:lblOffset val="100"/>{every}<c:noMultiLvlLbl val="0"/></c:catAx>'
    )


def _value_axis(chart: Chart) -> str:
    """Below a budget; above a Gantt chart, where one looks for the months first."""
    scale = chart.scale
    crosses = "max" if chart.kind in ("bars", "pairs") else "autoZero"
    side = "l" if chart.kind == "lines" else "b"
    step = f'<c:majorUnit val="{plain(scale.step)}"/>' if scale.step is not None else ""
    return (
        f'<c:valAx><c:axId val="102"/>{_scaling(scale)}<c:delete val="0"/><c:axPos val="{side}"/>'
        f'<c:majorGridlines>{_line(_GREY)}</c:majorGridlines><c:numFmt formatCode="{escape(scale.number_format)}"'
        ' sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        f'<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>{_LEVEL_TEXT.format(size=900)}<c:crossAx val="101"/>'
        f'<c:crosses val="{crosses}"/><c:crossBetween val="between"/>{step}</c:valAx>'
    )


def _scaling(scale: Scale) -> str:
    last = f'<c:max val="{plain(scale.last)}"/>' if scale.last is not None else ""
    first = f'<c:min val="{plain(scale.first)}"/>' if scale.first is not None else ""
    return f'<c:scaling><c:orientation val="minMax"/>{last}{first}</c:scaling>'
