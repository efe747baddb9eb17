"""What a message says of a report: amounts and dates as its language writes them; nothing that is for programs."""

from __future__ import annotations

import pytest

from grants.readers.mail import read_wording
from grants.views.message import fill_line, list_unknown, name_words
from tests.base_project import TEMPLATES, load_donor
from tests.reports import INTERIM, load_source

FIGURES = {
    "kind": "interim",
    "start": "2008-01-01",
    "due": "2008-08-29",
    "spent_current": "71448.24",
    "requested": "much",
    "instalment": "D2",
}


@pytest.fixture
def words() -> dict[str, dict[str, str]]:
    source = load_source(INTERIM)
    said = (source.project, load_donor(), source.report, FIGURES, ["a.docx"])
    return {language: name_words(*said, language) for language in ("el", "en", "sr")}


def test_dates_and_amounts_are_as_the_language_writes_them(words: dict[str, dict[str, str]]) -> None:
    assert [words[x]["due"] for x in ("el", "en", "sr")] == ["29 Αυγούστου 2008", "29 August 2008", "29. avgust 2008."]
    amounts = [words[x]["spent_current"].replace("\u00a0", " ") for x in ("el", "en", "sr")]
    assert amounts == ["71.448,24 €", "EUR 71,448.24", "71.448,24 €"]
    assert words["el"]["instalment"] == "D2"
    assert not any("2008-" in text for each in words.values() for name, text in each.items() if "code" not in name)


def test_what_is_no_word_for_a_donor_cannot_be_named(words: dict[str, dict[str, str]]) -> None:
    text = "{{ figures }} {{ kind }} {{ start }} {{ requested }} {{ due }}"
    assert list(list_unknown(text, words["el"])) == ["figures", "kind", "start", "requested"]


@pytest.mark.parametrize("language", ["el", "en", "sr"])
def test_the_words_of_every_language_are_filled_in(words: dict[str, dict[str, str]], language: str) -> None:
    _, subject, body, findings = read_wording(TEMPLATES, "hellenic-aid", language)
    assert findings == []
    assert list(list_unknown(subject + body, words[language])) == []
    assert "{{" not in fill_line(subject + body, words[language])
