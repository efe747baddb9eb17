"""Names that look the same are the same person's; others are not."""

import pytest

from grants.model.same_name import is_same_name


@pytest.mark.parametrize(
    "other",
    [
        "maria example",
        "MARIA  EXAMPLE",
        "María Example",
        "\u039caria Example",  # a Greek capital
        "\u041c\u0430ria Example",  # two Cyrillic letters
        "M\u200baria Example\u2060",  # signs that nobody sees
        "Ｍａｒｉａ Example",
        "Maria-Example",
        "MARI\u0391 EX\u0391MPLE",
    ],
)
def test_what_nobody_can_tell_apart_is_the_same(other: str) -> None:
    assert is_same_name("Maria Example", other)
    assert is_same_name(other, "Maria Example")


@pytest.mark.parametrize(
    ("one", "other"), [("Άννα", "ΑΝΝΑ"), ("Άννα", "anna"), ("Ђорђе", "ЂОРЂЕ"), ("Željko", "zeljko")]
)
def test_case_and_accents_make_no_second_person(one: str, other: str) -> None:
    assert is_same_name(one, other)


@pytest.mark.parametrize("other", ["Ana Example", "Mario Example", "Μάριος", "Maria Examples"])
def test_other_names_are_other_people(other: str) -> None:
    assert not is_same_name("Maria Example", other)


SAME = [
    ("Papadopoulou Maria", "Maria Papadopoulou"),
    ("Μαρία Παπαδοπούλου", "Papadopoulou, Maria"),
    ("ΠΑΠΑΔΟΠΟΥΛΟΥ ΜΑΡΙΑ", "Maria Papadopoulou"),
    ("Γιώργος Χατζής", "Giorgos Hatzis"),
    ("Γιώργος Χατζής", "Giorgos Chatzis"),
    ("Νικόλαος Μπακογιάννης", "Nicolaos Bakogiannis"),
    ("Ευάγγελος Ξενάκης", "Evangelos Xenakis"),
    ("Φωτεινή Αντωνίου", "Foteini Antoniou"),
    ("Φωτεινή Αντωνίου", "Photini Antoniou"),
    ("Ελένη Αυγέρη", "Eleni Avgeri"),
    ("Милица Ђорђевић", "Milica Đorđević"),
    ("Milica Djordjevic", "Đorđević Milica"),
    ("Љиљана Николић", "Ljiljana Nikolic"),
    ("Maria Papadopoulou", "M. Papadopoulou"),
    ("Maria Papadopoulou", "Maria K. Papadopoulou"),
    ("Dr. Maria Papadopoulou", "Παπαδοπούλου Μαρία"),
    ("Ana Marija Petrović", "Petrovic Ana"),
]
OTHERS = [
    ("Maria Papadopoulou", "Eleni Papadopoulou"),
    ("Maria Papadopoulou", "Maria Georgiou"),
    ("Μαρία Παπαδοπούλου", "Maria Papadopoulos"),
    ("M. Papadopoulou", "E. Papadopoulou"),
    ("Milica Petrović", "Milan Petrović"),
    ("Ana Nikolić", "Ana Nikolajević"),
    ("Maria", "Maria Papadopoulou"),
    ("Ana", "Ina"),
    ("M. P.", "Maria Papadopoulou"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_neither_order_nor_alphabet_makes_a_second_person(one: str, other: str) -> None:
    assert is_same_name(one, other)
    assert is_same_name(other, one)


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_names_of_two_people_are_two(one: str, other: str) -> None:
    assert not is_same_name(one, other)
    assert not is_same_name(other, one)
