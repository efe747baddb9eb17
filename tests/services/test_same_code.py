"""A copy of a project that kept its code: the checks say so, and no form is booked into either of them by guess."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from grants.services.check import check_project
from grants.services.returns.importing import review_file
from tests.returned import Workspace, make_workspace


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    made = make_workspace(tmp_path_factory.mktemp("workspace"))
    shutil.copytree(made.folder, made.root / "projects" / "a-copy")
    return made


def list_codes(folder: Path) -> list[str]:
    return [f"{x.place} {x.code}" for x in check_project(folder) if x.code == "RET-036"]


def test_the_checks_say_it_of_both_until_one_has_another_code(workspace: Workspace) -> None:
    copy = workspace.root / "projects" / "a-copy"
    line = next(at for at, x in enumerate(workspace.read("project.yaml").splitlines(), 1) if x.startswith("code:"))
    for _ in range(2):  # the second time from what was kept
        assert [list_codes(x) for x in (workspace.folder, copy)] == [[f"project.yaml:{line}:1 RET-036"]] * 2
    sheet = (copy / "project.yaml").read_text("utf-8")
    try:
        (copy / "project.yaml").write_text(sheet.replace("\ncode: ", "\ncode: X-"), "utf-8")
        assert [list_codes(x) for x in (workspace.folder, copy)] == [[], []]
    finally:
        (copy / "project.yaml").write_text(sheet, "utf-8")


@pytest.mark.skipif(os.name == "nt", reason="needs a symbolic link")
def test_the_same_folder_by_another_name_is_no_copy(tmp_path: Path) -> None:
    alone = make_workspace(tmp_path)
    (alone.root / "projects" / "Sample").symlink_to(alone.folder, target_is_directory=True)
    assert list_codes(alone.folder) == []


def test_a_form_is_of_the_one_that_the_command_names(workspace: Workspace) -> None:
    file, folders = workspace.save(workspace.write("period").data), [workspace.root / "projects" / "a-copy"]
    reviewed = review_file(file, [*folders, workspace.folder], None, None)
    assert (reviewed.review, [x.code for x in reviewed.findings]) == (None, ["RET-036"])
    named = review_file(file, [workspace.folder], None, None)
    assert named.review
    assert named.review.recognised.grounds.folder == workspace.folder
