"""What goes with a letter: documents of the report, papers that the donor wants with a request, reports of others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grants.model.grant import ReportDue
from grants.views.figures import format_date
from grants.views.letters.parts import asks_for_payment
from grants.views.report.source import ReportSource
from grants.views.words import Words


def list_enclosures(source: ReportSource, documents: Sequence[str], words: Words) -> list[str]:
    """The titles of everything that is handed over with a letter; `documents` are those of the report's own."""
    papers = _list_papers(source, words) if asks_for_payment(source) else ()
    others = (words.read(x.title) for x in source.project.grant.reports if _is_handed_in_with(x, source.report))
    return [*documents, *others, *papers]


def _is_handed_in_with(other: ReportDue, report: ReportDue) -> bool:
    """Whether the report of an auditor or evaluator goes with this one: handed in on the same day, or still to be, and
    due on the same day."""
    if other.kind not in ("audit", "evaluation"):
        return False
    if other.submitted or report.submitted:
        return other.submitted == report.submitted
    return other.due == report.due


def _list_papers(source: ReportSource, words: Words) -> Iterator[str]:
    """The papers that the donor's rules want with a request after the first: those of its instalment that are there on
    the letter's day, such as the embassy's certificate; with their dates."""
    grant, asked = source.project.grant, source.accounts.next_payment.instalment
    if asked == grant.instalments[0].code:
        return
    wanted = {
        code
        for rule in source.donor.rules
        if rule.check == "request_papers" and isinstance(codes := rule.parameters.get("annexes"), tuple)
        for code in codes
    }
    attached = {x.code: x.date for x in grant.annexes if x.status == "attached" and x.instalment == asked}
    for annex in source.donor.annexes:
        if annex.code in wanted and annex.code in attached:
            title, day = words.read(annex.title), attached[annex.code]
            if day is None:
                yield title
            elif day <= source.day:
                yield f"{title}, {format_date(day, words.language)}"
