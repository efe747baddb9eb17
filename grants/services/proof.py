"""The figures in Word and Excel, read back from the files, are those of the ledger; or nothing is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from grants.errors import Finding, Place, UnusableError
from grants.ledger.figures import list_figures
from grants.ledger.totals import Totals
from grants.readers.word_file import read_word
from grants.readers.workbook import read_figures
from grants.views.proposal import ProposalView


def prove_workbook(name: str, data: bytes, totals: Totals) -> Iterator[Finding]:
    """A finding for each figure of the ledger that the workbook shows otherwise, or not at all."""
    yield from _compare(name, list_figures(totals), read_figures(data))


def _compare(name: str, expected: Mapping[str, Decimal], found: Mapping[str, Decimal]) -> Iterator[Finding]:
    for figure, amount in expected.items():
        if found.get(figure) != amount:
            yield _differs(name, figure, f"{amount:,.2f}", str(found.get(figure, "nothing")))


def prove_proposal(name: str, data: bytes, view: ProposalView) -> Iterator[Finding]:
    """A finding for each row of figures that the proposal does not show in one of its tables."""
    rows = read_word(data).rows
    for figure, row in view.proof_rows.items():
        if not any(all(text in cells for text in row) for cells in rows):
            yield _differs(name, figure, " | ".join(row), "no table row that shows it")


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
