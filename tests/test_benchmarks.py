"""The benchmarks: that they run, and that the page has what they measure."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import pytest

from benchmarks.comparisons import Comparison, Sizes, comparisons
from benchmarks.measuring import Measured, Usage, by_turns
from benchmarks.page import BEGIN, END, PAGE, Row, measured_text, row_text, write_page

ROOT = Path(__file__).parent.parent
FEW = Sizes(posts=20, files=2, sums=60)


def test_commands_of_ours_run_on_small_inputs(tmp_path: Path) -> None:
    by_words = {each.ours[2:4]: each.ours for each in comparisons(tmp_path, FEW)}
    for command in by_words.values():
        done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, timeout=120)
        assert done.returncode in (0, 1), (command, done.stderr)
        assert done.stdout, command


def test_commands_are_measured_by_turns(tmp_path: Path) -> None:
    found = by_turns(("python", "-c", "import time; time.sleep(0.2)"), ("python", "-c", ""), tmp_path, runs=1)
    assert found.ours.wall > 0.2
    assert found.ratio == found.ours.wall / found.other.wall


def test_the_page_has_every_row_that_is_measured(tmp_path: Path) -> None:
    page = PAGE.read_text(encoding="utf-8")
    for each in comparisons(tmp_path, Sizes()):
        assert f"| {each.name} | {each.other_name} |" in page


@pytest.mark.parametrize(
    ("ours", "ends"),
    [
        (Usage(0.7, 0.7, 99), "| 0.70 | 1.00 | 0.70 | 0.70 | 99 | 0.80, 250 MB | yes |\n"),
        (Usage(0.9, 0.9, 99), "| 0.90 | 1.00 | 0.90 | 0.90 | 99 | 0.80, 250 MB | no: it prints more |\n"),
        (Usage(0.7, 0.7, 300), "| 0.70 | 1.00 | 0.70 | 0.70 | 300 | 0.80, 250 MB | no: it prints more |\n"),
    ],
)
def test_a_row_says_whether_its_targets_are_met_and_why_not(ours: Usage, ends: str) -> None:
    asked = Comparison("summarise", (), "hledger", (), 0.8, None, 250, "it prints more")
    row = Row(asked, Measured(ours, Usage(1.0, 1.0), ours.wall, ours.processor))
    assert row_text(row) == f"| summarise | hledger {ends}"


def test_a_peer_that_is_not_installed_is_named() -> None:
    row = Row(Comparison("check", (), "yamllint", None), None)
    assert row_text(row) == "| check | yamllint |  |  | not installed |  |  |  |  |\n"


def test_what_is_measured_takes_the_place_of_what_was(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"Before.\n{BEGIN}old\n{END}After.\n", encoding="utf-8")
    write_page(measured_text([], date(2025, 4, 1), 5), page)
    text = page.read_text(encoding="utf-8")
    assert text.startswith("Before.\n")
    assert text.endswith("After.\n")
    assert "old" not in text
    assert "Measured on 2025-04-01, medians of 5 runs in turn" in text
