"""A grant with two half-years and costs, for tests of the ledger; every figure is given in the test."""

from __future__ import annotations

import datetime
from dataclasses import replace
from decimal import Decimal
from typing import Any

from grants.model import Project
from grants.model.grant import Contract, Exchange, Grant, Instalment, ReportDue, ReportingPeriod
from grants.model.records import (
    Expenditure,
    Finance,
    PeriodRecords,
    Progress,
    Rate,
    Receipt,
    Records,
    SignedBudget,
)
from grants.model.scalars import Text
from tests.workbooks import SHELTER, load_sample

TEXT = Text({"": "x"})
DAY = datetime.date
H1 = ReportingPeriod(code="H1", start=DAY(2008, 1, 1), end=DAY(2008, 6, 30))
H2 = ReportingPeriod(code="H2", start=DAY(2008, 7, 1), end=DAY(2008, 12, 31))
INTERIM = ReportDue(code="I", kind="interim", title=TEXT, start=H1.start, end=H1.end, due=DAY(2008, 8, 29))
FINAL = ReportDue(code="F", kind="final", title=TEXT, start=H1.start, end=H2.end, due=DAY(2009, 3, 31))
CONTRACT = Contract(number="C", signed=DAY(2007, 12, 20), amount=Decimal("107615.25"))


def make_project(**grant: Any) -> Project:
    """The shelter's budget of 143,487.00, with instalments of 50, 40 and 10 per cent and two periods."""
    project = load_sample(SHELTER).project
    kinds = (("D1", "pre-financing", 50), ("D2", "interim", 40), ("D3", "balance", 10))
    given: dict[str, Any] = {
        "amount_requested": Decimal("107615.25"),
        "instalments": tuple(
            Instalment.model_validate({"code": code, "kind": kind, "percent": percent, "condition": "x"})
            for code, kind, percent in kinds
        ),
        "reports": (INTERIM, FINAL),
        "periods": (H1, H2),
        "contract": CONTRACT,
        "exchange": Exchange(method="average-of-period", source=TEXT),
    }
    return replace(project, grant=Grant.model_construct(**{**dict(Grant(**given)), **grant}))


def cost(amount: str | Decimal, line: str = "4.2", **given: Any) -> Expenditure:
    """A cost in euro of 15 March 2008, paid on that day."""
    fields: dict[str, Any] = {
        "voucher": "V1",
        "date": DAY(2008, 3, 15),
        "payee": "P",
        "description": "D",
        "line": line,
        "partner": "KLI",
        "amount": Decimal(amount),
        "currency": "EUR",
        "date_paid": DAY(2008, 3, 15),
    }
    return Expenditure(**{**fields, **given})


def make_records(
    first: list[Expenditure],
    second: list[Expenditure] | None = None,
    finances: tuple[Finance, Finance] = (Finance(), Finance()),
    rates: tuple[Rate, ...] = (),
    signed: tuple[SignedBudget, ...] = (),
) -> Records:
    """Records of both periods."""
    costs = (tuple(first), tuple(second or ()))
    periods = {
        period.code: PeriodRecords(period.code, own, finance, Progress())
        for period, own, finance in zip((H1, H2), costs, finances, strict=True)
    }
    return Records(signed, rates, periods)


def rates_of(*units: str, currency: str = "RSD") -> tuple[Rate, ...]:
    """Monthly rates from January 2008."""
    return tuple(
        Rate(
            currency=currency, month=f"2008-{month:02}", rate=Decimal(rate), source="invented", date=DAY(2008, month, 1)
        )
        for month, rate in enumerate(units, 1)
    )


def received(**amounts: str) -> Finance:
    """Instalments that arrived."""
    return Finance(
        received=tuple(
            Receipt(instalment=code, date=DAY(2008, 1, 31), amount=Decimal(amount)) for code, amount in amounts.items()
        )
    )
