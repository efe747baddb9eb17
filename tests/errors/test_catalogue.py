"""Every code has a page, every page a code, and every example does what it says."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from grants.errors import Finding
from grants.errors.catalogue import FOLDER, Page, all_pages, explain
from grants.readers.pack import read_common_rules, read_donor
from grants.services.load import load_project

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "tests" / "examples"
TEMPLATES = ROOT / "templates"
CODE = re.compile(r'"([A-Z]{2,4}-[0-9]{3})"')
PAGES = all_pages()
SHOWN = [page for page in PAGES if page.file]


def list_codes() -> set[str]:
    """The codes that stand in the program, and the ids of all rules."""
    codes = {code for file in (ROOT / "grants").rglob("*.py") for code in CODE.findall(file.read_text("utf-8"))}
    common, _, _ = read_common_rules(TEMPLATES / "_common")
    donors = [read_donor(file.parent)[0] for file in TEMPLATES.glob("*/donor.yaml")]
    return codes | {rule.id for pack in (common, *donors) if pack for rule in pack.rules}


def test_every_code_has_a_page_and_every_page_a_code() -> None:
    codes = list_codes()
    assert {"FILE-001", "MD-001", "G01", "M01", "TXT-1"} <= codes
    assert {page.code for page in PAGES} == codes


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.code)
def test_a_page_says_everything(page: Page) -> None:
    assert explain(page.code) == page
    assert page.failing != page.mended
    assert all((page.title.strip(), page.meaning.strip(), page.why.strip(), page.failing.strip(), page.mended.strip()))
    assert page.title[-1].isalnum() or page.title[-1] in "%)"
    assert page.meaning.endswith(".")
    assert page.why.endswith((".", "”"))


def test_an_unknown_code_has_no_page() -> None:
    assert explain("X99") is None
    assert explain("T0") is None


def check_with(page: Page, example: str, folder: Path) -> list[Finding]:
    """The findings of the test project, or of the pack, with an example put in its place."""
    assert page.file
    if page.file.startswith("templates/"):
        source, target = ROOT / page.file, folder / "hellenic-aid" / "donor.yaml"
        target.parent.mkdir()
    else:
        shutil.copytree(EXAMPLES / "base", folder / "projects" / "sample")
        source, target = EXAMPLES / "base" / page.file, folder / "projects" / "sample" / page.file
    text, part = source.read_text("utf-8"), page.instead_of or page.mended
    assert text.count(part) == 1, f"the example stands {text.count(part)} times in {page.file}"
    target.write_text(text.replace(part, example), "utf-8")
    return (
        read_donor(target.parent)[2]
        if target.name == "donor.yaml"
        else load_project(target.parents[len(Path(page.file).parts) - 1]).findings
    )


@pytest.mark.parametrize("page", SHOWN, ids=lambda page: page.code)
def test_the_wrong_example_gives_the_code(page: Page, tmp_path: Path) -> None:
    assert page.code in {finding.code for finding in check_with(page, page.failing, tmp_path)}


@pytest.mark.parametrize("page", SHOWN, ids=lambda page: page.code)
def test_the_mended_example_does_not_give_it(page: Page, tmp_path: Path) -> None:
    assert page.code not in {finding.code for finding in check_with(page, page.mended, tmp_path)}


def test_many_examples_are_proven() -> None:
    assert len(SHOWN) > 90


def test_the_catalogue_is_read_only_when_asked() -> None:
    program = "import sys; import grants.errors.catalogue; sys.exit('tomllib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_every_family_of_pages_is_a_file_of_the_package() -> None:
    assert len(list(FOLDER.glob("*.toml"))) > 5


def test_every_rule_and_every_fault_of_a_definition_has_a_broken_example() -> None:
    expected = "\n".join(file.read_text("utf-8") for file in EXAMPLES.glob("*broken/*/expected.txt"))
    given = set(re.findall(r" ([A-Z][A-Z0-9]*(?:-[A-Z0-9]+)?) (?:error|warning|info) ", expected))
    tested_elsewhere = {"FILE-003", "FILE-004"}  # a large file, a file without permission: tests/readers
    tested_elsewhere |= {"R02", "R09"}  # R01 of later years; a donor that names days: tests/rules
    tested_elsewhere |= {"R13", "R14", "R14-2013", "R15", "R17"}  # of large grants, mostly from 2013: tests/rules
    families = (
        "MD-",
        "TPL-",
        "OUT-",
        "DON-",
        "USE-",
        "PKG-",
        "EXP-",
        "REC-",
        "RATE-",
        "MAIL-",
        "PRIV-",
        "RET-",
    )  # each with tests of its own
    codes = {code for code in list_codes() if not code.startswith(families)}
    assert codes - given == tested_elsewhere
