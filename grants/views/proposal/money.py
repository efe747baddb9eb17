"""What it costs and who pays."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from grants.ledger.totals import HeadingTotal, LineTotal, Sum, Totals
from grants.model import Project
from grants.views.figures import format_amount, format_money, format_number, format_percent, format_short_date
from grants.views.proposal.context import (
    BudgetPart,
    GiftRow,
    HeadingRow,
    InstalmentRow,
    LineRow,
    MoneyPart,
    SourceRow,
    SumRow,
)
from grants.views.words import Words


class MoneyView:
    """The figures of one budget in one language."""

    def __init__(self, project: Project, totals: Totals, names: Mapping[str, str], words: Words) -> None:
        self.project = project
        self.totals = totals
        self.names = names
        self.words = words

    def view_money(self) -> MoneyPart:
        """The most quoted figures."""
        totals, currency, language = self.totals, self.project.budget.currency, self.words.language
        own = 100 - totals.donor_percent if totals.grand.total else Decimal(0)
        return {
            "total": format_money(totals.grand.total, currency, language),
            "grant": format_money(totals.grant, currency, language),
            "own": format_money(totals.own_contribution, currency, language),
            "grant_percent": format_percent(totals.donor_percent, language),
            "own_percent": format_percent(own, language),
        }

    def view_budget(self) -> BudgetPart:
        """The budget by heading and line."""
        first = self.totals.instalments[0].amount if self.totals.instalments else self.totals.grant
        return {
            "currency": self.project.budget.currency,
            "headings": [self._heading(part) for part in self.totals.headings],
            "sums": self._sums(),
            "total": self._sum(self.words.say("total"), self.totals.grand),
            "first_instalment": self._amount(first),
        }

    def _heading(self, part: HeadingTotal) -> HeadingRow:
        return {
            "code": part.heading.code,
            "title": self.words.read(part.heading.title),
            "grant": self._grant(part),
            "own": self._own(part),
            "total": self._amount(part.total),
            "percent": self._share(part.total),
            "lines": [self._line(line) for line in part.lines],
        }

    def _line(self, part: LineTotal) -> LineRow:
        line = part.line
        return {
            "code": line.code,
            "description": self.words.read(line.description),
            "unit": self.words.read(line.unit),
            "quantity": format_number(line.quantity, self.words.language),
            "unit_cost": self._unit_cost(line.unit_cost),
            "total": self._amount(part.total),
            "partner": self.names[line.partner],
            "activities": ", ".join(line.activities) or "–",
            "justification": self.words.read(line.justification) or "–",
        }

    def _sums(self) -> list[SumRow]:
        """Direct costs, then what is added to them; a rate of nothing is left out."""
        budget, say = self.project.budget, self.words.say
        sums = [self._sum(say("direct-costs"), self.totals.direct)]
        if budget.contingency:
            percent = format_percent(budget.contingency.percent, self.words.language)
            sums.append(self._sum(say("contingency", percent=percent), self.totals.contingency))
        if budget.indirect_costs:
            percent = format_percent(budget.indirect_costs.percent, self.words.language)
            sums.append(self._sum(say("indirect-costs", percent=percent), self.totals.indirect))
        return sums

    def _sum(self, label: str, part: Sum) -> SumRow:
        return {
            "label": label,
            "grant": self._grant(part),
            "own": self._own(part),
            "total": self._amount(part.total),
            "percent": self._share(part.total),
        }

    def view_sources(self) -> list[SourceRow]:
        """Who pays how much, in money."""
        return [
            {
                "name": self.words.read(source.name),
                "kind": self.words.say(f"source-{source.kind}"),
                "note": self.words.read(source.note),
                "amount": self._amount(self.totals.grand.by_source[source.code]),
                "percent": self._share(self.totals.grand.by_source[source.code]),
            }
            for source in self.project.budget.sources
            if not source.in_kind
        ]

    def view_gifts(self) -> list[GiftRow]:
        """What is given in kind."""
        names = {source.code: self.words.read(source.name) for source in self.project.budget.sources}
        return [
            {
                "source": names[gift.source],
                "description": self.words.read(gift.description),
                "valuation": self.words.read(gift.valuation),
                "value": self._amount(gift.value),
            }
            for gift in self.project.budget.in_kind
        ]

    def view_instalments(self) -> list[InstalmentRow]:
        """Payments asked for."""
        language = self.words.language
        return [
            {
                "code": part.instalment.code,
                "kind": self.words.say(f"instalment-{part.instalment.kind}"),
                "percent": format_percent(part.instalment.percent, language),
                "amount": self._amount(part.amount),
                "due": format_short_date(part.instalment.due, language) if part.instalment.due else "–",
                "condition": self.words.read(part.instalment.condition),
            }
            for part in self.totals.instalments
        ]

    def view_total_in_kind(self) -> str:
        """The value of all that is given in kind."""
        return self._amount(self.totals.in_kind)

    def _amount(self, amount: Decimal) -> str:
        return format_amount(amount, self.words.language)

    def _unit_cost(self, amount: Decimal) -> str:
        """Two decimals, or as many as it has: 0,40 and 0,0375."""
        exponent = amount.normalize().as_tuple().exponent
        fine = isinstance(exponent, int) and exponent < -2
        return format_number(amount, self.words.language) if fine else self._amount(amount)

    def _grant(self, part: Sum) -> str:
        return self._amount(part.by_source[self.totals.donor])

    def _own(self, part: Sum) -> str:
        return self._amount(part.total - part.by_source[self.totals.donor])

    def _share(self, amount: Decimal) -> str:
        whole = self.totals.grand.total
        return format_percent(amount * 100 / whole if whole else Decimal(0), self.words.language, 2)
