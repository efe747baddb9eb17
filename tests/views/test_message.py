"""What a message says of a report: amounts and dates as its language writes them; nothing that is for programs."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from grants.readers.mail import read_wording
from grants.views.figures import format_date, format_month, format_percent, format_period, format_short_date
from grants.views.message import fill_line, list_unknown, name_words
from grants.views.report.figures import list_text_values, name_text_figures
from grants.views.report.money import ReportMoney
from grants.views.words import Words
from tests.base_project import TEMPLATES, load_donor
from tests.reports import FINAL, INTERIM, LANGUAGES, load_labels, load_source

FIGURES = {
    "kind": "interim",
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


def test_a_serbian_year_has_its_point_in_words_and_in_figures() -> None:
    day, end = datetime.date(2008, 8, 20), datetime.date(2008, 9, 30)
    assert (format_date(day, "sr"), format_short_date(day, "sr")) == ("20. avgust 2008.", "20.08.2008.")
    assert format_month("2008-08", "sr") == "avgust 2008."
    assert format_period(datetime.date(2008, 8, 1), end, "sr") == "avgust – septembar 2008."
    assert format_period(day, end, "sr") == "20. avgust 2008. – 30. septembar 2008."


def test_a_share_is_rounded_half_up_as_in_a_workbook() -> None:
    shares = [format_percent(Decimal(text), "el", 2) for text in ("12.345", "-12.345", "7")]
    assert shares == ["12,35%", "-12,35%", "7,00%"]
    assert format_percent(Decimal("0.125"), "en") == "0.13\u00a0%"


def test_what_is_no_word_for_a_donor_cannot_be_named(words: dict[str, dict[str, str]]) -> None:
    text = "{{ figures }} {{ kind }} {{ requested }} {{ due }}"
    assert list(list_unknown(text, words["el"])) == ["figures", "kind", "requested"]


@pytest.mark.parametrize("report", [INTERIM, FINAL])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_message_says_each_figure_as_the_report_does(report: str, language: str) -> None:
    source = load_source(report)
    kept = {name: str(value) for name, value in list_text_values(source).items()}
    said = name_words(source.project, source.donor, source.report, kept, [], language)
    printed = name_text_figures(source, ReportMoney(source, {}, Words(load_labels(), language, LANGUAGES)))
    assert {"spent_percent", "received", "spent_1", "total"} <= printed.keys() & said.keys()
    assert {name: said[name] for name in printed.keys() - {"requested_instalment"}} == {
        name: text for name, text in printed.items() if name != "requested_instalment"
    }


@pytest.mark.parametrize("language", ["el", "en", "sr"])
def test_the_words_of_every_language_are_filled_in(words: dict[str, dict[str, str]], language: str) -> None:
    _, subject, body, findings = read_wording(TEMPLATES, "hellenic-aid", language)
    assert findings == []
    assert list(list_unknown(subject + body, words[language])) == []
    assert "{{" not in fill_line(subject + body, words[language])
