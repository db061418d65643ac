"""Coverage of lines and branches, and what no test reaches, as a part of docs/reliability.md.

`uv run --group coverage python docs/uncovered.py` runs the tests and writes the page; with `--no-run` it writes it anew
from what was measured last. Other arguments go to pytest. What will not be reached is explained in docs/uncovered.toml
by its function; all else is listed as what no test reaches yet. The exit status is 1 where a test failed, or fewer of
the branches are covered than are promised.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import tomllib
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from measured import ROOT, when_and_where, write

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_EXPLAINED: Final = ROOT / "docs" / "uncovered.toml"
_PROMISED: Final = 95
"""Per cent of branches; of lines more are covered than of branches."""

_NOT_YET: Final = "No test reaches these yet: rare forms of files and papers, for the most part."
_TESTS: Final = ("-m", "not hypothesis and not unmeasured")
"""Properties take most of the time, and reach what worked examples reach; some tests fail where they are measured."""


def gaps_explained() -> dict[str, str]:
    """Why tests do not reach a part of a function, by names such as "papers/readers/apart.py main"."""
    reasons = tomllib.loads(_EXPLAINED.read_text(encoding="utf-8"))["reasons"]
    return {place: reason["why"] for reason in reasons for place in reason["places"]}


def _coverage(*arguments: str) -> int:
    return subprocess.run([sys.executable, "-m", "coverage", *arguments], cwd=ROOT, check=False).returncode  # noqa: S603


def _report() -> dict[str, Any]:
    """What was measured, as coverage.py reports it in JSON."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "coverage.json"
        _coverage("json", "-q", "-o", str(path))
        report: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return report


def _gaps(report: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The functions that are not reached whole, and their lines that are not: "12-14, 20→25" (20 never goes to 25)."""
    for path, file in sorted(report["files"].items()):
        for function, measured in file["functions"].items():
            missing = measured["missing_lines"]
            branches = [(a, b) for a, b in measured["missing_branches"] if a not in missing and b not in missing]
            if missing or branches:
                jumps = [f"{a}→{'end' if b < 0 else b}" for a, b in branches]
                yield (
                    f"{Path(path).relative_to('grantcalc').as_posix()} {function}".strip(),
                    ", ".join([*_ranges(missing, set(measured["executed_lines"])), *jumps]),
                )


def _ranges(lines: Iterable[int], executed: set[int]) -> Iterator[str]:
    """Lines as ranges, through blank lines and comments between them."""
    stretch: list[int] = []
    for line in sorted(lines):
        if stretch and not executed.isdisjoint(range(stretch[-1], line)):
            yield _range(stretch)
            stretch = []
        stretch.append(line)
    if stretch:
        yield _range(stretch)


def _range(stretch: list[int]) -> str:
    return f"{stretch[0]}-{stretch[-1]}" if stretch[-1] > stretch[0] else str(stretch[0])


def _page(report: dict[str, Any], gaps: dict[str, str], explained: dict[str, str]) -> Iterator[str]:
    totals = report["totals"]
    yield when_and_where("coverage")
    yield ""
    yield "| | in all | covered | covered, % |"
    yield "|---|---:|---:|---:|"
    for name, count, covered in (
        ("lines", totals["num_statements"], totals["covered_lines"]),
        ("branches", totals["num_branches"], totals["covered_branches"]),
    ):
        yield f"| {name} | {count:,} | {covered:,} | {100 * covered / count:.1f} |"
    yield ""
    by_reason: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for place, lines in gaps.items():
        by_reason[explained.get(place, _NOT_YET)][place.partition(" ")[0]].append(lines)
    for why in dict.fromkeys([*explained.values(), _NOT_YET]):
        if why in by_reason:
            yield f"- {why}"
            yield from (f"  - `{file}` {', '.join(lines)}" for file, lines in by_reason[why].items())


def main(arguments: list[str]) -> int:
    """Run the tests, write the page, and say whether they passed and reach enough."""
    failed = 0
    if arguments[:1] != ["--no-run"]:
        _coverage("erase")
        failed = _coverage("run", "-m", "pytest", *_TESTS, *arguments)
        _coverage("combine", "-q")
    report = _report()
    write("coverage", "\n".join(_page(report, dict(_gaps(report)), gaps_explained())))
    return 0 if report["totals"]["percent_branches_covered"] >= _PROMISED and not failed else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
