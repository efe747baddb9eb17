"""A Word document as a view: everything its template may print, its prose and charts, and the figures it must show."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from grants.model.rich_text import RichText
from grants.views.blocks import Chart

Context = TypeVar("Context", bound=Mapping[str, object])
Rows = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Properties:
    """What a file manager shows of the document."""

    title: str
    subject: str
    author: str
    keywords: str
    date: datetime.date


@dataclass(frozen=True, slots=True)
class DocumentView(Generic[Context]):
    """A document in one language."""

    language: str
    context: Context
    prose: Mapping[str, RichText]
    """Key of a section, with _ for a hyphen -> its blocks, figures filled in."""
    charts: Mapping[str, Chart]
    properties: Properties
    proof_rows: Mapping[str, tuple[str, ...]]
    """Name of a figure of the ledger -> texts that one row of a table must show."""
    printed_by: Mapping[str, str] = field(default_factory=dict)
    """Kind of figure, before the colon of its name -> the list a template prints it by; "": every template must."""


def name_section(key: str) -> str:
    """The key of a section as a template writes it: target-groups is target_groups."""
    return key.replace("-", "_")
