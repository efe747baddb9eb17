"""Commands that a message shows, so that they can be copied as they stand."""

from __future__ import annotations

import os
import shlex


def quote_word(word: str) -> str:
    """A word of a command, quoted where this computer's command line would take it apart."""
    if os.name == "nt":
        import subprocess  # noqa: PLC0415  # 2 ms that only Windows needs

        return subprocess.list2cmdline([word])
    return shlex.quote(word)
