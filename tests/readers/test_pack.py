"""Packs: Hellenic Aid's is sound, and a faulty one gives findings at their lines."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import pytest

from grants.errors import Finding
from grants.model.donor import Donor
from grants.readers.pack import read_common_rules, read_donor, read_labels

ROOT = Path(__file__).parents[2]
PACK = ROOT / "templates" / "hellenic-aid"
COMMON = ROOT / "templates" / "_common"


@pytest.fixture
def donor() -> Donor:
    donor, _, findings = read_donor(PACK)
    assert findings == []
    assert donor is not None
    return donor


def read_changed(tmp_path: Path, old: str, new: str, file: Path = PACK / "donor.yaml") -> list[Finding]:
    folder = tmp_path / file.parent.name
    folder.mkdir()
    text = file.read_text("utf-8")
    assert old in text
    (folder / file.name).write_text(text.replace(old, new, 1), "utf-8")
    pack, _, findings = read_donor(folder) if file.name == "donor.yaml" else read_common_rules(folder)
    assert pack is None
    return findings


def test_every_text_of_the_pack_is_in_every_language_of_the_donor(donor: Donor) -> None:
    parts = (*donor.terms, *donor.headings, *donor.sections, *donor.annexes, *donor.reports, *donor.documents)
    texts = [donor.name, donor.short_name, donor.address, *(part.title for part in parts)]
    texts += [term.value for term in donor.terms]
    assert all(text.says(language) for text in texts for language in donor.languages)


def test_every_source_of_the_pack_is_used(donor: Donor) -> None:
    parts = (*donor.terms, *donor.annexes, *donor.reports, *donor.rules)
    used = {donor.address_source, *(part.source for part in parts)}
    assert set(donor.sources) <= used


def test_what_has_no_source_is_to_be_checked(donor: Donor) -> None:
    parts = (*donor.terms, *donor.annexes, *donor.reports)
    assert {part.confidence for part in parts if part.source is None} == {"to be checked"}


def test_the_share_of_the_donor_is_75_per_cent_to_2008_and_50_from_2009(donor: Donor) -> None:
    shares = [rule for rule in donor.rules if rule.check == "donor_share"]
    for day, most in (
        (datetime.date(2000, 1, 1), 75),
        (datetime.date(2008, 12, 31), 75),
        (datetime.date(2009, 1, 1), 50),
    ):
        assert [rule.parameters["most_percent"] for rule in shares if rule.is_valid(day)] == [most]


def test_an_unknown_source_has_its_line_and_a_suggestion(tmp_path: Path) -> None:
    (finding,) = read_changed(tmp_path, "    source: REG-B\n", "    source: REG-BB\n")
    assert (finding.code, finding.found, finding.remedy) == ("DON-002", "REG-BB", "Did you mean `REG-B`?")
    lines = (tmp_path / "hellenic-aid" / "donor.yaml").read_text("utf-8").splitlines()
    assert finding.place.line
    assert lines[finding.place.line - 1][(finding.place.column or 1) - 1 :] == "REG-BB"
    assert finding.place.file.endswith("hellenic-aid/donor.yaml")


def test_an_unknown_check_has_its_line_and_a_suggestion(tmp_path: Path) -> None:
    (finding,) = read_changed(tmp_path, "check: full_funding", "check: full_fundings")
    assert (finding.code, finding.found, finding.remedy) == ("DON-004", "full_fundings", "Did you mean `full_funding`?")
    assert finding.place.line


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("{least_years: 2}", "{least: 2}", "has no parameter `least`"),
        ("{least_years: 2}", "{}", "does not give the parameter `least_years`"),
        ("{least_years: 2}", "{least_years: two}", "is not a whole number"),
        ("{least_years: 2}", "{least_years: 2.5}", "is not a whole number"),
        ("{least_years: 2}", "{least_years: true}", "is not a whole number"),
        ("{codes: [annual-accounts-1, annual-accounts-2]}", "{codes: 2}", "is not a list of texts"),
    ],
)
def test_parameters_are_those_of_the_check(tmp_path: Path, old: str, new: str, message: str) -> None:
    findings = read_changed(tmp_path, old, new)
    assert {finding.code for finding in findings} == {"DON-005"}
    assert message in " ".join(finding.message for finding in findings)
    assert all(finding.place.line for finding in findings)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("- id: M02", "- id: M01"),
        ("- code: statutes", "- code: tax-certificate"),
        ("{key: applicant,", "{key: summary,"),
    ],
)
def test_codes_are_used_once(tmp_path: Path, old: str, new: str) -> None:
    (finding,) = read_changed(tmp_path, old, new)
    assert finding.code == "DON-003"
    assert finding.place.line


def test_a_packs_code_is_its_folder(tmp_path: Path) -> None:
    shutil.copytree(PACK, tmp_path / "another")
    donor, _, (finding,) = read_donor(tmp_path / "another")
    assert donor is None
    assert (finding.code, finding.found) == ("DON-003", "hellenic-aid")


def test_days_in_the_wrong_order(tmp_path: Path) -> None:
    findings = read_changed(tmp_path, "valid_to: 2008-12-31", "valid_to: 1999-12-31")
    assert [finding.code for finding in findings] == ["DON-006"]


def test_common_rules_are_sound_and_checked_like_a_donors(tmp_path: Path) -> None:
    rules, _, findings = read_common_rules(COMMON)
    assert rules is not None
    assert findings == []
    (finding,) = read_changed(tmp_path, "check: line_totals", "check: line_total", COMMON / "rules.yaml")
    assert finding.code == "DON-004"
    assert finding.place.line


def test_an_unknown_key_of_a_pack_is_a_finding_like_any_other(tmp_path: Path) -> None:
    (finding,) = read_changed(tmp_path, "short_name:", "shortname:")
    assert (finding.code, finding.remedy) == ("DEF-002", "Did you mean `short_name`?")


def test_a_missing_pack_is_a_finding(tmp_path: Path) -> None:
    donor, _, (finding,) = read_donor(tmp_path / "nobody")
    assert donor is None
    assert finding.code == "FILE-001"


@pytest.mark.parametrize("file", sorted(COMMON.glob("labels-*.yaml")), ids=lambda file: file.name)
def test_labels_are_in_greek_and_english(file: Path) -> None:
    labels, _, findings = read_labels(file)
    assert labels is not None, findings
    assert all(text.says(language) for text in labels.labels.values() for language in ("el", "en"))


def test_faulty_labels_are_a_finding(tmp_path: Path) -> None:
    (tmp_path / "labels-x.yaml").write_text("labels: {cover: {el: }}\n", "utf-8")
    labels, _, (finding,) = read_labels(tmp_path / "labels-x.yaml")
    assert labels is None
    assert (finding.code, finding.place.line) == ("DEF-009", 1)
