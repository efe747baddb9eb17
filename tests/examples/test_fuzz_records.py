"""No record gives a traceback: what came back of the running project, mutated at random, is read, added up, checked."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grants.services.records import check_everything
from tests.examples.test_fuzz import MUTATIONS, SPOT, mutate

EXAMPLES = Path(__file__).parent
RUNNING = EXAMPLES / "running"
FILES = sorted(
    file.relative_to(RUNNING).as_posix()
    for folder in ("periods", "signed", ".")
    for file in (RUNNING / folder).glob("**/*" if folder != "." else "*")
    if file.suffix in (".csv", ".yaml", ".md")
)
TODAY = datetime.date(2008, 7, 15)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "projects" / "sample"
    for layer in ("base", "running"):
        shutil.copytree(EXAMPLES / layer, folder, dirs_exist_ok=True)
    return folder


def check(project: Path) -> None:
    for finding in check_everything(project, TODAY):
        assert finding.message
        assert finding.place.file, finding
        assert (finding.place.line or 1) >= 1
        assert (finding.place.column or 1) >= 1


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(FILES), MUTATIONS)
def test_a_mutated_record_gives_findings_and_no_traceback(
    project: Path, name: str, mutations: list[tuple[str, float, str]]
) -> None:
    whole = (RUNNING / name).read_text("utf-8")
    try:
        (project / name).write_text(mutate(whole, mutations), "utf-8", newline="")
        check(project)
    finally:
        (project / name).write_text(whole, "utf-8")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(FILES), st.binary(max_size=40), SPOT)
def test_a_record_with_random_bytes_gives_findings_and_no_traceback(
    project: Path, name: str, noise: bytes, spot: float
) -> None:
    whole = (RUNNING / name).read_bytes()
    try:
        at = int(spot * len(whole))
        (project / name).write_bytes(whole[:at] + noise + whole[at:])
        check(project)
    finally:
        (project / name).write_bytes(whole)
