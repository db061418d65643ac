"""The figures of a grant by name, as a message speaks of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grantcalc.grants.stated import key_name
from grantcalc.source import Route

if TYPE_CHECKING:
    from grantcalc.grants.model import Grant
    from grantcalc.money import Figure


def figure_name(grant: Grant, figure: Figure) -> str:
    """A figure of the file: "2021-2022 grand total", "Band E Researcher, 2021-2022 salary", "award"."""
    keys = figure.at.keys if isinstance(figure.at, Route) else ()
    match keys:
        case ("award",):
            return "award"
        case ("stated", str(key)):
            return key_name(key)
        case ("years", int(at), "stated", str(key)):
            return f"{grant.years[at].year} {key_name(key)}"
        case ("funding", int(at), *_):
            return f"{grant.funding[at].source}, {keys[-1]}"
        case (str(part), int(at), str(of), str(year), str(key)):
            line = grant.posts[at] if part == "posts" else grant.other_costs[at]
            name = f"stated {key}" if of == "stated" else key
            return f"{line.name}, {year} {name}" if year else f"{line.name}, {name}"
        case _:
            return figure.text
