"""Is anything late, and how long must papers be kept?"""

from __future__ import annotations

from collections.abc import Iterator

from grants.model.calendar import add_years
from grants.rules.case import Fault, at
from grants.rules.report_case import ReportCase


def check_reports_submitted(case: ReportCase) -> Iterator[Fault]:
    """No interim report is late."""
    yield from _find_late(case, ("interim", "audit", "evaluation"))


def check_final_report_submitted(case: ReportCase) -> Iterator[Fault]:
    """A project that is over has handed in its final reports: 198 of 732 programmes never did."""
    yield from _find_late(case, ("final", "completion"))


def _find_late(case: ReportCase, kinds: tuple[str, ...]) -> Iterator[Fault]:
    if case.project.grant.contract is None or case.making:
        return  # nobody waits for a report of a project that was not granted; one that is late can still be made
    for i, report in case.reports:
        if report.kind in kinds and report.submitted is None and report.due < case.today:
            message = f"Report {report.code} is late: it was due on {report.due}."
            remedy = "Hand it in and enter the day under `submitted`; tell the donor why it is late."
            yield Fault(at("grant", "reports", i, "due"), message, remedy, str(report.due))
        elif report.kind in kinds and report.submitted is not None and report.submitted > report.due:
            message = f"Report {report.code} was handed in after it was due ({report.due})."
            yield Fault(
                at("grant", "reports", i, "submitted"), message, "Keep the reason with it.", str(report.submitted)
            )


def check_retention(case: ReportCase, *, years: int) -> Iterator[Fault]:
    """After the final payment papers are kept for so many years; the day until when is said, from its last transfer."""
    balances = {x.code for x in case.project.grant.instalments if x.kind == "balance"}
    paid = [
        (receipt.date, at("periods", code, "finance", "received", i, "date"))
        for code, period in case.records.periods.items()
        for i, receipt in enumerate(period.finance.received)
        if receipt.instalment in balances
    ]
    if paid:
        day, place = max(paid, key=lambda x: x[0])
        message = (
            f"Accounts and papers are to be kept until {add_years(day, years)} ({years} years after the final payment)."
        )
        yield Fault(place, message, "Destroy nothing before.", str(day))
