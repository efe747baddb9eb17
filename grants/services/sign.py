"""`grants sign`: keep the budget as it was signed, once and for all."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from grants.errors import Finding, Place, UnusableError, UsageError
from grants.ledger.totals import Totals, add_up
from grants.model import Project
from grants.model.grant import Contract
from grants.model.money import round_to_cent
from grants.readers.project import ProjectFiles, read_project
from grants.readers.signed import SIGNED, list_signatures, name_signed
from grants.writers.files import write_whole

BUDGET = "budget.yaml"


@dataclass(frozen=True, slots=True)
class Signed:
    """What was kept."""

    file: Path
    what: str
    """The contract, or which amendment, and when it was signed."""
    grant: str
    """The donor's part of the budget, with its currency."""


def sign_budget(folder: Path, amendment: str | None) -> Signed:
    """Copy budget.yaml, byte for byte, to signed/contract.yaml or signed/amendment-<number>.yaml.

    Raises UsageError where grant.yaml has no such contract or amendment, or where the file is there already, and
    UnusableError where the budget asks another amount of the donor than the contract gives.
    """
    raw = (folder / BUDGET).read_bytes() if (folder / BUDGET).is_file() else b""
    project, files, findings = read_project(folder)
    if project is None:
        raise UnusableError("The definition has errors; nothing was signed.", "Mend them first.", findings)
    contract = _find_signature(project, amendment)
    target = folder / SIGNED / f"{name_signed(amendment)}.yaml"
    if target.exists():
        raise UsageError(
            f"{SIGNED}/{target.name} is there already, and what was signed is never changed.",
            "A later change of the budget is an amendment: add it to grant.yaml and give its number.",
        )
    if finding := _compare(project, contract, amendment, files):
        raise UnusableError("The budget is not the one that was signed; nothing was written.", "", [finding])
    write_whole({target: raw})
    what = "the contract" if amendment is None else f"amendment {amendment}"
    day = list_signatures(project.grant)[name_signed(amendment)][1]
    return Signed(target, f"{what} of {day}", f"{add_up(project).grant:,} {project.budget.currency}")


def _find_signature(project: Project, amendment: str | None) -> Contract:
    contract = project.grant.contract
    if contract is None:
        raise UsageError(
            "grant.yaml names no contract.", "Add `contract` with its number, the day of signature and the amount."
        )
    known = [x.number for x in contract.amendments]
    if amendment is not None and amendment not in known:
        raise UsageError(
            f"grant.yaml names no amendment {amendment}.",
            f"Amendments there: {', '.join(known) or 'none'}. Add it with the day of signature and the reason.",
        )
    return contract


def _compare(project: Project, contract: Contract, amendment: str | None, files: ProjectFiles) -> Finding | None:
    """Whether the donor's part of the budget is the amount that was agreed on the day of signature."""
    totals = add_up(project)
    number = next((i for i, x in enumerate(contract.amendments) if x.number == amendment), None)
    day = contract.signed if number is None else contract.amendments[number].signed
    amount = contract.amount if number is None else contract.amount_on(day)
    if totals.grant == amount:
        return None
    what = "The contract" if number is None else f"With amendment {amendment} the donor"
    message = f"{what} gives {amount:,}, and the donor's part of the budget is {totals.grant:,}."
    where = ("amount",) if number is None else ("amendments", number)
    place = Place(path=("grant", "contract", *where))
    return files.locate(
        Finding("REC-013", place, message, _advise(totals, amount, amendment), f"{amount:,} and {totals.grant:,}")
    )


def _advise(totals: Totals, amount: Decimal, amendment: str | None) -> str:
    """What to do about a difference: of a few cents by rounding, or because the grant changes."""
    more, share = amount - totals.grant, totals.donor_percent
    costs = f", that is about {round_to_cent(abs(more) * 100 / share):,} of costs" if share else ""
    remedy = (
        f"The donor's part lacks {more:,}{costs}." if more > 0 else f"The donor's part is {-more:,} too high{costs}."
    )
    remedy += (
        " It is the sum of its shares of all lines, each rounded to the cent, so moves between lines may leave a "
        "little: put it right in the unit cost of a line with quantity 1."
    )
    if amendment is None:
        return f"{remedy} If the contract gives another amount, correct it there."
    return f"{remedy} If the amendment changes the grant, give it `amount: {totals.grant}`."
