"""What a narrative may not hold."""

from __future__ import annotations

import re
from typing import NamedTuple

from grants.errors import Severity

NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Characters that no Word file can hold, and the delete character."""


class Fault(NamedTuple):
    """What is wrong and what to do."""

    message: str
    remedy: str
    severity: Severity = "error"


FAULTS = {
    "MD-001": Fault(
        "HTML does not become part of a document.", "Say it in Markdown, or write \\< for the sign itself."
    ),
    "MD-002": Fault(
        "Pictures cannot be put into a narrative.", "Take it out; charts and tables of figures are made by the program."
    ),
    "MD-003": Fault("Code has no form in a proposal.", "Begin the line at the margin; write \\` for the sign itself."),
    "MD-004": Fault("A horizontal line has no form in a proposal.", "Take it out; a heading divides a text better."),
    "MD-005": Fault("The heading is too deep.", "Use #, ## or ###; below them a bold sentence does."),
    "MD-006": Fault("A task list has no form in a proposal.", "Write a plain list, without [ ] and [x]."),
    "MD-007": Fault("The link's address is not one for a document.", "Begin it with https://, http:// or mailto:."),
    "MD-008": Fault("The footnote has no text.", "Add a paragraph that begins with this mark and a colon."),
    "MD-009": Fault("A list stands in a list in a list in a list.", "Keep to three levels."),
    "MD-010": Fault("This cannot stand in that place.", "Put it into a paragraph of its own, outside."),
    "MD-011": Fault("A control character cannot stand in a document.", "Take it out."),
    "MD-012": Fault("A footnote is nowhere referred to.", "Put its mark into the text, or take it out.", "warning"),
    "MD-013": Fault("A link's title is not printed.", "Put it into the text, or take it out.", "warning"),
    "MD-014": Fault("Struck-out text has no form in a proposal.", "Take out the text and its ~~."),
    "MD-015": Fault("A link is not complete, so its brackets would be printed.", "Write [text](https://address)."),
    "MD-016": Fault("Marks are nested too deeply for a text that people read.", "Take out the repeated marks."),
}
