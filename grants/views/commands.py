"""Commands that a message shows, so that they can be copied as they stand."""

from __future__ import annotations

import os
import shlex
import subprocess


def quote_word(word: str) -> str:
    """A word of a command, quoted where this computer's command line would take it apart."""
    return subprocess.list2cmdline([word]) if os.name == "nt" else shlex.quote(word)
