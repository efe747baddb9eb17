"""Broken definitions: a folder each, laid over the base; all of its findings stand in expected.txt.

In accepted/ are definitions of which somebody might think that they are broken.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

CASES = sorted((Path(__file__).parent / "broken").glob("*/"))
ACCEPTED = sorted((Path(__file__).parent / "accepted").glob("*/"))
LEAST = 45


def test_the_base_is_free_of_findings(
    lay_over: Callable[[Path | None], Path], say_findings: Callable[[Path], list[str]]
) -> None:
    assert say_findings(lay_over(None)) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_broken_definition_gives_just_its_findings(
    case: Path, lay_over: Callable[[Path | None], Path], say_findings: Callable[[Path], list[str]]
) -> None:
    assert say_findings(lay_over(case)) == (case / "expected.txt").read_text("utf-8").splitlines()


@pytest.mark.parametrize("case", ACCEPTED, ids=lambda case: case.name)
def test_what_only_looks_broken_is_accepted(
    case: Path, lay_over: Callable[[Path | None], Path], say_findings: Callable[[Path], list[str]]
) -> None:
    assert say_findings(lay_over(case)) == []


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= LEAST
    assert ACCEPTED
