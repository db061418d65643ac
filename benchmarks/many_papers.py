"""How much faster several Word papers are checked on all cores than one after the other.

    python -m benchmarks.many_papers

Both are run by turns on the same papers, which are made as they are needed, and the medians are compared.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

import docx

from benchmarks.measuring import Compared
from grantcalc.batch import Task, Workers, processors

if TYPE_CHECKING:
    from collections.abc import Sequence

_PAPERS: Final = 12
_ROWS: Final = 40
_TURNS: Final = 3


def paper(number: int) -> docx.document.Document:
    """A paper with a table of posts and its total."""
    document = docx.Document()
    document.add_paragraph(f"Paper {number}: the cost of the posts below is set out by year.")
    salaries = [30_000 + 37 * number + 11 * row for row in range(_ROWS)]
    table = document.add_table(rows=0, cols=2)
    rows = [("Post", "2025-26"), *((f"Post {at}", f"£{each:,}") for at, each in enumerate(salaries))]
    for role, cost in (*rows, ("Total", f"£{sum(salaries):,}")):
        cells = table.add_row().cells
        cells[0].text, cells[1].text = role, cost
    return document


def seconds(tasks: Sequence[Task]) -> float:
    """How long checking some papers takes as they are checked: at once where that is worth it."""
    begun = time.perf_counter()
    with Workers(lambda _: lambda _: True) as workers:
        workers.check(tasks)
    return time.perf_counter() - begun


def comparison(turns: int = _TURNS) -> Compared:
    """Checking the papers at once beside one after the other, by turns."""
    with tempfile.TemporaryDirectory() as folder:
        tasks = []
        for number in range(_PAPERS):
            path = Path(folder) / f"{number}.docx"
            paper(number).save(str(path))
            tasks.append(Task(str(path)))
        pairs = [(sum(seconds([task]) for task in tasks), seconds(tasks)) for _ in range(turns)]
    alone, together = (median(each) for each in zip(*pairs, strict=True))
    return Compared(f"check {_PAPERS} Word papers in one run", together, "one after the other, time passed", alone)


def main() -> None:
    """Print both times."""
    found = comparison()
    cores = processors()
    print(f"{found.name}: {found.ours:.2f} s on {cores} cores; {found.other_name}: {found.other:.2f} s")


if __name__ == "__main__":
    main()
