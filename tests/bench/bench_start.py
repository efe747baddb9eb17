"""Start-up and reading: `grants --help`, `grants check`, and YAML with the place of everything."""

from __future__ import annotations

import sys
from pathlib import Path

import yaml

from grants.readers.yaml_file import parse_yaml, read_yaml
from tests.bench.rows import Row, measure, run, run_python

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "projects" / "shelter-greece-prevention-serbia"
GRANTS = str(Path(sys.executable).with_name("grants"))


def measure_start() -> list[Row]:
    """Whole processes. The first check of a definition reads it all; a repeated one finds nothing changed."""
    kept = SAMPLE / "out" / ".checked.json"

    def check_anew() -> None:
        kept.unlink(missing_ok=True)
        run(GRANTS, "check", str(SAMPLE))()

    click, libraries = run_python("import click"), run_python("import click, pydantic, yaml")
    return [
        measure("grants --help / import click", run(GRANTS, "--help"), click, 2, 15),
        measure(
            "grants check, again / import click, pydantic, yaml", run(GRANTS, "check", str(SAMPLE)), libraries, 2, 15
        ),
        measure("grants check, first time, two reports / the same", check_anew, libraries, 7, 9),
    ]


def measure_yaml() -> list[Row]:
    """The sample's files, with places and checks of form, against PyYAML's fastest loader, which keeps no places."""
    files = sorted(SAMPLE.glob("*.yaml"))

    def read_ours() -> None:
        parse_yaml.cache_clear()
        for file in files:
            read_yaml(file, file.name)

    def read_plain() -> None:
        for file in files:
            yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader)

    return [measure("definition with line numbers / yaml.CSafeLoader", read_ours, read_plain, 1.2, 31)]
