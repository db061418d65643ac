"""A grant file from its bytes to what it holds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from grantcalc.errors import UnreadableInputError
from grantcalc.files import STANDARD_INPUT, read_file
from grantcalc.grants.encoding import decode, legible
from grantcalc.grants.faults import Fault
from grantcalc.grants.load import Loaded, load_grant
from grantcalc.money import Malformed
from grantcalc.results.inputs import Input

if TYPE_CHECKING:
    from grantcalc.files import RawFile
    from grantcalc.grants.beside import Beside
    from grantcalc.grants.model import Grant


def load(raw: RawFile) -> tuple[str, Loaded]:
    """The text of a grant file, and what it holds."""
    _refuse_others(raw)
    text = text_of(raw)
    if isinstance(text, Fault):
        return legible(raw.data), Loaded(None, (text,))
    return text, load_grant(text, lambda name: _open_beside(raw, name))


def _refuse_others(raw: RawFile) -> None:
    """Refuse a paper or a table where a grant file belongs.

    Raises:
        UnreadableInputError: it is one, which is said with what to do.
    """
    path = raw.source.path
    if Path(path).suffix.lower() in (".yaml", ".yml") and decode(raw.data) is not None:
        return
    from grantcalc.papers.readers.kinds import Kind, found_kind

    found = found_kind(path, raw.data)
    if found is None or found is Kind.TEXT:
        return
    remedy = "a grant file (.yaml) belongs here"
    if found in (Kind.XLSX, Kind.TABLE):
        remedy += "; if it has a table of posts, make one of it with grantcalc import"
    raise UnreadableInputError(path, f"this is {found.value.name}, no grant file; {remedy}")


def text_of(raw: RawFile) -> str | Fault:
    """The text of a file, or the fault that it is in another encoding.

    Raises:
        UnreadableInputError: it is not text at all.
    """
    decoded = decode(raw.data)
    if decoded is None:
        raise UnreadableInputError(raw.source.path, "this is not a text file")
    return decoded


def _open_beside(raw: RawFile, name: str) -> Beside | Malformed:
    """The text of a file that a grant file names, from the grant file's own folder."""
    from grantcalc.grants.beside import Beside

    try:
        found = read_file(_from_folder(raw.source.path, name))
        text = text_of(found)
    except UnreadableInputError as error:
        return Malformed(f"cannot be read: {error.reason}", "")
    if isinstance(text, Fault):
        return Malformed(f"cannot be read: {text.message}", text.remedy)
    return Beside(found.source.path, found.source.sha256, text)


def source_of(raw: RawFile, loaded: Loaded) -> Input:
    """A grant file as an input, with the files beside it that were read with it."""
    beside = [one for one in (loaded.beside, table_of(loaded)) if one is not None]
    return replace(raw.source, beside=tuple(Input(one.path, one.sha256) for one in beside))


def table_of(loaded: Loaded) -> Beside | None:
    """The table beside a grant file that it takes posts from."""
    return loaded.posts_from.table if loaded.posts_from else None


def papers_of(grant: Grant | None, path: str) -> list[str]:
    """The papers that a grant file lists, from the folder in which it stands."""
    return [_from_folder(path, paper) for paper in grant.papers] if grant is not None else []


def _from_folder(path: str, name: str) -> str:
    """The path of a file that a grant file names, from the folder in which the grant file stands."""
    folder = Path() if path == STANDARD_INPUT else Path(path).parent
    return str(folder / name)
