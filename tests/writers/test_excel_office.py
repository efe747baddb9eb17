"""LibreOffice calculates every workbook anew and comes to what stands beside the formulas."""

import datetime
import re
from dataclasses import replace
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import Phase, given, settings

from grants.writers.excel import write_workbook
from tests.budgets import samples
from tests.views.test_budget_workbook import column_of, sheet_of
from tests.workbooks import (
    POLICE,
    SHELTER,
    STAMP,
    convert,
    fill_in,
    find_differences,
    list_formulas,
    load_sample,
    open_workbook,
    recalculate,
    strip_values,
)

pytestmark = pytest.mark.office


def row_of(view, table, code):
    return next(row.row - 1 for row in view.form.rows if (row.table, row.id) == (table, code))


def test_the_values_do_come_from_libreoffice():
    """A file without values comes back with some, and a formula that is not ours with its own."""
    view = load_sample(POLICE).view()
    data = strip_values(write_workbook(view, STAMP))
    assert not re.search(rb"</f><v>", data)
    assert open_workbook(data, values=True)["Summary"]["C15"].value is None
    summary = view.sheets[0]
    false = tuple(
        cell._replace(formula="=1+1") if cell.row == 14 and cell.column == 2 else cell for cell in summary.cells
    )
    (calculated,) = recalculate([replace(view, sheets=(replace(summary, cells=false), *view.sheets[1:]))])
    assert calculated["Summary"]["C15"].value == 2
    assert any("Summary!C15" in line for line in find_differences(view, calculated))


def test_every_formula_of_the_samples_comes_to_its_value():
    views = [
        load_sample(name).view(form, language)
        for name, form, language in product((SHELTER, POLICE), ("budget", "activities"), ("el", "en", "sr"))
    ]
    for view, calculated in zip(views, recalculate(views), strict=True):
        assert sum(1 for _ in list_formulas(view)) > 50
        assert find_differences(view, calculated) == []


def test_half_cents_are_rounded_up_as_in_the_ledger():
    """Products and shares that end in half a cent, which binary fractions cannot hold."""
    prices = ["0.01", "1.05", "1.005", "1.15", "2.675", "1234.57", "99999.99", "10.25", "64.45", "1000000.01"]
    quantities = ["1", "0.5", "0.25", "1.15", "2.675", "12", "1.0005"]
    shares = [("50", "50"), ("12.5", "87.5"), ("10", "90"), ("33.3333", "66.6667"), ("7.25", "92.75"), ("0.5", "99.5")]
    weights = [("1", "1", "1", "1"), ("0.5", "0", "0.5", "0"), ("2", "3", "3", "4"), ("0", "1", "0", "7")]
    lines = [
        {
            "code": f"L{number}",
            "heading": str(number % 3 + 1),
            "description": "x",
            "unit": "u",
            "quantity": Decimal(quantity),
            "unit_cost": Decimal(price),
            "partner": "KLI",
            "paid_by": dict(zip(("HA", "KLI"), map(Decimal, shares[number % len(shares)]), strict=True)),
            "phasing": {
                f"2008-Q{quarter}": Decimal(weight) for quarter, weight in enumerate(weights[number % len(weights)], 1)
            },
        }
        for number, (price, quantity) in enumerate(product(prices, quantities))
    ]
    sample = load_sample().with_budget(
        lines=lines,
        contingency={"percent": Decimal("2.5")},
        indirect_costs={"percent": Decimal("7.25"), "base": "direct-and-contingency"},
        total=None,
    )
    halves = [
        line
        for line in sample.totals.lines
        for share in line.shares.values()
        if line.total * share * 10 % 10 == 5 or line.line.quantity * line.line.unit_cost * 1000 % 10 == 5
    ]
    assert len(halves) > 30
    view = sample.view()
    assert find_differences(view, recalculate([view])[0]) == []


def test_any_budget_comes_to_what_the_ledger_says():
    views = []

    @settings(max_examples=6, deadline=None, phases=[Phase.generate], derandomize=True)
    @given(samples(most=25))
    def draw(sample):
        views.append(sample.view())

    draw()
    assert len(views) >= 6
    for view, calculated in zip(views, recalculate(views), strict=True):
        assert find_differences(view, calculated) == []


def test_a_spare_row_calculates_and_a_typed_share_holds_for_its_line_only():
    view = load_sample().view()
    row = row_of(view, "lines", "spare:2:1")
    texts = {
        "code": "2.9",
        "description": "Taxi",
        "unit": "ride",
        "quantity": Decimal("2.5"),
        "unit_cost": Decimal("10.01"),
    }
    typed = {(row, column_of(view, "lines", key)): value for key, value in texts.items()}
    typed |= {
        (row, column_of(view, "lines", f"share:{source}")): Decimal(share)
        for source, share in (("HA", "0.5"), ("KLI", "0.5"), ("AST", "0"))
    }
    (found,) = recalculate([fill_in(view, "Budget", typed)])
    budget, phasing = found["Budget"], found["Phasing"]

    def amount(sheet, table, key, at=row):
        return round(sheet.cell(at + 1, column_of(view, table, key) + 1).value, 2)

    assert amount(budget, "lines", "total") == 25.03
    assert [amount(budget, "lines", f"amount:{source}") for source in ("HA", "KLI", "AST")] == [12.52, 12.51, 0]
    assert [amount(phasing, "phasing", f"amount:2008-Q{quarter}") for quarter in (1, 2, 3, 4)] == [
        6.26,
        6.26,
        6.25,
        6.26,
    ]
    assert phasing.cell(row + 1, 2).value == "Taxi"
    assert found["Justification"].cell(row + 1, 2).value == "Taxi"
    indirect = row_of_total(view, "indirect")
    assert amount(budget, "lines", "total", indirect) == round(134125.03 * 0.07, 2)
    checks = [found["Summary"].cell(at, 7).value for at in range(15, 21)]
    assert checks == ["OK", "OK", "OK", "OK", "Differs", "OK"]  # the grant is no longer what is asked


def row_of_total(view, figure):
    return int(re.sub(r"\D", "", view.form.figures[figure].rpartition("!")[2])) - 1


def test_the_overall_share_moves_every_line_that_follows_it():
    view = load_sample().view()
    shares = {(5, 3): Decimal("0.5"), (6, 3): Decimal("0.5")}
    (found,) = recalculate([fill_in(view, "Sources of funding", shares)])
    row = row_of(view, "lines", "1.1.1")
    assert found["Budget"].cell(row + 1, column_of(view, "lines", "amount:HA") + 1).value == 9000
    row = row_of(view, "lines", "1.1.6")
    assert found["Budget"].cell(row + 1, column_of(view, "lines", "amount:HA") + 1).value == 6300


def test_checks_see_what_does_not_add_up():
    view = load_sample().view()
    row = row_of(view, "lines", "1.1.1")
    shares = fill_in(view, "Budget", {(row, column_of(view, "lines", "share:HA")): Decimal("0.80")})
    weights = {(row, column_of(view, "phasing", f"weight:2008-Q{quarter}")): Decimal(0) for quarter in (1, 2, 3, 4)}
    phasing = fill_in(view, "Phasing", weights)
    first = row_of(view, "instalments", "D1")
    instalments = fill_in(view, "Instalments", {(first, 2): Decimal("0.4")})
    asked = fill_in(view, "Instalments", {(3, 4): Decimal("100000.00")})
    verdicts = [
        [book["Summary"].cell(at, 7).value for at in range(15, 21)]
        for book in recalculate([shares, phasing, instalments, asked])
    ]
    ok, no = "OK", "Differs"
    assert verdicts == [
        [no, ok, ok, ok, no, ok],
        [ok, no, ok, no, ok, ok],
        [ok, ok, ok, ok, ok, no],
        [ok, ok, ok, ok, no, ok],
    ]


def test_instalments_of_half_a_cent_add_up():
    sample = load_sample()
    view = fill_in(
        sample.view(),
        "Instalments",
        {
            (row_of(sample.view(), "instalments", code), 2): Decimal(percent)
            for code, percent in (("D1", "0.5"), ("D2", "0.5"), ("D3", "0"))
        },
    )
    (found,) = recalculate([view])
    amounts = [found["Instalments"].cell(row_of(view, "instalments", code) + 1, 5).value for code in ("D1", "D2", "D3")]
    assert [round(amount, 2) for amount in amounts] == [53807.63, 53807.62, 0]


def test_indicators_add_up_or_take_the_latest_and_say_how_far():
    view = load_sample().view("activities")
    quarters = [column_of(view, "indicators", f"actual:2008-Q{quarter}") for quarter in (1, 2, 3, 4)]
    nights = row_of(view, "indicators", "Op1.1-2")
    percent = row_of(view, "indicators", "Oc1-1")
    women, men = (row_of(view, "indicators", f"Oc2-1:{sex}") for sex in ("women", "men"))
    typed = {(nights, quarters[0]): Decimal(600), (nights, quarters[1]): Decimal(600)}
    typed |= {(percent, quarters[0]): Decimal(20), (percent, quarters[2]): Decimal(45)}
    typed |= {(women, quarters[0]): Decimal(9), (men, quarters[0]): Decimal(2), (women, quarters[1]): Decimal(7)}
    (found,) = recalculate([fill_in(view, "Indicators", typed)])
    sheet = found["Indicators"]
    reached, share = (column_of(view, "indicators", key) + 1 for key in ("reached", "percent"))
    assert (sheet.cell(nights + 1, reached).value, sheet.cell(nights + 1, share).value) == (1200, 0.5)
    assert (sheet.cell(percent + 1, reached).value, sheet.cell(percent + 1, share).value) == (45, 0.75)
    both = row_of(view, "indicators", "Oc2-1")
    assert [sheet.cell(both + 1, quarter + 1).value for quarter in quarters] == [11, 7, None, None]
    assert sheet.cell(both + 1, reached).value == 18
    assert sheet.cell(women + 1, reached).value == 16


def test_the_diamond_follows_its_milestone():
    view = load_sample().view("activities")
    row = row_of(view, "milestones", "M3")
    typed = {(row, column_of(view, "milestones", "month")): datetime.date(2008, 2, 20)}
    (found,) = recalculate([fill_in(view, "Milestones", typed)])
    plan = row_of(view, "plan", "A3.1.1")
    marks = [
        found["Activity plan"].cell(plan + 1, column_of(view, "plan", f"month:2008-0{month}") + 1).value
        for month in (1, 2, 3)
    ]
    assert marks == [None, "◆", None]


def test_texts_of_users_stay_texts_in_libreoffice():
    sample = load_sample(POLICE)
    line = sample.project.budget.lines[0]
    risky = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x","y")']
    lines = [{**dict(line), "code": f"9.{n}", "description": text} for n, text in enumerate(risky)]
    view = sample.with_budget(lines=lines, total=None).view()
    (found,) = recalculate([view])
    for number, text in enumerate(risky):
        for sheet, table in (("Budget", "lines"), ("Phasing", "phasing"), ("Justification", "justification")):
            assert found[sheet].cell(row_of(view, table, f"9.{number}") + 1, 2).value.strip() == text.strip()


def test_saved_by_libreoffice_the_stamp_and_the_figures_are_still_read():
    from grants.ledger.figures import list_figures  # noqa: PLC0415
    from grants.readers.workbook import read_figures, read_form_stamp  # noqa: PLC0415

    sample = load_sample()
    view = sample.view("budget", "el")
    (saved,) = convert([write_workbook(view, STAMP)])
    assert read_form_stamp(saved) == view.form.with_facts(STAMP)
    assert read_figures(saved) == list_figures(sample.totals)


def test_every_sheet_prints_one_page_wide():
    import io  # noqa: PLC0415

    from pypdf import PdfReader  # noqa: PLC0415

    views = [load_sample().view(form, "el") for form in ("budget", "activities")]
    for view, pdf in zip(views, convert([write_workbook(view, STAMP) for view in views], "pdf"), strict=True):
        pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
        for sheet in view.sheets:
            shown = [page for page in pages if sheet.name in page]
            assert shown, sheet.name
        assert len(pages) <= 14
    budget = sheet_of(views[0], "budget")
    assert budget.print.landscape
