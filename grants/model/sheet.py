"""`project.yaml`: what the project is, who carries it, where and for whom."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from grants.model.base import Model
from grants.model.organisation import Organisation
from grants.model.scalars import Code, Count, Country, Date, Folder, Language, Many, Percent, Text, Word, written


class Call(Model):
    """The donor's call for proposals."""

    title: Text
    reference: Word | None = None
    deadline: Date | None = None
    rules: dict[Word, dict[Word, Percent | Count | Word]] = {}
    """Parameters of the donor's rules that this call sets otherwise: rule id, then parameter, then value."""


class Place(Model):
    """Where the project works: a country and a region. Nothing closer."""

    country: Country
    region: Text
    share: Percent | None = None
    """Part of the budget spent there, in per cent (IATI: recipient-country percentage)."""


class Sector(Model):
    """An OECD DAC purpose code; shares over all sectors total 100."""

    code: Annotated[str, written(r"^[0-9]{5}$", "purpose code", 'a code of five digits in quotes, such as "15160"')]
    name: Text
    share: Percent


class TargetGroup(Model):
    """People the project works with. Counts by sex; they may be left out, never guessed."""

    code: Code
    name: Text
    description: Text
    women: Count | None = None
    men: Count | None = None
    total: Count | None = None
    ages: Text | None = None
    """Age in words: 18 and over, 14 to 18."""
    direct: bool = True
    """Direct beneficiaries, or (false) those who gain indirectly."""


class ProjectSheet(Model):
    """`project.yaml`."""

    code: Code
    title: Text
    donor: Folder
    call: Call
    languages: Annotated[Many[Language], Field(min_length=1)]
    """Languages the proposal is written in, the donor's first."""
    date: Date
    """Date of the proposal; it is the date of every document made from it."""
    version: Word
    notice: Text | None = None
    """A sentence that every document shows on its first page, for instance that figures are illustrative."""
    start: Date
    end: Date
    emergency: bool = False
    """Emergency humanitarian aid: some donors then pay all of the cost."""
    applicant: Organisation
    partners: Many[Organisation] = ()
    places: Annotated[Many[Place], Field(min_length=1)]
    sectors: Many[Sector] = ()
    target_groups: Many[TargetGroup] = ()
    acronyms: dict[Word, Text] = {}
