"""`figures.json`: what the ledger said when a report was made, kept beside its documents."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grants.services.inputs import FIGURES
from grants.services.manifest import hash_bytes


@dataclass(frozen=True, slots=True)
class KeptFigures:
    """What stands in the file; nothing where it is damaged."""

    data: Mapping[str, Any]
    as_made: bool
    """Whether the file is the one that was made with the report, by its manifest."""


def read_kept_figures(folder: Path, outputs: Mapping[str, Any]) -> KeptFigures | None:
    """The figures of the report in a folder, whose manifest names these outputs; None where no such file is kept."""
    try:
        data = (folder / FIGURES).read_bytes()
        figures = json.loads(data)
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        return KeptFigures({}, as_made=False)
    if not isinstance(figures, dict):
        return KeptFigures({}, as_made=False)
    return KeptFigures(figures, outputs.get(FIGURES, {}).get("sha256") == hash_bytes(data))
