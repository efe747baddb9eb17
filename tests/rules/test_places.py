"""Addresses are found, in Greek, English and Serbian; what must never be printed, in any spelling."""

from __future__ import annotations

import time
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


WITHOUT_THE_WORD = [
    "Πατησίων 120",
    "Ο ξενώνας βρίσκεται Πατησίων 120, Αθήνα.",
    "Το σπίτι είναι στην Πατησίων 120.",
    "Μένει Αγίου Μελετίου 33, Κυψέλη.",
    "Αγ. Μελετίου 33, Κυψέλη",
    "Κυψέλη, Φωκίωνος Νέγρη 45",
    "28ης Οκτωβρίου 12, Αθήνα",
    "3ης Σεπτεμβρίου 56, 104 33",
    "Η διεύθυνση: Αλεξάνδρας 15, 115 28 Αθήνα",
    "Μια κατοικία (Κηφισίας 25) στην Αττική",
    "ΠΑΤΗΣΙΩΝ 120",
    "Ελ. Βενιζέλου 4, Θεσσαλονίκη",
    "στην Ερμού 5",
    "Πατησίων αρ. 120, Αθήνα",
    "Kneza Miloša 12",
    "Kuća je u Takovskoj 7.",
    "Nalazi se u Kneza Miloša 12.",
    "Nemanjina 4, Beograd",
    "Nemanjina 4, 11000 Beograd",
    "Kneza Mihaila 12, Novi Sad",
    "Кнеза Милоша 12",
    "Patission 120, Athens",
    "The house is at Patission 120.",
    "Sólonos 12, Athens",
    "Agiou Meletiou 33, Athens",
]
NO_STREETS = [
    "Ιουλίου 30, Αθήνα",
    "Έως 30 Ιουνίου 2008, στην Αθήνα.",
    "Άρθρου 12",
    "της Δράσης 2, Αθήνα",
    "Φάση 2",
    "στη Φάση 2",
    "στην Αθήνα 12 γυναίκες",
    "Στη Θεσσαλονίκη 15 συνεδρίες, στην Αθήνα 40.",
    "Παράρτημα Β 3",
    "Στον Πίνακα 4",
    "του Νόμου 2731/1999",
    "Το έτος 2008",
    "Η ΚΛΙΜΑΚΑ 12 χρόνια μετά",
    "Οι εκπαιδεύσεις στο Βελιγράδι 12",
    "Ολυμπιακών Αγώνων 2004",
    "Ημερών 12",
    "του Κανονισμού 12, Αθήνα",
    "Αθηνών 120 γυναίκες",
    "την 1η Ιανουαρίου 12",
    "Πίνακας 3, Δράση 2",
    "Της Ελλάδας 12 δήμοι",
    "Λογιστής, 20%",
    "Νυχτερινοί φροντιστές (2)",
    "Στην Ελλάδα 3, στη Σερβία 4",
    "Στη Σερβία 12, στην Αθήνα 3",
    "Tabela 3, Beograd",
    "u Srbiji 12 seminara",
    "u Beogradu 12",
    "U Fazi 2, Beograd",
    "Aktivnost 2, Novi Sad",
    "na Kosovu 12",
    "Seminar u Nišu 12. maja",
    "Table 3, Athens",
    "Phase 2, Belgrade",
    "In Athens 12, in Belgrade 4",
    "at Level 3",
    "at Step 12.",
    "We met in Athens, 12 May.",
    "Heading 1",
    "Article 12, Athens",
    "Serbia 12",
    "Annex B 3",
    "On Friday 12, Athens",
    "Belgrade 12, Athens 14",
    "Athens 2004",
    "Police 24, Athens",
    "Training of trainers 2, Belgrade",
    "Attica 40, Belgrade 20",
    "Thirty participants at EUR 28 for room and lunch.",
    "Two hours at RSD 12, Belgrade",
    "Heading 3",
    "Medium Shading 1 Accent 2",
]


@pytest.mark.parametrize("text", WITHOUT_THE_WORD)
def test_streets_without_the_word_for_street_are_found_where_addresses_stand(text: str) -> None:
    assert len(find_faults("addresses", with_text(text), allowed=())) == 1


@pytest.mark.parametrize("text", NO_STREETS)
def test_a_capital_and_a_number_are_no_street(text: str) -> None:
    assert find_faults("addresses", with_text(text), allowed=()) == []


@pytest.mark.parametrize("text", ["Πατησίων " * 15_000, "Πατησίων 120 " * 9_000, "Ab. " * 30_000])
def test_no_text_makes_the_search_for_streets_slow(text: str) -> None:
    start = time.process_time()
    find_faults("addresses", with_text(text), allowed=())
    assert time.process_time() - start < 4


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
