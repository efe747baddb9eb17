"""A measurement: two ways of the same job in one run, alternately, as a ratio."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

Timed = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Row:
    """`ours` and `baseline` in milliseconds; the target says what their ratio may be at most (or at least)."""

    name: str
    ours: float
    baseline: float
    target: float
    at_least: bool = False

    @property
    def ratio(self) -> float:
        return self.ours / self.baseline

    @property
    def holds(self) -> bool:
        return self.ratio >= self.target if self.at_least else self.ratio <= self.target


def measure(name: str, ours: Timed, baseline: Timed, target: float, rounds: int = 7) -> Row:
    """The median of each, run in turn: ours, baseline, ours, baseline ..."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for way, kept in zip((ours, baseline), times, strict=True):
            start = time.perf_counter()
            way()
            kept.append((time.perf_counter() - start) * 1000)
    return Row(name, statistics.median(times[0]), statistics.median(times[1]), target)


def run(*arguments: str, cwd: Path | None = None) -> Timed:
    """A whole process."""
    return lambda: subprocess.run(arguments, cwd=cwd, check=False, capture_output=True)


def run_python(code: str) -> Timed:
    """A whole Python process."""
    return run(sys.executable, "-c", code)


def print_rows(rows: Sequence[Row]) -> None:
    """The table."""
    print(f"{'':66} {'ours ms':>10} {'baseline':>10} {'ratio':>8}  target")
    for row in rows:
        sign = ">=" if row.at_least else "<="
        mark = "" if row.holds else "  MISSED"
        print(f"{row.name:66} {row.ours:10.1f} {row.baseline:10.1f} {row.ratio:8.3f}  {sign} {row.target:.3f}{mark}")
