"""Grant files from a grammar, and broken ones: parts make totals, and every run ends with a documented status."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grantcalc.grants.account import account_for
from grantcalc.money import ZERO, add
from tests.fuzzing.commands import run
from tests.fuzzing.grammar import Tree, as_yaml, broken, grants
from tests.grant_files import codes, found, grant_of

COMMANDS = (
    "check FILE",
    "check FILE --as-of 2026-06-30 --format json",
    "check FILE --format sarif",
    "summarise FILE",
    "summarise FILE --by quarter --format csv",
    "invoices FILE --format markdown",
    "invoices FILE --format ics",
    "claims FILE --as-of 2026-06-30",
    "year-end FILE --date 2026-03-31",
    "outturn FILE --format json",
    "diff FILE FILE",
)


@given(grants())
def test_what_the_grammar_makes_loads_and_every_sum_of_parts_is_its_total(tree: Tree) -> None:
    account = account_for(grant_of(as_yaml(tree)))
    totals = account.totals
    assert totals.total == add(totals.headings.values()) == add(year.total for year in totals.years)
    for year in totals.years:
        assert year.total == add(line.total for line in year.lines) == add(year.headings.values())
        for heading, amount in year.headings.items():
            assert amount == add(line.headings[heading] for line in year.lines)


@given(grants(plain=True))
def test_payments_make_the_lower_of_their_basis_and_the_award(tree: Tree) -> None:
    account = account_for(grant_of(as_yaml(tree)))
    award = account.grant.award
    assert award is not None
    basis = max(account.totals.total, ZERO) if tree["payments"]["basis"] == "cost" else award.value
    assert add(each.amount for each in account.instalments) == min(basis, award.value)


@given(grants(plain=True))
def test_a_file_that_states_what_is_computed_has_no_finding_of_a_stated_figure(tree: Tree) -> None:
    totals = account_for(grant_of(as_yaml(tree))).totals
    stated = {**{name: f"£{value:,.2f}" for name, value in totals.headings.items()}, "total": f"£{totals.total:,.2f}"}
    assert [code for code in codes(found(as_yaml({**tree, "stated": stated}))) if code.startswith(("GC1", "GC2"))] == []


@given(grants())
def test_json_gives_back_what_was_computed(tree: Tree) -> None:
    text = as_yaml(tree)
    status, printed, _ = run("summarise FILE --format json", text.encode())
    (summary,) = json.loads(printed)["grants"]
    assert status == 0
    assert abs(Decimal(summary["total"]) - account_for(grant_of(text)).totals.total) < Decimal("0.01")


@given(grants(), st.sampled_from(COMMANDS))
def test_every_command_keeps_to_its_statuses_for_what_the_grammar_makes(tree: Tree, command: str) -> None:
    run(command, as_yaml(tree).encode())


@given(st.data(), st.sampled_from(COMMANDS))
def test_every_command_keeps_to_its_statuses_for_broken_files(data: st.DataObject, command: str) -> None:
    run(command, data.draw(broken(as_yaml(data.draw(grants())))))


@settings(max_examples=20)
@given(st.binary(max_size=300))
def test_any_bytes_are_a_file_that_is_checked_or_refused(data: bytes) -> None:
    for name in ("grant.yaml", "paper.md", "posts.csv", "-"):
        run("check FILE", data, name)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_one_that_can_succeed(command: str) -> None:
    text = "grant: A\nyears: [2025-26]\nposts: [{role: B, costs: {salary: 5}}]\n"
    assert run(command, text.encode())[0] == 0
