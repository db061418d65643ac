"""Changes told in words: "increased by £2m from £8m to £10m"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from grantcalc.papers.readings import Sureness, reading
from grantcalc.papers.wording import change_role, direction, naming, stops

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grantcalc.papers.passages import Clause, Term
    from grantcalc.papers.readings import Reading

_ROLES = {"by": "change", "of": "change", "from": "old", "on": "old", "to": "new", "at": "new"}


def changes(clause: Clause) -> Iterator[Reading]:
    """Old amount and change make the new amount, wherever three figures in a row are told as these."""
    terms = clause.terms
    for three in zip(terms, terms[1:], terms[2:], strict=False):
        if stops(three[1].before) or stops(three[2].before):
            continue
        roles = {_ROLES.get(change_role(term.before), ""): term for term in three}
        if {"change", "old", "new"} <= roles.keys():
            yield _change(roles["old"], roles["change"], roles["new"], three)


def _change(old: Term, change: Term, new: Term, three: tuple[Term, ...]) -> Reading:
    """A change read as a sum; the figures tell its direction where the words do not."""
    told = direction(_last_sentence(three))
    sign = told or (1 if new.figure.value >= old.figure.value else -1)
    sure = Sureness.STATED if told else Sureness.HINTED
    read = reading(new, ((old, 1), (change, sign)), sure, "change")
    return replace(read, claim=replace(read.claim, label=naming(three[0].before)))


def _last_sentence(three: tuple[Term, ...]) -> str:
    """The words of the sentence that holds three figures."""
    first = three[0].before.replace(";", ".").rpartition(".")[2]
    return " ".join([first, *(term.before for term in three[1:])])
