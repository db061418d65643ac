"""A paper from its bytes to what was found in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grantcalc.errors import UnreadableInputError
from grantcalc.findings import in_order
from grantcalc.grants.account import account_for
from grantcalc.grants.encoding import decode
from grantcalc.grants.faults import Fault
from grantcalc.papers.against import compare
from grantcalc.papers.belief import read_together
from grantcalc.papers.evidence import gather
from grantcalc.papers.layout.text import read_text
from grantcalc.papers.sentences.prose import running_text
from grantcalc.results import CheckedFile, PaperFigures, Reading
from grantcalc.rules import check_paper, check_paper_against
from grantcalc.rules.against import expected_of, periods_of
from grantcalc.source import Where, as_it_stands

if TYPE_CHECKING:
    from collections.abc import Callable

    from grantcalc.files import RawFile
    from grantcalc.findings import Finding, Rule
    from grantcalc.grants.model import Grant
    from grantcalc.papers.numbers.figures import Found
    from grantcalc.papers.paper import Paper


def checked_paper(raw: RawFile, wanted: Callable[[Rule], bool], grant: Grant | None = None) -> CheckedFile:
    """Check a paper by the rules that are wanted, and hold it against a grant if one is given."""
    text, paper = _read(raw)
    evidence = gather(paper)
    read = read_together(evidence.certain, evidence.award)
    found = [*check_paper(evidence, read), *(_against(paper, grant) if grant is not None else ())]
    return CheckedFile(
        source=raw.source,
        kind="paper",
        text=text,
        figures=sum(1 for number in evidence.figures if number.is_amount),
        sums=evidence.sums,
        readings=(Reading("as printed", read.together, read.repairs, read.award_held),),
        findings=in_order((finding for finding in found if wanted(finding.rule)), as_it_stands),
        locate=as_it_stands,
        unchecked=len(evidence.unchecked),
    )


def _against(paper: Paper, grant: Grant) -> tuple[Finding, ...]:
    """What a paper and a grant file say differently."""
    account = account_for(grant)
    return check_paper_against(compare(paper, running_text(paper), expected_of(account), periods_of(account)))


def paper_figures(raw: RawFile) -> PaperFigures:
    """Every figure of a paper, and the sums that are claimed of them."""
    _, paper = _read(raw)
    evidence = gather(paper)
    return PaperFigures(raw.source, tuple(sorted(evidence.figures, key=_place)), evidence.sums)


def _place(found: Found) -> tuple[int, int]:
    """Where a figure stands, to put figures in the order of the paper."""
    where = found.figure.at
    return (where.line or 0, where.column or 0) if isinstance(where, Where) else (0, 0)


def _read(raw: RawFile) -> tuple[str, Paper]:
    """The text of a paper, and its paragraphs and tables."""
    text = decode(raw.data)
    if text is None:
        raise UnreadableInputError(raw.source.path, "this is not a text file; save the paper as text or Markdown")
    if isinstance(text, Fault):
        raise UnreadableInputError(raw.source.path, f"{text.message}; {text.remedy}")
    return text, read_text(text)
