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
from grants.model.scalars import Text
from grants.readers.pack import read_donor
from grants.readers.project import FILES, read_project
from grants.services.schema import as_bytes, list_project_models, make_schema
from grants.services.workspace import find_pack, find_templates
from grants.writers.files import write_whole

EXAMPLE = {
    "el": "Παράδειγμα κειμένου για την ενότητα «{title}». Αντικαταστήστε το με το δικό σας.",
    "en": "Example text for the section “{title}”. Replace it by your own.",
}
"""What a narrative file begins with; a check finds it while it stands."""
EXAMPLE_REFERENCE = {"el": "Παράδειγμα: ποιο έγγραφο, με ημερομηνία", "en": "Example: which paper, of which date"}
SHARE_WITHOUT_RULE = Decimal(50)
REPORT_DAYS = 90


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
    values["amount_requested"] = _add_up_grant(templates, values)
    files = {directory / name: data for name, data in _fill(templates, values).items()}
    files |= {directory / "narrative" / name: data for name, data in _narratives(donor, answers).items()}
    schemas = directory.parent / ".schemas"
    for name, model in list_project_models().items():
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
    share = _find_share(donor, answers.start)
    return {
        "code": _quote(answers.code),
        "title": _quote(answers.title),
        "donor": donor.code,
        "donor_name": _quote(
            dict(donor.short_name.words) if "" not in donor.short_name.words else donor.short_name.words[""]
        ),
        "languages": f"[{', '.join(_choose_languages(donor, answers))}]",
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
        "report_due": (answers.end + datetime.timedelta(REPORT_DAYS)).isoformat(),
        "annexes": "".join(
            f"\n  - {{code: {annex.code}, status: attached, reference: {_quote(EXAMPLE_REFERENCE)}}}"
            for annex in donor.annexes
        )
        or " []",
        "amount_requested": "0",
    }


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


def _fill(templates: Path, values: Mapping[str, str]) -> dict[str, bytes]:
    starter = templates / "_common" / "new-project"
    try:
        return {
            name: Template((starter / name).read_text("utf-8")).substitute(values).encode()
            for name, _ in FILES.values()
        }
    except (OSError, KeyError, ValueError) as error:
        raise GrantsError(
            f"The starter in {starter} cannot be used: {error}.", "Restore it from the program."
        ) from error


def _add_up_grant(templates: Path, values: Mapping[str, str]) -> str:
    """What the starter's own budget asks of the donor."""
    with tempfile.TemporaryDirectory(prefix="grants-") as name:
        write_whole({Path(name) / file: data for file, data in _fill(templates, values).items()})
        project, _, findings = read_project(Path(name))
    if project is None:
        raise UnusableError("An answer makes no valid project.", "Correct it and try again.", findings)
    return f"{add_up(project).grant:f}"


def _narratives(donor: Donor, answers: Answers) -> dict[str, bytes]:
    return {
        f"{section.key}.{language}.md": (
            EXAMPLE[language].format(title=section.title.in_language(language)) + "\n"
        ).encode()
        for section in donor.sections
        for language in _choose_languages(donor, answers)
    }
