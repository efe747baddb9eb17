"""The budgets as they were signed: `signed/contract.yaml`, `signed/amendment-<number>.yaml`."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path as FilePath

from grants.errors import Finding, Path, Place, Severity
from grants.model.budget import Budget
from grants.model.grant import Grant
from grants.model.records import SignedBudget
from grants.readers.integrity import find_broken_parts
from grants.readers.shape import read_shape
from grants.readers.yaml_file import YamlFile, read_yaml

SIGNED = "signed"
CONTRACT = "contract"


def name_signed(amendment: str | None) -> str:
    """The name of the file of a signed budget, without .yaml."""
    return CONTRACT if amendment is None else f"amendment-{amendment}"


def list_signatures(grant: Grant) -> dict[str, tuple[str | None, datetime.date]]:
    """Name of the file, without .yaml -> number of the amendment and day of signature, in the order of signature."""
    if grant.contract is None:
        return {}
    amendments = sorted(grant.contract.amendments, key=lambda x: x.signed)
    signatures = {name_signed(x.number): (x.number, x.signed) for x in amendments}
    return {CONTRACT: (None, grant.contract.signed), **signatures}


def read_signed(folder: FilePath, grant: Grant) -> tuple[tuple[SignedBudget, ...], dict[Path, YamlFile], list[Finding]]:
    """The signed budgets in the order of signature, and their files by the beginning of their paths."""
    signed: list[SignedBudget] = []
    files: dict[Path, YamlFile] = {}
    signatures = list_signatures(grant)
    findings = list(_check_files(folder, signatures))
    for stem, (amendment, day) in signatures.items():
        name = f"{SIGNED}/{stem}.yaml"
        if not (folder / name).exists():
            continue
        yaml_file, faults = read_yaml(folder / name, name)
        findings += faults
        if yaml_file is None or faults:
            continue
        files[SIGNED, stem] = yaml_file
        budget, faults = read_shape(yaml_file, Budget, (SIGNED, stem))
        findings += faults or _check_budget(budget, yaml_file, stem)
        if budget is not None:
            signed.append(SignedBudget(amendment, day, budget))
    return tuple(signed), files, findings


def _check_files(folder: FilePath, signatures: dict[str, tuple[str | None, datetime.date]]) -> Iterator[Finding]:
    there = {file.stem: file.name for file in sorted((folder / SIGNED).glob("[!.]*.yaml"))}
    for stem, file in there.items():
        if stem not in signatures:
            message = "Nothing in grant.yaml says that this budget was signed."
            remedy = "Add the contract or the amendment with its day there; or take the file away."
            yield Finding("REC-011", Place(f"{SIGNED}/{file}"), message, remedy)
    for stem, (amendment, _) in signatures.items():
        if stem in there or (amendment is None and not (folder / "periods").is_dir()):
            continue
        name = f"{SIGNED}/{stem}.yaml"
        what = "contract" if amendment is None else f"amendment {amendment}"
        option = "" if amendment is None else f" --amendment {amendment}"
        message = f"The budget of the {what} is not kept, so no report can be measured against it."
        remedy = f"Let budget.yaml hold it as it was signed, and run `grants sign PROJECT{option}`."
        severity: Severity = "warning" if amendment is None else "error"
        yield Finding("REC-012", Place(name), message, remedy, severity=severity)


def _check_budget(budget: Budget | None, yaml_file: YamlFile, stem: str) -> list[Finding]:
    """Whether it is a budget by itself: shares, headings, codes."""
    others = dict.fromkeys(("sheet", "logframe", "work_plan", "grant", "risks"))
    found = find_broken_parts(budget=budget, **others)
    return [
        finding.at(replace(yaml_file.place(finding.place.path[1:]), path=(SIGNED, stem, *finding.place.path[1:])))
        for finding in found
    ]
