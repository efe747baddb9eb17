"""`grants schema`: JSON Schemas made from the models, so that an editor completes and explains every field."""

from __future__ import annotations

import ast
import inspect
import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from grants.model.base import Model
from grants.model.donor import Donor, Rules
from grants.model.import_map import ImportMap
from grants.model.labels import Labels
from grants.model.mail import DonorMail, Outbox
from grants.model.records import Finance, Progress
from grants.readers.project import FILES
from grants.writers.files import write_whole

PROJECT_SCHEMAS = Path("projects/.schemas")
PACK_SCHEMAS = Path("templates/_schemas")
RECORD_FILES: dict[str, type[Model]] = {"finance": Finance, "progress": Progress}
"""The files of a period; their schemas stand with those of the project."""
MAIL_FILES: dict[str, type[Model]] = {"outbox": Outbox}
"""What a project says about its e-mail; no part of the definition."""
EXPORT_FILES: dict[str, type[Model]] = {"import": ImportMap}
"""How exports of accounting programs are read; no part of the definition either."""
PACK_FILES: dict[str, type[Model]] = {"donor": Donor, "rules": Rules, "labels": Labels, "mail": DonorMail}
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def write_schemas(root: Path) -> list[Path]:
    """Write the schemas of a project's, a period's and a pack's files below a workspace's root."""
    models = {**list_project_models(), **RECORD_FILES, **MAIL_FILES, **EXPORT_FILES}
    files = {root / PROJECT_SCHEMAS / f"{name}.json": make_schema(model) for name, model in models.items()}
    if (root / "templates").is_dir():
        files |= {root / PACK_SCHEMAS / f"{name}.json": make_schema(model) for name, model in PACK_FILES.items()}
    write_whole({file: as_bytes(schema) for file, schema in files.items()})
    return list(files)


def list_project_models() -> dict[str, type[Model]]:
    """Name of a project's file, without .yaml -> its model."""
    return {file.removesuffix(".yaml"): model for file, model in FILES.values()}


def as_bytes(schema: dict[str, Any]) -> bytes:
    """A schema as a file."""
    return (json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def make_schema(model: type[Model]) -> dict[str, Any]:
    """The JSON Schema of a model, each field explained with the words of its docstring."""
    schema = model.model_json_schema()
    parts = {model.__name__: schema, **schema.get("$defs", {})}
    for part in _all_models(Model):
        for name, text in _read_field_docs(part).items() if part.__name__ in parts else ():
            parts[part.__name__]["properties"][name]["description"] = text
    return {"$schema": DIALECT, **_tidy(schema)}


def _all_models(base: type[Model]) -> Iterator[type[Model]]:
    for part in base.__subclasses__():
        yield part
        yield from _all_models(part)


def _read_field_docs(model: type[Model]) -> dict[str, str]:
    """Field -> the docstring that stands under it in the source."""
    body = next(node.body for node in ast.walk(ast.parse(inspect.getsource(model))) if isinstance(node, ast.ClassDef))
    docs: dict[str, str] = {}
    for statement, following in pairwise(body):
        if (
            isinstance(statement, ast.AnnAssign)
            and isinstance(statement.target, ast.Name)
            and isinstance(following, ast.Expr)
        ):
            docs[statement.target.id] = inspect.cleandoc(ast.literal_eval(following.value))
    return docs


def _tidy(schema: Any) -> Any:
    """Without the titles that only repeat a field's name; with no key of a mapping beside those of its pattern."""
    if isinstance(schema, list):
        return [_tidy(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    tidy = {key: _tidy(part) for key, part in schema.items() if not (key == "title" and isinstance(part, str))}
    return {"additionalProperties": False, **tidy} if "patternProperties" in tidy else tidy
