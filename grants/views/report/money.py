"""What was spent, asked and received; every amount is the ledger's."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from grants.ledger.balances import Balance, LineBalance
from grants.ledger.figures import list_asked
from grants.ledger.payments import list_planned
from grants.model.records import Receipt
from grants.views.figures import format_amount, format_money, format_percent, format_short_date
from grants.views.report.context import BalanceRow, BudgetPart, FundsRow, LineRow, MoneyPart, PaymentRow
from grants.views.report.source import ReportSource
from grants.views.words import Words

NOTHING = Decimal("0.00")


class ReportMoney:
    """The money of one report in one language."""

    def __init__(self, source: ReportSource, names: Mapping[str, str], words: Words) -> None:
        self.source = source
        self.names = names
        self.words = words
        self.books = source.accounts.books

    def view_money(self) -> MoneyPart:
        """The most quoted figures."""
        grand = self.books.grand
        return {
            "approved": self.say_money(grand.approved),
            "spent": self.say_money(grand.cumulative),
            "spent_current": self.say_money(grand.current),
            "spent_percent": self.say_percent(grand.percent),
            "unspent": self.say_money(grand.unspent),
            "received": self.say_money(sum(self.source.accounts.funds.received.values(), NOTHING)),
            "requested": self.say_money(self.source.accounts.next_payment.amount),
        }

    def view_budget(self) -> BudgetPart:
        """The execution of the budget, by heading, source and partner, and the lines that differ."""
        read, names = self.words.read, {x.code: self.words.read(x.name) for x in self.books.budget.sources}
        names |= {x.code: read(x.name) for x in self.source.project.budget.sources if x.code not in names}
        return {
            "currency": self.books.budget.currency,
            "headings": [self._row(x.heading.code, read(x.heading.title), x) for x in self.books.headings],
            "sums": self._sums(),
            "total": self._row("", self.words.say("total"), self.books.grand),
            "sources": [self._row(code, names[code], balance) for code, balance in self.books.by_source.items()],
            "partners": [self._row(code, self.names[code], balance) for code, balance in self.books.by_partner.items()],
            "lines": self._lines(),
        }

    def _sums(self) -> list[BalanceRow]:
        budget, say = self.books.budget, self.words.say
        sums = [self._row("", say("direct-costs"), self.books.direct)]
        if budget.contingency and self.books.has_contingency:
            label = say("contingency", percent=format_percent(budget.contingency.percent, self.words.language))
            sums.append(self._row("", label, self.books.contingency))
        if budget.indirect_costs:
            label = say("indirect-costs", percent=format_percent(budget.indirect_costs.percent, self.words.language))
            sums.append(self._row("", label, self.books.indirect))
        return sums

    def _row(self, code: str, label: str, balance: Balance) -> BalanceRow:
        return {
            "code": code,
            "label": label,
            "approved": self.say_amount(balance.approved),
            "prior": self.say_amount(balance.prior),
            "current": self.say_amount(balance.current),
            "cumulative": self.say_amount(balance.cumulative),
            "unspent": self.say_amount(balance.unspent),
            "percent": self.say_percent(balance.percent, 2),
        }

    def _lines(self) -> list[LineRow]:
        """Lines that differ and have an explanation, or that want one: they differ by more than the donor's limit."""
        explained = [(line, self.source.explain(line)) for line in self.books.lines if line.unspent]
        return [
            self._line(line, "–" if text is None else self.words.read(text))
            for line, text in explained
            if text is not None or self.source.is_far_off(line)
        ]

    def _line(self, line: LineBalance, explanation: str) -> LineRow:
        variation, percent = line.unspent, ""
        if self.source.report.kind == "final":
            variation = -line.unspent
            percent = self.say_percent(variation * 100 / line.approved if line.approved else None, 2)
        return {
            "code": line.line.code,
            "description": self.words.read(line.line.description),
            "approved": self.say_amount(line.approved),
            "cumulative": self.say_amount(line.cumulative),
            "variation": self.say_amount(variation),
            "percent": percent,
            "explanation": explanation,
        }

    def view_payments(self) -> list[PaymentRow]:
        """Every instalment: planned, asked for, received."""
        grant, received = self.source.project.grant, self._list_receipts()
        planned = list_planned(grant, self.source.report.end)
        return [
            {
                "code": x.code,
                "kind": self.words.say(f"instalment-{x.kind}"),
                "percent": format_percent(x.percent, self.words.language),
                "planned": self.say_amount(planned[x.code]),
                "asked": self._asked(x.code),
                "received": self.say_amount(self.source.accounts.funds.received[x.code]),
                "date": ", ".join(
                    format_short_date(y.date, self.words.language) for y in received if y.instalment == x.code
                )
                or "–",
            }
            for x in grant.instalments
        ]

    def view_payments_total(self) -> PaymentRow:
        """All instalments together."""
        accounts, grant = self.source.accounts, self.source.project.grant
        asked = list_asked(accounts)
        return {
            "code": "",
            "kind": self.words.say("total"),
            "percent": format_percent(sum((x.percent for x in grant.instalments), Decimal(0)), self.words.language),
            "planned": self.say_amount(sum(list_planned(grant, self.source.report.end).values(), NOTHING)),
            "asked": self.say_amount(sum(asked.values(), NOTHING)),
            "received": self.say_amount(sum(accounts.funds.received.values(), NOTHING)),
            "date": "",
        }

    def _asked(self, code: str) -> str:
        """What was asked for an instalment, and whether that is with this report."""
        accounts = self.source.accounts
        amount = list_asked(accounts).get(code)
        if amount is None:
            return "–"
        is_now = accounts.next_payment.instalment == code
        return self.say_amount(amount) + (f"\n{self.words.say('asked-now')}" if is_now else "")

    def name_requested(self) -> str:
        """The instalment that this report asks for, such as D3 (Balance); a dash for none."""
        code = self.source.accounts.next_payment.instalment
        kinds = (x.kind for x in self.source.project.grant.instalments if x.code == code)
        return next((f"{code} ({self.words.say(f'instalment-{kind}')})" for kind in kinds), "–")

    def _list_receipts(self) -> list[Receipt]:
        return [x for finance in self.source.finances for x in finance.received]

    def view_funds(self) -> list[FundsRow]:
        """The reconciliation: what came in is what was paid, given back and left."""
        funds = self.source.accounts.funds
        rows = [
            ("funds-received", sum(funds.received.values(), NOTHING), False),
            ("funds-own", sum(funds.own.values(), NOTHING), False),
            ("funds-interest", funds.interest, False),
            ("funds-income", funds.income, True),
            ("funds-advanced", funds.advanced, False),
            ("funds-exchange", funds.exchange_difference, False),
            ("funds-paid", funds.paid, False),
            ("funds-returned", funds.returned, False),
            ("funds-balance", funds.balance, False),
            ("funds-difference", funds.difference, True),
        ]
        optional = ("funds-interest", "funds-advanced", "funds-exchange", "funds-returned")
        return [
            {"label": self.words.say(label), "amount": self.say_amount(amount), "is_sum": is_sum}
            for label, amount, is_sum in rows
            if amount or label not in optional
        ]

    def say_amount(self, amount: Decimal) -> str:
        """An amount without its currency."""
        return format_amount(amount, self.words.language)

    def say_money(self, amount: Decimal) -> str:
        """An amount with its currency."""
        return format_money(amount, self.books.budget.currency, self.words.language)

    def say_percent(self, percent: Decimal | None, decimals: int | None = None) -> str:
        """A percentage to two decimals, as the workbook shows it; a dash of nothing. In a column always `decimals`."""
        return "–" if percent is None else format_percent(percent, self.words.language, decimals)
