"""What the documents of reports that were handed in asked for, by the figures that were kept beside them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from grants.model.grant import Grant
from grants.model.records import PaymentRequest
from grants.services.inputs import OUT
from grants.services.kept_figures import read_kept_figures
from grants.services.manifest import read_manifest


def read_handed_in(folder: Path, grant: Grant) -> dict[str, PaymentRequest | None]:
    """Report -> how its documents asked for an instalment (None: for nothing); only where they still are there.

    Why: costs that come late would otherwise change what was asked for, without a word.
    """
    found: dict[str, PaymentRequest | None] = {}
    for report in grant.reports:
        figures = _read_figures(folder / OUT / report.code) if report.submitted else {}
        if figures.get("report") == report.code:
            try:
                amount = Decimal(figures["requested"])
                asked = {"instalment": figures["instalment"], "date": report.submitted, "amount": amount}
                found[report.code] = PaymentRequest.model_validate(asked) if amount else None
            except (KeyError, TypeError, InvalidOperation, ValidationError):
                continue  # of another version of the program: nothing is known of it
    return found


def _read_figures(folder: Path) -> Mapping[str, Any]:
    """The figures as the report was made; none where they are other ones."""
    kept = read_kept_figures(folder, (read_manifest(folder) or {"outputs": {}})["outputs"])
    return kept.data if kept and kept.as_made else {}
