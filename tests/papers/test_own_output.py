"""What the program prints itself can be checked as a paper, and raises no alarm."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from grantcalc.cli import app
from grantcalc.files import read_file
from grantcalc.paper_files import checked_paper
from grantcalc.severity import Severity
from tests.grant_files import EXAMPLES

if TYPE_CHECKING:
    from pathlib import Path

GRANTS = ("costed", "marsoc", "marsoc-claims", "minimal", "outreach", "specialist-crime")
OUTPUTS = [
    *((("summarise",), name, "markdown") for name in GRANTS),
    *((("summarise",), name, "csv") for name in GRANTS),
    *((("summarise", "--movement"), name, form) for name in ("costed", "outreach") for form in ("markdown", "csv")),
    *((("summarise", "--by", "year"), name, form) for name in GRANTS for form in ("markdown", "csv")),
    *((("summarise", "--by", by), "costed", "markdown") for by in ("financial-year", "quarter", "heading", "line")),
    *((("outturn",), "marsoc-claims", form) for form in ("markdown", "csv", "html")),
    *((("claims",), "outreach", form) for form in ("markdown", "csv")),
    *((("invoices",), "outreach", form) for form in ("markdown", "csv", "html")),
]
"""Commands, the grants that they are run on, and the formats that a paper may have."""


@pytest.mark.parametrize(("command", "name", "form"), OUTPUTS)
def test_what_is_printed_of_a_grant_is_in_order_when_it_is_checked_as_a_paper(
    tmp_path: Path, command: tuple[str, ...], name: str, form: str
) -> None:
    paper = tmp_path / f"paper.{'md' if form == 'markdown' else form}"
    printed = CliRunner().invoke(
        app, [command[0], str(EXAMPLES / f"{name}.yaml"), *command[1:], "--format", form, "--output", str(paper)]
    )
    assert printed.exit_code == 0, printed.output
    found = checked_paper(read_file(str(paper)), lambda _: True).findings
    told = [f"{each.rule.code} {each.message}" for each in found]
    # Payments of whole pounds miss the year by rounding, which is what a reader would find too.
    alarms = [f"{f.rule.code} {f.message}" for f in found if f.severity is not Severity.NOTE and f.rule.code != "GC602"]
    assert alarms == []
    assert not [line for line in told if "in the row" in line]
