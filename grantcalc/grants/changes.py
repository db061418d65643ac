"""What has changed between two versions of a grant: lines, costs, totals, and all that is agreed of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from grantcalc.grants.periods import year_key
from grantcalc.grants.said import Leaf, Terms, summary_of, terms_of
from grantcalc.grants.totals import total_grant
from grantcalc.money import EXACT, ZERO, add

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from decimal import Decimal

    from grantcalc.grants.model import Grant, Line

_ALIKE: Final = 0.75
"""From which likeness on two names may be one, of 1 for equal names; a slip or an added word leaves more."""

_MOST_COMPARED: Final = 40_000
"""How many pairs of names are compared; beyond that, only equal costs tell a new name."""

_FEW: Final = 20

How: TypeAlias = Literal["added", "removed", "likely renamed"]


@dataclass(frozen=True, slots=True)
class LineChange:
    """A post or other cost that only one version has, or that is probably one under two names.

    Attributes:
        kind: a post or another cost.
        how: what became of it.
        old: its name in the old version; None where it was added.
        new: its name in the new version; None where it was removed.
    """

    kind: Literal["post", "cost"]
    how: How
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class CostChange:
    """A cost that differs, in pounds; None where a version has no such cost.

    Attributes:
        kind: whether it is a post's or another cost.
        name: the line's name, that of the new version where it has the line.
        year: the year's name; empty for the one year of a grant without years.
        heading: the heading.
        old: what it was.
        new: what it is.
    """

    kind: Literal["post", "cost"]
    name: str
    year: str
    heading: str
    old: Decimal | None
    new: Decimal | None

    @property
    def difference(self) -> Decimal:
        """How much more it is than it was, in pounds."""
        return EXACT.subtract(self.new or ZERO, self.old or ZERO)


@dataclass(frozen=True, slots=True)
class TotalChange:
    """What a year, or the whole grant, cost and costs, in pounds; None where a version has no such year."""

    year: str | None
    old: Decimal | None
    new: Decimal | None

    @property
    def difference(self) -> Decimal:
        """How much more it is than it was, in pounds."""
        return EXACT.subtract(self.new or ZERO, self.old or ZERO)


@dataclass(frozen=True, slots=True)
class TermChange:
    """Something that is said of the grant and is no cost: the award, a date, how it is paid, a claim, a stated figure.

    Attributes:
        keys: the keys that lead to it, entries of lists by their names.
        old: what it was, in words; None where nothing was said.
        new: what it is, in words; None where nothing is said any more.
        difference: how much more it is than it was, in pounds; None where it is no amount, or was none.
    """

    keys: tuple[str, ...]
    old: str | None
    new: str | None
    difference: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """All that has changed between two versions of a grant.

    Attributes:
        lines: posts and other costs that were added, removed or probably renamed.
        costs: the costs that differ, line by line.
        years: what each year of either version came and comes to, those that stayed the same too.
        total: what the grant came and comes to.
        terms: everything else that differs.
    """

    lines: tuple[LineChange, ...]
    costs: tuple[CostChange, ...]
    years: tuple[TotalChange, ...]
    total: TotalChange
    terms: tuple[TermChange, ...]

    @property
    def nothing(self) -> bool:
        """Whether the two versions say the same."""
        return not (self.lines or self.costs or self.terms)


def changes(old: Grant, new: Grant) -> Changes:
    """Compare two versions of a grant.

    Years are the same under all their spellings; the order of keys, years and lines is no change, and neither is how an
    amount is written, where it is a cost.
    """
    pairs = list(_paired(old, new))
    spelled = {year_key(year.year): year.year for year in (*old.named_years, *new.named_years)}
    before = {year_key(total.year.year): total.total for total in total_grant(old).years}
    after = {year_key(total.year.year): total.total for total in total_grant(new).years}
    return Changes(
        lines=tuple(_line_changes(pairs)),
        costs=tuple(change for pair in pairs for change in _cost_changes(*pair, spelled)),
        years=tuple(TotalChange(name, before.get(key), after.get(key)) for key, name in spelled.items()),
        total=TotalChange(None, add(before.values()), add(after.values())),
        terms=tuple(_term_changes(old, new, pairs)),
    )


_Pair: TypeAlias = "tuple[Line | None, Line | None]"


def _paired(old: Grant, new: Grant) -> Iterator[_Pair]:
    """The lines of two versions: those of the new one with what they were, then those that are gone."""
    for before, after in ((old.posts, new.posts), (old.other_costs, new.other_costs)):
        by_name: dict[str, Line] = {line.name: line for line in before}
        names = {line.name for line in after}
        gone = [line for line in before if line.name not in names]
        renamed = _renamed(gone, [line for line in after if line.name not in by_name])
        for line in after:
            yield by_name.get(line.name) or renamed.get(line.name), line
        known = {line.name for line in renamed.values()}
        yield from ((line, None) for line in gone if line.name not in known)


def _renamed(gone: Sequence[Line], added: Sequence[Line]) -> dict[str, Line]:
    """The lines that probably stand under new names: those with the same costs, and those with names much alike."""
    found: dict[str, Line] = {}
    by_costs: dict[frozenset[object], list[Line]] = {}
    for line in gone:
        by_costs.setdefault(_costs_of(line), []).append(line)
    taken: set[str] = set()
    for line in added:
        same = by_costs.get(_costs_of(line), [])
        if same and line.costs:
            found[line.name] = max(same[:_FEW], key=lambda one: _likeness(one.name, line.name))
            same.remove(found[line.name])
            taken.add(found[line.name].name)
    left = [line for line in gone if line.name not in taken]
    others = [line for line in added if line.name not in found]
    if len(left) * len(others) > _MOST_COMPARED:
        return found
    alike = sorted(
        ((_likeness(one.name, other.name), one, other) for one in left for other in others),
        key=lambda pair: -pair[0],
    )
    for likeness, one, other in alike:
        if likeness >= _ALIKE and one.name not in taken and other.name not in found:
            found[other.name] = one
            taken.add(one.name)
    return found


def _costs_of(line: Line) -> frozenset[object]:
    """What a line costs, to be compared with another's."""
    return frozenset(
        (year_key(year), heading, figure.value)
        for year, amounts in line.costs.items()
        for heading, figure in amounts.items()
    )


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one.casefold(), other.casefold()).ratio()


def _line_changes(pairs: Iterable[_Pair]) -> Iterator[LineChange]:
    for old, new in pairs:
        if old is None and new is not None:
            yield LineChange(new.kind, "added", None, new.name)
        elif old is not None and new is None:
            yield LineChange(old.kind, "removed", old.name, None)
        elif old is not None and new is not None and old.name != new.name:
            yield LineChange(new.kind, "likely renamed", old.name, new.name)


def _cost_changes(old: Line | None, new: Line | None, spelled: Mapping[str, str]) -> Iterator[CostChange]:
    line = new or old
    before, after = _by_year_and_heading(old), _by_year_and_heading(new)
    for key in dict.fromkeys((*before, *after)):
        if line is not None and before.get(key) != after.get(key):
            year, heading = key
            name = spelled.get(year, year)
            yield CostChange(line.kind, line.name, name, heading, before.get(key), after.get(key))


def _by_year_and_heading(line: Line | None) -> dict[tuple[str, str], Decimal]:
    costs = line.costs if line is not None else {}
    return {
        (year_key(year), heading): figure.value
        for year, amounts in costs.items()
        for heading, figure in amounts.items()
    }


def _term_changes(old: Grant, new: Grant, pairs: Iterable[_Pair]) -> Iterator[TermChange]:
    yield from _differing((), terms_of(old), terms_of(new))
    for before, after in pairs:
        if before is not None and after is not None:
            yield from _differing((after.name,), terms_of(before), terms_of(after))


def _differing(keys: tuple[str, ...], old: Terms | Leaf | None, new: Terms | Leaf | None) -> Iterator[TermChange]:
    """What differs below a key; of what only one side has, one change in all."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in dict.fromkeys((*old, *new)):
            yield from _differing((*keys, key), old.get(key), new.get(key))
    elif _has_entries(old) or _has_entries(new):
        yield from _differing(keys, old or {}, new or {})
    elif not _same(old, new):
        yield TermChange(keys, summary_of(old), summary_of(new), _difference(old, new))


def _has_entries(terms: Terms | Leaf | None) -> bool:
    """Whether terms are a list of entries by their names, each of which is worth a line."""
    return isinstance(terms, Mapping) and bool(terms) and all(isinstance(below, Mapping) for below in terms.values())


def _same(old: Terms | Leaf | None, new: Terms | Leaf | None) -> bool:
    return isinstance(old, Leaf) and isinstance(new, Leaf) and old.same == new.same


def _difference(old: Terms | Leaf | None, new: Terms | Leaf | None) -> Decimal | None:
    if isinstance(old, Leaf) and isinstance(new, Leaf) and old.amount is not None and new.amount is not None:
        return EXACT.subtract(new.amount, old.amount)
    return None
