"""Narratives in the template's own styles; and in the nearest it has, where it lacks one."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from grants.model import Narrative
from grants.model.rich_text import RichText
from grants.readers.markdown import read_markdown
from grants.writers.word.assembly import Assembly
from grants.writers.word.package import Entry, pack, unpack, write_entries
from grants.writers.word.prose import ProseWriter
from grants.writers.word.prose_table import share_out
from grants.writers.word.template import CompiledTemplate, compile_data
from tests.proposals import Things, W, compile_small, list_parts, make_template, texts

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
TEMPLATE = compile_small("{{ text }}")


def read(markdown: str) -> RichText:
    rich, findings = read_markdown(Narrative("a", markdown))
    assert findings == []
    return rich


def write(markdown: str, level: int = 2, template: CompiledTemplate = TEMPLATE) -> tuple[etree._Element, Assembly]:
    assembly = Assembly(template, {})
    xml = ProseWriter(assembly).write(read(markdown), level, 9_000)
    names = "http://schemas.openxmlformats.org/"
    return etree.fromstring(
        f'<w:body xmlns:w="{names}wordprocessingml/2006/main" xmlns:r="{names}officeDocument/2006/relationships">'
        f"{xml}</w:body>"
    ), assembly


def styles(body: etree._Element) -> list[str]:
    return [str(style.get(f"{W}val")) for style in body.iter(f"{W}pStyle")]


def plain_template() -> CompiledTemplate:
    """A template with no style but Normal, no numbering, no notes."""
    parts = list_parts(make_template("{{ text }}"))
    styles_part = parts["word/styles.xml"].decode()
    bare = re.sub(r'<w:style (?![^>]*w:default="1").*?</w:style>', "", styles_part)
    for gone in ("word/numbering.xml", "word/footnotes.xml"):
        del parts[gone]
    for part in ("[Content_Types].xml", "word/_rels/document.xml.rels"):
        parts[part] = re.sub(rb"<(?:Override|Relationship) [^>]*(?:numbering|footnotes)[^>]*/>", b"", parts[part])
    settings = re.sub(rb"<w:footnotePr>.*?</w:footnotePr>", b"", parts["word/settings.xml"])
    entries = {name: pack(data) for name, data in parts.items()}
    entries |= {"word/styles.xml": pack(bare.encode()), "word/settings.xml": pack(settings)}
    return compile_data("plain.docx", write_entries(entries), Things)


def test_headings_stand_below_the_one_before_them() -> None:
    assert styles(write("## a\n\n### b\n\ntext", level=2)[0]) == ["Heading3", "Heading4", "BodyText"]
    assert styles(write("# a\n\n## b", level=1)[0]) == ["Heading2", "Heading3"]


def test_a_heading_deeper_than_the_template_s_takes_its_deepest() -> None:
    assert styles(write("# a\n\n## b\n\n### c", level=3)[0]) == ["Heading4", "Heading4", "Heading4"]


def test_looks_are_the_template_s_character_styles() -> None:
    body, _ = write("a **b** *c* ***d***")
    looks = [[(node.tag.removeprefix(W), node.get(f"{W}val")) for node in look] for look in body.iter(f"{W}rPr")]
    assert looks == [
        [("rStyle", "Strong")],
        [("rStyle", "Emphasis")],
        [("rStyle", "Strong"), ("i", None), ("iCs", None)],
    ]


def test_links_are_relations_of_the_document() -> None:
    body, assembly = write("[a](https://b.c/?d=e&f) and [g](https://b.c/?d=e&f) and [h](mailto:i@j.k)")
    targets = {name: target for (_, target, external), name in assembly.relations.items() if external}
    links = [str(link.get(f"{R}id")) for link in body.iter(f"{W}hyperlink")]
    assert [targets[link] for link in links] == ["https://b.c/?d=e&f", "https://b.c/?d=e&f", "mailto:i@j.k"]
    relations = unpack(assembly.finish()["word/_rels/document.xml.rels"]).decode()
    assert 'Target="https://b.c/?d=e&amp;f" TargetMode="External"' in relations
    assert len(set(re.findall(r' Id="([^"]*)"', relations))) == relations.count("<Relationship ")


def test_each_list_of_numbers_begins_anew() -> None:
    body, assembly = write("1. a\n2. b\n    1. c\n\ntext\n\n3. d")
    assert styles(body) == ["ListNumber", "ListNumber", "ListNumber2", "BodyText", "ListNumber"]
    numbers = [str(number.get(f"{W}val")) for number in body.iter(f"{W}numId")]
    assert numbers[0] == numbers[1]
    assert len(set(numbers)) == 3
    root = etree.fromstring(unpack(assembly.finish()["word/numbering.xml"]))
    starts = {
        str(number.get(f"{W}numId")): (override.get(f"{W}ilvl"), override[0].get(f"{W}val"))
        for number in root.iter(f"{W}num")
        for override in number.iter(f"{W}lvlOverride")
    }
    assert [starts[number] for number in dict.fromkeys(numbers)] == [("0", "1"), ("1", "1"), ("0", "3")]
    assert [child.tag for child in root] == sorted(
        (child.tag for child in root), key=[f"{W}abstractNum", f"{W}num"].index
    )


def test_bullets_nest_and_what_follows_in_an_item_stands_below_it() -> None:
    body, assembly = write("- a\n\n  more\n    - b\n        - c")
    assert styles(body) == ["ListBullet", "ListContinue", "ListBullet2", "ListBullet3"]
    assert not assembly.numbers


def test_a_quotation() -> None:
    assert styles(write("> a\n>\n> b")[0]) == ["Quote", "Quote"]


def test_footnotes_have_a_part_of_their_own() -> None:
    body, assembly = write("a[^1] b[^2]\n\n[^1]: one [x](https://y.z)\n\n[^2]: two\n\n    more")
    marks = [str(mark.get(f"{W}id")) for mark in body.iter(f"{W}footnoteReference")]
    parts = assembly.finish()
    notes = etree.fromstring(unpack(parts["word/footnotes.xml"]))
    assert marks == ["1", "2"]
    assert [note.get(f"{W}id") for note in notes] == ["-1", "0", "1", "2"]
    assert [texts(note) for note in notes][2:] == [[" one x"], [" two", "more"]]
    assert [str(style.get(f"{W}val")) for style in notes.iter(f"{W}pStyle")] == ["FootnoteText"] * 3
    assert b"https://y.z" in unpack(parts["word/_rels/footnotes.xml.rels"])
    assert "word/_rels/document.xml.rels" not in parts


def test_a_table_has_a_repeated_head_and_figures_at_the_right() -> None:
    body, _ = write("| Heading | Subtotal |\n|---|--:|\n| Human resources & travel | 80,400.00 |")
    table = body.find(f"{W}tbl")
    assert table is not None
    assert table.find(f"{W}tblPr/{W}tblStyle").get(f"{W}val") == "DataTable"
    assert len(list(table.iter(f"{W}tblHeader"))) == 1
    assert styles(body) == ["TableHeading", "TableHeading", "TableText", "TableFigures", "TableEnd"]
    widths = [int(str(column.get(f"{W}w"))) for column in table.iter(f"{W}gridCol")]
    assert sum(widths) == 9_000
    assert widths[0] > widths[1]


def test_a_text_of_a_table_has_room_beside_a_figure() -> None:
    body, _ = write("| Heading | Subtotal | For |\n|---|--:|---|\n| Travel | 400.00 | Flights |")
    indented = [p for p in body.iter(f"{W}p") if p.find(f"{W}pPr/{W}ind") is not None]
    assert ["".join(p.itertext()) for p in indented] == ["For", "Flights"]


@pytest.mark.parametrize("width", [2_000, 9_412, 14_344])
@pytest.mark.parametrize("columns", [[(5, 5)], [(3, 3), (20, 400), (9, 9)], [(40, 90)] * 8])
def test_widths_fill_the_page_exactly(width: int, columns: list[tuple[int, int]]) -> None:
    widths = share_out(width, columns)
    assert sum(widths) == width
    assert min(widths) > 0


def test_nothing_is_lost_for_want_of_styles() -> None:
    table = "| k | l |\n|---|--:|\n| m | n |"
    markdown = f"# H\n\na **b** *c* [d](https://e.f)[^1]\n\n- g\n    - h\n\n1. i\n\n> j\n\n{table}\n\n[^1]: o"
    body, assembly = write(markdown, template=plain_template())
    assert [text for text in texts(body) if text] == ["H", "a b c d", "g", "h", "i", "j", "k", "l", "m", "n"]
    assert styles(body) == []
    parts: dict[str, Entry] = assembly.finish()
    assert "o" in "".join(texts(etree.fromstring(unpack(parts["word/footnotes.xml"]))))
    types = unpack(parts["[Content_Types].xml"]).decode()
    assert "/word/numbering.xml" in types
    assert "/word/footnotes.xml" in types
    numbering = etree.fromstring(unpack(parts["word/numbering.xml"]))
    used = {str(number.get(f"{W}val")) for number in body.iter(f"{W}numId")}
    assert used <= {str(number.get(f"{W}numId")) for number in numbering.iter(f"{W}num")}
    bold = [look for look in body.iter(f"{W}rPr") if look.find(f"{W}b") is not None]
    assert len(bold) == 1
