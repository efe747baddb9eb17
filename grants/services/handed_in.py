"""What the documents of reports that were handed in asked for, by the figures that were kept beside them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from grants.model.grant import Grant
from grants.model.records import PaymentRequest
from grants.services.inputs import FIGURES, OUT
from grants.services.manifest import hash_bytes, read_manifest


def read_handed_in(folder: Path, grant: Grant) -> dict[str, PaymentRequest | None]:
    """Report -> how its documents asked for an instalment (None: for nothing); only where they still are there.

    Why: costs that come late would otherwise change what was asked for, without a word.
    """
    found: dict[str, PaymentRequest | None] = {}
    for report in grant.reports:
        figures = _read_figures(folder / OUT / report.code) if report.submitted else None
        if figures is not None and figures.get("report") == report.code:
            try:
                amount = Decimal(figures["requested"])
                asked = {"instalment": figures["instalment"], "date": report.submitted, "amount": amount}
                found[report.code] = PaymentRequest.model_validate(asked) if amount else None
            except (KeyError, TypeError, InvalidOperation, ValidationError):
                continue  # of another version of the program: nothing is known of it
    return found


def _read_figures(folder: Path) -> Mapping[str, Any] | None:
    """The figures as the report was made; None where there are none, or other ones."""
    try:
        data = (folder / FIGURES).read_bytes()
        figures = json.loads(data)
    except (OSError, ValueError):
        return None
    made = (read_manifest(folder) or {"outputs": {}})["outputs"].get(FIGURES, {}).get("sha256")
    return figures if isinstance(figures, dict) and made == hash_bytes(data) else None
