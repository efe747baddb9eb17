"""Do the records fit the project? Lines, partners, sources, activities, indicators that exist; unique rates.

As in integrity.py, each check yields findings whose place is a path, here in the records.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from grants.errors import Finding, Path, Place, suggest
from grants.model import Project
from grants.model.records import SMALLEST_RATE, Finance, PeriodRecords, Progress, Records
from grants.model.refusals import find_refused
from grants.readers.counts import find_wrong_counts


@dataclass(frozen=True, slots=True)
class _Known:
    """The codes that records may name: kind -> codes, in the order of the definition."""

    codes: dict[str, dict[str, None]]

    def check(self, kind: str, code: str | None, path: Path) -> Iterator[Finding]:
        """A finding where there is no such part."""
        if code is not None and code not in self.codes[kind]:
            message = f"There is no {kind} `{code}`."
            yield Finding("REC-020", Place(path=path), message, suggest(code, self.codes[kind]), code)


def find_broken_records(project: Project, records: Records) -> Iterator[Finding]:
    """Every fault between the records and the definition, and inside them."""
    known = _list_known(project, records)
    yield from _check_rates(records, project.budget.currency)
    for code, period in records.periods.items():
        yield from _check_folder(project, code)
        yield from _check_costs(period, known)
        yield from _check_finance(period.finance, known, records, ("periods", code, "finance"))
        yield from _check_progress(period.progress, known, ("periods", code, "progress"))
        yield from find_wrong_counts(project, period)


def _list_known(project: Project, records: Records) -> _Known:
    """Budget lines and sources of funding are also those of every signed budget."""
    budgets = (project.budget, *(signed.budget for signed in records.signed))
    activities = project.work_plan.activities
    codes = {
        "budget line": [line.code for budget in budgets for line in budget.lines],
        "source of funding in money": [x.code for budget in budgets for x in budget.sources if not x.in_kind],
        "organisation": [organisation.code for organisation in project.organisations],
        "instalment": [instalment.code for instalment in project.grant.instalments],
        "activity": [activity.code for activity in activities],
        "milestone": [milestone.code for activity in activities for milestone in activity.milestones],
        "indicator": [indicator.code for indicator in project.logframe.indicators],
        "target group": [group.code for group in project.sheet.target_groups],
    }
    return _Known({kind: dict.fromkeys(found) for kind, found in codes.items()})


def _check_folder(project: Project, code: str) -> Iterator[Finding]:
    known = [period.code for period in project.grant.reporting_periods]
    known += [report.code for report in project.grant.reports]
    if code not in known:
        message = f"There is no reporting period and no report `{code}`."
        yield Finding("REC-021", Place(f"periods/{code}"), message, suggest(code, known), code)


def _check_costs(period: PeriodRecords, known: _Known) -> Iterator[Finding]:
    lines, partners = known.codes["budget line"], known.codes["organisation"]
    sources = known.codes["source of funding in money"]
    for i, cost in enumerate(period.expenditures):
        if cost.line in lines and cost.partner in partners and (cost.source is None or cost.source in sources):
            if cost.amount.as_tuple().exponent < -2:  # type: ignore[operator]  # never NaN
                yield _say_decimals(("periods", period.code, "expenditures", i, "amount"), cost.amount)
            continue
        path: Path = ("periods", period.code, "expenditures", i)
        yield from known.check("budget line", cost.line, (*path, "line"))
        yield from known.check("organisation", cost.partner, (*path, "partner"))
        yield from known.check("source of funding in money", cost.source, (*path, "source"))


def _check_finance(finance: Finance, known: _Known, records: Records, root: Path) -> Iterator[Finding]:
    for i, receipt in enumerate(finance.received):
        yield from known.check("instalment", receipt.instalment, (*root, "received", i, "instalment"))
    for i, request in enumerate(finance.requests):
        yield from known.check("instalment", request.instalment, (*root, "requests", i, "instalment"))
    for i, gift in enumerate(finance.own_contributions):
        yield from known.check("source of funding in money", gift.source, (*root, "own_contributions", i, "source"))
    for i, transfer in enumerate(finance.transfers):
        yield from known.check("organisation", transfer.partner, (*root, "transfers", i, "partner"))
    for i, pending in enumerate(finance.pending):
        yield from known.check("budget line", pending.line, (*root, "pending", i, "line"))
    for name, codes in (("forecast", finance.forecast), ("explanations", finance.explanations)):
        for line in codes:
            yield from known.check("budget line", line, (*root, name, line))
    if finance.ineligible:
        yield from _check_ineligible(finance, known, records, root)


def _check_ineligible(finance: Finance, known: _Known, records: Records, root: Path) -> Iterator[Finding]:
    """A cost that is not accepted and stands in no list would be a sum that nobody can find."""
    vouchers: dict[str, dict[str, None]] = {}
    for period in records.periods.values():
        for cost in period.expenditures:
            vouchers.setdefault(cost.partner, {})[cost.voucher] = None
    for i, refused in enumerate(finance.ineligible):
        path: Path = (*root, "ineligible", i)
        yield from known.check("organisation", refused.partner, (*path, "partner"))
        own = vouchers.get(refused.partner, {})
        _, doubt = find_refused(records, str(root[1]), refused)
        if doubt is None or refused.partner not in known.codes["organisation"]:
            continue
        if refused.voucher not in own:
            column, message = "voucher", f"{refused.partner} has no voucher `{refused.voucher}` in any period."
            remedy = suggest(refused.voucher, own, "Write the number as it stands in expenditures.csv.")
        else:
            column = {"amount": "amount", "unknown": "period" if refused.period else "line"}.get(doubt, "voucher")
            message, remedy = _DOUBTS[doubt]
            message = f"Voucher {refused.voucher} of {refused.partner}: {message}"
        yield Finding("REC-022", Place(path=(*path, column)), message, remedy, str(getattr(refused, column)))


_DOUBTS = {
    "unknown": ("no such row is in that period, on that line.", "Correct `period` or `line`, or leave it out."),
    "periods": ("the number stands in several periods.", "Say which under `period`."),
    "rows": ("a part is refused, but the voucher has several rows.", "Say under `line` of which; one row each."),
    "amount": ("more is refused than the row has.", "Correct `amount`, in the currency of the row; or leave it out."),
}


def _check_progress(progress: Progress, known: _Known, root: Path) -> Iterator[Finding]:
    named = (
        ("activities", progress.activities, "activity"),
        ("milestones", progress.milestones, "milestone"),
        ("indicators", progress.indicators, "indicator"),
        ("groups", progress.groups, "target group"),
    )
    for part, codes, kind in named:
        for code in codes:
            yield from known.check(kind, code, (*root, part, code))
    for i, asset in enumerate(progress.assets):
        yield from known.check("budget line", asset.line, (*root, "assets", i, "line"))


def _check_rates(records: Records, currency: str) -> Iterator[Finding]:
    seen: set[tuple[str, str]] = set()
    for i, rate in enumerate(records.rates):
        if rate.currency == currency:
            message = f"The budget is in {currency} itself; such a rate would never be used."
            yield Finding("RATE-003", Place(path=("rates", i, "currency")), message, "Take the row out.", currency)
        elif (rate.currency, rate.month) in seen:
            message = f"There are two rates of {rate.currency} for {rate.month}."
            yield Finding("RATE-001", Place(path=("rates", i, "month")), message, "Keep the published one.", rate.month)
        elif rate.rate < SMALLEST_RATE:
            message = "A rate of zero, or nearly, converts nothing."
            remedy = f"Write how many {rate.currency} are one {currency}."
            yield Finding("RATE-002", Place(path=("rates", i, "rate")), message, remedy, f"{rate.rate:f}")
        seen.add((rate.currency, rate.month))


def _say_decimals(path: Path, amount: Decimal) -> Finding:
    message = "The amount has more than two decimals: is the point meant to separate thousands?"
    remedy = f"Write {amount.scaleb(3):.0f} if it is; else round it to the cent."
    return Finding("REC-023", Place(path=path), message, remedy, f"{amount:f}")
