"""What the sheets of both workbooks have in common: title rows, headers, hints, validations, checks."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace

from grants.forms import Stamp
from grants.forms.columns import PlacedColumn
from grants.model import Project
from grants.views.addresses import name_cell
from grants.views.base import read_base
from grants.views.formulas import quote
from grants.views.sheet_builder import Group, SheetBuilder
from grants.views.words import Words
from grants.views.workbook import Area, Emphasis, Print, SheetView, Validation, WorkbookView

_A4_WIDTH = 216
"""Characters across a landscape A4 page at about 7 points, the least that is read without a glass."""
Rows = Sequence[tuple[int, int]]
"""Stretches of rows: first and last."""


def frame_workbook(
    key: str, project: Project, words: Words, sheets: tuple[SheetView, ...], names: Mapping[str, str], form: Stamp
) -> WorkbookView:
    """A workbook of these sheets, with its title, author and date; its stamp says what stands in its input cells."""
    return WorkbookView(
        form=replace(form, base=read_base(form, sheets)),
        title=f"{words.say(f'workbook.{key}')} – {words.read(project.sheet.title)}",
        subject=words.read(project.sheet.call.title),
        author=words.read(project.sheet.applicant.name),
        date=project.sheet.date,
        sheets=sheets,
        names=names,
        footer=words.say("footer.page"),
    )


def start_sheet(
    key: str, placed: Sequence[PlacedColumn], words: Words, project: Project, money_width: float = 0, about: str = ""
) -> SheetBuilder:
    """A sheet with the widths of a table's columns and its three title rows. Amounts get the width they need.

    `about` says below the title what else the sheet is about, such as a period.
    """
    widths = [max(x.column.width, money_width if x.column.kind == "money" else 0) for x in placed]
    sheet = SheetBuilder(words.say(f"sheet.{key}"), widths)
    put_sheet_title(sheet, key, words, project, about)
    return sheet


def choose_print(sheet: SheetBuilder, repeat: tuple[int, int]) -> Print:
    """Landscape; A3 where A4 would be too small to read."""
    return Print(paper="A4" if sum(sheet.widths) <= _A4_WIDTH else "A3", repeat=repeat)


def put_sheet_title(sheet: SheetBuilder, key: str, words: Words, project: Project, about: str = "") -> None:
    """Name of the sheet, project (and what else it is about), and what to do here."""
    currency = project.budget.currency
    subtitle = " · ".join(filter(None, (project.sheet.code, words.read(project.sheet.title), about)))
    sheet.put_title(words.say(f"title.{key}", currency=currency), subtitle, words.say(f"guide.{key}"))


def label_columns(words: Words, placed: Sequence[PlacedColumn], names: Mapping[str, str]) -> dict[str, str]:
    """Labels of columns; `names` says what each of those that repeat stands for."""
    return {x.key: names[x.repeat] if x.repeat else words.say(x.column.label) for x in placed}


def group_columns(words: Words, placed: Sequence[PlacedColumn]) -> list[Group]:
    """The columns that repeat, under their common label."""
    groups = []
    for column in dict.fromkeys(x.column for x in placed if x.repeat):
        indexes = [x.index for x in placed if x.column == column]
        groups.append(Group(words.say(column.label), indexes[0], indexes[-1]))
    return groups


def put_hints(
    sheet: SheetBuilder,
    placed: Sequence[PlacedColumn],
    rows: Rows,
    words: Words,
    period: tuple[datetime.date, datetime.date] | None = None,
) -> None:
    """For every column that is filled in: what may be typed, and a hint. `period` bounds its months."""
    for column in placed:
        if column.column.input and rows:
            areas = tuple(Area(first, column.index, last, column.index) for first, last in rows)
            validation = _validate(column, areas, words, period)
            if validation.hint or validation.rule != "any":
                sheet.validations.append(validation)


def _validate(
    placed: PlacedColumn,
    areas: tuple[Area, ...],
    words: Words,
    period: tuple[datetime.date, datetime.date] | None,
) -> Validation:
    column = placed.column
    title = words.say(column.label)
    hint = words.say(column.hint) if column.hint else ""
    match column.kind:
        case "number" | "money" if column.signed:
            return Validation(areas, "signed", title, hint, words.say("error.signed"))
        case "number" | "money":
            return Validation(areas, "number", title, hint, words.say("error.number"))
        case "percent":
            return Validation(areas, "percent", title, hint, words.say("error.percent"))
        case "date":
            return Validation(areas, "date", title, hint, words.say("error.date"))
        case "month" if period:
            error = words.say("error.month")
            return Validation(areas, "date", title, hint, error, earliest=period[0], latest=period[1], strict=False)
        case "choice":
            return Validation(areas, "list", title, hint, words.say("error.list"), source=f"list_{column.choices}")
    if column.identifies:
        return Validation(areas, "length", title, hint, words.say("error.code"))
    return Validation(areas, "any", title, hint)


def put_checks(sheet: SheetBuilder, area: Area, words: Words) -> None:
    """Cells that say `OK` in green, and anything else in red."""
    cell = name_cell(area.first_row, area.first_column)
    sheet.emphases.append(Emphasis(area, f"={cell}={quote(words.say('check.ok'))}", "ok"))
    sheet.emphases.append(Emphasis(area, f"={cell}={quote(words.say('check.wrong'))}", "wrong"))


def put_decimals(sheet: SheetBuilder, area: Area) -> None:
    """Figures that are shown without decimals, but for those that have some."""
    cell = name_cell(area.first_row, area.first_column)
    formula = f"=AND(ISNUMBER({cell}),{cell}<>INT({cell}))"
    sheet.emphases.append(Emphasis(area, formula, "decimals"))
