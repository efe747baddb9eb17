"""No definition gives a traceback: the base, mutated at random, is read, added up and checked."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grants.errors import Finding
from grants.services.load import load_project

BASE = Path(__file__).parent / "base"
YAML = sorted(file.name for file in BASE.glob("*.yaml"))
FILES = [*YAML * 3, *sorted(file.relative_to(BASE).as_posix() for file in BASE.glob("narrative/*.en.md"))]
"""The YAML files more often than a narrative: they have more ways to be wrong."""
PIECES = st.sampled_from([
    *" \n\t:-#{}[],&*!|>'\"%@`?~.0159aΩшé€…\u00a0\u0000\ufeff\x85\u2028", "\r\n", "\n\n", "---\n", "  - ", "null",
    "true", "1.500,00", "-1", "1e99", "2008-02-30", "9" * 40, "0." + "3" * 40, "&a ", "*a", "!!", "...", "{{ ", " }}",
    "<b>", "[^1]", "](", "| a |\n|---|\n", "EUR 1.2.3", "€ ", "+30 210 1234567", "Ms ", "«…»",
])  # fmt: skip
SPOT = st.floats(0, 1, exclude_max=True)
MUTATIONS = st.lists(
    st.tuples(st.sampled_from(["insert", "delete", "replace", "repeat", "drop line"]), SPOT, PIECES), max_size=4
)


def mutate(text: str, mutations: list[tuple[str, float, str]]) -> str:
    """The text after some edits, each at a place given as a part of its length."""
    for what, spot, piece in mutations:
        at = int(spot * len(text))
        line = text.find("\n", at) + 1 or len(text)
        start = text.rfind("\n", 0, at) + 1
        if what == "insert":
            text = text[:at] + piece + text[at:]
        elif what == "delete":
            text = text[:at] + text[at + len(piece) + 1 :]
        elif what == "replace":
            text = text[:at] + piece + text[at + len(piece) :]
        elif what == "repeat":
            text = text[:line] + text[start:line] + text[line:]
        else:
            text = text[:start] + text[line:]
    return text


def check(folder: Path) -> list[Finding]:
    findings = load_project(folder).findings
    for finding in findings:
        assert finding.message
        assert finding.remedy
        assert finding.place.file, finding
        assert (finding.place.line or 1) >= 1
        assert (finding.place.column or 1) >= 1
    return findings


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(BASE, tmp_path / "projects" / "sample")
    return tmp_path / "projects" / "sample"


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(FILES), MUTATIONS)
def test_a_mutated_file_gives_findings_and_no_traceback(
    project: Path, name: str, mutations: list[tuple[str, float, str]]
) -> None:
    whole = (BASE / name).read_text("utf-8")
    try:
        (project / name).write_text(mutate(whole, mutations), "utf-8", newline="")
        check(project)
    finally:
        (project / name).write_text(whole, "utf-8")


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(FILES), st.binary(max_size=40), SPOT)
def test_a_file_with_random_bytes_gives_findings_and_no_traceback(
    project: Path, name: str, noise: bytes, spot: float
) -> None:
    whole = (BASE / name).read_bytes()
    try:
        at = int(spot * len(whole))
        (project / name).write_bytes(whole[:at] + noise + whole[at:])
        check(project)
    finally:
        (project / name).write_bytes(whole)
