# /// script
# requires-python = ">=3.11"
# dependencies = ["pip>=25,<27"]
# ///
"""Makes a folder that installs grantcalc on a machine without a package index, and a zip file of it.

`uv run offline/bundle.py` makes it for this system and Python, `--system` and `--python` for another: with the wheels
of `grantcalc[all]` and of pip, a program that installs them, a launcher, and the SHA-256 of every file.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from collections.abc import Mapping

_HERE: Final = Path(__file__).parent
_ROOT: Final = _HERE.parent
_UV: Final = os.environ.get("UV", "uv")


@dataclass(frozen=True, slots=True)
class System:
    """A kind of machine.

    Attributes:
        name: what it is called to people.
        resolved: what uv calls it.
        tags: what pip calls it: the tags of wheels that run there, the best first.
        launcher: the file that starts the program there.
    """

    name: str
    resolved: str
    tags: tuple[str, ...]
    launcher: str = "grantcalc"


SYSTEMS: Final[Mapping[str, System]] = {
    "linux": System(
        "Linux (x86-64, glibc 2.28 or later)",
        "x86_64-manylinux_2_28",
        ("manylinux_2_28_x86_64", "manylinux_2_27_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64"),
    ),
    "macos": System("macOS 14 or later (Apple silicon)", "aarch64-apple-darwin", ("macosx_14_0_arm64",)),
    "windows": System("Windows (64 bits)", "x86_64-pc-windows-msvc", ("win_amd64",), "grantcalc.cmd"),
}
PYTHONS: Final = ("3.11", "3.12", "3.13", "3.14")
_SHA256SUMS: Final = "SHA256SUMS"


def main() -> None:
    """Make the folder and the zip file, and print the latter's SHA-256."""
    options = _options()
    system = SYSTEMS[options.system]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _collect(system, options.python, folder / "wheels")
        version = next(folder.glob("wheels/grantcalc-*.whl")).name.split("-")[1]
        write_bundle(folder, options.system, options.python, version)
        target = Path(options.folder) / f"grantcalc-{version}-{options.system}-python{options.python}"
        _put(folder, target)
    print(f"{_sha256(target.with_name(target.name + '.zip'))}  {target}.zip")  # noqa: T201


def _options() -> argparse.Namespace:
    here = {"Darwin": "macos", "Windows": "windows"}.get(platform.system(), "linux")
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--system", choices=SYSTEMS, default=here, help="where it is to run (here: %(default)s)")
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    parser.add_argument("--python", choices=PYTHONS, default=python, help="with which Python (here: %(default)s)")
    parser.add_argument("--folder", default="dist", help="where to put it (%(default)s)")
    return parser.parse_args()


def _collect(system: System, python: str, wheels: Path) -> None:
    """Build the program's own wheel, and download those that it needs on a system."""
    _run(_UV, "build", "--quiet", "--wheel", "--no-create-gitignore", "--out-dir", str(wheels), str(_ROOT))
    needed = wheels.parent / "needed.txt"
    # uv resolves for the other system, its markers included; pip would ask those of this one.
    _run(
        _UV, "pip", "compile", "--quiet", "--no-header", "--only-binary", ":all:", "--extra", "all",
        "--python-platform", system.resolved, "--python-version", python, "--output-file", str(needed),
        str(_ROOT / "pyproject.toml"),
    )  # fmt: skip
    _run(
        sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:",
        "--implementation", "cp", "--python-version", python,
        "--abi", f"cp{python.replace('.', '')}", "--abi", "abi3", "--abi", "none",
        *(word for tag in system.tags for word in ("--platform", tag)),
        "--dest", str(wheels), "--requirement", str(needed), "pip",
    )  # fmt: skip
    needed.unlink()


def _run(*command: str) -> None:
    if subprocess.run(command, check=False).returncode:  # noqa: S603  (our own words)
        sys.exit(f"this failed: {' '.join(command)}")


def write_bundle(folder: Path, system: str, python: str, version: str) -> None:
    """Write what belongs beside the wheels in a folder, the list of SHA-256 last.

    Args:
        folder: has the wheels in `wheels`.
        system: a key of `SYSTEMS`.
        python: the version of Python that the wheels are for, such as "3.13".
        version: the version of grantcalc.
    """
    words = {"@SYSTEM@": SYSTEMS[system].name, "@PYTHON@": python, "@VERSION@": version}
    shutil.copy(_HERE / "install.py", folder)
    for name in ("README.txt", SYSTEMS[system].launcher):
        text = (_HERE / name).read_text(encoding="utf-8")
        for word, meaning in words.items():
            text = text.replace(word, meaning)
        ends = "\r\n" if system == "windows" else "\n"
        (folder / name).write_text(text, encoding="utf-8", newline=ends)
    about = {"grantcalc": version, "python": python, "system": system}
    (folder / "bundle.json").write_text(json.dumps(about) + "\n", encoding="utf-8", newline="\n")
    listed = [f"{_sha256(path)}  {path.relative_to(folder).as_posix()}\n" for path in _files(folder)]
    (folder / _SHA256SUMS).write_text("".join(listed), encoding="utf-8", newline="\n")


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _put(folder: Path, target: Path) -> None:
    """Copy a folder to its place, and zip it, with the same bytes for the same files."""
    if target.exists():
        shutil.rmtree(target)
    shutil.copytree(folder, target)
    with ZipFile(f"{target}.zip", "w", ZIP_DEFLATED) as archive:
        for path in _files(target):
            name = path.relative_to(target.parent).as_posix()
            entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.external_attr = (0o100755 if path.name == "grantcalc" else 0o100644) << 16
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, path.read_bytes())
    launcher = target / "grantcalc"
    if launcher.exists():
        launcher.chmod(0o755)


if __name__ == "__main__":
    main()
