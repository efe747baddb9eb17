"""What a name on the command line means."""

from pathlib import Path

import pytest

from grants.errors import UsageError
from grants.services.workspace import find_projects, find_templates, list_donors

ROOT = Path(__file__).parents[2]


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    for name in ("b-project", "a-project"):
        (tmp_path / "projects" / name).mkdir(parents=True)
        (tmp_path / "projects" / name / "project.yaml").touch()
    (tmp_path / "projects" / "empty").mkdir()
    return tmp_path


def test_without_names_all_projects_of_the_workspace_are_meant(workspace: Path) -> None:
    names = [folder.name for folder in find_projects([], workspace)]
    assert names == ["a-project", "b-project"]
    assert [folder.name for folder in find_projects([], workspace / "projects" / "a-project")] == names


@pytest.mark.parametrize("name", ["a-project", "projects/a-project", "projects/a-project/project.yaml"])
def test_a_project_is_named_by_folder_or_path(workspace: Path, name: str) -> None:
    assert find_projects([name], workspace) == [workspace / "projects" / "a-project"]


def test_a_folder_under_projects_without_a_definition_is_a_project_that_lacks_its_files(workspace: Path) -> None:
    assert find_projects(["projects/empty"], workspace) == [workspace / "projects" / "empty"]


def test_an_unknown_name_says_which_there_are(workspace: Path) -> None:
    with pytest.raises(UsageError, match="no project `c-project`") as caught:
        find_projects(["c-project"], workspace)
    assert "a-project, b-project" in caught.value.remedy


def test_no_workspace_says_how_to_begin(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        find_projects([], tmp_path)
    assert "grants new" in caught.value.remedy


def test_the_nearest_templates_serve_and_the_programs_own_where_there_are_none(workspace: Path) -> None:
    assert find_templates(workspace) == ROOT / "templates"
    assert "hellenic-aid" in list_donors(find_templates(workspace))
    (workspace / "templates" / "_common").mkdir(parents=True)
    assert find_templates(workspace / "projects" / "a-project") == workspace / "templates"
