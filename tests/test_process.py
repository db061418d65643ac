"""The program as it is started: exit statuses, streams, signals, and what start-up does not import."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.faults.program import GRANTCALC, on_posix, start
from tests.grant_files import EXAMPLES, SMALL

if TYPE_CHECKING:
    from pathlib import Path

MARSOC_FILE = str(EXAMPLES / "marsoc.yaml")
CLAIMS_FILE = str(EXAMPLES / "marsoc-claims.yaml")


def test_the_program_runs_as_a_module() -> None:
    done = start("--version", PYTHONIOENCODING="utf-8")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"grantcalc ")


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("summarise", MARSOC_FILE), 0),
        (("invoices", MARSOC_FILE), 0),
        (("claims", CLAIMS_FILE, "--as-of", "2022-09-13"), 0),
        (("check", str(EXAMPLES / "minimal.yaml")), 0),
        (("check", MARSOC_FILE), 1),
        (("check", "missing.yaml"), 2),
        (("check",), 2),
    ],
)
def test_the_status_says_how_it_went(arguments: tuple[str, ...], status: int) -> None:
    done = start(*arguments)
    assert done.returncode == status
    assert b"Traceback" not in done.stderr


_PARTS = (
    *("pydantic", "yaml", "rich", "grantcalc.repairs.search"),
    *("grantcalc.workflow", "grantcalc.rules", "grantcalc.batch"),
    *("grantcalc.grants.judgement", "grantcalc.grants.ledger", "grantcalc.grants.outturn", "grantcalc.grants.year_end"),
    *("grantcalc.grants.claim", "grantcalc.grants.costing.records", "grantcalc.grants.posts"),
    *("grantcalc.papers.paper", "grantcalc.papers.readers.reading", "grantcalc.papers.tables"),
    *("grantcalc.papers.sentences", "grantcalc.papers.against", "grantcalc.papers.belief", "grantcalc.papers.suspects"),
    *("grantcalc.findings", "grantcalc.results.checked", "grantcalc.results.summaries", "grantcalc.results.ledger"),
    *("grantcalc.results.schedule", "grantcalc.results.costs", "grantcalc.results.imported"),
    *("grantcalc.grants.variations", "grantcalc.grants.funding", "grantcalc.grants.purchase_orders"),
    *("grantcalc.grants.accept", "grantcalc.grants.beside", "grantcalc.grants.deadlines"),
    *("grantcalc.grants.refused", "grantcalc.grants.not_yaml", "grantcalc.report.passes", "tomllib"),
)
"""Parts of the program, and libraries, that some commands need and others do not."""

_READING = ("pydantic", "yaml", "rich", "grantcalc.workflow")
_SUMMARISING = (*_READING, "grantcalc.results.summaries")
_CHECKING = (
    *(*_READING, "grantcalc.rules", "grantcalc.batch", "grantcalc.grants.judgement"),
    *("grantcalc.findings", "grantcalc.results.checked"),
)
_PAPERS = tuple(part for part in _PARTS if part.startswith("grantcalc.papers"))
_REPAIRS = "grantcalc.repairs.search"
_CLAIMED = ("grantcalc.grants.claim", "grantcalc.grants.purchase_orders", "grantcalc.grants.deadlines")


@pytest.mark.unmeasured
@pytest.mark.parametrize(
    ("arguments", "needed"),
    [
        (("--version",), ()),
        (("--help",), ()),
        (("check", "--help"), ()),
        (("explain-cost", "--help"), ()),
        (("summarise", MARSOC_FILE), _SUMMARISING),
        (("summarise", str(EXAMPLES / "costed.yaml")), (*_SUMMARISING, "grantcalc.grants.costing.records")),
        (("summarise", CLAIMS_FILE), (*_SUMMARISING, *_CLAIMED)),
        (("summarise", MARSOC_FILE, "--movement"), _SUMMARISING),
        (("check", MARSOC_FILE), (*_CHECKING, _REPAIRS)),
        (("check", CLAIMS_FILE), (*_CHECKING, *_CLAIMED, "grantcalc.grants.ledger")),
        (("check", str(EXAMPLES / "marsoc-paper.md")), (*_CHECKING, *_PAPERS, _REPAIRS)),
        (("explain", "GC201"), ("pydantic", "grantcalc.rules", "grantcalc.grants.judgement", "grantcalc.findings")),
    ],
)
def test_a_command_imports_the_parts_that_it_uses_and_no_more(
    arguments: tuple[str, ...], needed: tuple[str, ...]
) -> None:
    script = (
        "import sys\nfrom grantcalc.cli import app\n"
        f"try:\n    app({list(arguments)!r}, standalone_mode=False)\n"
        f"finally:\n    print([name for name in {_PARTS} if name in sys.modules], file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=60)
    assert done.stderr.splitlines()[0] == str([part for part in _PARTS if part in needed])


@pytest.mark.parametrize("name", ["check", "summarise"])
def test_a_command_does_not_import_the_others(name: str) -> None:
    script = (
        f"import sys\nfrom grantcalc.cli import app\napp([{name!r}, '--help'], standalone_mode=False)\n"
        "from grantcalc.cli.commands import COMMANDS\n"
        "print([each.name for each in COMMANDS if f'grantcalc.cli.{each.module}' in sys.modules and not each.hidden])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.splitlines()[-1] == str([name])


_COSTLY = ("rich", "jinja2", "junitparser", "icalendar", "holidays", "xml.etree")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("check", MARSOC_FILE, "-f", "full"), ["rich"]),
        (("check", MARSOC_FILE, "-f", "concise"), []),
        (("check", MARSOC_FILE, "-f", "json"), []),
        (("check", MARSOC_FILE, "-f", "sarif"), []),
        (("check", MARSOC_FILE, "-f", "github"), []),
        (("check", MARSOC_FILE, "-f", "gitlab"), []),
        (("check", MARSOC_FILE, "-f", "markdown"), []),
        (("check", MARSOC_FILE, "-f", "junit"), ["junitparser", "xml.etree"]),
        (("explain", "GC201"), []),
        (("rules", "-f", "json"), []),
        (("schema",), []),
        (("init", "-"), []),
    ],
)
def test_a_format_imports_what_it_uses_and_no_more(arguments: tuple[str, ...], expected: list[str]) -> None:
    script = (
        "import sys\nfrom grantcalc.cli import app\n"
        f"app({list(arguments)!r}, standalone_mode=False)\n"
        f"print([name for name in {_COSTLY} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    assert done.stderr.splitlines()[-1] == str(expected)


@pytest.mark.parametrize(
    ("arguments", "encoding"),
    [
        (("check", "--format", "concise"), "ascii"),
        (("check", "--format", "sarif"), "ascii"),
        (("check", "--format", "github"), "cp1252"),
        (("check", "--format", "gitlab"), "latin-1"),
        (("check", "--format", "markdown"), "ascii"),
        (("check", "--format", "junit"), "utf-8"),
        (("check", "--show-passes"), "ascii"),
        (("summarise",), "ascii"),
        (("invoices",), "ascii"),
        (("check",), "ascii"),
        (("check", "--format", "json"), "ascii"),
        (("summarise", "--format", "markdown"), "latin-1"),
        (("summarise", "--format", "csv"), "cp437"),
        (("check",), "cp1252"),
    ],
)
def test_a_stream_that_cannot_show_every_sign_gets_words_instead(arguments: tuple[str, ...], encoding: str) -> None:
    done = start(*arguments, MARSOC_FILE, PYTHONIOENCODING=encoding)
    assert done.returncode == (1 if "check" in arguments else 0)
    assert done.stderr == b""
    assert "202" in done.stdout.decode(encoding)


def test_words_for_signs_keep_the_columns_in_line() -> None:
    printed = start("summarise", MARSOC_FILE, PYTHONIOENCODING="ascii").stdout.decode("ascii")
    year = printed.split("\n\n")[1].splitlines()
    totals = next(line for line in year if line.startswith("Total"))
    stated = next(line for line in year if line.startswith("  stated"))
    assert "GBP 202,329 no     GBP 1 too small" in stated
    assert [totals.index(amount) for amount in ("GBP 180,006", "GBP 22,324", "GBP 202,330")] == [
        stated.index(amount) for amount in ("GBP 180,006", "GBP 22,324", "GBP 202,329")
    ]
    assert printed.splitlines()[-1].startswith("2 stated figures differ")


def test_a_name_in_another_script_does_not_stop_an_ascii_stream(tmp_path: Path) -> None:
    (tmp_path / "grant.yaml").write_text(SMALL.replace("Officer", "Swyddog ŵ 😀"), encoding="utf-8")
    done = start("summarise", str(tmp_path / "grant.yaml"), PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"Swyddog \\u0175 \\U0001f600" in done.stdout


@on_posix
def test_ctrl_c_ends_with_130_and_says_nothing(tmp_path: Path) -> None:
    fifo = tmp_path / "grant.yaml"
    os.mkfifo(fifo)
    running = subprocess.Popen([*GRANTCALC, "check", str(fifo)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    # Opening to write succeeds as soon as the program waits to read, and so has left start-up behind.
    with fifo.open("wb"):
        time.sleep(0.1)
        running.send_signal(signal.SIGINT)
        stdout, stderr = running.communicate(timeout=60)
    assert (running.returncode, stdout, stderr) == (130, b"", b"")


def test_standard_input_is_read_as_bytes_whatever_the_stream_s_encoding(tmp_path: Path) -> None:
    grant = tmp_path / "grant.yaml"
    grant.write_text(SMALL, encoding="utf-8")
    with grant.open("rb") as stream:
        done = subprocess.run(
            [*GRANTCALC, "summarise", "-"],
            stdin=stream,
            capture_output=True,
            check=False,
            timeout=60,
            env={**os.environ, "PYTHONIOENCODING": "ascii"},
        )
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"GBP 30,000" in done.stdout


def on_screen(*arguments: str, environment: dict[str, str]) -> tuple[int, bytes]:
    """What the program ends with and prints on a terminal."""
    ours, theirs = os.openpty()
    kept = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "TERM")}
    with subprocess.Popen(
        [*GRANTCALC, *arguments],
        stdout=theirs,
        stderr=subprocess.DEVNULL,
        env={**kept, "TERM": "xterm", "PYTHONIOENCODING": "utf-8", **environment},
    ) as running:
        os.close(theirs)
        printed = b""
        try:
            while chunk := os.read(ours, 65536):
                printed += chunk
        except OSError:  # Linux says so where a terminal's other end is closed.
            pass
    os.close(ours)
    return running.returncode, printed


@on_posix
@pytest.mark.parametrize(
    ("environment", "coloured"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True), ({"TERM": "dumb"}, False)],
)
def test_colours_are_for_terminals_that_want_them(environment: dict[str, str], *, coloured: bool) -> None:
    status, printed = on_screen("summarise", str(EXAMPLES / "minimal.yaml"), environment=environment)
    assert (status, b"Youth outreach worker" in printed) == (0, True)
    assert (b"\x1b[" in printed) is coloured


@on_posix
@pytest.mark.parametrize("width", [60, 80, 200])
def test_a_check_on_a_screen_is_folded_at_its_width_and_says_the_same(width: int) -> None:
    arguments = ("check", str(EXAMPLES / "marsoc.yaml"))
    _, printed = on_screen(*arguments, environment={"NO_COLOR": "1", "COLUMNS": str(width)})
    piped = subprocess.run([*GRANTCALC, *arguments], capture_output=True, check=False, timeout=60)
    shown = printed.decode()
    assert shown.split() == piped.stdout.decode().split()
    assert [line for line in shown.splitlines() if len(line) > width and "-->" not in line] == []
