"""What stops the program: an input that cannot be read at all, a name that it does not have, a missing library."""


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


class UnwritableOutputError(Exception):
    """The output cannot be written; what stood there before is untouched."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class UnknownNameError(Exception):
    """The command line names a part of an input that is not there; the message says so, and what is nearest."""
