"""What every run keeps to, whatever its input: it ends in time, with a documented status, and no traceback."""

from __future__ import annotations

import tempfile
from pathlib import Path

from typer.testing import CliRunner

from grantcalc.cli import app
from tests.runaway import ends_within

STATUSES = (0, 1, 2, 3)
SECONDS = 20
"""Processor time for one run, a hundred times of what it should take."""


def run(command: str, data: bytes, name: str = "grant.yaml") -> tuple[int, str, str]:
    """Run a command line, in which FILE stands for a file with these bytes; its status and what it printed."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        with ends_within(SECONDS):
            result = CliRunner().invoke(app, [part.replace("FILE", str(path)) for part in command.split()])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code in STATUSES
    assert "Traceback" not in result.output
    return result.exit_code, result.stdout, result.stderr
