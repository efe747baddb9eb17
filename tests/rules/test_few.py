"""Few persons are found however a sentence counts them, in three languages; partners, months and ratios are not."""

from __future__ import annotations

import time

import pytest

from grants.rules.few import find_few, is_label_of_persons

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
    assert not any(map(is_label_of_persons, ("Victim support unit", "Clients' travel", "Nights", "Two women")))


@pytest.mark.parametrize("text", ["1 " * 50_000, "three " * 20_000, "3 young " * 20_000])
def test_no_text_makes_it_slow(text: str) -> None:
    start = time.process_time()
    assert not list(find_few(text, 5))
    assert time.process_time() - start < 6
