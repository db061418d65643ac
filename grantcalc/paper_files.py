"""A paper from its bytes to what was found in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grantcalc.errors import UnreadableInputError
from grantcalc.findings import in_order
from grantcalc.grants.encoding import decode
from grantcalc.grants.faults import Fault
from grantcalc.papers.evidence import Evidence, gather
from grantcalc.papers.text import read_text
from grantcalc.results import CheckedFile, PaperFigures, Reading
from grantcalc.rules.papers import check_paper
from grantcalc.source import as_it_stands
from grantcalc.together import judge_together

if TYPE_CHECKING:
    from collections.abc import Callable

    from grantcalc.files import RawFile
    from grantcalc.findings import Rule


def checked_paper(raw: RawFile, wanted: Callable[[Rule], bool]) -> CheckedFile:
    """Check a paper by the rules that are wanted."""
    text, evidence = _read(raw)
    findings = [finding for finding in check_paper(evidence) if wanted(finding.rule)]
    return CheckedFile(
        source=raw.source,
        kind="paper",
        text=text,
        figures=sum(1 for found in evidence.figures if found.is_amount),
        sums=evidence.sums,
        readings=(Reading("as printed", judge_together(evidence.certain)),),
        findings=in_order(findings, as_it_stands),
        locate=as_it_stands,
    )


def paper_figures(raw: RawFile) -> PaperFigures:
    """Every figure of a paper, and the sums that are claimed of them."""
    _, evidence = _read(raw)
    return PaperFigures(raw.source, evidence.figures, evidence.sums)


def _read(raw: RawFile) -> tuple[str, Evidence]:
    """The text of a paper, and what it says."""
    text = decode(raw.data)
    if text is None:
        raise UnreadableInputError(raw.source.path, "this is not a text file; save the paper as text or Markdown")
    if isinstance(text, Fault):
        raise UnreadableInputError(raw.source.path, f"{text.message}; {text.remedy}")
    return text, gather(read_text(text))
