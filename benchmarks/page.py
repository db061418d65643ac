"""The table of the page on performance: one row for each comparison, and what it was measured on."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.peers import PEERS

if TYPE_CHECKING:
    from datetime import date

    from benchmarks.comparisons import Comparison
    from benchmarks.measuring import Measured

PAGE: Final = Path(__file__).parent.parent / "docs/performance.md"
BEGIN: Final = "<!-- measured: written by python -m benchmarks -->\n"
END: Final = "<!-- end of what was measured -->\n"

_HEAD: Final = (
    "| What | Held against | Ours, s | Other, s | Ratio | Processor time | Ours, MB | Target | Met |\n"
    "|---|---|---:|---:|---:|---:|---:|---:|---|\n"
)
_LIBRARIES: Final = ("pydantic", "pyyaml", "rich", "typer", "pdfplumber")


@dataclass(frozen=True, slots=True)
class Row:
    """A comparison, and what was measured; None where the peer is not installed."""

    comparison: Comparison
    measured: Measured | None


def row_text(row: Row) -> str:
    """A row of the table."""
    asked, measured = row.comparison, row.measured
    if measured is None:
        return (
            f"| {' | '.join((asked.name, asked.other_name, '', '', 'not installed', '', '', _target(asked), ''))} |\n"
        )
    cells = (
        asked.name,
        asked.other_name,
        f"{measured.ours.wall:.2f}",
        f"{measured.other.wall:.2f}",
        f"{measured.ratio:.2f}",
        _or_nothing(measured.processor_ratio, ".2f"),
        _or_nothing(measured.ours.memory, ".0f"),
        _target(asked),
        _met(asked, measured),
    )
    return f"| {' | '.join(cells)} |\n"


def _or_nothing(number: float | None, form: str) -> str:
    return "" if number is None else format(number, form)


def _target(asked: Comparison) -> str:
    """The targets of a row in words: "0.80, 250 MB"."""
    given = (
        f"{asked.target:.2f}" if asked.target is not None else "",
        f"{asked.seconds:.0f} s" if asked.seconds is not None else "",
        f"{asked.memory:.0f} MB" if asked.memory is not None else "",
    )
    return ", ".join(filter(None, given))


def _met(asked: Comparison, measured: Measured) -> str:
    """Whether every target is met; where one is not, why."""
    used = (
        (measured.ratio, asked.target),
        (measured.ours.wall, asked.seconds),
        (measured.ours.memory, asked.memory),
    )
    held = [(number, most) for number, most in used if number is not None and most is not None]
    if not held:
        return ""
    if all(number <= most for number, most in held):
        return "yes"
    return f"no: {asked.why}" if asked.why else "no"


def measured_text(rows: list[Row], day: date, runs: int) -> str:
    """The generated part of the page."""
    return f"{_conditions(day, runs)}\n{_HEAD}{''.join(map(row_text, rows))}"


def _conditions(day: date, runs: int) -> str:
    """When, on what machine and with which versions the table was measured."""
    libraries = ", ".join(f"{name} {version(name)}" for name in _LIBRARIES)
    peers = "".join(f"- {peer.name}: {peer.installed()}\n" for peer in PEERS)
    return (
        f"Measured on {day.isoformat()}, medians of {runs} runs in turn, on a machine with {os.cpu_count()} cores "
        f"({_processor()}), {_memory()} of memory and {platform.system()} {platform.release()}; with "
        f"Python {platform.python_version()}, {libraries}.\n\n{peers}"
    )


def _processor() -> str:
    """The name of the processor, where the system tells it."""
    told = Path("/proc/cpuinfo")
    lines = told.read_text(encoding="utf-8").splitlines() if told.exists() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, "") or platform.processor() or platform.machine()


def _memory() -> str:
    """How much memory the machine has, where the system tells it."""
    if not hasattr(os, "sysconf"):
        return "an unknown amount"
    return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GB"


def write_page(measured: str, page: Path = PAGE) -> None:
    """Put a table into the page, between its marks."""
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    page.write_text(f"{before}{BEGIN}\n{measured}\n{END}{after}", encoding="utf-8")
