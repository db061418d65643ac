"""Findings: what a check has to say, where, how serious it is, and by which rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar, overload

from grantcalc.severity import Severity
from grantcalc.wording import long_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from grantcalc.slips import Slip
    from grantcalc.source import Locate, Place
    from grantcalc.sums import Verdict

_T_co = TypeVar("_T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Rule:
    """Something that can be wrong, said once: its page, examples and severity serve every output.

    Attributes:
        code: "GC" and three digits, the first of which names the family; never reused.
        name: reads well after "allow", such as "stated-figure-differs".
        severity: how serious a finding of this rule usually is.
        page: what the rule means, why it matters and what to do, in Markdown.
        fails: a whole file that has exactly this finding, as a user could have written it.
        passes: the same file, mended.
        example: the kind of file that the examples are: "yaml" for a grant file, "md" for a paper.
        gist: one such finding, and "{n}" of them, as the end of "Do not sign yet: …"; the first may quote the
            finding's "{marker}". None where a finding is no reason not to sign.
    """

    code: str
    name: str
    severity: Severity
    page: str
    fails: str
    passes: str
    example: str = "yaml"
    gist: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """A line of a finding's explanation, and the place that it speaks of, if any.

    The message begins with its subject: "working: …", "rounding: …", "to mend: …".
    """

    message: str
    at: Place | None = None


class Reasoning(Sequence[_T_co]):
    """Notes or slips that are worked out when somebody reads them: that takes long, and not every report has them."""

    def __init__(self, write: Callable[[], Iterable[_T_co]]) -> None:
        """Leave them to be written later."""
        self._write = write

    @cached_property
    def _written(self) -> tuple[_T_co, ...]:
        return tuple(self._write())

    def __len__(self) -> int:
        """How many there are."""
        return len(self._written)

    @overload
    def __getitem__(self, at: int) -> _T_co: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[_T_co]: ...
    def __getitem__(self, at: int | slice) -> _T_co | Sequence[_T_co]:
        """One of them, or several."""
        return self._written[at]

    def __eq__(self, other: object) -> bool:
        """Whether these are the same, written or not."""
        return isinstance(other, Sequence) and self._written == tuple(other)

    def __hash__(self) -> int:
        """Of what is written."""
        return hash(self._written)

    def __reduce__(self) -> tuple[type, tuple[tuple[_T_co, ...]]]:
        """What another process is sent: what is written, here where what it is of is known."""
        return tuple, (self._written,)


@dataclass(frozen=True, slots=True)
class Acceptance:
    """That a finding is accepted, and why.

    Attributes:
        reason: why, in the words of who accepted it.
        by: who accepted it, if that is said.
        until: the last day on which it is accepted; None where it is for good.
        in_file: whether the file itself says so; else a baseline does.
    """

    reason: str
    by: str | None = None
    until: date | None = None
    in_file: bool = True

    @property
    def text(self) -> str:
        """The reason, and by whom and until when it is accepted, in one line."""
        terms = [f"by {self.by}" if self.by else "", f"until {long_date(self.until)}" if self.until else ""]
        said = ", ".join(filter(None, terms))
        return f"{self.reason} ({said})" if said else self.reason


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to say about an input.

    Attributes:
        rule: the rule that found it.
        message: the subject, both numbers and what is wrong, in one sentence without a full stop.
        at: where it is; None where it concerns the whole input.
        severity: how serious this one is.
        verdict: how the sums of the figure in question came out; None where no sum is in question.
        marker: a few words to stand under the marked text, such as "£1 too small".
        notes: the explanation, line by line.
        likely: slips that would explain it.
        accepted: why it is accepted; None where it is not, and counts.
    """

    rule: Rule
    message: str
    at: Place | None
    severity: Severity
    verdict: Verdict | None = None
    marker: str = ""
    notes: Sequence[Note] = field(default=())
    likely: Sequence[Slip] = field(default=())
    accepted: Acceptance | None = None


def in_order(findings: Iterable[Finding], locate: Locate) -> tuple[Finding, ...]:
    """Findings as they are shown: the most serious first, then as they stand in the file; behind all, the accepted."""
    severities = list(Severity)

    def rank(finding: Finding) -> tuple[int, int, str, tuple[int, ...], str]:
        where = locate(finding.at) if finding.at is not None else None
        severity = severities.index(finding.severity) + (len(severities) if finding.accepted else 0)
        if where is None:
            return severity, 1, "", (), finding.rule.code
        return severity, 0, where.path or "", where.rank, finding.rule.code

    return tuple(sorted(findings, key=rank))
