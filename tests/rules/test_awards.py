"""Awards that cover only a share of the costs."""

from __future__ import annotations

from tests.grant_files import found

SHARED = """\
grant: Example
award: £70,000
years:
  - year: 2025-26
    stated:
      total: £100,000
posts:
  - role: Officer
    costs:
      2025-26:
        salary: £100,000
funding:
  - source: Home Office grant
    amount: £70,000
  - source: Council reserves
    amount: £30,000
"""


def test_a_cost_over_the_award_that_others_fund_is_a_note() -> None:
    told = {one.code: (one.severity, one.message) for one in found(SHARED)}
    assert told["GC501"] == (
        "note",
        "the costs make £100,000, £30,000 more than the award of £70,000, which others fund",
    )
    assert "GC502" not in told
    assert "GC205" not in told


def test_a_cost_over_the_award_that_others_do_not_cover_is_an_error() -> None:
    told = {one.code: one.severity for one in found(SHARED.replace("£30,000", "£29,000"))}
    assert (told["GC501"], told["GC503"]) == ("error", "error")
