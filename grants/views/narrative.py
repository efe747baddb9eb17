"""A narrative as a document shows it: figure references filled in, in the figures of its language."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import TypeAlias

from grants.ledger.totals import Totals
from grants.model import Project
from grants.model.calendar import month_of, months_between
from grants.model.figure_names import REFERENCE
from grants.model.rich_text import (
    Block,
    Footnote,
    Heading,
    Inline,
    Inlines,
    ListBlock,
    Paragraph,
    Quote,
    RichText,
    Run,
    Table,
)
from grants.views.figures import format_date, format_money, format_number, format_percent

FigureValue: TypeAlias = Decimal | datetime.date
"""An amount, a percentage, a number or a day; which of them, its name says."""
_PERCENTS = ("grant_percent", "own_percent", "indirect_percent", "spent_percent")
_DATES = ("start", "end", "period_start", "period_end")


def list_figure_values(project: Project, totals: Totals) -> dict[str, FigureValue]:
    """Name -> value, for every reference that a narrative may hold."""
    sheet, budget = project.sheet, project.budget
    figures: dict[str, FigureValue] = {
        "total": totals.grand.total,
        "grant": totals.grant,
        "own_contribution": totals.own_contribution,
        "grant_percent": totals.donor_percent,
        "own_percent": 100 - totals.donor_percent if totals.grand.total else Decimal(0),
        "direct_costs": totals.direct.total,
        "indirect_costs": totals.indirect.total,
        "indirect_percent": budget.indirect_costs.percent if budget.indirect_costs else Decimal(0),
        "first_instalment": totals.instalments[0].amount if totals.instalments else totals.grant,
        "start": sheet.start,
        "end": sheet.end,
        "months": Decimal(len(months_between(month_of(sheet.start), month_of(sheet.end)))),
    }
    return figures | {f"heading_{part.heading.code}": part.total for part in totals.headings}


def say_figures(figures: Mapping[str, FigureValue], currency: str, language: str) -> dict[str, str]:
    """Name -> figure as the language writes it."""
    return {name: _say_figure(name, value, currency, language) for name, value in figures.items()}


def _say_figure(name: str, value: FigureValue, currency: str, language: str) -> str:
    if isinstance(value, datetime.date):
        return format_date(value, language)
    if name == "months":
        return format_number(value, language)
    return format_percent(value, language) if name in _PERCENTS else format_money(value, currency, language)


def read_figure(name: str, text: str) -> FigureValue:
    """The value that was kept as text under a name. Raises ValueError or ArithmeticError where it is none."""
    return datetime.date.fromisoformat(text) if name in _DATES else Decimal(text)


def name_figures(project: Project, totals: Totals, language: str) -> dict[str, str]:
    """Name -> figure as text, for every reference that a narrative may hold."""
    return say_figures(list_figure_values(project, totals), project.budget.currency, language)


def fill_figures(rich: RichText, figures: Mapping[str, str]) -> RichText:
    """The same blocks with every reference replaced by its figure. A name that is not known stays as it stands."""
    return tuple(_fill_block(block, figures) for block in rich)


def _fill_block(block: Block, figures: Mapping[str, str]) -> Block:
    if isinstance(block, (Heading, Paragraph)):
        return replace(block, content=_fill(block.content, figures))
    if isinstance(block, ListBlock):
        return replace(block, items=tuple(fill_figures(item, figures) for item in block.items))
    if isinstance(block, Quote):
        return replace(block, blocks=fill_figures(block.blocks, figures))
    return Table(
        tuple(_fill(cell, figures) for cell in block.header),
        tuple(tuple(_fill(cell, figures) for cell in row) for row in block.rows),
        block.alignments,
    )


def _fill(content: Inlines, figures: Mapping[str, str]) -> Inlines:
    return tuple(_fill_inline(part, figures) for part in content)


def _fill_inline(part: Inline, figures: Mapping[str, str]) -> Inline:
    if isinstance(part, Run):
        if "{{" not in part.text:
            return part
        return replace(part, text=REFERENCE.sub(lambda match: figures.get(match[1], match[0]), part.text))
    return Footnote(fill_figures(part.blocks, figures)) if isinstance(part, Footnote) else part
