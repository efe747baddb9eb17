"""A narrative as a document shows it: figure references filled in, in the figures of its language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

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


def name_figures(project: Project, totals: Totals, language: str) -> dict[str, str]:
    """Name -> figure as text, for every reference that a narrative may hold."""
    sheet, budget = project.sheet, project.budget

    def money(amount: Decimal) -> str:
        return format_money(amount, budget.currency, language)

    indirect = budget.indirect_costs.percent if budget.indirect_costs else Decimal(0)
    first = totals.instalments[0].amount if totals.instalments else totals.grant
    figures = {
        "total": money(totals.grand.total),
        "grant": money(totals.grant),
        "own_contribution": money(totals.own_contribution),
        "grant_percent": format_percent(totals.donor_percent, language),
        "own_percent": format_percent(100 - totals.donor_percent if totals.grand.total else Decimal(0), language),
        "direct_costs": money(totals.direct.total),
        "indirect_costs": money(totals.indirect.total),
        "indirect_percent": format_percent(indirect, language),
        "first_instalment": money(first),
        "start": format_date(sheet.start, language),
        "end": format_date(sheet.end, language),
        "months": format_number(len(months_between(month_of(sheet.start), month_of(sheet.end))), language),
    }
    return figures | {f"heading_{part.heading.code}": money(part.total) for part in totals.headings}


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
