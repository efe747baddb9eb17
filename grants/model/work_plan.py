"""`work-plan.yaml`: activities, when, where, by whom (EU: action plan)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from grants.model.base import Model
from grants.model.scalars import Code, Many, Month, Text

Status = Literal["planned", "ongoing", "done", "delayed", "cancelled"]


class Milestone(Model):
    """A point in the timetable that can be seen from outside."""

    code: Code
    title: Text
    month: Month


class Activity(Model):
    """A piece of work. Without an output it serves the whole project (co-ordination, audit)."""

    code: Code
    title: Text
    description: Text
    output: Code | None = None
    partner: Code
    """The organisation responsible."""
    place: Text
    start: Month
    end: Month
    milestones: Many[Milestone] = ()
    deliverables: Many[Text] = ()
    means_of_verification: Text | None = None
    status: Status = "planned"


class WorkPlan(Model):
    """`work-plan.yaml`."""

    activities: Annotated[Many[Activity], Field(min_length=1)]
