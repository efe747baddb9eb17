"""Projects of a workspace that have the same code: a form that comes back says by its code alone whose it is.

Why no reader: `grants check` of a project in which nothing has changed loads none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from grants.errors import Finding, Place
from grants.services.workspace import PROJECT_FILE

_CODE = re.compile(r"""^code:[ \t]*["']?([^"'#\s]+)""", re.MULTILINE)


def find_same_code(folder: Path, others: Iterable[Path]) -> list[Path]:
    """Those of the other folders whose project has the code of this one; the same folder again is no other."""
    mine = _find_code(folder)
    return [x for x in others if mine and (code := _find_code(x)) and code[1] == mine[1] and not x.samefile(folder)]


def check_code(folder: Path) -> list[Finding]:
    """A finding where a project beside this one has its code."""
    beside = sorted(file.parent for file in folder.parent.glob(f"*/{PROJECT_FILE}"))
    code, same = _find_code(folder), find_same_code(folder, beside)
    if not code or not same:
        return []
    line = code.string.count("\n", 0, code.start()) + 1
    names = ", ".join(x.name for x in same)
    message = (
        f"Project {folder.name} has the code {code[1]}, and so has {names}: forms that come back would be mixed up."
    )
    remedy = "Give the copy a code of its own, and make its forms anew."
    return [Finding("RET-036", Place(PROJECT_FILE, line, 1), message, remedy, code[1])]


def _find_code(folder: Path) -> re.Match[str] | None:
    try:
        return _CODE.search((folder / PROJECT_FILE).read_text("utf-8-sig"))
    except (OSError, ValueError):
        return None  # the checks of the file itself say so
