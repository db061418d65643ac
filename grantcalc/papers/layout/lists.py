"""Lists: amounts one under the other, each with the words that name it before or after it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from grantcalc.papers.paper import Row, Table
from grantcalc.papers.tables.words import Role, role_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grantcalc.papers.layout.strands import Strand

_NAMED: Final = re.compile(r"^[ \t>*_+-]*(?P<label>[^\n:]{2,60}?)[*_]*:[*_]*[ \t]*\Z", re.MULTILINE)


def list_tables(strand: Strand) -> Iterator[Table]:
    """The ways to read a strand as a list of amounts with labels."""
    count = len(strand.amounts)
    if count < 2:  # noqa: PLR2004
        return
    named = [number for number in range(count) if _NAMED.search(strand.before(number))]
    if len(named) > 2 and 2 * len(named) >= count:  # noqa: PLR2004
        yield _labelled(strand, named, "lines")
    alone = [number for number in range(count) if strand.is_alone(number)]
    if 2 * len(alone) >= count and len(alone) > 2:  # noqa: PLR2004
        yield _labelled(strand, alone, "lines")
        return
    if _is_list(strand):
        leading = _leading(strand)
        yield _labelled(strand, leading, "list")
        if Role.TOTAL & role_of(strand.after(count - 1).partition("\n")[0]):
            yield _labelled(strand, leading, "list", after=True)


def enumerations(strand: Strand) -> Iterator[Table]:
    """Amounts within a label whose own amount stands alone on the next line: "1121 - £100, 1128 - £25"."""
    inside: list[int] = []
    for number in range(len(strand.amounts)):
        if not strand.is_alone(number):
            broken = "\n" in strand.before(number).rstrip("\n") and inside
            inside = [number] if broken else [*inside, number]
            continue
        if len(inside) > 1 and not strand.before(number).strip(" .\n"):
            yield _labelled(strand, [*inside, number], "lines")
        inside = []


def _is_list(strand: Strand) -> bool:
    """Whether amounts follow each other as in a list, not as in sentences."""
    count = len(strand.amounts)
    ending = sum(1 for number in range(count) if strand.ends_line(number))
    several = strand.text.count("\n") > 0
    return (several and 3 * ending >= 2 * count) or not strand.speaks()


def _leading(strand: Strand) -> list[int]:
    """The amounts of a list without those that repeat the amount beside them, as after a bold total."""
    kept: list[int] = []
    for group in strand.groups():
        twice = len(group) > 1 and {strand.amounts[n].figure.value for n in group[1:]} <= {
            0,
            strand.amounts[group[0]].figure.value,
        }
        kept.extend(group[:1] if twice else group)
    return kept


def _labelled(strand: Strand, numbers: list[int], layout: str, *, after: bool = False) -> Table:
    """A table of two columns: the words that name an amount, and the amount."""
    rows: list[Row] = []
    words, start = "", 0
    for number in numbers:
        found = strand.amounts[number]
        if after:
            words = strand.after(number).partition("\n")[0]
        else:
            lines = _lines(strand.text[start : found.start])
            if len(lines) > 1 and rows:
                rows.append(Row((strand.label_cell(lines[-2], found),)))
            words = lines[-1] if lines else words
        start = found.end
        rows.append(Row((strand.label_cell(words, found), strand.cell(number))))
    return Table(tuple(rows), strand.at, _first_words(strand), layout, ruled=False)


def _lines(words: str) -> list[str]:
    """The lines of a stretch that say anything."""
    return [line for line in words.split("\n") if line.strip(" \t*_|\u00a0-")]


def _first_words(strand: Strand) -> str:
    """What leads to the first amount."""
    return " ".join(strand.text[: strand.amounts[0].start].split())[:200]
