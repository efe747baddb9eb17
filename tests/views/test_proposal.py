"""What a proposal says: every text and figure of the sample in both languages."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from grants.readers.word_file import read_word
from grants.views.blocks import ABOVE, Block
from tests.proposals import LANGUAGES, load_view, make_proposal
from tests.workbooks import POLICE, SHELTER, load_sample

BOTH = [(language, name) for language in LANGUAGES for name in (SHELTER, POLICE)]


def _plain(text: object) -> str:
    """With ordinary spaces."""
    return " ".join(str(text).split())


def test_the_most_quoted_figures() -> None:
    money = {name: _plain(text) for name, text in load_view("el").context["money"].items()}
    assert money["total"] == "143.487,00 €"
    assert money["grant"] == "107.615,25 €"
    assert (money["grant_percent"], money["own_percent"]) == ("75%", "25%")


def test_headings_lines_and_sums() -> None:
    budget = load_view("en").context["budget"]
    first = budget["headings"][0]
    assert (first["title"], first["total"], first["grant"]) == ("Human resources", "80,400.00", "60,300.00")
    assert len(first["lines"]) == 8
    assert [_plain(part["label"]) for part in budget["sums"]] == ["Total direct costs", "Indirect costs (7 %)"]
    assert budget["total"]["total"] == "143,487.00"
    leaflets = next(line for heading in budget["headings"] for line in heading["lines"] if line["code"] == "5.1")
    assert (leaflets["quantity"], leaflets["unit_cost"]) == ("5,000", "0.40")


def test_no_indirect_costs_no_row() -> None:
    assert [part["label"] for part in load_view("en", POLICE).context["budget"]["sums"]] == ["Total direct costs"]


def test_the_logframe_spans_outcome_and_output() -> None:
    rows = load_view("en").context["logframe"]
    assert rows[0]["outcome"].startswith("Oc1\n")
    assert rows[0]["output"] == "–"
    assert rows[1]["outcome"] == ABOVE
    assert rows[1]["output"].startswith("Op1.1\n")
    assert (rows[2]["output"], rows[2]["assumptions"]) == (ABOVE, ABOVE)
    assert _plain(rows[0]["target"]) == "60 % (2008)"
    starts = [row for row in rows if row["outcome"] != ABOVE]
    assert len(starts) == len(load_view("en").context["outcomes"])


def test_activities_say_who_where_and_when() -> None:
    activity = load_view("en").context["activities"][6]
    assert (activity["code"], activity["partner"]) == ("A2.1.2", "ASTRA")
    assert activity["period"] == "January 2008 – March 2008"
    assert activity["months"] == "3 months"


def test_annexes_in_the_donors_order_with_their_status() -> None:
    annexes = load_view("el").context["annexes"]
    assert [annex["number"] for annex in annexes] == [str(number) for number in range(1, len(annexes) + 1)]
    assert annexes[0]["status"] == "Συνημμένο"


def test_a_paper_that_came_after_the_proposal_is_none_of_its_annexes() -> None:
    titles = [annex["title"] for annex in load_view("en").context["annexes"]]
    assert "Logframe" in titles
    assert not [title for title in titles if "Certificate of progress" in title]


def test_the_plan_s_bars_begin_where_their_months_begin() -> None:
    chart = load_view("en").charts["plan"]
    starts, *partners = chart.series
    assert [series.name for series in partners] == ["KLIMAKA", "ASTRA"]
    assert chart.scale.step is not None
    assert chart.scale.first is not None
    month, first = chart.scale.step / 2, chart.scale.first  # twelve months, a mark for every second
    training = chart.categories.index("A2.1.2 Operator training")
    assert starts.values[training] == first
    assert partners[1].values[training] == 3 * month
    assert partners[0].values[training] is None
    assert chart.scale.last == first + 12 * month
    limit = int(chart.scale.number_format[2:7])
    assert chart.scale.last - month < limit < chart.scale.last  # no name where the axis ends: January 2009
    assert "A2.1.2 Operator training: January 2008 – March 2008" in chart.description


def test_the_budget_s_bars_add_up_to_the_total() -> None:
    chart = load_view("en").charts["budget"]
    whole = sum(value for series in chart.series for value in series.values if value is not None)
    assert whole == Decimal("143487.00")
    assert "1 Human resources: EUR 80,400.00" in _plain(chart.description)


@pytest.mark.parametrize(("language", "name"), BOTH)
def test_every_row_that_must_be_shown_is_shown(language: str, name: str) -> None:
    rows = read_word(make_proposal(language, name)).rows
    proof = load_view(language, name).proof_rows
    assert len(proof) > 8
    for figure, wanted in proof.items():
        assert any(set(wanted) <= set(row) for row in rows), figure


def test_a_row_with_another_figure_would_be_missed() -> None:
    rows = read_word(make_proposal("en")).rows
    code, *rest, total = load_view("en").proof_rows["line:1.1.1"]
    assert total == "18,000.00"
    assert not any({code, *rest, "18,000.01"} <= set(row) for row in rows)


def test_proof_covers_all_that_the_ledger_knows() -> None:
    figures = set(load_view("en").proof_rows)
    sample = load_sample(SHELTER)
    assert {f"line:{part.line.code}" for part in sample.totals.lines} <= figures
    assert {f"heading:{part.heading.code}" for part in sample.totals.headings} <= figures
    assert {f"source:{code}" for code in sample.totals.grand.by_source} <= figures
    assert {f"instalment:{part.instalment.code}" for part in sample.totals.instalments} <= figures
    assert "grand_total" in figures


@pytest.mark.parametrize(("language", "name"), BOTH)
def test_every_text_is_a_text(language: str, name: str) -> None:
    def walk(value: Any, path: str) -> None:
        if isinstance(value, dict):
            for key, part in value.items():
                walk(part, f"{path}.{key}")
        elif isinstance(value, list):
            for part in value:
                walk(part, f"{path}[]")
        else:
            assert isinstance(value, str), path
            assert isinstance(value, Block) or value == value.strip(), path

    walk(load_view(language, name).context, "")


def test_only_abbreviations_that_the_document_uses_are_explained() -> None:
    shown = {language: {row["short"] for row in load_view(language).context["acronyms"]} for language in ("el", "en")}
    assert {"ΥΔΑΣ", "ΟΑΣΕ"} <= shown["el"]
    assert "OSCE" not in shown["el"]
    assert "OSCE" in shown["en"]
    assert not {"ΟΑΣΕ", "ΟΟΣΑ"} & shown["en"]
