"""A narrative report: everything its template may print, its prose and charts, and the figures it must show."""

from __future__ import annotations

from typing import TypeAlias

from grants.ledger.figures import list_report_figures
from grants.model import SectionKey
from grants.model.labels import Labels
from grants.views.blocks import CONTENTS, place_chart, place_prose
from grants.views.document import DocumentView, Properties, name_section
from grants.views.narrative import fill_figures
from grants.views.proposal.papers import view_acronyms
from grants.views.proposal.people import view_donor, view_organisation
from grants.views.proposal.sheet import view_call, view_project
from grants.views.proposal.work import name_organisations
from grants.views.report.charts import chart_execution, chart_progress, chart_spending
from grants.views.report.context import ReportContext
from grants.views.report.figures import PRINTED_BY, list_proof_rows, name_text_figures
from grants.views.report.money import ReportMoney
from grants.views.report.papers import (
    view_assets,
    view_columns,
    view_contact,
    view_contract,
    view_contracts,
    view_kept,
    view_report,
    view_signatories,
    view_stories,
)
from grants.views.report.people import PeopleView
from grants.views.report.source import ReportSource
from grants.views.report.work import WorkView
from grants.views.words import Words

__all__ = ["ReportContext", "ReportSource", "ReportView", "list_sections", "view_narrative_report"]

ReportView: TypeAlias = DocumentView[ReportContext]
"""A narrative report in one language."""


def view_narrative_report(source: ReportSource, labels: Labels, language: str) -> ReportView:
    """The narrative report in one of the project's languages. A section that nobody wrote is empty."""
    words = Words(labels, language, source.project.sheet.languages)
    money = ReportMoney(source, name_organisations(source.project, words), words)
    context = _view_context(source, money, words)
    figures = name_text_figures(source, money)
    prose = {
        name_section(key): fill_figures(source.rich.get(SectionKey(key, language), ()), figures)
        for key in list_sections(source)
    }
    context["acronyms"] = view_acronyms(source.project, words, (context, prose))
    return DocumentView(
        language=language,
        context=context,
        prose=prose,
        charts={
            "budget": chart_execution(source, money, words),
            "spending": chart_spending(source, money, words),
            "progress": chart_progress(source, words),
        },
        properties=view_properties(source, words, words.read(source.report.title)),
        proof_rows=list_proof_rows(list_report_figures(source.accounts), language),
        printed_by=PRINTED_BY,
    )


def list_sections(source: ReportSource) -> list[str]:
    """The sections that the donor wants in such a report, in its order; then any other that a template may name."""
    return [x.key for x in source.donor.report_sections if source.report.kind in x.kinds]


def view_properties(source: ReportSource, words: Words, title: str) -> Properties:
    """What a file manager shows of a document of this report."""
    sheet, donor = source.project.sheet, words.read(source.donor.name)
    return Properties(
        title=f"{title}: {words.read(sheet.title)}",
        subject=words.say("subject-report", donor=donor),
        author=words.read(sheet.applicant.short_name),
        keywords=", ".join([sheet.code, source.report.code, words.read(source.donor.short_name)]),
        date=source.day,
    )


def _view_context(source: ReportSource, money: ReportMoney, words: Words) -> ReportContext:
    sheet = source.project.sheet
    people, work = PeopleView(source, words), WorkView(source, money.names, words)
    organisations = [view_organisation(organisation, words) for organisation in source.project.organisations]
    keys = {section.key for section in source.donor.report_sections}
    return {
        "donor": view_donor(source.donor, words),
        "call": view_call(sheet, words),
        "project": view_project(source.sheet, words),
        "report": view_report(source, words),
        "columns": view_columns(source, words),
        "contract": view_contract(source, words),
        "applicant": organisations[0],
        "partners": organisations[1:],
        "organisations": organisations,
        "contact": view_contact(source, words),
        "results": people.view_results(),
        "persons": people.view_persons(),
        "groups": people.view_groups(),
        "activities": work.view_activities(),
        "deviations": work.view_deviations(),
        "milestones": work.view_milestones(),
        "next_activities": work.view_next(),
        "money": money.view_money(),
        "budget": money.view_budget(),
        "payments": money.view_payments(),
        "payments_total": money.view_payments_total(),
        "funds": money.view_funds(),
        "stories": view_stories(source, words),
        "contracts": view_contracts(source, words),
        "no_contracts": source.says_none("contracts"),
        "assets": view_assets(source, words),
        "no_assets": source.says_none("assets"),
        "kept": view_kept(source, words),
        "notes": people.view_notes(),
        "acronyms": [],
        "signatories": view_signatories(source, words),
        "text": {name_section(key): place_prose(name_section(key)) for key in keys},
        "charts": {
            "budget": place_chart("budget"),
            "spending": place_chart("spending"),
            "progress": place_chart("progress"),
        },
        "contents": CONTENTS,
    }
