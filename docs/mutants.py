"""Mutation testing, and what came of it as a part of docs/reliability.md.

`uv run --group mutation python docs/mutants.py` changes the program in one place at a time, runs the tests for each
change, and writes the page; with `--no-run` it writes it anew from the last run. Other arguments go to mutmut:
`--max-children 2`, or the names of changes to try again. pyproject.toml has the modules and the tests.

A change that no test noticed is explained in docs/survivors.toml; one that is not is named as such, and makes the exit
status 1.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from measured import ROOT, when_and_where, write
from mutmut.mutation.diff_apply import get_diff_for_mutant

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_EXPLAINED: Final = ROOT / "docs" / "survivors.toml"
_PROGRAM: Final = Path(sys.executable).with_name("mutmut")
_UNEXPLAINED: Final = "**Not explained.**"
_KILLED: Final = ("killed", "timeout")
"""A change after which the program does not end is noticed by the time limit."""


@dataclass(frozen=True)
class Survivor:
    """A change of the program that no test noticed.

    Attributes:
        place: where it is, as in "grants/periods.py cut_at".
        was: the line as it stands, without its indentation; of several lines, the first that changes.
        becomes: the same line changed.
    """

    place: str
    was: str
    becomes: str


def survivors_explained() -> dict[Survivor, str]:
    """Why a survivor is no fault of the tests."""
    reasons = tomllib.loads(_EXPLAINED.read_text(encoding="utf-8"))["reasons"]
    return {Survivor(**change): reason["why"] for reason in reasons for change in reason["changes"]}


def _statuses() -> dict[str, str]:
    """Every mutant with what came of it."""
    command = [str(_PROGRAM), "results", "--all", "true"]
    lines = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout.splitlines()  # noqa: S603
    return dict(line.strip().split(": ") for line in lines if ": " in line)


def _module(mutant: str) -> str:
    """The module of a mutant such as "grantcalc.grants.periods.x_cut__mutmut_1": "grants/periods.py"."""
    return mutant.rpartition(".")[0].removeprefix("grantcalc.").replace(".", "/") + ".py"


def _survivor(mutant: str) -> Survivor:
    """A mutant as the page names it."""
    own = mutant.rpartition(".")[2].rpartition("__mutmut_")[0].removeprefix("x")
    name = own.strip("ǁ").replace("ǁ", ".") if "ǁ" in own else own.removeprefix("_")
    lines = get_diff_for_mutant(mutant).splitlines()
    changes = [line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---")]
    was = next((line[1:].strip() for line in changes if line[0] == "-"), "")
    becomes = next((line[1:].strip() for line in changes if line[0] == "+"), "")
    return Survivor(f"{_module(mutant)} {name}", was, becomes)


def _table(statuses: dict[str, str]) -> Iterator[str]:
    """Mutants by module, and in all."""
    yield "| module | mutants | killed | survived | killed, % |"
    yield "|---|---:|---:|---:|---:|"
    made = Counter(map(_module, statuses))
    killed = Counter(_module(mutant) for mutant, status in statuses.items() if status in _KILLED)
    for name, count, dead in [
        *((f"`{module}`", count, killed[module]) for module, count in made.items()),
        ("all", made.total(), killed.total()),
    ]:
        yield f"| {name} | {count:,} | {dead:,} | {count - dead} | {100 * dead / count:.1f} |"


def _explained(survivors: Sequence[Survivor], explained: dict[Survivor, str]) -> Iterator[str]:
    """The survivors by the reason of each, changes of one line together."""
    for why in dict.fromkeys([*explained.values(), _UNEXPLAINED]):
        lines: dict[tuple[str, str], list[str]] = defaultdict(list)
        for one in survivors:
            if explained.get(one, _UNEXPLAINED) == why:
                lines[one.place, one.was].append(_change(one))
        if lines:
            yield f"- {why}"
        for (place, was), changes in lines.items():
            yield f"  - `{place}`, `{was}`: {', '.join(changes)}"


def _change(survivor: Survivor) -> str:
    """What of a line changes: "`True` → `None`"."""
    was, becomes = (re.findall(r"\w+|\W", line) for line in (survivor.was, survivor.becomes))
    same = _alike(was, becomes)
    rest = _alike(was[same:][::-1], becomes[same:][::-1])
    old, new = ("".join(words[same : len(words) - rest]) for words in (was, becomes))
    return f"`{old}` → `{new}`" if old and new else f"`{old}` left out" if old else f"`{new}` put in"


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words two lines have in common at their beginnings."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def main(arguments: list[str]) -> int:
    """Test the mutants, write the page, and say whether every survivor is explained."""
    os.chdir(ROOT)  # where mutmut looks for what it left
    if arguments[:1] != ["--no-run"]:
        subprocess.run([str(_PROGRAM), "run", *arguments], check=True)  # noqa: S603
    statuses = _statuses()
    explained = survivors_explained()
    survivors = [_survivor(mutant) for mutant, status in statuses.items() if status not in _KILLED]
    write("mutants", "\n".join([
        when_and_where("mutmut"), "", *_table(statuses), "", *_explained(survivors, explained),
    ]))  # fmt: skip
    return 0 if explained.keys() >= set(survivors) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
