"""Measuring commands by turns, A B A B …, so that a machine that slows down does so for both."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Usage:
    """What one run of a command took.

    Attributes:
        wall: the seconds that passed.
        processor: the seconds of processor time, its own processes included; None where the system does not say.
        memory: the most memory of one process, in MB; None where the system does not say.
    """

    wall: float
    processor: float | None = None
    memory: float | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """What two commands took: the medians of their runs, and of the ratios of runs that followed each other."""

    ours: Usage
    other: Usage
    ratio: float
    processor_ratio: float | None


class Compared(NamedTuple):
    """Two ways to do the same work, measured within this process, and the seconds that each takes."""

    name: str
    ours: float
    other_name: str
    other: float

    @property
    def ratio(self) -> float:
        """How many times as long ours takes."""
        return self.ours / self.other


_MEASURE: Final = """\
import os, sys, time
nowhere = [(os.POSIX_SPAWN_OPEN, at, os.devnull, os.O_RDWR, 0) for at in range(3)]
begun = time.perf_counter()
process = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=nowhere)
_, _, used = os.wait4(process, 0)
print(time.perf_counter() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss)
"""
"""Runs a command from a small process: it begins as a copy of the one that starts it, whose memory would else count."""


def run(command: Sequence[str], folder: Path) -> Usage:
    """Run a command once; its output is thrown away, and what Python compiles is kept, as it is for users."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    if not hasattr(os, "wait4"):  # Windows
        begun = time.perf_counter()
        subprocess.run(command, cwd=folder, env=kept, stdin=subprocess.DEVNULL, capture_output=True, check=False)  # noqa: S603  (commands of our own)
        return Usage(time.perf_counter() - begun)
    measured = [sys.executable, "-S", "-c", _MEASURE, *command]
    done = subprocess.run(measured, cwd=folder, env=kept, capture_output=True, text=True, check=True)  # noqa: S603  (as above)
    wall, processor, most = map(float, done.stdout.split())
    return Usage(wall, processor, most / 1024 / (1024 if sys.platform == "darwin" else 1))


def by_turns(ours: Sequence[str], other: Sequence[str], folder: Path, runs: int) -> Measured:
    """Run two commands in turn, so many times each, in a folder; and each once before, uncounted, to be compiled."""
    if runs > 1:
        run(ours, folder)
        run(other, folder)
    turns = [(run(ours, folder), run(other, folder)) for _ in range(runs)]
    known = [(a.processor, b.processor) for a, b in turns if a.processor is not None and b.processor]
    return Measured(
        _median([a for a, _ in turns]),
        _median([b for _, b in turns]),
        median(a.wall / b.wall for a, b in turns),
        median(a / b for a, b in known) if known else None,
    )


def _median(runs: Sequence[Usage]) -> Usage:
    """The median of each of the three."""
    processor = [one.processor for one in runs if one.processor is not None]
    memory = [one.memory for one in runs if one.memory is not None]
    return Usage(
        median(one.wall for one in runs),
        median(processor) if processor else None,
        median(memory) if memory else None,
    )
