"""What a document is made from, and whether anything of it has changed since.

No heavy import stands here: a command that finds nothing changed reads no definition.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

import grants

OUT = "out"
OUTBOX = "outbox"
"""Messages and their log: no document is made from them."""
FIGURES = "figures.json"
"""Beside a report: what its ledger said."""
NOT_DEFINITION = ("rates.csv", "import.yaml", "outbox.yaml")
"""Files beside a definition that no proposal depends on."""


def list_inputs(folder: Path) -> list[Path]:
    """The files of a definition, sorted: nothing that a system or a person left beside them, not never-print.txt."""
    files = _list([folder, folder / "narrative"])
    return [file for file in files if file.suffix in (".yaml", ".md") and file.name not in NOT_DEFINITION]


def list_records(folder: Path, only: Collection[str] | None = None) -> list[Path]:
    """The files of what came back of a project, sorted: rates, signed budgets, every period's (or `only` some)."""
    there = [entry for entry in (folder / "periods").glob("[!.~]*") if entry.is_dir()]
    periods = [entry for entry in there if only is None or entry.name in only]
    within = [part for period in periods for part in (period, period / "narrative")]
    files = [*_list([folder / "signed", *within]), folder / "rates.csv"]
    return sorted(file for file in files if file.suffix in (".yaml", ".csv", ".md") and file.is_file())


def list_pack(templates: Path, donor: str) -> list[Path]:
    """The files of a donor's pack, and those that all donors share."""
    return _list([templates / "_common", templates / donor])


def describe_state(folder: Path, templates: Path) -> str:
    """What a project's files and all packs look like now (size, time of change): equal text, nothing changed.

    The text is kept beside documents, which people send: it names no folder of this machine.
    """
    own = _describe(folder, [folder, folder / "narrative"], without=NOT_DEFINITION)
    return f"{_describe_packs(templates)}{own}"


def describe_records_state(folder: Path) -> str:
    """What came back of a project looks like now: rates, signed budgets, and every period's files."""
    periods = [entry for entry in sorted((folder / "periods").glob("*")) if entry.is_dir()]
    within = [part for period in periods for part in (period, period / "narrative")]
    names = "".join(f"{period.name}\n" for period in periods)
    returned = _describe(folder, [folder / "signed", *within])
    return f"{names}{returned}{_describe(folder, [folder], only=NOT_DEFINITION)}"


def describe_made_state(folder: Path) -> str:
    """What the figures beside the reports that were made look like now: they keep what was asked for."""
    return _describe(folder, sorted((folder / OUT).glob("[!.~]*/")), only=(FIGURES,))


@cache
def _describe_packs(templates: Path) -> str:
    packs = [entry for entry in sorted(templates.iterdir()) if entry.is_dir()] if templates.is_dir() else []
    return f"grants {grants.__version__} python {sys.version_info[:3]}\n{_describe(templates, packs)}"


def _describe(root: Path, folders: Iterable[Path], without: Sequence[str] = (), only: Sequence[str] = ()) -> str:
    """Name within `root`, size and time of change of each file."""
    above = len(str(root)) + 1
    entries = [e for e in _scan(folders) if e.name not in without and (not only or e.name in only)]
    return "".join(sorted(f"{e.path[above:]} {(s := e.stat()).st_size} {s.st_mtime_ns}\n" for e in entries))


def _list(folders: Iterable[Path]) -> list[Path]:
    return sorted(Path(entry.path) for entry in _scan(folders))


def _scan(folders: Iterable[Path]) -> Iterator[os.DirEntry[str]]:
    """Files directly inside folders, without hidden ones and the lock files of office programs."""
    for folder in folders:
        try:
            with os.scandir(folder) as entries:
                yield from (entry for entry in entries if entry.name[0] not in ".~" and entry.is_file())
        except OSError:  # missing, no folder, not readable: the readers say what is wrong
            continue
