"""A donor's pack, the rules of every donor, and labels: templates/<donor>/donor.yaml, _common/rules.yaml and labels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import TypeVar

from grants.errors import Finding, Path, Place, has_errors, suggest
from grants.model.base import Model
from grants.model.checks import CHECKS, read_parameter
from grants.model.donor import Donor, Rule, Rules, Source
from grants.model.labels import Labels
from grants.readers.shape import read_shape
from grants.readers.yaml_file import YamlFile, read_yaml

Part = TypeVar("Part", bound=Model)
_WANTED = {"number": "a number", "count": "a whole number", "words": "a list of texts"}


@dataclass(frozen=True, slots=True)
class PackFiles:
    """The file of a pack as read: it knows where everything stands."""

    root: str
    yaml: YamlFile | None = None

    def locate(self, finding: Finding) -> Finding:
        """The finding with file, line and column instead of a path in the pack; others as they are."""
        path = finding.place.path
        if finding.place.file or self.yaml is None or path[:1] != (self.root,):
            return finding
        return finding.at(self.yaml.place(path[1:]))


def read_donor(folder: FilePath) -> tuple[Donor | None, PackFiles, list[Finding]]:
    """The donor of a pack's folder, or None with findings."""
    donor, files, findings = _read(folder / "donor.yaml", Donor, "donor")
    if donor is not None:
        findings += map(files.locate, _find_donor_faults(donor, folder.name))
    return (None if has_errors(findings) else donor), files, findings


def read_common_rules(folder: FilePath) -> tuple[Rules | None, PackFiles, list[Finding]]:
    """The rules of every donor, from templates/_common, or None with findings."""
    rules, files, findings = _read(folder / "rules.yaml", Rules, "rules")
    if rules is not None:
        findings += map(files.locate, _find_rule_faults(rules.rules, rules.sources, "rules"))
        others = [(("rules", "not_checked", i, "source"), x.source) for i, x in enumerate(rules.not_checked)]
        findings += map(files.locate, _find_unknown_sources(others, rules.sources))
    return (None if has_errors(findings) else rules), files, findings


def read_labels(file: FilePath) -> tuple[Labels | None, PackFiles, list[Finding]]:
    """The fixed words of documents, or None with findings."""
    return _read(file, Labels, "labels")


def _read(file: FilePath, model: type[Part], root: str) -> tuple[Part | None, PackFiles, list[Finding]]:
    name = "/".join(file.parts[-3:])
    yaml_file, findings = read_yaml(file, name)
    if yaml_file is None or findings:
        return None, PackFiles(root, yaml_file), findings
    part, findings = read_shape(yaml_file, model, root)
    return part, PackFiles(root, yaml_file), findings


def _find_donor_faults(donor: Donor, folder: str) -> Iterator[Finding]:
    if donor.code != folder:
        message = f"The pack's code is not the name of its folder, `{folder}`."
        yield Finding("DON-003", Place(path=("donor", "code")), message, f"Write `code: {folder}`.", donor.code)
    sourced: list[tuple[Path, str | None]] = [(("donor", "address_source"), donor.address_source)]
    for part in ("terms", "annexes", "reports"):
        sourced += [(("donor", part, i, "source"), entry.source) for i, entry in enumerate(getattr(donor, part))]
        yield from _find_backward_dates(("donor", part), getattr(donor, part))
    yield from _find_unknown_sources(sourced, donor.sources)
    for part, key in (
        ("terms", "code"),
        ("headings", "code"),
        ("sections", "key"),
        ("annexes", "code"),
        ("documents", "key"),
        ("report_sections", "key"),
        ("report_documents", "key"),
    ):
        codes = [(("donor", part, i, key), str(getattr(entry, key))) for i, entry in enumerate(getattr(donor, part))]
        yield from _find_doubles(codes)
    yield from _find_rule_faults(donor.rules, donor.sources, "donor")


def _find_rule_faults(rules: Iterable[Rule], sources: Mapping[str, Source], root: str) -> Iterator[Finding]:
    rules = list(rules)
    yield from _find_doubles([((root, "rules", i, "id"), rule.id) for i, rule in enumerate(rules)])
    yield from _find_unknown_sources(
        [((root, "rules", i, "source"), rule.source) for i, rule in enumerate(rules)], sources
    )
    yield from _find_backward_dates((root, "rules"), rules)
    for i, rule in enumerate(rules):
        path: Path = (root, "rules", i)
        if rule.check not in CHECKS:
            message = f"There is no check `{rule.check}`."
            yield Finding("DON-004", Place(path=(*path, "check")), message, suggest(rule.check, CHECKS), rule.check)
        else:
            yield from _find_parameter_faults(rule, path)


def _find_parameter_faults(rule: Rule, path: Path) -> Iterator[Finding]:
    kinds = CHECKS[rule.check]
    for name, value in rule.parameters.items():
        place = Place(path=(*path, "parameters", name))
        if name not in kinds:
            message = f"The check `{rule.check}` has no parameter `{name}`."
            yield Finding("DON-005", place, message, suggest(name, kinds), name)
        elif read_parameter(kinds[name], value) is None:
            message = f"The parameter `{name}` of rule {rule.id} is not {_WANTED[kinds[name]]}."
            yield Finding("DON-005", place, message, f"Write {_WANTED[kinds[name]]}.", str(value))
    for name in kinds:
        if name not in rule.parameters:
            message = f"The rule {rule.id} does not give the parameter `{name}` of its check."
            yield Finding(
                "DON-005", Place(path=path), message, f"Add `{name}` ({_WANTED[kinds[name]]}) to `parameters`."
            )


def _find_unknown_sources(
    sourced: Iterable[tuple[Path, str | None]], sources: Mapping[str, Source]
) -> Iterator[Finding]:
    for path, key in sourced:
        if key is not None and key not in sources:
            message = f"There is no source `{key}` in the list of sources."
            yield Finding("DON-002", Place(path=path), message, suggest(key, sources), key)


def _find_doubles(coded: Iterable[tuple[Path, str]]) -> Iterator[Finding]:
    seen: set[str] = set()
    for path, code in coded:
        if code in seen:
            yield Finding("DON-003", Place(path=path), f"`{code}` is used twice.", "Give each its own.", code)
        seen.add(code)


def _find_backward_dates(path: Path, entries: Iterable[object]) -> Iterator[Finding]:
    for i, entry in enumerate(entries):
        first, last = getattr(entry, "valid_from", None), getattr(entry, "valid_to", None)
        if first and last and last < first:
            message = f"It ends to hold before it begins ({first})."
            yield Finding("DON-006", Place(path=(*path, i, "valid_to")), message, "Correct one of the two.", str(last))
