"""May this applicant apply, and are its papers there? Registration, experience, annexes, accounts."""

from __future__ import annotations

from collections.abc import Iterator

from grants.errors import suggest
from grants.model.donor import RequiredAnnex
from grants.rules.case import Case, Fault, at


def check_annexes(case: Case, *, apart_from: tuple[str, ...]) -> Iterator[Fault]:
    """Every paper that the donor requires is attached or requested, or not applicable, with the reason."""
    for annex in case.donor.annexes:
        if annex.required and annex.code not in apart_from and annex.is_valid(case.project.sheet.start):
            yield from _find_missing(case, annex)


def _find_missing(case: Case, annex: RequiredAnnex) -> Iterator[Fault]:
    title = annex.title.in_language("en")
    for i, paper in enumerate(case.project.grant.annexes):
        if paper.code != annex.code:
            continue
        if paper.status == "not applicable" and paper.reference is None:
            remedy = "Say why it does not apply, under `reference`."
            yield Fault(
                at("grant", "annexes", i, "status"), f"{title}: no reason is given.", remedy, paper.status, annex.source
            )
        elif paper.status == "missing":
            message, remedy = f"{title}: not attached yet.", "Get the paper and set `status: attached`."
            yield Fault(at("grant", "annexes", i, "status"), message, remedy, paper.status, annex.source)
        return
    message = f"{title}: not in the list of annexes."
    remedy = f"Add `- code: {annex.code}` with its status under `annexes`."
    yield Fault(at("grant", "annexes"), message, remedy, source=annex.source)


def check_requested_annexes(case: Case) -> Iterator[Fault]:
    """No paper that the donor requires is still awaited. All of them are one finding, at the first."""
    required = {
        annex.code for annex in case.donor.annexes if annex.required and annex.is_valid(case.project.sheet.start)
    }
    papers = enumerate(case.project.grant.annexes)
    awaited = {i: paper.code for i, paper in papers if paper.code in required and paper.status == "requested"}
    if awaited:
        message = f"Papers that the donor requires are requested, and not there yet: {len(awaited)}, this is the first."
        remedy = "When one is there, write `status: attached` with its date; the proposal says of each how it stands."
        yield Fault(at("grant", "annexes", min(awaited), "status"), message, remedy, ", ".join(awaited.values()))


def check_annex_validity(case: Case) -> Iterator[Fault]:
    """No attached paper has expired at the date of the proposal."""
    day = case.project.sheet.date
    for i, paper in enumerate(case.project.grant.annexes):
        if paper.status == "attached" and paper.expires is not None and paper.expires < day:
            message = f"The paper `{paper.code}` has expired when the proposal is sent, on {day}."
            yield Fault(at("grant", "annexes", i, "expires"), message, "Get a new one.", str(paper.expires))


def check_known_annexes(case: Case) -> Iterator[Fault]:
    """Every paper listed is one that the donor's pack names."""
    known = [annex.code for annex in case.donor.annexes]
    for i, paper in enumerate(case.project.grant.annexes):
        if paper.code not in known:
            remedy = suggest(paper.code, known, "Take it out, or add it to the donor's pack.")
            message = f"The donor's list of annexes has no `{paper.code}`, so the proposal has no title for it."
            yield Fault(at("grant", "annexes", i, "code"), message, remedy, paper.code)


def check_previous_accounts(case: Case, *, codes: tuple[str, ...]) -> Iterator[Fault]:
    """The accounts of as many years back as there are codes are attached or requested.

    Years before the foundation have none.
    """
    sheet = case.project.sheet
    papers = {paper.code: i for i, paper in enumerate(case.project.grant.annexes)}
    for back, code in enumerate(codes, 1):
        if sheet.applicant.founded is not None and sheet.date.year - back < sheet.applicant.founded:
            continue
        i = papers.get(code)
        status = None if i is None else case.project.grant.annexes[i].status
        if status not in ("attached", "requested"):
            place = at("grant", "annexes") if i is None else at("grant", "annexes", i, "status")
            message = f"The applicant's accounts `{code}` are not attached."
            yield Fault(place, message, "Attach them and give the paper `status: attached`.", status)


def check_experience(case: Case, *, least_years: int) -> Iterator[Fault]:
    """The applicant has worked in the activities concerned for so many years."""
    years = case.project.sheet.applicant.years_experience
    if years < least_years:
        message = f"The applicant has {years} of the {least_years} years of experience that are demanded."
        remedy = "Correct the figure, or let an experienced organisation apply."
        yield Fault(at("sheet", "applicant", "years_experience"), message, remedy, str(years))


def check_plausible_experience(case: Case) -> Iterator[Fault]:
    """No organisation claims more years of experience than it has existed."""
    year = case.project.sheet.date.year
    for i, organisation in enumerate(case.project.organisations):
        if organisation.founded is not None and organisation.years_experience > year - organisation.founded:
            where = ("applicant",) if i == 0 else ("partners", i - 1)
            message = (
                f"{organisation.code} was founded in {organisation.founded}, {year - organisation.founded} years ago."
            )
            found = f"{organisation.years_experience} years of experience"
            yield Fault(at("sheet", *where, "years_experience"), message, "Correct one of the two.", found)


def check_registration(case: Case) -> Iterator[Fault]:
    """The applicant names its entry in a register."""
    if not case.project.sheet.applicant.registrations:
        message = "The applicant names no entry in a register of NGOs."
        remedy = "Add `registrations` with the register's name and the number of the entry."
        yield Fault(at("sheet", "applicant"), message, remedy)
