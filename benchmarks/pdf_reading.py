"""How long reading PDF files takes: beside pdfplumber alone, and in one process beside two.

    python -m benchmarks.pdf_reading [FILE.pdf…]

Without files, a paper is drawn with ReportLab. What is compared runs by turns, and the medians are held against each
other.
"""

from __future__ import annotations

import sys
import time
from io import BytesIO
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

import pdfplumber
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from benchmarks.measuring import Compared
from grantcalc.papers.readers.apart import Limits, work_apart
from grantcalc.papers.readers.kinds import Kind
from grantcalc.papers.readers.pdf import read_pdf
from grantcalc.papers.readers.reading import read_here

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_TURNS: Final = 5
_FEW: Final = 8
_MANY: Final = 60
_LINES: Final = 18
_POSTS: Final = 14
_PATIENCE: Final = 600.0


def paper(pages: int) -> bytes:
    """A paper of so many pages, each with text and a table of posts, every other table ruled."""
    file = BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=1)
    for page in range(pages):
        canvas.setFont("Helvetica", 10)
        for line in range(_LINES):
            words = f"The board is asked to accept £{1_000 + 7 * line:,} for the posts of part {page + 1} of the hub."
            canvas.drawString(72, 770 - 14 * line, words)
        for row, cells in enumerate(_rows(page)):
            down = 770 - 14 * (_LINES + 2 + row)
            canvas.drawString(76, down, cells[0])
            for column, cell in enumerate(cells[1:]):
                canvas.drawRightString(300 + 90 * column, down, cell)
        if page % 2:
            _rule(canvas, 770 - 14 * (_LINES + 1))
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _rows(page: int) -> Iterator[tuple[str, ...]]:
    """The rows of the table on a page."""
    yield "Post", "Salary", "Overhead", "Total"
    costs = [(30_000 + 37 * post + page, 2_000 + 11 * post) for post in range(_POSTS)]
    for post, (salary, overhead) in enumerate(costs, start=1):
        yield f"Post {post}", f"£{salary:,}", f"£{overhead:,}", f"£{salary + overhead:,}"
    salaries, overheads = sum(salary for salary, _ in costs), sum(overhead for _, overhead in costs)
    yield "Total", f"£{salaries:,}", f"£{overheads:,}", f"£{salaries + overheads:,}"


def _rule(canvas: Canvas, top: float) -> None:
    """Draw the lines of a table, from its upper edge down."""
    height = 14 * (_POSTS + 2)
    for row in range(_POSTS + 3):
        canvas.line(72, top - 14 * row, 484, top - 14 * row)
    for left in (72, 210, 304, 394, 484):
        canvas.line(left, top, left, top - height)


def alone(data: bytes) -> None:
    """What pdfplumber takes: the words and the tables of each page, once."""
    with pdfplumber.open(BytesIO(data)) as file:
        for page in file.pages:
            page.extract_words()
            page.find_tables()
            page.close()


def apart(data: bytes, processes: int) -> None:
    """What a run of the program takes: a process of its own, which may start a second one."""
    work_apart(read_here, data, Kind.PDF, doing="reading", limits=Limits(seconds=_PATIENCE, processes=processes))


def comparisons(files: Sequence[bytes] = ()) -> list[Compared]:
    """What is measured.

    Args:
        files: the PDF files to read; papers are drawn if there are none.
    """
    few, many = (files, files) if files else ([paper(_FEW)], [paper(_MANY)])
    theirs, ours = _by_turns(alone, read_pdf, few, time.process_time)
    one, two = _by_turns(lambda data: apart(data, 1), lambda data: apart(data, 2), many, time.perf_counter)
    read = f"a paper of {_FEW} pages" if not files else "the files"
    long = f"a paper of {_MANY} pages" if not files else "the files"
    return [
        Compared(f"read {read}", ours, "pdfplumber alone, processor time", theirs),
        Compared(f"read {long} in two processes", two, "in one, time passed", one),
    ]


def _by_turns(
    first: Callable[[bytes], object],
    second: Callable[[bytes], object],
    files: Sequence[bytes],
    clock: Callable[[], float],
) -> tuple[float, float]:
    """The medians of the seconds that two ways to read files take."""
    turns = [(_seconds(first, files, clock), _seconds(second, files, clock)) for _ in range(_TURNS)]
    return median(one for one, _ in turns), median(other for _, other in turns)


def _seconds(read: Callable[[bytes], object], files: Sequence[bytes], clock: Callable[[], float]) -> float:
    """How many seconds pass on a clock while all files are read."""
    start = clock()
    for data in files:
        read(data)
    return clock() - start


def main() -> None:
    """Print a line for each comparison."""
    for each in comparisons([Path(name).read_bytes() for name in sys.argv[1:]]):
        print(f"{each.name}: {each.ours:.2f} s; {each.other_name}: {each.other:.2f} s; ratio {each.ratio:.2f}")


if __name__ == "__main__":
    main()
