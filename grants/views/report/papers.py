"""What goes with the work: the grant and its amendments, stories, contracts awarded, assets, where records are kept."""

from __future__ import annotations

from grants.model.calendar import add_years
from grants.model.organisation import Contact
from grants.model.records import Records
from grants.views.figures import format_amount, format_date, format_money, format_number, format_short_date
from grants.views.proposal.context import ContactRow
from grants.views.report.context import (
    AmendmentRow,
    AssetRow,
    AwardRow,
    ColumnsPart,
    ContractPart,
    KeptPart,
    ReportPart,
    StoryRow,
)
from grants.views.report.source import ReportSource
from grants.views.words import Words


def view_report(source: ReportSource, words: Words) -> ReportPart:
    """The report itself."""
    report, language = source.report, words.language
    start, end = format_date(report.start, language), format_date(report.end, language)
    return {
        "code": report.code,
        "kind": words.say(f"report-{report.kind}"),
        "title": words.read(report.title),
        "is_interim": report.kind == "interim",
        "is_final": report.kind != "interim",
        "start": start,
        "end": end,
        "period": f"{start} – {end}",
        "due": format_date(report.due, language),
        "date": format_date(source.day, language),
    }


def view_columns(source: ReportSource, words: Words) -> ColumnsPart:
    """What columns are called. Why not "the period": a final report's is the whole project, its new costs are not."""
    scope = source.accounts.books.scope
    days = (scope.current[0].start, scope.current[-1].end) if scope.current else ()
    return {
        "prior": words.say("prior"),
        "current": words.say("current-since" if scope.prior else "current"),
        "costs": words.say("spent-since" if scope.prior else "spent-in-period"),
        "dates": " – ".join(format_date(day, words.language) for day in days) or "–",
        "difference": words.say("variation" if source.report.kind == "final" else "unspent"),
    }


def view_contract(source: ReportSource, words: Words) -> ContractPart:
    """The signed grant with its amendments, and the budget that the report is held against."""
    contract, amendment = source.project.grant.contract, source.accounts.books.amendment
    amendments: list[AmendmentRow] = [
        {"number": x.number, "signed": format_date(x.signed, words.language), "reason": words.read(x.reason)}
        for x in (contract.amendments if contract else ())
        if x.signed <= source.report.end
    ]
    currency = source.accounts.books.budget.currency
    return {
        "number": contract.number if contract else "",
        "signed": format_date(contract.signed, words.language) if contract else "",
        "amount": format_money(contract.amount_on(source.report.end), currency, words.language) if contract else "",
        "amendments": amendments,
        "budget": words.say("budget-amended", number=amendment)
        if amendment
        else words.say(_name_budget(source.records)),
    }


def _name_budget(records: Records) -> str:
    return "budget-contract" if records.signed else "budget-definition"


def view_contact(source: ReportSource, words: Words) -> ContactRow:
    """Whom the donor may call about the report: the first contact of the applicant who does not only sign."""
    contacts = source.project.sheet.applicant.contacts
    found = next((x for x in contacts if not x.signs), contacts[0] if contacts else None)
    return _view_contact(found, words) if found else {"name": "–", "role": "", "email": "", "phone": ""}


def _view_contact(contact: Contact, words: Words) -> ContactRow:
    return {
        "name": words.read(contact.name),
        "role": words.read(contact.role),
        "email": contact.email or "",
        "phone": contact.phone or "",
    }


def view_signatories(source: ReportSource, words: Words) -> list[ContactRow]:
    """Who signs for the applicant."""
    return [_view_contact(contact, words) for contact in source.project.sheet.applicant.contacts if contact.signs]


def view_stories(source: ReportSource, words: Words) -> list[StoryRow]:
    """Case stories that may be told: with consent in writing and every detail changed that could identify anybody."""
    return [
        {"pseudonym": story.pseudonym, "text": words.read(story.text)}
        for telling in source.told
        for story in telling.progress.stories
        if story.consent and story.changed
    ]


def view_contracts(source: ReportSource, words: Words) -> list[AwardRow]:
    """Contracts that were awarded, by date."""
    awarded = [x for progress in source.progress for x in progress.contracts]
    return [
        {
            "supplier": x.supplier,
            "subject": words.read(x.subject),
            "procedure": words.read(x.procedure),
            "date": format_short_date(x.date, words.language),
            "amount": format_amount(x.amount, words.language),
        }
        for x in sorted(awarded, key=lambda contract: contract.date)
    ]


def view_assets(source: ReportSource, words: Words) -> list[AssetRow]:
    """Durable things that the grant paid for, and what becomes of them."""
    return [
        {
            "description": words.read(x.description),
            "quantity": format_number(x.quantity, words.language),
            "acquired": format_short_date(x.acquired, words.language),
            "value": format_amount(x.value, words.language),
            "after": words.read(x.after),
        }
        for progress in source.progress
        for x in progress.assets
    ]


def view_kept(source: ReportSource, words: Words) -> KeptPart:
    """Where records are kept, and for how long after the final payment; until when, once that has arrived."""
    kept = next((x.records for x in reversed(source.progress) if x.records), None)
    return {
        "place": words.read(kept.place) if kept else "",
        "keeper": words.read(kept.keeper) if kept else "",
        "until": _say_until(source, words),
    }


def _say_until(source: ReportSource, words: Words) -> str:
    """Why not from the day on which the final payment is due: it may be late, and the period begins when it comes."""
    years = source.limits.retention_years
    if years is None:
        return ""
    balances = {x.code for x in source.project.grant.instalments if x.kind == "balance"}
    receipts = [x for period in source.records.periods.values() for x in period.finance.received]
    paid = [x.date for x in receipts if x.instalment in balances and x.date <= source.day]
    if not paid:
        return words.say("kept-after", years=str(years))
    return words.say("kept-until", years=str(years), date=format_date(add_years(max(paid), years), words.language))
