"""What a narrative report says, and what it never says."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grants.ledger.figures import list_report_figures
from grants.model.limits import Limits
from grants.model.logframe import Indicator
from grants.model.records import ActivityProgress, Actual, GroupReached, Receipt, Story
from grants.model.rich_text import Paragraph, Run
from grants.model.scalars import Text
from grants.views.figures import format_money, format_period
from grants.views.proposal.charts import MONTH
from grants.views.report import ReportSource, ReportView, view_narrative_report
from grants.views.report.context import WorkPart
from grants.views.report.figures import name_text_figures
from grants.views.report.money import ReportMoney
from grants.views.words import Words
from tests.ledger.cases import cost
from tests.reports import (
    FINAL,
    INTERIM,
    LANGUAGES,
    ROOT,
    load_labels,
    load_source,
    with_costs,
    with_finance,
    with_limits,
    with_progress,
)


def view(source: ReportSource, language: str = "en") -> ReportView:
    return view_narrative_report(source, load_labels(), language)


def plain(text: str) -> str:
    """With ordinary spaces."""
    return " ".join(text.split())


def test_the_most_quoted_figures_are_the_ledgers() -> None:
    money = {name: plain(str(text)) for name, text in view(load_source(FINAL), "el").context["money"].items()}
    assert money["approved"] == "13.910,00 €"
    assert money["spent"] == "13.856,50 €"
    assert money["spent_percent"] == "99,62%"
    assert money["requested"] == "1.003,13 €"


@pytest.mark.parametrize("report", [INTERIM, FINAL])
def test_every_row_of_the_budget_adds_up(report: str) -> None:
    budget = view(load_source(report)).context["budget"]
    for row in (*budget["headings"], *budget["sums"], budget["total"], *budget["sources"], *budget["partners"]):
        approved, prior, current, cumulative, unspent = (
            Decimal(str(row[name]).replace(",", ""))  # type: ignore[literal-required]
            for name in ("approved", "prior", "current", "cumulative", "unspent")
        )
        assert prior + current == cumulative
        assert approved - cumulative == unspent


def list_explained(source: ReportSource) -> dict[str, str]:
    return {row["code"]: row["explanation"] for row in view(source).context["budget"]["lines"]}


def test_what_explained_a_line_earlier_is_over_once_it_differs_no_more() -> None:
    said, source = {"1.1": Text({"": "Later."}), "2.1": Text({"": "Cheaper."})}, load_source(FINAL)
    told = with_finance(source, INTERIM, explanations=said)
    assert list_explained(told) == {}  # 2.1 differs by 5 % in the end, 1.1 by nothing
    assert list_explained(with_finance(source, "2008-Q2", explanations=said)) == {"2.1": "Cheaper."}
    strict = replace(source.limits, explain_over_percent=Decimal(4))
    assert list_explained(with_limits(told, strict)) == {"2.1": "Cheaper."}
    assert list_explained(with_limits(source, strict)) == {"2.1": "–"}


def test_a_line_without_budget_and_costs_needs_no_words() -> None:
    source = load_source(FINAL)
    line = source.project.budget.lines[0].model_copy(update={"code": "1.9", "quantity": Decimal(0)})
    budget = source.project.budget.model_copy(update={"lines": (*source.project.budget.lines, line)})
    source = replace(source, project=replace(source.project, budget=budget))
    told = with_finance(source, "2008-Q2", explanations={"1.9": Text({"": "Never begun."})})
    assert "1.9" in {x.line.code for x in told.accounts.books.lines}
    assert list_explained(told) == {}


def test_a_line_that_is_overspent_is_told_before_the_end_too() -> None:
    source = load_source(INTERIM)
    dear = cost("1200.00", "2.1", partner="SAM", date=date(2008, 3, 1))
    told = with_costs(source, INTERIM, dear)
    assert list_explained(told) == {"2.1": "–"}
    assert list_explained(source) == {}


def test_an_interim_report_says_what_is_unspent_and_a_final_one_how_far_a_line_is_off() -> None:
    said = {"2.1": Text({"": "Flights in May."})}
    before = view(with_finance(load_source(INTERIM), INTERIM, explanations=said)).context["budget"]
    end = view(with_finance(load_source(FINAL), "2008-Q2", explanations=said)).context["budget"]
    rows = [budget["lines"][0] for budget in (before, end)]
    assert [(row["variation"], row["percent"].replace("\u00a0", " ")) for row in rows] == [
        ("1,000.00", ""),
        ("-50.00", "-5.00 %"),
    ]
    labels = [view(load_source(report)).context["columns"]["difference"] for report in (INTERIM, FINAL)]
    assert labels == ["Unspent", "Variation"]


@pytest.mark.parametrize(("language", "words"), [("en", "EUR\u00a013,910.00"), ("el", "13.910,00\u00a0€")])
def test_no_line_ends_between_an_amount_and_its_currency(language: str, words: str) -> None:
    assert format_money(Decimal("13910.00"), "EUR", language) == words


def test_the_percentages_of_a_column_have_the_same_decimals() -> None:
    context = view(load_source(FINAL)).context
    budget, results = context["budget"], context["results"]
    rows = [*budget["headings"], *budget["sums"], budget["total"], *budget["sources"], *budget["partners"]]
    assert {len(row["percent"].partition(".")[2]) for row in rows} == {len("62\u00a0%")}
    reached = [row["percent"] for result in results for row in result["indicators"] if row["percent"][0].isdigit()]
    assert reached
    assert {len(percent.partition(".")[2]) for percent in reached} == {len("6\u00a0%")}


def test_instalments_are_added_up() -> None:
    total = view(load_source(FINAL)).context["payments_total"]
    assert (total["planned"], total["asked"], total["received"]) == ("10,432.50", "5,176.13", "9,389.25")
    assert total["percent"].replace("\u00a0", " ") == "100 %"


def test_a_heading_without_lines_has_no_row_and_its_figure_is_still_known() -> None:
    source = load_source(FINAL)
    empty = source.project.budget.headings[0].model_copy(update={"code": "7"})
    budget = source.project.budget.model_copy(update={"headings": (*source.project.budget.headings, empty)})
    source = replace(source, project=replace(source.project, budget=budget))
    source = with_limits(source, source.limits)
    shown = view(source).context["budget"]["headings"]
    assert [row["code"] for row in shown] == ["1", "2", "5"]
    money = ReportMoney(source, {}, Words(load_labels(), "en", LANGUAGES))
    assert plain(name_text_figures(source, money)["spent_7"]) == "EUR 0.00"


def test_an_account_below_zero_is_an_advance_with_its_own_words() -> None:
    source = load_source(FINAL)
    (account,) = source.records.periods["2008-Q2"].finance.balances
    debt = account.model_copy(update={"amount": Decimal("-8200.00")})
    rows = view(with_finance(source, "2008-Q2", balances=(account, debt))).context["funds"]
    amounts = {row["label"]: row["amount"] for row in rows}
    assert amounts["Advanced by the organisations until instalments arrive"] == "8,200.00"
    assert amounts["Balance of accounts and cash"] == "1,396.88"
    assert not any("Advanced" in row["label"] for row in view(source).context["funds"])


def test_the_rows_to_be_proven_are_made_of_the_ledgers_list() -> None:
    source = load_source(FINAL)
    rows = view(source).proof_rows
    figures = list_report_figures(source.accounts)
    assert rows["heading:1"][2] == f"{figures['heading:1:cumulative']:,.2f}"
    assert rows[""][0] == f"{figures['approved']:,.2f}"
    assert {"heading:2", "source:HA", "partner:SAM", "direct", "indirect", "funds:balance"} <= rows.keys()
    assert not any(name.startswith("line:") for name in rows)


def test_texts_name_figures() -> None:
    (block,) = view(load_source(FINAL)).prose["executive_summary"]
    assert isinstance(block, Paragraph)
    (run,) = block.content
    assert isinstance(run, Run)
    assert plain(run.text) == "Since the start EUR 13,856.50 were spent (99.62 % of EUR 13,910.00)."


def test_an_interim_report_looks_ahead_and_a_final_one_does_not() -> None:
    interim, final = view(load_source(INTERIM)), view(load_source(FINAL))
    assert "next_steps" in interim.prose
    assert "next_steps" not in final.prose
    assert "lessons" in final.prose
    assert [row["activity"] for row in interim.context["next_activities"]] == ["A1.1.2  Seminars"]
    assert interim.context["report"]["is_interim"]
    assert final.context["report"]["is_final"]
    assert interim.context["text"].keys() == final.context["text"].keys()


def test_an_activity_is_told_as_planned_and_as_it_went() -> None:
    late = ActivityProgress(
        status="delayed",
        start="2008-05",
        deviation=Text({"": "The venue was late."}),
        done=Text({"": "One seminar."}),
    )
    source = with_progress(load_source(FINAL), "2008-Q2", activities={"A1.1.2": late})
    part = next(x for x in view(source).context["activities"] if x["code"] == "A1.1.2")
    assert (part["planned"], part["real"], part["status"]) == ("April 2008 – June 2008", "Began May 2008", "Delayed")
    (row,) = view(source).context["deviations"]
    assert row["reason"] == "April – June 2008: The venue was late."


def tell(source: ReportSource, period: str, **parts: object) -> ReportSource:
    """The report with A1.1.1 told of in that period, as under way since January."""
    told = ActivityProgress.model_validate({"status": "ongoing", "start": "2008-01"} | parts)
    return with_progress(source, period, activities={"A1.1.1": told})


def work(source: ReportSource, language: str = "en") -> WorkPart:
    return next(x for x in view(source, language).context["activities"] if x["code"] == "A1.1.1")


def test_what_several_periods_tell_stands_under_their_names() -> None:
    first = {"done": "Shelter opened.", "evidence": "F1"}
    source = tell(tell(load_source(FINAL), INTERIM, **first), "2008-Q2", done="Shelter ran.", evidence="F1")
    assert work(source)["done"] == ["January – March 2008: Shelter opened.", "April – June 2008: Shelter ran."]
    assert work(source)["evidence"] == ["F1"]
    assert work(source, "el")["done"][0].startswith("Ιανουάριος–Μάρτιος 2008: ")
    assert work(tell(load_source(INTERIM), INTERIM, **first))["done"] == ["Shelter opened."]


def test_a_period_that_is_not_whole_months_is_named_by_its_days() -> None:
    first, last = date(2008, 3, 10), date(2008, 3, 31)
    assert format_period(first, last, "en") == "10 March 2008 – 31 March 2008"
    assert format_period(first.replace(day=1), last, "en") == "March 2008"


def test_what_the_report_adds_stands_under_its_title() -> None:
    source = tell(tell(load_source(FINAL), INTERIM, done="Opened."), FINAL, status="done", done="Closed.")
    assert work(source)["done"][-1] == "Final report: Closed."


def test_nothing_is_said_of_an_activity_that_nobody_reported_on() -> None:
    source = load_source(FINAL)
    for period in (INTERIM, "2008-Q2"):
        source = with_progress(source, period, activities={})
    part = work(source)
    assert (part["real"], part["status"], part["done"]) == (
        "–",
        "Not reported on",
        ["Nothing was reported for this period."],
    )


def test_an_old_word_is_said_to_be_old() -> None:
    """And its bar ends with what was told."""
    source = with_progress(tell(load_source(FINAL), INTERIM, end="2008-06"), "2008-Q2", activities={})
    part = work(source)
    assert part["status"] == "Under way (January – March 2008)"
    assert part["real"] == "Began January 2008, expected to end June 2008"
    chart = view(source).charts["progress"]
    done = next(x for x in chart.series if x.name == "Done").values
    months = [value for value in done if value is not None]
    assert months == [3 * MONTH]


def test_what_is_done_may_rest() -> None:
    source = with_progress(tell(load_source(FINAL), INTERIM, status="done", end="2008-03"), "2008-Q2", activities={})
    assert (work(source)["real"], work(source)["status"]) == ("January 2008 – March 2008", "Done")


def test_only_stories_with_consent_and_changed_details_are_told() -> None:
    stories = tuple(
        Story(pseudonym=name, consent=consent, changed=changed, text=Text({"": f"Story of {name}"}))
        for name, consent, changed in (("Ana", True, True), ("Beta", False, True), ("Gamma", True, False))
    )
    document = view(with_progress(load_source(FINAL), "2008-Q2", stories=stories))
    assert [story["pseudonym"] for story in document.context["stories"]] == ["Ana"]
    assert "Beta" not in json.dumps(document.context, ensure_ascii=False)
    assert "Gamma" not in json.dumps(document.context, ensure_ascii=False)


def test_a_small_count_is_said_to_be_small_and_what_gives_it_away_is_withheld() -> None:
    source = with_progress(
        load_source(FINAL),
        "2008-Q2",
        indicators={"Op1.1-1": Actual(women=3, men=37)},
        groups={"TG1": GroupReached(women=3, men=37)},
    )
    context = view(source).context
    (row,) = [row for row in context["persons"] if row["when"] == "Since the start"]
    assert row["women"] == "<5"
    assert "…" in (row["men"], row["total"])
    (group,) = context["groups"]
    assert group["women"] == "<5"
    assert "…" in (group["men"], group["total"])
    assert "fewer than 5" in context["notes"]["protected_persons"]
    assert "fewer than 5" in context["notes"]["protected_groups"]


def test_a_note_on_signs_stands_only_where_there_are_some() -> None:
    source = with_progress(load_source(FINAL), "2008-Q2", indicators={"Op1.1-1": Actual(women=3, men=37)})
    notes = view(source).context["notes"]
    assert notes["protected_persons"]
    assert notes["protected_groups"] == ""


def test_what_is_new_in_a_final_report_is_no_period_of_its_own() -> None:
    """Its period is the whole project; earlier reports had a part of it."""
    columns = view(load_source(FINAL)).context["columns"]
    assert (columns["prior"], columns["current"]) == ("Earlier reports", "Since the last report")
    assert columns["dates"] == "1 April 2008 – 30 June 2008"
    whens = [row["when"] for row in view(load_source(FINAL)).context["persons"]]
    assert whens[:2] == ["Since the last report", "Since the start"]
    assert view(load_source(INTERIM)).context["columns"]["current"] == "This period"


def test_the_two_rows_of_an_indicator_stay_together() -> None:
    rows = view(load_source(FINAL)).context["persons"]
    assert [row["goes_on"] for row in rows[:2]] == [True, False]


@pytest.mark.parametrize("text", ["Καμία", "None.", "–"])
def test_a_deviation_that_is_none_is_no_deviation(text: str) -> None:
    told = {"A1.1": ActivityProgress(status="done", deviation=Text({"": text}), evidence=Text({"": "x"}))}
    source = load_source(FINAL)
    code = source.project.work_plan.activities[0].code
    told = {code: told["A1.1"]}
    for period in (INTERIM, "2008-Q2"):
        source = with_progress(source, period, activities=told)
    assert view(source).context["deviations"] == []


def test_the_threshold_is_the_donors() -> None:
    source = with_limits(load_source(FINAL), Limits(smallest_count=30))
    (row,) = [row for row in view(source).context["persons"] if row["when"] == "Since the start"]
    assert row["women"] == "<30"


@settings(max_examples=25, deadline=None)
@given(women=st.integers(0, 12), men=st.integers(0, 12))
def test_nothing_printed_gives_a_small_count_away(women: int, men: int) -> None:
    source = with_progress(load_source(FINAL), "2008-Q2", indicators={"Op1.1-1": Actual(women=women, men=men)})
    rows = [row for row in view(source).context["persons"] if row["when"] == "Since the start"]
    cells = (rows[0]["women"], rows[0]["men"], rows[0]["total"])
    for count, cell in zip((women, men, women + men), cells, strict=True):
        assert cell == str(count) or cell in ("<5", "…")
        assert cell in ("<5", "…") if 0 < count < 5 else cell != "<5"  # a sign may give away as much as a figure
    shown = sum(cell.isdigit() for cell in cells)
    if not all(cell.isdigit() for cell in cells) and 0 not in (women, men):
        assert shown <= 1, "two of three would give the third"


def test_no_module_of_a_report_reads_the_counts_themselves() -> None:
    for file in sorted((ROOT / "grants" / "views").glob("[rl]e*/*.py")):
        source = file.read_text("utf-8")
        assert not re.search(r"\b(?:Actual|GroupReached)\b|progress\.(?:indicators|groups)|x\.indicators\b", source), (
            file
        )


def test_without_small_counts_there_is_no_note() -> None:
    assert view(load_source(FINAL)).context["notes"]["protected"] == ""


def test_a_baseline_of_few_persons_is_withheld_and_a_small_target_is_not() -> None:
    source = load_source(FINAL)
    frame = source.project.logframe
    outcome = frame.outcomes[0]
    output = outcome.outputs[0]
    small = {"baseline": {"value": 3, "year": 2007}, "target": {"value": 4, "year": 2008}, "persons": True}
    few = Indicator.model_validate(
        {**output.indicators[0].model_dump(include={"code"}), "name": "n", "unit": "u", **small}
    )
    outputs = (output.model_copy(update={"indicators": (few, *output.indicators[1:])}), *outcome.outputs[1:])
    outcomes = (outcome.model_copy(update={"outputs": outputs}), *frame.outcomes[1:])
    project = replace(source.project, logframe=frame.model_copy(update={"outcomes": outcomes}))
    context = view(replace(source, project=project)).context
    rows = [row for result in context["results"] for row in result["indicators"] if row["code"] == few.code]
    assert [(row["baseline"], row["target"]) for row in rows] == [("<5", "4")]
    assert context["notes"]["protected"]


def test_charts_hold_the_ledgers_figures() -> None:
    source = load_source(INTERIM)
    charts = view(source).charts
    headings = source.accounts.books.headings
    assert charts["budget"].series[1].values[: len(headings)] == tuple(x.cumulative for x in headings)
    planned, spent = charts["spending"].series
    assert planned.values[-1] == source.accounts.books.direct.approved
    assert [value for value in spent.values if value is not None][-1] == source.accounts.books.direct.cumulative
    assert spent.values[3:] == (None, None, None)
    progress = charts["progress"]
    assert len(progress.categories) == 2 * len(source.project.work_plan.activities)
    assert {len(series.values) for series in progress.series} == {len(progress.categories)}


def test_records_are_kept_for_years_after_the_final_payment_whenever_it_was_due() -> None:
    def until(source: ReportSource, day: str) -> str:
        return view(replace(source, day=date.fromisoformat(day))).context["kept"]["until"]

    source = load_source(FINAL)
    years = source.limits.retention_years
    assert years is not None
    assert source.project.grant.instalments[-1].due == date(2008, 12, 31)
    begins = f"At least {years} years after the final payment"
    assert until(source, "2009-06-01") == begins, "it is not there yet"
    receipt = Receipt(instalment="D3", date=date(2009, 2, 18), amount=Decimal("1003.13"))
    paid = with_finance(source, "2008-Q2", received=(receipt,))
    assert until(paid, "2009-02-17") == begins
    day = f"18 February {2009 + years}"
    assert until(paid, "2009-02-18") == f"At least {years} years after the final payment, until {day}"
    assert until(replace(paid, limits=replace(paid.limits, retention_years=None)), "2009-06-01") == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_text(language: str) -> None:
    def check(value: object, path: str) -> None:
        if isinstance(value, dict):
            for key, part in value.items():
                check(part, f"{path}.{key}")
        elif isinstance(value, list):
            for number, part in enumerate(value):
                check(part, f"{path}[{number}]")
        else:
            assert isinstance(value, (str, bool)), path
            assert value not in ("None", "NaN"), path

    check(view(load_source(FINAL), language).context, "")
