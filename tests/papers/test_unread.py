"""What is left unread on purpose, which is said."""

from __future__ import annotations

from grantcalc.papers.claims import claims
from grantcalc.papers.layout.text import read_text
from tests.runaway import ends_within


def reasons(text: str) -> list[tuple[int | None, str]]:
    return [(each.at.line, each.reason) for each in claims(read_text(text)).unchecked]


def test_a_table_with_a_line_of_too_many_cells_is_said_to_be_unread() -> None:
    wide = "|".join(str(1000 + n) for n in range(501))
    assert reasons(f"Tides\n\n|{wide}|\n|{wide}|\n") == [(3, "it has a line of more than 500 cells")]


def test_a_line_of_as_many_cells_as_are_read_is_read() -> None:
    wide = "|".join(str(1000 + n * n) for n in range(500))
    assert not any("cells" in reason for _, reason in reasons(f"|{wide}|\n|{wide}|\n"))


def test_a_list_of_too_many_amounts_is_said_to_be_unread() -> None:
    text = "Buoys\n\n" + "\n\n".join(f"Buoy {n}\n\n£{1000 + n * n:,}" for n in range(2100))
    assert reasons(text) == [(1, "it has more than 2,000 amounts, and nothing sets its cells apart")]


def test_long_running_text_with_many_amounts_is_no_table_left_unread() -> None:
    sentence = "The harbour office of the northern district paid £{:,} for the repair of one of its many lamps there."
    text = " ".join(sentence.format(1000 + n * n) for n in range(2100))
    assert not reasons(text)


def test_a_paper_of_too_many_figures_is_read_as_far_as_can_be_and_that_is_said() -> None:
    head = "| Item | £ |\n|---|---|\n| Oil | 2,310 |\n| Wick | 1,127 |\n| Total | 3,437 |\n\n"
    paper = claims(read_text(head + "tide 1 2 3 4 5 6 7 8 9 10\n" * 5_001 + "late £5\n"))
    assert [a_sum.total.text for a_sum in paper.sums][:1] == ["3,437"]
    assert paper.unchecked[0].at.line == 5_006
    assert "more than 50,000 figures" in paper.unchecked[0].reason


def test_a_paper_of_few_figures_is_read_to_its_end() -> None:
    assert not reasons("The lamp cost £3,437.\n" * 50)


def test_a_million_empty_lines_are_read_to_the_end() -> None:
    with ends_within(40):
        read_text("\n" * 1_000_000)
