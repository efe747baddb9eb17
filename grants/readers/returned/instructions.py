"""What somebody wrote on the page that explains the form, told from the page's own words, which change over time."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from grants.forms.returned import Note
from grants.readers.returned.book import Rows
from grants.readers.returned.layout import say

HELP = "how_to"
_CELL = re.compile(r"([A-C])([0-9]+)")
"""Cells of that page: the number of a step, its title, its text; or a colour, nothing, what it means."""


def leave_out_instructions(notes: Sequence[Note], rows: Rows) -> list[Note]:
    """What the sender wrote there. Where the words of the page are others than now, a row that is made as its rows are
    says nothing; what stands where the page has nothing is said.
    """
    remarks = [x for x in notes if x.kind != "label"]
    if len(remarks) == len(notes) and not any(x.text.isdigit() for x in remarks if x.cell.startswith("A")):
        return remarks
    noted = {x.cell: x for x in notes}
    said = [x for x in notes if not _is_instruction(x, noted, rows)]
    return [x._replace(kind="outside", before="") if x.kind == "label" else x for x in said]


def _is_instruction(note: Note, noted: Mapping[str, Note], rows: Rows) -> bool:
    cell = _CELL.fullmatch(note.cell)
    if cell is None:
        return note.kind == "label"
    letter, number = cell.groups()
    first, title, text = (*map(say, rows[int(number) - 1][:3]), "", "", "")[:3]
    if note.kind == "label":  # of a page with fewer rows it may be a remark that stands where there is a step now
        return bool(first) and not (letter == "A" and note.before.isdigit() and not (title or text))
    begins = noted.get(f"A{number}")
    if begins is None or f"C{number}" not in noted:
        return False  # a row that the page has: what more stands in it is none of its words
    return first.isdigit() or (begins.kind == "outside" and letter != "B")
