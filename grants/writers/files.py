"""Files on disk: written whole or not at all; where one cannot be written, all old ones stand."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Mapping
from pathlib import Path

from grants.errors import OutputError

_TEMPORARY = f".new-{os.getpid()}-"
_BACKUP = f".old-{os.getpid()}-"
"""Two builds of a project at the same time do not meet; the last one's documents stand."""


def write_whole(files: Mapping[Path, bytes]) -> None:
    """Write files that belong together. Raises OutputError; then no file has changed."""
    for target in files:
        _refuse_open_file(target)
        _refuse_protected_file(target)
    staged: dict[Path, Path] = {}
    try:
        for target, data in files.items():
            target.parent.mkdir(parents=True, exist_ok=True)
            staged[target] = target.with_name(_TEMPORARY + target.name)
            _write(staged[target], data)
        _exchange(staged)
    except OSError as error:
        raise _explain(error, _blamed(error, files)) from error
    finally:
        for temporary in staged.values():
            temporary.unlink(missing_ok=True)


def _write(file: Path, data: bytes) -> None:
    with file.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _exchange(staged: Mapping[Path, Path]) -> None:
    """Put the new files in place of the old; put the old ones back where one cannot be replaced."""
    kept: dict[Path, Path] = {}
    placed: list[Path] = []
    try:
        for target, temporary in staged.items():
            kept[target] = target.with_name(_BACKUP + target.name)  # noted before it is done: a stop may come between
            with contextlib.suppress(FileNotFoundError):  # a new document, or another build has just moved the old one
                target.replace(kept[target])
            placed.append(target)
            temporary.replace(target)
    except BaseException:  # also when the user stops the program just here
        for target in placed:
            with contextlib.suppress(OSError):
                target.unlink(missing_ok=True)
        for target, backup in kept.items():
            with contextlib.suppress(OSError):
                backup.replace(target)
        raise
    for backup in kept.values():
        with contextlib.suppress(OSError):  # the new file is in place; a backup that stays harms nobody
            backup.unlink()


def _refuse_open_file(target: Path) -> None:
    """Word, Excel and LibreOffice leave a small file beside the one they have open."""
    name = target.name
    for lock in (f"~${name}", f"~${name[2:]}", f".~lock.{name}#"):
        if (target.parent / lock).exists():
            program = "LibreOffice" if lock.startswith(".~") else "Word or Excel"
            raise OutputError(
                f"{target} is open in {program}; nothing was written and the old file stands.",
                f"Close it and try again. If it is not open, delete {target.parent / lock}.",
                code="OUT-001",
            )


def _refuse_protected_file(target: Path) -> None:
    """Why: Linux replaces a file that nobody may write, where its folder may be written."""
    with contextlib.suppress(OSError):  # no such file; what else is wrong, writing says
        if not target.stat().st_mode & stat.S_IWUSR:
            raise OutputError(
                f"{target} is protected: it may only be read; nothing was written and the old file stands.",
                "Ask whoever protected it; or take the protection away in the properties of the file, and try again.",
                code="OUT-001",
            )


def _blamed(error: OSError, files: Mapping[Path, bytes]) -> Path:
    """The file an error speaks of, by the name the user knows."""
    name = Path(str(error.filename)).name if error.filename else ""
    name = name.removeprefix(_TEMPORARY).removeprefix(_BACKUP)
    return next((target for target in files if target.name == name), next(iter(files)))


def _is_there(target: Path) -> bool:
    """Whether there is an old file; a folder that may not be looked into is as good as one without."""
    with contextlib.suppress(OSError):
        return target.exists()
    return False


def _explain(error: OSError, target: Path) -> OutputError:
    is_there = _is_there(target)
    stands = f"nothing was written{' and the old file stands' if is_there else ''}."
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        message = f"The disk is full: {target} could not be written; {stands}"
        return OutputError(message, "Free some space and try again.", code="OUT-002")
    if isinstance(error, PermissionError):
        if not is_there:
            message = f"{target} cannot be written: you may not write there; {stands}"
            return OutputError(message, "Check the folder's permissions, and try again.", code="OUT-001")
        message = f"{target} cannot be replaced: it is open in another program, or you may not write there; {stands}"
        remedy = "Close it in Word, Excel or the preview, check the folder's permissions, and try again."
        return OutputError(message, remedy, code="OUT-001")
    message = f"{target} could not be written ({error.strerror}); {stands}"
    return OutputError(message, "Choose another folder with --out.", code="OUT-004")
