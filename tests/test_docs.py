"""Every command in README and docs is run; every link leads somewhere; findings.md is what the catalogue says."""

import json
import re
import shlex
import shutil
import tomllib
from pathlib import Path

import pytest

from grants.model.settings import Settings
from tests.commands import build, run

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
SAMPLE = "shelter-greece-prevention-serbia"
CONTRACT = re.compile(r"^```yaml\n(contract:\n.*?)^```", re.MULTILINE | re.DOTALL)
COMMANDS = re.compile(r"^[ ]*```sh\n(.*?)^[ ]*```", re.MULTILINE | re.DOTALL)


def list_commands(page: Path) -> list[str]:
    return [
        line.strip()
        for block in COMMANDS.findall(page.read_text("utf-8"))
        for line in block.splitlines()
        if line.strip()
    ]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_of_a_page_works(page: Path, workspace: Path) -> None:
    """In a workspace that has the project `my-project`, checked, built; and the sample that runs, where it is named.

    As a new user does: without settings, with a yes where it is asked for, and with the page's contract where one is
    to be signed.
    """
    assert run(workspace, "new", "projects/my-project").returncode == 0
    assert build(workspace, "my-project").returncode == 0
    if SAMPLE in page.read_text("utf-8"):
        shutil.copytree(
            ROOT / "projects" / SAMPLE, workspace / "projects" / SAMPLE, ignore=shutil.ignore_patterns("out", "outbox")
        )
    for command in list_commands(page):
        program, *arguments = shlex.split(command)
        if program == "make":
            assert re.search(rf"^{arguments[0]}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE), command
            continue
        assert program == "grants", command
        if arguments[0] == "new":
            shutil.rmtree(workspace / arguments[1])
        if arguments[0] == "sign":
            (contract,) = CONTRACT.findall(page.read_text("utf-8"))
            with (workspace / "projects" / arguments[1] / "grant.yaml").open("a", encoding="utf-8") as file:
                file.write(f"\n{contract}")
        (settings := workspace / "settings.toml").write_text("", "utf-8")
        done = run(workspace, *arguments, typed="y\n", GRANTS_SETTINGS=str(settings))
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"


def test_the_export_that_is_shown_is_imported_as_it_is_shown(workspace: Path) -> None:
    page = (ROOT / "docs" / "programme-manager.md").read_text("utf-8")
    (export,) = re.findall(r"^```csv\n(Παραστατικό.*?)^```", page, re.MULTILINE | re.DOTALL)
    (mapping,) = re.findall(r"^```yaml\n(exports:\n.*?)^```", page, re.MULTILINE | re.DOTALL)
    (contract,) = CONTRACT.findall(page)
    days = ("--start", "2027-01-01", "--end", "2027-12-31")
    assert run(workspace, "new", "projects/my-project", *days).returncode == 0
    project = workspace / "projects" / "my-project"
    (project / "import.yaml").write_text(mapping, "utf-8")
    (workspace / "ledger.csv").write_bytes(export.encode("windows-1253"))
    with (project / "grant.yaml").open("a", encoding="utf-8") as file:
        file.write(f"\n{contract}")
    assert run(workspace, "sign", "my-project").returncode == 0
    (command,) = re.findall(r"^grants (import ledger.csv .*)", page, re.MULTILINE)
    done = run(workspace, *shlex.split(command))
    assert done.returncode == 0, done.stdout + done.stderr
    costs = (project / "periods" / "R1" / "expenditures.csv").read_text("utf-8-sig")
    assert [line.split(",")[0] for line in costs.splitlines()[1:]] == ["Μ-014", "Τ-007"]
    checked = json.loads(run(workspace, "check", "my-project", "--json").stdout)
    findings = checked["findings"] if isinstance(checked, dict) else checked
    assert findings
    assert [x for x in findings if "expenditures.csv" in str(x)] == []


def test_the_pages_together_show_every_command() -> None:
    shown = {command.split()[1] for page in PAGES for command in list_commands(page) if command.startswith("grants ")}
    assert shown >= {
        "new",
        "check",
        "build",
        "verify",
        "donors",
        "explain",
        "schema",
        "status",
        "sign",
        "form",
        "report",
        "outbox",
    }


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_and_pictures_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", page.read_text("utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_folders_and_files_of_the_program_that_a_page_names_are_there(page: Path) -> None:
    named = re.findall(r"`((?:grants|templates|tests|docs)/[\w./-]*)`", page.read_text("utf-8"))
    assert [path for path in named if "my-donor" not in path and not (ROOT / path).exists()] == []


def test_the_layers_of_the_architecture_are_those_of_the_contract() -> None:
    contract = re.search(r"^layers =\n((?:    .*\n)+)", (ROOT / ".importlinter").read_text("utf-8"), re.MULTILINE)
    assert contract is not None
    layers = [re.findall(r"[a-z]+", line.replace("(web)", "")) for line in contract[1].splitlines()[1:]]
    table = (ROOT / "docs" / "architecture.md").read_text("utf-8").partition("## Layers")[2].partition("## Dec")[0]
    rows = [re.findall(r"`([a-z]+)`", row.split("|")[1]) for row in table.splitlines() if row.startswith("| `")]
    assert rows == layers


def test_the_settings_that_docs_show_are_settings() -> None:
    blocks = re.findall(
        r"^```toml\n(.*?)^```", (ROOT / "docs" / "outbox.md").read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    ways = [Settings.model_validate(tomllib.loads(block)).way for block in blocks]
    assert ways == ["smtp", "graph", "smtp"]
