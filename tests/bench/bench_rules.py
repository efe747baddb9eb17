"""The rules are checked in the time of a glance, and no text makes them slow."""

from __future__ import annotations

from grants.ledger.totals import add_up
from grants.model import Project
from grants.readers.project import read_project
from grants.rules import check_rules
from grants.rules.case import Case
from tests.base_project import load_common, load_donor, with_text
from tests.bench.bench_start import SAMPLE
from tests.bench.rows import Row, Timed, measure, print_rows

HARD = (
    "{{" + " " * 5_000,
    "A girl 18 years old from Serbia " * 1_000,
    "shelter in Green Street " * 1_000,
    "Ms " + "Maria " * 5_000,
    "1 " * 20_000,
    "EUR 1.234,5 " * 1_000,
)
"""Texts on which a careless pattern takes for ever."""


def measure_rules() -> list[Row]:
    """All rules on the sample, and on texts that are made to be slow."""
    project, _, _ = read_project(SAMPLE)
    assert project is not None
    text = Case(project, add_up(project), load_donor(), {}).corpus.text
    plain = check(with_text("Paper and pens for a seminar. " * 1_300))
    name = "rules: all on the sample / its texts in small letters, 100 times"
    return [
        measure(name, check(project), lambda: [text.lower() for _ in range(100)], 0.7),
        *(measure(f"rules: {x[:24].strip()} … / a plain text", check(with_text(x)), plain, 12) for x in HARD),
    ]


def check(project: Project) -> Timed:
    """All rules on a project."""
    totals, donor, common = add_up(project), load_donor(), load_common()
    return lambda: check_rules(project, totals, donor, common, {})


if __name__ == "__main__":
    print_rows(measure_rules())
