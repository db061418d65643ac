"""Where the program begins: from here on a signal or want of memory ends it in order, while it is loaded too."""

from __future__ import annotations

import sys

from grantcalc.cycles import look_for_cycles_seldom
from grantcalc.interruptions import end_at_signals

_TO_LOAD = 34 * 2**20
"""What loading the program takes, in bytes; asked for, and given back unused, because Python does not always
say in order that it found no memory while it loads modules: it may lose the exception, or stop dead."""


def main() -> None:
    """Run the command line, and exit."""
    end_at_signals()
    look_for_cycles_seldom()
    try:
        bytes(_TO_LOAD)
        from grantcalc.cli import main as run

        run()
    except (ImportError, MemoryError, SyntaxError, SystemError) as error:
        if sys.stderr is not None:
            sys.stderr.write(f"grantcalc: {_unloaded(error)}\n")
        sys.exit(2)


def _unloaded(error: Exception) -> str:
    """Why the program cannot be loaded, and what to do."""
    # Python finds no memory for an exception now and then, and then says that it is without one.
    if isinstance(error, MemoryError | SystemError):
        return "there is not enough memory; end other programs"
    return f"a part of it cannot be loaded ({error}); free some memory, or install it again"


if __name__ == "__main__":
    main()
