"""A proposal: everything its template may print, its prose and charts, and the figures it must show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from grants.ledger.totals import Totals
from grants.model import Donor, Project, SectionKey
from grants.model.labels import Labels
from grants.model.rich_text import RichText
from grants.model.sheet import ProjectSheet
from grants.views.blocks import CONTENTS, place_chart, place_prose
from grants.views.document import DocumentView, Properties, name_section
from grants.views.narrative import fill_figures, name_figures
from grants.views.proposal.charts import chart_budget, chart_plan
from grants.views.proposal.context import ProposalContext
from grants.views.proposal.money import MoneyView
from grants.views.proposal.papers import view_acronyms, view_annexes, view_reports, view_risks
from grants.views.proposal.people import view_donor, view_groups, view_organisation
from grants.views.proposal.proof import PRINTED_BY, list_proof_rows
from grants.views.proposal.results import view_impact, view_indicators, view_logframe, view_outcomes
from grants.views.proposal.sheet import view_call, view_project
from grants.views.proposal.work import name_organisations, view_activities
from grants.views.words import Words

__all__ = ["ProposalContext", "ProposalView", "view_proposal"]


ProposalView: TypeAlias = DocumentView[ProposalContext]
"""A proposal in one language."""


def view_proposal(
    project: Project,
    totals: Totals,
    donor: Donor,
    rich: Mapping[SectionKey, RichText],
    labels: Labels,
    language: str,
) -> ProposalView:
    """A proposal in one of the project's languages. A section of the donor that nobody wrote is empty."""
    words = Words(labels, language, project.sheet.languages)
    figures = name_figures(project, totals, language)
    keys = [section.key for section in donor.sections]
    names = name_organisations(project, words)
    context = _view_context(project, totals, donor, words, keys)
    prose = {name_section(key): fill_figures(rich.get(SectionKey(key, language), ()), figures) for key in keys}
    context["acronyms"] = view_acronyms(project, words, (context, prose))
    return DocumentView(
        language=language,
        context=context,
        prose=prose,
        charts={"budget": chart_budget(project, totals, words), "plan": chart_plan(project, names, words)},
        properties=_view_properties(project.sheet, donor, words),
        proof_rows=list_proof_rows(context, totals),
        printed_by=PRINTED_BY,
    )


def _view_properties(sheet: ProjectSheet, donor: Donor, words: Words) -> Properties:
    keywords = [sheet.code, words.read(donor.short_name), *(words.read(sector.name) for sector in sheet.sectors)]
    return Properties(
        title=words.read(sheet.title),
        subject=words.say("subject", donor=words.read(donor.name)),
        author=words.read(sheet.applicant.short_name),
        keywords=", ".join(keywords),
        date=sheet.date,
    )


def _view_context(project: Project, totals: Totals, donor: Donor, words: Words, keys: list[str]) -> ProposalContext:
    sheet = project.sheet
    names = name_organisations(project, words)
    money = MoneyView(project, totals, names, words)
    organisations = [view_organisation(organisation, words) for organisation in project.organisations]
    return {
        "donor": view_donor(donor, words),
        "call": view_call(sheet, words),
        "project": view_project(sheet, words),
        "applicant": organisations[0],
        "partners": organisations[1:],
        "organisations": organisations,
        "direct_groups": view_groups((group for group in sheet.target_groups if group.direct), words),
        "final_groups": view_groups((group for group in sheet.target_groups if not group.direct), words),
        "impact": view_impact(project.logframe.impact, words),
        "outcomes": view_outcomes(project.logframe, words),
        "logframe": view_logframe(project.logframe, words),
        "indicators": view_indicators(project.logframe.indicators, words),
        "activities": view_activities(project, words),
        "money": money.view_money(),
        "budget": money.view_budget(),
        "sources": money.view_sources(),
        "gifts": money.view_gifts(),
        "gifts_total": money.view_total_in_kind(),
        "instalments": money.view_instalments(),
        "reports": view_reports(project, words),
        "risks": view_risks(project, names, words),
        "annexes": view_annexes(project, donor, words),
        "acronyms": [],
        "text": {name_section(key): place_prose(name_section(key)) for key in keys},
        "charts": {"budget": place_chart("budget"), "plan": place_chart("plan")},
        "contents": CONTENTS,
    }
