"""The form of a reporting period: costs, income, progress, pending payments, forecast. Finance and programme staff fill
it in; it comes back into periods/<code>/ (grants.model.records)."""

from __future__ import annotations

from dataclasses import replace

from grants.forms.columns import Column, Form, Sheet, Table

_NOTE = Column("note", "column.note", "note", 22, input=True, hint="hint.note")
_DATE = Column("date", "column.date", "date", 12, input=True, hint="hint.date")
_REFERENCE = Column("reference", "column.bank_reference", "text", 20, input=True, hint="hint.bank_reference")
_NUMBER = Column("number", "column.number", "number", 12)
_AMOUNT = Column("amount", "column.amount_due", "money", 14, input=True, hint="hint.amount")
_OWN_AMOUNT = Column("amount", "column.amount_due", "money", 14, input=True, hint="hint.own_amount")
_CURRENCY = Column("currency", "column.currency", "choice", 9, input=True, choices="currencies")
_LINE = Column("line", "column.line", "choice", 9, input=True, choices="lines", hint="hint.line")
_PARTNER = Column("partner", "column.partner", "choice", 10, input=True, choices="partners", hint="hint.partner")

EXPENDITURES = Table(
    "expenditures",
    (
        Column("voucher", "column.voucher", "text", 12, input=True, hint="hint.voucher"),
        _DATE,
        Column("payee", "column.payee", "text", 24, input=True, hint="hint.payee"),
        Column("description", "column.expense", "text", 34, input=True),
        _LINE,
        _PARTNER,
        Column("source", "column.paid_from", "choice", 11, input=True, choices="sources", hint="hint.paid_from"),
        Column("amount", "column.amount_due", "money", 14, input=True, hint="hint.signed_amount", signed=True),
        _CURRENCY,
        Column("converted", "column.converted", "money", 15),
        Column("date_paid", "column.date_paid", "date", 12, input=True, hint="hint.date_paid"),
        Column("document", "column.document", "text", 18, input=True, hint="hint.document"),
        Column("check", "column.check", "text", 14),
        _NOTE,
    ),
    spare=500,
)
RECEIVED = Table(
    "received",
    (
        Column("instalment", "column.instalment_code", "choice", 12, input=True, choices="instalments"),
        _DATE,
        _OWN_AMOUNT,
        _REFERENCE,
        _NOTE,
    ),
    spare=3,
)
OWN_CONTRIBUTIONS = Table(
    "own_contributions",
    (
        Column("source", "column.source_code", "choice", 12, input=True, choices="own_sources"),
        _DATE,
        _OWN_AMOUNT,
        _REFERENCE,
        Column("giver", "column.giver", "text", 34, input=True, hint="hint.giver"),
        _NOTE,
    ),
    spare=15,
)
INTEREST = Table(
    "interest",
    (
        _NUMBER,
        _DATE,
        Column("amount", "column.interest", "money", 14, input=True, hint="hint.interest"),
        _REFERENCE,
        _NOTE,
    ),
    spare=2,
)
RETURNED = Table(
    "returned",
    (
        _NUMBER,
        _DATE,
        Column("amount", "column.returned", "money", 14, input=True, hint="hint.returned"),
        _REFERENCE,
        Column("reason", "column.return_reason", "text", 34, input=True, hint="hint.return_reason"),
        _NOTE,
    ),
    spare=2,
)
TRANSFERS = Table(
    "transfers",
    (
        _PARTNER,
        _DATE,
        Column("amount", "column.amount_due", "money", 14, input=True, hint="hint.sent_amount"),
        _REFERENCE,
        Column("received", "column.received_amount", "money", 16, input=True, hint="hint.received_amount"),
        _CURRENCY,
        _NOTE,
    ),
    spare=5,
)
BALANCES = Table(
    "balances",
    (
        Column("account", "column.account", "text", 34, input=True, hint="hint.account"),
        _DATE,
        Column("amount", "column.amount_due", "money", 14, input=True, hint="hint.signed_amount", signed=True),
        _CURRENCY,
        Column("converted", "column.converted", "money", 15),
        _NOTE,
    ),
    spare=4,
)
EXCHANGE_DIFFERENCE = Table(
    "exchange_difference",
    (
        Column("code", "column.currency", "text", 34),
        Column("until", "column.until", "date", 16),
        Column("amount", "column.difference", "money", 16, input=True, hint="hint.difference", signed=True),
        Column("effect", "column.effect", "text", 22),
        Column("reason", "column.why", "text", 50, input=True, hint="hint.difference_reason"),
        _NOTE,
    ),
)
"""One row: its code is the currency of the budget."""
RECONCILIATION = Table(
    "reconciliation",
    (
        Column("item", "column.item", "text", 34),
        Column("before", "column.spent_before", "money", 16),
        Column("current", "column.spent_now", "money", 16),
        Column("whole", "column.since_start", "money", 22),
        Column("check", "column.check", "text", 50),
    ),
)
"""Calculated: does what came in equal what went out and what is left?"""
RATES = Table(
    "rates",
    (
        Column("currency", "column.currency", "text", 12),
        Column("start", "column.applies_from", "date", 12),
        Column("rate", "column.rate", "number", 12),
        Column("partner", "column.applies_to", "text", 20),
        Column("origin", "column.origin", "text", 34),
    ),
)
"""A row for each rate: of a month, of a transfer, of the whole period."""
ACTIVITY_PROGRESS = Table(
    "activity_progress",
    (
        Column("code", "column.code", "text", 9),
        Column("title", "column.activity", "text", 34),
        Column("planned", "column.planned_months", "text", 18),
        Column("status", "column.status", "choice", 14, input=True, choices="statuses", hint="hint.status"),
        Column("start", "column.began", "month", 11, input=True, hint="hint.month"),
        Column("end", "column.ended", "month", 11, input=True, hint="hint.month"),
        Column("done", "column.done", "text", 46, input=True, hint="hint.done"),
        Column("deviation", "column.deviation", "text", 36, input=True, hint="hint.deviation"),
        Column("evidence", "column.evidence", "text", 26, input=True, hint="hint.evidence"),
        _NOTE,
    ),
)
MILESTONES_REACHED = Table(
    "milestones_reached",
    (
        Column("code", "column.code", "text", 9),
        Column("title", "column.milestone", "text", 34),
        Column("planned", "column.planned_months", "text", 18),
        Column("reached", "column.reached", "date", 14, input=True, hint="hint.reached"),
        Column("activity", "column.activity", "text", 14),
        Column("check", "column.check", "text", 14),
        _NOTE,
    ),
)
"""All of the work plan; one that was reached in an earlier period is only shown."""
INDICATOR_ACTUALS = Table(
    "indicator_actuals",
    (
        Column("code", "column.code", "text", 9),
        Column("indicator", "column.indicator", "text", 38),
        Column("unit", "column.unit", "text", 13),
        Column("target", "column.target", "number", 10),
        Column("before", "column.before", "number", 12.5),
        Column("value", "column.value_now", "number", 10, input=True, hint="hint.value_now"),
        Column("women", "column.women", "number", 9, input=True, hint="hint.women"),
        Column("men", "column.men", "number", 9, input=True, hint="hint.men"),
        Column("girls", "column.girls", "number", 9, input=True, hint="hint.girls"),
        Column("boys", "column.boys", "number", 9, input=True, hint="hint.boys"),
        Column("part", "column.part", "number", 9, input=True, hint="hint.part"),
        Column("whole", "column.whole", "number", 9, input=True, hint="hint.whole"),
        Column("check", "column.check", "text", 9.5),
        Column("remarks", "column.remarks", "text", 34, input=True),
        _NOTE,
    ),
)
GROUPS_REACHED = Table(
    "groups_reached",
    (
        Column("code", "column.code", "text", 9),
        Column("name", "column.target_group", "text", 38),
        Column("women", "column.women", "number", 10, input=True, hint="hint.reached_women"),
        Column("men", "column.men", "number", 10, input=True, hint="hint.reached_men"),
        Column("total", "column.total_persons", "number", 10, input=True, hint="hint.reached_total"),
        _NOTE,
    ),
)
PENDING = Table(
    "pending",
    (
        Column("supplier", "column.supplier", "text", 26, input=True),
        Column("purpose", "column.purpose", "text", 40, input=True),
        _LINE,
        _AMOUNT,
        _CURRENCY,
        Column("due", "column.pay_by", "date", 12, input=True, hint="hint.date"),
        Column("document", "column.document", "text", 18, input=True, hint="hint.document"),
        _NOTE,
    ),
    spare=20,
)
EARLIER = Table(
    "earlier",
    (
        Column("payee", "column.payee", "text", 26),
        Column("description", "column.expense", "text", 40),
        Column("line", "column.line", "text", 9),
        Column("amount", "column.amount_due", "money", 14),
        Column("currency", "column.currency", "text", 9),
        Column("date_paid", "column.date_paid", "date", 12, input=True, hint="hint.earlier_paid"),
        Column("code", "column.voucher", "text", 18),
        _NOTE,
    ),
)
"""Costs of earlier periods that were not paid when this one began. Code: the period, and the cost's name there."""
INELIGIBLE = Table(
    "ineligible",
    (
        _PARTNER,
        Column("voucher", "column.voucher", "text", 14, input=True, hint="hint.refused_voucher"),
        Column(
            "period", "column.refused_period", "choice", 12, input=True, choices="periods", hint="hint.refused_period"
        ),
        Column("line", "column.line", "choice", 9, input=True, choices="lines", hint="hint.refused_line"),
        Column("amount", "column.refused_amount", "money", 15, input=True, hint="hint.refused_amount"),
        Column("converted", "column.converted", "money", 15),
        Column("reason", "column.refusal", "text", 60, input=True, hint="hint.refusal"),
        Column("check", "column.check", "text", 24),
        _NOTE,
    ),
    spare=10,
)
FORECAST = Table(
    "forecast",
    (
        Column("code", "column.code", "text", 9),
        Column("description", "column.description", "text", 38),
        Column("approved", "column.approved", "money", 14),
        Column("prior", "column.spent_before", "money", 14),
        Column("current", "column.spent_now", "money", 14),
        Column("unspent", "column.unspent", "money", 14),
        Column("percent", "column.percent_spent", "percent", 12),
        Column("forecast", "column.forecast", "money", 14, input=True, hint="hint.forecast"),
        Column("explanation", "column.explanation", "text", 46, input=True, hint="hint.explanation"),
        _NOTE,
    ),
)

PERIOD = Form(
    "period",
    4,
    (
        Sheet("how_to", "sheet.how_to"),
        Sheet("expenditures", "sheet.expenditures", (EXPENDITURES,)),
        Sheet(
            "income",
            "sheet.income",
            (RECEIVED, OWN_CONTRIBUTIONS, INTEREST, RETURNED, TRANSFERS, BALANCES, RATES),
        ),
        Sheet("reconciliation", "sheet.reconciliation", (EXCHANGE_DIFFERENCE, RECONCILIATION)),
        Sheet("progress", "sheet.progress", (ACTIVITY_PROGRESS, MILESTONES_REACHED)),
        Sheet("actuals", "sheet.actuals", (INDICATOR_ACTUALS, GROUPS_REACHED)),
        Sheet("pending", "sheet.pending", (PENDING, EARLIER)),
        Sheet("ineligible", "sheet.ineligible", (INELIGIBLE,)),
        Sheet("forecast", "sheet.forecast", (FORECAST,)),
        Sheet("lists", "sheet.lists"),
    ),
)
"""The key of a table is the name of its list in Finance or Progress, that of an input column its field there. Apart
from that: activity_progress is Progress.activities, indicator_actuals is Progress.indicators, groups_reached is
Progress.groups, milestones_reached is Progress.milestones, earlier is the date_paid of costs of other periods, and
forecast holds Finance.forecast and Finance.explanations. Nobody fills in rates: they stand in rates.csv. The form asks
for all of Finance but `requests`: programme staff ask for an instalment, with a report, and finance could only repeat
it."""

_SINCE: dict[int, frozenset[str]] = {
    2: frozenset({"interest", "returned", "exchange_difference", "reconciliation", "ineligible"}),
    3: frozenset({"milestones_reached", "earlier"}),
}
"""Version -> the sheets and tables that it brought."""
_COLUMNS_SINCE: dict[int, frozenset[tuple[str, str]]] = {
    2: frozenset({("balances", "converted")}),
    3: frozenset({("rates", "start"), ("rates", "partner")}),
    4: frozenset(("ineligible", key) for key in ("period", "line", "amount", "converted")),
}


def _take_back(version: int) -> Form:
    """The form as it was in an earlier version."""
    later = {key for since, keys in _SINCE.items() if since > version for key in keys}
    columns = {key for since, keys in _COLUMNS_SINCE.items() if since > version for key in keys}
    sheets = []
    for sheet in PERIOD.sheets:
        tables = tuple(
            replace(table, columns=tuple(x for x in table.columns if (table.key, x.key) not in columns))
            for table in sheet.tables
            if table.key not in later
        )
        if sheet.key not in later:
            sheets.append(replace(sheet, tables=tables))
    return Form(PERIOD.key, version, tuple(sheets))


OLDER = {(PERIOD.key, str(version)): _take_back(version) for version in range(1, PERIOD.version)}
"""Forms that are still out: (key, version) -> its shape then."""
