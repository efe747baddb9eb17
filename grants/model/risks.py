"""`risks.yaml`: what may go wrong and what is done about it."""

from __future__ import annotations

from typing import Literal

from grants.model.base import Model
from grants.model.scalars import Code, Many, Text

Level = Literal["low", "medium", "high"]


class Risk(Model):
    """A risk, how likely and how grave, and the answer to it."""

    code: Code
    description: Text
    likelihood: Level
    impact: Level
    mitigation: Text
    owner: Code | None = None


class Risks(Model):
    """`risks.yaml`."""

    risks: Many[Risk] = ()
