"""Figure references in narratives."""

from __future__ import annotations

from grants.model.figure_names import FIGURE_NAMES, list_figure_names
from grants.model.rich_text import Footnote, Heading, LineBreak, ListBlock, Paragraph, Quote, Run, Table
from grants.views.narrative import fill_figures, name_figures
from tests.workbooks import SHELTER, load_sample

SAMPLE = load_sample(SHELTER)


def test_figures_in_greek() -> None:
    named = name_figures(SAMPLE.project, SAMPLE.totals, "el")
    figures = {name: " ".join(figure.split()) for name, figure in named.items()}
    assert figures["total"] == "143.487,00 €"
    assert figures["grant"] == "107.615,25 €"
    assert figures["first_instalment"] == "53.807,63 €"
    assert figures["grant_percent"] == "75%"
    assert figures["start"] == "1 Ιανουαρίου 2008"
    assert figures["months"] == "12"
    assert figures["heading_1"] == "80.400,00 €"


def test_every_name_has_a_figure() -> None:
    names = list_figure_names(SAMPLE.project.budget)
    assert set(names) == set(name_figures(SAMPLE.project, SAMPLE.totals, "en"))
    assert set(FIGURE_NAMES) < set(names)


def test_references_are_filled_in_wherever_text_stands() -> None:
    def run(text: str) -> tuple[Run, ...]:
        return (Run(text, bold=True),)

    def blocks(text: str) -> tuple[Paragraph, ...]:
        return (Paragraph((*run(text), LineBreak(), Footnote((Paragraph(run(text)),)))),)

    def whole(text: str) -> tuple[object, ...]:
        return (
            Heading(1, run(text)),
            *blocks(text),
            ListBlock(True, (blocks(text),), 3),
            Quote(blocks(text)),
            Table((run(text),), ((run(text),),), ("right",)),
        )

    figures = {"a": "1.000 €", "heading_1": "2 \\1"}
    assert fill_figures(whole("x {{ a }}{{heading_1}} y"), figures) == whole("x 1.000 €2 \\1 y")  # type: ignore[arg-type]


def test_an_unknown_name_and_other_braces_stay() -> None:
    text = "{{ b }} { a } {{ {{ a }}"
    assert fill_figures((Paragraph((Run(text),)),), {"a": "1"}) == (Paragraph((Run("{{ b }} { a } {{ 1"),)),)
