"""The sheets to look things up in: the lists that choices are taken from, and a page that explains the workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from grants.model import Project
from grants.views.addresses import name_column_part, on_sheet
from grants.views.form_parts import put_sheet_title
from grants.views.sheet_builder import SheetBuilder
from grants.views.words import Words
from grants.views.workbook import Area, Print, Role, SheetView

_FIRST_ROW = 5
LEGEND: Mapping[str, Role] = {
    "input": "swatch-input",
    "result": "result",
    "subtotal": "subtotal",
    "note": "swatch-note",
    "ok": "swatch-ok",
    "wrong": "swatch-wrong",
}
"""What the colours of a workbook with totals mean."""


@dataclass(frozen=True, slots=True)
class ChoiceList:
    """A list that a cell's value is taken from: what is chosen, and what that means."""

    key: str
    choices: tuple[tuple[str, str], ...]
    """(as it is chosen, explanation)"""


def list_organisations(project: Project, words: Words) -> ChoiceList:
    """Who may be responsible for a line or an activity."""
    return ChoiceList("partners", tuple((part.code, words.read(part.name)) for part in project.organisations))


def list_activities(project: Project, words: Words) -> ChoiceList:
    """The activities."""
    return ChoiceList("activities", tuple((x.code, words.read(x.title)) for x in project.work_plan.activities))


def list_labels(key: str, prefix: str, keys: Sequence[str], words: Words) -> ChoiceList:
    """A list of labels, such as the statuses of an activity."""
    return ChoiceList(key, tuple((words.say(f"{prefix}.{value}"), "") for value in keys))


def view_lists(lists: Sequence[ChoiceList], words: Words, project: Project) -> tuple[SheetView, dict[str, str]]:
    """The sheet of lists side by side, and the defined names of the lists."""
    sheet = SheetBuilder(words.say("sheet.lists"), [width for part in lists for width in _widths(part)][:-1])
    put_sheet_title(sheet, "lists", words, project)
    names: dict[str, str] = {}
    column = 0
    for part in lists:
        explained = len(_widths(part)) > 2
        last = column + (1 if explained else 0)
        sheet.span(
            Area(_FIRST_ROW - 1, column, _FIRST_ROW - 1, last), words.say(f"list.{part.key}"), "header", "centre"
        )
        for row, (choice, meaning) in enumerate(part.choices or (("", ""),), _FIRST_ROW):
            sheet.put(row, column, choice, "plain")
            if explained:
                sheet.put(row, column + 1, meaning, "plain")
        end = _FIRST_ROW + max(len(part.choices), 1) - 1
        area = name_column_part(column, _FIRST_ROW, end, fixed=True)
        names[f"list_{part.key}"] = on_sheet(sheet.name, area)
        column += len(_widths(part))
    return sheet.build(print_as=Print(), freeze=(_FIRST_ROW, 0), tab="help"), names


def _widths(part: ChoiceList) -> tuple[float, ...]:
    """Of the choice, of its meaning where it has one, and of a gap."""
    explained = any(meaning for _, meaning in part.choices)
    return (14.0, 44.0, 2.0) if explained else (22.0, 2.0)


def view_how_to(
    form: str, words: Words, project: Project, legend: Mapping[str, Role], values: Mapping[str, str] | None = None
) -> SheetView:
    """The page that explains the workbook: steps, then what the colours mean (label -> look).

    `values` fill in the names in braces that the steps have.
    """
    sheet = SheetBuilder(words.say("sheet.how_to"), [5.0, 26.0, 84.0])
    put_sheet_title(sheet, "how_to", words, project)
    row = 4
    for number, step in enumerate(words.say(f"how_to.{form}", **(values or {})).strip().split("\n"), 1):
        title, _, text = step.partition(": ")
        sheet.put(row, 0, number, "strong", "centre")
        sheet.put(row, 1, title, "strong")
        sheet.put(row, 2, text, "fact")
        row += 1
    row += 1
    sheet.span(Area(row, 0, row, 2), words.say("section.legend"), "section")
    for at, (key, role) in enumerate(legend.items(), row + 1):
        sheet.span(Area(at, 0, at, 1), words.say(f"legend.{key}.sample"), role, "centre")
        sheet.put(at, 2, words.say(f"legend.{key}"), "fact")
    return sheet.build(print_as=Print(landscape=False), tab="help")
