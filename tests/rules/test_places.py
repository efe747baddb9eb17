"""Addresses are found, in Greek, English and Serbian; what must never be printed, in any spelling."""

from __future__ import annotations

from dataclasses import replace

import pytest

from grants.model.scalars import Text
from grants.rules.places import fold
from tests.base_project import find_faults, load_base, with_text

ADDRESSES = [
    "It is at 12 Green Street.",
    "It is in Green Street 12.",
    "It is at 11 Vassilissis Sophias Ave., Athens.",
    "Old Mill Road 7",
    "Είναι στην οδό Σόλωνος 12.",
    "Είναι στην οδό Σόλωνος.",
    "Οδός Αγίου Κωνσταντίνου 3",
    "ΟΔΟΣ ΣΟΛΩΝΟΣ 12",
    "Λεωφ. Κηφισίας 25",
    "Λεωφόρος Βασιλίσσης Σοφίας 11",
    "Πλατεία Συντάγματος 4",
    "Kuća je u ulici Kneza Miloša 12.",
    "ul. Takovska 7",
    "Bulevar Oslobođenja 100",
    "улица Кнеза Милоша 12",
    "ул. Таковска 7",
    "The shelter is in Green Street.",
    "The shelter is near Athens, 115 28 Athens.",
    "Ο ξενώνας, 115 28 Αθήνα.",
    "Sklonište je u 11000 Beograd.",
    "Τ.Κ. 115 28 Αθήνα",
    "At 37.98381, 23.72754.",
    "At 37° 58' north.",
    "https://maps.google.com/?q=1",
    "https://goo.gl/maps/abc",
    "The office at 1 Sample Street is open.",
]
NO_ADDRESSES = [
    "Wall Street is far away.",
    "We take the high road.",
    "A road of 12 miles.",
    "Πλατεία Συντάγματος",
    "Η μέθοδος και η περίοδος 12 μηνών.",
    "Η είσοδος, η έξοδος και η πρόοδος.",
    "The shelter has 2,400 nights, 1,500 calls and 20 Women.",
    "The shelter serves 15000 people.",
    "In 2008 Athens was warm.",
    "DAC code 15180 Ending violence.",
    "The Attica region, Belgrade and Vojvodina.",
    "A memo of St. Petersburg.",
    "Square brackets 3",
    "The ratio is 0.1234 to 3.",
]


@pytest.mark.parametrize("text", ADDRESSES)
def test_addresses_are_found_once(text: str) -> None:
    assert len(find_faults("addresses", with_text(text), allowed=())) == 1


@pytest.mark.parametrize("text", NO_ADDRESSES)
def test_other_places_are_no_addresses(text: str) -> None:
    assert find_faults("addresses", with_text(text), allowed=()) == []


def test_a_postcode_counts_in_the_paragraph_of_a_shelter_only() -> None:
    assert find_faults("addresses", with_text("The shelter is safe.\n\nThe court, 115 28 Athens."), allowed=()) == []
    assert len(find_faults("addresses", with_text("The shelter is safe,\nat 115 28 Athens."), allowed=())) == 1


def test_the_office_may_have_its_address_in_its_own_field() -> None:
    assert find_faults("addresses", load_base(), allowed=()) == []


def test_what_the_call_allows_may_be_printed() -> None:
    project = with_text("Ask at 12 Green Street.")
    assert find_faults("addresses", project, allowed=("12 Green Street",)) == []


SPELLINGS = [
    "The house is in Ano Lofos.",
    "ANO LOFOS",
    "ano\nlofos",
    "in **Ano** _Lofos_",
    "Ano-Lofos, Áno  Lófos",
    "A**no** Lo\u00adfos",
    "[Ano Lofos](https://example.org)",
]


@pytest.mark.parametrize("text", SPELLINGS)
def test_a_phrase_is_found_in_any_spelling(text: str) -> None:
    (fault,) = find_faults("never_print", with_text(text), ["Ano Lofos"])
    assert fault.found is None
    assert "Lofos" not in fault.message + fault.remedy


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("Άνω Λόφος", "ΣΤΟΝ ΑΝΩ ΛΟΦΟΣ"),
        ("Takovska 7", "у Таковска 7"),
        ("Đorđa Kuna 3", "ĐORĐA KUNA 3"),
        ("Ђорђа Куна 3", "Đorđa Kuna 3"),
    ],
)
def test_accents_and_alphabets_make_no_difference(phrase: str, text: str) -> None:
    assert len(find_faults("never_print", with_text(text), [phrase])) == 1


@pytest.mark.parametrize("text", ["Piano Lofosi", "Ano", "Lofos Ano"])
def test_a_part_of_a_word_is_not_the_phrase(text: str) -> None:
    assert find_faults("never_print", with_text(text), ["Ano Lofos"]) == []


def test_the_place_is_where_the_phrase_begins() -> None:
    (fault,) = find_faults("never_print", with_text("One line.\nThe house in Ano Lofos, and more."), ["Ano Lofos"])
    assert (fault.place.line, fault.place.column) == (2, 14)


def test_fields_for_addresses_are_looked_at_too() -> None:
    base = load_base()
    applicant = base.sheet.applicant.model_copy(update={"address": Text({"": "Άνω Λόφος 3"})})
    project = replace(base, sheet=base.sheet.model_copy(update={"applicant": applicant}))
    (fault,) = find_faults("never_print", project, ["ανω λοφοσ"])
    assert fault.place.path == ("sheet", "applicant", "address")


def test_folded_texts_are_words_between_blanks() -> None:
    assert fold("Ξενώνας, «ΟΔΌΣ» 12") == " ξενωνασ οδοσ 12 "
    assert fold("Џорџ Љубић") == fold("Džordž Ljubić")


SAME = [
    ("6971234567", "τηλ. 697 123 4567"),
    ("697 123 4567", "6971234567"),
    ("+30 697 123 4567", "κιν. 6971234567, αριθμοί υποθέσεων"),
    ("6971234567", "0030 697-1234567"),
    ("064 123 4567", "+381 64 123 4567"),
    ("+381641234567", "064/123-4567"),
    ("210-1234567", "(210) 12 34 567"),
    ("Nova Street12", "at Nova Street 12, Athens"),
    ("Street 12", "Street12"),
    ("Οδός 12Α", "ΟΔΟΣ 12 Α"),
    ("AB1234567", "ab 1234567"),
]
OTHER = [("Street 12", "Street 125"), ("12Α", "112Α"), ("Street 12", "Streets 12"), ("6971234567", "69712345678")]


@pytest.mark.parametrize(("phrase", "text"), SAME)
def test_what_must_never_be_printed_is_found_however_its_digits_are_grouped(phrase: str, text: str) -> None:
    (fault,) = find_faults("never_print", with_text(text), [phrase])
    assert fault.place.file


@pytest.mark.parametrize(("phrase", "text"), OTHER)
def test_another_number_is_not_taken_for_it(phrase: str, text: str) -> None:
    assert find_faults("never_print", with_text(text), [phrase]) == []
