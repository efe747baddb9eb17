"""What can be wrong with a donor's template."""

from __future__ import annotations

from typing import NamedTuple

from grants.errors import Finding, Place


class Fault(NamedTuple):
    """What is wrong and what to do; `{name}` is filled in."""

    message: str
    remedy: str


FAULTS = {
    "TPL-001": Fault("This is not a Word document.", "Open it in Word and save it as a Word document (*.docx)."),
    "TPL-002": Fault(
        "The template is too large.", "Take pictures out, or make them smaller (Picture Format, Compress)."
    ),
    "TPL-003": Fault("The template holds macros or other program code.", "Save it as a Word document without macros."),
    "TPL-004": Fault(
        "The template takes something from outside the file.",
        "Break the link: in Word, File, Info, Edit Links to Files; for a template, Developer, Document Template.",
    ),
    "TPL-005": Fault("The template is damaged.", "Open it in Word, let Word repair it, and save it again."),
    "TPL-010": Fault("A tag cannot be read: {problem}.", "Correct the tag; a loop or condition needs its end tag."),
    "TPL-011": Fault("The template asks for `{name}`, which does not exist.", "{hint}"),
    "TPL-012": Fault("A tag uses {what}, which a template may not use.", "Use only names, loops and conditions."),
    "TPL-013": Fault(
        "`{name}` is made of whole paragraphs.", "Give it a paragraph of its own and write {{{{p {name} }}}}."
    ),
    "TPL-014": Fault("`{name}` is {kind}, not a text.", "{hint}"),
    "TPL-020": Fault("The template could not be filled in: {problem}.", "Correct the tag at this place."),
}


def make_finding(code: str, place: Place, found: str | None = None, **words: str) -> Finding:
    """A finding about a template."""
    fault = FAULTS[code]
    return Finding(code, place, fault.message.format(**words), fault.remedy.format(**words), found)
