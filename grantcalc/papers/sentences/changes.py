"""Changes told in words: "increased by £2m from £8m to £10m", "£10m, £2m more than the £8m of last year".

Besides, "a deficit of £8m rises by £2m to £10m": the old amount is the one that changes.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from grantcalc.papers.sentences.readings import Sureness, reading
from grantcalc.papers.sentences.wording import Told, changes_by, direction, naming, stops, told_by

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grantcalc.papers.sentences.passages import Clause, Term
    from grantcalc.papers.sentences.readings import Reading


def changes(clause: Clause) -> Iterator[Reading]:
    """Old amount and change make the new amount, wherever three figures in a row are told as these."""
    terms = clause.terms
    for number in range(len(terms)):
        followed = [(term, clause.following(n)) for n, term in enumerate(terms[number : number + 3], number)]
        if not any(stops(term.before) for term, _ in followed[1:]):
            yield from _told(followed)
        for aside in terms[number].asides:
            inside = [(term, aside.following(n)) for n, term in enumerate(aside.terms)]
            yield from _told([(terms[number], ""), *inside])


def _told(three: Sequence[tuple[Term, str]]) -> Iterator[Reading]:
    """Three figures of which words call one the change, one the old and one the new amount."""
    if len(three) != 3:  # noqa: PLR2004  (old, change and new)
        return
    roles = {told_by(term.before, after): term for term, after in three}
    if tuple(roles) == (Told.NOTHING, Told.CHANGE, Told.NEW) and changes_by(three[1][0].before):
        first, by, to = (term for term, _ in three)
        yield _named(_change(first, by, to, by.before, Sureness.LIKELY), first.before)
        return
    change, old = roles.get(Told.CHANGE), roles.get(Told.OLD)
    if change is None or old is None or len(roles) != len(three):
        return
    words = _words(three)
    if Told.NEW in roles:
        # Beyond a semicolon another thing may be spoken of.
        apart = any(";" in term.before for term, _ in three[1:])
        yield _change(old, change, roles[Told.NEW], words, Sureness.HINTED if apart else Sureness.STATED)
    elif three[0][0] is roles.get(Told.NOTHING):
        yield _change(old, change, three[0][0], words, Sureness.LIKELY)


def _change(old: Term, change: Term, new: Term, words: str, sure: Sureness) -> Reading:
    """A change read as a sum; the figures tell its direction where the words do not."""
    told = direction(words)
    sign = told or (1 if new.figure.value >= old.figure.value else -1)
    read = reading(new, ((old, 1), (change, sign)), sure if told else Sureness.HINTED, "change")
    return _named(read, words.partition("  ")[0])


def _named(read: Reading, words: str) -> Reading:
    """A reading with the name that words give it."""
    return replace(read, claim=replace(read.claim, label=naming(words)))


def _words(three: Sequence[tuple[Term, str]]) -> str:
    """The words of the sentence that holds three figures."""
    first = three[0][0].before.replace(";", ".").rpartition(".")[2]
    return "  ".join([first, *(term.before for term, _ in three[1:]), three[-1][1].replace(";", ".").partition(".")[0]])
