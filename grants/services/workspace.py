"""Where things are: projects, donors' packs, and what a name on the command line means."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import grants
from grants.errors import UsageError

PROJECT_FILE = "project.yaml"


def find_projects(names: Sequence[str], here: Path) -> list[Path]:
    """The folders of the projects named, by path or by name under projects/; all of them when none is named.

    Raises UsageError for a name that is no project, with those that are.
    """
    known = _list_projects(here)
    if not names:
        if not known:
            raise UsageError(
                f"No project was found: there is no folder projects/ in {here} or above it.",
                "Go to your workspace, name a project's folder, or make one with `grants new projects/my-project`.",
            )
        return known
    return list(dict.fromkeys(_find_project(name, here, known) for name in names))


def _find_project(name: str, here: Path, known: Sequence[Path]) -> Path:
    folder = here / name
    if folder.name == PROJECT_FILE and folder.is_file():
        folder = folder.parent
    if (folder / PROJECT_FILE).is_file() or (folder.is_dir() and folder.parent.name == "projects"):
        return folder.resolve()
    for project in known:
        if project.name == name:
            return project
    names = ", ".join(project.name for project in known) or "none"
    raise UsageError(
        f"There is no project `{name}` (looked for {folder / PROJECT_FILE}).",
        f"Projects here: {names}.",
        code="USE-001",
    )


def list_unseen(here: Path) -> list[Path]:
    """Folders beside the projects that hold something and are none: they have no project.yaml."""
    known = _list_projects(here)
    beside = sorted(known[0].parent.iterdir()) if known else []
    return [x for x in beside if x.is_dir() and x.name[0] not in ".~_" and x not in known and any(x.iterdir())]


def _list_projects(here: Path) -> list[Path]:
    for folder in (here.resolve(), *here.resolve().parents):
        found = sorted(file.parent for file in (folder / "projects").glob(f"*/{PROJECT_FILE}"))
        if found:
            return found
    return []


def find_templates(start: Path) -> Path:
    """The folder templates/ that is nearest above a place; else the packs that come with the program."""
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / "templates" / "_common").is_dir():
            return folder / "templates"
    package = Path(grants.__file__).parent
    installed = package / "builtin_templates"
    return installed if installed.is_dir() else package.parent / "templates"


def find_pack(templates: Path, code: str) -> Path:
    """The folder of a donor's pack. Raises UsageError for a donor that has none, with those that have."""
    known = list_donors(templates)
    if code not in known:
        raise UsageError(f"There is no donor pack `{code}`.", f"Packs in {templates}: {', '.join(known) or 'none'}.")
    return templates / code


def list_donors(templates: Path) -> list[str]:
    """The codes of the donors that have a pack."""
    return sorted(file.parent.name for file in templates.glob("*/donor.yaml"))
