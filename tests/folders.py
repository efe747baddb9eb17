"""Folders that several tests of a process share."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from pathlib import Path


def make_folder() -> Path:
    """A folder that is gone when this process ends."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
