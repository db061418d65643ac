"""What was found in files."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grantcalc.findings import Finding
    from grantcalc.papers.quotes import Quote
    from grantcalc.repairs.repair import Repairs
    from grantcalc.results.inputs import Input, Unreadable
    from grantcalc.severity import Severity
    from grantcalc.source import Locate, Where
    from grantcalc.sums import Sum, Verdict
    from grantcalc.together import Together


@dataclass(frozen=True, slots=True)
class Reading:
    """What the sums of a file say together under one way to read its figures.

    Attributes:
        name: "as filed" takes figures as the grant file does; "as printed" takes each as known only within half
            its printed unit.
        together: feasibility, ranges and conflicts.
        repairs: the smallest repairs; None where none were looked for.
        award_held: the smallest repairs that leave the award alone; None where there is no award.
    """

    name: Literal["as filed", "as printed"]
    together: Together
    repairs: Repairs | None = None
    award_held: Repairs | None = None


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file and all that was found in it.

    Attributes:
        source: what was read.
        kind: a grant file or a paper.
        text: the text, whose lines findings point at.
        figures: how many figures it holds.
        sums: the sums that it states; none where only their verdicts are wanted.
        readings: what these say together; none where no reasons are wanted.
        findings: what there is to say, the most serious first.
        locate: turns a figure's place into lines and columns, of the file or of one beside it.
        texts_beside: the texts of the files beside it that places may be in, by their paths.
        unchecked: how many places have figures that could not be checked, such as a table that was not understood.
        unmatched: of a paper that is held against a grant, how many of its figures could not be compared.
        beside: the files that it names and that have faults of their own.
        quotes: the lines to show for places of findings, where the file itself has no lines.
        verdicts: how many of its sums came out how.
    """

    source: Input
    kind: Literal["grant", "paper", "scales", "table"]
    text: str
    figures: int
    sums: tuple[Sum, ...]
    readings: tuple[Reading, ...]
    findings: tuple[Finding, ...]
    locate: Locate
    texts_beside: Mapping[str, str] = field(default_factory=dict)
    unchecked: int = 0
    unmatched: int = 0
    beside: tuple[CheckedFile, ...] = ()
    quotes: Mapping[Where, Quote] = field(default_factory=dict)
    verdicts: Mapping[Verdict, int] = field(default_factory=dict)

    @property
    def standing(self) -> tuple[Finding, ...]:
        """The findings that are not accepted."""
        return tuple(finding for finding in self.findings if finding.accepted is None)

    @property
    def in_sums(self) -> int:
        """How many of its figures take part in a sum."""
        return len({f.at for a_sum in self.sums for f in a_sum.figures if f.at is not None})


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What `check` found in all files.

    Attributes:
        files: the files that were checked.
        unreadable: those that could not be read.
        beside: what else was read: a baseline.
    """

    files: tuple[CheckedFile, ...]
    unreadable: tuple[Unreadable, ...] = ()
    beside: tuple[Input, ...] = ()

    @property
    def paths(self) -> list[str]:
        """All files that were read, none of which is to be written over."""
        sources = (*(file.source for file in self.files), *self.beside)
        return [*(path for source in sources for path in source.paths), *(file.path for file in self.unreadable)]

    def verdicts(self) -> Counter[Verdict]:
        """How many sums came out how."""
        found: Counter[Verdict] = Counter()
        for file in self.files:
            found.update(file.verdicts)
        return found

    def severities(self) -> Counter[Severity]:
        """How many findings there are of each severity, those left out that are accepted."""
        return Counter(finding.severity for file in self.files for finding in file.standing)

    @property
    def accepted(self) -> int:
        """How many findings are accepted."""
        return sum(len(file.findings) - len(file.standing) for file in self.files)
