"""What changed between two versions of a grant: in money to the penny, and in words."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from grantcalc.cli import app
from grantcalc.grants.changes import changes
from grantcalc.money import pounds
from tests.grant_files import EXAMPLES, MARSOC, SMALL, grant_of

if TYPE_CHECKING:
    from pathlib import Path

    from grantcalc.grants.changes import Changes

MARSOC_FILE = str(EXAMPLES / "marsoc.yaml")
OFFICER = "  - role: ROCU MARSOC Officer (DC)"


def _changes(old: str, new: str) -> Changes:
    return changes(grant_of(old), grant_of(new))


def _terms(old: str, new: str) -> list[tuple[str, str | None, str | None]]:
    return [(" ".join(term.keys), term.old, term.new) for term in _changes(old, new).terms]


def _diff(folder: Path, old: str, new: str, *options: str) -> Result:
    (folder / "old.yaml").write_text(old, encoding="utf-8")
    (folder / "new.yaml").write_text(new, encoding="utf-8")
    return CliRunner().invoke(app, ["diff", str(folder / "old.yaml"), str(folder / "new.yaml"), *options])


@pytest.mark.parametrize(
    "new",
    [
        MARSOC,
        MARSOC.replace("2021-2022", "2021/22"),
        MARSOC.replace("£75,639", "75639.00"),
        MARSOC.replace("award: £405,608\n", "").replace("reference:", "award: 405608\nreference:"),
        MARSOC.replace("  timing: arrears ", "  share: months "),
        MARSOC.replace("starts: 2022-01-01\nends: 2023-12-31\n", ""),
    ],
)
def test_spellings_of_years_and_amounts_order_and_defaults_are_no_change(new: str) -> None:
    assert "year" not in {term.keys[0] for term in _changes(MARSOC, new).terms} - {"years"}
    found = _changes(MARSOC, new)
    assert (found.lines, found.costs) == ((), ())
    assert [term.keys[-1] for term in found.terms if term.keys[-1] != "year"] == []


# £75,639 becomes £76,000, £361 more, of which the year and the whole grant grow: £202,691 and £405,971.
def test_a_cost_that_rises_raises_its_year_and_the_grant() -> None:
    found = _changes(MARSOC, MARSOC.replace("£75,639", "£76,000"))
    (cost,) = found.costs
    assert (cost.name, cost.year, cost.heading) == ("ROCU MARSOC Manager (DS)", "2021-2022", "salary")
    assert pounds(cost.difference) == "£361"
    assert [pounds(year.difference) for year in found.years] == ["£361", "£0"]
    assert (pounds(found.total.old or 0), pounds(found.total.new or 0)) == ("£405,610", "£405,971")


def test_posts_are_added_and_removed() -> None:
    found = _changes(MARSOC, MARSOC[: MARSOC.index("  - role: Band E")])
    assert [(line.how, line.old, line.new) for line in found.lines] == [("removed", "Band E Researcher", None)]
    # £41,047 + £4,878 + £41,077 + £5,847
    assert pounds(found.total.difference) == "-£92,849"
    back = _changes(MARSOC[: MARSOC.index("  - role: Band E")], MARSOC)
    assert [(line.how, line.new) for line in back.lines] == [("added", "Band E Researcher")]
    assert pounds(back.total.difference) == "£92,849"


def test_a_post_with_the_same_costs_or_much_the_same_name_is_likely_renamed() -> None:
    found = _changes(MARSOC, MARSOC.replace("Band E Researcher", "Analyst"))
    assert [(line.how, line.old, line.new) for line in found.lines] == [
        ("likely renamed", "Band E Researcher", "Analyst")
    ]
    assert found.costs == ()
    found = _changes(MARSOC, MARSOC.replace("Band E Researcher", "Band F Researcher").replace("£41,047", "£42,000"))
    assert [line.how for line in found.lines] == ["likely renamed"]
    assert [pounds(cost.difference) for cost in found.costs] == ["£953"]
    found = _changes(MARSOC, MARSOC.replace("Band E Researcher", "Analyst").replace("£41,047", "£42,000"))
    assert [line.how for line in found.lines] == ["added", "removed"]


def test_everything_else_is_said_in_words() -> None:
    new = (
        MARSOC.replace("award: £405,608", "award: £410,000")
        .replace("frequency: quarterly", "frequency: monthly")
        .replace("ends: 2022-12-31", "ends: 2022-11-30")
        .replace("total: £202,329", "total: £202,330")
        .replace("funder: Ministry of Justice\n", "")
    )
    assert _terms(MARSOC, new) == [
        ("funder", "Ministry of Justice", None),
        ("award", "£405,608", "£410,000"),
        ("payments frequency", "quarterly", "monthly"),
        ("years 2021-22 ends", "31 December 2022", "30 November 2022"),
        ("years 2021-22 stated total", "£202,329", "£202,330"),
    ]


def test_a_stated_figure_that_is_printed_less_precisely_has_changed() -> None:
    stated = "stated:\n  total: {}\n"
    assert _terms(SMALL + stated.format("£30,000"), SMALL + stated.format("30000")) == []
    assert _terms(SMALL + stated.format("£30,000"), SMALL + stated.format("£30k")) == [
        ("stated total", "£30,000", "£30k")
    ]


def test_claims_and_variations_are_named_one_by_one() -> None:
    claim = "claims:\n  - period: 1\n    costs:\n      salary: £7,500\n"
    assert _terms(SMALL, SMALL + claim) == [("claims 1", None, "figures actual, costs salary £7,500")]
    assert _terms(SMALL + claim, SMALL + claim.replace("7,500", "7,000")) == [
        ("claims 1 costs salary", "£7,500", "£7,000")
    ]


def test_years_are_added(tmp_path: Path) -> None:
    new = SMALL.replace("[2025-26]", "[2025-26, 2026-27]") + "      2026-27:\n        salary: £31,000\n"
    result = _diff(tmp_path, SMALL, new)
    assert "2026-27           £31,000     £31,000\n" in result.stdout
    assert "The cost is £61,000, £31,000 more than before; 1 cost changed and 2 other things changed." in result.stdout


@pytest.mark.parametrize(
    ("new", "option", "status"),
    [(SMALL, [], 0), (SMALL, ["--exit-code"], 0), (MARSOC, [], 0), (MARSOC, ["--exit-code"], 1)],
)
def test_the_status_is_0_whatever_changed_unless_it_is_asked_for(
    tmp_path: Path, new: str, option: list[str], status: int
) -> None:
    assert _diff(tmp_path, SMALL, new, *option).exit_code == status


@pytest.mark.parametrize("option", [[], ["--exit-code"]])
def test_a_file_that_cannot_be_compared_ends_with_2(tmp_path: Path, option: list[str]) -> None:
    result = _diff(tmp_path, SMALL, SMALL.replace("salary", "salery"), *option)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "new.yaml:7:9" in result.stderr
    missing = CliRunner().invoke(app, ["diff", MARSOC_FILE, str(tmp_path / "none.yaml"), *option])
    assert missing.exit_code == 2
    assert CliRunner().invoke(app, ["diff", "-", "-"]).exit_code == 2


def test_equal_files_have_no_change_in_any_format(tmp_path: Path) -> None:
    assert "Nothing has changed" in _diff(tmp_path, SMALL, SMALL).stdout
    assert "Nothing has changed" in _diff(tmp_path, SMALL, SMALL, "--format", "markdown").stdout
    assert _diff(tmp_path, SMALL, SMALL, "--format", "csv").stdout.count("\n") == 1
    assert json.loads(_diff(tmp_path, SMALL, SMALL, "--format", "json").stdout)["same"] is True


def test_rates_and_rules_are_said_as_they_are_written() -> None:
    costed = (EXAMPLES / "costed.yaml").read_text(encoding="utf-8")
    words = [word for _, old, new in _terms(SMALL, costed) for word in (old, new) if word]
    assert "18.5%" in " ".join(words)
    assert not [word for word in words if "(" in word]


def test_a_share_of_full_time_is_said_as_a_decimal() -> None:
    old = "grant: Example\nyears: [2025-26]\nposts:\n  - role: Officer\n    pay: {salary: 30000, fte: 0.6}\n"
    assert _terms(old, old.replace("0.6", "70%")) == [("Officer pay fte", "0.6", "0.7")]
    assert _terms(old, old.replace("0.6", "60%")) == []


_COSTS = st.dictionaries(st.sampled_from("ABCDEF"), st.integers(0, 10**7), min_size=1)


def _grant(costs: dict[str, int]) -> str:
    posts = "".join(
        f"  - role: Post number {name}\n    costs:\n      salary: {pence // 100}.{pence % 100:02}\n"
        for name, pence in costs.items()
    )
    return f"grant: Example\nyears: [2025-26]\nposts:\n{posts}"


@given(_COSTS, _COSTS)
def test_differences_of_costs_make_the_difference_of_totals_and_go_back_the_same_way(
    old: dict[str, int], new: dict[str, int]
) -> None:
    there, back = _changes(_grant(old), _grant(new)), _changes(_grant(new), _grant(old))
    assert sum(cost.difference for cost in there.costs) == there.total.difference
    assert there.total.difference == -back.total.difference
    assert there.nothing == back.nothing == (old == new)


def test_a_post_that_was_likely_renamed_is_printed_with_both_names(tmp_path: Path) -> None:
    result = _diff(tmp_path, SMALL, SMALL.replace("Officer", "Officers").replace("30,000", "31,000"))
    assert "The cost is £31,000, £1,000 more than before; 1 post likely renamed and 1 cost changed." in result.stdout
    assert re.search("^Officers +likely renamed, was Officer$", result.stdout, re.MULTILINE)
    assert "Everything else" not in result.stdout


def test_of_very_many_lines_only_those_with_the_same_costs_are_called_renamed() -> None:
    posts = "".join(f"  - role: Officer {at}\n    costs: {{salary: {1_000 + at}}}\n" for at in range(202))
    old = f"grant: Example\nyears: [2025-26]\nposts:\n{posts}"
    new = old.replace("role: Officer", "role: Officers").replace("salary: 1", "salary: 2").replace("2000", "1000")
    how = Counter((line.how, line.old == "Officer 0") for line in _changes(old, new).lines)
    assert how == {("likely renamed", True): 1, ("added", False): 201, ("removed", False): 201}
