"""What goes with a letter: documents of the report, papers that the donor wants with a request, reports of others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from grants.model.grant import ReportDue
from grants.model.scalars import Text
from grants.views.figures import format_date
from grants.views.letters.parts import asks_for_payment
from grants.views.report.source import ReportSource
from grants.views.words import Words


def list_enclosures(source: ReportSource, documents: Sequence[str], words: Words) -> list[str]:
    """The titles of everything that is handed over with a letter; `documents` are those of the report's own."""
    return [*documents, *(_say(paper, words) for paper in _list_others(source))]


def list_enclosed(source: ReportSource) -> list[str]:
    """The codes of what a letter encloses and others wrote: reports of auditors, papers that a request needs."""
    return [paper.code for paper in _list_others(source)]


@dataclass(frozen=True, slots=True)
class _Other:
    code: str
    title: Text
    day: date | None = None


def _say(paper: _Other, words: Words) -> str:
    title = words.read(paper.title)
    return title if paper.day is None else f"{title}, {format_date(paper.day, words.language)}"


def _list_others(source: ReportSource) -> list[_Other]:
    reports = [_Other(x.code, x.title) for x in source.project.grant.reports if _is_handed_in_with(x, source.report)]
    return [*reports, *(_list_papers(source) if asks_for_payment(source) else ())]


def _is_handed_in_with(other: ReportDue, report: ReportDue) -> bool:
    """Whether the report of an auditor or evaluator goes with this one: handed in on the same day, or still to be, and
    due on the same day."""
    if other.kind not in ("audit", "evaluation"):
        return False
    if other.submitted or report.submitted:
        return other.submitted == report.submitted
    return other.due == report.due


def _list_papers(source: ReportSource) -> Iterator[_Other]:
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
            day = attached[annex.code]
            if day is None or day <= source.day:
                yield _Other(annex.code, annex.title, day)
