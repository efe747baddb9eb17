"""Schema and program accept and refuse the same; the committed schemas are those of the models."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from grants.model.base import Model
from grants.readers.shape import read_shape
from grants.readers.yaml_file import YamlFile, read_yaml
from grants.services.schema import (
    EXPORT_FILES,
    MAIL_FILES,
    PACK_FILES,
    PACK_SCHEMAS,
    PROJECT_SCHEMAS,
    RECORD_FILES,
    as_bytes,
    list_project_models,
    make_schema,
)

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "projects" / "shelter-greece-prevention-serbia"
PACK = ROOT / "templates"
MODELS = list_project_models()
VALIDATORS = {
    name: Draft202012Validator(make_schema(model), format_checker=Draft202012Validator.FORMAT_CHECKER)
    for name, model in {**MODELS, **RECORD_FILES, **EXPORT_FILES, **MAIL_FILES, **PACK_FILES}.items()
}

TEXTS = st.text(st.characters(min_codepoint=32, max_codepoint=0x3FF, exclude_characters="\x7f"), max_size=6)
LIKELY_WORDS = "2008-01-31 2008-02-30 2008-13 2008-03 2008-Q1 2008-Q5 EUR GR el a-b A-B ../x planned 1.500,00 3.1 low"
LIKELY = st.sampled_from([*LIKELY_WORDS.split(), " ", "", "2008-01-31 "])
NUMBERS = st.one_of(st.integers(-5, 3000), st.sampled_from([0.5, 99.99, 100.01, 1e12, 1e13, -0.01, 2008.5]))
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), NUMBERS, TEXTS, LIKELY),
    lambda inner: st.one_of(st.lists(inner, max_size=2), st.dictionaries(st.one_of(LIKELY, TEXTS), inner, max_size=2)),
    max_leaves=4,
)
RECORDS: dict[str, Any] = {
    "finance": {
        "received": [{"instalment": "D1", "date": "2008-01-31", "amount": 53807.63, "reference": "1/08"}],
        "transfers": [{"date": "2008-02-01", "partner": "AST", "amount": 1000, "received": 80100, "currency": "RSD"}],
        "balances": [{"account": "bank", "date": "2008-06-30", "amount": -5.5, "currency": "EUR"}],
        "exchange_difference": {"amount": -0.5, "reason": {"el": "ζημία", "en": "loss"}},
        "forecast": {"4.2": 900},
        "explanations": {"4.2": "a higher rent"},
    },
    "progress": {
        "activities": {"A1.1.1": {"status": "ongoing", "start": "2008-01", "done": "much"}},
        "milestones": {"M1": "2008-03-31"},
        "indicators": {"Op1.1-1": {"women": 18, "girls": 1}, "Op1.1-2": {"value": 1200.5}},
        "groups": {"TG1": {"total": 120}},
        "stories": [{"pseudonym": "M.", "consent": True, "changed": True, "text": "She works again."}],
    },
}
"""A period's files, some of everything."""


def read_data(file: Path) -> Any:
    """A YAML file as plain data of JSON's types, as an editor's YAML support sees it."""
    yaml_file, findings = read_yaml(file, file.name)
    assert yaml_file is not None
    assert not findings
    return json.loads(json.dumps(yaml_file.data, default=float))


def list_places(data: Any, place: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    steps = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [place, *(deeper for step, part in steps for deeper in list_places(part, (*place, step)))]


def change(data: Any, draw: st.DataObject) -> Any:
    """Replace, delete or add something somewhere."""
    data = copy.deepcopy(data)
    place = draw.draw(st.sampled_from(list_places(data)[1:]))
    parent = data
    for step in place[:-1]:
        parent = parent[step]
    kind = draw.draw(st.sampled_from(["replace", "replace", "delete", "add"]))
    if kind == "replace":
        parent[place[-1]] = draw.draw(VALUES)
    elif kind == "delete":
        del parent[place[-1]]
    elif isinstance(parent, dict):
        parent[draw.draw(st.one_of(LIKELY, TEXTS))] = draw.draw(VALUES)
    else:
        parent.append(draw.draw(VALUES))
    return data


def accepts(data: Any, model: type[Model], file: Path) -> bool:
    """Whether the program takes the data, written down and read again as a user's file would be."""
    file.write_text(json.dumps(data), "utf-8")
    yaml_file, findings = read_yaml(file, file.name)
    assert isinstance(yaml_file, YamlFile), findings
    value, faults = read_shape(yaml_file, model, "x")
    assert (value is None) == bool(faults)
    assert all(fault.message and fault.remedy and fault.place.line for fault in faults)
    return value is not None and not findings


@pytest.mark.parametrize("name", list(MODELS))
@settings(max_examples=60, deadline=None)
@given(draw=st.data())
def test_schema_and_program_accept_and_refuse_the_same(name: str, draw: st.DataObject, tmp_path_factory: Any) -> None:
    data = change(read_data(SAMPLE / f"{name}.yaml"), draw)
    file = tmp_path_factory.getbasetemp() / f"{name}.yaml"
    assert accepts(data, MODELS[name], file) == VALIDATORS[name].is_valid(data), data


@pytest.mark.parametrize("name", list(RECORDS))
@settings(max_examples=60, deadline=None)
@given(draw=st.data())
def test_schema_and_program_take_the_same_records(name: str, draw: st.DataObject, tmp_path_factory: Any) -> None:
    data = change(RECORDS[name], draw)
    file = tmp_path_factory.getbasetemp() / f"{name}.yaml"
    assert VALIDATORS[name].is_valid(RECORDS[name])
    assert accepts(data, RECORD_FILES[name], file) == VALIDATORS[name].is_valid(data), data


@pytest.mark.parametrize("name", list(MODELS))
def test_the_sample_is_valid_by_its_schema(name: str) -> None:
    assert list(VALIDATORS[name].iter_errors(read_data(SAMPLE / f"{name}.yaml"))) == []


def test_the_sample_s_records_are_valid_by_their_schemas() -> None:
    files = [SAMPLE / "import.yaml", *sorted(SAMPLE.glob("periods/*/*.yaml"))]
    assert len(files) > 4
    for file in files:
        assert list(VALIDATORS[file.stem].iter_errors(read_data(file))) == [], file


def test_what_is_said_about_mail_is_valid_by_its_schemas() -> None:
    for file in (SAMPLE / "outbox.yaml", PACK / "hellenic-aid" / "mail.yaml"):
        assert list(VALIDATORS[file.stem].iter_errors(read_data(file))) == [], file


@pytest.mark.parametrize(
    ("name", "file"),
    [("donor", "hellenic-aid/donor.yaml"), ("rules", "_common/rules.yaml"), ("labels", "_common/labels-workbook.yaml")],
)
def test_the_pack_is_valid_by_its_schema(name: str, file: str) -> None:
    assert list(VALIDATORS[name].iter_errors(read_data(PACK / file))) == []


def test_committed_schemas_are_those_of_the_models() -> None:
    for name, model in {**MODELS, **RECORD_FILES, **EXPORT_FILES}.items():
        assert (ROOT / PROJECT_SCHEMAS / f"{name}.json").read_bytes() == as_bytes(make_schema(model)), name
    for name, model in PACK_FILES.items():
        assert (ROOT / PACK_SCHEMAS / f"{name}.json").read_bytes() == as_bytes(make_schema(model)), name


def test_every_field_that_needs_words_is_explained() -> None:
    schema = make_schema(MODELS["project"])
    assert schema["properties"]["date"]["description"].startswith("Date of the proposal")


def test_sample_files_name_their_schema_on_the_first_line() -> None:
    projects = ROOT / "projects"
    for file in sorted([*projects.glob("*/*.yaml"), *projects.glob("*/periods/*/*.yaml")]):
        first = file.read_text("utf-8").splitlines()[0]
        target = first.partition("$schema=")[2]
        assert (file.parent / target).resolve() == (ROOT / PROJECT_SCHEMAS / f"{file.stem}.json").resolve(), file
        assert (file.parent / target).is_file()
