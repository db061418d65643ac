"""The bundle for machines without a package index: what its installer refuses before it installs anything."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from offline.bundle import PYTHONS, SYSTEMS, write_bundle

if TYPE_CHECKING:
    from pathlib import Path

PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
SYSTEM = {"darwin": "macos", "win32": "windows"}.get(sys.platform, "linux")

with_sh = pytest.mark.skipif(os.name != "posix", reason="the launcher is for sh")


def bundle(folder: Path, system: str = SYSTEM, python: str = PYTHON) -> Path:
    """A bundle whose wheels are no wheels."""
    (folder / "wheels").mkdir()
    for name in ("grantcalc-1.0-py3-none-any.whl", "pip-26.0-py3-none-any.whl"):
        (folder / "wheels" / name).write_text(name, encoding="utf-8")
    write_bundle(folder, system, python, "1.0")
    return folder


def install(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(folder / "install.py")]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=60)


@pytest.mark.parametrize("name", ["wheels/grantcalc-1.0-py3-none-any.whl", "README.txt", "install.py", "bundle.json"])
def test_a_file_that_was_altered_stops_the_installation(tmp_path: Path, name: str) -> None:
    with (bundle(tmp_path) / name).open("a", encoding="utf-8") as file:
        file.write("\n")
    done = install(tmp_path)
    assert done.returncode == 1
    assert done.stderr.strip() == (
        f"grantcalc is not installed: {name} was altered since it was made; copy the whole folder again"
    )
    assert not (tmp_path / "installed").exists()


@pytest.mark.parametrize("name", ["wheels/pip-26.0-py3-none-any.whl", "SHA256SUMS", "bundle.json"])
def test_a_file_that_is_missing_stops_the_installation(tmp_path: Path, name: str) -> None:
    (bundle(tmp_path) / name).unlink()
    said = install(tmp_path).stderr
    assert said == f"grantcalc is not installed: {name} is missing; copy the whole folder again\n"


def test_a_list_of_sums_that_names_nothing_stops_the_installation(tmp_path: Path) -> None:
    folder = bundle(tmp_path)
    (folder / "SHA256SUMS").write_bytes(b"\xff\xfe")
    said = install(folder).stderr
    assert said == (
        "grantcalc is not installed: bundle.json or SHA256SUMS cannot be read; copy the whole folder again\n"
    )


def test_a_wheel_that_was_added_stops_the_installation(tmp_path: Path) -> None:
    (bundle(tmp_path) / "wheels" / "grantcalc-9.0-py3-none-any.whl").touch()
    assert "grantcalc-9.0-py3-none-any.whl is no part of the bundle; take it out" in install(tmp_path).stderr


def test_another_python_is_told_so(tmp_path: Path) -> None:
    other = next(version for version in PYTHONS if version != PYTHON)
    said = install(bundle(tmp_path, python=other)).stderr
    command = f"py -{other}" if sys.platform == "win32" else f"python{other}"
    assert said.strip() == (
        f"grantcalc is not installed: these wheels are for Python {other}, and this is {PYTHON}; "
        f'write   {command} "{tmp_path / "install.py"}"   with that one installed'
    )


def test_another_system_is_told_so(tmp_path: Path) -> None:
    other = next(system for system in SYSTEMS if system != SYSTEM)
    assert f"these wheels are for {other}, and this is " in install(bundle(tmp_path, system=other)).stderr


def launch(launcher: Path, programs: Path, *python: str) -> subprocess.CompletedProcess[str]:
    """Run the launcher by name of the shell, where only what it needs is found, and this Python under these names."""
    programs.mkdir()
    for name in ("dirname", "readlink"):
        (programs / name).symlink_to(shutil.which(name) or name)
    for name in python:
        (programs / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', encoding="utf-8")
        (programs / name).chmod(0o755)
    command = [shutil.which("sh") or "sh", str(launcher), "--version"]
    environment = {**os.environ, "PATH": str(programs)}
    return subprocess.run(
        command, env=environment, capture_output=True, encoding="utf-8", check=False, cwd=programs, timeout=60
    )


@with_sh
def test_the_launcher_says_which_python_it_does_not_find(tmp_path: Path) -> None:
    (tmp_path / "bundle").mkdir()
    folder = bundle(tmp_path / "bundle", "linux", "3.13")
    done = launch(folder / "grantcalc", tmp_path / "programs")
    assert done.returncode == 2
    assert done.stderr == (
        "grantcalc is not installed: it needs Python 3.13, and no command python3.13 or python3 is that; install it, "
        f"or run install.py with it: PATH/TO/python3.13 '{folder / 'install.py'}'\n"
    )


@with_sh
def test_the_launcher_passes_over_a_python_of_another_version(tmp_path: Path) -> None:
    (tmp_path / "bundle").mkdir()
    other = next(version for version in PYTHONS if version != PYTHON)
    folder = bundle(tmp_path / "bundle", "linux", other)
    done = launch(folder / "grantcalc", tmp_path / "programs", "python3", f"python{PYTHON}")
    assert done.returncode == 2
    assert done.stderr.startswith(f"grantcalc is not installed: it needs Python {other}, and ")


@with_sh
def test_the_launcher_installs_through_links_and_says_so_first(tmp_path: Path) -> None:
    (tmp_path / "a folder").mkdir()
    bundle(tmp_path / "a folder", "linux" if SYSTEM == "linux" else "macos")
    (tmp_path / "direct").symlink_to(tmp_path / "a folder" / "grantcalc")
    (tmp_path / "relative").symlink_to("direct")
    done = launch(tmp_path / "relative", tmp_path / "programs", "python3")
    assert done.returncode == 2
    assert done.stderr.startswith("grantcalc: installing, once ...\n")
    assert "grantcalc is not installed: " in done.stderr


def test_wheels_that_pip_cannot_install_leave_nothing_behind_that_looks_installed(tmp_path: Path) -> None:
    done = install(bundle(tmp_path))
    assert done.returncode == 1
    assert "grantcalc is not installed: " in done.stderr
    assert not (tmp_path / "installed").exists()


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_launcher_names_the_python_that_the_wheels_are_for(tmp_path: Path, system: str) -> None:
    launcher = (bundle(tmp_path, system, "3.13") / SYSTEMS[system].launcher).read_bytes()
    assert b"3.13" in launcher
    assert b"@" not in launcher.replace(b"@echo", b"").replace(b'"$@"', b"")
    assert (b"\r\n" in launcher) is (system == "windows")
