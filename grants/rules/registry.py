"""Name of a check, as rules write it -> its function."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from grants.rules import (
    amounts,
    audits,
    complete,
    dates,
    deadlines,
    income,
    logframe,
    money,
    moves,
    papers,
    persons,
    places,
    protected,
    reconciliation,
    results,
    signed,
    spending,
    structure,
    text,
)
from grants.rules.case import Fault

Check = Callable[..., Iterator[Fault]]
"""Takes a Case (a ReportCase where the check is one of records) and the rule's parameters by name."""

_MODULES = (
    structure,
    papers,
    money,
    dates,
    logframe,
    text,
    amounts,
    persons,
    places,
    protected,
    signed,
    spending,
    moves,
    income,
    reconciliation,
    audits,
    deadlines,
    results,
    complete,
)

FUNCTIONS: Mapping[str, Check] = {
    name.removeprefix("check_"): function
    for module in _MODULES
    for name, function in vars(module).items()
    if name.startswith("check_") and function.__module__ == module.__name__
}
"""Every function `check_...` of the modules of checks. Their names and parameters are those of grants.model.checks."""
