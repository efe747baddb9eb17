"""The figures in Word and Excel, read back from the files, are those of the ledger; or nothing is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from grants.errors import Finding, Place, UnusableError
from grants.readers.word_file import read_all_parts, read_word
from grants.readers.workbook import read_figures
from grants.rules.places import fold
from grants.views.document import DocumentView
from grants.writers.word import CompiledTemplate


def prove_workbook(name: str, data: bytes, expected: Mapping[str, Decimal]) -> Iterator[Finding]:
    """A finding for each figure that the workbook shows otherwise, or not at all."""
    found = read_figures(data)
    for figure, amount in expected.items():
        if found.get(figure) != amount:
            yield _differs(name, figure, f"{amount:,.2f}", str(found.get(figure, "nothing")))


def prove_document(name: str, data: bytes, view: DocumentView[Any], template: CompiledTemplate) -> Iterator[Finding]:
    """A finding for each row of figures that a Word document does not show in one of its tables.

    A donor's template need not print every table: only the total is always asked for.
    """
    rows = [_texts_of(cells) for cells in read_word(data).rows]
    for figure, row in view.proof_rows.items():
        printed_by = view.printed_by[figure.partition(":")[0]]
        if template.prints(printed_by) and not any(texts.issuperset(row) for texts in rows):
            yield _differs(name, figure, " | ".join(row), "no table row that shows it")


def prove_unprinted(name: str, data: bytes, never_print: Sequence[str]) -> Iterator[Finding]:
    """A finding for each phrase of never-print.txt in a document: what no check could see comes from its template."""
    text = fold(read_all_parts(data)) if never_print else ""
    for number, phrase in enumerate(never_print, 1):
        if fold(phrase) in text:
            message = f"Entry {number} of never-print.txt stands in the document, and not in the definition."
            yield Finding("OUT-007", Place(name), message, "Take it out of the donor's template; nothing was written.")


def _texts_of(cells: Sequence[str]) -> set[str]:
    """The texts of a row: of each cell, and of each paragraph in it (a name may have a remark below it)."""
    return {*cells, *(line for cell in cells for line in cell.split("\n"))}


def _differs(name: str, figure: str, expected: str, found: str) -> Finding:
    message = f"The figure `{figure}` in the document is not that of the definition ({expected})."
    remedy = "Look whether the donor's template was changed; if not, please report it: nothing was written."
    return Finding("OUT-003", Place(name), message, remedy, found)


def stop_at(findings: list[Finding]) -> None:
    """Raise UnusableError where there are findings."""
    if findings:
        raise UnusableError("The documents are not what the definition says; nothing was written.", "", findings)
