"""What is built again, and what is not."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from grants.services import production
from grants.services.build import build_batch, is_fresh
from grants.services.manifest import hash_bytes
from grants.services.options import Options, Outcome

QUICK = Options(only="budget", page_numbers=False)


def test_what_is_edited_while_a_build_runs_is_built_again(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = workspace / "projects" / "police"
    produce = production.produce

    def edit_meanwhile(projects: Sequence[Path], options: Options) -> list[Outcome]:
        outcomes = produce(projects, options)
        (project / "risks.yaml").write_text("risks: []\n", "utf-8")
        return outcomes

    monkeypatch.setattr(production, "produce", edit_meanwhile)
    build_batch([project], QUICK)
    assert not is_fresh(project, QUICK)
    monkeypatch.undo()
    build_batch([project], QUICK)
    assert is_fresh(project, QUICK)


def test_one_project_that_fails_stops_no_other(workspace: Path) -> None:
    project = workspace / "projects" / "police"
    broken = workspace / "projects" / "broken"
    broken.mkdir()
    outcomes = build_batch([broken, project], QUICK)
    assert [outcome.failure is None for outcome in outcomes] == [False, True]


def test_a_file_that_the_system_refuses_is_a_failure_with_its_name(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object) -> None:
        raise PermissionError(13, "in use", "budget.yaml")

    monkeypatch.setattr(production, "hash_files", refuse)
    (outcome,) = build_batch([workspace / "projects" / "police"], QUICK)
    assert outcome.failure is not None
    assert "budget.yaml cannot be used (in use)" in outcome.failure.message


def test_a_pdf_of_an_earlier_build_is_told(workspace: Path) -> None:
    project = workspace / "projects" / "police"
    assert build_batch([project], QUICK)[0].older == ()
    pdf = project / "out" / "budget.en.pdf"
    pdf.write_bytes(b"%PDF of nobody knows what")
    force = replace(QUICK, force=True)
    assert build_batch([project], force)[0].older == (pdf,)
    manifest = project / "out" / "manifest.json"
    said = json.loads(manifest.read_text("utf-8"))
    said["outputs"][pdf.name] = {"sha256": hash_bytes(pdf.read_bytes()), "definition": said["definition"]}
    manifest.write_text(json.dumps(said), "utf-8")
    assert build_batch([project], force)[0].older == ()
    budget = project / "budget.yaml"
    budget.write_text(budget.read_text("utf-8") + "# changed\n", "utf-8")
    assert build_batch([project], QUICK)[0].older == (pdf,)


def test_a_workbook_that_was_typed_into_is_put_aside(workspace: Path) -> None:
    project = workspace / "projects" / "police"
    build_batch([project], QUICK)
    file = project / "out" / "budget.el.xlsx"
    made = file.read_bytes()
    file.write_bytes(made + b"typed")
    assert not is_fresh(project, QUICK)
    (outcome,) = build_batch([project], QUICK)
    (finding,) = (x for x in outcome.findings if x.code == "OUT-010")
    assert (finding.place.file, "out/changed/budget.el.xlsx" in finding.message) == ("out/budget.el.xlsx", True)
    assert (project / "out/changed/budget.el.xlsx").read_bytes() == made + b"typed"
    assert file.read_bytes() == made
    assert is_fresh(project, QUICK)
    (again,) = build_batch([project], replace(QUICK, force=True))
    assert "OUT-010" not in [x.code for x in again.findings]


@pytest.mark.parametrize("damage", ["lost", "a list for a hash"])
def test_a_workbook_of_which_no_record_is_left_is_not_called_changed(workspace: Path, damage: str) -> None:
    project = workspace / "projects" / "police"
    build_batch([project], QUICK)
    manifest, file = project / "out" / "manifest.json", project / "out" / "budget.el.xlsx"
    said = json.loads(manifest.read_text("utf-8"))
    said["outputs"]["budget.el.xlsx"]["sha256"] = ["x"]
    manifest.write_text(json.dumps(said) if damage != "lost" else "", "utf-8")
    file.write_bytes(file.read_bytes() + b"typed")
    (outcome,) = build_batch([project], QUICK)
    (finding,) = (x for x in outcome.findings if x.code == "OUT-010")
    assert finding.message.startswith("Nothing says any more whether this file is as it was made")
    assert (project / "out/changed/budget.el.xlsx").read_bytes().endswith(b"typed")


def run_build(workspace: Path, end: Callable[[subprocess.Popen[str]], None]) -> tuple[int, str]:
    """Exit code and output of a build of 30 projects in two processes that is ended when the first is there."""
    for number in range(30):
        shutil.copytree(workspace / "projects" / "police", workspace / "projects" / f"copy{number:02d}")
    command = [str(Path(sys.executable).with_name("grants")), "build", "--jobs", "2", "--no-page-numbers"]
    with subprocess.Popen(command, cwd=workspace, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as run:
        while not any((workspace / "projects").glob("copy*/out/manifest.json")):
            assert run.poll() is None
            time.sleep(0.05)
        end(run)
        said, _ = run.communicate(timeout=60)  # as long as a process lives, it holds the pipe
    assert "Traceback" not in said
    assert len(list((workspace / "projects").glob("copy*/out/manifest.json"))) < 30
    return run.returncode, said


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process at once")
def test_whoever_is_told_to_end_stops_its_processes(workspace: Path) -> None:
    code, said = run_build(workspace, lambda run: run.terminate())
    assert (code, "Stopped" in said) == (1, True)
    assert not list((workspace / "projects").glob("*/out/.new-*"))


@pytest.mark.skipif(sys.platform != "linux", reason="children are found under /proc")
def test_a_process_that_is_killed_is_told(workspace: Path) -> None:
    def kill_one(run: subprocess.Popen[str]) -> None:
        children = Path(f"/proc/{run.pid}/task/{run.pid}/children").read_text("ascii").split()
        os.kill(int(children[-1]), signal.SIGKILL)

    code, said = run_build(workspace, kill_one)
    assert (code, "ended from outside" in said) == (1, True), said
