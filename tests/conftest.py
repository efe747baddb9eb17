"""Workspaces for tests: copies, so that no test writes into the tree."""

import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """The packs and the small sample project, as `police`."""
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    source = ROOT / "projects" / "police-training-serbia"
    shutil.copytree(source, tmp_path / "projects" / "police", ignore=shutil.ignore_patterns("out"))
    return tmp_path
