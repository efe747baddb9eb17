"""Workspaces for tests: copies, so that no test writes into the tree."""

import shutil
from pathlib import Path

import pytest

from grants.services import finishing
from grants.writers import pdf

ROOT = Path(__file__).parents[1]


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """The packs and the small sample project, as `police`."""
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    source = ROOT / "projects" / "police-training-serbia"
    shutil.copytree(source, tmp_path / "projects" / "police", ignore=shutil.ignore_patterns("out"))
    return tmp_path


@pytest.fixture(autouse=True)
def without_office(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """LibreOffice is not there for a test that does not ask for it: it is quicker, and the same on every machine."""
    if not request.node.get_closest_marker("office"):
        for module in (finishing, pdf):
            monkeypatch.setattr(module, "find_soffice", lambda: None)
