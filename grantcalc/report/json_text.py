"""JSON documents as text that is harmless to print and fits every encoding."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeAlias

from grantcalc import __version__
from grantcalc.report.medium import PLAIN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from grantcalc.report.medium import Medium
    from grantcalc.results.inputs import Input

Json: TypeAlias = "dict[str, Any]"


def document_head(name: str, inputs: Iterable[Input] = ()) -> Json:
    """What every document of ours begins with: its schema, the version, and what it was computed from."""
    return {
        "schema": f"grantcalc/{name}/1",
        "grantcalc": __version__,
        "inputs": [{"path": path, "sha256": sha256} for path, sha256 in dict.fromkeys(_read(inputs))],
    }


def _read(inputs: Iterable[Input]) -> Iterator[tuple[str, str]]:
    """The files that were read, each before those beside it."""
    for source in inputs:
        yield source.path, source.sha256
        yield from _read(source.beside)


def json_text(document: Json | list[Json], medium: Medium) -> str:
    """A document as text; in escapes where a character is harmful, or the encoding is not Unicode's."""
    text = json.dumps(document, ensure_ascii=not medium.is_unicode, indent=2)
    return "".join(f"{PLAIN.show(line)}\n" for line in text.split("\n"))


def json_line(document: Json, medium: Medium) -> str:
    """A document as one line, with its end; in escapes where `json_text` has them."""
    return PLAIN.show(json.dumps(document, ensure_ascii=not medium.is_unicode)) + "\n"


def iso_day(day: date | None) -> str | None:
    """A day as year, month and day; None where there is none."""
    return day.isoformat() if day else None
