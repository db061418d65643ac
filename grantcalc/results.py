"""What the commands hand to the reports."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from grantcalc.sums import Verdict, verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grantcalc.findings import Finding, Severity
    from grantcalc.grants.account import Account
    from grantcalc.grants.changes import Changes
    from grantcalc.grants.costing.working import Working
    from grantcalc.grants.invoices import Invoice
    from grantcalc.grants.ledger import Ledger
    from grantcalc.grants.model import Grant, Line, Year
    from grantcalc.grants.outturn import Outturn
    from grantcalc.grants.posts.table import PostsTable
    from grantcalc.grants.views import View
    from grantcalc.grants.year_end import YearEnd
    from grantcalc.money import Figure
    from grantcalc.papers.numbers.figures import Found
    from grantcalc.papers.quotes import Quote
    from grantcalc.repairs import Repairs
    from grantcalc.source import Locate, Where
    from grantcalc.sums import Sum
    from grantcalc.together import Together


@dataclass(frozen=True, slots=True)
class Input:
    """A file that was read.

    Attributes:
        path: the file as the user named it; "-" is standard input.
        sha256: the hash of its bytes, so that an auditor can tell what was computed from what.
        beside: the files that it names and that were read with it.
    """

    path: str
    sha256: str
    beside: tuple[Input, ...] = ()

    @property
    def paths(self) -> list[str]:
        """The file and those beside it, none of which is to be written over."""
        return [self.path, *(each.path for each in self.beside)]


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
        sums: the sums that it states.
        readings: what these say together.
        findings: what there is to say, the most serious first.
        locate: turns a figure's place into lines and columns, of the file or of one beside it.
        texts_beside: the texts of the files beside it that places may be in, by their paths.
        unchecked: how many places have figures that could not be checked, such as a table that was not understood.
        unmatched: of a paper that is held against a grant, how many of its figures could not be compared.
        beside: the files that it names and that have faults of their own.
        quotes: the lines to show for places of findings, where the file itself has no lines.
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

    @property
    def standing(self) -> tuple[Finding, ...]:
        """The findings that are not accepted."""
        return tuple(finding for finding in self.findings if finding.accepted is None)

    @property
    def in_sums(self) -> int:
        """How many of its figures take part in a sum."""
        return len({f.at for a_sum in self.sums for f in a_sum.figures if f.at is not None})


@dataclass(frozen=True, slots=True)
class ImportedGrant:
    """A grant made of a table of posts.

    Attributes:
        source: what was read.
        name: the name of the grant.
        table: its posts and the totals that the table states.
        years: its years; none where the table names none.
        checked: the file, with what a reader of the grant should know.
    """

    source: Input
    name: str
    table: PostsTable
    years: tuple[str, ...]
    checked: CheckedFile


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that could not be read at all.

    Attributes:
        path: the file as the user named it.
        reason: why.
        library: the library that is missing to read it, if that is why.
    """

    path: str
    reason: str
    library: str = ""


@dataclass(frozen=True, slots=True)
class Faulty:
    """The files whose faults leave nothing to compute, and those not read at all."""

    faulty: tuple[CheckedFile, ...]
    unreadable: tuple[Unreadable, ...]


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
        return Counter(verdict(a_sum) for file in self.files for a_sum in file.sums)

    def severities(self) -> Counter[Severity]:
        """How many findings there are of each severity, those left out that are accepted."""
        return Counter(finding.severity for file in self.files for finding in file.standing)

    @property
    def accepted(self) -> int:
        """How many findings are accepted."""
        return sum(len(file.findings) - len(file.standing) for file in self.files)


@dataclass(frozen=True, slots=True)
class PaperFigures:
    """What was read in a paper.

    Attributes:
        source: what was read.
        figures: every number, and what it was taken for.
        sums: the sums that are claimed of them.
    """

    source: Input
    figures: tuple[Found, ...]
    sums: tuple[Sum, ...]


@dataclass(frozen=True, slots=True)
class GrantSummary:
    """A grant file's account, and how its costs follow from rates."""

    source: Input
    account: Account
    workings: tuple[Working, ...] = ()


@dataclass(frozen=True, slots=True)
class Summaries:
    """The accounts of grant files, the files whose faults leave nothing to total, and those not read at all."""

    grants: tuple[GrantSummary, ...]
    faulty: tuple[CheckedFile, ...]
    unreadable: tuple[Unreadable, ...]


@dataclass(frozen=True, slots=True)
class ClaimLedger:
    """A grant file's ledger of claims."""

    source: Input
    ledger: Ledger


@dataclass(frozen=True, slots=True)
class YearEndPosition:
    """A grant file's position at a year end."""

    source: Input
    position: YearEnd


@dataclass(frozen=True, slots=True)
class OutturnStatement:
    """A grant file's outturn statement."""

    source: Input
    statement: Outturn


@dataclass(frozen=True, slots=True)
class GrantDifference:
    """Two versions of a grant, and what has changed between them."""

    old_source: Input
    new_source: Input
    old: Grant
    new: Grant
    changes: Changes


@dataclass(frozen=True, slots=True)
class GrantView:
    """A grant file's costs in one view."""

    source: Input
    grant: Grant
    view: View


@dataclass(frozen=True, slots=True)
class Views:
    """The views of grant files, the files that cannot be viewed so, and those not read at all."""

    grants: tuple[GrantView, ...]
    faulty: tuple[CheckedFile, ...]
    unreadable: tuple[Unreadable, ...]


@dataclass(frozen=True, slots=True)
class InvoiceSchedule:
    """A grant file's schedule of invoices.

    Attributes:
        source: what was read.
        account: what follows from it.
        invoices: all invoices, in order.
        number: the number of the one invoice that is asked for; None where all are.
    """

    source: Input
    account: Account
    invoices: tuple[Invoice, ...]
    number: int | None = None

    @property
    def shown(self) -> tuple[Invoice, ...]:
        """The invoices that are asked for."""
        return tuple(invoice for invoice in self.invoices if self.number in (None, invoice.number))


@dataclass(frozen=True, slots=True)
class ExplainedYear:
    """What a post or other cost costs in a year, and why.

    Attributes:
        year: the year.
        given: the amounts that the file gives; empty where they were worked out.
        working: how the amounts follow from rates; None where the file gives them.
    """

    year: Year
    given: Mapping[str, Figure]
    working: Working | None


@dataclass(frozen=True, slots=True)
class CostExplanation:
    """How the costs of one post or other cost came about."""

    source: Input
    account: Account
    line: Line
    years: tuple[ExplainedYear, ...]
