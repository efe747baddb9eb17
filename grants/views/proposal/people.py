"""Who: donor, organisations, target groups."""

from __future__ import annotations

from collections.abc import Iterable

from grants.model import Donor
from grants.model.organisation import Contact, Organisation
from grants.model.sheet import TargetGroup
from grants.views.figures import format_number, format_short_date, name_country
from grants.views.proposal.context import ContactRow, DonorPart, GroupRow, OrganisationPart
from grants.views.words import Words


def view_donor(donor: Donor, words: Words) -> DonorPart:
    """The donor's names and address."""
    return {
        "name": words.read(donor.name),
        "short_name": words.read(donor.short_name),
        "department_of": words.read(donor.department_of),
        "address": words.read(donor.address),
    }


def view_organisation(organisation: Organisation, words: Words) -> OrganisationPart:
    """The applicant or a partner, with registers, staff and account."""
    account = organisation.bank_account
    return {
        "code": organisation.code,
        "name": words.read(organisation.name),
        "short_name": words.read(organisation.short_name),
        "legal_form": words.read(organisation.legal_form),
        "country": name_country(organisation.country, words.language),
        "address": words.read(organisation.address),
        "founded": str(organisation.founded or ""),
        "experience": count(organisation.years_experience, "years", words),
        "website": organisation.website or "",
        "role": words.read(organisation.role),
        "registrations": [
            {
                "register": words.read(entry.register_name),
                "number": entry.number,
                "date": format_short_date(entry.date, words.language) if entry.date else "",
            }
            for entry in organisation.registrations
        ],
        "contacts": _view_contacts(organisation.contacts, words),
        "accounts": [
            {
                "holder": words.read(account.holder),
                "bank": words.read(account.bank),
                "iban": account.iban,
                "bic": account.bic or "",
            }
        ]
        if account
        else [],
        "signatories": _view_contacts((contact for contact in organisation.contacts if contact.signs), words),
    }


def _view_contacts(contacts: Iterable[Contact], words: Words) -> list[ContactRow]:
    return [
        {
            "name": words.read(contact.name),
            "role": words.read(contact.role),
            "email": contact.email or "",
            "phone": contact.phone or "",
        }
        for contact in contacts
    ]


def view_groups(groups: Iterable[TargetGroup], words: Words) -> list[GroupRow]:
    """Target groups. A count that nobody gave is a dash."""
    return [
        {
            "name": words.read(group.name),
            "description": _describe(group, words),
            "women": _count(group.women, words),
            "men": _count(group.men, words),
            "total": _count(group.total, words),
        }
        for group in groups
    ]


def _describe(group: TargetGroup, words: Words) -> str:
    """Who they are and, where it is known, how old."""
    description = words.read(group.description)
    return f"{description} {words.say('ages', ages=words.read(group.ages))}" if group.ages else description


def _count(number: int | None, words: Words) -> str:
    return "–" if number is None else format_number(number, words.language)


def count(number: int, what: str, words: Words) -> str:
    """1 month, 12 months: the label <what>-one or <what>-many."""
    return words.say(f"{what}-one" if number == 1 else f"{what}-many", number=format_number(number, words.language))
