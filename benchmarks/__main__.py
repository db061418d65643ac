"""Prints how long grantcalc takes beside something else: `uv run python -m benchmarks`.

The two commands of a row run in turn, A B A B …, so that a machine that speeds up or slows down does so for both;
the medians' ratio is what to read.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Final

_ROOT: Final = Path(__file__).parent.parent
_RUNS: Final = 5
_GRANTCALC: Final = (sys.executable, "-m", "grantcalc")
_LIBRARIES: Final = "import typer, yaml, rich.table, pydantic\nclass A(pydantic.BaseModel):\n    x: int"


@dataclass(frozen=True)
class Comparison:
    """A command of ours, and what it is held against."""

    name: str
    ours: tuple[str, ...]
    other_name: str
    other: tuple[str, ...]


def grant_of(posts: int) -> str:
    """A grant file of so many posts, two years and two headings."""
    costs = "".join(
        f"      {year}:\n        salary: £{{0}}\n        overhead: £{{1}}\n" for year in ("2025-26", "2026-27")
    )
    lines = [
        f"  - role: Post {number}\n    costs:\n" + costs.format(30_000 + number, 3_000 + number % 700)
        for number in range(posts)
    ]
    return "grant: Many posts\nyears: [2025-26, 2026-27]\nposts:\n" + "".join(lines)


def comparisons(folder: Path) -> list[Comparison]:
    """What is measured; the input files are written into a folder."""
    for posts in (1_000, 10_000):
        (folder / f"{posts}.yaml").write_text(grant_of(posts), encoding="utf-8")
    small, large = str(folder / "1000.yaml"), str(folder / "10000.yaml")
    python = (sys.executable, "-c")
    marsoc = str(_ROOT / "examples/marsoc.yaml")
    return [
        Comparison("--version", (*_GRANTCALC, "--version"), "import typer", (*python, "import typer")),
        Comparison("check --help", (*_GRANTCALC, "check", "--help"), "import typer", (*python, "import typer")),
        Comparison(
            "summarise MARSOC", (*_GRANTCALC, "summarise", marsoc), "import what it uses", (*python, _LIBRARIES)
        ),
        Comparison("check MARSOC", (*_GRANTCALC, "check", marsoc), "import what it uses", (*python, _LIBRARIES)),
        Comparison(
            "summarise 10,000 posts", (*_GRANTCALC, "summarise", large), "1,000", (*_GRANTCALC, "summarise", small)
        ),
        Comparison("check 10,000 posts", (*_GRANTCALC, "check", large), "1,000", (*_GRANTCALC, "check", small)),
    ]


def seconds(command: tuple[str, ...]) -> float:
    """How long one run of a command takes, once Python has compiled what it imports and kept that."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    begun = time.perf_counter()
    subprocess.run(  # noqa: S603
        command, cwd=_ROOT, env=kept, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
    )
    return time.perf_counter() - begun


def main() -> None:
    """Measure every comparison and print a table."""
    print("| ours | held against | ours, s | other, s | ratio |")
    print("|---|---|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as folder:
        for row in comparisons(Path(folder)):
            seconds(row.ours)
            seconds(row.other)
            pairs = [(seconds(row.ours), seconds(row.other)) for _ in range(_RUNS)]
            ours, other = median(a for a, _ in pairs), median(b for _, b in pairs)
            ratio = median(a / b for a, b in pairs)
            print(f"| {row.name} | {row.other_name} | {ours:.2f} | {other:.2f} | {ratio:.2f} |")


if __name__ == "__main__":
    main()
