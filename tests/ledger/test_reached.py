"""What indicators came to: added up over the periods, or the last figure; a percentage is never added up."""

from dataclasses import replace
from decimal import Decimal

import pytest

from grants.ledger.books import find_scope
from grants.ledger.reached import add_up_reached
from grants.model.logframe import Indicator
from grants.model.records import Actual
from tests.ledger.cases import FINAL, make_project, make_records


def reach(unit, **given):
    """An indicator of 78.5 in the first half-year and 84 in the second, with a target of 80."""
    project, records = make_project(), make_records([], [])
    code = project.logframe.outputs[0].indicators[0].code
    indicator = Indicator.model_validate(
        {"code": code, "name": "Satisfied", "unit": unit, "target": {"value": 80, "year": 2008}, **given}
    )
    for period, value in (("H1", "78.5"), ("H2", "84")):
        progress = records.periods[period].progress.model_copy(
            update={"indicators": {code: Actual(value=Decimal(value))}}
        )
        records.periods[period] = replace(records.periods[period], progress=progress)
    outcome = project.logframe.outcomes[0]
    output = outcome.outputs[0].model_copy(update={"indicators": (indicator,)})
    logframe = project.logframe.model_copy(update={"outcomes": (outcome.model_copy(update={"outputs": (output,)}),)})
    indicators, _ = add_up_reached(replace(project, logframe=logframe), records, find_scope(project.grant, FINAL), 5)
    return indicators[code]


@pytest.mark.parametrize(
    "unit", ["%", " % ", {"el": "% των ατόμων", "en": "share"}, {"el": "Ποσοστό", "en": "x"}, "per cent of women"]
)
def test_a_percentage_is_what_it_was_last(unit):
    reached = reach(unit)
    assert reached.cumulative["value"].value == Decimal(84)
    assert reached.percent.value == Decimal(105)


def test_seminars_are_added_up_unless_the_last_figure_counts():
    assert reach("seminars").cumulative["value"].value == Decimal("162.5")
    assert reach("points", method="latest").cumulative["value"].value == Decimal(84)
