"""The sample's proposal as a Word file: readable by python-docx, numbered, dated, stamped, and in Word's own order."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from dataclasses import replace

import docx
import openpyxl
import pytest
from lxml import etree
from openpyxl.utils.datetime import to_excel

from grants.readers.stamp import read_stamp
from grants.readers.word_file import read_word
from grants.views.blocks import ABOVE, CLOSE, OPEN, place_prose
from grants.writers.word import write_document
from grants.writers.word.template import compile_data
from tests.proposals import (
    LANGUAGES,
    STAMP,
    W,
    list_parts,
    load_template,
    load_view,
    make_proposal,
    make_template,
    open_part,
    template_file,
    texts,
)
from tests.workbooks import POLICE, SHELTER
from tests.writers.word.order import find_disorder

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
BOTH = [(language, name) for language in LANGUAGES for name in (SHELTER, POLICE)]


@pytest.mark.parametrize(("language", "name"), BOTH)
def test_python_docx_opens_it(language: str, name: str) -> None:
    document = docx.Document(io.BytesIO(make_proposal(language, name)))
    assert len(document.sections) == 5
    assert [section.orientation for section in document.sections] == [0, 1, 0, 1, 0]
    assert document.core_properties.author == load_view(language, name).properties.author
    assert document.core_properties.created == document.core_properties.modified


@pytest.mark.parametrize(("language", "name"), BOTH)
def test_elements_stand_in_words_order(language: str, name: str) -> None:
    for part, data in list_parts(make_proposal(language, name)).items():
        if part.endswith(".xml"):
            assert find_disorder(etree.fromstring(data)) == [], part


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_templates_elements_stand_in_words_order(language: str) -> None:
    for part, data in list_parts(template_file(language).read_bytes()).items():
        if part.endswith(".xml"):
            assert find_disorder(etree.fromstring(data)) == [], part


def test_disorder_would_be_seen() -> None:
    faulty = f'<w:p xmlns:w="{W[1:-1]}"><w:pPr><w:jc w:val="left"/><w:pStyle w:val="a"/></w:pPr></w:p>'
    assert find_disorder(etree.fromstring(faulty)) == ["pPr: pStyle after jc"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_is_referred_to_exists(language: str) -> None:
    parts = list_parts(make_proposal(language))
    types = parts["[Content_Types].xml"].decode()
    defaults = set(re.findall(r'Extension="([^"]*)"', types))
    for name in parts:
        assert f'PartName="/{name}"' in types or name.rsplit(".", 1)[-1] in defaults, name
    for name in re.findall(r'PartName="/([^"]*)"', types):
        assert name in parts
    for name in [name for name in parts if name.endswith(".rels")]:
        folder = name.replace("_rels/", "").rsplit("/", 1)[0] if name.count("/") > 1 else ""
        for target in re.findall(r'Target="([^"]*)"/>', parts[name].decode()):
            path = f"{folder}/{target}".lstrip("/")
            assert re.sub(r"[^/]+/\.\./", "", path) in parts, target
    relations = set(re.findall(r' Id="([^"]*)"', parts["word/_rels/document.xml.rels"].decode()))
    used = set(re.findall(r' r:(?:id|embed)="([^"]*)"', parts["word/document.xml"].decode()))
    assert used <= relations


@pytest.mark.parametrize("language", LANGUAGES)
def test_ids_are_unique(language: str) -> None:
    root = open_part(make_proposal(language))
    for tag, key in (("{*}docPr", "id"), (f"{W}bookmarkStart", f"{W}id"), (f"{W}bookmarkStart", f"{W}name")):
        ids = [str(node.get(key)) for node in root.iter(tag)]
        assert len(ids) == len(set(ids)) > 0


def test_the_contents_table_has_the_headings_with_their_numbers() -> None:
    root = open_part(make_proposal("en"))
    styled = f"{W}pPr/{W}pStyle[@{W}val='Toc1']"
    entries = ["".join(texts(entry)) for entry in root.iter(f"{W}p") if entry.find(styled) is not None]
    assert entries[:3] == ["Summary of the project", "1\tThe applicant and its partners", "2\tContext and problem"]
    assert entries[-3:] == ["Annexes", "Abbreviations", "Declaration and signatures"]
    assert "13\tData protection" in entries
    anchors = {str(link.get(f"{W}anchor")) for link in root.iter(f"{W}hyperlink") if link.get(f"{W}anchor")}
    assert anchors <= {str(mark.get(f"{W}name")) for mark in root.iter(f"{W}bookmarkStart")}
    assert not [code for code in root.iter(f"{W}instrText") if "PAGEREF" in (code.text or "")]


def test_known_pages_stand_in_the_contents_table() -> None:
    pages = {f"_Toc{number:08d}": number + 2 for number in range(1, 400)}
    root = open_part(write_document(load_template("en"), load_view("en"), STAMP, pages))
    styled = f"{W}pPr/{W}pStyle[@{W}val='Toc1']"
    entries = ["".join(texts(entry)) for entry in root.iter(f"{W}p") if entry.find(styled) is not None]
    assert entries[1] == "1\tThe applicant and its partners\t4"
    begins = [field.get(f"{W}fldCharType") for field in root.iter(f"{W}fldChar")]
    assert begins.count("begin") == begins.count("end") == begins.count("separate")


def test_captions_count_themselves() -> None:
    shown = texts(open_part(make_proposal("el")))
    tables = [int(match[1]) for text in shown if (match := re.match(r"Πίνακας (\d+)\. ", text))]
    figures = [int(match[1]) for text in shown if (match := re.match(r"Γράφημα (\d+)\. ", text))]
    assert tables == list(range(1, len(tables) + 1))
    assert len(tables) > 10
    assert figures == [1, 2]


@pytest.mark.parametrize(("language", "name"), BOTH)
def test_no_tag_and_no_mark_is_left(language: str, name: str) -> None:
    data = make_proposal(language, name)
    text = read_word(data).text
    assert not re.search(r"\{\{|\}\}|\{%|%\}", text)
    assert OPEN not in text
    assert CLOSE not in text
    for part in ("word/header2.xml", "word/footer2.xml"):
        assert "{" not in "".join(texts(open_part(data, part)))


def test_the_logframe_is_merged_over_outcome_and_output() -> None:
    root = open_part(make_proposal("en"))
    table = next(table for table in root.iter(f"{W}tbl") if "Specific objective" in texts(table)[0])
    merges = [
        [
            ("" if (found := cell.find(f"{W}tcPr/{W}vMerge")) is None else found.get(f"{W}val", "on"))
            for cell in row.iter(f"{W}tc")
        ]
        for row in table.iter(f"{W}tr")
    ]
    assert merges[2][0] == "restart"
    assert merges[3][0] == "on"
    assert merges[3][1] == "restart"
    assert merges[4][1] == "on"
    for number, row in enumerate(merges):
        for column, merge in enumerate(row):
            assert merge != "on" or merges[number - 1][column] in ("on", "restart")


def _count_days(value: object) -> object:
    return to_excel(value) if isinstance(value, datetime.datetime) else value


@pytest.mark.parametrize("language", LANGUAGES)
def test_charts_carry_their_figures(language: str) -> None:
    parts = list_parts(make_proposal(language))
    view = load_view(language)
    for number, chart in enumerate((view.charts["plan"], view.charts["budget"]), 1):
        root = etree.fromstring(parts[f"word/charts/grants_chart{number}.xml"])
        assert len(list(root.iter(f"{CHART}ser"))) == len(chart.series)
        sheet = openpyxl.load_workbook(io.BytesIO(parts[f"word/embeddings/grants_chart{number}.xlsx"])).active
        assert sheet is not None
        rows = [[_count_days(value) for value in row] for row in sheet.iter_rows(values_only=True)]
        assert [row[0] for row in rows[1:]] == list(chart.categories)
        for column, series in enumerate(chart.series, 1):
            values = [row[column] for row in rows[1:]]
            assert values == [None if value is None else pytest.approx(float(value)) for value in series.values]
    described = [str(node.get("descr")) for node in open_part(make_proposal(language)).iter("{*}docPr")]
    assert described == [view.charts["plan"].description, view.charts["budget"].description]


def test_a_drawing_that_a_loop_repeats_has_its_own_number_each_time() -> None:
    drawing = (
        '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
        'wordprocessingDrawing"><wp:extent cx="1" cy="1"/><wp:docPr id="1" name="Line"/></wp:inline></w:drawing>'
        "</w:r></w:p>"
    )
    template = make_template("{%p for x in activities %}", drawing, "{%p endfor %}", "{{p charts.budget }}")
    data = write_document(compile_data("t", template), load_view("en"), STAMP)
    ids = [str(node.get("id")) for node in open_part(data).iter("{*}docPr")]
    assert len(ids) == len(set(ids)) == len(load_view("en").context["activities"]) + 1


def test_the_stamp_and_the_language() -> None:
    data = make_proposal("el")
    assert read_stamp(data) == STAMP
    styles = open_part(data, "word/styles.xml")
    assert next(styles.iter(f"{W}lang")).get(f"{W}val") == "el-GR"


def test_another_language_than_the_templates() -> None:
    data = write_document(load_template("el"), load_view("en"), STAMP)
    assert next(open_part(data, "word/styles.xml").iter(f"{W}lang")).get(f"{W}val") == "en-GB"


def test_the_same_input_gives_the_same_bytes() -> None:
    assert write_document(load_template("el"), load_view("el"), STAMP) == make_proposal("el")


def test_nothing_tells_who_wrote_the_template() -> None:
    with zipfile.ZipFile(io.BytesIO(make_proposal("en"))) as package:
        names = [name for name in package.namelist() if name.startswith("docProps/")]
        assert names == ["docProps/core.xml", "docProps/app.xml", "docProps/custom.xml"]
        assert {info.date_time[0] for info in package.infolist()} == {1980}
        assert b"2007-10-15T00:00:00Z" in package.read("docProps/core.xml")


@pytest.mark.parametrize(
    "trick",
    [place_prose("summary"), ABOVE, OPEN, f"{OPEN}prose:", f"{OPEN}chart:budget{CLOSE}", f"{OPEN}contents:{CLOSE}"],
)
def test_a_text_cannot_pretend_to_be_a_place(trick: str) -> None:
    view = load_view("en")
    project = {**view.context["project"], "title": f"A {trick} B"}
    tricky = replace(view, context={**view.context, "project": project})
    data = write_document(load_template("en"), tricky, STAMP)
    text = read_word(data).text
    assert OPEN not in text
    assert "A " in text
    assert find_disorder(open_part(data)) == []
    assert len(list(open_part(data).iter(f"{W}p"))) == len(list(open_part(make_proposal("en")).iter(f"{W}p")))
