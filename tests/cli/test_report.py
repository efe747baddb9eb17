"""`grants report` as a user types it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands import run
from tests.reports import FINAL, lay_running


@pytest.fixture
def sample(workspace: Path) -> Path:
    """A workspace with a project on its way, `sample`."""
    lay_running(workspace / "projects" / "sample")
    return workspace


def test_a_report_is_made_and_then_left_alone(sample: Path) -> None:
    arguments = ("report", "sample", "--period", FINAL, "--lang", "en", "--only", "cover-letter", "--no-page-numbers")
    first = run(sample, *arguments)
    assert first.returncode == 0, first.stdout + first.stderr
    assert f"projects/sample/out/{FINAL}/cover-letter.en.docx" in first.stdout.replace("\\", "/")
    assert "nothing has changed" in run(sample, *arguments).stdout


def test_a_period_that_is_no_report_is_wrong_usage(sample: Path) -> None:
    done = run(sample, "report", "sample", "--period", "2008-Q2")
    assert done.returncode == 2
    assert "FIN (final)" in done.stderr


def test_an_error_is_shown_where_it_stands(sample: Path) -> None:
    (sample / "projects" / "sample" / "periods" / FINAL / "narrative" / "lessons.en.md").write_text(
        "We met Mrs. Smith at 12 Solonos Street.\n", "utf-8"
    )
    done = run(sample, "report", "sample", "--period", FINAL)
    assert done.returncode == 1
    assert "lessons.en.md" in done.stdout
    assert "Smith" not in done.stdout
    assert "nothing was written" in done.stderr
