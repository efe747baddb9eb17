"""A filled-in template is the very document that docxtpl makes of it; and nothing a value holds can break it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from grants.errors import TemplateError
from grants.views.blocks import ABOVE
from grants.writers.word.assembly import Assembly
from grants.writers.word.prose import ProseWriter
from grants.writers.word.starter_layout import Column, Layout
from grants.writers.word.template import compile_data, compile_template, fill_template
from grants.writers.word.wml import NOT_XML, cell, paragraph, row, run, table
from tests.proposals import (
    LANGUAGES,
    Things,
    canonical,
    compile_small,
    fill_by_docxtpl,
    list_parts,
    load_template,
    load_view,
    make_template,
    open_part,
    template_file,
    texts,
)

FRAGMENTS = st.sampled_from(
    ["&", "<", ">", '"', "'", "\t", "\n", "\a", "\f", "{{", "}}", "{%", "]]>", "&amp;", "\r", "€"]
)
VALUES = st.lists(FRAGMENTS | st.text("abΞж ٱلع", max_size=4), max_size=8).map("".join)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sample_is_the_document_of_plain_docxtpl(language: str) -> None:
    template, view = load_template(language), load_view(language)
    writer = ProseWriter(Assembly(template, {}))
    prose = {
        key: Markup(writer.write(blocks, 2, 9_000))  # noqa: S704
        for key, blocks in view.prose.items()
    }
    context: dict[str, Any] = {**view.context, "text": prose}
    ours = fill_template(template, context)
    plain = fill_by_docxtpl(template_file(language).read_bytes(), context)
    assert canonical(ours) == canonical(plain)
    for part in ("word/header2.xml", "word/footer2.xml", "word/footer3.xml"):
        assert texts(open_part(ours, part)) == texts(open_part(plain, part))


BODY = (
    "Before {{ text }} and after",
    "{% if text %}yes{% else %}no{% endif %} {{ text | upper }}",
    "{%p for line in lines %}",
    "- {{ line }}{% if not loop.last %};{% endif %}",
    "{%p endfor %}",
    paragraph(
        '<w:r><w:rPr><w:b/></w:rPr><w:t>{{</w:t></w:r><w:r><w:t xml:space="preserve"> text </w:t></w:r>'
        "<w:r><w:t>}}</w:t></w:r>"
    ),
    "{{ text }} and {_{ kept }_}",
)
TABLE = Layout(lambda key: key)
TABLE.list_table([Column("a", 900, "{{ x.a }}"), Column("b", 900, "{{ x.b }}", True)], "x in rows")
CELLS = "".join(cell(paragraph(run(tag)), 900) for tag in ("{%tc for line in lines %}", "{{ line }}", "{%tc endfor %}"))
WIDENING = table([row([CELLS])], [900], None)
SMALL = make_template(*BODY, *TABLE.parts)
SMALL_COMPILED = compile_data("small", SMALL, Things)


@settings(max_examples=60, deadline=None)
@given(VALUES, st.lists(VALUES, max_size=3), st.lists(st.fixed_dictionaries({"a": VALUES, "b": VALUES}), max_size=3))
def test_any_value_gives_the_document_of_plain_docxtpl(text: str, lines: list[str], rows: list[dict[str, str]]) -> None:
    context = {"text": text, "lines": lines, "rows": rows}
    assert canonical(fill_template(SMALL_COMPILED, context)) == canonical(fill_by_docxtpl(SMALL, context))


@pytest.mark.parametrize("lines", [["a"], ["a", "b & c", "d"], ["x"] * 9])
def test_columns_that_grow_take_docxtpls_own_path(lines: list[str]) -> None:
    data = make_template(WIDENING)
    compiled = compile_data("wide", data, Things)
    context = {"text": "", "lines": lines, "rows": []}
    assert not compiled.parts[0].fixed_grids
    assert canonical(fill_template(compiled, context)) == canonical(fill_by_docxtpl(data, context))


def test_a_table_without_rows_takes_docxtpls_own_path() -> None:
    table = TABLE.parts[0].replace("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>", "<w:tr>", 1)
    start, end = table.index("<w:tr>"), table.index("</w:tr>") + len("</w:tr>")
    data = make_template(table[:start] + table[end:])
    compiled = compile_data("empty", data, Things)
    context: dict[str, Any] = {"text": "", "lines": [], "rows": []}
    assert canonical(fill_template(compiled, context)) == canonical(fill_by_docxtpl(data, context))


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=50))
def test_no_text_breaks_the_file(text: str) -> None:
    filled = fill_template(SMALL_COMPILED, {"text": text, "lines": [text], "rows": [{"a": text, "b": text}]})
    shown = "".join(texts(open_part(filled)))
    for word in NOT_XML.sub("", text.replace("\a", " ").replace("\f", " ")).split():
        assert word in shown


@pytest.mark.parametrize(
    "text", ["long " * 2_000, "Ξενώνας", "Склониште", "مأوى في اليونان", "𝔊 🏠", "a\ttab", "\x00\x0b\ud800\uffffok"]
)
def test_long_foreign_and_forbidden_letters(text: str) -> None:
    shown = texts(open_part(fill_template(compile_small("{{ text }}"), {"text": text})))
    assert shown[0] == NOT_XML.sub("", text)


def test_a_paragraph_s_tag_in_many_runs_is_one_tag() -> None:
    split = "".join(f"<w:r><w:t>{piece}</w:t></w:r>" for piece in ("{", "{ te", "xt }", "}"))
    assert texts(open_part(fill_template(compile_small(paragraph(split)), {"text": "whole"})))[0] == "whole"


def test_parts_without_tags_are_copied() -> None:
    template = load_template("el")
    filled = list_parts(fill_template(template, load_view("el").context))
    original = list_parts(template_file("el").read_bytes())
    assert filled["word/styles.xml"] == original["word/styles.xml"]
    assert filled.keys() == original.keys()


def test_the_same_input_gives_the_same_bytes() -> None:
    first = fill_template(compile_template(template_file("en")), load_view("en").context)
    assert first == fill_template(load_template("en"), load_view("en").context)
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_what_goes_wrong_while_filling_in_has_a_place() -> None:
    heading = paragraph("<w:r><w:t>Budget</w:t></w:r>", "Heading1")
    compiled = compile_small("First", heading, *TABLE.parts, "Last {{ text }}")
    with pytest.raises(TemplateError) as caught:
        fill_template(compiled, {"text": "", "lines": [], "rows": [{"a": "1"}]})
    finding = caught.value.findings[0]
    assert finding.code == "TPL-020"
    assert str(finding.place) == "small.docx (below «Budget», table 1, column 2, «{{ x.b }}»)"
    assert "'b'" in finding.message


def test_a_missing_file_is_a_finding(tmp_path: Path) -> None:
    with pytest.raises(TemplateError) as caught:
        compile_template(tmp_path / "none.docx")
    assert caught.value.findings[0].code == "TPL-001"


def test_a_cell_that_says_above_is_still_text_for_docxtpl() -> None:
    assert ABOVE in texts(open_part(fill_template(compile_small("{{ text }}"), {"text": ABOVE})))[0]


@pytest.mark.parametrize(
    "text",
    ["{{ project.title }", "{{ project.title", "project.title }}", "{ { project.title } }", "{% if x", "if x %}"],
)
def test_a_brace_that_is_missing_swallows_no_text(text: str) -> None:
    whole = make_template(paragraph(run(text)) + paragraph(run("{{ project.title }}")))
    with pytest.raises(TemplateError) as caught:
        compile_data("small.docx", whole)
    finding = caught.value.findings[0]
    assert finding.code == "TPL-010"
    assert text in str(finding.place)
