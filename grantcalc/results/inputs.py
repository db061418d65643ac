"""What was read, and what could not be."""

from __future__ import annotations

from dataclasses import dataclass


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
