"""How long reading PDF files takes, beside what pdfplumber alone takes for the words and tables of the same pages.

    python benchmarks/pdf_reading.py FILE.pdf…

Both are run by turns, and the medians are compared.
"""

from __future__ import annotations

import sys
import time
from io import BytesIO
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import pdfplumber

from grantcalc.papers.readers.pdf import read_pdf

if TYPE_CHECKING:
    from collections.abc import Callable

_TURNS = 5


def alone(data: bytes) -> None:
    """What pdfplumber takes: the words and the tables of each page, once."""
    with pdfplumber.open(BytesIO(data)) as file:
        for page in file.pages:
            page.extract_words()
            page.find_tables()
            page.close()


def seconds(read: Callable[[bytes], object], files: list[bytes]) -> float:
    """How much processor time reading all files takes."""
    start = time.process_time()
    for data in files:
        read(data)
    return time.process_time() - start


def main() -> None:
    """Print both medians and their ratio."""
    files = [Path(name).read_bytes() for name in sys.argv[1:]]
    turns = [(seconds(alone, files), seconds(read_pdf, files)) for _ in range(_TURNS)]
    theirs, ours = (median(times) for times in zip(*turns, strict=True))
    print(f"pdfplumber {theirs:.2f} s, read_pdf {ours:.2f} s, ratio {ours / theirs:.2f}")


if __name__ == "__main__":
    main()
