"""What is fuzzed: each target with its seeds, its words, how its inputs are changed, and what is done with one."""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from fuzz import archives, pdfs, seeds, words
from grantcalc.errors import UnreadableContentError, UnreadableInputError
from grantcalc.files import RawFile
from grantcalc.grant_checks import checked_grant
from grantcalc.money import Figure, pounds, read_amount
from grantcalc.paper_files import checked_paper
from grantcalc.papers.belief import read_together
from grantcalc.papers.evidence import gather
from grantcalc.papers.readers.kinds import Kind
from grantcalc.papers.readers.reading import read_here
from grantcalc.report.formats import check_text
from grantcalc.report.medium import Medium
from grantcalc.results.checked import CheckResult
from grantcalc.results.inputs import Input
from grantcalc.rules import check_paper

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from random import Random
    from typing import TypeAlias

    from grantcalc.results.checked import CheckedFile

    Mutation: TypeAlias = Callable[[bytes, Random, Callable[[bytes, int], bytes]], bytes]

_UNKNOWN: Final = "0" * 64
_SMALL: Final = 1_024
"""The bytes of a paper of text; the shorter, the more are tried."""
_LARGE: Final = 16_384
"""The bytes of a document, most of which are not what it says."""


@dataclass(frozen=True)
class Target:
    """What is fuzzed.

    Attributes:
        name: what it is called on the command line.
        what: what it is, as the table says it.
        work: what is done with an input; a documented refusal is none of its exceptions.
        seeds: the inputs to begin with.
        words: words that inputs are made of.
        mutated: changes an input so that it stays what it is; None where changes of bytes do.
        largest: the bytes of an input at most.
        seconds: the limit of processor time for an input, with the counting of what is reached.
        reads_apart: whether it runs in a process of its own, in which a library may refuse a damaged document.
    """

    name: str
    what: str
    work: Callable[[bytes], None]
    seeds: Callable[[], Iterable[bytes]]
    words: tuple[str, ...] = ()
    mutated: Mutation | None = None
    largest: int = 8_192
    seconds: float = 10
    reads_apart: bool = False


def grant_file(data: bytes) -> None:
    """Read and check a grant file, and print what is found."""
    try:
        file, _ = checked_grant(RawFile(Input("grant.yaml", _UNKNOWN), data), lambda _: True)
    except UnreadableInputError:
        return
    _printed(file)


def amount(data: bytes) -> None:
    """Read an amount; what is printed of it must give it back."""
    read = read_amount(data.decode("utf-8", "replace"))
    if isinstance(read, Figure):
        printed = read_amount(pounds(read.value))
        if not isinstance(printed, Figure) or printed.value != read.value:
            message = f"{read.value} is printed {pounds(read.value)}"
            raise AssertionError(message)


def text_paper(data: bytes) -> None:
    """Read and check a paper of text, and print what is found."""
    try:
        _printed(checked_paper(RawFile(Input("paper.md", _UNKNOWN), data), lambda _: True))
    except UnreadableInputError:
        return


def _document(kind: Kind) -> Callable[[bytes], None]:
    """What is done with a document: it is read as in its own process, sent to this one, and checked."""

    def work(data: bytes) -> None:
        try:
            paper = pickle.loads(pickle.dumps(read_here(data, kind)))  # noqa: S301  (made on the same line)
        except UnreadableContentError:
            return
        evidence = gather(paper)
        list(check_paper(evidence, read_together(evidence.certain, evidence.award)))

    return work


def _printed(file: CheckedFile) -> None:
    """Print a file's findings, with their places."""
    check_text(CheckResult((file,), ()), "full", Medium())


def _changed_by_parts(
    kind: Kind, what: str, made_of: Callable[[], Iterable[bytes]], mutated: Mutation, seconds: float = 20
) -> Target:
    """A kind of document whose parts are changed; with changed bytes alone it would hardly be one."""
    work, name = _document(kind), kind.name.lower()
    return Target(name, what, work, made_of, mutated=mutated, largest=_LARGE, seconds=seconds, reads_apart=True)


TARGETS: Final = (
    Target("yaml", "grant files", grant_file, seeds.grant_files, words.GRANT),
    Target("amounts", "amounts", amount, seeds.amounts, words.AMOUNT, largest=64, seconds=1),
    Target("text", "papers of text", text_paper, seeds.texts, words.PAPER, largest=_SMALL),
    Target("delimited", "tables of text", _document(Kind.TABLE), seeds.tables, words.PAPER, largest=_SMALL),
    Target("html", "web pages", _document(Kind.HTML), seeds.pages, words.PAGE, largest=_SMALL, reads_apart=True),
    _changed_by_parts(Kind.DOCX, "Word documents", seeds.documents, archives.mutated_archive),
    _changed_by_parts(Kind.XLSX, "Excel workbooks", seeds.workbooks, archives.mutated_archive),
    _changed_by_parts(Kind.PDF, "PDF files", seeds.papers_in_pdf, pdfs.mutated_pdf, seconds=30),
)
