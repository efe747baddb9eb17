"""200 projects: two processes against one, and a second build where nothing has changed."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.bench_start import GRANTS, ROOT, SAMPLE
from tests.bench.rows import Row, measure, run

PROJECTS = 200


@contextmanager
def copy_sample(count: int) -> Iterator[Path]:
    """A workspace with the sample copied many times."""
    with tempfile.TemporaryDirectory(prefix="grants-bench-") as name:
        workspace = Path(name)
        shutil.copytree(ROOT / "templates", workspace / "templates")
        for number in range(count):
            shutil.copytree(SAMPLE, workspace / "projects" / f"p{number:03d}", ignore=shutil.ignore_patterns("out"))
        yield workspace


def measure_build(count: int = PROJECTS) -> list[Row]:
    """Without page numbers, which are LibreOffice's time and not ours."""
    with copy_sample(count) as workspace:
        one, two = (_time_build(workspace, jobs) for jobs in (1, 2))
        again = measure(
            f"grants build of {count} projects, nothing changed / grants --help",
            run(GRANTS, "build", "--no-page-numbers", cwd=workspace),
            run(GRANTS, "--help"),
            3,
        )
        return [Row(f"grants build of {count} projects, one process / two", one, two, 1.8, at_least=True), again]


def _time_build(workspace: Path, jobs: int) -> float:
    start = time.perf_counter()
    command = [GRANTS, "build", "--force", "--no-page-numbers", "--jobs", str(jobs)]
    subprocess.run(command, cwd=workspace, check=True, stdout=sys.stderr)
    return (time.perf_counter() - start) * 1000
