"""`grants new`: a complete, commented, valid project to start from, for a chosen donor."""

from __future__ import annotations

import datetime
import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from string import Template

from grants.errors import GrantsError, UnusableError, UsageError
from grants.ledger.totals import add_up
from grants.model import Donor
from grants.model.calendar import month_of, months_between, quarter_of
from grants.model.donor import RequiredAnnex
from grants.model.money import split
from grants.model.scalars import Text
from grants.readers.pack import read_donor
from grants.readers.project import FILES, read_project
from grants.services.schema import (
    EXPORT_FILES,
    MAIL_FILES,
    RECORD_FILES,
    as_bytes,
    list_project_models,
    make_schema,
)
from grants.services.workspace import find_pack, find_templates
from grants.writers.files import write_whole

EXAMPLE = {
    "el": "Παράδειγμα κειμένου για την ενότητα «{title}». Αντικαταστήστε το με το δικό σας.",
    "en": "Example text for the section “{title}”. Replace it by your own.",
}
"""What a narrative file begins with; a check finds it while it stands."""
WITH_REQUESTS = {
    "el": "Συνοδεύει τα αιτήματα των επόμενων δόσεων, όχι την πρόταση.",
    "en": "It goes with requests for further instalments, not with the proposal.",
}
"""Why a paper that the donor wants with a request does not go with the proposal."""
SECOND = "D2"
"""The instalment after the first, in the starter's grant.yaml."""
LATER = ("outbox", "import")
"""Files beside the definition, in which everything is commented out."""
EXAMPLES = ("rates.csv", "period/expenditures.csv", "period/finance.yaml", "period/progress.yaml")
"""Files that come with the periods; the program does not read them where they stand."""
SHARE_WITHOUT_RULE = Decimal(50)
REPORT_DAYS, GUARANTEE_DAYS, SIGNATURE_DAYS = 90, 365, 10
EXAMPLES_OUT = Decimal("537.30")
"""What the examples of finance.yaml take from the account of the project."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What a new project begins with."""

    donor: str
    code: str
    title: str
    applicant: str
    country: str
    start: datetime.date
    end: datetime.date
    date: datetime.date
    languages: tuple[str, ...] = ()
    """Empty: those of the donor that the starter knows."""


def make_project(directory: Path, answers: Answers) -> list[Path]:
    """Write a new project. Raises UsageError where the folder holds something already or an answer cannot be used."""
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        raise UsageError(f"{directory} is there already and not empty.", "Name another folder.")
    if answers.end <= answers.start:
        raise UsageError("The project ends before it starts.", "Give --end a later day than --start.")
    for text in (answers.code, answers.title, answers.applicant):
        if not text.isprintable():
            raise UsageError("An answer holds characters that no text can have.", "Type it again.")
    templates = find_templates(directory.absolute().parent)
    donor = _read_pack(templates, answers.donor)
    values = _choose_values(donor, answers)
    values |= _say_grant(_add_up_grant(templates, values))
    files = {directory / name: data for name, data in _fill(templates, values, _STARTER).items()}
    files |= {directory / "narrative" / name: data for name, data in _narratives(donor, answers).items()}
    schemas = directory.parent / ".schemas"
    for name, model in {**list_project_models(), **RECORD_FILES, **MAIL_FILES, **EXPORT_FILES}.items():
        files[schemas / f"{name}.json"] = as_bytes(make_schema(model))
    write_whole(files)
    return [file for file in files if file.parent != schemas]


def _read_pack(templates: Path, code: str) -> Donor:
    donor, _, findings = read_donor(find_pack(templates, code))
    if donor is None:
        raise UnusableError(f"The pack of {code} has errors.", "Correct its donor.yaml.", findings)
    return donor


def _choose_values(donor: Donor, answers: Answers) -> dict[str, str]:
    """The words that fill the starter's files; every text is quoted as YAML (and JSON) quote."""
    start, end = month_of(answers.start), month_of(answers.end)
    languages = _choose_languages(donor, answers)
    share = _find_share(donor, answers.start)
    return {
        "code": _quote(answers.code),
        "title": _quote(answers.title),
        "donor": donor.code,
        "donor_name": _quote(
            dict(donor.short_name.words) if "" not in donor.short_name.words else donor.short_name.words[""]
        ),
        "languages": f"[{', '.join(languages)}]",
        "language": languages[0],
        "date": answers.date.isoformat(),
        "start": answers.start.isoformat(),
        "end": answers.end.isoformat(),
        "start_month": start,
        "end_month": end,
        "quarter": quarter_of(start),
        "months": str(len(months_between(start, end))),
        "year": str(answers.end.year),
        "year_before": str(answers.start.year - 1),
        "applicant": _quote(answers.applicant),
        "country": _quote(answers.country),
        "currency": donor.currency,
        "donor_share": f"{share:f}",
        "own_share": f"{100 - share:f}",
        "heading": _quote(donor.headings[0].code),
        "headings": "".join(f"  - {{code: {_quote(h.code)}, title: {_quote_text(h.title)}}}\n" for h in donor.headings),
        **_choose_days(answers),
        "annexes": "".join(f"\n  - {{code: {x.code}, {_say_status(x, donor)}}}" for x in donor.annexes) or " []",
        **_say_grant(Decimal(0)),
    }


def _choose_days(answers: Answers) -> dict[str, str]:
    """Days of the examples: the contract is signed before the start, and what changes it in the middle."""
    middle, due = answers.start + (answers.end - answers.start) // 2, datetime.timedelta(REPORT_DAYS)
    days = {
        "signed": answers.start - datetime.timedelta(SIGNATURE_DAYS),
        "middle": middle,
        "middle_next": middle + datetime.timedelta(1),
        "middle_due": middle + due,
        "report_due": answers.end + due,
        "guarantee": answers.end + due + datetime.timedelta(GUARANTEE_DAYS),
    }
    return {name: day.isoformat() for name, day in days.items()}


def _say_grant(grant: Decimal) -> dict[str, str]:
    """What follows from the amount that the starter's budget asks of the donor; half of it comes first."""
    first = split(grant, [Decimal(50), Decimal(50)])[0]
    amounts = {"amount_requested": grant, "first_instalment": first, "account": first - EXAMPLES_OUT}
    return {name: f"{amount:f}" for name, amount in amounts.items()}


def _say_status(annex: RequiredAnnex, donor: Donor) -> str:
    """How a paper stands on the first day: made with the proposal, wanted later, or still to be got."""
    if annex.made:
        return "status: attached"
    with_requests = {
        code
        for rule in donor.rules
        if rule.check == "request_papers" and isinstance(codes := rule.parameters.get("annexes"), tuple)
        for code in codes
    }
    if annex.code in with_requests:
        return f'status: "not applicable", instalment: {SECOND}, reference: {_quote(WITH_REQUESTS)}'
    return "status: requested"


def _quote(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _quote_text(text: Text) -> str:
    """As a plain text where it is the same in all languages, else by language."""
    return _quote(text.words[""] if "" in text.words else dict(text.words))


def _choose_languages(donor: Donor, answers: Answers) -> tuple[str, ...]:
    known = tuple(language for language in donor.languages if language in EXAMPLE)
    for language in answers.languages:
        if language not in known:
            raise UsageError(f"No project can be started in `{language}`.", f"Languages: {', '.join(known)}.")
    return answers.languages or known


def _find_share(donor: Donor, day: datetime.date) -> Decimal:
    """The donor's greatest share on a day, by its own rules."""
    limits = [
        Decimal(str(rule.parameters["most_percent"]))
        for rule in donor.rules
        if rule.check == "donor_share" and rule.is_valid(day)
    ]
    return min(limits, default=SHARE_WITHOUT_RULE)


_DEFINITION = {name: name for name, _ in FILES.values()}
_STARTER = {
    **_DEFINITION,
    **{f"{name}.yaml": f"{name}.yaml" for name in LATER},
    **{f"examples/{name}": f"examples/{name}" for name in EXAMPLES},
}
"""File of a new project -> the starter's file."""


def _fill(templates: Path, values: Mapping[str, str], names: Mapping[str, str]) -> dict[str, bytes]:
    starter = templates / "_common" / "new-project"
    try:
        return {
            name: Template((starter / source).read_text("utf-8")).substitute(values).encode()
            for name, source in names.items()
        }
    except (OSError, KeyError, ValueError) as error:
        raise GrantsError(
            f"The starter in {starter} cannot be used: {error}.", "Restore it from the program."
        ) from error


def _add_up_grant(templates: Path, values: Mapping[str, str]) -> Decimal:
    """What the starter's own budget asks of the donor."""
    with tempfile.TemporaryDirectory(prefix="grants-") as name:
        write_whole({Path(name) / file: data for file, data in _fill(templates, values, _DEFINITION).items()})
        project, _, findings = read_project(Path(name))
    if project is None:
        raise UnusableError("An answer makes no valid project.", "Correct it and try again.", findings)
    return add_up(project).grant


def _narratives(donor: Donor, answers: Answers) -> dict[str, bytes]:
    return {
        f"{section.key}.{language}.md": (
            EXAMPLE[language].format(title=section.title.in_language(language)) + "\n"
        ).encode()
        for section in donor.sections
        for language in _choose_languages(donor, answers)
    }
