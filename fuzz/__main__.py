"""Fuzzes every target and prints a table: `uv run --group fuzz python -m fuzz --runs 20000 --seconds 600`.

A target ends after so many inputs or so many seconds, whichever is first. What crashed lies in the folder, each input
with what was said of it. With `--write`, the table takes its place in `docs/reliability.md`.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final

from fuzz.targets import TARGETS, Target

_ROOT: Final = Path(__file__).parent.parent
_PAGE: Final = _ROOT / "docs" / "reliability.md"
_BEGINS, _ENDS = "<!-- begin of the table of fuzzing -->", "<!-- end of the table of fuzzing -->"
_DONE: Final = re.compile(
    r"#(?P<runs>[0-9]+)\s+(?:DONE|pulse|NEW|REDUCE|INITED)\s+cov: (?P<edges>[0-9]+).*corp: (?P<corpus>[0-9]+)"
)


@dataclass(frozen=True)
class Outcome:
    """What came of fuzzing a target.

    Attributes:
        runs: how many inputs were run.
        edges: how many edges of the program's own code they reached.
        corpus: how many inputs each reached something new.
        crashes: the names of what crashed.
        seconds: how long it took by the clock.
        busy: the seconds of processor time.
    """

    target: Target
    runs: int
    edges: int
    corpus: int
    crashes: tuple[str, ...]
    seconds: float
    busy: float


def fuzzed(target: Target, folder: Path, runs: int, seconds: int) -> Outcome:
    """Fuzz a target in a process of its own."""
    began = time.monotonic()
    command = [sys.executable, "-m", "fuzz.one", target.name, str(folder), str(runs), str(seconds)]
    log = folder / "log"
    with log.open("wb") as file:
        started = subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.DEVNULL, stderr=file)  # noqa: S603  (our own)
        _, status, used = os.wait4(started.pid, 0)
    started.returncode = os.waitstatus_to_exitcode(status)
    said = log.read_text(encoding="utf-8", errors="replace")
    last = [*_DONE.finditer(said)]
    crashes = sorted(path.stem for path in (folder / "crashes").glob("*") if path.suffix in ("", ".input"))
    if not last or (started.returncode and not crashes):
        message = f"{target.name} did not run: {said[-500:]}"
        raise SystemExit(message)
    runs_done, edges, corpus = (int(last[-1][name]) for name in ("runs", "edges", "corpus"))
    return Outcome(
        target, runs_done, edges, corpus, tuple(crashes), time.monotonic() - began, used.ru_utime + used.ru_stime
    )


def table(outcomes: list[Outcome]) -> str:
    """Outcomes as a table, with when and where they were measured."""
    lines = [
        "| target | what | executions | edges | corpus | crashes | seconds | of them busy |",
        "|---|---|---:|---:|---:|---:|---:|---:|",
    ]
    lines += [
        f"| {each.target.name} | {each.target.what} | {each.runs:,} | {each.edges:,} | {each.corpus:,} "
        f"| {len(each.crashes)} | {each.seconds:.0f} | {each.busy:.0f} |"
        for each in outcomes
    ]
    runs = sum(each.runs for each in outcomes)
    measured = (
        f"{runs:,} executions, measured on {datetime.now(UTC).date()}: {platform.system()} on {platform.machine()}, "
        f"{os.cpu_count()} processors shared with other work, Python {platform.python_version()}, "
        f"atheris {version('atheris')}."
    )
    return "\n".join([measured, "", *lines])


def write(text: str) -> None:
    """Put a table into its place in the documentation."""
    page = _PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(_BEGINS)
    after = rest.partition(_ENDS)[2]
    if not after:
        message = f"{_PAGE} has no place for the table"
        raise SystemExit(message)
    _PAGE.write_text(f"{before}{_BEGINS}\n{text}\n{_ENDS}{after}", encoding="utf-8")


def main() -> None:
    """Fuzz what is asked for, print the table, and end with 1 if anything crashed."""
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("targets", nargs="*", help="which targets; all without")
    parser.add_argument("--runs", type=int, default=20_000, help="inputs for each target")
    parser.add_argument("--seconds", type=int, default=600, help="seconds for each target at most")
    parser.add_argument("--at-once", type=int, default=os.cpu_count() or 1, help="how many targets at a time")
    parser.add_argument("--folder", type=Path, help="where inputs that reach something new, and crashes, are kept")
    parser.add_argument("--write", action="store_true", help="write the table into docs/reliability.md")
    asked = parser.parse_args()
    folder = asked.folder or Path(tempfile.mkdtemp(prefix="grantcalc-fuzz-"))
    chosen = [target for target in TARGETS if not asked.targets or target.name in asked.targets]
    with ThreadPoolExecutor(asked.at_once) as pool:
        outcomes = [*pool.map(lambda each: fuzzed(each, _made(folder / each.name), asked.runs, asked.seconds), chosen)]
    print(table(outcomes))
    for each in outcomes:
        for crash in each.crashes:
            print(f"{folder / each.target.name / 'crashes' / crash}")
    if asked.write:
        write(table(outcomes))
    if any(each.crashes for each in outcomes):
        sys.exit(1)


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


if __name__ == "__main__":
    main()
