"""Fuzzes one target in this process: `python -m fuzz.one TARGET FOLDER RUNS SECONDS`, as `fuzz` itself starts it."""

from __future__ import annotations

import gc
import os
import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import atheris

with atheris.instrument_imports(include=["grantcalc"]):
    from fuzz.crashes import Crashes
    from fuzz.targets import TARGETS

if TYPE_CHECKING:
    from collections.abc import Callable

_MEMORY: Final = 2_048
"""Megabytes that the process may take, the fuzzer's own included."""


def main() -> None:
    """Fuzz a target until so many inputs are run, or so many seconds are over."""
    name, folder, runs, seconds = sys.argv[1], Path(sys.argv[2]).resolve(), int(sys.argv[3]), int(sys.argv[4])
    target = next(target for target in TARGETS if target.name == name)
    corpus, found, empty = (folder / part for part in ("corpus", "crashes", "empty"))
    for made in (corpus, found, empty):
        made.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(target.seeds()):
        (corpus / f"seed-{number:03}").write_bytes(seed)
    words = folder / "words"
    words.write_text("".join(f'"{_escaped(word)}"\n' for word in target.words), encoding="ascii")
    os.chdir(empty)  # a grant file that names a file beside it finds none
    gc.set_threshold(200_000, 20, 20)  # as the program itself
    crashes = Crashes(found, target.seconds, target.reads_apart)
    mutated = target.mutated or _as_bytes

    def change(data: bytes, largest: int, seed: int) -> bytes:
        made = mutated(data, random.Random(seed), lambda part, most: atheris.Mutate(part, max(most, 1)))
        return made if len(made) <= largest else data

    options = [
        f"-runs={runs}",
        f"-max_total_time={seconds}",
        f"-max_len={target.largest}",
        f"-timeout={int(target.seconds) * 20}",  # by the clock, for what never ends: the limit is in processor time
        f"-rss_limit_mb={_MEMORY}",
        f"-artifact_prefix={found}/stopped-",
        "-report_slow_units=1000000",  # it keeps what was slow by the clock, on a busy machine nothing to keep
        "-seed=1",
        "-len_control=0",
        "-entropic_scale_per_exec_time=1",  # what is slow to run is changed less often than what is quick
        *([f"-dict={words}"] if target.words else []),
        str(corpus),
    ]
    custom = {"custom_mutator": change} if target.mutated is not None else {}
    atheris.Setup([sys.argv[0], *options], lambda data: crashes.watch(target.work, data), **custom)
    atheris.Fuzz()


def _as_bytes(data: bytes, _: random.Random, mutate: Callable[[bytes, int], bytes]) -> bytes:
    """Change an input that has no shape."""
    return mutate(data, len(data) + 64)


def _escaped(word: str) -> str:
    """A word as a dictionary of the fuzzer has it: what is not plain as the number of its byte."""
    plain = range(0x20, 0x7F)
    return "".join(chr(b) if b in plain and chr(b) not in '"\\' else f"\\x{b:02X}" for b in word.encode())


if __name__ == "__main__":
    main()
