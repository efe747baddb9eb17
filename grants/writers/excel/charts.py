"""Native charts: drawn by Excel from cells, so they stay editable and follow the figures."""

from __future__ import annotations

import re

from xlsxwriter.chart import Chart as ExcelChart
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from grants.views.workbook import Chart
from grants.writers.excel.formats import CHART_COLOURS, FONT, PRIMARY

_TEXT = {"name": FONT, "size": 9, "color": "#404040"}
_MOST_LABELS = 8
_REFERENCE = re.compile(r"=?[^!]+!\$?[A-Z]+\$?[0-9]+")
_GRID = {"visible": True, "line": {"color": "#E3E7EF", "width": 0.75}}


def write_chart(workbook: Workbook, worksheet: Worksheet, chart: Chart, number: str) -> None:
    """The chart at its place; columns or stacked bars. `number` is the format of the figures on its axis."""
    stacked = chart.kind == "stacked bars"
    few = all(series.values.last_row - series.values.first_row < _MOST_LABELS for series in chart.series)
    drawn = workbook.add_chart({"type": "bar", "subtype": "stacked"} if stacked else {"type": "column"})
    for series, colour in zip(chart.series, CHART_COLOURS * len(chart.series), strict=False):
        drawn.add_series(
            {
                "name": _as_text(series.name),
                "categories": [chart.categories_sheet, *chart.categories],
                "values": [series.sheet, *series.values],
                "fill": {"color": colour},
                "border": {"none": True},
                "gap": 60,
                **({} if stacked or not few else {"data_labels": {"value": True, "num_format": number, "font": _TEXT}}),
            }
        )
    _style(drawn, chart, stacked, number)
    worksheet.insert_chart(
        chart.row, chart.column, drawn, {"description": chart.description, "object_position": 2, "x_offset": 2}
    )


def _as_text(name: str) -> str:
    """A name that XlsxWriter does not take for a reference to a cell: `x!A1` keeps its look with a wide mark."""
    return name.replace("!", "\uff01") if _REFERENCE.match(name) else name


def _style(drawn: ExcelChart, chart: Chart, stacked: bool, number: str) -> None:
    drawn.set_title(
        {"name": _as_text(chart.title), "name_font": {"name": FONT, "size": 11, "bold": True, "color": PRIMARY}}
    )
    drawn.set_size({"width": chart.width, "height": chart.height})
    drawn.set_legend({"position": "bottom", "font": _TEXT} if len(chart.series) > 1 else {"none": True})
    names = {"num_font": _TEXT, "line": {"color": "#A9A9A9"}, "major_tick_mark": "none", "reverse": stacked}
    values = {
        "num_font": _TEXT,
        "num_format": number,
        "major_gridlines": _GRID,
        "line": {"none": True},
        "major_tick_mark": "none",
    }
    if stacked:  # the first heading on top, as in the table, and the scale below nevertheless
        values["label_position"] = "high"
        drawn.set_x_axis(values)
        drawn.set_y_axis(names)
        drawn.set_plotarea({"layout": {"x": 0.26, "y": 0.13, "width": 0.7, "height": 0.64}})
    else:
        drawn.set_x_axis(names)
        drawn.set_y_axis(values)
    drawn.set_chartarea({"border": {"color": "#BFC7D5"}})
