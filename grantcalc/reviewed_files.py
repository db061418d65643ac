"""Reviewed copies: a paper that was checked, with what was found as comments on its figures."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from grantcalc.errors import UnreadableContentError, UnwritableOutputError
from grantcalc.files import STANDARD_INPUT, read_file, refuse_inputs, write_file
from grantcalc.papers.annotating.copies import LIBRARIES, annotated, refuse_without_libraries
from grantcalc.papers.readers.kinds import Kind, kind_of
from grantcalc.report.comments import comments
from grantcalc.wording import counted, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from grantcalc.results.checked import CheckResult

_GRANT: Final = (".yaml", ".yml")
_ONE_PAPER: Final = "it is the copy of one paper; name that paper alone (--against holds it against a grant file)"
_NO_NAME: Final = "standard input cannot be read again to copy it; save the paper to a file, and check that"
_GRANT_FILE: Final = "a grant file has no copy with comments; a paper has"
_ANOTHER: Final = "another output goes to this file; give each its own"


def refuse_copy(path: str, names: Sequence[str], inputs: Iterable[str], outputs: Iterable[str] = ()) -> None:
    """Refuse a reviewed copy that cannot be written, before the work begins.

    Args:
        path: where it is to be written.
        names: the files that are to be checked, as the user named them.
        inputs: all files that are read.
        outputs: the other files that are written.

    Raises:
        UnwritableOutputError: it is not of one paper, of a kind without comments, of another kind than its name says,
            or over another file of this run.
        MissingLibraryError: a library is missing that writes such copies.
    """
    if len(names) != 1:
        raise UnwritableOutputError(path, _ONE_PAPER)
    paper = names[0]
    if paper == STANDARD_INPUT:
        raise UnwritableOutputError(path, _NO_NAME)
    suffix = Path(paper).suffix.lower()
    if suffix in _GRANT:
        raise UnwritableOutputError(path, _GRANT_FILE)
    kind = next((kind for kind in Kind if suffix in kind.value.suffixes), None)
    if kind is not None:
        _refuse_kind(path, paper, kind)
        refuse_without_libraries(kind)
    refuse_inputs(path, inputs)
    if any(_is_same(path, other) for other in outputs):
        raise UnwritableOutputError(path, _ANOTHER)


def _is_same(path: str, other: str) -> bool:
    """Whether two outputs are one file, which need not be there yet."""
    if Path(path).absolute() == Path(other).absolute():
        return True
    with suppress(OSError):
        return Path(path).samefile(other)
    return False


def _refuse_kind(path: str, paper: str, kind: Kind) -> None:
    """Refuse a kind that has no comments, and a name for the copy that says another kind than the paper is."""
    if kind not in LIBRARIES:
        able = listed([f"{each.value.name} ({each.suffix})" for each in LIBRARIES], "or")
        raise UnwritableOutputError(path, f"{kind.value.name} has no place for comments; {able} has")
    named = Path(paper).suffix.lower()
    wanted = named if named in kind.value.suffixes else kind.suffix
    if Path(path).suffix.lower() != wanted:
        reason = f"the paper is {kind.value.name}, so the name of its copy has to end in {wanted}"
        raise UnwritableOutputError(path, reason)


def write_copy(path: str, paper: str, result: CheckResult, inputs: Iterable[str]) -> tuple[str, ...]:
    """Write the copy of a paper with what was found in it and is not accepted.

    Args:
        path: where to write it, whole or not at all; never over a file that was read.
        paper: the paper, as the user named it.
        result: what was found in it.
        inputs: the files that were read.

    Returns:
        What is to be told of the copy, in sentences without a full stop.

    Raises:
        UnwritableOutputError: it cannot be written.
        MissingLibraryError: a library is missing that writes such copies.
    """
    checked = next((file for file in result.files if file.source.path == paper), None)
    if checked is None or checked.kind != "paper":
        raise UnwritableOutputError(path, _GRANT_FILE)
    raw = read_file(paper)
    if raw.source.sha256 != checked.source.sha256:
        raise UnwritableOutputError(path, f"{paper} has changed since it was checked; check it again")
    said = comments(checked)
    try:
        kind = kind_of(paper, raw.data)
        _refuse_kind(path, paper, kind)
        copy = annotated(raw.data, kind, said)
    except UnreadableContentError as error:
        raise UnwritableOutputError(path, f"the copy is not written: {error.reason}") from error
    read = [source.path for file in result.files for source in (file.source, *file.source.beside)]
    write_file(path, copy.data, [*inputs, *read])
    many = counted(len(said), "comment") if said else f"nothing to comment on; it is {paper} as it stands"
    return many, *copy.remarks
