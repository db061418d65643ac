"""Stated figures against the costs, against the paper's own parts, and all together."""

from __future__ import annotations

import pytest

from tests.grant_files import SMALL, Found, codes, found

POSTS = """\
posts:
  - role: Officer
    costs: {salary: 30000, overhead: 4500}
  - role: Analyst
    costs: {salary: 20000, overhead: 3500}
"""


def _stated(head: str = "", **figures: str) -> str:
    lines = "".join(f"      {key}: {figure}\n" for key, figure in figures.items())
    return f"grant: Example\n{head}years:\n  - year: 2025-26\n    stated:\n{lines}{POSTS}"


def _only(code: str, text: str) -> Found:
    (one,) = [one for one in found(text) if one.code == code]
    return one


@pytest.mark.parametrize("figure", ["£50,000", "50000", "50_000.00", "£50k", "£0.05m", "£50.0k", "£0.1m"])
def test_a_figure_that_the_costs_make_is_passed_over_however_it_is_printed(figure: str) -> None:
    assert found(_stated(salary=figure)) == []


@pytest.mark.parametrize("figure", ["£0.0m", "£0.1m"])
def test_no_side_is_taken_on_how_a_half_was_rounded(figure: str) -> None:
    assert found(_stated(salary=figure)) == []


@pytest.mark.parametrize("figure", ["£49.9k", "£50,001", "£50,000.01", "£0.2m"])
def test_a_figure_that_the_costs_do_not_make_as_it_is_printed_is_an_error(figure: str) -> None:
    one = _only("GC201", _stated(salary=figure))
    assert (one.severity, one.marked) == ("error", figure)
    assert one.message == f"2025-26: salary total stated as {figure}, but the costs make £50,000"


def test_a_figure_within_what_rounded_costs_allow_is_a_warning() -> None:
    one = _only("GC202", _stated("costs_rounded_to: pounds\n", salary="£50,001"))
    assert (one.severity, one.marked) == ("warning", "£50,001")
    assert one.notes[1] == "rounding: the allowance is £1.50 for 2 parts and a total"


def test_each_figure_has_one_finding_and_not_one_a_sum() -> None:
    text = _stated(salary="£50,000", overhead="£8,000", total="£59,000") + "stated:\n  total: £59,000\n"
    lines = [one.line for one in found(text) if one.severity == "error"]
    assert lines == sorted(set(lines))


def test_a_likely_slip_is_named_with_what_makes_every_sum_hold() -> None:
    one = _only("GC201", _stated(salary="£50,000", overhead="£8,000", total="£85,000"))
    assert any(note.startswith("likely: ") and "£58,000" in note for note in one.notes)


def test_a_figure_that_can_be_mended_alone_is_told_how() -> None:
    one = _only("GC201", _stated(salary="£50,003"))
    assert one.notes[-1] == "to mend: state £50,000, or correct the costs"


def test_stated_parts_that_contradict_their_total_are_found_even_near_rounded_costs() -> None:
    head = "costs_rounded_to: pounds\n"
    one = _only("GC203", _stated(head, salary="£50,001", overhead="£8,001", total="£57,999"))
    assert one.message == ("2025-26: grand total stated as £57,999, but the stated heading totals make £58,002")


def test_rows_rounded_one_way_and_columns_the_other_cannot_all_hold() -> None:
    head = "costs_rounded_to: pounds\n"
    text = _stated(head, salary="£50,001") + "stated:\n  overhead: £8,000\n"
    for post, total in (("Officer", "34,499"), ("Analyst", "23,499")):
        text = text.replace(f"role: {post}\n", f"role: {post}\n    stated: {{total: {total.replace(',', '')}}}\n")
    assert not [one for one in found(text) if one.severity == "error" and one.code != "GC204"]


def test_a_line_and_the_grant_are_held_against_their_costs_too() -> None:
    text = SMALL + "    stated:\n      total: £30,100\nstated:\n  salary: £30,200\n"
    assert [(one.line, one.message) for one in found(text) if one.code == "GC201"] == [
        (9, "Officer, 2025-26: total stated as £30,100, but the costs make £30,000"),
        (11, "salary total stated as £30,200, but the costs make £30,000"),
    ]


def test_a_heading_without_costs_that_is_stated_as_nothing_is_passed_over() -> None:
    assert codes(found(SMALL + "stated:\n  overhead: £0\n  total: £30,000\n")) == []


@pytest.mark.parametrize(
    ("stated", "cause"),
    [
        ("£8,340", "£8,340 leaves out £2,215 (£10,555 with it)"),
        ("£12,770", "£12,770 counts £2,215 twice (£10,555 with it once)"),
    ],
)
def test_a_part_that_is_left_out_or_counted_twice_is_named(stated: str, cause: str) -> None:
    posts = "".join(
        f"  - role: Post {at}\n    costs:\n      salary: {cost}\n"
        for at, cost in enumerate(("£3,110", "£5,230", "£2,215"))
    )
    text = f"grant: Example\nyears:\n  - year: 2025-26\n    stated:\n      salary: {stated}\nposts:\n{posts}"
    assert f"likely: {cause}; every sum it touches then holds" in _only("GC201", text).notes


def test_a_sum_of_many_amounts_is_not_written_out() -> None:
    posts = "".join(f"  - role: Post {at}\n    costs:\n      salary: £1,000\n" for at in range(30))
    text = f"grant: Example\nyears:\n  - year: 2025-26\n    stated:\n      salary: £30,500\nposts:\n{posts}"
    assert _only("GC201", text).notes[0] == "working: 30 amounts make £30,000"
