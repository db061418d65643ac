"""The MARSOC paper: what is wrong with it, what rounding could explain, and what not to advise."""

from __future__ import annotations

import re

import pytest

from grantcalc.severity import Severity
from tests.grant_files import MARSOC, Found, check_text, codes, found

ROUNDED = "costs_rounded_to: pounds\n" + MARSOC


def _errors(listed: list[Found]) -> list[Found]:
    return [one for one in listed if one.severity is Severity.ERROR]


def _only(code: str, text: str = MARSOC) -> Found:
    (one,) = [one for one in found(text) if one.code == code]
    return one


def test_both_grand_totals_are_a_pound_too_small() -> None:
    totals = [one for one in found(MARSOC) if one.code == "GC201"]
    assert [(one.message, one.line, one.column, one.marked) for one in totals] == [
        ("2021-2022: grand total stated as £202,329, but the costs make £202,330", 25, 14, "£202,329"),
        ("2022-2023: grand total stated as £203,279, but the costs make £203,280", 33, 14, "£203,279"),
    ]


def test_the_working_shows_what_the_costs_and_the_stated_parts_make() -> None:
    first = next(one for one in found(MARSOC) if one.code == "GC201")
    assert first.notes[0] == (
        "working: £180,006 salary + £22,324 overhead = £202,330; the stated heading totals make £202,330 too"
    )
    assert "£1 is within the allowance of £1.50" in first.notes[1]


def test_no_advice_is_given_that_would_put_another_sum_out() -> None:
    for one in found(MARSOC):
        assert not any(note.startswith("to mend: state £") for note in one.notes)
    first = next(one for one in found(MARSOC) if one.code == "GC201")
    assert first.notes[-1] == (
        'to mend: check the costs first; to state £202,330 and change nothing else would put "award = stated years" '
        "£1 out"
    )


def test_the_cost_is_2_pounds_over_the_award() -> None:
    one = _only("GC501")
    assert one.message == "the costs make £405,610, £2 over the award of £405,608"
    assert (one.severity, one.line, one.marked) == ("error", 7, "£405,608")


def test_payments_miss_their_years_by_a_pound_each_way_and_make_the_award() -> None:
    payments = [one for one in found(MARSOC) if one.code == "GC301"]
    assert [(one.severity, one.line, one.message) for one in payments] == [
        ("warning", 26, "2021-2022: 4 payments of £50,582 make £202,328, £1 less than the stated total of £202,329"),
        ("warning", 34, "2022-2023: 4 payments of £50,820 make £203,280, £1 more than the stated total of £203,279"),
    ]
    cancel = _only("GC302")
    assert cancel.message == "over all years the differences cancel: the 8 payments make exactly £405,608"
    assert cancel.notes == ("working: £1 less in 2021-2022 and £1 more in 2022-2023",)


def test_labels_contradict_the_dates() -> None:
    assert [one.message for one in found(MARSOC) if one.code == "GC401"] == [
        '"2021-2022" reads as 1 April 2021 to 31 March 2022, but the year runs 1 January to 31 December 2022',
        '"2022-2023" reads as 1 April 2022 to 31 March 2023, but the year runs 1 January to 31 December 2023',
    ]


def test_read_as_a_paper_everything_can_be_true_only_by_rounding_and_only_one_way() -> None:
    one = _only("GC205")
    assert one.severity == "note"
    assert one.message.endswith("all figures can be true at once, but only by rounding")
    *needed, award, changes, held = one.notes
    assert needed == [
        "needed: 2021-2022 salary total is £180,005.50 to £180,006.00, rounded up",
        "needed: 2021-2022 overhead total is £22,323.50 to £22,324.00, rounded up",
        "needed: 2021-2022 grand total is £202,329.00 to £202,329.50, rounded down",
        "needed: 2022-2023 salary total is £178,072.50 to £178,073.00, rounded up",
        "needed: 2022-2023 overhead total is £25,206.50 to £25,207.00, rounded up",
        "needed: 2022-2023 grand total is £203,279.00 to £203,279.50, rounded down",
    ]
    assert "if it is exactly £405,608.00, as an offer is, only one solution is left" in award
    for amount in ("£180,005.50", "£22,323.50", "£178,072.50", "£25,206.50"):
        assert amount in award
    assert award.endswith("all four end in exactly 50p, which is possible, and hard to believe")
    assert "no one or two changes make every sum hold; the only repair by three changes is" in changes
    assert "2021-2022 grand total to £202,330, 2022-2023 grand total to £203,280 and award to £405,610" in changes
    assert "the award is the funder's to change" in changes
    assert "£50,582.50, which rounded half up prints £50,583" in changes
    assert "four figures must change, in 48 ways" in held


def test_with_costs_rounded_to_pounds_nothing_is_an_error() -> None:
    listed = found(ROUNDED)
    assert _errors(listed) == []
    assert codes(listed).count("GC202") == 2
    assert {one.severity for one in listed if one.code in ("GC202", "GC501", "GC301")} == {"warning"}
    award = next(one for one in listed if one.code == "GC501")
    assert award.message == "the costs make £405,610, £2 over the award of £405,608, which only rounding explains"


@pytest.mark.parametrize("text", [MARSOC, ROUNDED])
def test_a_total_100_pounds_too_large_is_an_error_even_of_rounded_costs(text: str) -> None:
    moved = text.replace("total: £202,329", "total: £202,429")
    assert next(one.marked for one in _errors(found(moved)) if one.code == "GC201") == "£202,429"


def _stated_figures() -> list[int]:
    """The lines of the figures that the paper states."""
    lines = MARSOC.splitlines()
    return [at for at in range(lines.index("years:") + 1, lines.index("posts:") + 1) if "£" in lines[at - 1]]


def _moved(at: int, by: int) -> tuple[str, str]:
    """The paper with the figure of one line moved, and the figure."""
    lines = MARSOC.splitlines(keepends=True)
    written = re.search(r"£[0-9,]+", lines[at - 1])
    assert written is not None
    figure = f"£{int(written[0].replace('£', '').replace(',', '')) + by:,}"
    lines[at - 1] = lines[at - 1].replace(written[0], figure)
    return "".join(lines), figure


@pytest.mark.parametrize("by", [7, -7])
@pytest.mark.parametrize("at", _stated_figures())
def test_a_move_of_7_pounds_of_any_stated_figure_is_an_error_on_its_line(at: int, by: int) -> None:
    text, figure = _moved(at, by)
    assert any(one.line == at and one.marked == figure and figure in one.message for one in _errors(found(text)))


def test_there_are_eight_stated_figures_to_move() -> None:
    assert len(_stated_figures()) == 8


def test_an_award_7_pounds_lower_is_an_error_and_a_higher_one_only_leaves_some_of_it() -> None:
    lower, award = _moved(7, -7)
    assert [one.code for one in _errors(found(lower)) if one.marked == award] == ["GC305", "GC501", "GC502"]
    higher, award = _moved(7, 7)
    assert {one.code: one.severity for one in found(higher) if one.marked == award} == {
        "GC305": "warning",
        "GC502": "warning",
        "GC504": "note",
    }


def test_every_sum_of_the_paper_is_judged() -> None:
    file = check_text(MARSOC)
    assert (file.figures, file.in_sums, len(file.sums)) == (21, 21, 12)


def test_the_costs_themselves_are_never_blamed() -> None:
    first_cost = MARSOC[: MARSOC.index("posts:")].count("\n") + 1
    assert all(one.line is None or one.line < first_cost for one in found(MARSOC))
