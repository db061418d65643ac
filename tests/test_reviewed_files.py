"""`check --annotate`: a copy of the paper with what was found, and never anything else written over."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from typer.testing import CliRunner, Result

from grantcalc.cli import app
from grantcalc.papers.annotating.comments import Comment
from grantcalc.papers.annotating.copies import annotated, annotated_here
from grantcalc.papers.readers import reading
from grantcalc.papers.readers.apart import Limits, work_apart
from grantcalc.papers.readers.kinds import Kind
from tests.grant_files import EXAMPLES
from tests.papers.annotating.copied import annotations_in_pdf, said_in_docx, said_in_xlsx
from tests.papers.written import docx_of, docx_with, runs, sheet_of, xlsx_of

if TYPE_CHECKING:
    from pathlib import Path

PAPER = """# Costs

| Item | Cost | Tax |
|---|---|---|
| Paint | £1,204 | £12 |
| Rope | £3,117 | £31 |
| Total | {} | £43 |
"""
WRONG, RIGHT = PAPER.format("£4,521"), PAPER.format("£4,321")
OPENING = "Checked by grantcalc. What it found stands in comments on the figures."
MARSOC = EXAMPLES / "marsoc-paper.docx"


def run(*arguments: str | Path, stdin: str | None = None) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], input=stdin)


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """A Word document with a total that is wrong."""
    path = tmp_path / "paper.docx"
    path.write_bytes(docx_of(WRONG))
    return path


def test_a_copy_has_the_finding_on_its_figure_and_the_paper_is_left_as_it_is(paper: Path) -> None:
    before = paper.read_bytes()
    copy = paper.with_name("reviewed.docx")
    result = run("check", paper, "--annotate", copy)
    assert result.exit_code == 1
    assert result.stderr == f"grantcalc: {copy}: 1 comment\n"
    (text,) = said_in_docx(copy.read_bytes()).values()
    assert text.splitlines() == [
        OPENING,
        "error[GC601] Total, Cost: stated as £4,521, but £1,204 + £3,117 makes £4,321",
        "£200 too large",
        "to mend: look the figures up in their source, and put right the one that is wrong",
    ]
    assert list(said_in_docx(copy.read_bytes())) == ["£4,521"]
    assert paper.read_bytes() == before
    assert run("check", paper).stdout == result.stdout


def test_a_workbook_and_a_pdf_have_the_same_said(tmp_path: Path) -> None:
    book = tmp_path / "paper.xlsx"
    book.write_bytes(xlsx_of(sheet_of(WRONG)))
    assert run("check", book, "--annotate", tmp_path / "copy.xlsx").exit_code == 1
    ((cell, text),) = said_in_xlsx((tmp_path / "copy.xlsx").read_bytes()).items()
    assert cell == "Sheet1!B6"
    assert text.startswith(f"grantcalc:\n{OPENING}\nerror[GC601] Total, Cost: stated as 4521, but")
    assert run("check", EXAMPLES / "marsoc-paper.pdf", "--annotate", tmp_path / "copy.pdf").exit_code == 0
    found = annotations_in_pdf((tmp_path / "copy.pdf").read_bytes())
    assert [each["text"] for each in found] == ["£202,329", "£180,006", "£203,279"]
    assert found[0]["said"].startswith(f"{OPENING}\nwarning[GC602] 4 totals are not quite what their parts make")


def test_a_figure_that_a_finding_names_besides_has_a_comment_with_what_concerns_it(tmp_path: Path) -> None:
    copy = tmp_path / "copy.docx"
    run("check", MARSOC, "--annotate", copy)
    said = said_in_docx(copy.read_bytes())
    assert list(said) == ["£180,006", "£202,329", "£203,279"]
    head = "warning[GC602] 4 totals are not quite what their parts make; rounding explains each of them"
    assert said["£203,279"].splitlines() == [
        f"{head} (see table 1, row 6, column 3)",
        "sum: Grand total: stated as £203,279, £178,073 + £25,207 makes £203,280",
        "sum: Grand total, Quarterly payment: stated as £203,279, 4 × £50,820 makes £203,280",
    ]


def test_what_is_said_of_one_figure_is_one_comment(tmp_path: Path) -> None:
    copy = tmp_path / "copy.docx"
    run("check", MARSOC, "--against", EXAMPLES / "marsoc.yaml", "--annotate", copy)
    said = said_in_docx(copy.read_bytes())["£202,329"]
    assert re.findall(r"(?m)^(?:error|warning|note)\[(GC\d+)\]", said) == ["GC701", "GC602"]
    assert "\n\nwarning[GC602]" in said


NAVIGATOR = """\
grant: Navigator pilot
award: £35,890.53
years: [2025-26]
posts:
  - role: Navigator
    costs:
      2025-26: {salary: "£31,410.25", overhead: "£4,480.28"}
"""


def test_what_counts_figures_that_agree_stands_on_the_document_and_says_what_was_compared(tmp_path: Path) -> None:
    paper, copy, grant = tmp_path / "paper.docx", tmp_path / "copy.docx", tmp_path / "grant.yaml"
    grant.write_text(NAVIGATOR, encoding="utf-8")
    words = "The award is £35,980.53. The hall costs £900."
    paper.write_bytes(docx_of(words))
    run("check", paper, "--against", grant, "--annotate", copy)
    said = said_in_docx(copy.read_bytes())
    assert "GC702" not in said["£35,980.53"]
    whole = next(text for text in said.values() if "GC702" in text).splitlines()
    assert whole[:2] == [
        "On the document:",
        f"Checked by grantcalc, and held against {grant}. What it found stands in comments on the figures.",
    ]


def test_a_paper_and_a_grant_file_side_by_side_are_not_compared_and_that_is_said(tmp_path: Path) -> None:
    paper, grant = tmp_path / "paper.docx", tmp_path / "grant.yaml"
    grant.write_text(NAVIGATOR, encoding="utf-8")
    paper.write_bytes(docx_of(WRONG))
    assert f"not held against {grant}; to do that: --against {grant}" in run("check", paper, grant).stderr
    assert "--against" not in run("check", paper, "--against", grant).stderr


def test_rules_that_are_not_selected_and_what_is_accepted_are_not_in_the_copy(paper: Path) -> None:
    copy, baseline = paper.with_name("copy.docx"), paper.with_name("baseline.json")
    result = run("check", paper, "--select", "GC602", "--annotate", copy)
    assert (result.exit_code, said_in_docx(copy.read_bytes())) == (0, {})
    assert run("check", paper, "--write-baseline", baseline, "--annotate", copy).exit_code == 0
    assert said_in_docx(copy.read_bytes()) == {}
    assert run("check", paper, "--baseline", baseline, "--annotate", copy).exit_code == 0
    assert said_in_docx(copy.read_bytes()) == {}


def test_a_paper_in_which_nothing_is_found_is_copied_as_it_stands_and_that_is_said(paper: Path) -> None:
    paper.write_bytes(docx_of(RIGHT))
    copy = paper.with_name("copy.docx")
    result = run("check", paper, "--annotate", copy)
    assert result.exit_code == 0
    assert result.stderr == f"grantcalc: {copy}: nothing to comment on; it is {paper} as it stands\n"
    assert copy.read_bytes() == paper.read_bytes()


@pytest.mark.parametrize("format_", ["json", "sarif", "concise", "github", "markdown"])
def test_every_format_is_printed_as_without_a_copy(paper: Path, format_: str) -> None:
    copy = paper.with_name("copy.docx")
    with_copy = run("check", paper, "--format", format_, "--annotate", copy)
    assert with_copy.stdout == run("check", paper, "--format", format_).stdout
    assert said_in_docx(copy.read_bytes())


def link_hard(copy: Path, paper: Path) -> None:
    copy.hardlink_to(paper)


def link_soft(copy: Path, paper: Path) -> None:
    try:
        copy.symlink_to(paper)
    except OSError:
        pytest.skip("this system lets only some users make links")


@pytest.mark.parametrize("link", [link_hard, link_soft])
def test_the_paper_is_not_written_over_under_another_name(paper: Path, link: type) -> None:
    copy, before = paper.with_name("copy.docx"), paper.read_bytes()
    link(copy, paper)
    result = run("check", paper, "--annotate", copy)
    assert result.exit_code == 2
    assert result.stderr == f"grantcalc: {copy}: this is an input; write the output to another file\n"
    assert result.stdout == ""
    assert paper.read_bytes() == before
    assert run("check", paper, "--annotate", paper).exit_code == 2
    assert paper.read_bytes() == before


def test_an_existing_copy_is_written_over_whole(paper: Path) -> None:
    copy = paper.with_name("copy.docx")
    copy.write_bytes(b"old" * 100_000)
    assert run("check", paper, "--annotate", copy).exit_code == 1
    assert said_in_docx(copy.read_bytes())
    assert sorted(path.name for path in paper.parent.iterdir()) == ["copy.docx", "paper.docx"]


@pytest.mark.parametrize("option", ["--output", "--write-baseline"])
def test_the_copy_and_another_output_are_not_one_file(paper: Path, option: str) -> None:
    copy = paper.with_name("copy.docx")
    result = run("check", paper, "--annotate", copy, option, copy)
    assert result.exit_code == 2
    assert result.stderr == f"grantcalc: {copy}: another output goes to this file; give each its own\n"
    assert not copy.exists()


@pytest.mark.parametrize(
    ("name", "copy", "said"),
    [
        ("paper.md", "copy.md", "a text has no place for comments; a Word document (.docx), an Excel workbook (.xlsx)"),
        ("paper.csv", "copy.csv", "a table of text has no place for comments"),
        ("paper.html", "copy.html", "a web page has no place for comments"),
        ("grant.yaml", "copy.yaml", "a grant file has no copy with comments; a paper has"),
        ("paper.docx", "copy.pdf", "the paper is a Word document, so the name of its copy has to end in .docx"),
        ("paper.xlsm", "copy.xlsx", "the paper is an Excel workbook, so the name of its copy has to end in .xlsm"),
        ("paper.pdf", "copy", "the paper is a PDF, so the name of its copy has to end in .pdf"),
    ],
)
def test_a_copy_of_a_kind_that_cannot_be_is_refused_before_the_work(
    tmp_path: Path, name: str, copy: str, said: str
) -> None:
    (tmp_path / name).write_text("grant: x\n", encoding="utf-8")
    result = run("check", tmp_path / name, "--annotate", tmp_path / copy)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"grantcalc: {tmp_path / copy}: {said}")
    assert result.stdout == ""
    assert not (tmp_path / copy).exists()


def test_the_copy_is_of_one_paper_that_has_a_name(paper: Path) -> None:
    copy = paper.with_name("copy.docx")
    result = run("check", paper, MARSOC, "--annotate", copy)
    assert result.exit_code == 2
    assert (
        "it is the copy of one paper; name that paper alone (--against holds it against a grant file)" in result.stderr
    )
    result = run("check", "-", "--annotate", copy, stdin="x")
    assert result.exit_code == 2
    assert "standard input cannot be read again to copy it; save the paper to a file, and check that" in result.stderr


def test_a_paper_whose_name_says_no_kind_has_a_copy_that_ends_as_its_kind_does(paper: Path) -> None:
    bare = paper.rename(paper.with_name("paper"))
    result = run("check", bare, "--annotate", paper.with_name("copy.xlsx"))
    assert result.exit_code == 2
    assert "so the name of its copy has to end in .docx" in result.stderr
    assert run("check", bare, "--annotate", paper.with_name("copy.docx")).exit_code == 1


def test_a_paper_that_cannot_be_read_has_no_copy(tmp_path: Path) -> None:
    (tmp_path / "paper.pdf").write_bytes(b"%PDF-1.4 cut off")
    copy = tmp_path / "copy.pdf"
    result = run("check", tmp_path / "paper.pdf", "--annotate", copy)
    assert result.exit_code == 2
    assert f"{copy}: the copy is not written, since not all files could be read\n" in result.stderr
    assert not copy.exists()


def test_a_folder_that_is_not_there_is_said(paper: Path) -> None:
    result = run("check", paper, "--annotate", paper.parent / "none" / "copy.docx")
    assert result.exit_code == 2
    assert "its folder does not exist; make it first" in result.stderr


def test_a_missing_library_is_said_before_the_work_with_the_command_that_installs_it(
    paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "find_spec", lambda _: None)
    result = run("check", paper, "--annotate", paper.with_name("copy.docx"))
    assert result.exit_code == 3
    assert result.stderr == (
        'grantcalc: annotating a Word document (.docx) needs the library python-docx: pip install "grantcalc[papers]"\n'
    )
    assert result.stdout == ""


def test_a_name_that_turns_the_text_round_is_written_as_a_code(tmp_path: Path) -> None:
    paper, copy = tmp_path / "paper.docx", tmp_path / "copy.docx"
    paper.write_bytes(docx_of(WRONG.replace("Total", "Total \u202e<b>&")))
    run("check", paper, "--annotate", copy)
    (text,) = said_in_docx(copy.read_bytes()).values()
    assert r"Total \u202e<b>&, Cost: stated as £4,521" in text


def test_the_work_is_done_in_a_process_of_its_own_with_limits() -> None:
    data = docx_with(runs("It costs £9,680."))
    comments = (Comment(None, ("no sum",)),)
    assert annotated(data, Kind.DOCX, comments) == annotated_here(data, Kind.DOCX, comments)
    with pytest.raises(Exception, match=r"annotating it took longer than 0\.01 seconds, and was stopped"):
        work_apart(annotated_here, data, Kind.DOCX, comments, doing="annotating", limits=Limits(seconds=0.01))


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_the_copies_and_has_every_comment(tmp_path: Path, paper: Path) -> None:
    book = tmp_path / "book.xlsx"
    book.write_bytes(xlsx_of(sheet_of(WRONG)))
    copies = []
    for original in (paper, book):
        copy = original.with_stem("copy")
        assert run("check", original, "--annotate", copy).exit_code == 1
        copies.append(copy)
    for copy, kind in zip(copies, ("odt", "ods"), strict=True):
        subprocess.run(
            [
                shutil.which("soffice") or "",
                f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
                "--headless",
                "--convert-to",
                kind,
                "--outdir",
                str(tmp_path),
                str(copy),
            ],
            check=True,
            capture_output=True,
            timeout=120,
            env={**os.environ, "HOME": str(tmp_path)},
        )
        with ZipFile(copy.with_suffix(f".{kind}")) as archive:
            content = archive.read("content.xml").decode()
        assert len(re.findall("<office:annotation ", content)) == 1
        assert "error[GC601] Total, Cost" in content
