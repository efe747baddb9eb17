"""What came back of a project -> Records, the files it came from, and every finding in one pass."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import TypeVar

from grants.errors import Finding, Path, Place, has_errors, suggest
from grants.model import Narrative, Project, SectionKey
from grants.model.base import Model
from grants.model.grant import Grant
from grants.model.records import Expenditure, Finance, PeriodRecords, Progress, Rate, Records
from grants.readers.accepted import read_accepted
from grants.readers.csv_file import CsvRow, read_csv
from grants.readers.project import read_narratives
from grants.readers.records_integrity import find_broken_records
from grants.readers.rows import read_rows
from grants.readers.shape import read_shape
from grants.readers.signed import read_signed
from grants.readers.yaml_file import YamlFile, read_yaml

Shape = TypeVar("Shape", bound=Model)
Part = TypeVar("Part", bound=Model)

RATES, PERIODS = "rates.csv", "periods"
EXPENDITURES, FINANCE, PROGRESS = "expenditures.csv", "finance.yaml", "progress.yaml"
_FORM = "period"
"""What the form of a period is called where its acceptance is recorded."""
_LOOK_ALIKE = (".csv", ".yaml", ".yml")
"""A file with such a name in a period's folder is meant to be read."""


@dataclass(slots=True)
class RecordFiles:
    """The files of the records as read: they know where everything stands."""

    yaml: dict[Path, YamlFile] = field(default_factory=dict)
    rows: dict[Path, Sequence[CsvRow]] = field(default_factory=dict)
    """Beginning of a path -> the rows of a table, in the order of the records."""

    def locate(self, finding: Finding) -> Finding:
        """The finding with file, line and column instead of a path in the records."""
        path = finding.place.path
        if finding.place.file or not path:
            return finding
        for length in (3, 2, 1):
            root, rest = path[:length], path[length:]
            if root in self.yaml:
                return finding.at(self.yaml[root].place(rest))
            if root in self.rows:
                return finding.at(self._place_row(root, rest))
        return finding.at(Place(_name_file(path), path=path))

    def _place_row(self, root: Path, rest: Path) -> Place:
        rows = self.rows[root]
        if rest and isinstance(rest[0], int) and rest[0] < len(rows):
            return rows[rest[0]].place(rest[1:])
        return Place(_name_file(root), path=(*root, *rest))


def _name_file(path: Path) -> str:
    """The file that would hold a part of the records which is not there."""
    names = {"expenditures": EXPENDITURES, "finance": FINANCE, "progress": PROGRESS}
    steps = [names.get(str(step), str(step)) for step in path[:3]]
    return "/".join(steps) if path[0] == PERIODS else RATES if path[0] == "rates" else "/".join(steps[:2])


def read_records(
    folder: FilePath, project: Project, only: Collection[str] | None = None
) -> tuple[Records | None, RecordFiles, list[Finding]]:
    """The records of a project, or None where a fault stops every report; with all findings.

    `only` are the folders under periods/ that are read; None: all of them.
    """
    files = RecordFiles()
    signed, files.yaml, findings = read_signed(folder, project.grant)
    rates, faults = _read_table(folder, RATES, Rate, ("rates",), files)
    findings += faults
    periods = {}
    for code in _list_folders(folder, project.grant):
        if only is not None and code not in only:
            continue
        periods[code], faults = _read_period(folder, code, files)
        findings += faults
    records = Records(signed, rates, periods)
    findings += map(files.locate, find_broken_records(project, records))
    return None if has_errors(findings) else records, files, findings


def read_rates(folder: FilePath) -> tuple[list[tuple[CsvRow, Rate]], list[Finding]]:
    """The rows of rates.csv and what they say; none where there is no file."""
    if not (folder / RATES).exists():
        return [], []
    table, findings = read_csv(folder / RATES, RATES, tuple(Rate.model_fields))
    if table is None:
        return [], findings
    sound, faults = read_rows(table[1], Rate, ("rates",))
    return sound, findings + faults


def read_report_narratives(
    folder: FilePath, codes: Iterable[str]
) -> tuple[dict[str, dict[SectionKey, Narrative]], list[Finding]]:
    """Report -> its texts, from periods/<report>/narrative/; only reports that have some."""
    texts: dict[str, dict[SectionKey, Narrative]] = {}
    findings: list[Finding] = []
    for code in codes:
        found, faults = read_narratives(folder, f"{PERIODS}/{code}/narrative")
        findings += faults
        if found:
            texts[code] = found
    return texts, findings


def _list_folders(folder: FilePath, grant: Grant) -> list[str]:
    """The folders under periods/: in the order of the grant's periods, then of its reports, then any other."""
    there = sorted(entry.name for entry in (folder / PERIODS).glob("[!.]*") if entry.is_dir())
    known = [period.code for period in grant.reporting_periods] + [report.code for report in grant.reports]
    return [code for code in dict.fromkeys([*known, *there]) if code in there]


def _read_period(folder: FilePath, code: str, files: RecordFiles) -> tuple[PeriodRecords, list[Finding]]:
    within = f"{PERIODS}/{code}"
    root: Path = (PERIODS, code)
    expenditures, findings = _read_table(
        folder, f"{within}/{EXPENDITURES}", Expenditure, (*root, "expenditures"), files
    )
    finance, faults = _read_part(folder, f"{within}/{FINANCE}", Finance, (*root, "finance"), files)
    findings += faults
    progress, faults = _read_part(folder, f"{within}/{PROGRESS}", Progress, (*root, "progress"), files)
    findings += faults
    known = (EXPENDITURES, FINANCE, PROGRESS)
    for file in sorted((folder / within).glob("[!.~]*")):
        if file.suffix.lower() in _LOOK_ALIKE and file.name not in known:
            message = "No file of this name is read."
            place = Place(f"{within}/{file.name}")
            findings.append(Finding("REC-009", place, message, suggest(file.name, known), file.name, "warning"))
    listed = (folder / within / EXPENDITURES).exists() or any(
        told.get("form") == _FORM for told in read_accepted(folder / within)
    )
    return PeriodRecords(code, expenditures, finance or Finance(), progress or Progress(), listed), findings


def _read_part(
    folder: FilePath, name: str, model: type[Shape], root: Path, files: RecordFiles
) -> tuple[Shape | None, list[Finding]]:
    """What a YAML file holds; None where there is none, where it is empty, or (with findings) where it is unsound."""
    if not (folder / name).exists():
        return None, []
    yaml_file, findings = read_yaml(folder / name, name)
    if yaml_file is None or findings or yaml_file.data is None:
        return None, findings
    files.yaml[root] = yaml_file
    return read_shape(yaml_file, model, root)


def _read_table(
    folder: FilePath, name: str, model: type[Part], root: Path, files: RecordFiles
) -> tuple[tuple[Part, ...], list[Finding]]:
    if not (folder / name).exists():
        return (), []
    table, findings = read_csv(folder / name, name, tuple(model.model_fields))
    if table is None:
        return (), findings
    sound, faults = read_rows(table[1], model, root)
    files.rows[root] = [row for row, _ in sound]
    return tuple(part for _, part in sound), findings + faults
