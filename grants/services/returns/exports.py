"""An export of an accounting program, compared with the costs of a period."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from grants.errors import Finding, Place, UsageError, has_errors
from grants.forms import PERIOD
from grants.forms.changes import Change
from grants.forms.expected import Expected
from grants.forms.returned import Odd
from grants.forms.stamp import Stamp
from grants.readers.exports import ExportRow, read_export, read_import_map
from grants.readers.package_safety import read_package
from grants.readers.text_file import read_bytes
from grants.services.form import find_period
from grants.services.returns.making import read_grounds, say_cost, say_costs
from grants.services.returns.recognise import Recognised
from grants.services.returns.review import Review

_LARGEST = 20 * 1024 * 1024


def review_export(
    file: Path, name: str, folder: Path, period: str | None, mapping: str | None
) -> tuple[Review | None, list[Finding]]:
    """What an export would change, or None with the reasons why there is no review."""
    if period is None:
        raise UsageError(f"{name} is an export of an accounting program.", "Say with --period which period it is of.")
    is_text = file.suffix.lower() != ".xlsx"
    data, findings = read_bytes(file, name, _LARGEST) if is_text else read_package(file, name)
    import_map, faults = read_import_map(folder)
    if data is None or import_map is None:
        return None, findings + faults
    grounds = read_grounds(folder)
    lines = [x.code for x in grounds.usable.project.budget.lines]
    export, faults = read_export(data, name, import_map, mapping, lines)
    if export is None or has_errors(faults):
        return None, findings + faults
    found = find_period(grounds.usable.project, period)
    changes = tuple(compare_costs(say_costs(grounds.records.of(found)), export.rows))
    recognised = Recognised(PERIOD, grounds, "en", period, {})
    nothing = Expected(Stamp({"form": PERIOD.key, "language": "en"}), {}, {}, {}, {}, frozenset())
    skipped = f"{export.skipped} rows of the export are no costs, as `{export.mapping}` says."
    said = [Finding("RET-020", Place(name), skipped, "", severity="info")] if export.skipped else []
    return Review(file, data, recognised, nothing, False, changes, (), 0, tuple(faults + said)), findings


def compare_costs(known: dict[str, dict[str, str]], rows: Sequence[ExportRow]) -> Iterator[Change]:
    """Rows that are new, and cells that say something else. The same partner, voucher and line are the same cost; of
    several such, those that say the same belong together, and the rest in their order. What an export leaves empty
    contradicts nothing."""
    said = [{key: words for key, words in say_cost(row.expenditure).items() if words} for row in rows]
    waiting: dict[tuple[str, ...], list[str]] = {}
    for name, texts in known.items():
        waiting.setdefault(_key(texts), []).append(name)
    for row, texts in zip(rows, said, strict=True):
        here = [line for line in row.lines if _key({**texts, "line": line}) in waiting]
        texts["line"] = here[0] if len(here) == 1 else texts["line"]  # it was asked before
    matched: dict[int, str] = {}
    for exact in (True, False):
        for at, texts in enumerate(said):
            if at in matched:
                continue
            names = waiting.get(_key(texts), [])
            same = next((x for x in names if not exact or not _differ(known[x], texts)), None)
            if same is not None:
                names.remove(same)
                matched[at] = same
    for at, (row, texts) in enumerate(zip(rows, said, strict=True)):
        where = row.place.cell or str(row.place)
        sheet, _, cell = where.rpartition("!")
        if at not in matched:
            whole = {**texts, "line": ""} if row.lines else texts
            yield Change("row added", "take", "expenditures", f"new:{at}", sheet, cell, base="", texts=whole)
            if row.lines:
                odd = Odd("ambiguous", texts["line"], row.lines)
                yield Change("cell", "ask", "expenditures", f"new:{at}", sheet, cell, "line", "", "", "", odd)
            continue
        before = known[matched[at]]
        for key in _differ(before, texts):
            yield Change(
                "cell",
                "conflict",
                "expenditures",
                matched[at],
                sheet,
                cell,
                key,
                None,
                before.get(key, ""),
                texts[key],
            )


def _key(texts: dict[str, str]) -> tuple[str, ...]:
    return texts["partner"], texts["voucher"], texts["line"]


def _differ(before: dict[str, str], texts: dict[str, str]) -> list[str]:
    return [key for key, words in texts.items() if before.get(key, "") != words]
