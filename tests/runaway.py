"""A guard against work that never ends: generous, and in processor time, so that a busy machine does not matter."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def ends_within(seconds: float) -> Iterator[None]:
    """Fail where what is done takes more than this processor time, some ten times of what it should.

    A tracer, such as measures coverage, slows everything several times, and is allowed for.
    """
    slower = 1 if sys.gettrace() is None else 8
    began = time.process_time()
    yield
    assert time.process_time() - began < seconds * slower
