"""First templates, by the document that a donor's pack makes from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from grants.model.labels import Labels
from grants.writers.word.starter import make_starter
from grants.writers.word.starter_letters import make_cover_starter, make_modification_starter, make_payment_starter
from grants.writers.word.starter_report import make_report_starter

STARTERS: Mapping[str, Callable[[Labels, str], bytes]] = {
    "proposal": make_starter,
    "narrative-report": make_report_starter,
    "payment-request": make_payment_starter,
    "cover-letter": make_cover_starter,
    "modification-request": make_modification_starter,
}
"""Key of a document -> what makes a template in a language."""
