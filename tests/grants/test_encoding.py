"""Bytes as text: UTF-8, or what they are instead."""

from __future__ import annotations

import pytest

from grantcalc.grants.encoding import decode
from grantcalc.grants.faults import Fault
from tests.grant_files import check_bytes, findings

TEXT = "grant: Café\naward: £405,608\n"


@pytest.mark.parametrize("data", [TEXT.encode(), TEXT.encode("utf-8-sig"), b"", b"grant: A\n"])
def test_utf_8_is_read_with_or_without_its_mark(data: bytes) -> None:
    assert decode(data) == data.decode("utf-8-sig")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_named_with_or_without_its_mark(encoding: str) -> None:
    fault = decode(TEXT.encode(encoding))
    assert isinstance(fault, Fault)
    assert (fault.message, fault.remedy) == (
        "the file is UTF-16, not UTF-8",
        "save the file as UTF-8 (in an editor: save as, encoding UTF-8)",
    )


def test_windows_1252_is_named_at_its_first_odd_character() -> None:
    (one,) = findings(check_bytes("grant: A\naward: £405,608\n".encode("cp1252")))
    assert (one.code, one.line, one.column) == ("GC101", 2, 8)
    assert one.message == 'the byte A3 ("£" in Windows-1252) is not UTF-8'


def test_a_broken_utf_8_character_is_placed_in_characters_not_bytes() -> None:
    fault = decode("££ é".encode() + b"\x81\n")
    assert isinstance(fault, Fault)
    assert (fault.message, fault.at.line, fault.at.column) == ("the byte 81 is not UTF-8", 1, 5)


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"a\0b"])
def test_what_is_no_text_at_all_is_no_fault_of_a_text(data: bytes) -> None:
    assert decode(data) is None


def test_a_mark_at_the_beginning_moves_no_column() -> None:
    (one,) = findings(check_bytes("\ufeffgrnt: A\ngrant: B\n".encode()))
    assert (one.code, one.line, one.column, one.marked) == ("GC103", 1, 1, "grnt")
