"""What accompanies the work: reports, risks, annexes, abbreviations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass

from grants.model import Donor, Project
from grants.model.grant import Annex
from grants.views.figures import format_short_date
from grants.views.proposal.context import AcronymRow, AnnexRow, ReportRow, RiskRow
from grants.views.words import Words


def view_reports(project: Project, words: Words) -> list[ReportRow]:
    """The reporting calendar, by due date."""
    return [
        {
            "title": words.read(report.title),
            "period": f"{format_short_date(report.start, words.language)} – "
            f"{format_short_date(report.end, words.language)}",
            "due": format_short_date(report.due, words.language),
        }
        for report in sorted(project.grant.reports, key=lambda report: report.due)
    ]


def view_risks(project: Project, names: Mapping[str, str], words: Words) -> list[RiskRow]:
    """Risks and the answer to each."""
    return [
        {
            "code": risk.code,
            "description": words.read(risk.description),
            "likelihood": words.say(f"level-{risk.likelihood}"),
            "impact": words.say(f"level-{risk.impact}"),
            "mitigation": words.read(risk.mitigation),
            "owner": names[risk.owner] if risk.owner else "–",
        }
        for risk in project.risks.risks
    ]


def view_annexes(project: Project, donor: Donor, words: Words) -> list[AnnexRow]:
    """The papers the donor wants of this project, in its order, and where each stands.

    What came after the proposal, such as a renewed certificate, or goes with a request, is none of its papers.
    """
    day, papers = project.sheet.date, [annex for annex in project.grant.annexes if annex.instalment is None]
    given = {annex.code: annex for annex in papers if annex.date is None or annex.date <= day}
    wanted = [annex for annex in donor.annexes if annex.is_valid(project.sheet.start)]
    listed = [annex for annex in wanted if annex.required or annex.code in given]
    return [
        _view_annex(str(number), words.read(annex.title), given.get(annex.code), words)
        for number, annex in enumerate(listed, 1)
    ]


def _view_annex(number: str, title: str, annex: Annex | None, words: Words) -> AnnexRow:
    language = words.language
    return {
        "number": number,
        "title": title,
        "status": words.say(f"annex-{annex.status.replace(' ', '-')}" if annex else "annex-missing"),
        "reference": words.read(annex.reference) if annex else "",
        "date": format_short_date(annex.date, language) if annex and annex.date else "–",
        "expires": format_short_date(annex.expires, language) if annex and annex.expires else "–",
    }


def view_acronyms(project: Project, words: Words, printed: object) -> list[AcronymRow]:
    """Abbreviations in alphabetical order: those that stand in one of the texts that are printed.

    Why: the list serves every language of a project, and its Greek half explains nothing to who reads English.
    """
    text = "\n".join(_list_texts(printed))
    return [
        {"short": short, "long": words.read(long)}
        for short, long in sorted(project.sheet.acronyms.items(), key=lambda item: item[0].casefold())
        if re.search(rf"(?<!\w){re.escape(short)}(?!\w)", text)
    ]


def _list_texts(value: object) -> Iterator[str]:
    """Every text in rows, lists and blocks of prose, however deep."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        yield from _list_texts([getattr(value, part.name) for part in fields(value)])
    elif isinstance(value, Mapping):
        yield from _list_texts(value.values())
    elif isinstance(value, Iterable):
        for part in value:
            yield from _list_texts(part)
