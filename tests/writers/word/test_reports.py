"""Reports and letters as Word files: in Word's own order, complete, numbered; and the templates they begin with."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from lxml import etree

from grants.model.records import ActivityProgress
from grants.model.scalars import Text
from grants.services.report_documents import CONTEXTS
from grants.services.templates import find_template
from grants.views.document import DocumentView
from grants.views.letters import view_cover_letter, view_modification_request, view_payment_request
from grants.views.report import view_narrative_report
from grants.views.text_fit import measure
from grants.writers.word import compile_template, write_document
from grants.writers.word.starters import STARTERS
from grants.writers.word.template import compile_data
from tests.base_project import TEMPLATES, load_donor
from tests.proposals import list_parts, open_part, texts
from tests.reports import FINAL, INTERIM, LANGUAGES, load_labels, load_source, with_progress
from tests.writers.word.order import find_disorder

KEYS = tuple(CONTEXTS)
STAMP = {"form": "narrative-report", "project": "SAM-2008-01", "report": FINAL}


def view(key: str, language: str, report: str = FINAL) -> DocumentView[Any]:
    source, labels = load_source(report), load_labels()
    if key == "narrative-report":
        return view_narrative_report(source, labels, language)
    if key == "payment-request":
        return view_payment_request(source, ["One"], labels, language)
    if key == "cover-letter":
        return view_cover_letter(source, ["One", "Two"], labels, language)
    return view_modification_request(source, labels, language)


@cache
def make(key: str, language: str, report: str = FINAL) -> bytes:
    document = next(x for x in load_donor().report_documents if x.key == key)
    template = find_template(TEMPLATES / "hellenic-aid", document, language, CONTEXTS[key])
    return write_document(template, view(key, language, report), STAMP)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", KEYS)
def test_elements_stand_in_words_order(key: str, language: str) -> None:
    for part, data in list_parts(make(key, language)).items():
        if part.endswith(".xml"):
            assert find_disorder(etree.fromstring(data)) == [], part


@pytest.mark.parametrize("report", [INTERIM, FINAL])
@pytest.mark.parametrize("key", KEYS)
def test_no_tag_is_left(key: str, report: str) -> None:
    shown = "\n".join(texts(open_part(make(key, "en", report))))
    assert not re.search(r"\{[{%#]|[}%#]\}|\ufdd0|\ufdd1", shown)
    assert "Sample" in shown


def test_the_same_report_gives_the_same_bytes() -> None:
    document = next(x for x in load_donor().report_documents if x.key == "narrative-report")
    template = find_template(TEMPLATES / "hellenic-aid", document, "el", CONTEXTS["narrative-report"])
    assert write_document(template, view("narrative-report", "el"), STAMP) == make("narrative-report", "el")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_has_three_charts_with_their_figures(language: str) -> None:
    parts = list_parts(make("narrative-report", language))
    charts = [data.decode() for name, data in parts.items() if re.fullmatch(r"word/charts/[^/]*\.xml", name)]
    assert len(charts) == len([name for name in parts if name.startswith("word/embeddings/")]) == 3
    assert sum("<c:lineChart>" in chart for chart in charts) == 1
    assert sum('<c:grouping val="clustered"/>' in chart for chart in charts) == 1
    described = [str(node.get("descr")) for node in open_part(make("narrative-report", language)).iter("{*}docPr")]
    assert all(len(text) > 50 for text in described)


def test_chapters_of_an_interim_report_and_of_a_final_one() -> None:
    interim, final = (texts(open_part(make("narrative-report", "en", report))) for report in (INTERIM, FINAL))
    assert "Next steps" in interim
    assert "Lessons" not in interim
    assert "Where the records are kept" in final
    assert "Next steps" not in final


def test_every_long_table_repeats_its_head() -> None:
    root = open_part(make("narrative-report", "en"))
    word = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
    tables = root.xpath(".//w:tbl[w:tblPr/w:tblStyle[@w:val='DataTable']]", namespaces=word)
    assert len(tables) == 9
    for table in tables:
        assert table.xpath("w:tr[1]/w:trPr/w:tblHeader", namespaces=word)
        assert not table.xpath("w:tr[not(w:trPr/w:cantSplit)]", namespaces=word)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", KEYS)
def test_the_pack_s_templates_are_what_a_pack_can_begin_with(key: str, language: str) -> None:
    made = STARTERS[key](load_labels(), language)
    assert made == STARTERS[key](load_labels(), language)
    assert compile_data("first.docx", made, CONTEXTS[key]).styles
    own = TEMPLATES / "hellenic-aid" / f"{key}.{language}.docx"
    assert compile_template(own, CONTEXTS[key]).styles.first("body text")
    assert texts(open_part(own.read_bytes())) == texts(open_part(made))


_WORD = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
_HEAD, _PIXEL, _MARGINS = 8.5, 15, 170
"""Points of the letters in the head of a table; twentieths of a point of a pixel, and of the margins of a cell."""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", STARTERS)
def test_no_word_of_a_head_is_broken(key: str, language: str) -> None:
    root = open_part(STARTERS[key](load_labels(), language))
    heads = root.xpath(".//w:tr[w:trPr/w:tblHeader]/w:tc", namespaces=_WORD)
    for head in heads:
        width = int(head.xpath("string(w:tcPr/w:tcW/@w:w)", namespaces=_WORD))
        indent = int(head.xpath("string(.//w:ind/@w:left)", namespaces=_WORD) or 0)
        words = re.findall(r"[^\W_]+", re.sub(r"\{\{.*?\}\}", "", " ".join(texts(head))))
        longest = max((measure(word, _HEAD, bold=True) * _PIXEL for word in words), default=0)
        assert longest + _MARGINS + indent <= width, words


def test_where_the_records_are_kept_stands_on_one_page() -> None:
    root = open_part(STARTERS["narrative-report"](load_labels(), "en"))
    (heading,) = (x for x in root.iter("{*}p") if "".join(x.itertext()) == "Where the records are kept")
    *rows, _ = heading.getnext().findall("{*}tr")
    assert len(rows) == 2
    assert all(x.find("{*}pPr/{*}keepNext") is not None for part in rows for x in part.iter("{*}p"))


@pytest.mark.parametrize("report", [INTERIM, FINAL])
def test_a_deviation_is_told_once(report: str) -> None:
    late = ActivityProgress(status="delayed", start="2008-02", deviation=Text({"": "The venue was late."}))
    source = with_progress(load_source(report), INTERIM, activities={"A1.1.1": late})
    template = compile_template(TEMPLATES / "hellenic-aid" / "narrative-report.en.docx", CONTEXTS["narrative-report"])
    shown = texts(open_part(write_document(template, view_narrative_report(source, load_labels(), "en"), STAMP)))
    assert len([text for text in shown if "The venue was late." in text]) == 1
    assert "See “Deviations and their reasons”." in shown


def test_a_cover_letter_speaks_of_a_request_only_where_there_is_one() -> None:
    source = load_source(FINAL)
    paid = replace(source.accounts.next_payment, instalment=None, amount=Decimal("0.00"))
    source = replace(source, accounts=replace(source.accounts, next_payment=paid))
    template = compile_template(TEMPLATES / "hellenic-aid" / "cover-letter.el.docx", CONTEXTS["cover-letter"])
    letter = write_document(template, view_cover_letter(source, ["Έκθεση"], load_labels(), "el"), STAMP)
    assert "αιτήματος" not in "\n".join(texts(open_part(letter)))
    assert "του αιτήματος" in "\n".join(texts(open_part(make("cover-letter", "el"))))


@pytest.mark.parametrize(("said", "assets"), [({}, False), ({"assets": ()}, True)])
def test_that_there_were_no_contracts_and_no_assets_is_printed_where_somebody_said_so(
    said: dict[str, tuple[()]], assets: bool
) -> None:
    """The example says `contracts: []`, and nothing of assets."""
    source, document = load_source(FINAL), load_donor().report_documents[0]
    assert document.key == "narrative-report"
    template = find_template(TEMPLATES / "hellenic-aid", document, "en", CONTEXTS[document.key])
    shown = view_narrative_report(with_progress(source, "2008-Q2", **said), load_labels(), "en")
    words = texts(open_part(write_document(template, shown, STAMP)))
    assert words[words.index("Contracts awarded") + 1] == "No contract was awarded."
    assert ("No assets were bought with the grant." in words, "Assets" in words) == (assets, assets)
