"""Where the money is, as the form of a period calculates it: what each row of the reconciliation comes to, and how."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from grants.model.money import round_to_cent
from grants.views.addresses import name_cell, on_sheet
from grants.views.period_layout import PeriodLayout, add_converted, say_lack
from grants.views.period_sheets.ineligible import convert_refused
from grants.views.period_sheets.tables import count_texts

_NOTHING = Decimal("0.00")
_IN = ("received", "own", "interest", "exchange")


@dataclass(frozen=True, slots=True)
class Flow:
    """Before the period, in it, and since the start of the project. None: the rate of a part of it is missing."""

    key: str
    before: Decimal | None
    current: Decimal | None
    whole: Decimal | None
    formulas: Mapping[str, str] = field(default_factory=dict)
    """before, current, whole -> how it is calculated."""
    only_whole: bool = False
    """Known since the start only: a balance, a difference, a sum."""

    def empty(self, column: str) -> bool:
        """Whether a column says nothing."""
        return self.only_whole and column != "whole"


def list_flows(layout: PeriodLayout) -> dict[str, Flow]:
    """Each row of the reconciliation, by its key."""
    finance, funds, end = layout.records.finance, layout.funds, layout.period.end
    received = _add(x.amount for x in finance.received)
    own = _add(x.amount for x in finance.own_contributions)
    interest = _add(x.amount for x in finance.interest)
    returned = _add(x.amount for x in finance.returned)
    paid = add_converted(amount for x, amount in layout.costs if x.date_paid and x.date_paid <= end)
    flows = [
        _follow(layout, "received", _add(funds.received.values()) - received, received, _sum(layout, "received")),
        _follow(layout, "own", _add(funds.own.values()) - own, own, _sum(layout, "own_contributions")),
        _follow(layout, "interest", funds.interest - interest, interest, _sum(layout, "interest")),
        _view_exchange(layout),
        _follow(layout, "paid", layout.paid_before, paid, _say_paid(layout)),
        _follow(layout, "indirect", layout.books.indirect.prior, _charge(layout), _say_charge(layout)),
        _follow(layout, "returned", funds.returned - returned, returned, _sum(layout, "returned")),
        _view_balance(layout),
    ]
    known = {flow.key: flow for flow in flows if flow.key in layout.tables["reconciliation"].ids}
    income = [known[key] for key in _IN]
    spent = [flow for key, flow in known.items() if key not in _IN]
    known["in"], known["out"] = _add_up(layout, "in", income), _add_up(layout, "out", spent)
    before, after = known["in"].whole, known["out"].whole
    difference = None if before is None or after is None else before - after
    formula = f"{_cell(layout, 'whole', 'in')}-{_cell(layout, 'whole', 'out')}"
    known["difference"] = Flow("difference", None, None, difference, {"whole": _safe(layout, formula)}, only_whole=True)
    return known


def _add(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, _NOTHING)


def _cell(layout: PeriodLayout, column: str, key: str) -> str:
    table = layout.tables["reconciliation"]
    return table.cell(column, table.first + table.ids.index(key))


def _safe(layout: PeriodLayout, formula: str) -> str:
    """A word where a rate is missing makes a word of whatever is calculated from it."""
    return f"=IFERROR(ROUND({formula},2),{say_lack(layout)})"


def _follow(layout: PeriodLayout, key: str, before: Decimal, current: Decimal | None, formula: str) -> Flow:
    """A row that adds what is in the period to what was before it."""
    if key not in layout.tables["reconciliation"].ids:
        return Flow(key, before, current, None)
    whole = None if current is None else before + current
    cells = "+".join(_cell(layout, column, key) for column in ("before", "current"))
    return Flow(key, before, current, whole, {"current": formula, "whole": _safe(layout, cells)})


def _sum(layout: PeriodLayout, table: str) -> str:
    return f"=SUM({layout.tables[table].part('amount', outside=True)})"


def _say_paid(layout: PeriodLayout) -> str:
    """The costs of the list that are paid by the end of the period."""
    costs, end = layout.tables["expenditures"], layout.period.end
    amounts, days = (costs.part(key, outside=True) for key in ("converted", "date_paid"))
    paid = (f"ISNUMBER({days})", f"{days}<=DATE({end.year},{end.month},{end.day})")
    total = f"SUMPRODUCT({','.join(f'--({condition})' for condition in paid)},{amounts})"
    return f"=IF({count_texts(amounts, *paid)}>0,{say_lack(layout)},{total})"


def _charge(layout: PeriodLayout) -> Decimal | None:
    """Indirect costs of the period: the flat rate on accepted direct costs, as a difference of rounded sums."""
    refused = add_converted(convert_refused(layout, x) for x in layout.records.finance.ineligible)
    direct = add_converted(amount for _, amount in layout.costs)
    if direct is None or refused is None:
        return None
    base = (layout.books.direct.prior + direct - refused) * layout.indirect_percent / 100
    return round_to_cent(base) - layout.books.indirect.prior


def _say_charge(layout: PeriodLayout) -> str:
    if "indirect" not in layout.tables["reconciliation"].ids:
        return ""
    forecast = layout.tables["forecast"]
    direct = "+".join(
        on_sheet(forecast.sheet, name_cell(layout.totals_row, forecast.index(key))) for key in ("prior", "current")
    )
    taken_out = f"SUM({layout.tables['ineligible'].part('converted', outside=True)})"
    rate = f"{layout.indirect_percent.normalize():f}/100"
    return _safe(layout, f"ROUND(({direct}-{taken_out})*{rate},2)-{_cell(layout, 'before', 'indirect')}")


def _view_exchange(layout: PeriodLayout) -> Flow:
    table, known = layout.tables["exchange_difference"], layout.records.finance.exchange_difference
    formula = f"=N({table.cell('amount', table.first)})"
    return Flow("exchange", None, None, known.amount if known else _NOTHING, {"whole": formula}, only_whole=True)


def _view_balance(layout: PeriodLayout) -> Flow:
    """Accounts and cash at the end of the period."""
    part = layout.tables["balances"].part("converted", outside=True)
    whole = add_converted(map(layout.convert_balance, layout.records.finance.balances))
    formula = f"=IF({count_texts(part)}>0,{say_lack(layout)},SUM({part}))"
    return Flow("balance", None, None, whole, {"whole": formula}, only_whole=True)


def _add_up(layout: PeriodLayout, key: str, flows: Sequence[Flow]) -> Flow:
    amounts = [flow.whole for flow in flows]
    whole = None if None in amounts else _add(x for x in amounts if x is not None)
    cells = "+".join(_cell(layout, "whole", flow.key) for flow in flows)
    return Flow(key, None, None, whole, {"whole": _safe(layout, cells)}, only_whole=True)
