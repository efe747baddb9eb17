"""Who applies and who implements: LeadApplicant and ImplementingPartner (IATI: participating-org)."""

from __future__ import annotations

from grants.model.base import Model
from grants.model.scalars import Code, Count, Country, Date, Many, Text, Word, Year


class Registration(Model):
    """An entry in a public register, such as the donor's own register of NGOs."""

    register_name: Text
    number: Word
    date: Date | None = None


class Contact(Model):
    """A person whom the donor may call. Staff only: never somebody who is helped."""

    name: Text
    role: Text
    email: Word | None = None
    phone: Word | None = None
    signs: bool = False
    """Whether this person signs for the organisation."""


class BankAccount(Model):
    """Where instalments are paid."""

    holder: Text
    bank: Text
    iban: Word
    bic: Word | None = None


class Organisation(Model):
    """A legal body that carries part of the project."""

    code: Code
    name: Text
    short_name: Text
    legal_form: Text
    country: Country
    address: Text
    """The office's address. A shelter's address has no place in a definition."""
    founded: Year | None = None
    years_experience: Count
    """Full years of work in the activities concerned, at the date of the proposal."""
    registrations: Many[Registration] = ()
    contacts: Many[Contact] = ()
    bank_account: BankAccount | None = None
    website: Word | None = None
    role: Text
    """What the organisation does in this project, in a sentence."""
