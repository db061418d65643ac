"""What stops the program: an input that cannot be read at all, a missing library, names and years nobody knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


class UnreadableInputError(Exception):
    """An input cannot be read at all: it is missing, a directory, not text, or too large.

    Attributes:
        path: the input as the user named it.
        reason: what is wrong, and what to do about it.
    """

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class UnreadableContentError(Exception):
    """The content of a file cannot be read as the kind of file that it should be.

    Attributes:
        reason: what is wrong, and what to do about it.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class UnwritableOutputError(Exception):
    """The output cannot be written; what stood there before is untouched."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class UnusableConfigurationError(Exception):
    """A file of configuration cannot be used: it says something that means nothing, or cannot be read."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")


class MissingLibraryError(Exception):
    """A library is not installed that only some commands need.

    Attributes:
        library: the library's name.
        extra: the extra of grantcalc that installs it.
    """

    def __init__(self, library: str, extra: str, use: str) -> None:
        """Say what needs the library and how to install it, in one line.

        Args:
            library: the library's name.
            extra: the extra of grantcalc that installs it.
            use: what needs it, as the singular beginning of a sentence: "counting working days".
        """
        super().__init__(f'{use} needs the library {library}: pip install "grantcalc[{extra}]"')
        self.library = library
        self.extra = extra


class UnknownBankHolidaysError(Exception):
    """Working days cannot be counted in a year whose bank holidays nobody knows.

    Attributes:
        year: the year.
    """

    def __init__(self, year: int, first: int, last: int) -> None:
        """Say which years are known, the first and the last included."""
        super().__init__(f"the bank holidays of {year} are not known, only those of {first} to {last}: count in days")
        self.year = year


class UnknownNameError(Exception):
    """A post or other cost was asked for that the grant does not have."""

    def __init__(self, name: str, hint: str) -> None:
        super().__init__(f'no post or cost is called "{name}"; {hint}')


class UnknownYearError(Exception):
    """A year was asked for that the grant does not have."""

    def __init__(self, year: str, years: Sequence[str]) -> None:
        listed = ", ".join(years)
        known = f"its years are {listed}" if years else "it has no years"
        super().__init__(f'the grant has no year "{year}"; {known}')
