"""The figures in Word and Excel, read back from the files, are those of the ledger; or nothing is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from grants.errors import Finding, Place, UnusableError
from grants.readers.word_file import read_word
from grants.readers.workbook import read_figures
from grants.views.proposal import ProposalView


def prove_workbook(name: str, data: bytes, expected: Mapping[str, Decimal]) -> Iterator[Finding]:
    """A finding for each figure that the workbook shows otherwise, or not at all."""
    found = read_figures(data)
    for figure, amount in expected.items():
        if found.get(figure) != amount:
            yield _differs(name, figure, f"{amount:,.2f}", str(found.get(figure, "nothing")))


def prove_proposal(name: str, data: bytes, view: ProposalView) -> Iterator[Finding]:
    """A finding for each row of figures that the proposal does not show in one of its tables."""
    rows = [_texts_of(cells) for cells in read_word(data).rows]
    for figure, row in view.proof_rows.items():
        if not any(texts.issuperset(row) for texts in rows):
            yield _differs(name, figure, " | ".join(row), "no table row that shows it")


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
        raise UnusableError(
            "The documents do not show the figures of the definition; nothing was written.", "", findings
        )
