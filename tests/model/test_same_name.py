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
