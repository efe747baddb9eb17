"""Small pieces: numbers of headings and captions, merged cells, grids, line breaks, the zip."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from docxtpl import DocxTemplate
from hypothesis import given, settings
from hypothesis import strategies as st

from grants.views.blocks import ABOVE
from grants.writers.word.captions import number_captions
from grants.writers.word.contents import mark_headings
from grants.writers.word.line_breaks import resolve_line_breaks
from grants.writers.word.merging import merge_cells
from grants.writers.word.package import pack, read_entries, unpack, write_entries
from grants.writers.word.starter_layout import Column, data_row, head_row, tag_row
from grants.writers.word.table_grids import have_fixed_grids
from grants.writers.word.wml import cell, escape, field, paragraph, row, run, table
from tests.proposals import load_template


def headings(*styles: str) -> list[tuple[str, str]]:
    xml = "".join(paragraph(run(f"h{n}"), style) for n, style in enumerate(styles))
    return [(entry.number, entry.text) for entry in mark_headings(xml, load_template("en").styles)[1]]


def test_headings_are_numbered_as_word_numbers_them() -> None:
    found = headings("Heading1", "Heading2", "Heading2", "Heading3", "FrontHeading", "Heading1", "Heading2", "BodyText")
    assert found == [("1", "h0"), ("1.1", "h1"), ("1.2", "h2"), ("1.2.1", "h3"), ("", "h4"), ("2", "h5"), ("2.1", "h6")]


def test_a_skipped_level_counts_as_the_first() -> None:
    assert headings("Heading1", "Heading3") == [("1", "h0"), ("1.1.1", "h1")]


def test_an_empty_heading_is_no_entry() -> None:
    xml = paragraph("", "Heading1") + paragraph(run("a & b\tc"), "Heading1")
    marked, entries = mark_headings(xml, load_template("en").styles)
    assert [(entry.number, entry.text) for entry in entries] == [("2", "a & b c")]
    assert marked.count("<w:bookmarkStart") == marked.count("<w:bookmarkEnd") == 1


def test_both_forms_of_a_caption_s_field_are_numbered() -> None:
    simple = '<w:p><w:fldSimple w:instr=" SEQ Table \\* ARABIC "><w:r><w:t>7</w:t></w:r></w:fldSimple></w:p>'
    complex_ones = f"<w:p>{field('SEQ Table', '7')}</w:p><w:p>{field('SEQ Figure', '7')}</w:p>"
    whole = f"{complex_ones}{simple}<w:p>{run('SEQ Table 7')}</w:p>"
    assert [part.split("<")[0] for part in number_captions(whole).split('preserve">')[1:]][1::2] == ["1", "1"]
    assert "<w:t>2</w:t>" in number_captions(whole)
    assert "SEQ Table 7" in number_captions(whole)


ABOVE_CELL = f"<w:p><w:r><w:t>{ABOVE}</w:t></w:r></w:p>"


def test_merged_cells_follow_the_grid() -> None:
    rows = [
        row([cell("<w:p>a</w:p>", 1), cell("<w:p>b</w:p>", 1), cell("<w:p>c</w:p>", 1)]),
        row([cell("<w:p>d</w:p>", 2, 2), cell(ABOVE_CELL, 1)]),
        row([cell("<w:p>e</w:p>", 2, 2), cell(ABOVE_CELL, 1)]),
    ]
    merged = merge_cells(table(rows, [1, 1, 1], None))
    assert ABOVE not in merged
    assert merged.count('<w:vMerge w:val="restart"/>') == 1
    assert merged.count("<w:vMerge/>") == 2
    assert '<w:vMerge w:val="restart"/></w:tcPr><w:p>c' in merged


def test_a_merge_with_nothing_above_is_an_ordinary_cell() -> None:
    above = f"<w:p><w:r><w:t>{ABOVE}</w:t></w:r></w:p>"
    merged = merge_cells(above + table([row([cell(ABOVE_CELL, 1)])], [1], None) + above)
    assert merged.count("<w:vMerge/>") == 1
    assert merged.count(ABOVE) == 2


COLUMNS = [Column("a", 500, "{{ x }}"), Column("b", 500, "{{ y }}")]
HEAD = data_row(COLUMNS)


@pytest.mark.parametrize(
    ("rows", "fixed"),
    [
        ([HEAD, tag_row("for x in y", [500, 500]), HEAD], True),
        ([row([cell("<w:p/>", 1000, 2)]), HEAD], True),
        ([row([cell("<w:p/>", 500)]), HEAD], True),
        ([row([cell("<w:p/>", 500)])], False),
        ([row([cell("<w:p/>", 500)] * 3), HEAD], False),
        ([row(["{%tc for x in y %}", cell("<w:p/>", 500)]), HEAD], False),
        ([row([cell(table([HEAD], [1, 1], None) + "<w:p/>", 500)] * 2)], False),
        ([HEAD.replace("</w:tcPr>", '<w:gridSpan w:val="{{ 2 }}"/></w:tcPr>', 1)], False),
    ],
)
def test_grids_that_can_be_relied_on(rows: list[str], fixed: bool) -> None:
    xml = DocxTemplate(io.BytesIO()).patch_xml(table(rows, [500, 500], None))
    assert have_fixed_grids(xml) is fixed


def test_a_text_has_room_beside_a_figure() -> None:
    columns = [Column("a", 9, "{{ x }}"), Column("b", 9, "{{ y }}", True), Column("c", 9, "{{ z }}\n{{ u }}")]
    for xml, indented in ((data_row(columns, keep=True), ["{{ z }}", "{{ u }}"]), (head_row(columns, str), ["c"])):
        found = re.findall(r"<w:p>((?:(?!</w:p>).)*<w:ind w:left=(?:(?!</w:p>).)*)</w:p>", xml)
        assert [re.sub("<[^>]*>", "", part) for part in found] == indented


TAGS = [
    "<w:p>",
    "</w:p>",
    "<w:r>",
    "</w:r>",
    "<w:t>",
    "</w:t>",
    "<w:p/>",
    "<w:tab/>",
    "<w:pPr><w:jc/></w:pPr>",
    "<w:rPr><w:b/></w:rPr>",
    "x",
]
WIDE_TAGS = ['<w:t xml:space="preserve">', '<w:p w:rsidR="1">', "\n", "\t", "\a", "\f"]
PIECES = st.sampled_from([*TAGS, *WIDE_TAGS])


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_line_breaks_are_those_of_docxtpl(xml: str) -> None:
    resolve = DocxTemplate(io.BytesIO()).resolve_listing
    assert resolve_line_breaks(xml, resolve) == resolve(xml)


@given(
    st.dictionaries(
        st.text(st.characters(codec="utf-8", exclude_characters="\0\\/"), min_size=1, max_size=9),
        st.binary(max_size=200),
    )
)
def test_a_zip_gives_back_what_was_put_in(parts: dict[str, bytes]) -> None:
    data = write_entries({name: pack(content) for name, content in parts.items()})
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        assert {name: package.read(name) for name in package.namelist()} == parts
    assert {name: unpack(entry) for name, entry in read_entries(data).items()} == parts


def test_text_as_xml() -> None:
    assert escape('a & b < c > "d" \x00e') == "a &amp; b &lt; c &gt; &quot;d&quot; e"
    assert run("a\tb\nc").count("<w:t ") == 3
