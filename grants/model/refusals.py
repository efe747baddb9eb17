"""Which rows of the lists of costs a refusal of the donor means."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from grants.model.records import Ineligible, Records

Row = tuple[str, int]
"""Period, and place in its list, from 0."""
Doubt = Literal["unknown", "periods", "rows", "amount"]
"""No such cost; in several periods; a part of several rows; more than the row has."""


def find_refused(records: Records, folder: str, refused: Ineligible) -> tuple[list[Row], Doubt | None]:
    """The rows that a refusal of a folder's finance.yaml means; none, and the doubt, where it is not clear which."""
    rows = [
        (code, i)
        for code, period in records.periods.items()
        for i, cost in enumerate(period.expenditures)
        if (cost.partner, cost.voucher) == (refused.partner, refused.voucher) and refused.line in (None, cost.line)
    ]
    periods = list(dict.fromkeys(period for period, _ in rows))
    wanted = refused.period or (folder if folder in periods else None)
    if wanted is None and len(periods) > 1:
        return [], "periods"
    found = [row for row in rows if row[0] == (wanted or row[0])]
    if not found:
        return [], "unknown"
    if refused.amount is not None:
        if len(found) > 1:
            return [], "rows"
        if refused.amount > records.periods[found[0][0]].expenditures[found[0][1]].amount:
            return [], "amount"
    return found, None


def name_periods(records: Records, folder: str) -> Records:
    """The records, where each refusal of a folder that means a cost of another period names it: a form has no other
    list than its own to look into."""
    period = records.periods.get(folder)
    if period is None:
        return records
    entries = tuple(_name_period(records, folder, refused) for refused in period.finance.ineligible)
    finance = period.finance.model_copy(update={"ineligible": entries})
    return replace(records, periods={**records.periods, folder: replace(period, finance=finance)})


def _name_period(records: Records, folder: str, refused: Ineligible) -> Ineligible:
    rows, _ = find_refused(records, folder, refused)
    elsewhere = refused.period is None and rows and rows[0][0] != folder
    return refused.model_copy(update={"period": rows[0][0]}) if elsewhere else refused
