"""Is the report complete, and does it protect people? Activities, indicators, sections, stories, small counts."""

from __future__ import annotations

from collections.abc import Iterator

from grants.errors import Place
from grants.model.calendar import month_of
from grants.model.donor import ReportSection
from grants.model.grant import ReportDue
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


def check_reported_activities(case: ReportCase) -> Iterator[Fault]:
    """Every activity that was planned for the period has its progress; what went otherwise is explained."""
    for code, period in case.records.periods.items():
        dates = case.period_of(code)
        if dates is None:
            continue
        first, last = month_of(dates.start), month_of(dates.end)
        for activity in case.project.work_plan.activities:
            progress = period.progress.activities.get(activity.code)
            place = at("periods", code, "progress", "activities", *([activity.code] if progress else []))
            if progress is None and activity.start <= last and activity.end >= first:
                message = f"Nothing is said of activity {activity.code}, which was planned for {code}."
                yield Fault(place, message, "Say its status and what was done.", activity.code)
            elif progress and progress.status in ("delayed", "cancelled") and progress.deviation is None:
                message = f"Activity {activity.code} is {progress.status}, and nothing says why."
                yield Fault(place, message, "Explain it under `deviation`.", progress.status)
            elif progress and progress.status == "done" and progress.evidence is None:
                message = f"Activity {activity.code} is done, and nothing says where its proof is kept."
                yield Fault(place, message, "Name the lists, minutes or registers under `evidence`.", activity.code)


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
