"""The form of the budget workbook: lines, phasing, justification, sources of funding, instalments."""

from __future__ import annotations

from grants.forms.columns import Column, Form, Sheet, Table

_CODE = Column("code", "column.code", "text", 8, input=True, identifies=True, hint="hint.code")
_TOTAL = Column("total", "column.total", "money", 13)
_CHECK = Column("check", "column.check", "text", 9.5)
_NOTE = Column("note", "column.note", "note", 22, input=True, hint="hint.note")

LINES = Table(
    "lines",
    (
        _CODE,
        Column("description", "column.description", "text", 33, input=True),
        Column("unit", "column.unit", "text", 10.5, input=True, hint="hint.unit"),
        Column("quantity", "column.quantity", "number", 10.5, input=True, hint="hint.quantity"),
        Column("unit_cost", "column.unit_cost", "money", 11, input=True, hint="hint.unit_cost"),
        _TOTAL,
        Column("partner", "column.partner", "choice", 10, input=True, choices="partners", hint="hint.partner"),
        Column("activities", "column.activities", "text", 15, input=True, hint="hint.activities"),
        Column("share", "column.share", "percent", 10.5, input=True, per="source", hint="hint.share"),
        Column("amount", "column.amount", "money", 13, per="source"),
        _CHECK,
        _NOTE,
    ),
    spare=2,
)
PHASING = Table(
    "phasing",
    (
        Column("code", "column.code", "text", 8),
        Column("description", "column.description", "text", 36),
        _TOTAL,
        Column("weight", "column.weight", "number", 9, input=True, per="quarter", hint="hint.weight"),
        Column("amount", "column.amount_by_quarter", "money", 13, per="quarter"),
        _CHECK,
        _NOTE,
    ),
    spare=2,
)
JUSTIFICATION = Table(
    "justification",
    (
        Column("code", "column.code", "text", 8),
        Column("description", "column.description", "text", 34),
        _TOTAL,
        Column("justification", "column.justification", "text", 78, input=True, hint="hint.justification"),
        _NOTE,
    ),
    spare=2,
)
SOURCES = Table(
    "sources",
    (
        Column("code", "column.code", "text", 14),
        Column("name", "column.source", "text", 42),
        Column("kind", "column.kind", "text", 30),
        Column("share", "column.overall_share", "percent", 14, input=True, hint="hint.overall_share"),
        Column("amount", "column.amount_of_source", "money", 16),
        Column("part", "column.part_of_total", "percent", 14),
        _NOTE,
    ),
)
IN_KIND = Table(
    "in_kind",
    (
        Column("source", "column.source_code", "choice", 14, input=True, choices="in_kind_sources"),
        Column("description", "column.description", "text", 44, input=True),
        Column("valuation", "column.valuation", "text", 46, input=True, hint="hint.valuation"),
        Column("value", "column.value", "money", 14, input=True, hint="hint.value"),
        _NOTE,
    ),
    spare=2,
)
INSTALMENTS = Table(
    "instalments",
    (
        Column("code", "column.code", "text", 8, input=True, identifies=True, hint="hint.code"),
        Column("kind", "column.instalment", "choice", 20, input=True, choices="instalment_kinds"),
        Column("percent", "column.percent", "percent", 11, input=True, hint="hint.percent"),
        Column("due", "column.due", "date", 13, input=True, hint="hint.date"),
        Column("amount", "column.amount_due", "money", 16),
        Column("condition", "column.condition", "text", 56, input=True),
        _NOTE,
    ),
    spare=2,
)

BUDGET = Form(
    "budget",
    1,
    (
        Sheet("summary", "sheet.summary"),
        Sheet("budget", "sheet.budget", (LINES,)),
        Sheet("phasing", "sheet.phasing", (PHASING,)),
        Sheet("justification", "sheet.justification", (JUSTIFICATION,)),
        Sheet("sources", "sheet.sources", (SOURCES, IN_KIND)),
        Sheet("instalments", "sheet.instalments", (INSTALMENTS,)),
        Sheet("lists", "sheet.lists"),
        Sheet("how_to", "sheet.how_to"),
    ),
)
