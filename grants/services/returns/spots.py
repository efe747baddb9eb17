"""A finding about the draft of a project's files -> the row and column of the form that it is about."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path as FilePath
from typing import Any, NamedTuple

from grants.errors import Finding, Path
from grants.forms.changes import ADDED, Change
from grants.forms.expected import LOOSE
from grants.model.records import Expenditure
from grants.readers.csv_file import CsvRow, read_csv
from grants.readers.project import FILES
from grants.readers.records import EXPENDITURES, FINANCE, PERIODS, PROGRESS
from grants.readers.yaml_file import read_yaml
from grants.services.returns.review import Review
from grants.views.period_layout import name_expenditures

_PARTS = {file: part for part, (file, _) in FILES.items()}
_PROGRESS = {
    "activities": "activity_progress",
    "indicators": "indicator_actuals",
    "groups": "groups_reached",
    "milestones": "milestones_reached",
}


class Spot(NamedTuple):
    """A cell of the form by names; without a row or a column where the finding is about all of them."""

    table: str
    row: str = ""
    column: str = ""


class Spots:
    """Knows which rows of the form the entries of a draft come from."""

    def __init__(self, folder: FilePath, review: Review, taken: Sequence[Change]) -> None:
        """`folder` is the draft as it was laid out, with the changes that are taken."""
        self.folder, self.review, self.taken = folder, review, taken
        self.data: dict[str, Any] = {}
        self.costs: dict[str, dict[int, tuple[str, CsvRow]]] = {}

    def find(self, finding: Finding) -> Spot | None:
        """The spot; None where the form has none for it."""
        place = finding.place
        folder, _, name = place.file.rpartition("/")
        here = folder == f"{PERIODS}/{self.review.recognised.period}"
        root: Path = (PERIODS, folder[len(PERIODS) + 1 :], name.partition(".")[0])
        if name == EXPENDITURES and place.line:
            return self._find_cost(place.file, place.line, place.column or 1, here=here)
        if here and name == FINANCE:
            return self._find_in_finance(_strip(place.path, root))
        if here and name == PROGRESS:
            return _find_in_progress(_strip(place.path, root))
        if place.file in _PARTS:
            return self._find_in_definition(place.file, _strip(place.path, (_PARTS[place.file],)))
        return None

    def _find_cost(self, file: str, line: int, column: int, *, here: bool) -> Spot | None:
        if file not in self.costs:
            table, _ = read_csv(self.folder / file, file, tuple(Expenditure.model_fields))
            rows = table[1] if table else []
            names = self._name_costs(file.split("/")[1], here=here)
            self.costs[file] = {row.line: (name, row) for name, row in zip(names, rows, strict=False)}
        name, row = self.costs[file].get(line, ("", None))
        if row is None or not here:
            return Spot("expenditures") if here else Spot("earlier", f"{file.split('/')[1]}:{name}", "date_paid")
        columns = enumerate(row.file.columns) if column > 1 else ()  # the first column stands for the whole row
        return Spot("expenditures", name, next((x for at, x in columns if row.place((x,)).column == column), ""))

    def _name_costs(self, period: str, *, here: bool) -> list[str]:
        """The rows of a period's costs in the order in which they are written."""
        records = self.review.recognised.grounds.records.periods.get(period)
        names = name_expenditures(records) if records else []
        return self._keep(names, "expenditures") if here else names

    def _keep(self, names: Sequence[str], table: str) -> list[str]:
        """Those of a list that stay, and behind them those that are added."""
        gone = {x.row for x in self.taken if x.table == table and x.kind == "row deleted"}
        added = [x.row for x in self.taken if x.table == table and x.kind in ADDED]
        return [*(x for x in names if x not in gone), *added]

    def _find_in_finance(self, path: Path) -> Spot | None:
        finance = self.review.recognised.grounds.records.periods.get(self.review.recognised.period or "")
        match path:
            case ["forecast", str(line), *_]:
                return Spot("forecast", line, "forecast")
            case ["explanations", str(line), *_]:
                return Spot("forecast", line, "explanation")
            case ["exchange_difference", *rest]:
                return Spot("exchange_difference", column=str(rest[0]) if rest else "amount")
            case [str(table), int(at), *rest]:
                entries = getattr(finance.finance, table, ()) if finance else ()
                return self._find_entry(table, at, rest, len(entries))
            case [str(table)]:
                return Spot("forecast" if table == "explanations" else table)
        return None

    def _find_entry(self, table: str, at: int, rest: Sequence[str | int], before: int) -> Spot:
        """An entry of a list whose rows are known by their numbers."""
        names = self._keep([str(number) for number in range(1, before + 1)], table)
        return Spot(table, names[at] if at < len(names) else "", str(rest[0]) if rest else "")

    def _find_in_definition(self, file: str, path: Path) -> Spot | None:
        budget = self.review.recognised.grounds.usable.project.budget
        match file, *path:
            case "budget.yaml", "lines", int(), *rest:
                return _find_in_line(self._read_code(file, path[:2]), rest)
            case "budget.yaml", "in_kind", int(at), *rest:
                return self._find_entry("in_kind", at, rest, len(budget.in_kind))
            case "budget.yaml", "paid_by", *rest:
                return Spot("sources", str(rest[0]) if rest else "", "share")
            case "budget.yaml", ("contingency" | "indirect_costs") as key, *_:
                return self._find_loose("budget", key == "indirect_costs")
            case "grant.yaml", "amount_requested", *_:
                return self._find_loose("instalments", 0)
            case "grant.yaml", "instalments", int(), *rest:
                return Spot("instalments", self._read_code(file, path[:2]), str(rest[0]) if rest else "")
            case "work-plan.yaml", "activities", int(), "milestones", int(), *rest:
                return Spot("milestones", self._read_code(file, path[:4]), str(rest[0]) if rest else "")
            case "work-plan.yaml", "activities", int(), *rest:
                return Spot("plan", self._read_code(file, path[:2]), str(rest[0]) if rest else "")
            case "logframe.yaml", *_ if "indicators" in path[:-1]:
                return self._find_indicator(path)
        return None

    def _find_loose(self, sheet: str, number: int) -> Spot | None:
        """A cell beside its label, by its number among those of its sheet."""
        labels = [label for label, (home, _) in self.review.expected.loose.items() if home == sheet]
        return Spot(LOOSE, labels[number], "value") if number < len(labels) else None

    def _find_indicator(self, path: Path) -> Spot:
        at = path.index("indicators") + 2
        code, column = self._read_code("logframe.yaml", path[:at]), str(path[at]) if len(path) > at else ""
        table = self.review.expected.stamp
        if any(x.table == "indicators" and x.id == f"{code}:{column}" for x in table.rows):
            return Spot("indicators", f"{code}:{column}", "target")
        return Spot("indicators", code, column)

    def _read_code(self, file: str, path: Path) -> str:
        """Of an entry of a list, as the draft has it."""
        if file not in self.data:
            yaml_file, _ = read_yaml(self.folder / file, file)
            self.data[file] = yaml_file.data if yaml_file else None
        entry = self.data[file]
        for step in path:
            known = isinstance(entry, list) and isinstance(step, int) and step < len(entry)
            entry = entry[step] if known else entry.get(step) if isinstance(entry, dict) else None
        return str(entry.get("code", "")) if isinstance(entry, dict) else ""


def _strip(path: Path, root: Path) -> Path:
    """A path inside its file: some findings name the file by the path's beginning, some do not."""
    return path[len(root) :] if path[: len(root)] == root else path


def _find_in_progress(path: Path) -> Spot | None:
    match path:
        case [str(part), str(code), *rest] if part in _PROGRESS:
            column = "reached" if part == "milestones" else str(rest[0]) if rest else ""
            return Spot(_PROGRESS[part], code, column)
        case [str(part)] if part in _PROGRESS:
            return Spot(_PROGRESS[part])
    return None


def _find_in_line(code: str, rest: Sequence[str | int]) -> Spot:
    match rest:
        case ["paid_by", source, *_]:
            return Spot("lines", code, f"share:{source}")
        case ["phasing", quarter, *_]:
            return Spot("phasing", code, f"weight:{quarter}")
        case [("phasing" | "justification") as key, *_]:
            return Spot(str(key), code, str(key))
        case [column, *_]:
            return Spot("lines", code, str(column))
    return Spot("lines", code)
