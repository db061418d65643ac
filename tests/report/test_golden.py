"""Whole reports of the examples, as they are printed; `pytest --update-golden` rewrites them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from grantcalc.cli import app
from grantcalc.report.formats import CheckFormat, CostFormat, FigureFormat, TableFormat
from tests.conftest import GOLDEN
from tests.grant_files import EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Callable

_ENDINGS = {"table": "txt", "full": "txt", "json": "json", "csv": "csv", "markdown": "md"}
_GRANTS = sorted(path.name for path in EXAMPLES.glob("*.yaml"))
_PAPERS = sorted(path.name for path in EXAMPLES.glob("*.md"))
REPORTS = (
    [
        (command, name, format_.value)
        for command, formats, names in (
            ("summarise", TableFormat, _GRANTS),
            ("invoices", TableFormat, _GRANTS),
            ("check", CheckFormat, (*_GRANTS, *_PAPERS)),
            ("figures", FigureFormat, _PAPERS),
        )
        for name in names
        for format_ in formats
        if (command, name) != ("invoices", "specialist-crime.yaml")  # it has no years, and so no invoices
    ]
    + [("explain-cost", "costed.yaml", format_.value) for format_ in CostFormat]
    + [("movement", name, format_.value) for name in ("costed.yaml", "marsoc.yaml") for format_ in TableFormat]
)
_MORE = {"explain-cost": ("explain-cost", "Caseworker"), "movement": ("summarise", "--movement")}


def _file(command: str, name: str, format_: str) -> str:
    return f"{name.partition('.')[0]}.{command}.{_ENDINGS[format_]}"


@pytest.mark.parametrize(("command", "name", "format_"), REPORTS)
def test_a_report_is_printed_as_it_was_read_and_approved(
    golden: Callable[[str, str], None], monkeypatch: pytest.MonkeyPatch, command: str, name: str, format_: str
) -> None:
    monkeypatch.chdir(EXAMPLES.parent)
    words, *more = _MORE.get(command, (command,))
    result = CliRunner().invoke(app, [words, f"examples/{name}", *more, "--format", format_])
    golden(_file(command, name, format_), result.stdout)


def test_there_is_no_golden_file_without_its_report() -> None:
    assert {path.name for path in GOLDEN.iterdir()} == {_file(*report) for report in REPORTS}
