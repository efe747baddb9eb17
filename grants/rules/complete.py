"""Is a report that is awaited complete, besides its sections? Languages of its texts, assets, contracts, records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from grants.errors import Path
from grants.ledger.balances import Books, HeadingBalance
from grants.model.records import Progress
from grants.model.scalars import Text
from grants.rules.case import Fault, at
from grants.rules.corpus import gather_values
from grants.rules.report_case import ReportCase

_ALSO_IN_WORKBOOK = ("contracts", "assets")


def check_report_texts(case: ReportCase) -> Iterator[Fault]:
    """Every text that a report prints is written in each of its languages; nothing falls back to another one."""
    told: set[Path] = set()
    for path, text in _list_printed(case):
        missing = [language for language in case.languages if not text.says(language)]
        if missing and path not in told:
            told.add(path)
            message = f"`{path[-1]}` is not written in: {', '.join(missing)}; the report would print another language."
            remedy = f"Add {', '.join(f'`{language}: ...`' for language in missing)}; or make it with --lang."
            yield Fault(at(*path), message, remedy, f"only in: {', '.join(text.words)}", severity=case.severity)


def _list_printed(case: ReportCase) -> Iterator[tuple[Path, Text]]:
    for report in case.awaited:
        accounts = case.accounts.get(report.code)
        scope = accounts.books.scope if accounts else None
        current = (
            {report.code, *(x.code for x in scope.periods if report.kind == "final" or x not in scope.prior)}
            if scope
            else {}
        )
        for code in (*(x.code for x in scope.periods), report.code) if scope else ():
            records = case.records.periods.get(code)
            for part in ("finance", "progress") if records else ():
                for path, text in gather_values(getattr(records, part), ("periods", code, part)):
                    if isinstance(text, Text) and _is_printed(case, path, is_current=code in current):
                        yield path, text


def _is_printed(case: ReportCase, path: Path, *, is_current: bool) -> bool:
    """Whether a text of the records stands in a document that is wanted: what earlier periods did is told no more."""
    part, key = path[2], path[3]
    if key == "explanations":
        return case.wants("narrative-report", "financial-report", "modification-request")
    if part == "finance":
        return case.wants("financial-report")
    if key in _ALSO_IN_WORKBOOK:
        return case.wants("narrative-report", "financial-report")
    return path[-1] != "remarks" and is_current and case.wants("narrative-report")


def check_assets_recorded(case: ReportCase, *, headings: tuple[str, ...]) -> Iterator[Fault]:
    """A final report with costs under a heading of equipment lists what was bought, or says that nothing is left."""
    for code, books, progress in _list_finals(case):
        bought = [x for x in books.headings if x.heading.code in headings]
        yield from _find_unsaid(case, code, bought, progress, "assets", "no asset", "nothing durable was bought")


def check_contracts_recorded(case: ReportCase, *, apart_from: tuple[str, ...]) -> Iterator[Fault]:
    """A final report with purchases lists the contracts that were awarded, or says that there was none.

    `apart_from` are headings under which nobody is a supplier: salaries.
    """
    for code, books, progress in _list_finals(case):
        bought = [x for x in books.headings if x.heading.code not in apart_from]
        yield from _find_unsaid(case, code, bought, progress, "contracts", "no contract awarded", "none was awarded")


def _find_unsaid(
    case: ReportCase,
    code: str,
    bought: Sequence[HeadingBalance],
    progress: list[Progress],
    key: str,
    what: str,
    no: str,
) -> Iterator[Fault]:
    """What was paid for under headings, and nobody said what came of it, nor that nothing did."""
    paid = [x for x in bought if x.cumulative]
    is_said = any(key in x.model_fields_set for x in progress)
    if paid and not is_said and case.wants("narrative-report", "financial-report"):
        titles, spent = ", ".join(x.heading.code for x in paid), sum((x.cumulative for x in paid), Decimal("0.00"))
        message = f"Costs stand under heading {titles}, and the final report {code} lists {what}."
        remedy = f"List them under `{key}` in periods/{code}/progress.yaml; `{key}: []` if {no}."
        yield Fault(at("periods", code, "progress", key), message, remedy, f"{spent:,.2f}", severity=case.severity)


def check_records_kept(case: ReportCase) -> Iterator[Fault]:
    """A final report says where accounts and papers are kept, and by whom."""
    for code, _, progress in _list_finals(case):
        if not any(x.records for x in progress) and case.wants("narrative-report"):
            message = f"The final report {code} does not say where the accounts and papers are kept, nor by whom."
            remedy = f"Enter `records: {{place: ..., keeper: ...}}` in periods/{code}/progress.yaml; no address."
            yield Fault(at("periods", code, "progress", "records"), message, remedy, severity=case.severity)


def _list_finals(case: ReportCase) -> Iterator[tuple[str, Books, list[Progress]]]:
    """The final reports that are awaited, with their books and everything that was told up to them."""
    for report in case.awaited:
        accounts = case.accounts.get(report.code)
        if report.kind == "final" and accounts:
            codes = [*(x.code for x in accounts.books.scope.periods), report.code]
            found = [case.records.periods[code].progress for code in codes if code in case.records.periods]
            yield report.code, accounts.books, found
