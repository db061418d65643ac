"""Every library that an installation brings may be used and passed on by anyone, also in closed work.

What only developers run (the group `dev`) is not looked at: it is run, and no part of what is handed on.
"""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, distribution
from typing import TYPE_CHECKING, Final

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.metadata import Distribution

PERMISSIVE: Final = frozenset({
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "MIT-0", "MIT-CMU", "PSF-2.0",
})  # fmt: skip
"""Licences that ask for their own text to be kept, and for nothing of the work that uses them."""

CLASSIFIED: Final[Mapping[str, str]] = {
    "License :: OSI Approved :: Apache Software License": "Apache-2.0",
    "License :: OSI Approved :: ISC License (ISCL)": "ISC",
    "License :: OSI Approved :: MIT License": "MIT",
}
"""Classifiers that say which licence it is. "BSD License" does not say which of them."""

LOOKED_UP: Final[Mapping[str, tuple[str, str]]] = {
    "colorama": (
        "BSD-3-Clause",
        "its classifier says BSD; its LICENSE.txt has the three clauses; Windows alone has it",
    ),
    "cssselect": ("BSD-3-Clause", "older ones say BSD; their LICENSE has the three clauses, as newer ones say"),
    "jinja2": ("BSD-3-Clause", "its classifier says BSD; its LICENSE.txt has the three clauses"),
    "pypdfium2": (
        "BSD-3-Clause AND Apache-2.0",
        "says so in words, with the licences of PDFium's parts, as permissive",
    ),
    "python-dateutil": ("Apache-2.0 OR BSD-3-Clause", "its metadata say dual licence; LICENSE has both texts"),
    "tinycss2": ("BSD-3-Clause", "its classifier says BSD; its LICENSE has the three clauses"),
    "tzdata": ("Apache-2.0", "in the old field; the data themselves are in the public domain"),
    "webencodings": ("BSD-3-Clause", "its classifier says BSD; its LICENSE has the three clauses"),
    "charset-normalizer": ("MIT", "in the old field alone"),
    "lxml": ("BSD-3-Clause", "in the old field; libxml2 and libxslt inside its wheels are under the MIT licence"),
}
"""The licence of libraries whose metadata do not say it in a way to be read, and where it was read instead."""


def installed(name: str, extras: frozenset[str] = frozenset()) -> dict[str, Distribution]:
    """A distribution and all that it needs here, with these extras, by their names."""
    found: dict[str, Distribution] = {}
    asked: set[tuple[str, frozenset[str]]] = set()
    waiting = [(canonicalize_name(name), extras)]
    while waiting:
        wanted = waiting.pop()
        if wanted in asked:
            continue
        asked.add(wanted)
        found[wanted[0]] = distribution(wanted[0])
        for text in found[wanted[0]].requires or ():
            needed = Requirement(text)
            holds = needed.marker is None or any(needed.marker.evaluate({"extra": extra}) for extra in {"", *wanted[1]})
            if holds:
                waiting.append((canonicalize_name(needed.name), frozenset(needed.extras)))
    return found


def licence_of(name: str, library: Distribution) -> str:
    """The licence of a library as an expression; empty where nobody knows."""
    stated = library.metadata.get("License-Expression")
    if stated:
        return stated
    if name in LOOKED_UP:
        return LOOKED_UP[name][0]
    return " OR ".join(CLASSIFIED[each] for each in library.metadata.get_all("Classifier") or () if each in CLASSIFIED)


def is_permissive(expression: str) -> bool:
    """Whether every part of a licence that has to be kept is permissive; of alternatives one is enough."""

    def allowed(joined: str) -> bool:
        return all(part.strip(" ()") in PERMISSIVE for part in joined.split(" AND "))

    return bool(expression) and any(allowed(choice) for choice in expression.split(" OR "))


def test_every_library_that_is_installed_with_the_program_is_permissive() -> None:
    try:
        libraries = installed("grantcalc", frozenset({"all"}))
    except PackageNotFoundError as missing:
        pytest.skip(f"{missing.name} is not installed")
    licences = {name: licence_of(name, library) for name, library in libraries.items()}
    assert len(licences) > 20
    assert {name: licence for name, licence in licences.items() if not is_permissive(licence)} == {}


@pytest.mark.parametrize(
    ("expression", "allowed"),
    [
        ("MIT", True),
        ("Apache-2.0 OR GPL-3.0-only", True),
        ("MIT AND (Apache-2.0)", True),
        ("MIT AND GPL-3.0-only", False),
        ("AGPL-3.0-or-later", False),
        ("LGPL-2.1-only", False),
        ("", False),
    ],
)
def test_a_licence_is_permissive_if_all_that_has_to_be_kept_is(expression: str, allowed: bool) -> None:  # noqa: FBT001
    assert is_permissive(expression) is allowed
