"""The rules are checked in the time of a glance, and no text makes them slow."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from grants.ledger.totals import add_up
from grants.model import Project
from grants.model.figure_names import REFERENCE
from grants.readers.project import read_project
from grants.rules import check_rules
from grants.rules.case import Case
from tests.base_project import ROOT, load_common, load_donor, with_text

SLOWEST = 45
"""Times as long as turning all texts of the sample into small letters: about 25 when this was written."""


def measure(work: Callable[[], object]) -> float:
    """Processor time of the fastest of several runs, in seconds."""
    fastest = float("inf")
    for _ in range(15):
        start = time.process_time()
        work()
        fastest = min(fastest, time.process_time() - start)
    return fastest


def check(project: Project) -> object:
    return check_rules(project, add_up(project), load_donor(), load_common(), {})


def test_the_large_sample_takes_as_long_as_a_few_passes_over_its_texts() -> None:
    project, _, _ = read_project(ROOT / "projects" / "shelter-greece-prevention-serbia")
    assert project is not None
    totals = add_up(project)
    text = Case(project, totals, load_donor(), {}).corpus.text
    rules = measure(lambda: check_rules(project, totals, load_donor(), load_common(), {}))
    assert rules < SLOWEST * measure(text.lower)


@pytest.mark.parametrize(
    "text",
    [
        "{{" + " " * 5_000,
        "A girl 18 years old from Serbia " * 1_000,
        "shelter in Green Street " * 1_000,
        "Ms " + "Maria " * 5_000,
        "1 " * 20_000,
        "EUR 1.234,5 " * 1_000,
    ],
    ids=lambda text: text[:12],
)
def test_no_text_makes_the_checks_slow(text: str) -> None:
    start = time.process_time()
    check(with_text(text))
    assert time.process_time() - start < 2


def test_a_reference_is_read_in_one_go() -> None:
    assert [match[1] for match in REFERENCE.finditer("{{total}} {{  own_contribution\n}} {{}} {{ a  b }}")] == [
        "total",
        "own_contribution",
        "",
        "a  b",
    ]
