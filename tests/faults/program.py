"""The program as it is started: with an environment, in a shell, under limits, and every way to make it print."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, get_args

import pytest

from grantcalc.report import formats
from tests.grant_files import EXAMPLES
from tests.papers.written import docx_of

if TYPE_CHECKING:
    from collections.abc import Sequence

GRANTCALC: Final = [sys.executable, "-m", "grantcalc"]
MARSOC_FILE: Final = str(EXAMPLES / "marsoc.yaml")
CLAIMS_FILE: Final = str(EXAMPLES / "marsoc-claims.yaml")
COSTED_FILE: Final = str(EXAMPLES / "costed.yaml")
PAPER_FILE: Final = str(EXAMPLES / "marsoc-paper.md")
POSTS_FILE: Final = str(EXAMPLES / "posts.csv")

DOCUMENTS: Final = 3
"""How many documents are among the papers that are enough for several processes."""

on_posix = pytest.mark.skipif(os.name != "posix", reason="these signals, pipes and devices are POSIX's")
on_linux = pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
with_limits = pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps to the limits that are set here")
as_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only the superuser may mount a small disk"
)
not_as_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may write and read everywhere"
)

FORMATS: Final = {
    ("summarise", MARSOC_FILE): get_args(formats.TableFormat),
    ("summarise", MARSOC_FILE, "--by", "quarter"): get_args(formats.TableFormat),
    ("summarise", MARSOC_FILE, "--movement"): get_args(formats.TableFormat),
    ("invoices", MARSOC_FILE): get_args(formats.InvoiceFormat),
    ("claims", CLAIMS_FILE, "--number", "1"): ("html",),
    ("claims", CLAIMS_FILE): tuple(name for name in get_args(formats.PageFormat) if name != "html"),
    ("year-end", CLAIMS_FILE, "--date", "2022-03-31"): get_args(formats.TableFormat),
    ("outturn", CLAIMS_FILE): get_args(formats.PageFormat),
    ("diff", MARSOC_FILE, CLAIMS_FILE): get_args(formats.TableFormat),
    ("explain-cost", COSTED_FILE, "Caseworker"): get_args(formats.CostFormat),
    ("figures", PAPER_FILE): get_args(formats.FigureFormat),
    ("check", MARSOC_FILE): get_args(formats.CheckFormat),
    ("explain", "GC201"): get_args(formats.RuleFormat),
    ("rules",): get_args(formats.RulesFormat),
}
"""The commands that print in several formats, and those formats."""

_IN_ONE: Final = (("schema",), ("init", "-"), ("import", POSTS_FILE), ("--help",), ("check", "--help"), ("--version",))

PRINTING: Final = (
    *((*command, "--format", name) for command, names in FORMATS.items() for name in names),
    *_IN_ONE,
)
"""Every command in every format that it has."""


def start(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the program to its end."""
    return subprocess.run(
        [*GRANTCALC, *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=120,
        env={**os.environ, **environment},
    )


def enough_for_processes(folder: Path, name: bytes = b"%d") -> list[str]:
    """Papers enough for several processes: three documents, and texts that are as long as these count and soon read.

    Args:
        folder: where they are written.
        name: the name of each, with a place for its number.
    """
    saying = "The grant of £5,000 is made up of £2,000 for pay and £3,000 for rent."
    paths = [folder / os.fsdecode(name % number + (b".docx" if number < DOCUMENTS else b".md")) for number in range(12)]
    for path in paths:
        path.write_bytes(docx_of(saying) if path.suffix == ".docx" else f"{saying}\n\n{'x' * 100_000}\n".encode())
    return [str(path) for path in paths]


def in_shell(command: str) -> subprocess.CompletedProcess[str]:
    """Run a shell command in which `grantcalc` is the program."""
    script = f'grantcalc() {{ "{sys.executable}" -m grantcalc "$@"; }}\n{command}'
    return subprocess.run(["/bin/sh", "-c", script], capture_output=True, text=True, check=False, timeout=120)


def under_limits(*arguments: str, **limits: int) -> subprocess.CompletedProcess[bytes]:
    """Run the program to its end under limits of the system, such as AS=bytes of memory."""
    import resource

    def limit() -> None:
        for name, value in limits.items():
            resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (value, value))

    return subprocess.run(
        [*GRANTCALC, *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=300,
        preexec_fn=limit,
    )


_FORKS: Final = """
import gc, io, json, os, sys
import importlib, pkgutil
import grantcalc, grantcalc.__main__
for module in pkgutil.walk_packages(grantcalc.__path__, "grantcalc."):
    importlib.import_module(module.name)
import rich.console, jinja2, junitparser, icalendar, holidays
cases, opening = json.loads(sys.stdin.read())
gc.freeze()  # a process that ends looks for cycles in all that it has, which takes longer than the command
done = []
for case in cases:
    told, telling = os.pipe()
    child = os.fork()
    if not child:
        exec(opening)
        os.dup2(telling, 2)
        os.close(telling)
        sys.argv = ["grantcalc", *case]
        grantcalc.__main__.main()
    os.close(telling)
    said = os.fdopen(told, "rb").read().decode()
    done.append((os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), said))
print(json.dumps(done))
"""

CLOSED_PIPE: Final = "reading, writing = os.pipe(); os.close(reading); os.dup2(writing, 1)"
FULL_DISK: Final = "os.dup2(os.open('/dev/full', os.O_WRONLY), 1)"


def in_forks(cases: Sequence[Sequence[str]], opening: str) -> list[tuple[int, str]]:
    """Run the program for many command lines, each in a process of its own that is loaded already.

    Args:
        cases: the command lines.
        opening: what makes the standard output of each process, as Python.

    Returns:
        The status of each, and what it said on standard error.
    """
    done = subprocess.run(
        [sys.executable, "-c", _FORKS],
        input=json.dumps([list(map(list, cases)), opening]),
        capture_output=True,
        text=True,
        check=True,
        timeout=600,
    )
    return [(status, said) for status, said in json.loads(done.stdout)]
