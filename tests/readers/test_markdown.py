"""Markdown -> blocks and runs."""

from __future__ import annotations

from grants.model import Narrative
from grants.model.rich_text import Footnote, Heading, LineBreak, ListBlock, Paragraph, Quote, RichText, Run, Table
from grants.readers.markdown import read_markdown


def read(markdown: str) -> RichText:
    rich, findings = read_markdown(Narrative("narrative/context.en.md", markdown))
    assert findings == []
    return rich


def test_looks_nest() -> None:
    assert read("a **b *c*** d") == (
        Paragraph((Run("a "), Run("b ", bold=True), Run("c", bold=True, italic=True), Run(" d"))),
    )


def test_a_link_keeps_its_looks() -> None:
    assert read("[a *b*](https://c.d/?e=f&g)") == (
        Paragraph((Run("a ", link="https://c.d/?e=f&g"), Run("b", italic=True, link="https://c.d/?e=f&g"))),
    )


def test_an_address_in_angle_brackets_is_a_link() -> None:
    assert read("<mailto:a@b.c>") == (Paragraph((Run("mailto:a@b.c", link="mailto:a@b.c"),)),)


def test_a_line_goes_on_and_a_hard_break_breaks() -> None:
    assert read("a\nb  \nc") == (Paragraph((Run("a"), Run(" "), Run("b"), LineBreak(), Run("c"))),)


def test_figure_references_stay_text() -> None:
    assert read("costs {{ own_contribution }} & {{heading_1}}") == (
        Paragraph((Run("costs {{ own_contribution }} & {{heading_1}}"),)),
    )


def test_the_shallowest_heading_is_level_one() -> None:
    assert read("## a\n\n### b\n\n## c") == (
        Heading(1, (Run("a"),)),
        Heading(2, (Run("b"),)),
        Heading(1, (Run("c"),)),
    )


def test_lists_nest_and_keep_their_number() -> None:
    inner = ListBlock(False, ((Paragraph((Run("b"),)),),))
    assert read("3. a\n   - b\n4. c") == (
        ListBlock(True, ((Paragraph((Run("a"),)), inner), (Paragraph((Run("c"),)),)), 3),
    )


def test_a_table_has_alignments() -> None:
    assert read("| a | b | c |\n|---|--:|:-:|\n| **d** | e |  |") == (
        Table(
            ((Run("a"),), (Run("b"),), (Run("c"),)),
            (((Run("d", bold=True),), (Run("e"),), ()),),
            ("left", "right", "center"),
        ),
    )


def test_a_footnote_stands_where_its_mark_stands() -> None:
    note = Footnote((Paragraph((Run("n "), Run("m", italic=True))), Paragraph((Run("o"),))))
    assert read("a[^x] b\n\n[^x]: n *m*\n\n    o") == (Paragraph((Run("a"), note, Run(" b"))),)


def test_a_footnote_inside_the_line() -> None:
    assert read("a^[n]") == (Paragraph((Run("a"), Footnote((Paragraph((Run("n"),)),)))),)


def test_a_quotation_holds_paragraphs() -> None:
    assert read("> a\n>\n> b") == (Quote((Paragraph((Run("a"),)), Paragraph((Run("b"),)))),)


def test_what_is_named_as_a_fault_leaves_no_text() -> None:
    rich, findings = read_markdown(Narrative("a", "x <b>y</b> `z` ![p](q)\n\n---\n\n#### deep\n\n[c](javascript:d)"))
    codes = [finding.code for finding in findings]
    assert codes == ["MD-001", "MD-001", "MD-003", "MD-002", "MD-004", "MD-005", "MD-007"]
    assert rich == (Paragraph((Run("x "), Run("y"), Run(" "), Run(" "))), Paragraph((Run("c"),)))


def test_signs_that_look_like_html_are_text() -> None:
    assert read("R&D < 5 % of A & B, 3 > 2") == (Paragraph((Run("R&D < 5 % of A & B, 3 > 2"),)),)


def test_empty_text_is_no_blocks() -> None:
    assert read(" \n\n") == ()


def test_a_text_that_is_read_again_is_parsed_once() -> None:
    """What a reader adds to the findings of one reading is not in the next; each file has its own."""
    first, findings = read_markdown(Narrative("narrative/context.en.md", "a <b>c</b>"))
    findings.clear()
    again, found = read_markdown(Narrative("narrative/context.en.md", "a <b>c</b>"))
    assert again is first
    assert {(finding.code, finding.place.file) for finding in found} == {("MD-001", "narrative/context.en.md")}
    _, found = read_markdown(Narrative("narrative/needs.en.md", "a <b>c</b>"))
    assert {finding.place.file for finding in found} == {"narrative/needs.en.md"}
