"""What has to be corrected in a workbook: as findings for whoever imports it, and marked for whoever filled it in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from grants.errors import Finding, Place, Severity, UnusableError
from grants.forms.changes import Change
from grants.forms.correction import CellFault, CorrectionPage
from grants.forms.expected import LOOSE
from grants.forms.returned import Note
from grants.forms.sense import SEVERE, Doubt
from grants.model.labels import Labels
from grants.model.scalars import Text
from grants.readers.pack import read_labels
from grants.services.returns.review import Review
from grants.writers.excel.correction import mark_faults

_CODES = {
    "ambiguous": "RET-010",
    "number": "RET-011",
    "percent": "RET-011",
    "date": "RET-011",
    "text": "RET-011",
    "list": "RET-012",
    "error": "RET-013",
    "uncalculated": "RET-014",
    "overwritten": "RET-015",
    "duplicated": "RET-016",
    "no_code": "RET-017",
    "gone": "RET-018",
    "missing": "RET-021",
    "outside": "RET-022",
    "paid_early": "RET-037",
    "total_row": "RET-039",
    "twice": "RET-024",
    "too_many": "RET-025",
    "no_paper": "RET-026",
    "no_reference": "RET-026",
    "fixed": "RET-027",
    "decimals": "RET-028",
    "not_whole": "RET-029",
    "broken_person": "RET-029",
    "column": "RET-030",
    "alone": "RET-031",
    "sum": "RET-032",
    "no_voucher": "RET-033",
    "control": "RET-034",
    "other_currency": "RET-035",
}
_KINDS = {
    "ambiguous": "ambiguous",
    "not in the list": "list",
    "error value": "error",
    "not calculated": "uncalculated",
    "formula overwritten": "overwritten",
    "decimals": "decimals",
    "not whole": "not_whole",
    "control character": "control",
}
_READ = ("number as text", "date as text")
"""Odd, and read all the same."""
_FIGURES = (
    "overwritten",
    "outside",
    "paid_early",
    "decimals",
    "not_whole",
    "broken_person",
    "too_many",
    "column",
    "alone",
    "sum",
)
"""Faults of a cell that was read: what it shows is a figure or a date, and no text or code."""
_CELL = re.compile(r"([A-Z]+)([0-9]+)")
_DATE = re.compile(r"\b\d{4}-\d\d-\d\d\b")
_AMOUNT = re.compile(r"\d[\d,]*\.\d\d(?=\s[A-Z]{3}\b)")
_OTHER_SIGNS = str.maketrans(",.", ".,")
_TWO_POINTS = re.compile(r"(?<=[0-9]{4})\.\.(?!\.)")
"""A Serbian date ends with a point, and so does a sentence that it ends."""
_UNREADABLE = {"money": "number", "number": "number", "percent": "percent", "date": "date", "month": "date"}


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that has to be corrected: where, and which of the labels says it."""

    sheet: str | None
    cell: str | None
    key: str
    shown: str = ""
    readings: tuple[str, ...] = ()
    severity: Severity = "error"
    finding: Finding | None = None
    """What the checks say of it, where it is they who say it."""

    @property
    def code(self) -> str:
        """Of its page in the catalogue, or of its rule."""
        return self.finding.code if self.finding else _CODES[self.key]


def list_faults(review: Review) -> list[Fault]:
    """All that has to be corrected or looked at. A conflict is none of it: whoever imports decides it.

    A cell that cannot be read is not doubted as well, nor is told what the checks say of it; a doubt is not told where
    they find an error in the cell.
    """
    faults = [_find_fault(change, review) for change in review.changes]
    found = [fault for fault in (*faults, *map(_find_note, review.notes)) if fault]
    places = {(fault.sheet, fault.cell) for fault in found}
    found += [_doubt(x, review) for x in review.doubts if (x.sheet, x.cell) not in places]
    foreseen = list(_foresee(review, found))
    refused = {(x.sheet, x.cell) for x in foreseen if x.severity == "error" and x.cell}
    found = [x for x in found if x.severity == "error" or (x.sheet, x.cell) not in refused] + foreseen
    sheets = list(review.expected.stamp.sheets.values())
    return sorted(found, key=lambda fault: _find_place(fault, sheets))


def _find_place(fault: Fault, sheets: Sequence[str]) -> tuple[int, int, str]:
    """Sheet, row and column, as the workbook has them; what has no cell comes last."""
    cell = _CELL.fullmatch(fault.cell or "")
    sheet = sheets.index(fault.sheet) if fault.sheet in sheets else len(sheets)
    return (sheet, int(cell[2]), cell[1].rjust(3)) if cell else (len(sheets) + 1, 0, "")


def _doubt(doubt: Doubt, review: Review) -> Fault:
    severity: Severity = "error" if doubt.kind in SEVERE else "warning"
    column = (_name_column(doubt, review),) if doubt.kind == "missing" else ()
    return Fault(doubt.sheet, doubt.cell, doubt.kind.replace(" ", "_"), doubt.shown, column, severity)


def _name_column(doubt: Doubt, review: Review) -> str:
    """What the header above a cell says; the cell itself where nothing does."""
    return " ".join(review.expected.headers.get(doubt.column, doubt.cell).split())


def _foresee(review: Review, told: Sequence[Fault]) -> Iterator[Fault]:
    """What the checks will say of cells of the file, where nothing as grave is told of the cell already."""
    known = {(x.sheet, x.cell): x.severity for x in sorted(told, key=lambda x: x.severity == "error")}
    for finding in review.ahead:
        if finding.place.file == review.file.name:
            sheet, _, cell = (finding.place.cell or "").rpartition("!")
            if known.get((sheet, cell)) not in (finding.severity, "error"):
                yield Fault(sheet or None, cell or None, "refused", finding.found or "", (), finding.severity, finding)


def _find_fault(change: Change, review: Review) -> Fault | None:
    if change.kind == "row duplicated":
        words = (_say_word(key, x, review.recognised.language) for key, x in change.texts.items() if x)
        return Fault(change.sheet, change.cell, "duplicated", ", ".join(words))
    if change.odd is None or change.verdict not in ("ask", "fault"):
        return None
    if change.verdict == "fault" and change.odd.kind in _READ:  # held back for its row's sake, which is told apart
        return None
    key = _KINDS.get(change.odd.kind)
    if key or change.table == LOOSE:
        return Fault(change.sheet, change.cell, key or "number", change.odd.shown, change.odd.readings)
    column = next(
        x for x in review.recognised.form.table(change.table).columns if x.key == change.column.partition(":")[0]
    )
    key = _UNREADABLE.get(column.kind, "text")
    return Fault(change.sheet, change.cell, key, change.odd.shown, change.odd.readings)


def _say_word(column: str, words: str, language: str) -> str:
    """A word of a row as people write it; a code such as 1.1 is no figure."""
    return say_reading(words, language) if column in ("date", "date_paid", "amount") else words


def _find_note(note: Note) -> Fault | None:
    match note.kind:
        case "no code":
            return Fault(note.sheet, note.cell, "no_code", note.text)
        case "fixed":
            return Fault(note.sheet, note.cell, "fixed", note.text, severity="warning")
        case "result":
            return Fault(note.sheet, note.cell, "overwritten", note.text, severity="warning")
        case "sheet gone":
            return Fault(None, None, "gone", note.sheet)
        case "table gone" | "column gone":
            return Fault(note.sheet, None, "gone", f"{note.sheet}: {note.text}")
    return None


def read_fault_labels(review: Review) -> Labels:
    """The words of faults and of the page that lists them."""
    whole: dict[str, Text] = {}
    for name in ("returned", "correction"):
        labels, _, findings = read_labels(
            review.recognised.grounds.loaded.templates / "_common" / f"labels-{name}.yaml"
        )
        if labels is None:
            raise UnusableError("The words of the faults cannot be read.", "", findings)
        whole |= labels.labels
    return Labels(labels=whole)


def say_fault(fault: Fault, labels: Labels, language: str) -> tuple[str, str]:
    """What is wrong, and what to do."""
    if fault.finding:
        return _say_finding(fault.finding, labels, language)
    readings = " / ".join(say_reading(x, language) for x in fault.readings)
    message = labels.say(f"returned.{fault.key}", language).format(shown=say_shown(fault, language), readings=readings)
    message = _TWO_POINTS.sub(".", message)
    return message, labels.say(f"returned.{fault.key}.remedy", language)


def _say_finding(finding: Finding, labels: Labels, language: str) -> tuple[str, str]:
    """In the language where the labels have words for its rule; else as the check says it, in English."""
    if language == "en":
        return finding.message, finding.remedy
    key = f"refused.{finding.code}"
    if key in labels.labels:
        return labels.say(key, language), labels.say(f"{key}.remedy", language)
    return labels.say("refused.any", language).format(shown=finding.message), finding.remedy


def say_shown(fault: Fault, language: str) -> str:
    """What stands in the cell, as its writer sees it."""
    if fault.key in _FIGURES:
        return say_reading(fault.shown, language)
    return _say_figures(fault.shown, language) if fault.finding else fault.shown


def _say_figures(words: str, language: str) -> str:
    """The dates and amounts of what a check found, as the language writes them."""
    words = _DATE.sub(lambda x: say_reading(x[0], language), words)
    return words if language == "en" else _AMOUNT.sub(lambda x: x[0].translate(_OTHER_SIGNS), words)


def say_reading(reading: str, language: str) -> str:
    """A figure or a date as the language writes it: 1100,5 or 31/01/2008."""
    match reading.split("-"):
        case [year, month, day] if len(year) == 4:
            return f"{day}/{month}/{year}" if language != "sr" else f"{day}.{month}.{year}."
    return (
        reading
        if language == "en" or not reading.removeprefix("-").replace(".", "").isdigit()
        else reading.replace(".", ",")
    )


def list_findings(faults: Iterable[Fault], name: str, labels: Labels) -> list[Finding]:
    """The faults for whoever imports."""
    findings = []
    for fault in faults:
        message, remedy = say_fault(fault, labels, "en")
        cell = f"{fault.sheet}!{fault.cell}" if fault.cell else fault.sheet
        said = Finding(fault.code, Place(name, cell=cell), message, remedy, severity=fault.severity)
        findings.append(fault.finding or said)
    return findings


def write_correction(review: Review) -> bytes:
    """A copy of the workbook with the faults marked in it, in its own language; marks of an earlier time are gone."""
    labels, language = read_fault_labels(review), review.recognised.language
    faults = []
    for fault in list_faults(review):
        message, remedy = say_fault(fault, labels, language)
        faults.append(
            CellFault(
                fault.sheet, fault.cell, fault.code, message, fault.severity, say_shown(fault, language) or None, remedy
            )
        )

    def say(key: str) -> str:
        return labels.say(f"correction.{key}", language)

    headers = (say("where"), say("fault"), say("remedy"), say("found"), say("code"))
    page = CorrectionPage(say("title"), (say("intro"), say("colours")), headers, language, say("footer"))
    return mark_faults(review.data, faults, page)
