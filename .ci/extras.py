"""Installs the wheel into fresh environments, without any extra and with each alone, and tries what needs which.

`uv run python .ci/extras.py WHEEL`. Commands run outside the checkout, from the installed wheel alone. Without extras,
what needs one ends with 3 and says what installs it, and everything else works; with its extra alone it works too.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

_ROOT: Final = Path(__file__).parent.parent
_EXTRAS: Final = ("", "ci", "claims", "office", "papers")
_COMMANDS: Final[tuple[tuple[str, str, int], ...]] = (
    ("", "--version", 0),
    ("", "summarise marsoc.yaml", 0),
    ("", "summarise marsoc.yaml --format json", 0),
    ("", "invoices marsoc.yaml", 0),
    ("", "claims marsoc-claims.yaml --as-of 2022-09-13", 0),
    ("", "check marsoc.yaml", 1),
    ("", "check marsoc-paper.md", 0),
    ("", "import posts.csv", 0),
    ("", "explain GC201", 0),
    ("", "schema", 0),
    ("ci", "check minimal.yaml --format junit", 0),
    ("claims", "invoices marsoc.yaml --format ics", 0),
    ("claims", "invoices marsoc.yaml --number 3 --format html", 0),
    ("claims", "invoices outreach.yaml", 0),  # it counts in working days
    ("office", "import posts.xlsx --year 2025-26", 0),
    ("papers", "check marsoc-paper.docx", 0),
    ("papers", "check page.html", 0),
    ("papers", "check cut-off.pdf", 2),
)
"""The extra that a command needs, its arguments, and its status where the extra is there."""


def main() -> None:
    """Try the commands, and say what did not end as it should."""
    wheel = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        files = _files(work / "files")
        wrong = [fault for extra in _EXTRAS for fault in _faults(extra, _installed(wheel, extra, work), files)]
    print(*wrong, sep="\n")  # noqa: T201
    sys.exit(bool(wrong))


def _files(folder: Path) -> Path:
    """The files that the commands read."""
    import openpyxl

    shutil.copytree(_ROOT / "examples", folder)
    (folder / "page.html").write_text("<p>£5 and £5 make £10 in total.</p>", encoding="utf-8")
    (folder / "cut-off.pdf").write_bytes(b"%PDF-1.7\n")
    workbook = openpyxl.Workbook()
    for row in (("Role", "Salary"), ("Officer", 30_000)):
        workbook.worksheets[0].append(row)
    workbook.save(folder / "posts.xlsx")
    return folder


def _installed(wheel: Path, extra: str, work: Path) -> Path:
    """The Python of a fresh environment with the wheel and an extra."""
    environment = work / (extra or "none")
    python = environment / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    wanted = f"grantcalc[{extra}] @ {wheel.as_uri()}" if extra else f"grantcalc @ {wheel.as_uri()}"
    _run("uv", "venv", "--quiet", "--python", sys.executable, str(environment))
    _run("uv", "pip", "install", "--quiet", "--python", str(python), wanted)
    return python


def _run(*command: str) -> None:
    subprocess.run(command, check=True)  # noqa: S603  (our own words)


def _faults(extra: str, python: Path, files: Path) -> list[str]:
    """What does not end as it should with an extra: of its own commands, or of all where there is none."""
    faults = []
    for needed, arguments, status in _COMMANDS:
        if extra not in ("", needed):
            continue
        done = subprocess.run(  # noqa: S603  (our own words)
            [python, "-P", "-m", "grantcalc", *arguments.split()],
            cwd=files,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
        wanted, said = (status, "") if needed == extra else (3, f'pip install "grantcalc[{needed}]"')
        if done.returncode != wanted or "Traceback" in done.stderr or said not in done.stderr:
            faults.append(f"[{extra}] {arguments}: ended with {done.returncode}, not {wanted}\n{done.stderr}")
    return faults


if __name__ == "__main__":
    main()
