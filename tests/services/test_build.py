"""What is built again, and what is not."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from grants.services import production
from grants.services.build import build_batch, is_fresh
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
