"""Projects that run: the base with a contract and two periods, and one fault in each, on a day in December 2008.

The base has no finding; every fault gives just those of its expected.txt.
"""

from __future__ import annotations

import datetime
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from grants.services.records import check_everything
from tests.examples.conftest import EXAMPLES, EXPECTED, REMOVED, say_finding

TODAY = datetime.date(2008, 12, 31)
CASES = sorted((EXAMPLES / "running-broken").glob("*/"))


@pytest.fixture
def check_running(tmp_path: Path) -> Callable[[Path | None], list[str]]:
    """A function: case -> its findings, one a line."""

    def check(case: Path | None) -> list[str]:
        project = tmp_path / "projects" / "sample"
        for layer in filter(None, (EXAMPLES / "base", EXAMPLES / "running", case)):
            ignore = shutil.ignore_patterns(REMOVED, EXPECTED)
            shutil.copytree(layer, project, dirs_exist_ok=True, ignore=ignore)
        if case is not None and (case / REMOVED).exists():
            for name in (case / REMOVED).read_text("utf-8").split():
                (project / name).unlink()
        return [say_finding(finding) for finding in check_everything(project, TODAY)]

    return check


def test_a_project_in_order_has_no_finding(check_running: Callable[[Path | None], list[str]]) -> None:
    assert check_running(None) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_fault_gives_just_its_findings(case: Path, check_running: Callable[[Path | None], list[str]]) -> None:
    assert check_running(case) == (case / EXPECTED).read_text("utf-8").splitlines()


@pytest.mark.parametrize("name", ["r01-heading-moved", "r01-no-reason"])
def test_the_last_report_is_the_one_that_ends_last_wherever_it_stands(
    name: str, tmp_path: Path, check_running: Callable[[Path | None], list[str]]
) -> None:
    case = shutil.copytree(EXAMPLES / "running-broken" / name, tmp_path / name)
    text = (EXAMPLES / "running" / "grant.yaml").read_text("utf-8")
    turned = re.sub(r"(  - code: 2008-Q1\n(?:    .*\n)+)(  - code: FIN\n(?:    .*\n)+)", r"\2\1", text)
    assert turned != text
    (case / "grant.yaml").write_text(turned, "utf-8")
    assert sorted(check_running(case)) == sorted((case / EXPECTED).read_text("utf-8").splitlines())


def test_an_explanation_of_an_earlier_period_is_no_reason_of_this_move(
    tmp_path: Path, check_running: Callable[[Path | None], list[str]]
) -> None:
    case = shutil.copytree(EXAMPLES / "running-broken" / "r01-no-reason", tmp_path / "case")
    (case / "periods" / "2008-Q1").mkdir()
    text = (EXAMPLES / "running" / "periods" / "2008-Q1" / "finance.yaml").read_text("utf-8")
    said = 'explanations:\n  "2.1": {el: Ακριβότερα., en: Dearer.}\n'
    (case / "periods" / "2008-Q1" / "finance.yaml").write_text(f"{text}{said}", "utf-8")
    expected = (case / EXPECTED).read_text("utf-8").splitlines()
    assert [x for x in check_running(case) if "R01-REASON" in x] == [x for x in expected if "R01-REASON" in x]


@pytest.mark.parametrize(
    ("exchange", "where"),
    [
        ("", "Write under `exchange` in grant.yaml"),
        ("method: fixed", "in grant.yaml: `exchange: {method: fixed, fixed: {RSD: ...}}`"),
        ("method: instalment-received", "the transfer in RSD to PAR that it was paid from"),
    ],
)
def test_a_missing_rate_says_where_it_is_written(
    exchange: str, where: str, tmp_path: Path, check_running: Callable[[Path | None], list[str]]
) -> None:
    text = (EXAMPLES / "running" / "grant.yaml").read_text("utf-8")
    block = "exchange:\n  method: average-of-period\n  source: Contract SAM/1, article 7\n"
    assert block in text
    new = block.replace("method: average-of-period", exchange) if exchange else ""
    (tmp_path / "case").mkdir()
    (tmp_path / "case" / "grant.yaml").write_text(text.replace(block, new), "utf-8")
    said = [finding for finding in check_running(tmp_path / "case") if " R19 " in finding]
    assert len(said) == 3
    assert all(where in finding for finding in said)


def test_there_is_a_case_for_each_rule() -> None:
    assert len(CASES) > 25
