"""What a donor's rules set as limits, for arithmetic and documents. None: the donor has no such rule."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Limits:
    """Read from the parameters of the donor's rules that hold for a project, so that each stands in one place."""

    smallest_count: int = 5
    """A count of persons below it is not printed."""
    transfer_percent: Decimal | None = None
    """By how much of its signed amount a heading may move without an amendment, in per cent."""
    next_payment_percent: Decimal | None = None
    """How much of the last payment is to be used before the next is paid in full, in per cent."""
    prefinancing_percent: Decimal | None = None
    """The most that is paid before the final report, in per cent of the grant."""
    pending_over: Decimal | None = None
    """Unpaid costs above it are listed one by one."""
    explain_over_percent: Decimal | None = None
    """A variation above it is explained, in per cent."""
    retention_years: int | None = None
    """How long records are kept after the final payment."""
