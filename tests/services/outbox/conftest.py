"""What most tests of the outbox begin with."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.outboxes import make_outbox


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The sample project with an interim report of small files."""
    return make_outbox(tmp_path)
