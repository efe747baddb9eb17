"""Which rates of exchange a form waits for: told once for each currency, to whoever keeps the rates."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from grants.errors import Finding, Place
from grants.forms.returned import TheirTable
from grants.ledger.exchange import Missing, Rates, find_rate, list_rates
from grants.model import Project
from grants.model.grant import ReportingPeriod
from grants.model.records import Records, Transfer

_CONVERTED = ("expenditures", "balances")
_BY_HAND = "or by hand as `grants explain R19` shows."


def find_missing_rates(
    tables: Mapping[str, TheirTable], project: Project, records: Records, period: ReportingPeriod, name: str
) -> list[Finding]:
    """A warning for each currency, with its months (none: the contract's method itself lacks something).

    The rows can be taken over: the records hold them, and no total counts them until the rate is there.
    """
    waiting: dict[str, dict[str, tuple[str, ...]]] = {}  # currency -> cell -> the months it needs
    rates = _list_rates(tables, project, records, period)
    for key in _CONVERTED:
        for currency, day, partner, cell in _list_amounts(tables.get(key)):
            if currency != rates.currency:
                used = find_rate(rates, currency, period, day, partner if key == "expenditures" else None)
                if isinstance(used, Missing):
                    waiting.setdefault(currency, {})[cell] = tuple(used.months)
    return [_say(name, currency, cells) for currency, cells in sorted(waiting.items())]


def _say(name: str, currency: str, cells: Mapping[str, tuple[str, ...]]) -> Finding:
    months = sorted({month for needed in cells.values() for month in needed})
    many = "1 amount" if len(cells) == 1 else f"{len(cells)} amounts"
    when = f" of {', '.join(months)}" if months else ""
    message = f"There is no rate of {currency}{when}: {many} of the form will be in no total until there is one."
    remedy = f"Add {'it' if len(months) == 1 else 'them'} to rates.csv: `grants rates import`, {_BY_HAND}"
    if not months:
        remedy = "Say in grant.yaml under `exchange` how costs are converted, and enter the rate or transfer it needs."
    return Finding("RET-023", Place(name, cell=next(iter(cells))), message, remedy, severity="warning")


def _list_rates(tables: Mapping[str, TheirTable], project: Project, records: Records, period: ReportingPeriod) -> Rates:
    """As they will be: with the transfers of the form in place of those recorded of its period."""
    theirs = tables.get("transfers")
    if theirs:
        known = records.of(period)
        finance = known.finance.model_copy(update={"transfers": tuple(_list_transfers(theirs))})
        records = replace(records, periods={**records.periods, period.code: replace(known, finance=finance)})
    return list_rates(project.budget.currency, project.grant.exchange, records)


def _list_amounts(table: TheirTable | None) -> Iterator[tuple[str, datetime.date, str, str]]:
    """Currency, day, partner and cell of each amount whose day can be read."""
    if table is None or not {"currency", "date", "amount"} <= set(table.columns):
        return
    at = {key: index for index, key in enumerate(table.columns)}
    for row in table.rows:
        currency, day = row.texts[at["currency"]], _read_day(row.texts[at["date"]])
        if currency and day and row.texts[at["amount"]]:
            partner = row.texts[at["partner"]] if "partner" in at else ""
            yield currency, day, partner, f"{table.sheet}!{table.cell(row.number, 'currency')}"


def _list_transfers(table: TheirTable) -> Iterator[Transfer]:
    """Those that are filled in and can be read."""
    for row in table.rows:
        texts = dict(zip(table.columns, row.texts, strict=True))
        day = _read_day(texts.get("date", ""))
        sent, received = (_read_amount(texts.get(key, "")) for key in ("amount", "received"))
        if day and sent and received and texts.get("partner") and texts.get("currency"):
            yield Transfer.model_construct(
                date=day, partner=texts["partner"], amount=sent, received=received, currency=texts["currency"]
            )


def _read_day(words: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(words)
    except ValueError:
        return None


def _read_amount(words: str) -> Decimal | None:
    try:
        return Decimal(words)
    except InvalidOperation:
        return None
