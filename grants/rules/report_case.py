"""What a check of records is given: the project's case, what came back, and what the ledger makes of it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from grants.errors import Path
from grants.ledger.accounts import Accounts
from grants.model import Narrative, SectionKey
from grants.model.donor import Severity
from grants.model.figure_names import list_report_figure_names
from grants.model.grant import ReportDue, ReportingPeriod
from grants.model.records import Expenditure, Records
from grants.rules.case import Case
from grants.rules.corpus import Corpus, Origin, Texts, gather_values, join

_PARTS = ("finance", "progress")
_NAMES = ("payee", "giver", "supplier", "pseudonym")
"""Fields that are made to hold a name."""
_NUMBERS = ("reference", "account", "voucher", "document")
"""Fields that are made to hold the number of a paper or an account."""


@dataclass(frozen=True, slots=True)
class Making:
    """A report that is being made: in which languages, and which of its documents (None: all)."""

    report: str
    languages: tuple[str, ...]
    only: str | None = None


@dataclass(frozen=True)
class ReportCase(Case):
    """A project on its way, as its donor would judge it."""

    records: Records = field(default_factory=lambda: Records((), (), {}))
    accounts: Mapping[str, Accounts] = field(default_factory=dict)
    """Report -> its accounts, for every interim and final report that has records."""
    report_texts: Mapping[str, Mapping[SectionKey, Narrative]] = field(default_factory=dict)
    """Report -> its narratives."""
    today: datetime.date = datetime.date.max
    making: Making | None = None
    """What is being made; None: nothing is."""

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that a report is wanted in."""
        return self.making.languages if self.making else self.project.sheet.languages

    @property
    def awaited(self) -> list[ReportDue]:
        """The reports that must be complete: that which is being made; else those not handed in yet that are begun, or
        whose time is over and whose costs have come back.
        """
        if self.making:
            return [report for _, report in self.reports if self.is_made(report)]
        return [
            report
            for _, report in self.reports
            if (report.submitted is None or report.submitted > self.today)
            and (self.report_texts.get(report.code) or (report.end < self.today and report.code in self.accounts))
        ]

    def is_made(self, report: ReportDue) -> bool:
        """Whether it is the report that is being made."""
        return self.making is not None and self.making.report == report.code

    def is_time_for(self, report: ReportDue) -> bool:
        """Whether a report is to be judged as a whole: it is being made, or its time is over."""
        return self.is_made(report) if self.making else report.end < self.today

    @property
    def last_accounts(self) -> list[Accounts]:
        """Those of the report that ends last, whatever the order of the calendar; empty where nothing came back."""
        return sorted(self.accounts.values(), key=lambda x: x.books.scope.report.end)[-1:]

    @property
    def severity(self) -> Severity | None:
        """How grave it is that an awaited report is not complete: what is missing stops it only when it is made."""
        return None if self.making else "warning"

    def wants(self, *documents: str) -> bool:
        """Whether one of these documents is wanted."""
        return self.making is None or self.making.only is None or self.making.only in documents

    @property
    def figure_names(self) -> list[str]:
        """What a figure reference in a text of a report may name."""
        return list_report_figure_names(self.project.budget)

    @property
    def reports(self) -> list[tuple[int, ReportDue]]:
        """The reports of the calendar with their place in it."""
        return list(enumerate(self.project.grant.reports))

    @property
    def expenditures(self) -> Iterator[tuple[Path, Expenditure]]:
        """Every cost with its path."""
        for code, period in self.records.periods.items():
            for i, expenditure in enumerate(period.expenditures):
                yield ("periods", code, "expenditures", i), expenditure

    def period_of(self, code: str) -> ReportingPeriod | None:
        """The period of that code; None for the folder of a report."""
        return next((x for x in self.project.grant.reporting_periods if x.code == code), None)

    @cached_property
    def texts(self) -> Texts:
        """Every text that came back."""
        texts: Texts = []
        for code, period in self.records.periods.items():
            for part in _PARTS:
                texts += gather_values(getattr(period, part), ("periods", code, part))
        for path, expenditure in self.expenditures:
            texts += gather_values(expenditure, path)
        return texts

    @cached_property
    def names(self) -> Corpus:
        """Payees, givers, suppliers, pseudonyms."""
        return self._join_fields(_NAMES)

    @cached_property
    def numbers(self) -> Corpus:
        """Vouchers, documents, references."""
        return self._join_fields(_NUMBERS)

    def _join_fields(self, fields: tuple[str, ...]) -> Corpus:
        texts = [(text, path) for path, text in self.texts if path[-1] in fields and isinstance(text, str)]
        return Corpus([(text, Origin("", path)) for text, path in texts], 0, len(texts))

    @cached_property
    def corpus(self) -> Corpus:
        """Every text that came back, and every narrative of a report, as one."""
        narratives = [
            (text.markdown, Origin(key.language, file=text.file))
            for texts in self.report_texts.values()
            for key, text in texts.items()
        ]
        return join(narratives, self.texts, lambda path: path[-1] in (*_NAMES, *_NUMBERS))
