"""The bundle for machines without a package index: what its installer refuses before it installs anything."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from offline.bundle import PYTHONS, SYSTEMS, write_bundle

if TYPE_CHECKING:
    from pathlib import Path

PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
SYSTEM = {"darwin": "macos", "win32": "windows"}.get(sys.platform, "linux")


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


def test_a_file_that_is_missing_stops_the_installation(tmp_path: Path) -> None:
    (bundle(tmp_path) / "wheels" / "pip-26.0-py3-none-any.whl").unlink()
    assert "wheels/pip-26.0-py3-none-any.whl is missing" in install(tmp_path).stderr


def test_a_wheel_that_was_added_stops_the_installation(tmp_path: Path) -> None:
    (bundle(tmp_path) / "wheels" / "grantcalc-9.0-py3-none-any.whl").touch()
    assert "grantcalc-9.0-py3-none-any.whl is no part of the bundle; take it out" in install(tmp_path).stderr


def test_another_python_is_told_so(tmp_path: Path) -> None:
    other = next(version for version in PYTHONS if version != PYTHON)
    said = install(bundle(tmp_path, python=other)).stderr
    assert said.strip() == (
        f"grantcalc is not installed: these wheels are for Python {other}, and this is {PYTHON}; "
        "run install.py with the other"
    )


def test_another_system_is_told_so(tmp_path: Path) -> None:
    other = next(system for system in SYSTEMS if system != SYSTEM)
    assert f"these wheels are for {other}, and this is " in install(bundle(tmp_path, system=other)).stderr


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
