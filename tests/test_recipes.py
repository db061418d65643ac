"""The recipes of docs/recipes.md, run as they stand over grants whose totals are known."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from collections import defaultdict
from decimal import Decimal
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

import pytest

from tests.test_ready_made import ROOT, run, with_bash

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGE: Final = (ROOT / "docs" / "recipes.md").read_text(encoding="utf-8")
SHELL: Final = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
DUCKDB, DASK = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
FUNDERS: Final = ("Ministry of Justice", "Home Office", 'The "Öther" Fund, Ltd', None)
SPELLINGS: Final = ("2025-26", "2025/26", "2025/26")
GRANTS: Final = 1_000

with_duckdb = pytest.mark.skipif(not find_spec("duckdb"), reason="DuckDB is not installed")
with_dask = pytest.mark.skipif(not find_spec("distributed"), reason="Dask's distributed is not installed")


def pence_of(number: int) -> tuple[int, int]:
    """What a grant costs in each of its two years, in pence."""
    return 1_000_000 + number * 10_007, 333 + number


def grant(number: int) -> str:
    """A grant file, whose first year is spelt in one of two ways; every tenth has an award a penny too small."""
    first, second = (f"£{pence // 100}.{pence % 100:02}" for pence in pence_of(number))
    award = sum(pence_of(number)) - (number % 10 == 0)
    funder, year = FUNDERS[number % len(FUNDERS)], SPELLINGS[number % len(SPELLINGS)]
    return (
        f"grant: Grant {number}\n"
        + (f"funder: '{funder}'\n" if funder else "")
        + f"award: £{award // 100}.{award % 100:02}\nyears: [{year}, 2026-27]\nposts:\n  - role: Officer\n    costs:\n"
        f"      {year}:\n        salary: {first}\n      2026-27:\n        salary: {second}\n"
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with many grants."""
    made = tmp_path_factory.mktemp("many")
    (made / "grants").mkdir()
    for number in range(GRANTS):
        (made / "grants" / f"{number:04}.yaml").write_text(grant(number), encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def register(folder: Path) -> bytes:
    """The lines of these grants, as the program prints them."""
    paths = [f"grants/{number:04}.yaml" for number in range(GRANTS)]
    command = [sys.executable, "-m", "grantcalc", "summarise", "--format", "jsonl", *paths]
    subprocess.run([*command, "--output", "register.jsonl"], cwd=folder, check=True, timeout=300)
    return (folder / "register.jsonl").read_bytes()


def run_python(recipe: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a recipe from a file of its own, as a user would."""
    (folder / "recipe.py").write_text(recipe, encoding="utf-8")
    command = [sys.executable, "recipe.py"]
    return subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False, timeout=300)


def rows_of(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


@with_bash
@pytest.mark.parametrize("recipe", SHELL, ids=["in one", "in parts"])
def test_a_recipe_for_the_shell_makes_the_register(tmp_path: Path, recipe: str) -> None:
    (tmp_path / "grants").mkdir()
    for number in range(3):
        (tmp_path / "grants" / f"{number}.yaml").write_text(grant(number), encoding="utf-8")
    done = run(["bash", "-c", recipe], tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    lines = (tmp_path / "register.jsonl").read_text(encoding="utf-8").splitlines()
    assert [f'"path": "grants/{number}.yaml"' in line for number, line in enumerate(lines)] == [True] * 3


@with_duckdb
def test_duckdb_adds_the_register_up_to_the_penny_and_lists_the_grants_over_their_award(
    folder: Path, register: bytes
) -> None:
    assert register.count(b"\n") == GRANTS
    done = run_python(DUCKDB, folder)
    assert (done.returncode, done.stderr) == (0, "")
    expected: dict[tuple[str, str], tuple[int, int]] = defaultdict(lambda: (0, 0))
    for number in range(GRANTS):
        for year, pence in zip(("2025-26", "2026-27"), pence_of(number), strict=True):
            key = FUNDERS[number % len(FUNDERS)] or "", year
            expected[key] = (expected[key][0] + 1, expected[key][1] + pence)
    totals = {
        (row["funder"], row["year"]): (int(row["grants"]), row["total"]) for row in rows_of(folder / "totals.csv")
    }
    assert totals == {key: (count, f"{Decimal(pence) / 100:.2f}") for key, (count, pence) in expected.items()}
    over = list(rows_of(folder / "over-award.csv"))
    assert [row["path"] for row in over] == [f"grants/{number:04}.yaml" for number in range(0, GRANTS, 10)]
    assert {row["over_award"] for row in over} == {"0.01"}


@with_dask
def test_a_cluster_makes_the_same_register_as_one_run_and_says_which_grants_have_no_line(
    folder: Path, register: bytes
) -> None:
    (folder / "grants" / "faulty.yaml").write_text("grant: A\nawrd: 5\n", encoding="utf-8")
    done = run_python(DASK, folder)
    assert done.returncode == 1
    assert 'grants/faulty.yaml: unknown key "awrd"' in done.stderr
    assert (folder / "register.jsonl").read_bytes() == register
