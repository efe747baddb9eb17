"""What a report is made of, and what its parts look up again and again."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from grants.ledger.accounts import Accounts
from grants.ledger.balances import LineBalance
from grants.model import Donor, Project, ProjectSheet, SectionKey
from grants.model.grant import ReportDue, ReportingPeriod
from grants.model.limits import Limits
from grants.model.records import ActivityProgress, Finance, Progress, Records
from grants.model.rich_text import RichText
from grants.model.scalars import Text


@dataclass(frozen=True, slots=True)
class Telling:
    """What one period tells of the work; without a period, what the report adds of its own."""

    period: ReportingPeriod | None
    progress: Progress


@dataclass(frozen=True)
class ReportSource:
    """A report's project, donor, records and figures. Its documents carry the date `day`."""

    project: Project
    donor: Donor
    records: Records
    accounts: Accounts
    limits: Limits
    rich: Mapping[SectionKey, RichText]
    """Its own texts, from periods/<report>/narrative/."""
    day: datetime.date

    @property
    def report(self) -> ReportDue:
        """The report itself."""
        return self.accounts.books.scope.report

    @cached_property
    def sheet(self) -> ProjectSheet:
        """The project as it was agreed at the end of the report: an amendment may have moved its last day since."""
        return self.project.sheet_on(self.report.end)

    @property
    def donor_source(self) -> str:
        """Code of the source of funding that is the donor."""
        return next(source.code for source in self.accounts.books.budget.sources if source.kind == "donor")

    @cached_property
    def finances(self) -> list[Finance]:
        """The finances of every period of the scope, in order."""
        return [self.records.of(period).finance for period in self.accounts.books.scope.periods]

    @cached_property
    def explanations(self) -> dict[str, Text]:
        """Budget line -> why it differs, as last explained: by a period of the scope, or by the report itself."""
        return _gather([*self.finances, *self._own_finances])

    @cached_property
    def fresh_explanations(self) -> dict[str, Text]:
        """Those that were written for this report: with the periods that it adds, or with the report itself."""
        fresh = (self.records.of(period).finance for period in self.accounts.books.scope.explaining)
        return _gather([*fresh, *self._own_finances])

    def explain(self, line: LineBalance) -> Text | None:
        """Why a line differs; None where nobody says. What was said earlier counts while the line is far off."""
        text = self.fresh_explanations.get(line.line.code)
        return self.explanations.get(line.line.code) if text is None and self.is_far_off(line) else text

    def is_far_off(self, line: LineBalance) -> bool:
        """Whether the donor wants to know why a line differs from its budget."""
        limit = self.limits.explain_over_percent
        return limit is not None and line.is_far_off(limit, self.report.kind == "final")

    @property
    def _own_finances(self) -> list[Finance]:
        return [self.records.periods[self.report.code].finance] if self._has_own_records else []

    @cached_property
    def tellings(self) -> list[Telling]:
        """What every period of the scope tells, in order; last what the report adds of its own."""
        told = [Telling(period, self.records.of(period).progress) for period in self.accounts.books.scope.periods]
        own = [Telling(None, self.records.periods[self.report.code].progress)] if self._has_own_records else []
        return [*told, *own]

    @cached_property
    def progress(self) -> list[Progress]:
        """The progress of all tellings, in order."""
        return [telling.progress for telling in self.tellings]

    def says_none(self, part: str) -> bool:
        """Whether somebody said that there was none of it, and nobody lists any; where nobody said so, it is open."""
        is_said = any(part in progress.model_fields_set for progress in self.progress)
        return is_said and not any(getattr(progress, part) for progress in self.progress)

    @property
    def _has_own_records(self) -> bool:
        codes = {period.code for period in self.project.grant.reporting_periods}
        return self.report.code in self.records.periods and self.report.code not in codes

    @cached_property
    def told(self) -> list[Telling]:
        """Those whose story this report tells: of its current periods and its own; all of them in a final report."""
        scope = self.accounts.books.scope
        return self.tellings if self.report.kind == "final" else self.tellings[len(scope.prior) :]

    def follow(self, activity: str) -> Iterator[ActivityProgress]:
        """What became of an activity, period by period."""
        return (x.activities[activity] for x in self.progress if activity in x.activities)

    def last_word(self, activity: str) -> Telling | None:
        """The last that tells of an activity; None where nothing does."""
        return next((x for x in reversed(self.tellings) if activity in x.progress.activities), None)


def _gather(finances: Iterable[Finance]) -> dict[str, Text]:
    """Budget line -> its last explanation."""
    return {code: text for finance in finances for code, text in finance.explanations.items()}
