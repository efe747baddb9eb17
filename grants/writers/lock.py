"""A lock between processes of one computer: the system frees it when its process ends, however it ends."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from grants.errors import GrantsError


class LockError(Exception):
    """The file of a lock cannot be made or opened."""


@contextlib.contextmanager
def hold_lock(file: Path, taken: GrantsError, wait: float = 0) -> Iterator[None]:
    """Hold the lock that a file is. Raises `taken` where another process has it for longer than `wait` seconds.

    Why SQLite: its locks are those of the system, on Windows too, and no file stays behind that bars the next one.
    """
    lock: sqlite3.Connection | None = None
    try:
        lock = sqlite3.connect(file, timeout=wait, isolation_level=None)
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error as error:
        if lock is not None:
            lock.close()
        if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_BUSY:
            raise taken from error
        raise LockError(str(error)) from error
    try:
        yield
    finally:
        lock.close()
