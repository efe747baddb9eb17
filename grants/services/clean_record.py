"""`clean.json`: which clean copies of a report's files were made, and of what."""

from __future__ import annotations

import json
from pathlib import Path

FOLDER = "clean"
RECORD = "clean.json"


def read_clean_record(report: Path) -> dict[str, dict[str, str]]:
    """Name -> the hash of the clean copy (`sha256`), and of the file that it was made of (`of`)."""
    try:
        record = json.loads((report / FOLDER / RECORD).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return {name: x for name, x in record.items() if isinstance(x, dict)} if isinstance(record, dict) else {}
