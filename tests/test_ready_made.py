"""What others' CI takes from the repository: the hooks of pre-commit, the action, and the recipes."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from typing import TYPE_CHECKING, Any, Final

import pytest
import typer
import yaml

from grantcalc.cli import app
from tests.grant_files import EXAMPLES

if TYPE_CHECKING:
    from pathlib import Path

ROOT: Final = EXAMPLES.parent
PROJECT: Final = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
HOOKS: Final[list[dict[str, Any]]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
ACTION: Final[dict[str, Any]] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
RECIPES: Final = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")

with_bash = pytest.mark.skipif(
    os.name != "posix" or not shutil.which("bash"), reason="the script of the action is for bash"
)


def environment(folder: Path, **variables: str) -> dict[str, str]:
    """An environment in which `grantcalc` is this program."""
    program = folder / "bin" / "grantcalc"
    program.parent.mkdir(exist_ok=True)
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m grantcalc "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    kept = {key: value for key, value in os.environ.items() if key != "GITHUB_STEP_SUMMARY"}
    path = os.pathsep.join([str(program.parent), os.environ.get("PATH", "")])
    return {**kept, "PATH": path, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **variables}


def run(command: list[str], folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=folder,
        env=environment(folder, **variables),
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Somebody's repository with grants and papers."""
    (tmp_path / "grants").mkdir()
    (tmp_path / "papers").mkdir()
    for name in ("minimal.yaml", "marsoc.yaml"):
        shutil.copy(EXAMPLES / name, tmp_path / "grants" / name)
    for suffix in (".md", ".docx"):
        shutil.copy(EXAMPLES / f"marsoc-paper{suffix}", tmp_path / "papers" / f"marsoc paper{suffix}")
    return tmp_path


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_a_hook_has_what_pre_commit_needs(hook: dict[str, Any]) -> None:
    assert {"id", "name", "entry", "language", "files"} <= set(hook)
    program, command = shlex.split(hook["entry"])
    assert program in PROJECT["scripts"]
    assert command in typer.main.get_command(app).commands  # type: ignore[attr-defined]
    extras = [
        extra for needed in hook.get("additional_dependencies", []) for extra in re.findall(r"\w+(?=[],])", needed)
    ]
    assert set(extras) <= set(PROJECT["optional-dependencies"])
    assert f"- id: {hook['id']}\n" in RECIPES


@with_bash
@pytest.mark.parametrize(
    ("hook", "checked", "status"),
    [
        ("grantcalc", ["grants/marsoc.yaml", "grants/minimal.yaml"], 1),
        ("grantcalc-papers", ["papers/marsoc paper.docx", "papers/marsoc paper.md"], 0),
    ],
)
def test_a_hook_checks_the_files_that_it_is_for(project: Path, hook: str, checked: list[str], status: int) -> None:
    (taken,) = [each for each in HOOKS if each["id"] == hook]
    paths = sorted(str(path.relative_to(project).as_posix()) for path in project.rglob("*.*"))
    files = [path for path in paths if re.search(taken["files"], path)]
    assert files == checked
    done = run([*shlex.split(taken["entry"]), *files], project)
    assert (done.returncode, done.stderr) == (status, "")


@with_bash
@pytest.mark.parametrize(
    ("files", "fail_on", "status", "printed"),
    [
        ("grants/minimal.yaml\n", "error", 0, ""),
        ("grants/*.yaml\npapers/*.md\n", "error", 1, "::error file=grants/marsoc.yaml,line=7,"),
        ("papers/marsoc paper.md", "warning", 1, "::warning file=papers/marsoc paper.md,"),
        ("papers/*.docx", "warning", 1, "::warning file=papers/marsoc paper.docx,"),
        (" \tgrants/minimal.yaml \r\n\r\n", "error", 0, ""),
        ("grants/a b [1].yaml", "error", 1, "::error file=grants/a b [1].yaml,line=7,"),
        ("grants/a b [[]*.yaml", "error", 1, "::error file=grants/a b [1].yaml,line=7,"),
        ("grants/no*.yaml", "error", 2, "::error::no file matches grants/no*.yaml; mend"),
        ("grants/*.yaml\npaper/*.md", "error", 2, "::error::no file matches paper/*.md; mend"),
        ("grants/minimal.yaml\ngrants/100%.yaml", "error", 2, "::error::no file matches grants/100%25.yaml; mend"),
        (" \n", "error", 2, "::error::no file is named under files"),
        ("$(touch gone)", "error", 2, "::error::no file matches $(touch gone); mend"),
    ],
)
def test_the_action_annotates_the_files_that_it_is_given(
    project: Path, files: str, fail_on: str, status: int, printed: str
) -> None:
    shutil.copy(project / "grants" / "marsoc.yaml", project / "grants" / "a b [1].yaml")
    done = step(project, FILES=files, FAIL_ON=fail_on)
    assert done.returncode == status
    assert printed in done.stdout
    assert not (project / "gone").exists()


@with_bash
def test_the_action_holds_papers_against_a_grant(project: Path) -> None:
    done = step(project, FILES="papers/*.md", AGAINST="grants/marsoc.yaml")
    assert done.returncode == 1
    assert "GC701" in done.stdout


@with_bash
def test_the_action_accepts_the_findings_of_a_baseline(project: Path) -> None:
    command = ["check", "--write-baseline", "accepted findings.toml", "grants/marsoc.yaml"]
    made = subprocess.run([sys.executable, "-m", "grantcalc", *command], cwd=project, check=False, timeout=60)
    assert made.returncode == 0
    assert step(project, FILES="grants/marsoc.yaml", BASELINE="accepted findings.toml").returncode == 0


@with_bash
def test_the_action_takes_the_configuration_that_it_is_given(project: Path) -> None:
    (project / "own settings.toml").write_text('ignore = ["GC501", "GC502", "GC503"]\n', encoding="utf-8")
    done = step(project, FILES="grants/marsoc.yaml", CONFIG="own settings.toml")
    assert "GC501" not in done.stdout
    assert "GC501" in step(project, FILES="grants/marsoc.yaml").stdout


def step(project: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the step of the action that checks, as GitHub runs bash; inputs that are not given have their defaults."""
    script = ACTION["runs"]["steps"][-1]
    given = {name.upper().replace("-", "_"): each.get("default", "") for name, each in ACTION["inputs"].items()}
    assert sorted(script["env"]) == sorted(given)
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script["run"]]
    return run(command, project, **{**given, **variables})


def test_the_action_takes_its_inputs_as_variables_and_documents_them() -> None:
    scripts = [part["run"] for part in ACTION["runs"]["steps"] if "run" in part]
    assert [script for script in scripts if "${{" in script] == []
    assert all(part["shell"] == "bash" for part in ACTION["runs"]["steps"] if "run" in part)
    assert [name for name in ACTION["inputs"] if f"| `{name}` |" not in RECIPES] == []


@pytest.mark.parametrize("recipe", re.findall(r"```yaml\n(.*?)```", RECIPES, re.DOTALL))
def test_a_recipe_is_yaml(recipe: str) -> None:
    assert isinstance(yaml.safe_load(recipe), dict)


@with_bash
@pytest.mark.parametrize("recipe", re.findall(r"```sh\n(grantcalc.*?)```", RECIPES, re.DOTALL))
def test_a_recipe_for_the_shell_runs(project: Path, recipe: str) -> None:
    done = run(["bash", "-c", recipe], project)
    assert (done.returncode, done.stderr) == (1, "")
    assert "grants/marsoc.yaml:7:8: GC501" in done.stdout


@with_bash
def test_the_hook_for_git_looks_at_what_is_about_to_be_committed(project: Path) -> None:
    (hook,) = re.findall(r"```sh\n(#!/bin/sh\n.*?)```", RECIPES, re.DOTALL)
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    commit = ["git", *identity, "commit", "--quiet", "--message", "Grants"]
    faulty = (project / "grants" / "marsoc.yaml").read_text(encoding="utf-8")
    good = (project / "grants" / "minimal.yaml").read_text(encoding="utf-8")
    assert run(["git", "init", "--quiet"], project).returncode == 0
    file = project / ".git" / "hooks" / "pre-commit"
    file.parent.mkdir(exist_ok=True)
    file.write_text(hook, encoding="utf-8")
    file.chmod(0o755)
    assert run(["git", "add", "grants"], project).returncode == 0
    (project / "grants" / "marsoc.yaml").write_text(good, encoding="utf-8")
    refused = run(commit, project)
    assert refused.returncode == 1
    assert "grants/marsoc.yaml:7:8: GC501" in refused.stdout + refused.stderr
    assert run(["git", "add", "grants"], project).returncode == 0
    (project / "grants" / "marsoc.yaml").write_text(faulty, encoding="utf-8")
    assert run(commit, project).returncode == 0


@with_bash
@pytest.mark.parametrize(("added", "status"), [("", 1), ("grants: [\n", 1), (None, 2)])
def test_the_recipe_for_gitlab_fails_as_the_check_does(project: Path, added: str | None, status: int) -> None:
    (recipe,) = [each for each in re.findall(r"```yaml\n(.*?)```", RECIPES, re.DOTALL) if "after_script" in each]
    job = yaml.safe_load(recipe)["grants"]
    if added is None:
        (project / "grants" / "folder.yaml").mkdir()
    else:
        (project / "grants" / "other.yaml").write_text(added, encoding="utf-8")
    _, *check = job["script"]
    done = run(["bash", "-e", "-c", "\n".join(check)], project)
    assert done.returncode == status
    assert run(["bash", "-c", "\n".join(job["after_script"])], project).returncode == status
    assert [name for name in job["artifacts"]["reports"].values() if not (project / name).exists()] == []
