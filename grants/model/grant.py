"""`grant.yaml`: what is asked of the donor, in which instalments, with which reports and papers."""

from __future__ import annotations

from typing import Literal

from grants.model.base import Model
from grants.model.scalars import Amount, Code, Date, Folder, Many, Percent, Text, Word


class Instalment(Model):
    """A payment of the donor (EU: pre-financing, interim, balance)."""

    code: Code
    kind: Literal["pre-financing", "interim", "balance"]
    percent: Percent
    due: Date | None = None
    condition: Text


class ReportDue(Model):
    """A report of the calendar."""

    code: Code
    kind: Literal["interim", "final", "completion", "audit", "evaluation"]
    title: Text
    start: Date
    end: Date
    due: Date


class Annex(Model):
    """A paper the donor wants with the proposal, and where it stands."""

    code: Folder
    status: Literal["attached", "requested", "missing", "not applicable"]
    reference: Text | None = None
    date: Date | None = None
    expires: Date | None = None


class Guarantee(Model):
    """A bank's letter of guarantee."""

    bank: Text
    amount: Amount
    expires: Date


class Contract(Model):
    """The signed grant."""

    number: Word
    signed: Date
    amount: Amount
    guarantee: Guarantee | None = None


class Grant(Model):
    """`grant.yaml`."""

    amount_requested: Amount
    instalments: Many[Instalment] = ()
    reports: Many[ReportDue] = ()
    annexes: Many[Annex] = ()
    contract: Contract | None = None
