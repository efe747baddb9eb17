"""What a file would add to the costs, line by line: what whoever accepts it compares with the partner's own sum."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from grants.forms.changes import ADDED, Change


class LineSum(NamedTuple):
    """Costs of a budget line in a currency."""

    line: str
    currency: str
    costs: int
    amount: Decimal
    """Of those whose amount is known."""
    unread: int
    """Costs whose amount cannot be read yet."""


def sum_added(changes: Iterable[Change]) -> list[LineSum]:
    """The sums of the costs that are new, in the order of the lines."""
    new = [x for x in changes if x.table == "expenditures"]
    unread = {x.row for x in new if x.kind == "cell" and x.column == "amount" and x.open}
    found: dict[tuple[str, str], list[tuple[Decimal, bool]]] = {}
    for x in new:
        if x.kind in ADDED:
            known = bool(x.texts.get("amount")) and x.row not in unread
            amount = Decimal(x.texts["amount"]) if known else Decimal(0)
            found.setdefault((x.texts.get("line", ""), x.texts.get("currency", "")), []).append((amount, known))
    return [
        LineSum(line, currency, len(costs), sum((x for x, _ in costs), Decimal(0)), sum(not x for _, x in costs))
        for (line, currency), costs in sorted(found.items(), key=lambda x: _order(x[0]))
    ]


def _order(key: tuple[str, str]) -> tuple[list[tuple[int, str]], str]:
    """2.10 comes after 2.9."""
    return [(int(x) if x.isdigit() else 0, x) for x in key[0].split(".")], key[1]
