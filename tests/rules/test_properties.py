"""Grants of any shape: what is stated as computed is not found, what is moved is."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from grantcalc.money import PENNY, POUND, pounds, round_half_up
from grantcalc.severity import Severity
from grantcalc.sums import allowance
from tests.grant_files import account_of, check_text, findings


@dataclass(frozen=True)
class _Figure:
    """A figure that is stated: the line to write, and the amount."""

    label: str
    indent: int
    amount: Decimal


@dataclass(frozen=True)
class _Case:
    """A grant file, with the lines of its stated figures apart, so that one can be moved."""

    parts: tuple[str | _Figure, ...]

    def text(self, moved: int | None = None, by: Decimal = POUND) -> str:
        """The file; one of its figures, counted from nought, may be moved."""
        lines, number = [], 0
        for part in self.parts:
            if isinstance(part, str):
                lines.append(part)
                continue
            amount = part.amount + by if number == moved else part.amount
            lines.append(f"{' ' * part.indent}{part.label}: {pounds(amount)}")
            number += 1
        return "\n".join(lines) + "\n"

    def lines(self) -> list[int]:
        """The line of each figure."""
        return [at for at, part in enumerate(self.parts, start=1) if isinstance(part, _Figure)]


HEADINGS = ("salary", "overhead")
FREQUENCIES = {"monthly": 12, "quarterly": 4, "half-yearly": 2, "yearly": 1}


@st.composite
def _cases(draw: st.DrawFn) -> _Case:
    """A grant that states exactly what is computed, everywhere that it can."""
    years = [f"{2025 + at}-{26 + at}" for at in range(draw(st.integers(1, 3)))]
    posts = range(draw(st.integers(1, 3)))
    in_pounds = draw(st.booleans())
    unit = POUND if in_pounds else PENNY
    amounts = st.integers(100, 10_000_000).map(lambda units: Decimal(units) * unit)
    costs = {(post, year, heading): draw(amounts) for post in posts for year in years for heading in HEADINGS}
    frequency = draw(st.sampled_from(sorted(FREQUENCIES)))
    remainder = draw(st.sampled_from(["last", "first"]))
    rounding = "pounds" if in_pounds else "pence"
    parts: list[str | _Figure] = [
        "grant: Example",
        f"costs_rounded_to: {draw(st.sampled_from(['pence', rounding]))}",
        f"award: {pounds(sum(costs.values(), Decimal(0)))}",
        f"payments: {{frequency: {frequency}, rounding: {rounding}, remainder: {remainder}}}",
        "years:",
    ]
    for year in years:
        made = [sum(costs[post, year, heading] for post in posts) for heading in HEADINGS]
        payment = round_half_up(Decimal(sum(made)) / FREQUENCIES[frequency], unit)
        parts += [f"  - year: {year}", "    stated:"]
        parts += [_Figure(heading, 6, Decimal(amount)) for heading, amount in zip(HEADINGS, made, strict=True)]
        parts += [_Figure("total", 6, Decimal(sum(made))), _Figure("payment", 6, payment)]
    parts.append("posts:")
    for post in posts:
        parts += [f"  - role: Officer {post + 1}", "    costs:"]
        for year in years:
            parts += [f"      {year}:", *(f"        {h}: {pounds(costs[post, year, h])}" for h in HEADINGS)]
        parts.append("    stated:")
        for year in years:
            of_post = [costs[post, year, heading] for heading in HEADINGS]
            parts += [f"      {year}:", _Figure("total", 8, Decimal(sum(of_post)))]
    parts += ["stated:", _Figure("total", 2, sum(costs.values(), Decimal(0)))]
    return _Case(tuple(parts))


@given(_cases())
def test_a_file_that_states_exactly_what_is_computed_has_nothing_above_a_note(case: _Case) -> None:
    assert [one for one in findings(check_text(case.text())) if one.severity is not Severity.NOTE] == []


@given(_cases(), st.data())
def test_any_stated_figure_moved_by_more_than_its_allowance_is_an_error_that_names_it(
    case: _Case, data: st.DataObject
) -> None:
    moved = data.draw(st.integers(0, len(case.lines()) - 1))
    allowed = max(allowance(a_sum) for found in account_of(case.text()).stated for a_sum in found.sums)
    # A payment stands in its sum as often as it is paid, and may already miss its year by as much as is allowed.
    by = 2 * allowed + data.draw(st.integers(1, 5_000))
    by = round_half_up(by, POUND) * data.draw(st.sampled_from([1, 1_000]))
    text, line = case.text(moved, by), case.lines()[moved]
    written = text.splitlines()[line - 1].split(": ")[1]
    errors = [one for one in findings(check_text(text)) if one.severity is Severity.ERROR and one.line == line]
    assert errors, text
    assert errors[0].marked == written
    assert written in errors[0].message
