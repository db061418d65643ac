"""Installs grantcalc from the wheels in this folder into `installed` beside them; no network is used or needed.

Run by the launcher the first time, or by hand: `python install.py`. Needs nothing but Python itself.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

_HERE = Path(__file__).resolve().parent
_PLATFORMS = {
    "linux": ("linux-", "x86_64"),
    "macos": ("macosx-", ("arm64", "universal2")),
    "windows": ("win-amd64", ""),
}


def main() -> None:
    """Check the folder, and install from it whole or not at all."""
    version = ""
    try:
        problem = _altered()
        if not problem:
            about = _about()
            problem, version = _unfit(about), about["grantcalc"]
    except FileNotFoundError as error:
        problem = f"{Path(error.filename).name} is missing; copy the whole folder again"
    except (OSError, ValueError, KeyError, TypeError):
        problem = "bundle.json or SHA256SUMS cannot be read; copy the whole folder again"
    if problem:
        sys.exit(f"grantcalc is not installed: {problem}")
    print("grantcalc: installing, once ...", file=sys.stderr, flush=True)  # noqa: T201
    try:
        _install(version)
    except OSError as error:
        sys.exit(f"grantcalc is not installed: {error}; copy the folder to where you may write")
    print(f"grantcalc {version} is installed in {_HERE / 'installed'}")  # noqa: T201


def _about() -> dict[str, str]:
    """What the bundle is: the versions of grantcalc and Python, and the system."""
    about: dict[str, str] = json.loads((_HERE / "bundle.json").read_text(encoding="utf-8"))
    return about


def _unfit(about: dict[str, str]) -> str:
    """Why this machine cannot use the wheels; empty if it can."""
    here = f"{sys.version_info.major}.{sys.version_info.minor}"
    if here != about["python"]:
        other = f"py -{about['python']}" if os.name == "nt" else f"python{about['python']}"
        return (
            f"these wheels are for Python {about['python']}, and this is {here}; "
            f'write   {other} "{_HERE / "install.py"}"   with that one installed'
        )
    begins, ends = _PLATFORMS[about["system"]]
    platform = sysconfig.get_platform()
    if not (platform.startswith(begins) and platform.endswith(ends)):
        return f"these wheels are for {about['system']}, and this is {platform}; fetch the bundle for it"
    return ""


def _altered() -> str:
    """Which file is not as it was when the bundle was made; empty if all are."""
    wanted = {}
    for line in (_HERE / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
        sha256, _, name = line.partition("  ")
        wanted[name] = sha256
    for name, sha256 in wanted.items():
        path = _HERE / name
        if not path.is_file():
            return f"{name} is missing; copy the whole folder again"
        if hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
            return f"{name} was altered since it was made; copy the whole folder again"
    for path in sorted((_HERE / "wheels").iterdir()):
        if f"wheels/{path.name}" not in wanted:
            return f"wheels/{path.name} is no part of the bundle; take it out"
    return ""


def _install(version: str) -> None:
    """Make an environment under another name, and give it its own when everything is in it."""
    making = _HERE / "installing"
    shutil.rmtree(making, ignore_errors=True)
    venv.create(making, with_pip=False, symlinks=os.name != "nt")
    python = making / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    (pip,) = (_HERE / "wheels").glob("pip-*.whl")
    command = [
        str(python), str(pip / "pip"), "--isolated", "--quiet", "--disable-pip-version-check", "install",
        "--no-index", "--find-links", str(_HERE / "wheels"), f"grantcalc[all]=={version}",
    ]  # fmt: skip
    if subprocess.run(command, check=False).returncode:  # noqa: S603  (our own words)
        sys.exit("grantcalc is not installed: pip could not install the wheels, as it says above")
    shutil.rmtree(_HERE / "installed", ignore_errors=True)
    making.rename(_HERE / "installed")


if __name__ == "__main__":
    main()
