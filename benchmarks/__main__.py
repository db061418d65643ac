"""Prints how long grantcalc takes beside something else, and writes it to the page on performance.

uv run python -m benchmarks [--only WORDS…] [--runs N]
"""

from __future__ import annotations

import argparse
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.comparisons import Comparison, Sizes, comparisons
from benchmarks.measuring import Measured, Usage, by_turns
from benchmarks.page import Row, measured_text, row_text, write_page

_ROOT = Path(__file__).parent.parent


def measured(asked: Comparison, runs: int) -> Row:
    """Measure one comparison."""
    return Row(asked, by_turns(asked.ours, asked.other, _ROOT, runs) if asked.other is not None else None)


def of_papers() -> list[Row]:
    """The comparisons of reading papers, which are measured within this process."""
    from benchmarks.many_papers import comparison as word_papers
    from benchmarks.pdf_reading import comparisons as pdf_papers

    return [
        Row(
            Comparison(each.name, (), each.other_name, ()),
            Measured(Usage(each.ours), Usage(each.other), each.ratio, None),
        )
        for each in (*pdf_papers(), word_papers())
    ]


def main() -> None:
    """Measure, print the table, and write it to the page where all of it was measured."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="How long grantcalc takes, as ratios.")
    parser.add_argument("--only", nargs="+", default=[], metavar="WORDS", help="only rows with one of these in them")
    parser.add_argument("--runs", type=int, default=5, metavar="N", help="how often each command is run")
    options = parser.parse_args()
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        for asked in comparisons(Path(folder), Sizes()):
            if not options.only or any(words in f"{asked.name} {asked.other_name}" for words in options.only):
                rows.append(measured(asked, options.runs))
                print(row_text(rows[-1]), end="", flush=True)
    if not options.only or "papers" in options.only:
        for row in of_papers():
            rows.append(row)
            print(row_text(row), end="", flush=True)
    if not options.only:
        write_page(measured_text(rows, datetime.now(tz=UTC).date(), options.runs))


if __name__ == "__main__":
    main()
