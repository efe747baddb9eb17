"""What stops a message, and what goes out of it because outbox.yaml allows it."""

from __future__ import annotations

from collections.abc import Sequence

from grants.errors import Finding
from grants.model.inspected import Inspected
from grants.model.mail import Allowed
from grants.model.message import LetThrough
from grants.rules.limits import read_limits
from grants.rules.privacy import check_privacy
from grants.services.load import Usable


def look_into(
    usable: Usable, inspected: Sequence[Inspected], allowed: Sequence[Allowed]
) -> tuple[list[Finding], tuple[LetThrough, ...]]:
    """The findings about files and message; and those that there would be, were nothing allowed."""
    least = read_limits(usable.project, usable.donor, usable.common).smallest_count

    def check(exceptions: Sequence[Allowed]) -> list[Finding]:
        return check_privacy(usable.project, usable.donor, usable.never_print, inspected, exceptions, least)

    findings = check(allowed)
    if not allowed:
        return findings, ()
    excused = dict.fromkeys(finding for finding in check(()) if finding not in findings)
    alone = [(entry, check([entry])) for entry in allowed]
    through = []
    for finding in excused:
        by = [entry for entry, left in alone if finding not in left] or allowed
        reasons = "; ".join(f"“{entry.text}”: {entry.reason}" for entry in by)
        through.append(LetThrough(finding.code, str(finding.place), finding.message, finding.found or "", reasons))
    return findings, tuple(through)
