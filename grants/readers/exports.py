"""An export of an accounting program -> costs, by a mapping of import.yaml; every fault with its cell or line.

Nothing is guessed: encoding, decimals and dates are those that the mapping names, and a value that is written otherwise
is a finding. Which mapping fits a file is seen by its headers.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from pydantic import ValidationError

from grants.errors import Finding, Place, has_errors, suggest
from grants.model.import_map import ExportMap, ImportMap
from grants.model.records import Expenditure
from grants.readers.export_table import ExportTable, TableRow, fold, list_wanted, read_table
from grants.readers.export_values import Value, read_amount, read_day, say
from grants.readers.returned.numbers import find_codes
from grants.readers.shape import read_shape
from grants.readers.yaml_file import read_yaml

NAME = "import.yaml"
_WANTED = {
    "voucher": ("voucher",),
    "date": ("date",),
    "payee": ("payee",),
    "description": ("description",),
    "line": ("line", "account"),
    "partner": ("partner",),
    "amount": ("amount", "debit", "credit"),
    "currency": ("currency",),
}
"""Fields that every cost has -> what a mapping can take them from."""
_STYLES = {
    "comma": "1.234,56",
    "point": "1,234.56",
    "d/m/y": "31/01/2008",
    "m/d/y": "01/31/2008",
    "y-m-d": "2008-01-31",
}


@dataclass(frozen=True, slots=True)
class ExportRow:
    """A cost, and where it stands in the file."""

    expenditure: Expenditure
    place: Place
    lines: tuple[str, ...] = ()
    """The budget lines that its cell may mean, where a spreadsheet has made 1.1 of 1.10; then `place` is the cell's."""


@dataclass(frozen=True, slots=True)
class Export:
    """What an export holds."""

    mapping: str
    """Name of the mapping that was used."""
    rows: tuple[ExportRow, ...]
    """Rows that have a fault are left out; the findings say which."""
    skipped: int
    """Rows that the mapping says are no costs."""


def read_import_map(folder: Path) -> tuple[ImportMap | None, list[Finding]]:
    """The mappings of a project; none where it has no import.yaml; None with findings where the file is faulty."""
    if not (folder / NAME).exists():
        return ImportMap(), []
    file, findings = read_yaml(folder / NAME, NAME)
    if file is None or findings:
        return None, findings
    if file.data is None:  # nothing but comments
        return ImportMap(), []
    import_map, faults = read_shape(file, ImportMap, "import_map")
    if import_map is None:
        return None, faults
    incomplete = [
        Finding("EXP-009", file.place(("exports", number)), message, "Name its column, or a fixed value.", mapping.name)
        for number, mapping in enumerate(import_map.exports)
        for message in _find_gaps(mapping)
    ]
    return (None, incomplete) if incomplete else (import_map, [])


def _find_gaps(mapping: ExportMap) -> Iterator[str]:
    columns = mapping.columns.model_dump(exclude_none=True)
    given = columns.keys() | mapping.fixed.model_dump(exclude_none=True).keys()
    for field, sources in _WANTED.items():
        if not given & set(sources):
            yield f"The mapping `{mapping.name}` does not say where `{field}` comes from."
    if "account" in columns and not mapping.lines:
        yield f"The mapping `{mapping.name}` names a column of accounts, but no budget lines for them (`lines`)."
    if "amount" in columns and columns.keys() & {"debit", "credit"}:
        yield f"The mapping `{mapping.name}` takes the amount from two places."


def read_export(
    data: bytes, name: str, import_map: ImportMap, mapping: str | None = None, lines: Sequence[str] = ()
) -> tuple[Export | None, list[Finding]]:
    """The costs of an export. `name` is the file's, for people; `mapping` the mapping's, else the one that fits;
    `lines` are the codes of the budget's.

    None where no mapping fits or the file cannot be read; else what could be read, with findings for the rest.
    """
    chosen, findings = _choose(data, name, import_map, mapping)
    if chosen is None:
        return None, findings
    used, table = chosen
    rows: list[ExportRow] = []
    skipped = 0
    for row in table.rows:
        if _is_skipped(row, table, used):
            skipped += 1
            continue
        reading = _Reading(row, table, used, lines)
        expenditure, faults = reading.read()
        findings += faults
        if expenditure:
            rows.append(ExportRow(expenditure, *reading.find_lines()))
    return Export(used.name, tuple(rows), skipped), findings


def _choose(
    data: bytes, name: str, import_map: ImportMap, wanted: str | None
) -> tuple[tuple[ExportMap, ExportTable] | None, list[Finding]]:
    """The mapping, and the file read by it."""
    known = {mapping.name: mapping for mapping in import_map.exports}
    if wanted is not None and wanted not in known:
        return None, [_no_mapping(name, f"There is no mapping `{wanted}` in {NAME}.", suggest(wanted, known), wanted)]
    if not known:
        return None, [_no_mapping(name, f"The project has no mapping for exports ({NAME}).", "Write one.", None)]
    kind = "xlsx" if data.startswith(b"PK") else "csv"
    candidates = [known[wanted]] if wanted else [mapping for mapping in known.values() if mapping.kind == kind]
    read = [(mapping, *read_table(data, name, mapping)) for mapping in candidates]
    tables = [(mapping, table, findings) for mapping, table, findings in read if table is not None]
    fitting = [(mapping, table, said) for mapping, table, said in tables if not _find_header_faults(mapping, table)]
    best = max((len(list_wanted(mapping)) for mapping, _, _ in fitting), default=0)
    fitting = [entry for entry in fitting if len(list_wanted(entry[0])) == best]
    if len(fitting) == 1:
        mapping, table, findings = fitting[0]
        return (mapping, table), list(findings)
    if fitting:
        names = ", ".join(mapping.name for mapping, _, _ in fitting)
        return None, [_no_mapping(name, "Several mappings fit this file.", f"Name one of them: {names}.", names)]
    return None, _explain(name, candidates, read, tables)


def _explain(
    name: str,
    candidates: Sequence[ExportMap],
    read: Sequence[tuple[ExportMap, ExportTable | None, list[Finding]]],
    tables: Sequence[tuple[ExportMap, ExportTable, list[Finding]]],
) -> list[Finding]:
    """Why no mapping fits: by the one that comes nearest."""
    if tables:
        return min((_find_header_faults(mapping, table) for mapping, table, _ in tables), key=len)
    if len(candidates) == 1:
        return read[0][2]
    if not candidates:
        return [_no_mapping(name, "No mapping is for files of this kind.", f"Add one to {NAME}.", None)]
    return [finding for _, _, findings in read for finding in findings][:1]


def _no_mapping(name: str, message: str, remedy: str, found: str | None) -> Finding:
    return Finding("EXP-001", Place(name), message, remedy, found)


def _find_header_faults(mapping: ExportMap, table: ExportTable) -> list[Finding]:
    """Columns that the mapping names and the header row does not have, or has twice."""
    findings: list[Finding] = []
    folded = [fold(header) for header in table.headers]
    place = table.place(TableRow(table.header_row, ()))
    for header in dict.fromkeys(list_wanted(mapping).values()):
        count = folded.count(fold(header))
        if count == 0:
            message = f"The mapping `{mapping.name}` names a column `{header}`; the header row does not have it."
            remedy = suggest(header, filter(None, table.headers))
            findings.append(Finding("EXP-003", place, message, remedy, header))
        elif count > 1:
            message = f"The column `{header}` stands twice in the header row."
            findings.append(Finding("EXP-003", place, message, "Give one of them another header.", header))
    return findings


def _is_skipped(row: TableRow, table: ExportTable, mapping: ExportMap) -> bool:
    """A row without any account is not one of another account: it may be a cost that nobody has booked yet."""
    account = _text(row, table, mapping.columns.account) if mapping.columns.account else ""
    other = mapping.other_accounts == "skip" and account and find_line(account, mapping.lines) is None
    return bool(other) or any(_fits(_text(row, table, x.column), x.values, x.empty) for x in mapping.skip)


def _fits(text: str, values: Sequence[str], empty: bool) -> bool:
    if not text:
        return empty
    folded = fold(text)
    return any(
        folded.startswith(fold(value[:-1])) if value.endswith("*") else folded == fold(value) for value in values
    )


def _text(row: TableRow, table: ExportTable, header: str) -> str:
    column = table.find_column(header)
    return say(row.values[column]) if column is not None and column < len(row.values) else ""


def find_line(account: str, lines: Mapping[str, str]) -> str | None:
    """The budget line of an account: of itself, else of the longest beginning with a star."""
    if account in lines:
        return lines[account]
    begun = [key for key in lines if key.endswith("*") and account.startswith(key[:-1])]
    return lines[max(begun, key=len)] if account and begun else None


class _Reading:
    """One row, while it becomes a cost."""

    def __init__(self, row: TableRow, table: ExportTable, mapping: ExportMap, lines: Sequence[str]) -> None:
        self.row, self.table, self.mapping, self.lines = row, table, mapping, lines
        self.columns = {
            field: column
            for field, header in mapping.columns.model_dump(exclude_none=True).items()
            if (column := table.find_column(header)) is not None
        }
        self.findings: list[Finding] = []

    def read(self) -> tuple[Expenditure | None, list[Finding]]:
        extra = len(self.row.values) - len(self.table.headers)
        if extra > 0 and any(map(say, self.row.values[-extra:])):
            message = f"The row has {len(self.row.values)} cells, the header row {len(self.table.headers)}."
            remedy = "A separator stands inside a text; export it in quotes."
            return None, [Finding("EXP-004", self.table.place(self.row), message, remedy)]
        fields: dict[str, object] = {**self.mapping.fixed.model_dump(exclude_none=True)}
        for field in self.columns.keys() - {"amount", "debit", "credit", "account", "date", "date_paid"}:
            if text := self._say(field):
                fields[field] = text
        fields |= {field: day for field in ("date", "date_paid") if (day := self._read_day(field))}
        if len(same := self._find_codes("line")) == 1:
            fields["line"] = same[0]
        if (amount := self._read_amount()) is not None:
            fields["amount"] = amount
        if "account" in self.columns and (line := self._find_line()):
            fields["line"] = line
        if has_errors(self.findings):
            return None, self.findings
        return self._validate(fields)

    def find_lines(self) -> tuple[Place, tuple[str, ...]]:
        """The row, and nothing; else the cell, and the lines that its number may mean."""
        for field in ("account", "line"):
            lines = tuple(dict.fromkeys(self.mapping.lines.get(x, x) for x in self._find_codes(field)))
            if len(lines) > 1:
                return self._place(field), lines
        return self.table.place(self.row), ()

    def _find_codes(self, field: str) -> tuple[str, ...]:
        """The accounts, or lines, that the number in a cell may mean; none where it is no number."""
        value = self._value(field)
        return (
            find_codes(value, self.mapping.lines if field == "account" else self.lines)
            if isinstance(value, float)
            else ()
        )

    def _value(self, field: str) -> Value:
        column = self.columns.get(field)
        return self.row.values[column] if column is not None and column < len(self.row.values) else None

    def _say(self, field: str) -> str:
        return say(self._value(field))

    def _place(self, field: str) -> Place:
        return self.table.place(self.row, self.columns.get(field))

    def _report(self, code: str, field: str, message: str, remedy: str) -> None:
        self.findings.append(Finding(code, self._place(field), message, remedy, self._say(field) or None))

    def _read_day(self, field: str) -> datetime.date | None:
        if not self._say(field):
            return None
        day = read_day(self.row.values[self.columns[field]], self.mapping.dates)
        if day is None:
            example = _STYLES[self.mapping.dates]
            self._report(
                "EXP-006", field, f"`{field}` is not a date written as {example}.", "Correct it in the export."
            )
        return day

    def _read_number(self, field: str) -> Decimal:
        if not self._say(field):
            return Decimal(0)
        amount = read_amount(self.row.values[self.columns[field]], self.mapping.numbers)
        if amount is None:
            example = _STYLES[self.mapping.numbers]
            remedy = "Correct it in the export, or `numbers` in import.yaml."
            self._report("EXP-005", field, f"`{field}` is not a number written as {example}.", remedy)
        return amount or Decimal(0)

    def _read_amount(self) -> Decimal | None:
        """What the cost is; None where nothing stands there: the model says that it is missing."""
        if not any(self._say(field) for field in ("amount", "debit", "credit")):
            return None
        amount = self._read_number("amount") + self._read_number("debit") - self._read_number("credit")
        return -amount if self.mapping.reversed else amount

    def _find_line(self) -> str | None:
        line = find_line(self._say("account"), self.mapping.lines)
        if line is None and "line" not in self.columns:
            name = self.mapping.name
            message, remedy = "The account has no budget line.", f"Add it to `lines` of `{name}` in import.yaml."
            if not self._say("account"):
                message, skip = "The row has no account.", f"{{column: {self.mapping.columns.account}, empty: true}}"
                remedy = f"Enter it in the accounting program. Where it is no cost: `{skip}` under `skip` of `{name}`."
            self._report("EXP-007", "account", message, remedy)
        return line

    def _validate(self, fields: Mapping[str, object]) -> tuple[Expenditure | None, list[Finding]]:
        try:
            return Expenditure.model_validate(fields), []
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                field = str(detail["loc"][0])
                missing = detail["type"] == "missing"
                message = f"`{field}` is missing." if missing else f"`{field}` is not {detail['msg']}."
                self._report("EXP-008", _source(field, self.columns), message, "Correct it in the accounting program.")
            return None, self.findings


def _source(field: str, columns: Mapping[str, int]) -> str:
    """The column that a field comes from."""
    return next((source for source in _WANTED.get(field, (field,)) if source in columns), field)
