"""A paper from its bytes to what was found in it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from grantcalc.errors import UnreadableContentError, UnreadableInputError
from grantcalc.findings import in_order
from grantcalc.grants.account import account_for
from grantcalc.grants.encoding import decode
from grantcalc.grants.faults import Fault
from grantcalc.papers.against import compare
from grantcalc.papers.belief import read_together
from grantcalc.papers.evidence import gather
from grantcalc.papers.layout.text import read_text
from grantcalc.papers.quotes import quotes
from grantcalc.papers.readers.kinds import Kind, kind_of
from grantcalc.papers.readers.reading import read
from grantcalc.papers.readers.telling import silent
from grantcalc.papers.sentences.prose import running_text
from grantcalc.results.checked import CheckedFile, Reading
from grantcalc.results.figures import PaperFigures
from grantcalc.rules import check_paper, check_paper_against
from grantcalc.rules.expected import expected_of, periods_of
from grantcalc.source import Where, as_it_stands
from grantcalc.sums import verdict

if TYPE_CHECKING:
    from collections.abc import Callable

    from grantcalc.files import RawFile
    from grantcalc.findings import Rule
    from grantcalc.grants.model import Grant
    from grantcalc.papers.against import Comparison
    from grantcalc.papers.numbers.figures import Found
    from grantcalc.papers.paper import Paper
    from grantcalc.papers.readers.telling import PagesTold


def checked_paper(
    raw: RawFile,
    wanted: Callable[[Rule], bool],
    grant: Grant | None = None,
    told: PagesTold = silent,
    *,
    reasons: bool = True,
) -> CheckedFile:
    """Check a paper by the rules that are wanted, and hold it against a grant if one is given.

    Args:
        raw: the paper.
        wanted: which rules' findings to keep.
        grant: the grant to hold it against.
        told: is told how many of its pages are read.
        reasons: whether to find out what the sums say together, as it is printed in full.
    """
    text, paper = _read(raw, told)
    evidence = gather(paper)
    together = read_together(evidence.certain, evidence.award)
    compared = _compared(paper, grant) if grant is not None else None
    found = [
        *check_paper(evidence, together, compared),
        *(check_paper_against(compared) if compared is not None else ()),
    ]
    findings = in_order((finding for finding in found if wanted(finding.rule)), as_it_stands)
    return CheckedFile(
        source=raw.source,
        kind="paper",
        text=text,
        figures=sum(1 for number in evidence.figures if number.is_amount),
        sums=evidence.sums,
        readings=(Reading("as printed", together.together, together.repairs, together.award_held),) if reasons else (),
        findings=findings,
        locate=as_it_stands,
        unchecked=len(evidence.unchecked),
        unmatched=len(compared.unmatched) if compared is not None else 0,
        quotes=quotes(paper, (finding.at for finding in findings if isinstance(finding.at, Where))),
        verdicts=Counter(map(verdict, evidence.sums)),
    )


def _compared(paper: Paper, grant: Grant) -> Comparison:
    """A paper beside what a grant file says."""
    account = account_for(grant)
    return compare(paper, running_text(paper), expected_of(account), periods_of(account))


def paper_figures(raw: RawFile) -> PaperFigures:
    """Every figure of a paper, and the sums that are claimed of them."""
    _, paper = _read(raw)
    evidence = gather(paper)
    return PaperFigures(raw.source, tuple(sorted(evidence.figures, key=_place)), evidence.sums)


def _place(found: Found) -> tuple[int, ...]:
    """Where a figure stands, to put figures in the order of the paper."""
    where = found.figure.at
    return where.rank if isinstance(where, Where) else ()


def _read(raw: RawFile, told: PagesTold = silent) -> tuple[str, Paper]:
    """The text of a paper, if it is one of lines, and its paragraphs and tables."""
    path = raw.source.path
    try:
        kind = kind_of(path, raw.data)
        if kind is Kind.TEXT:
            return _read_text(raw)
        if kind is Kind.TABLE:
            return _read_table(raw)
        return "", read(raw.data, kind, told)
    except UnreadableContentError as error:
        raise UnreadableInputError(path, error.reason) from error


def _read_table(raw: RawFile) -> tuple[str, Paper]:
    """A table of text, and the paper that it is."""
    from grantcalc.papers.readers.delimited import read_delimited, table_text

    text = table_text(raw.data)
    return text, read_delimited(text, tabs=raw.source.path.lower().endswith((".tsv", ".tab")))


def _read_text(raw: RawFile) -> tuple[str, Paper]:
    """A text, and the paper that it is."""
    text = decode(raw.data)
    if text is None:
        raise UnreadableInputError(
            raw.source.path, "this is not a text file; save it as .docx, .xlsx, .html, .pdf, .csv or text"
        )
    if isinstance(text, Fault):
        raise UnreadableInputError(raw.source.path, f"{text.message}; {text.remedy}")
    return text, read_text(text)
