"""Where the program begins: from here on a signal or want of memory ends it in order, while it is loaded too."""

from __future__ import annotations

import gc
import sys

from grantcalc.interruptions import end_at_signals


def main() -> None:
    """Run the command line, and exit."""
    end_at_signals()
    # A run is short and leaves few cycles; looking for them every 700 objects takes a fifth of a long paper's time.
    gc.set_threshold(200_000, 20, 20)
    try:
        from grantcalc.cli import main as run
    except (ImportError, MemoryError, SyntaxError) as error:
        if sys.stderr is not None:
            sys.stderr.write(f"grantcalc: {_unloaded(error)}\n")
        sys.exit(2)
    run()


def _unloaded(error: Exception) -> str:
    """Why the program cannot be loaded, and what to do."""
    if isinstance(error, MemoryError):
        return "there is not enough memory to start"
    return f"a part of it cannot be loaded ({error}); free some memory, or install it again"


if __name__ == "__main__":
    main()
