"""The form of a period with many costs: ten times as many may take little more than ten times as long."""

from __future__ import annotations

from decimal import Decimal

from grants.model.records import Records
from tests.bench.rows import Row, measure, print_rows
from tests.views.test_period_workbook import view, with_costs

MANY, FEW = 20_000, 2_000


def measure_form() -> list[Row]:
    """Many costs against a tenth of them."""
    many, few = make_records(MANY), make_records(FEW)
    name = f"form: {MANY:,} costs / {FEW:,} costs"
    return [measure(name, lambda: view(records=many), lambda: view(records=few), 13.0, rounds=3)]


def make_records(number: int) -> Records:
    """So many costs in one period, each another one."""
    return with_costs(
        *({"voucher": f"N{n}", "date": "2008-05-02", "amount": Decimal(n % 977 + 1)} for n in range(number))
    )


if __name__ == "__main__":
    print_rows(measure_form())
