"""Checks exist in three places: as words of the model, as functions, and as rules of packs. They agree."""

from __future__ import annotations

import inspect

import pytest

from grants.model.checks import CHECKS
from grants.rules.registry import FUNCTIONS
from tests.base_project import load_common, load_donor

KINDS = {"Decimal": "number", "int": "count", "tuple[str, ...]": "words"}
RULES = [*load_common().rules, *load_donor().rules]


def test_every_check_of_the_model_is_a_function_with_its_parameters() -> None:
    functions = {
        name: {
            parameter.name: KINDS[parameter.annotation]
            for parameter in inspect.signature(function).parameters.values()
            if parameter.kind is parameter.KEYWORD_ONLY
        }
        for name, function in FUNCTIONS.items()
    }
    assert functions == dict(CHECKS)


def test_every_check_is_named_by_a_rule_and_every_rule_names_a_check() -> None:
    assert {rule.check for rule in RULES} == set(CHECKS)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_check_says_what_it_demands(name: str) -> None:
    assert FUNCTIONS[name].__doc__


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_has_a_source(rule: object) -> None:
    assert getattr(rule, "source", None)
