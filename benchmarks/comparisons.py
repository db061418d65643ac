"""What is compared: each row of the table, with its target where there is one."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from benchmarks import inputs
from benchmarks.peers import BEANCOUNT, CHECK_JSONSCHEMA, GRANTKIT, HLEDGER, YAMLLINT

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.peers import Peer

_PYTHON: Final = (sys.executable, "-c")
_GRANTCALC: Final = (sys.executable, "-m", "grantcalc")
_JOINT: Final = (sys.executable, "-m", "benchmarks.joint_analysis")
_LIBRARIES: Final = "import typer, yaml, rich.table, pydantic\nclass A(pydantic.BaseModel):\n    x: int"
_MARSOC: Final = str(inputs.MARSOC)
_START: Final = 1.4
"""The ratio that a short command is to stay below, held against importing the libraries that it uses."""
_TAB: Final = """\
import os, sys
os.environ |= {"_GRANTCALC_COMPLETE": "complete_bash", "COMP_WORDS": "grantcalc ch", "COMP_CWORD": "1"}
sys.argv = ["grantcalc"]
from grantcalc.__main__ import main
main()
"""
"""What a shell asks when somebody presses Tab after "grantcalc ch"."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """How large the inputs are: posts of the middle size, of which there are a tenth and ten times too, and so on."""

    posts: int = 10_000
    files: int = 1_000
    sums: int = 10_000


@dataclass(frozen=True, slots=True)
class Comparison:
    """A command of ours, and what it is held against.

    Attributes:
        name: what ours does.
        ours: the command.
        other_name: what it is held against.
        other: the command; None where it is a peer that is not installed.
        target: the ratio to stay at or below; None where there is no target.
        seconds: the seconds to stay below; None where there is no such target.
        memory: the MB to stay below; None where there is no such target.
        why: why a target that is missed is missed.
    """

    name: str
    ours: tuple[str, ...]
    other_name: str
    other: tuple[str, ...] | None
    target: float | None = None
    seconds: float | None = None
    memory: float | None = None
    why: str = ""


def comparisons(folder: Path, sizes: Sizes) -> list[Comparison]:
    """Every row; the inputs are written into a folder."""
    return [*_start_up(folder), *_large(folder, sizes), *_tables(folder, sizes), *_many(folder, sizes), *_joint(sizes)]


def _ours(*arguments: str) -> tuple[str, ...]:
    return (*_GRANTCALC, *arguments)


def _peer(peer: Peer, *arguments: str) -> tuple[str, ...] | None:
    return (peer.path, *arguments) if peer.path is not None else None


def _start_up(folder: Path) -> list[Comparison]:
    imports = (*_PYTHON, "import typer")
    uses = (*_PYTHON, _LIBRARIES)
    project = folder / "project"
    inputs.write_project(project)
    checked = _peer(GRANTKIT, "check", str(project))
    return [
        *(
            Comparison(name, ours, "import typer", imports, _START)
            for name, ours in (
                ("--version", _ours("--version")),
                ("--help", _ours("--help")),
                ("check --help", _ours("check", "--help")),
                ("completion, a press of Tab", (*_PYTHON, _TAB)),
            )
        ),
        Comparison("summarise MARSOC", _ours("summarise", _MARSOC), "import what it uses", uses, _START),
        Comparison("check MARSOC", _ours("check", _MARSOC), "import what it uses", uses),
        Comparison("check MARSOC", _ours("check", _MARSOC), "GrantKit check, the same posts", checked),
    ]


def _large(folder: Path, sizes: Sizes) -> list[Comparison]:
    few, many, most = (_written(folder, f"{n}.yaml", inputs.grant(n)) for n in _tenfold(sizes.posts))
    lean = _written(folder, "lean.journal", inputs.journal(sizes.posts, account_a_post=False))
    rows = _written(folder, "rows.journal", inputs.journal(sizes.posts, account_a_post=True))
    ledger = _written(folder, "grant.beancount", inputs.ledger(sizes.posts))
    posts = f"{sizes.posts:,} posts"
    a_tenth, ten_times = f"{sizes.posts // 10:,} posts", f"{sizes.posts * 10:,} posts"
    why = (
        "hledger prints two totals here, grantcalc every post of every year, and reads YAML in Python; a good part is "
        "Python's and its libraries' start"
    )
    return [
        *(
            Comparison(
                f"{command} {posts}",
                _ours(command, many),
                f"hledger balance --yearly, an account a {account}",
                _peer(HLEDGER, "-f", journal, "balance", "--yearly"),
                0.8,
                memory=250,
                why=reason,
            )
            for account, journal, reason in (("post", rows, ""), ("heading", lean, why))
            for command in ("summarise", "check")
        ),
        Comparison(f"check {posts}", _ours("check", many), "bean-check", _peer(BEANCOUNT, "--no-cache", ledger)),
        Comparison(f"check {posts}", _ours("check", many), "yamllint", _peer(YAMLLINT, "-d", "relaxed", many)),
        Comparison(f"summarise {posts}", _ours("summarise", many), a_tenth, _ours("summarise", few), 11),
        Comparison(f"summarise {ten_times}", _ours("summarise", most), posts, _ours("summarise", many), 11),
        Comparison(f"check {ten_times}", _ours("check", most), posts, _ours("check", many), 11),
        *(
            Comparison(
                f"summarise {posts} as {form}",
                _ours("summarise", many, "--format", form),
                "as a table",
                _ours("summarise", many),
            )
            for form in ("json", "csv")
        ),
    ]


def _tables(folder: Path, sizes: Sizes) -> list[Comparison]:
    _, posts, most = _tenfold(sizes.posts)
    many, more = (_written(folder, f"{n}.csv", inputs.table(n)) for n in (posts, most))
    takes, takes_more = (
        _written(folder, f"from-{n}.yaml", inputs.taking_posts_from(f"{n}.csv")) for n in (posts, most)
    )
    return [
        Comparison(f"import {most:,} posts", _ours("import", more), f"{posts:,} posts", _ours("import", many), 11),
        Comparison(
            f"summarise {most:,} posts of a table beside the file",
            _ours("summarise", takes_more),
            f"{posts:,} posts",
            _ours("summarise", takes),
            11,
        ),
    ]


def _many(folder: Path, sizes: Sizes) -> list[Comparison]:
    from grantcalc.grants.schema import grant_schema
    from grantcalc.report.json_text import json_text
    from grantcalc.report.medium import PLAIN

    schema = _written(folder, "schema.json", json_text(grant_schema(), PLAIN))
    faulty = [_written(folder / "faulty", *each) for each in inputs.many_grants(sizes.files)]
    mended = [_written(folder / "mended", *each) for each in inputs.mended_grants(sizes.files)]
    return [
        Comparison(
            f"check {sizes.files:,} {what}",
            _ours("check", "--format", "concise", *files),
            "check-jsonschema with our schema",
            _peer(CHECK_JSONSCHEMA, "--schemafile", schema, *files),
            1 / 3,
        )
        for what, files in (("files like MARSOC", faulty), ("such files whose totals are mended", mended))
    ]


def _joint(sizes: Sizes) -> list[Comparison]:
    words = {"small": "sums apart", "chain": "running totals", "tables": "sums in tables with totals both ways"}
    return [
        Comparison(
            f"judge {sizes.sums:,} {what} together",
            (*_JOINT, kind, str(sizes.sums)),
            f"{sizes.sums // 10:,}",
            (*_JOINT, kind, str(sizes.sums // 10)),
            11,
            2,
        )
        for kind, what in words.items()
    ]


def _tenfold(middle: int) -> tuple[int, int, int]:
    """A tenth of a number, itself, and ten times as many."""
    return middle // 10, middle, middle * 10


def _written(folder: Path, name: str, text: str) -> str:
    """Write an input; its path."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder / name)
