"""Several papers in one run: on all cores, in the order given, whatever becomes of one of them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from multiprocessing import active_children
from typing import TYPE_CHECKING, Any

import pytest

from grantcalc import batch
from grantcalc.batch import Workers
from grantcalc.batch_tasks import Task
from grantcalc.papers.readers import reading
from grantcalc.results.checked import CheckedFile
from grantcalc.results.inputs import Unreadable
from grantcalc.wanted import all_rules
from tests.papers.test_papers_checked import run
from tests.papers.written import MARSOC, csv_of, docx_of, docx_with, html_of, runs

if TYPE_CHECKING:
    from pathlib import Path

TEXT = MARSOC.read_text(encoding="utf-8")
MARSOC_GRANT = MARSOC.parent / "marsoc.yaml"
GRANTCALC = [sys.executable, "-m", "grantcalc"]


@pytest.fixture
def papers(tmp_path: Path) -> list[Path]:
    written = {"a.docx": docx_of(TEXT), "b.csv": csv_of(TEXT), "c.docx": b"nothing", "d.html": html_of(TEXT)}
    for name, data in written.items():
        (tmp_path / name).write_bytes(data)
    return [tmp_path / name for name in written]


def checked(*paths: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(run("check", *paths, "--format", "json").stdout)
    return document


def test_several_processes_find_what_one_finds_in_the_same_order(
    papers: list[Path], request: pytest.FixtureRequest
) -> None:
    tasks = [Task(str(path)) for path in papers]
    with Workers(all_rules) as workers:
        alone = workers.check(tasks)
    request.getfixturevalue("several")
    told: list[tuple[int, int]] = []
    with Workers(all_rules, lambda done, files, *_: told.append((done, files))) as workers:
        together = workers.check(tasks)
    assert together == alone
    assert [isinstance(each.file, CheckedFile) for each in together] == [True, True, False, True]
    assert told == [(n, 4) for n in range(5)]


@pytest.fixture
def several(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "_WORTH_IT", 0)
    monkeypatch.setattr(batch, "processors", lambda: 2)


@pytest.mark.usefixtures("several")
def test_processes_that_die_take_no_files_with_them_but_those_they_were_at(tmp_path: Path) -> None:
    long = "£5,000 is £2,000 and £3,000." + "\n" * 100_000  # too long to be sent with another
    paths = [tmp_path / f"{number}.md" for number in range(6)]
    for path in paths:
        path.write_text(long, encoding="utf-8")
    deaths = 2

    def kill(done: int, *_: object) -> None:
        nonlocal deaths
        if done and deaths:
            deaths -= 1
            active_children()[0].kill()

    with Workers(all_rules, kill) as workers:
        found = workers.check([Task(str(path)) for path in paths])
        again = workers.check([Task(str(path)) for path in paths[:2]])
    lost = [each.file.reason for each in found if isinstance(each.file, Unreadable)]
    assert deaths == 0
    assert len(lost) <= 2
    assert all(reason.startswith("reading it was stopped") for reason in lost)
    assert all(isinstance(each.file, CheckedFile) for each in again)


@pytest.mark.usefixtures("several")
def test_what_goes_wrong_in_a_process_is_raised_by_whoever_asked(papers: list[Path]) -> None:
    unknown: Any = "no grant"
    with Workers(all_rules) as workers, pytest.raises(AttributeError, match="no attribute"):
        workers.check([Task(str(path), grant=unknown) for path in papers])


@pytest.mark.parametrize("form", ["full", "json", "sarif"])
def test_grant_files_and_their_papers_read_the_same_from_several_processes(
    form: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    (tmp_path / "paper.md").write_text(TEXT, encoding="utf-8")
    (tmp_path / "faulty.yaml").write_text("grant: Hub\nposts: none\n", encoding="utf-8")
    (tmp_path / "lists.yaml").write_text(
        f"{MARSOC_GRANT.read_text(encoding='utf-8')}papers: [paper.md, gone.md]\n", encoding="utf-8"
    )
    files = [MARSOC_GRANT, tmp_path / "lists.yaml", tmp_path / "faulty.yaml", tmp_path / "none.yaml"]
    alone = run("check", *files, "--format", form)
    request.getfixturevalue("several")
    together = run("check", *files, "--format", form)
    assert (together.exit_code, together.stdout, together.stderr) == (2, alone.stdout, alone.stderr)
    assert "gone.md: there is no such file" in together.stderr
    assert "paper.md" in together.stdout


def test_a_file_that_cannot_be_read_leaves_the_others_checked(papers: list[Path]) -> None:
    result = run("check", *papers)
    assert result.exit_code == 2
    assert "c.docx: this is not a Word document" in result.stderr
    assert "a.docx" in result.stdout
    assert "d.html" in result.stdout


def test_a_missing_library_ends_with_3_and_leaves_the_others_checked(
    papers: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "find_spec", lambda _: None)
    result = run("check", papers[0], papers[1])
    assert result.exit_code == 3
    assert 'a.docx: reading a Word document (.docx) needs the library python-docx: pip install "grantcalc[papers]"' in (
        result.stderr
    )
    assert "sums" in result.stdout
    assert run("figures", papers[0]).exit_code == 3


def test_findings_name_table_row_and_column_and_show_the_row(tmp_path: Path) -> None:
    paper = tmp_path / "paper.docx"
    paper.write_bytes(docx_of(TEXT.replace("£180,006", "£180,060")))
    result = run("check", paper)
    assert f"{paper}, table 1, row 5, column 2\n" in result.stdout
    assert " | Total | £180,060 | £22,324\n |         ^^^^^^^^ £180,006 would fit\n" in result.stdout
    where = next(f["where"] for f in checked(paper)["findings"] if f["code"] == "GC601")
    assert (where["line"], where["table"], where["row"], where["table_column"]) == (None, 1, 5, 2)
    assert "table 1, row 5, column 2" in run("figures", paper).stdout


def test_findings_in_running_text_name_the_paragraph(tmp_path: Path) -> None:
    paper = tmp_path / "paper.docx"
    paper.write_bytes(docx_with(runs("Costs") + runs("The £48,500 comprises £31,200 for pay and £16,300 for rent.")))
    assert " |     ^^^^^^^ £1,000 too large\n" in (printed := run("check", paper).stdout)
    assert f"{paper}, paragraph 2\n" in printed


def test_a_document_may_come_on_standard_input() -> None:
    done = subprocess.run([*GRANTCALC, "check", "-"], input=docx_of(TEXT), capture_output=True, check=False, timeout=60)
    assert (done.returncode, b" 0 mismatched" in done.stdout) == (0, True)


@pytest.mark.unmeasured
def test_a_single_text_imports_no_reader_and_starts_no_process() -> None:
    names = "('lxml', 'docx', 'openpyxl', 'pdfplumber', 'multiprocessing.context', 'rich.progress')"
    script = (
        "import sys\nfrom grantcalc.cli import app\n"
        f"app(['check', {str(MARSOC)!r}], standalone_mode=False)\n"
        f"print([name for name in {names} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, timeout=60, encoding="utf-8")
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other terminals")
def test_progress_is_shown_on_a_terminal_and_wiped_away(papers: list[Path]) -> None:
    import pty

    leader, follower = pty.openpty()
    command = [*GRANTCALC, "check", str(papers[0]), str(papers[1])]
    environment = {**os.environ, "TERM": "xterm"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=follower, env=environment) as process:
        os.close(follower)
        printed = b""
        began = time.monotonic()
        while time.monotonic() - began < 60:
            try:
                piece = os.read(leader, 4096)
            except OSError:
                break
            if not piece:
                break
            printed += piece
        assert process.stdout is not None
        assert process.stdout.read().startswith(b"Nothing") or process.wait() in (0, 1)
    os.close(leader)
    assert b"2/2" in printed
    assert b"b.csv" in printed
