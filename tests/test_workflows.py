"""The workflows: what they run is what anyone can run here, and they may do no more than they must."""

from __future__ import annotations

import os
import re
from typing import Any, Final

import pytest
import yaml

from tests.grant_files import EXAMPLES

ROOT: Final = EXAMPLES.parent
WORKFLOWS: Final[dict[str, dict[str, Any]]] = {
    path.name: yaml.safe_load(path.read_text(encoding="utf-8"))
    for path in sorted((ROOT / ".github" / "workflows").glob("*.yml"))
}
TESTS: Final = "pip install uv && uv run pytest"
"""The command of the README."""


def steps(name: str) -> list[dict[str, Any]]:
    return [step for job in WORKFLOWS[name]["jobs"].values() for step in job["steps"]]


def test_each_command_of_the_workflow_is_a_script_here_or_that_of_the_readme() -> None:
    commands = [step["run"].removeprefix("pip install uv && ") for step in steps("ci.yml") if "run" in step]
    scripts = {f".ci/{path.name}" for path in (ROOT / ".ci").iterdir() if not path.suffix}
    assert set(commands) == {*scripts, TESTS.removeprefix("pip install uv && ")}
    assert TESTS in (ROOT / "README.md").read_text(encoding="utf-8")
    assert TESTS in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such permissions")
def test_each_script_can_be_run() -> None:
    assert [path.name for path in (ROOT / ".ci").iterdir() if not path.suffix and not os.access(path, os.X_OK)] == []


def test_the_workflow_runs_on_every_python_that_the_project_names() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    named = re.findall(r"Python :: (3\.\d+)", project)
    assert WORKFLOWS["ci.yml"]["jobs"]["newest"]["strategy"]["matrix"]["python"] == named


@pytest.mark.parametrize("name", WORKFLOWS)
def test_no_workflow_may_write_to_the_repository_or_takes_what_others_wrote_into_a_script(name: str) -> None:
    rights = [WORKFLOWS[name]["permissions"], *(job.get("permissions", {}) for job in WORKFLOWS[name]["jobs"].values())]
    allowed = {"contents": "read", "id-token": "write", "attestations": "write"}
    assert [right for held in rights for right in held.items() if right not in allowed.items()] == []
    assert [step["run"] for step in steps(name) if "${{" in step.get("run", "")] == []
    checkouts = [step for step in steps(name) if step.get("uses", "").startswith("actions/checkout")]
    assert [step for step in checkouts if step["with"]["persist-credentials"]] == []


def test_only_the_job_that_publishes_may_publish() -> None:
    jobs = WORKFLOWS["release.yml"]["jobs"]
    publishing = [name for name, job in jobs.items() if any("publish" in step.get("uses", "") for step in job["steps"])]
    assert publishing == ["publish"]
    assert jobs["publish"]["environment"] == "release"
    assert jobs["publish"]["permissions"] == {"id-token": "write"}
