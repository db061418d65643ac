"""Streams that are closed: a pipe that nobody reads any more, and streams that were never open."""

from __future__ import annotations

import pytest

from grantcalc.cli.commands import COMMANDS
from tests.faults.program import CLOSED_PIPE, MARSOC_FILE, PRINTING, in_forks, in_shell, on_posix


def test_every_command_is_tried() -> None:
    assert {each.name for each in COMMANDS if not each.hidden} <= {command for command, *_ in PRINTING}


@on_posix
def test_a_closed_pipe_ends_every_command_in_every_format_with_141_and_nothing_said() -> None:
    done = in_forks(PRINTING, CLOSED_PIPE)
    assert {" ".join(case): each for case, each in zip(PRINTING, done, strict=True) if each != (141, "")} == {}


@on_posix
@pytest.mark.parametrize(
    ("command", "status"),
    [
        (f"grantcalc summarise {MARSOC_FILE} >&-", 0),
        ("grantcalc summarise missing 2>&-", 2),
        ("grantcalc summarise - <&-", 2),
        (f"grantcalc check {MARSOC_FILE} -f junit >&- 2>&- <&-", 1),
        ("grantcalc --help >&-", 0),
    ],
)
def test_a_closed_stream_leaves_no_traceback(command: str, status: int) -> None:
    done = in_shell(command)
    assert done.returncode == status
    assert "Traceback" not in done.stderr


@on_posix
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_pipe_that_is_closed_after_its_beginning_was_read_ends_with_141_too(unbuffered: str) -> None:
    many = " ".join([MARSOC_FILE] * 80)
    environment = f"PYTHONUNBUFFERED={unbuffered}; export PYTHONUNBUFFERED"
    done = in_shell(f"{environment}; (grantcalc summarise {many}; echo $? >&2) | head -c 5")
    assert (done.stdout, done.stderr) == ("Londo", "141\n")
