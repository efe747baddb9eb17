"""The form of the activities workbook: plan by month, milestones, logframe, indicator tracking."""

from __future__ import annotations

from grants.forms.columns import Column, Form, Sheet, Table

_NOTE = Column("note", "column.note", "note", 22, input=True, hint="hint.note")

PLAN = Table(
    "plan",
    (
        Column("code", "column.code", "text", 9, input=True, identifies=True, hint="hint.code"),
        Column("title", "column.activity", "text", 36, input=True),
        Column("output", "column.output", "choice", 9, input=True, choices="outputs", hint="hint.output"),
        Column("partner", "column.responsible", "choice", 12, input=True, choices="partners", hint="hint.partner"),
        Column("place", "column.place", "text", 16, input=True),
        Column("start", "column.start", "month", 11, input=True, hint="hint.month"),
        Column("end", "column.end", "month", 11, input=True, hint="hint.month"),
        Column("month", "column.month", "text", 4.6, per="month"),
        Column("status", "column.status", "choice", 17, input=True, choices="statuses", hint="hint.status"),
        _NOTE,
    ),
    spare=1,
)
MILESTONES = Table(
    "milestones",
    (
        Column("code", "column.code", "text", 9, input=True, identifies=True, hint="hint.code"),
        Column("activity", "column.activity_code", "choice", 14, input=True, choices="activities"),
        Column("title", "column.milestone", "text", 60, input=True),
        Column("month", "column.month_due", "month", 13, input=True, hint="hint.month"),
        Column("reached", "column.reached", "date", 14, input=True, hint="hint.date"),
        _NOTE,
    ),
    spare=5,
)
LOGFRAME = Table(
    "logframe",
    (
        Column("result", "column.result", "text", 34),
        Column("code", "column.code", "text", 9),
        Column("indicator", "column.indicator", "text", 34),
        Column("unit", "column.unit", "text", 15),
        Column("baseline", "column.baseline", "number", 10),
        Column("baseline_year", "column.year", "number", 7),
        Column("target", "column.target", "number", 10),
        Column("target_year", "column.year", "number", 7),
        Column("verification", "column.verification", "text", 32),
        Column("assumptions", "column.assumptions", "text", 32),
        _NOTE,
    ),
)
INDICATORS = Table(
    "indicators",
    (
        Column("code", "column.code", "text", 9),
        Column("indicator", "column.indicator", "text", 40),
        Column("unit", "column.unit", "text", 15),
        Column("sex", "column.sex", "text", 10),
        Column("baseline", "column.baseline", "number", 11, input=True, hint="hint.figure"),
        Column("target", "column.target", "number", 11, input=True, hint="hint.figure"),
        Column("actual", "column.actual", "number", 10, input=True, per="period", hint="hint.actual"),
        Column("method", "column.method", "choice", 13.5, input=True, choices="methods", hint="hint.method"),
        Column("reached", "column.reached_so_far", "number", 11),
        Column("percent", "column.percent_reached", "percent", 10),
        _NOTE,
    ),
)

ACTIVITIES = Form(
    "activities",
    1,
    (
        Sheet("plan", "sheet.plan", (PLAN,)),
        Sheet("milestones", "sheet.milestones", (MILESTONES,)),
        Sheet("logframe", "sheet.logframe", (LOGFRAME,)),
        Sheet("indicators", "sheet.indicators", (INDICATORS,)),
        Sheet("lists", "sheet.lists"),
        Sheet("how_to", "sheet.how_to"),
    ),
)
