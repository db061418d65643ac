"""Outputs where none may be: over an input by any of its names, in a folder that may only be read."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from grantcalc import files
from grantcalc.errors import UnwritableOutputError
from grantcalc.files import append_file, write_new_file
from tests.faults.program import CLAIMS_FILE, MARSOC_FILE, not_as_root, on_linux, on_posix, start
from tests.grant_files import EXAMPLES

if TYPE_CHECKING:
    from pathlib import Path

GRANT = """\
grant: Beside
years: [2021-22, 2022-23]
posts_from: posts.csv
papers: [paper.md]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A grant file with a table, a paper and a configuration beside it."""
    (tmp_path / "grant.yaml").write_text(GRANT, encoding="utf-8")
    (tmp_path / "grantcalc.toml").write_text('ignore = ["GC133"]\n', encoding="utf-8")
    shutil.copy(EXAMPLES / "posts.csv", tmp_path / "posts.csv")
    shutil.copy(EXAMPLES / "marsoc-paper.md", tmp_path / "paper.md")
    return tmp_path


COMMANDS = [
    ("check", ["grant.yaml", "posts.csv", "paper.md", "grantcalc.toml"]),
    ("summarise", ["grant.yaml", "posts.csv"]),
    ("invoices", ["posts.csv"]),
    ("diff", ["posts.csv"]),
]


@pytest.mark.parametrize(("command", "read"), COMMANDS)
def test_no_file_that_was_read_is_written_over(folder: Path, command: str, read: list[str]) -> None:
    grant = str(folder / "grant.yaml")
    for name in read:
        before = (folder / name).read_bytes()
        files_given = [grant, grant] if command == "diff" else [grant]
        done = start(command, *files_given, "--output", str(folder / name))
        assert (done.returncode, (folder / name).read_bytes()) == (2, before)
        assert f"grantcalc: {folder / name}: this is an input; write the output to another file" in done.stderr.decode()


def test_no_baseline_is_written_over_what_was_read(folder: Path) -> None:
    for name in ("grant.yaml", "posts.csv", "paper.md", "grantcalc.toml"):
        before = (folder / name).read_bytes()
        done = start("check", str(folder / "grant.yaml"), "--write-baseline", str(folder / name))
        assert (done.returncode, (folder / name).read_bytes()) == (2, before)


@on_posix
def test_an_input_is_known_under_every_name_that_it_has(folder: Path) -> None:
    before = (folder / "posts.csv").read_bytes()
    (folder / "hard.csv").hardlink_to(folder / "posts.csv")
    (folder / "soft.csv").symlink_to("posts.csv")
    (folder / "again").symlink_to(folder)
    for name in ("hard.csv", "soft.csv", "again/posts.csv", f"../{folder.name}/./posts.csv"):
        done = start("summarise", str(folder / "grant.yaml"), "--output", str(folder / name))
        assert (done.returncode, (folder / "posts.csv").read_bytes()) == (2, before), name


@on_posix
@not_as_root
def test_a_folder_that_may_not_be_written_to_is_said_so(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    done = start("summarise", MARSOC_FILE, "--output", str(tmp_path / "out"))
    tmp_path.chmod(0o755)
    assert (done.returncode, list(tmp_path.iterdir())) == (2, [])
    assert b"you may not write there; check the permissions of the folder" in done.stderr


@on_linux
def test_a_disk_that_may_only_be_read_is_said_so() -> None:
    done = start("summarise", MARSOC_FILE, "--output", "/proc/grantcalc-out")
    assert done.returncode == 2
    assert b"/proc/grantcalc-out: " in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_new_file_is_never_written_over_another_on_a_disk_without_links_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(files.Path, "hardlink_to", refuse)
    write_new_file(str(tmp_path / "new"), "text")
    assert [(each.name, each.read_text(encoding="utf-8")) for each in tmp_path.iterdir()] == [("new", "text")]
    with pytest.raises(UnwritableOutputError, match="there is such a file already, and it is not written over"):
        write_new_file(str(tmp_path / "new"), "other")
    assert [(each.name, each.read_text(encoding="utf-8")) for each in tmp_path.iterdir()] == [("new", "text")]


def test_what_is_appended_stands_behind_what_was_there(tmp_path: Path) -> None:
    append_file(str(tmp_path / "summary"), "£1\n")
    append_file(str(tmp_path / "summary"), "✓\n")
    assert (tmp_path / "summary").read_bytes() == "£1\n✓\n".encode()


def test_the_same_output_may_be_written_again(tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    for _ in range(2):
        assert start("claims", CLAIMS_FILE, "-f", "json", "-o", str(out)).returncode == 0
    assert [each.name for each in tmp_path.iterdir()] == ["out.json"]
