"""Whole reports of the examples, as they are printed; `pytest --update-golden` rewrites them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

import pytest
from typer.testing import CliRunner

from grantcalc.cli import app
from grantcalc.grants.views import By
from grantcalc.report.formats import (
    CheckFormat,
    CostFormat,
    FigureFormat,
    InvoiceFormat,
    PageFormat,
    ReviewFormat,
    RuleFormat,
    RulesFormat,
    SummaryFormat,
    TableFormat,
)
from tests.conftest import GOLDEN
from tests.grant_files import ASSETS, EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Callable

_ENDINGS = {
    "table": "txt",
    "text": "txt",
    "full": "txt",
    "concise": "concise.txt",
    "github": "github.txt",
    "gitlab": "gitlab.json",
    "junit": "junit.xml",
    "markdown": "md",
}
_PAGE: TypeAlias = Literal["html"]
_GRANTS = sorted(path.name for path in EXAMPLES.glob("*.yaml"))
_PAPERS = sorted(path.name for path in EXAMPLES.glob("*.md"))
_ASSETS = ["failing.yaml", "faults.yaml"]
_OF_EVERY_FORMAT = ["marsoc.yaml", "marsoc-paper.md", *_ASSETS]
REPORTS = [
    (command, name, format_)
    for command, formats, names in (
        ("summarise", SummaryFormat, _GRANTS),
        ("invoices", TableFormat, _GRANTS),
        ("invoices", _PAGE, ["outreach.yaml"]),
        ("invoices --number 3", InvoiceFormat, ["marsoc.yaml", "outreach.yaml"]),
        ("claims --as-of 2022-09-13", PageFormat, ["marsoc-claims.yaml"]),
        ("claims --number 1", _PAGE, ["marsoc-claims.yaml"]),
        ("check", CheckFormat, _OF_EVERY_FORMAT),
        ("check", Literal["full", "json"], [name for name in _GRANTS if name not in _OF_EVERY_FORMAT]),
        ("check --show-passes", ReviewFormat, ["marsoc.yaml", "marsoc-paper.md"]),
        ("explain GC201", RuleFormat, [""]),
        ("rules", RulesFormat, [""]),
        ("figures", FigureFormat, _PAPERS),
        ("year-end --date 2022-03-31", TableFormat, ["marsoc.yaml", "marsoc-claims.yaml"]),
        ("year-end --date 2022-08-31", TableFormat, ["costed.yaml"]),
        ("outturn --year 2021-2022", PageFormat, ["marsoc-claims.yaml"]),
        ("diff examples/marsoc.yaml", TableFormat, ["marsoc-claims.yaml"]),
        ("explain-cost", CostFormat, ["costed.yaml"]),
        ("summarise --movement", TableFormat, ["costed.yaml", "marsoc.yaml"]),
        *((f"summarise --by {by.value}", TableFormat, ["marsoc.yaml"]) for by in By),
        ("summarise --by quarter", TableFormat, ["costed.yaml"]),
    )
    for name in names
    for format_ in get_args(formats)
    if (command, name) != ("invoices", "specialist-crime.yaml")  # it has no years, and so no invoices
    if format_ != "ics"  # a library lays its lines out, in each version as it likes: they are read back instead
]


def _file(command: str, name: str, format_: str) -> str:
    stem = f"{name.partition('.')[0]}." if name else ""
    words = command.replace(" --", "-").replace(" ", "-").replace("/", "-")
    return f"{stem}{words}.{_ENDINGS.get(format_, format_)}"


def _without_style(text: str) -> str:
    """A page without its looks, which are the same on every page and are judged by eye."""
    return re.sub("(?s)<style>.*</style>", "<style></style>", text)


@pytest.mark.parametrize(("command", "name", "format_"), REPORTS)
def test_a_report_is_printed_as_it_was_read_and_approved(
    golden: Callable[[str, str], None], monkeypatch: pytest.MonkeyPatch, command: str, name: str, format_: str
) -> None:
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    monkeypatch.chdir(EXAMPLES.parent)
    folder = ASSETS if name in _ASSETS else EXAMPLES
    path = [(folder / name).relative_to(EXAMPLES.parent).as_posix()] if name else []
    role = ["Caseworker"] if command == "explain-cost" else []
    result = CliRunner().invoke(app, [*command.split(), *path, *role, "--format", format_])
    golden(_file(command, name, format_), _without_style(result.stdout_bytes.decode()))


def test_there_is_no_golden_file_without_its_report() -> None:
    assert {path.name for path in GOLDEN.iterdir()} == {_file(*report) for report in REPORTS}
