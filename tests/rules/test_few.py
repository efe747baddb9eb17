"""Few persons are found however a sentence counts them, in three languages; partners, months and ratios are not."""

from __future__ import annotations

import time

import pytest

from grants.model.scalars import Text
from grants.rules.few import find_few, is_label_of_persons, list_own_words
from tests.base_project import load_base

FEW = [
    ("Φιλοξενήθηκαν τρία άτομα· επέστρεψαν τέσσερα άτομα.", ["τρία άτομα", "τέσσερα άτομα"]),
    ("ανάμεσά τους τρία νεαρά κορίτσια", ["τρία νεαρά κορίτσια"]),
    ("η επιστροφή των τριών γυναικών και 2 νεαρών κοριτσιών", ["τριών γυναικών", "2 νεαρών κοριτσιών"]),
    ("ΤΡΕΙΣ ΓΥΝΑΙΚΕΣ, μία γυναίκα", ["ΤΡΕΙΣ ΓΥΝΑΙΚΕΣ", "μία γυναίκα"]),
    ("δύο ωφελούμενες, 1 άτομο", ["δύο ωφελούμενες", "1 άτομο"]),
    (
        "Three young Moldovan women and 2 young Roma girls stayed; 3 mothers came.",
        ["Three young Moldovan women", "2 young Roma girls", "3 mothers"],
    ),
    (
        "We hosted 3 persons; 2 people returned and 1 client was referred.",
        ["3 persons", "2 people", "1 client"],
    ),
    ("four homeless, pregnant women", ["four homeless, pregnant women"]),
    ("of the three\nwomen", ["three\nwomen"]),
    ("tri mlade žene, 2 osobe, jedna žena, troje dece", ["tri mlade žene", "2 osobe", "jedna žena", "troje dece"]),
    ("Γυναίκες: 3, Women: 4", ["Γυναίκες: 3", "Women: 4"]),
    ("Three of the 18 women were under age.", ["Three of the 18 women"]),
    ("3 of 18 women, three out of the eighteen women", ["3 of 18 women", "three out of the eighteen women"]),
    ("two of our young residents; one of the women", ["two of our young residents", "one of the women"]),
    ("Τρεις από τις 18 γυναίκες", ["Τρεις από τις 18 γυναίκες"]),
    ("δύο εκ των γυναικών, ένα από τα κορίτσια", ["δύο εκ των γυναικών", "ένα από τα κορίτσια"]),
    ("jedna od žena, tri od 18 žena, obe žene", ["jedna od žena", "tri od 18 žena", "obe žene"]),
    ("3 (three) women, τρεις (3) γυναίκες", ["3 (three) women", "τρεις (3) γυναίκες"]),
    ("women (3); γυναίκες: τρεις, | Women | 3 |", ["women (3", "γυναίκες: τρεις", "Women | 3"]),
    ("**three** young women, 2-3 girls, two  women", ["three** young women", "2-3 girls", "two  women"]),
    ("три жене, две клијенткиње", ["три жене", "две клијенткиње"]),
    ("two Moldovans, δύο Ουκρανές και μία Ρουμάνα", ["two Moldovans", "δύο Ουκρανές"]),
    ("two families, δύο μωρά, tri porodice", ["two families", "δύο μωρά", "tri porodice"]),
    ("τρεις έγκυες, two sisters, dve bebe", ["τρεις έγκυες", "two sisters", "dve bebe"]),
    ("Number of women hosted: 3", ["Number of women hosted: 3"]),
    (
        "The number of identified victims in the shelter was only 3.",
        ["number of identified victims in the shelter was only 3"],
    ),
    ("Ο αριθμός των θυμάτων ήταν 4", ["αριθμός των θυμάτων ήταν 4"]),
    ("Αριθμός γυναικών που φιλοξενήθηκαν: 3.", ["Αριθμός γυναικών που φιλοξενήθηκαν: 3"]),
    ("Ο αριθμός των ωφελουμένων ανήλθε σε τρεις.", ["αριθμός των ωφελουμένων ανήλθε σε τρεις"]),
    ("το σύνολο των παιδιών που φιλοξενήθηκαν είναι μόλις 2", ["σύνολο των παιδιών που φιλοξενήθηκαν είναι μόλις 2"]),
    ("Broj žena u skloništu: 3", ["Broj žena u skloništu: 3"]),
    ("Broj žrtava je bio 4, a broj devojaka tri.", ["Broj žrtava je bio 4"]),
    ("Број жена у склоништу био је три.", ["Број жена у склоништу био је три"]),
    ("Women hosted: 3", ["Women hosted: 3"]),
    ("In 2008:\nGirls hosted in May: two", ["Girls hosted in May: two"]),
    ("3 Moldovan women stayed until June.", ["3 Moldovan women"]),
]
NOT_FEW = [
    "three partners for 12 months",
    "two groups of women",
    "δύο ομάδες γυναικών",
    "tri grupe žena",
    "three hundred women, τρεις χιλιάδες γυναίκες",
    "one in three women, μία στις τρεις γυναίκες, jedna od tri žene",
    "fewer than five women, λιγότερες από πέντε γυναίκες",
    "Μια γυναίκα που φεύγει",  # a woman
    "no more than one person",
    "2 seminars for women",
    "3\nWomen offered",
    "3 Ωφελούμενοι\n3\tΩφελούμενοι",  # a heading, and a line of the contents
    "Phase 2\n\nWomen",
    "Op1.1-1 Women, 5.1 women, 3/4 women",
    "3 women's groups, three women-led groups",
    "12 women, δώδεκα γυναίκες",
    "1.500,00 persons",
    "two out of three women, 3 out of 10 women, dve od tri žene",
    "every one of the women",
    "δύο δράσεις ενημέρωσαν γυναίκες",
    "δύο Ουκρανές ψυχολόγοι, two Serbian partners",
    "two staff trained women, three social workers, δύο εταίροι, τρία σεμινάρια",
    "Table 3 Women, Article 3 women, Πίνακας 2 Γυναίκες",
    "women: three seminars",
    "women (section 3)",
    "Ένα κορίτσι που φεύγει",
    "Number of women hosted: 30; number of seminars: 3",
    "The number of women was 3 times higher. The number of victims is one of the indicators.",
    "The number of victims was 3.5 per cent below that of 2007, or 4% of all.",
    "Ο αριθμός των θυμάτων ήταν 4 φορές μεγαλύτερος. Ο αριθμός των γυναικών είναι ένας από τους δείκτες.",
    "Ο αριθμός των σεμιναρίων ήταν 4.",
    "Broj žena bio je pet puta veći. Broj seminara: 3",
    "Seminars for women held: 3",
    "Women in the shelter: three seminars",
    "Number of women: target of Output 2",
    "3 Ωφελούμενες και υπηρεσίες",
]


@pytest.mark.parametrize(("text", "found"), FEW)
def test_few_persons_are_found(text: str, found: list[str]) -> None:
    assert sorted(text[x.start : x.end] for x in find_few(text, 5)) == sorted(found)


@pytest.mark.parametrize("text", NOT_FEW)
def test_other_numbers_are_not(text: str) -> None:
    assert not list(find_few(text, 11))


def test_a_higher_threshold_reaches_figures_and_words() -> None:
    text = "Ten women, 9 men, δέκα γυναίκες, sedam žena; 11 women, eleven men."
    assert [x.number for x in find_few(text, 11)] == [10, 9, 10, 7]
    assert [x.number for x in find_few(text, 5)] == []


def test_labels_of_figures() -> None:
    assert all(map(is_label_of_persons, ("Women from abroad", "Αριθμός γυναικών", "ΓΥΝΑΙΚΕΣ", "broj žena", "Persons")))
    assert all(map(is_label_of_persons, ("Potential victims identified", "Νέες γυναίκες", "Number of young women")))
    assert not any(map(is_label_of_persons, ("Victim support unit", "Clients' travel", "Nights", "Two women")))


def test_the_projects_own_word_for_persons_counts_too() -> None:
    project = load_base()
    (indicator, *_) = project.logframe.indicators
    unit = Text({"en": "pupils", "el": "μαθητές"})
    own = list_own_words([indicator.model_copy(update={"persons": True, "unit": unit})])
    assert [x.number for x in find_few("Three young pupils, δύο μαθητές, two partners", 5, own)] == [3, 2]
    assert is_label_of_persons("Pupils", own)
    assert not list(find_few("three pupils", 5))
    assert list_own_words([indicator.model_copy(update={"persons": False, "unit": unit})]) == ()


@pytest.mark.parametrize(
    "text", ["1 " * 50_000, "three " * 20_000, "3 young " * 20_000, "3 of 18 " * 20_000, "number of women " * 9_000]
)
def test_no_text_makes_it_slow(text: str) -> None:
    start = time.process_time()
    assert not list(find_few(text, 5))
    assert time.process_time() - start < 6
