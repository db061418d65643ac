"""The inputs of the comparisons, made here: no file from elsewhere is read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

YEARS: Final = (2025, 2026)
MARSOC: Final = Path(__file__).parent.parent / "examples/marsoc.yaml"


def _amounts(post: int) -> tuple[int, int]:
    """The salary and the overhead of a post, in pounds, in each year."""
    return 30_000 + post, 3_000 + post % 700


def grant(posts: int) -> str:
    """A grant file of so many posts, two years and two headings."""
    return "grant: Many posts\nyears: [2025-26, 2026-27]\nposts:\n" + "".join(map(_post, range(posts)))


def _post(post: int) -> str:
    salary, overhead = _amounts(post)
    amounts = f"        salary: £{salary}\n        overhead: £{overhead}\n"
    return f"  - role: Post {post}\n    costs:\n      2025-26:\n{amounts}      2026-27:\n{amounts}"


def journal(posts: int, *, account_a_post: bool) -> str:
    """The same figures as a journal of hledger: a transaction for each post and year.

    Args:
        posts: how many posts.
        account_a_post: whether each post has accounts of its own, which is what a table of posts needs; else there
            is one account for all salaries and one for all overheads.
    """
    return "".join(
        f"{year}-04-01 Post {post}\n"
        + "".join(
            f"    costs:{f'Post {post}:' if account_a_post else ''}{heading}  £{amount}\n"
            for heading, amount in zip(("salary", "overhead"), _amounts(post), strict=True)
        )
        + "    grant\n\n"
        for post in range(posts)
        for year in YEARS
    )


def ledger(posts: int) -> str:
    """The same figures as a file of Beancount, with one account for all salaries and one for all overheads."""
    opened = "".join(
        f"2025-01-01 open {account}\n" for account in ("Expenses:Salary", "Expenses:Overhead", "Income:Grant")
    )
    return opened + "".join(
        f'{year}-04-01 * "Post {post}"\n  Expenses:Salary  {salary}.00 GBP\n  Expenses:Overhead  {overhead}.00 GBP\n'
        "  Income:Grant\n\n"
        for post in range(posts)
        for year in YEARS
        for salary, overhead in (_amounts(post),)
    )


def table(posts: int) -> str:
    """The same figures as a table of posts, with commas between its cells."""
    head = "Role,2025-26 salary,2025-26 overhead,2026-27 salary,2026-27 overhead\n"
    return head + "".join(
        f"Post {post},{salary},{overhead},{salary},{overhead}\n"
        for post in range(posts)
        for salary, overhead in (_amounts(post),)
    )


def taking_posts_from(name: str) -> str:
    """A grant file that takes its posts from a table beside it."""
    return f"grant: Many posts\nyears: [2025-26, 2026-27]\nposts_from: {name}\n"


def many_grants(count: int) -> Iterator[tuple[str, str]]:
    """So many grant files like that of the London MARSOC hub, its faults included, by their names."""
    text = MARSOC.read_text(encoding="utf-8")
    for number in range(count):
        yield f"{number:04}.yaml", text.replace("London MARSOC hub", f"London MARSOC hub {number}")


def mended_grants(count: int) -> Iterator[tuple[str, str]]:
    """The same files with stated totals and an award that are what the costs make."""
    for name, text in many_grants(count):
        for wrong, right in (
            ("£202,329", "£202,330"),
            ("£203,279", "£203,280"),
            ("award: £405,608", "award: £405,610"),
        ):
            text = text.replace(wrong, right)  # noqa: PLW2901  (mended step by step)
        yield name, text


_PROJECT: Final = {
    "grant.yaml": (
        "title: London MARSOC hub\nfunder: nsf-pappg\nbudget: budget.yaml\nsections:\n"
        "- id: summary\n  title: Summary\n  word_limit: 250\n  required: true\n  file: summary.md\n"
    ),
    "summary.md": "The hub has three posts.\n",
    "budget.yaml": "years_in_budget: 2\npersonnel:\n  senior_key:\n"
    + "".join(
        f"    - name: {name}\n      base_salary: {salary}\n      months: 12\n"
        for name, salary in (("Manager", 75_639), ("Officer", 63_320), ("Researcher", 41_047))
    ),
}


def write_project(folder: Path) -> None:
    """Write a project of GrantKit with the three posts of the London MARSOC hub."""
    folder.mkdir()
    for name, text in _PROJECT.items():
        (folder / name).write_text(text, encoding="utf-8")
