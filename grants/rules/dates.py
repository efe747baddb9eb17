"""Does the timetable hold? Activities, milestones, reports, deadline, contract and guarantee."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from grants.model.calendar import month_of
from grants.rules.case import Case, Fault, at


def check_dates_in_project(case: Case) -> Iterator[Fault]:
    """The project ends after it starts, and so does each activity; activities and milestones lie within the project."""
    sheet = case.project.sheet
    if sheet.end <= sheet.start:
        message = f"The project ends before it starts ({sheet.start})."
        yield Fault(at("sheet", "end"), message, "Correct one of the two dates.", str(sheet.end))
        return
    first, last = month_of(sheet.start), month_of(sheet.end)
    for i, activity in enumerate(case.project.work_plan.activities):
        here = ("work_plan", "activities", i)
        if activity.end < activity.start:
            message = f"Activity {activity.code} ends before it starts ({activity.start})."
            yield Fault(at(*here, "end"), message, "Correct one of the two months.", activity.end)
        for key, month in (("start", activity.start), ("end", activity.end)):
            if not first <= month <= last:
                message = f"Activity {activity.code} lies outside the project, which goes from {first} to {last}."
                yield Fault(at(*here, key), message, "Move the activity, or lengthen the project.", month)
        for j, milestone in enumerate(activity.milestones):
            if not first <= milestone.month <= last:
                message = f"Milestone {milestone.code} lies outside the project, which goes from {first} to {last}."
                yield Fault(at(*here, "milestones", j, "month"), message, "Move it into the project.", milestone.month)


def check_milestone_months(case: Case) -> Iterator[Fault]:
    """A milestone that lies in the project lies in the months of its activity."""
    first, last = month_of(case.project.sheet.start), month_of(case.project.sheet.end)
    for i, activity in enumerate(case.project.work_plan.activities):
        for j, milestone in enumerate(activity.milestones):
            if first <= milestone.month <= last and not activity.start <= milestone.month <= activity.end:
                message = (
                    f"Milestone {milestone.code} lies outside activity {activity.code}, which goes from "
                    f"{activity.start} to {activity.end}."
                )
                place = at("work_plan", "activities", i, "milestones", j, "month")
                yield Fault(place, message, "Move the milestone, or lengthen the activity.", milestone.month)


def check_report_dates(case: Case) -> Iterator[Fault]:
    """A report's period lies in the project and ends before the report is due; a final report is planned."""
    sheet, reports = case.project.sheet, case.project.grant.reports
    for i, report in enumerate(reports):
        if report.end < report.start:
            message = f"The period of report {report.code} ends before it starts ({report.start})."
            yield Fault(at("grant", "reports", i, "end"), message, "Correct one of the two dates.", str(report.end))
        elif not (sheet.start <= report.start and report.end <= sheet.end):
            message = f"The period of report {report.code} is not within the project ({sheet.start} to {sheet.end})."
            found = f"{report.start} to {report.end}"
            yield Fault(at("grant", "reports", i), message, "Correct `start` or `end`.", found)
        if report.due < report.end:
            message = f"Report {report.code} is due before its period is over ({report.end})."
            yield Fault(at("grant", "reports", i, "due"), message, "Give it a later date.", str(report.due))
    if not any(report.kind in ("final", "completion") for report in reports):
        message = "No final report is planned."
        yield Fault(at("grant", "reports"), message, "Add one with `kind: final`, over the whole project.")


def check_report_terms(case: Case) -> Iterator[Fault]:
    """A report is due no later than the donor's days after its period; where the donor names none, nothing is said."""
    days = {
        term.kind: (term.days, term.source)
        for term in case.donor.reports
        if term.days is not None and term.is_valid(case.project.sheet.start)
    }
    for i, report in enumerate(case.project.grant.reports):
        allowed, source = days.get(report.kind, (None, None))
        if allowed is not None and report.due > report.end + datetime.timedelta(days=allowed):
            message = f"Report {report.code} is due later than the donor's {allowed} days after its period."
            remedy = f"Plan it for {report.end + datetime.timedelta(days=allowed)} at the latest."
            yield Fault(at("grant", "reports", i, "due"), message, remedy, str(report.due), source)


def check_call_deadline(case: Case) -> Iterator[Fault]:
    """The proposal is dated on or before the call's deadline."""
    sheet = case.project.sheet
    if sheet.call.deadline is not None and sheet.date > sheet.call.deadline:
        message = f"The proposal is dated after the call's deadline ({sheet.call.deadline})."
        yield Fault(at("sheet", "date"), message, "Send it in time; correct the date.", str(sheet.date))


def check_start_after_signature(case: Case) -> Iterator[Fault]:
    """The project starts after the contract is signed; or, without a contract, after the proposal."""
    sheet, contract = case.project.sheet, case.project.grant.contract
    if contract is not None and contract.signed > sheet.start:
        message = f"The project starts before its contract is signed ({contract.signed})."
    elif contract is None and sheet.start <= sheet.date:
        message = f"The project starts before the donor can have agreed: the proposal is of {sheet.date}."
    else:
        return
    remedy = "Start later; what is spent before the signature is not accepted."
    yield Fault(at("sheet", "start"), message, remedy, str(sheet.start))


def check_agreed_end(case: Case) -> Iterator[Fault]:
    """The project ends as the contract, or the amendment that changed it last, says; and both days stand there."""
    contract, end = case.project.grant.contract, case.project.sheet.end
    changes = [x for x in contract.amendments if x.end is not None] if contract else []
    if contract is None:
        return
    if changes and contract.end is None:
        message = f"Amendment {changes[0].number} changes the last day, and nothing says which day it was before."
        remedy = "Enter it as `end` of the contract: reports on earlier periods say it."
        yield Fault(at("grant", "contract"), message, remedy)
    elif case.project.end_on() != end:
        message = f"By the contract and its amendments the project ends on {case.project.end_on()}."
        remedy = "Correct `end`; or, once the donor has agreed to the new day, enter the amendment with its `end`."
        yield Fault(at("sheet", "end"), message, remedy, str(end))


def check_guarantee_expiry(case: Case) -> Iterator[Fault]:
    """A letter of guarantee, where there is one, outlasts the project, its reports and its payments."""
    contract = case.project.grant.contract
    if contract is None or contract.guarantee is None:
        return
    grant = case.project.grant
    days = [case.project.sheet.end, *(report.due for report in grant.reports)]
    settled = max([*days, *(instalment.due for instalment in grant.instalments if instalment.due)])
    if contract.guarantee.expires < settled:
        message = f"The letter of guarantee expires before the final settlement, expected on {settled}."
        place = at("grant", "contract", "guarantee", "expires")
        yield Fault(place, message, "Have the bank extend it.", str(contract.guarantee.expires))
