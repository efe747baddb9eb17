"""Proposals: ours against plain docxtpl, with the same template, the same context and the same compression."""

from __future__ import annotations

import gc
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypedDict

from docxtpl import DocxTemplate
from markupsafe import Markup

from grants.ledger.totals import add_up
from grants.readers.markdown import read_markdown
from grants.readers.pack import read_donor, read_labels
from grants.readers.project import read_project
from grants.views.proposal import ProposalView, view_proposal
from grants.writers.word import CompiledTemplate, compile_template, write_document
from grants.writers.word.assembly import Assembly
from grants.writers.word.environment import TemplateEnvironment
from grants.writers.word.prose import ProseWriter
from grants.writers.word.starter_layout import Column, Layout
from grants.writers.word.starter_parts import write_package
from grants.writers.word.template import compile_data, fill_template
from tests.bench.rows import Row, measure, print_rows

ROOT = Path(__file__).parents[2]
LANGUAGE = "en"


def plain(template: bytes, context: Mapping[str, Any]) -> bytes:
    """The same by docxtpl alone."""
    docx = DocxTemplate(io.BytesIO(template))
    docx.render(dict(context), TemplateEnvironment(), autoescape=True)
    file = io.BytesIO()
    docx.save(file)
    return file.getvalue()


def read_sample() -> tuple[Path, ProposalView]:
    """The sample's proposal, and its template."""
    pack = ROOT / "templates" / "hellenic-aid"
    project = read_project(ROOT / "projects" / "shelter-greece-prevention-serbia")[0]
    donor, labels = read_donor(pack)[0], read_labels(ROOT / "templates" / "_common" / "labels-proposal.yaml")[0]
    assert project
    assert donor
    assert labels
    rich = {key: read_markdown(narrative)[0] for key, narrative in project.narratives.items()}
    return pack / f"proposal.{LANGUAGE}.docx", view_proposal(project, add_up(project), donor, rich, labels, LANGUAGE)


def with_prose(template: CompiledTemplate, view: ProposalView) -> dict[str, Any]:
    """A context in which the prose is ready-made XML: docxtpl has no Markdown."""
    writer = ProseWriter(Assembly(template, {}))
    ready = {key: Markup(writer.write(blocks, 2, 9_000)) for key, blocks in view.prose.items()}  # noqa: S704
    return {**view.context, "text": ready}


def measure_proposal() -> list[Row]:
    """A further proposal from the same template: the same document, and the whole with charts, notes and contents."""
    file, view = read_sample()
    template, data = compile_template(file), file.read_bytes()
    context = with_prose(template, view)

    def by_docxtpl() -> bytes:
        return plain(data, context)

    return [
        measure(
            "proposal, same document.xml: docxtpl",
            lambda: fill_template(template, context),
            by_docxtpl,
            1 / 12,
            rounds=15,
        ),
        measure(
            "proposal with prose, charts, notes, contents: docxtpl",
            lambda: write_document(template, view, {}),
            by_docxtpl,
            1 / 6,
            rounds=15,
        ),
    ]


class TableContext(TypedDict):
    """A long table."""

    rows: list[dict[str, str]]


def make_long_table() -> bytes:
    """A template of one table with nine columns."""
    layout = Layout(lambda key: key)
    layout.list_table([Column("head", 1000, f"{{{{ x.c{n} }}}}") for n in range(9)], "x in rows")
    return write_package("".join(layout.parts), {"page": "", "of": ""}, LANGUAGE, "", margins=False)


def fill_rows(count: int) -> TableContext:
    """A table's context: texts, codes and amounts, some with letters that XML does not like."""
    texts = ("A1.1.1", "Shelter & support", "month", "12", "1,500.00", "18,000.00", "KLIMAKA", "Women < 18", "Ξενώνας")
    return {"rows": [{f"c{n}": f"{text} {row}" for n, text in enumerate(texts)} for row in range(count)]}


def measure_rows() -> list[Row]:
    """Long tables: no slower than the table is long, and against docxtpl."""
    data = make_long_table()
    template = compile_data("rows", data, TableContext)
    small, large = fill_rows(1_000), fill_rows(10_000)

    def by_docxtpl() -> None:
        plain(data, large)
        gc.collect()  # what docxtpl leaves behind is not to be swept up at our expense

    return [
        measure(
            "10,000 table rows: 1,000 rows",
            lambda: fill_template(template, large),
            lambda: fill_template(template, small),
            13,
        ),
        measure("10,000 table rows: docxtpl", lambda: fill_template(template, large), by_docxtpl, 1 / 8, rounds=3),
    ]


def measure_word() -> list[Row]:
    """All of them."""
    return [*measure_proposal(), *measure_rows()]


if __name__ == "__main__":
    print_rows(measure_word())
