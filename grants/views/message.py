"""What a message to a donor says: subject, plain text, and the same text as simple HTML."""

from __future__ import annotations

import contextlib
import html
import textwrap
from collections.abc import Iterator, Mapping
from datetime import date

from grants.model import Donor, Project
from grants.model.budget import Budget
from grants.model.figure_names import REFERENCE, list_report_figure_names
from grants.model.grant import ReportDue
from grants.model.rich_text import Block, Heading, Inlines, LineBreak, ListBlock, Paragraph, Quote, RichText, Run, Table
from grants.views.figures import format_date
from grants.views.narrative import read_figure, say_figures

WIDTH = 78
DATES = ("due", "date")
WORDS = ("instalment", "currency")
"""What a message may name besides the figures that every text of a report may."""


def name_words(
    project: Project, donor: Donor, report: ReportDue, figures: Mapping[str, str], files: list[str], language: str
) -> dict[str, str]:
    """Name -> words, for every reference that a message may hold; figures are those of the report as it was made: a
    message says what the documents say, whatever has changed since.

    What a program wrote for programs, such as `kind`, is no word for a donor.
    """
    sheet, contract = project.sheet, project.grant.contract
    return {
        "period_start": format_date(report.start, language),
        "period_end": format_date(report.end, language),
        **_say_figures(project.budget, figures, language),
        "project_title": _say(sheet.title, language),
        "project_code": sheet.code,
        "applicant": _say(sheet.applicant.name, language),
        "donor": _say(donor.name, language),
        "contract_number": contract.number if contract else "",
        "period_title": _say(report.title, language),
        "attachments": ", ".join(files),
    }


def _say_figures(budget: Budget, figures: Mapping[str, str], language: str) -> dict[str, str]:
    """Those that can be said; what refers to another has nothing to fill in, which is a finding."""
    said = {name: figures[name] for name in WORDS if name in figures}
    with contextlib.suppress(ValueError):
        said |= {name: format_date(date.fromisoformat(figures[name]), language) for name in DATES if name in figures}
    for name in list_report_figure_names(budget):
        with contextlib.suppress(KeyError, ValueError, ArithmeticError):
            said |= say_figures({name: read_figure(name, figures[name])}, budget.currency, language)
    return said


def _say(text: object, language: str) -> str:
    """A text in a language; in English, or in whichever there is, where nobody wrote it in that one."""
    words: Mapping[str, str] = text.words  # type: ignore[attr-defined]
    return next((words[key] for key in (language, "", "en") if key in words), next(iter(words.values())))


def list_unknown(text: str, words: Mapping[str, str]) -> Iterator[str]:
    """Names that a text refers to and nobody knows, or that would be empty."""
    yield from (match[1] for match in REFERENCE.finditer(text) if not words.get(match[1]))


def fill_line(text: str, words: Mapping[str, str]) -> str:
    """A text for a header: filled in, on one line, whatever the words hold."""
    filled = REFERENCE.sub(lambda match: words.get(match[1], match[0]), text)
    return " ".join("".join(c if c.isprintable() else " " for c in filled).split())


def view_text(blocks: RichText) -> str:
    """The blocks as plain text, wrapped, a blank line between them."""
    return "\n\n".join(_text(block) for block in blocks) + "\n"


def _text(block: Block) -> str:
    if isinstance(block, (Heading, Paragraph)):
        return _wrap(_plain(block.content))
    if isinstance(block, ListBlock):
        marks = [f"{block.start + i}. " if block.ordered else "- " for i in range(len(block.items))]
        pairs = zip(marks, block.items, strict=True)
        return "\n".join(
            mark + textwrap.indent(view_text(item).rstrip(), " " * len(mark)).lstrip() for mark, item in pairs
        )
    if isinstance(block, Quote):
        return textwrap.indent(view_text(block.blocks).rstrip(), "> ", lambda _: True)
    return "\n".join(" | ".join(_plain(cell) for cell in row) for row in (block.header, *block.rows))


def _wrap(text: str) -> str:
    lines = text.split("\n")
    return "\n".join(textwrap.fill(line, WIDTH, break_long_words=False, break_on_hyphens=False) for line in lines)


def _plain(content: Inlines) -> str:
    return "".join("\n" if isinstance(part, LineBreak) else _run(part) for part in content)


def _run(part: object) -> str:
    if not isinstance(part, Run):
        return ""
    link = part.link
    return f"{part.text} ({link})" if link and link.removeprefix("mailto:") != part.text else part.text


def view_html(blocks: RichText, language: str) -> str:
    """The blocks as an HTML page that any mail program shows: no styles, pictures or addresses fetched."""
    body = "\n".join(_html(block) for block in blocks)
    return (
        f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8"></head><body>\n{body}\n</body></html>\n'
    )


def _html(block: Block) -> str:
    if isinstance(block, Heading):
        return f"<h{block.level + 1}>{_inline(block.content)}</h{block.level + 1}>"
    if isinstance(block, Paragraph):
        return f"<p>{_inline(block.content)}</p>"
    if isinstance(block, ListBlock):
        name = "ol" if block.ordered else "ul"
        return f"<{name}>{''.join(f'<li>{_many(item)}</li>' for item in block.items)}</{name}>"
    if isinstance(block, Quote):
        return f"<blockquote>{_many(block.blocks)}</blockquote>"
    return _table(block)


def _many(blocks: RichText) -> str:
    return "".join(map(_html, blocks))


def _table(table: Table) -> str:
    rows = [("th", table.header), *(("td", row) for row in table.rows)]
    lines = ["".join(f"<{tag}>{_inline(cell)}</{tag}>" for cell in row) for tag, row in rows]
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


def _inline(content: Inlines) -> str:
    return "".join(_mark(part) for part in content)


def _mark(part: object) -> str:
    if not isinstance(part, Run):
        return "<br>"
    text = html.escape(part.text)
    for wanted, tag in ((part.bold, "b"), (part.italic, "i")):
        text = f"<{tag}>{text}</{tag}>" if wanted else text
    return f'<a href="{html.escape(part.link)}">{text}</a>' if part.link else text
