"""What the project is, and to which call it answers."""

from __future__ import annotations

from grants.model.calendar import month_of, months_between
from grants.model.sheet import ProjectSheet
from grants.views.figures import format_date, format_percent, name_country
from grants.views.proposal.context import CallPart, ProjectPart
from grants.views.proposal.people import count
from grants.views.words import Words


def view_call(sheet: ProjectSheet, words: Words) -> CallPart:
    """The call for proposals."""
    call = sheet.call
    return {
        "title": words.read(call.title),
        "reference": call.reference or "",
        "deadline": format_date(call.deadline, words.language) if call.deadline else "",
    }


def view_project(sheet: ProjectSheet, words: Words) -> ProjectPart:
    """The project itself."""
    months = len(months_between(month_of(sheet.start), month_of(sheet.end)))
    countries = dict.fromkeys(name_country(place.country, words.language) for place in sheet.places)
    return {
        "code": sheet.code,
        "title": words.read(sheet.title),
        "version": sheet.version,
        "date": format_date(sheet.date, words.language),
        "notice": words.read(sheet.notice),
        "start": format_date(sheet.start, words.language),
        "end": format_date(sheet.end, words.language),
        "duration": count(months, "months", words),
        "places": [
            f"{words.read(place.region)}, {name_country(place.country, words.language)}" for place in sheet.places
        ],
        "countries": ", ".join(countries),
        "sectors": [
            {
                "code": sector.code,
                "name": words.read(sector.name),
                "share": format_percent(sector.share, words.language),
            }
            for sector in sheet.sectors
        ],
    }
