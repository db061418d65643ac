"""Places as text: the file and what is known of where in it, and paths as other programs want them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from grantcalc.results.checked import CheckedFile
    from grantcalc.source import Place, Where


def located(file: CheckedFile, place: Place | None) -> Where | None:
    """The stretch of a file at a place, if any is known."""
    return file.locate(place) if place is not None else None


def path_of(path: str, where: Where | None) -> str:
    """The file that a place is in: the one that was checked, or one beside it that it names."""
    return where.path if where is not None and where.path else path


def place_text(path: str, where: Where | None) -> str:
    """A place as editors read it, "grant.yaml:7:8"; without a line, what is known: "paper.docx, page 2"."""
    within = within_text(where)
    path = path_of(path, where)
    between = ":" if where is not None and where.line is not None else ", "
    return f"{path}{between}{within}" if within else path


def within_text(where: Where | None) -> str:
    """Where in its file something stands, for a column of its own: "7:8", or "page 2, table 1"; empty if not known."""
    if where is None:
        return ""
    if where.line is not None:
        return f"{where.line}:{where.column}" if where.column is not None else f"{where.line}"
    return ", ".join(_parts(where))


def unlined(where: Where | None) -> str:
    """What is known of a place that has no line, as the beginning of a message; empty for any other."""
    named = _parts(where) if where is not None and where.line is None else []
    return f"{', '.join(named)}: " if named else ""


def _parts(where: Where) -> list[str]:
    """The page, table and cell of a place, or its paragraph, as far as it has them."""
    if where.sheet is not None:
        numbered: dict[str, int | str | None] = {"sheet": where.sheet, "cell": where.cell}
    elif where.table is not None:
        numbered = {"page": where.page, "table": where.table, "row": where.row, "column": where.table_column}
    else:
        numbered = {"page": where.page, "paragraph": where.paragraph, "cell": where.cell}
    return [f"{name} {value}" for name, value in numbered.items() if value is not None]


def elsewhere(other: Where | None, where: Where | None) -> str:
    """The place that a note speaks of, where it is another: its line, its file too where that is another."""
    if other is None:
        return ""
    if other.cell and where is not None and other.sheet == where.sheet:
        return f" ({other.cell})"
    named = f"line {other.line}" if other.line is not None else within_text(other)
    path = other.path if where is None or other.path != where.path else None
    return f" ({', '.join(part for part in (path, named) if part)})" if named else ""


def is_on_one_line(where: Where) -> bool:
    """Whether a stretch begins and ends on one line, so that its columns say where it is."""
    return where.column is not None and where.end_column is not None and where.end_line == where.line


def relative_path(path: str) -> str:
    """A path from the working folder where it leads into it, with slashes, as code hosts name files of a project."""
    named = Path(path)
    if named.is_absolute():
        named = named.relative_to(Path.cwd()) if named.is_relative_to(Path.cwd()) else named
    return named.as_posix()


def relative_uri(path: str) -> str:
    """A path as a URI, relative to the working folder where it leads into it; every byte that is not safe escaped."""
    named = Path(relative_path(path))
    return named.as_uri() if named.is_absolute() else quote(os.fsencode(named.as_posix()))
