"""The command line as tests use it: in this process, which is quick, or in one of its own, as a user runs it."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from pathlib import Path
from subprocess import CompletedProcess

from click.testing import CliRunner

from grants.cli import main
from grants.services import inputs, templates

GRANTS = str(Path(sys.executable).with_name("grants"))
_KEPT = (inputs._describe_packs, templates._compile, templates.find_labels)
"""What a process remembers of the packs: a test may change them between two commands."""


def run(workspace: Path, *arguments: str, typed: str | None = None, **environment: str) -> CompletedProcess[str]:
    """The program; what no command expects is raised here. `typed`: what it is answered."""
    for kept in _KEPT:
        kept.cache_clear()
    with contextlib.chdir(workspace):
        done = CliRunner(env=environment).invoke(main, arguments, typed, catch_exceptions=False)
    return CompletedProcess(arguments, done.exit_code, done.stdout, done.stderr)


def run_process(
    workspace: Path, *arguments: str, typed: str | None = None, **environment: str
) -> CompletedProcess[str]:
    """The program, in a process of its own: where another environment, or what a process remembers, matters.

    Whatever happens, no traceback is shown.
    """
    done = subprocess.run(
        [GRANTS, *arguments],
        cwd=workspace,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
        text=True,
        encoding="utf-8",
        capture_output=True,
        check=False,
        input=typed,
    )
    assert "Traceback" not in done.stderr + done.stdout, done.stderr
    return done


def build(workspace: Path, *arguments: str) -> CompletedProcess[str]:
    """`grants build`, without asking LibreOffice for page numbers."""
    return run(workspace, "build", "--no-page-numbers", *arguments)
