"""Is the report complete, and does it protect people? Activities, indicators, sections, stories, small counts."""

from __future__ import annotations

from collections.abc import Iterator

from grants.errors import Place
from grants.model.calendar import month_of
from grants.model.donor import ReportSection
from grants.model.grant import ReportDue, ReportingPeriod
from grants.model.records import ActivityProgress
from grants.model.work_plan import Activity
from grants.rules.case import Fault, at, is_allowed
from grants.rules.few import find_few, list_own_words
from grants.rules.report_case import ReportCase


def check_reported_sexes(case: ReportCase) -> Iterator[Fault]:
    """A report gives women and men of every direct target group that it reached."""
    direct = {group.code for group in case.project.sheet.target_groups if group.direct}
    for code, period in case.records.periods.items():
        for group, reached in period.progress.groups.items():
            if group in direct and (reached.women is None or reached.men is None):
                message = f"Women and men of the target group {group} are not both given."
                place = at("periods", code, "progress", "groups", group)
                yield Fault(place, message, "Count both; write 0 where there was none.")


def check_periods_returned(case: ReportCase) -> Iterator[Fault]:
    """Every period of a report whose time is over, or that is being made, has come back: with its costs, or without."""
    for report in case.awaited:
        accounts = case.accounts.get(report.code) if case.is_time_for(report) else None
        for period in accounts.books.scope.current if accounts else ():
            if not case.records.of(period).has_come_back:
                message = f"Nothing has come back of {period.code}, which report {report.code} covers."
                remedy = "Import its form; one without costs too: once accepted, it is on record that there were none."
                yield Fault(at("periods", period.code, "expenditures"), message, remedy, period.code)


def check_reported_activities(case: ReportCase) -> Iterator[Fault]:
    """Every activity that is planned for a period, or goes on in it, has its progress: what was done, why it went
    otherwise than planned, where its proof is kept."""
    for period in case.project.grant.reporting_periods:
        if period.code not in case.records.periods:
            continue
        told = case.records.periods[period.code].progress.activities
        place = ("periods", period.code, "progress", "activities")
        for activity in case.project.work_plan.activities:
            if activity.code in told:
                for message, remedy, found in _find_untold(activity.code, told[activity.code]):
                    yield Fault(at(*place, activity.code), message, remedy, found)
            elif why := _say_awaited(case, activity, period):
                message = f"Nothing is said of activity {activity.code}, which {why} {period.code}."
                yield Fault(at(*place), message, "Say its status and what was done.", activity.code)


def _say_awaited(case: ReportCase, activity: Activity, period: ReportingPeriod) -> str:
    """Why a period must tell of an activity; empty where it need not."""
    last = None
    for earlier in case.project.grant.reporting_periods:
        if earlier.start < period.start and earlier.code in case.records.periods:
            last = case.records.periods[earlier.code].progress.activities.get(activity.code, last)
    if last and last.status in ("done", "cancelled"):
        return ""
    if activity.start <= month_of(period.end) and activity.end >= month_of(period.start):
        return "was planned for"
    return "was not finished before" if last and activity.end < month_of(period.start) else ""


def _find_untold(code: str, progress: ActivityProgress) -> Iterator[tuple[str, str, str]]:
    """What is wrong, what to do, what was found."""
    status = progress.status
    if status in ("delayed", "cancelled") and progress.deviation is None:
        yield f"Activity {code} is {status}, and nothing says why.", "Explain it under `deviation`.", status
    if status in ("ongoing", "done") and progress.done is None:
        said = "under way" if status == "ongoing" else status
        yield f"Activity {code} is {said}, and nothing says what was done.", "Tell it under `done`.", status
    if status == "done" and progress.evidence is None:
        message = f"Activity {code} is done, and nothing says where its proof is kept."
        yield message, "Name the lists, minutes or registers under `evidence`.", code


def check_reported_indicators(case: ReportCase) -> Iterator[Fault]:
    """Every indicator of an output has a figure for the period."""
    for code, period in case.records.periods.items():
        if case.period_of(code) is None:
            continue
        for output in case.project.logframe.outputs:
            for indicator in output.indicators:
                if indicator.code not in period.progress.indicators:
                    message = f"Indicator {indicator.code} has no figure for {code}."
                    place = at("periods", code, "progress", "indicators")
                    yield Fault(place, message, "Enter it; 0 where nothing was reached.", indicator.code)


def check_report_sections(case: ReportCase) -> Iterator[Fault]:
    """A report that is made has every required section, in every language; before that, what it lacks is said once."""
    for report in _list_told(case):
        missing = [
            f"{section.key}.{language}.md"
            for section in _list_sections(case, report)
            for language in case.languages
            if section.required and not _read(case, report, section.key, language).strip()
        ]
        folder = f"periods/{report.code}/narrative"
        if missing and not case.making:
            message = f"Report {report.code} cannot be made yet: {len(missing)} of its texts are not written."
            remedy = f"Write them in {folder}/; Markdown is enough."
            yield Fault(Place(f"{folder}/"), message, remedy, ", ".join(missing), severity=case.severity)
            continue
        for file in missing:
            section, language, _ = file.split(".")
            message = f"The section `{section}` of report {report.code} is not written in `{language}`."
            yield Fault(Place(f"{folder}/{file}"), message, "Write this file; Markdown is enough.")


def check_report_section_words(case: ReportCase) -> Iterator[Fault]:
    """No section of a report is longer than the donor takes."""
    for report in _list_told(case):
        for section in _list_sections(case, report):
            for language in case.languages:
                words = len(_read(case, report, section.key, language).split())
                if section.most_words is not None and words > section.most_words:
                    file = f"periods/{report.code}/narrative/{section.key}.{language}.md"
                    message = f"The section `{section.key}` has more than {section.most_words:,} words."
                    yield Fault(Place(file, 1, 1), message, "Shorten it.", f"{words:,} words")


def check_stories(case: ReportCase) -> Iterator[Fault]:
    """A case story has written consent and changed details; else it is not printed."""
    for code, period in case.records.periods.items():
        for i, story in enumerate(period.progress.stories):
            missing = [
                what
                for what, given in (("the person's consent", story.consent), ("changed details", story.changed))
                if not given
            ]
            if missing:
                message = f"A case story{' of a child' if story.minor else ''} has not {' nor '.join(missing)}."
                remedy = "It will not be printed. Get both, or take it out of the file."
                yield Fault(at("periods", code, "progress", "stories", i), message, remedy)


def check_small_counts(case: ReportCase, *, least: int, allowed: tuple[str, ...]) -> Iterator[Fault]:
    """No text says a count of persons that the tables withhold; counts of staff, say, may be allowed."""
    few = find_few(case.corpus.free_text, least, list_own_words(case.project.logframe.indicators))
    for hit in case.corpus.find_spans(x[:2] for x in few):
        if not is_allowed(hit.text, allowed):
            message = f"The text counts fewer than {least} persons; tables withhold such figures."
            remedy = (
                "Say “a few”, or nothing. If they are no persons whom the project protects, list the words: "
                "`call: rules: V01: {allowed: ...}` in project.yaml."
            )
            yield Fault(hit.place, message, remedy, hit.text)


def _list_told(case: ReportCase) -> list[ReportDue]:
    """The reports whose texts are awaited."""
    return case.awaited if case.wants("narrative-report") else []


def _list_sections(case: ReportCase, report: ReportDue) -> list[ReportSection]:
    return [section for section in case.donor.report_sections if report.kind in section.kinds]


def _read(case: ReportCase, report: ReportDue, section: str, language: str) -> str:
    texts = case.report_texts.get(report.code, {})
    return next((x.markdown for key, x in texts.items() if (key.section, key.language) == (section, language)), "")
