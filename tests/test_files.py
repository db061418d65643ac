"""Files: read within limits, written whole or not at all."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

import pytest

from grantcalc import files
from grantcalc.errors import UnreadableInputError, UnwritableOutputError
from grantcalc.files import read_file, write_file

if TYPE_CHECKING:
    from pathlib import Path

on_posix = pytest.mark.skipif(os.name != "posix", reason="Windows has no such permissions and links")


def test_a_file_is_read_with_its_name_as_given_and_its_hash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "grant.yaml").write_bytes(b"grant: A\r\n")
    monkeypatch.chdir(tmp_path)
    raw = read_file("grant.yaml")
    assert (raw.data, raw.source.path) == (b"grant: A\r\n", "grant.yaml")
    assert raw.source.sha256 == hashlib.sha256(b"grant: A\r\n").hexdigest()


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("missing", "there is no such file; check the name and the folder"),
        (".", "this is a folder; name the files in it"),
        ("a\0b", "this is not a name that a file can have"),
    ],
)
def test_what_cannot_be_read_is_said_with_what_to_do(tmp_path: Path, name: str, reason: str) -> None:
    path = f"{tmp_path}/{name}"
    with pytest.raises(UnreadableInputError) as raised:
        read_file(path)
    assert (raised.value.path, raised.value.reason) == (path, reason)


def test_a_file_beyond_measure_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "large").write_bytes(b"x" * 2**20)
    monkeypatch.setattr(files, "LARGEST_FILE", 2**20)
    assert len(read_file(str(tmp_path / "large")).data) == 2**20
    monkeypatch.setattr(files, "LARGEST_FILE", 2**20 - 1)
    with pytest.raises(UnreadableInputError, match="is larger than"):
        read_file(str(tmp_path / "large"))


def test_an_output_is_written_as_utf_8_with_its_own_line_ends(tmp_path: Path) -> None:
    write_file(str(tmp_path / "out"), "£1\n✓\n")
    assert (tmp_path / "out").read_bytes() == "£1\n✓\n".encode()
    assert list(tmp_path.iterdir()) == [tmp_path / "out"]


def test_an_output_takes_the_place_of_what_stood_there(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a longer text than the new one", encoding="utf-8")
    write_file(str(tmp_path / "out"), "new")
    assert (tmp_path / "out").read_text(encoding="utf-8") == "new"


def test_an_output_that_cannot_be_encoded_leaves_what_stood_there(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("before", encoding="utf-8")
    with pytest.raises(UnicodeEncodeError):
        write_file(str(tmp_path / "out"), "half of it\ud800")
    assert (tmp_path / "out").read_text(encoding="utf-8") == "before"
    assert list(tmp_path.iterdir()) == [tmp_path / "out"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [("missing/out", "its folder does not exist; make it first"), (".", "this is a folder; name the files in it")],
)
def test_where_nothing_can_be_written_it_is_said(tmp_path: Path, name: str, reason: str) -> None:
    with pytest.raises(UnwritableOutputError) as raised:
        write_file(f"{tmp_path}/{name}", "text")
    assert raised.value.reason == reason


@on_posix
def test_an_input_is_never_written_over_under_whatever_name(tmp_path: Path) -> None:
    (tmp_path / "grant.yaml").write_text("grant: A\n", encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "grant.yaml")
    (tmp_path / "hard").hardlink_to(tmp_path / "grant.yaml")
    for name in ("grant.yaml", "link", "hard"):
        with pytest.raises(UnwritableOutputError, match="this is an input"):
            write_file(str(tmp_path / name), "text", ["-", "missing", str(tmp_path / "grant.yaml")])
    assert (tmp_path / "grant.yaml").read_text(encoding="utf-8") == "grant: A\n"


@on_posix
def test_an_output_keeps_the_permissions_of_what_stood_there(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("before", encoding="utf-8")
    (tmp_path / "out").chmod(0o640)
    write_file(str(tmp_path / "out"), "after")
    assert (tmp_path / "out").stat().st_mode & 0o777 == 0o640


@on_posix
def test_a_new_output_has_the_permissions_of_any_new_file(tmp_path: Path) -> None:
    (tmp_path / "usual").touch()
    write_file(str(tmp_path / "out"), "text")
    assert (tmp_path / "out").stat().st_mode == (tmp_path / "usual").stat().st_mode


@on_posix
def test_an_output_through_a_link_is_written_where_the_link_leads(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("before", encoding="utf-8")
    (tmp_path / "link").symlink_to("real")
    write_file(str(tmp_path / "link"), "after")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text(encoding="utf-8") == "after"


def test_a_long_name_leaves_room_for_the_temporary_file_beside_it(tmp_path: Path) -> None:
    name = "x" * 250
    write_file(str(tmp_path / name), "text")
    assert (tmp_path / name).read_text(encoding="utf-8") == "text"
