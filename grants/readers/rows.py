"""Rows of cells -> models: a cell is read by the same rules as a value of a definition, a fault found at its cell."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TypeVar

from pydantic import ValidationError

from grants.errors import Finding, Path
from grants.model.base import Model
from grants.model.scalars import Number
from grants.readers.csv_file import CsvRow
from grants.readers.shape import describe_faults
from grants.readers.yaml_file import NUMBER

Part = TypeVar("Part", bound=Model)


def read_rows(rows: Sequence[CsvRow], model: type[Part], root: Path) -> tuple[list[tuple[CsvRow, Part]], list[Finding]]:
    """Each row that is sound with what it says, and the findings about the others. Their paths begin with `root`."""
    columns = rows[0].file.columns if rows else ()
    fields = {name: model.model_fields[name] for name in columns}
    numbers = [i for i, field in enumerate(fields.values()) if field.annotation is Decimal]
    parts: list[tuple[CsvRow, Part]] = []
    findings: list[Finding] = []
    for row in rows:
        data: dict[str, str | Number] = {name: cell for name, cell in zip(columns, row.cells, strict=True) if cell}
        for index in numbers:
            cell = row.cells[index]
            if NUMBER.fullmatch(cell):
                data[columns[index]] = Number(cell)
        try:
            parts.append((row, model.model_validate(data)))
        except ValidationError as error:
            findings += _describe(error, row, model, (*root, len(parts)))
    return parts, findings


def _describe(error: ValidationError, row: CsvRow, model: type[Model], root: Path) -> list[Finding]:
    """As in a definition; a key that is missing is a cell that is empty."""
    return [
        Finding("REC-008", row.place(finding.place.path[-1:]), message, "Fill it in.")
        if finding.code == "DEF-003" and (message := f"The cell `{finding.place.path[-1]}` is empty.")
        else finding
        for finding in describe_faults(error, row, model, root)
    ]
