"""The page of `grants status --html`: all projects on one page, without network or scripts."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from grants.views.figures import format_date
from grants.views.status import Broken, ProjectStatus, say_counts, say_money


def write_status_page(statuses: Sequence[ProjectStatus | Broken], day: datetime.date) -> bytes:
    """The page in UTF-8, as of a day."""
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, loader=FileSystemLoader(Path(__file__).parent)
    )
    environment.filters |= {"money": say_money, "day": _say_day, "counts": say_counts}
    readable = [x for x in statuses if isinstance(x, ProjectStatus)]
    broken = [x for x in statuses if isinstance(x, Broken)]
    html = environment.get_template("status.html").render(projects=readable, broken=broken, today=day)
    return html.encode()


def _say_day(day: datetime.date) -> str:
    return format_date(day, "en")
