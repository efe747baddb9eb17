"""What was found out about a project before, for as long as nothing has changed: kept in its out/ folder, as JSON.

No reader of definitions is imported here: a command that finds nothing changed loads none.
"""

from __future__ import annotations

import contextlib
import datetime
import json
from pathlib import Path
from typing import Any

from grants.services.inputs import OUT, describe_made_state, describe_records_state, describe_state
from grants.services.workspace import find_templates


def describe_day(folder: Path, day: datetime.date) -> str:
    """A project's files, what was made of them, all packs, and the day: deadlines come nearer without a change."""
    own = describe_state(folder, find_templates(folder)) + describe_records_state(folder)
    return f"{day}\n{own}{describe_made_state(folder)}"


def read_kept(folder: Path, name: str, state: str) -> Any:
    """What was kept in that state; None where nothing was, or where it cannot be read."""
    try:
        kept = json.loads((folder / OUT / name).read_text("utf-8"))
        return kept["said"] if kept["state"] == state else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def keep(folder: Path, name: str, state: str, said: Any) -> None:
    """Keep what was found in that state; a folder that cannot be written is only looked through anew each time."""
    with contextlib.suppress(OSError, ValueError):
        (folder / OUT).mkdir(exist_ok=True)
        (folder / OUT / name).write_text(json.dumps({"state": state, "said": said}, ensure_ascii=False), "utf-8")
