"""A grant file to begin with: nothing is found in it, and nothing is written over."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner, Result

from grantcalc.cli import app
from tests.grant_files import check_text, grant_of

if TYPE_CHECKING:
    from pathlib import Path


def init(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["init", *arguments])


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("--posts", "1"),
        ("--posts", "12", "--years", "2025-26,2026-27, 2027/28"),
        ("--years", "2025"),
        ("--years", "2025,2026"),
    ],
)
def test_nothing_is_wrong_with_a_file_to_begin_with(options: tuple[str, ...]) -> None:
    made = init("-", *options)
    assert (made.exit_code, made.stderr) == (0, "")
    found = [finding.message for finding in check_text(made.stdout).findings]
    assert found == (["all amounts of the costs are 0: the file is not filled in yet"] if options else [])


def test_a_file_has_the_shape_that_was_asked_for() -> None:
    grant = grant_of(init("-", "--posts", "3", "--years", "2025-26,2026-27").stdout)
    assert [year.year for year in grant.years] == ["2025-26", "2026-27"]
    assert [post.role for post in grant.posts] == ["Post 1", "Post 2", "Post 3"]
    assert all(
        {str(figure.value) for figure in year.values()} == {"0"} for p in grant.posts for year in p.costs.values()
    )


def test_every_comment_that_is_a_key_may_be_uncommented() -> None:
    text = re.sub(r"(?m)^# (?=\s*[a-z_]+:(\s|$))", "", init("-").stdout)
    grant = grant_of(text)
    assert (grant.funder, grant.payments.timing) == ("Ministry of Justice", "advance")


def test_a_file_is_written_once_and_never_over_another(tmp_path: Path) -> None:
    path = tmp_path / "grant.yaml"
    assert init(str(path)).stdout == ""
    before = path.read_text(encoding="utf-8")
    assert before == init("-").stdout
    again = init(str(path), "--posts", "2")
    assert again.exit_code == 2
    assert "there is such a file already, and it is not written over; name another" in again.stderr
    assert path.read_text(encoding="utf-8") == before


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (("--years", "2025-26,2027-28"), "2027-28 does not follow 2025-26"),
        (("--years", "2026-27,2025-26"), "2025-26 does not follow 2026-27"),
        (("--years", "2025-26,2025/26"), "a year is named twice"),
        (("--years", "Year 1"), 'the dates of "Year 1" are not known'),
        (("--years", " , "), "name at least one year"),
        (("--posts", "0"), "0 is not in the range"),
    ],
)
def test_a_shape_that_no_grant_has_is_refused(tmp_path: Path, options: tuple[str, ...], reason: str) -> None:
    made = init(str(tmp_path / "grant.yaml"), *options)
    assert made.exit_code == 2
    assert reason in " ".join(made.stderr.split())
    assert list(tmp_path.iterdir()) == []
