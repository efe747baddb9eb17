"""The first template of a pack: what `grants donors --template` writes, and what Hellenic Aid's pack began with."""

from __future__ import annotations

import pytest

from grants.readers.pack import read_labels
from grants.writers.word import compile_template, write_document
from grants.writers.word.starter import make_starter
from grants.writers.word.template import compile_data
from tests.proposals import LABELS, LANGUAGES, STAMP, load_view, open_part, template_file, texts


def make(language: str) -> bytes:
    labels = read_labels(LABELS)[0]
    assert labels
    return make_starter(labels, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_labels_give_the_same_bytes(language: str) -> None:
    assert make(language) == make(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_can_be_used_at_once(language: str) -> None:
    template = compile_data("proposal.docx", make(language))
    assert len(write_document(template, load_view(language), STAMP)) > 30_000


def test_its_tags_can_be_read() -> None:
    shown = texts(open_part(make("en")))
    assert "{{p text.summary }}" in shown
    assert "{%tr for line in x.lines %}" in shown
    assert "{{p charts.budget }}" in shown
    assert "Logical framework" in shown


def test_a_template_that_libreoffice_never_saw_has_the_styles_prose_needs() -> None:
    styles = compile_template(template_file("el")).styles
    for name in ("body text", "list bullet 3", "list number 3", "list continue 2", "quote", "footnote text", "caption"):
        assert styles.first(name), name
    for name in ("strong", "emphasis", "hyperlink", "footnote reference"):
        assert name in styles.character
    assert styles.first_table("data table") == "DataTable"
    assert sorted(set(styles.headings.values())) == [1, 2, 3, 4]
    assert styles.contents_levels == 2


def test_the_table_of_an_activity_stays_with_its_description() -> None:
    root = open_part(make("en"))
    (description,) = (x for x in root.findall("{*}body/{*}p") if "".join(x.itertext()) == "{{ x.description }}")
    gap = description.getprevious()
    between = [gap, *gap.getprevious().iter("{*}p")]
    assert all(x.find("{*}pPr/{*}keepNext") is not None for x in between)


def test_a_partner_is_not_called_the_applicant() -> None:
    (caption,) = (x for x in open_part(make("en")).iter("{*}p") if "Particulars of {{" in "".join(x.itertext()))
    table = caption.getnext()
    assert texts(table)[:2] == ["Name", "{{ x.name }}"]
    assert all(row.find("{*}tc/{*}p/{*}pPr/{*}keepNext") is not None for row in table.findall("{*}tr")[:3])
