"""Findings: notes that are worked out only when somebody reads them."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

from grantcalc.findings import Note, Reasoning

if TYPE_CHECKING:
    from collections.abc import Iterator


def test_reasoning_is_written_once_and_only_when_it_is_read() -> None:
    written: list[str] = []

    def write() -> Iterator[Note]:
        written.append("once")
        yield Note("working: £1 + £1 = £2")

    reasoning = Reasoning(write)
    assert not written
    assert [note.message for note in reasoning] == ["working: £1 + £1 = £2"]
    assert (len(reasoning), reasoning[0].message, list(reasoning[1:])) == (1, "working: £1 + £1 = £2", [])
    assert written == ["once"]


def test_reasoning_is_the_same_as_its_notes_and_travels_as_these() -> None:
    notes = (Note("working: £1 + £1 = £2"),)
    reasoning = Reasoning(lambda: notes)
    assert reasoning == notes
    assert hash(reasoning) == hash(notes)
    assert reasoning != ()
    sent = pickle.loads(pickle.dumps(reasoning))  # noqa: S301  (our own)
    assert isinstance(sent, tuple)
    assert sent == notes
