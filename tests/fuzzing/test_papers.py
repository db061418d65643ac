"""Papers of text and tables of posts from a grammar, and broken ones."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from grantcalc.grants.account import account_for
from grantcalc.money import Figure, pounds, read_amount
from tests.fuzzing.commands import run
from tests.fuzzing.grammar import AMOUNTS, NAMES, PENCE, Tree, as_yaml, broken, grants, papers
from tests.grant_files import grant_of
from tests.post_tables import grant_from

if TYPE_CHECKING:
    from decimal import Decimal


@given(
    papers(), st.sampled_from(["check FILE", "check FILE --format json", "figures FILE", "figures FILE --format csv"])
)
def test_a_paper_is_checked_in_time(paper: str, command: str) -> None:
    assert run(command, paper.encode(), "paper.md")[0] in (0, 1)


@given(st.data(), st.sampled_from(["paper.md", "paper.csv", "paper.html", "paper"]))
def test_a_broken_paper_is_checked_or_refused_in_time(data: st.DataObject, name: str) -> None:
    name = name if name != "paper.html" else "paper.txt"  # pages are read in processes of their own
    run("check FILE", data.draw(broken(data.draw(papers()))), name)


@given(PENCE, st.booleans())
def test_an_amount_that_was_printed_is_read_back(value: Decimal, negative: bool) -> None:  # noqa: FBT001  (drawn)
    amount = -value if negative else value
    for text in (pounds(amount), pounds(amount, pence=True), f"{amount:.2f}", f"({value:,.2f})"):
        read = read_amount(text)
        assert isinstance(read, Figure)
        assert abs(read.value) == value


@given(st.text(max_size=30))
def test_any_text_is_an_amount_that_is_read_back_or_none(text: str) -> None:
    read = read_amount(text)
    if isinstance(read, Figure):
        again = read_amount(pounds(read.value))
        assert isinstance(again, Figure)
        assert again.value == read.value


@st.composite
def _tables(draw: st.DrawFn) -> tuple[str, dict[str, tuple[Decimal, Decimal]]]:
    """A table of posts as CSV, and the amounts that it has."""
    names = draw(
        st.lists(NAMES.filter(lambda name: not name.isdecimal()), min_size=1, max_size=5, unique_by=str.casefold)
    )
    costs = {f"Post {name}": (draw(PENCE), draw(PENCE)) for name in names}
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(["Role", "Salary", "Overhead"])
    writer.writerows([name, f"£{salary:,.2f}", f"{overhead:.2f}"] for name, (salary, overhead) in costs.items())
    return file.getvalue(), costs


@given(_tables())
def test_a_table_of_posts_becomes_a_grant_file_of_the_same_amounts(
    case: tuple[str, dict[str, tuple[Decimal, Decimal]]],
) -> None:
    table, costs = case
    grant = grant_from(table, years=("2025-26",))
    read = {post.name: tuple(figure.value for figure in post.costs["2025-26"].values()) for post in grant.posts}
    assert read == costs


@given(st.data())
def test_a_broken_table_of_posts_is_imported_or_refused_in_time(data: st.DataObject) -> None:
    table, _ = data.draw(_tables())
    run("import FILE --year 2025-26", data.draw(broken(table)), "posts.csv")


@given(grants(plain=True))
def test_the_posts_that_summarise_prints_as_csv_are_imported_with_the_same_totals(tree: Tree) -> None:
    tree = {**tree, "posts": [{**post, "role": f"Post {post['role']}"} for post in tree["posts"]]}
    before = account_for(grant_of(as_yaml(tree)))
    status, printed, said = run("summarise FILE --format csv", as_yaml(tree).encode())
    assert status == 0, said
    status, made, said = run("import FILE", printed.encode(), "summary.csv")
    assert status == 0, said
    assert account_for(grant_of(made)).totals.total == before.totals.total


@given(AMOUNTS)
def test_the_amounts_of_the_grammar_are_amounts(text: str) -> None:
    assert isinstance(read_amount(text), Figure)
