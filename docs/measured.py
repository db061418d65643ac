"""What scripts measured, written into their part of docs/reliability.md."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent
PAGE: Final = ROOT / "docs" / "reliability.md"


def write(part: str, text: str) -> None:
    """Put a text between the two comments that name a part of the page.

    Raises:
        ValueError: the page has no such part.
    """
    page = PAGE.read_text(encoding="utf-8")
    begin, end = f"<!-- {part}: begin -->\n", f"<!-- {part}: end -->"
    changed, count = re.subn(f"(?s)(?<={re.escape(begin)}).*?(?={re.escape(end)})", lambda _: f"{text}\n", page)
    if count != 1:
        message = f"{PAGE} has no part {part}"
        raise ValueError(message)
    PAGE.write_text(changed, encoding="utf-8", newline="\n")


def when_and_where(library: str) -> str:
    """The day of a run, the kind of machine and the versions, as a sentence."""
    day = datetime.now(UTC).date().isoformat()
    machine = f"{platform.system()} on {platform.machine()} with {os.cpu_count()} cores"
    python = f"{platform.python_implementation()} {platform.python_version()}"
    command = ["git", "rev-parse", "--short", "HEAD"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)  # noqa: S603
    revision, versions = done.stdout.strip(), f"{library} {version(library)}, grantcalc {version('grantcalc')}"
    return f"Measured on {day} at revision {revision}: {machine}, {python}, {versions}."
