"""A file that is to be mailed -> what it holds beside what people see. It may come from anybody: nothing is trusted."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import PurePath

from grants.model.inspected import Found, Inspected
from grants.readers.attachments.excel import inspect_workbook
from grants.readers.attachments.package import UnreadableError
from grants.readers.attachments.pdf import inspect_pdf
from grants.readers.attachments.word import inspect_document

_KINDS: Mapping[str, Callable[[str, bytes], Inspected]] = {
    ".docx": inspect_document,
    ".xlsx": inspect_workbook,
    ".pdf": inspect_pdf,
}
_UNSEEN = ("Cc", "Cf", "Co", "Zl", "Zp")


@lru_cache(maxsize=16)
def inspect_file(name: str, data: bytes) -> Inspected:
    """What a file holds; `closed` where it cannot be looked into.

    Looked into once, although a command makes its message several times: to show it, and again before it acts.
    """
    suffix = PurePath(name).suffix.lower()
    if any(unicodedata.category(letter) in _UNSEEN for letter in name):
        return Inspected(name, (Found("closed", "", "its name has signs that nobody sees, and may look like another"),))
    if suffix not in _KINDS:
        return Inspected(name, (Found("closed", "", suffix or "no suffix"),))
    try:
        return _KINDS[suffix](name, data)
    except UnreadableError as error:
        return Inspected(name, (Found("closed", "", str(error)),))
    except (ValueError, RecursionError):  # a number that is none, where the format wants one; elements without end
        return Inspected(name, (Found("closed", "", "a damaged file"),))
