"""200 projects: two processes against one, and a second build, a second list, where nothing has changed."""

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
    """Without page numbers, which are LibreOffice's time and not ours.

    One process and two take turns over a quarter of the projects each; the best of each counts, for on a shared
    machine the second core is not always there.
    """
    with copy_sample(count) as workspace:
        quarters = [[f"p{number:03d}" for number in range(start, count, 4)] for start in range(4)]
        times = [[_time_build(workspace, names, jobs) for jobs in (1, 2)] for names in quarters]
        one, two = (min(ways) for ways in zip(*times, strict=True))
        again = measure(
            f"grants build of {count} projects, nothing changed / grants --help",
            run(GRANTS, "build", "--no-page-numbers", cwd=workspace),
            run(GRANTS, "--help"),
            3,
        )
        name = f"grants build of {count} projects in turns of {len(quarters[0])}, one process / two"
        return [Row(name, one, two, 1.8, at_least=True), again, measure_status(workspace, count)]


def measure_status(workspace: Path, count: int) -> Row:
    """The list of projects, after it was made once on that day."""
    listed = run(GRANTS, "status", cwd=workspace)
    listed()
    return measure(f"grants status of {count} projects, again / grants --help", listed, run(GRANTS, "--help"), 10, 3)


def _time_build(workspace: Path, names: list[str], jobs: int) -> float:
    start = time.perf_counter()
    command = [GRANTS, "build", "--force", "--no-page-numbers", "--jobs", str(jobs), *names]
    subprocess.run(command, cwd=workspace, check=True, stdout=sys.stderr)
    return (time.perf_counter() - start) * 1000
