"""Grant files with a post costed from its pay, and what comes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grantcalc.grants.load import load_grant
from grantcalc.money import pounds

if TYPE_CHECKING:
    from grantcalc.grants.costing.working import Step, Working
    from grantcalc.grants.load import Loaded


def post(*lines: str, years: str = "[2022]", costing: str = "", role: str = "Officer") -> str:
    """A grant file with one post, whose pay has these lines."""
    pay = "".join(f"      {line}\n" for line in lines)
    head = f"grant: Example\nyears: {years}\n{f'costing:{chr(10)}{costing}' if costing else ''}"
    return f"{head}posts:\n  - role: {role}\n    pay:\n{pay}"


def loaded(text: str) -> Loaded:
    """A grant file that has nothing to mend."""
    found = load_grant(text)
    assert found.grant is not None, found.faults
    return found


def cost(text: str, year: str = "2022", heading: str = "salary") -> str:
    """What the first post costs in a year, as it is printed."""
    grant = loaded(text).grant
    assert grant is not None
    return pounds(grant.posts[0].costs[year][heading].value, pence=True)


def working(text: str, year: str = "2022") -> Working:
    """The working of the first post in a year."""
    return next(found for found in loaded(text).workings if found.year == year)


def steps(text: str, what: str, year: str = "2022") -> list[Step]:
    """The steps of a kind in a year."""
    return [step for step in working(text, year).steps if step.what == what]
