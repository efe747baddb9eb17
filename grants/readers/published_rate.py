"""A rate as a publisher gives it for a month."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Published:
    """Units of a currency for one euro in a month."""

    currency: str
    month: str
    rate: Decimal
    source: str
    """Who published it, and what it is: for the people who read the report."""
    file: str
    """Where it was read."""
