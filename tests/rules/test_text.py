"""Placeholders, acronyms and amounts: what is found, what is not, and where."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from grants.model import SectionKey
from grants.model.scalars import Text
from grants.rules.amounts import read_amount
from tests.base_project import find_faults, load_base, with_text

WORDS = ("TBD", "TODO")
LEFT = [
    "TBD",
    "A share of XXX per cent.",
    "Ποσοστό ΧΧΧ.",
    "Udeo od ХХХХ.",
    "TODO: write this.",
    "Lorem ipsum dolor.",
    "(lorem ipsum)",
    "[to be completed]",
    "[To be confirmed by the partner]",
    "[insert date]",
    "[...]",
    "[συμπληρώστε το ποσοστό]",
    "[Να συμπληρωθεί]",
    "(συμπληρώνεται)",
    "συμπληρώνεται",
    "ΣΥΜΠΛΗΡΩΝΕΤΑΙ",
    "«…»",
    "Προς συμπλήρωση.",
    "The figure is ...",
    "Name: ______",
    "How many???",
    "{{ totl }}",
    "{{ heading_9 }}",
    "{{}}",
]
FINISHED = [
    "He went on and on...",
    "“Never…”, she said.",
    "Το έργο συμπληρώνεται από τις σχολές.",
    "Η ομάδα θα συμπληρωθεί με δύο άτομα.",
    "The XX century, TODOR and TBDs.",
    "A [link](https://example.org) and [another][1].",
    "A footnote.[^1]",
    "Total {{ total }} and {{heading_1}}.",
    "From {{ start }} to {{ end }}.",
]


@pytest.mark.parametrize("text", LEFT)
def test_a_placeholder_is_found_once(text: str) -> None:
    assert len(find_faults("placeholders", with_text(text), words=WORDS, allowed=())) == 1


@pytest.mark.parametrize("text", FINISHED)
def test_a_finished_text_has_none(text: str) -> None:
    assert find_faults("placeholders", with_text(text), words=WORDS, allowed=()) == []


def test_an_allowed_placeholder_is_passed_over() -> None:
    assert find_faults("placeholders", with_text("Form XXX"), words=WORDS, allowed=("XXX",)) == []


def find_acronyms(text: str, language: str = "en") -> list[str | None]:
    return [
        fault.found
        for fault in find_faults("acronyms", with_text(text, SectionKey("context", language)), known=("EU",))
    ]


def test_acronyms_are_told_once_each() -> None:
    assert find_acronyms("The OSCE and the UN; the OSCE again.") == ["OSCE", "UN"]
    assert find_acronyms("Ο ΟΑΣΕ και ο ΟΗΕ.", "el") == ["ΟΑΣΕ", "ΟΗΕ"]
    assert find_acronyms("МУП и ОЕБС") == ["МУП", "ОЕБС"]


@pytest.mark.parametrize("text", ["SOS", "EU", "Phase II", "A1.1.1", "KLIMAKA2", "A", "MiXED", "OPERATIONS", "XXX"])
def test_known_words_numbers_and_codes_are_no_acronyms(text: str) -> None:
    assert find_acronyms(text) == []


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("107,615.25", {"107615.25"}),
        ("107.615,25", {"107615.25"}),
        ("107 615.25", {"107615.25"}),
        ("1.500", {"1500", "1.5"}),
        ("1,500", {"1500", "1.5"}),
        ("1.200.000", {"1200000", "1200.000"}),
        ("20.00", {"20"}),
        ("7", {"7"}),
    ],
)
def test_a_written_amount_is_read_in_both_ways(text: str, amounts: set[str]) -> None:
    assert read_amount(text) == set(map(Decimal, amounts))


@pytest.mark.parametrize(
    "text",
    [
        "EUR 13,910.00",
        "13.910,00 €",
        "€13,910",
        "13,910 euros",
        "13.910 ευρώ",
        "EUR 10,432.50",
        "EUR 9,600",
        "EUR 3,477.50",
    ],
)
def test_a_typed_figure_with_a_name_is_told(text: str) -> None:
    assert [fault.found for fault in find_faults("typed_figures", with_text(f"It costs {text}."))] == [text]
    assert find_faults("typed_amounts", with_text(f"It costs {text}."), allowed=()) == []


def test_a_unit_cost_has_no_name_and_is_right() -> None:
    assert find_faults("typed_figures", with_text("A flight costs EUR 250.00.")) == []
    assert find_faults("typed_amounts", with_text("A flight costs EUR 250.00."), allowed=()) == []


@pytest.mark.parametrize("text", ["EUR 13,901.00", "14.000 €", "EUR 1.2 million", "€ 0.01"])
def test_an_amount_of_no_figure_is_told(text: str) -> None:
    assert len(find_faults("typed_amounts", with_text(f"It costs {text}."), allowed=())) == 1


def test_the_name_of_the_currency_alone_is_no_amount() -> None:
    text = "Amounts in EUR. The euro came in 2002; 14 women. All prices (€)."
    assert find_faults("typed_amounts", with_text(text), allowed=()) == []
    assert find_faults("typed_amounts", with_text("Another gave EUR 5,000."), allowed=("5,000",)) == []


def test_an_example_that_no_document_prints_may_stay() -> None:
    base = load_base()
    name = Text({"el": "Παράδειγμα: τίτλος", "en": "Clean water"})
    sheet = base.sheet.model_copy(update={"title": name})
    beginnings = ("Example", "Παράδειγμα")
    (fault,) = find_faults("example_texts", replace(base, sheet=sheet), beginnings=beginnings)
    assert fault.found == "Παράδειγμα: τίτλος"
    english = replace(base, sheet=sheet.model_copy(update={"languages": ("en",)}))
    assert find_faults("example_texts", english, beginnings=beginnings) == []
