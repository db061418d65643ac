"""The programs that grantcalc is held against; they are run where they are installed, and never imported."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final


@dataclass(frozen=True, slots=True)
class Peer:
    """A program.

    Attributes:
        name: what it is called.
        program: the file to run.
        version: the option that prints its version.
    """

    name: str
    program: str
    version: str = "--version"

    @property
    def path(self) -> str | None:
        """Where the program is: beside this Python, or else where the system looks; None where it is not installed."""
        beside = shutil.which(self.program, path=str(Path(sys.executable).parent))
        return beside or shutil.which(self.program)

    def installed(self) -> str:
        """Its version, or that it is not installed."""
        if self.path is None:
            return "not installed"
        done = subprocess.run([self.path, self.version], capture_output=True, text=True, check=False)  # noqa: S603
        said = (done.stdout or done.stderr).strip().splitlines()
        return said[0] if said else "of an unknown version"


HLEDGER: Final = Peer("hledger", "hledger")
BEANCOUNT: Final = Peer("Beancount", "bean-check")
YAMLLINT: Final = Peer("yamllint", "yamllint")
CHECK_JSONSCHEMA: Final = Peer("check-jsonschema", "check-jsonschema")
GRANTKIT: Final = Peer("GrantKit", "grantkit")

PEERS: Final = (HLEDGER, BEANCOUNT, YAMLLINT, CHECK_JSONSCHEMA, GRANTKIT)
