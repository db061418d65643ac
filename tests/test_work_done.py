"""How often work is done that takes long, counted in calls: none for what is not printed, and nothing twice."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

from grantcalc import slips
from grantcalc.batch_tasks import Task, check_task
from grantcalc.files import RawFile
from grantcalc.grants import schedule
from grantcalc.grants.document import LOADER
from grantcalc.results.checked import CheckedFile
from grantcalc.results.inputs import Input
from tests.grant_files import MARSOC, SMALL

if TYPE_CHECKING:
    from types import CodeType, FrameType


def _calls(text: str, *, reasons: bool = False) -> Counter[CodeType]:
    """How often each function written in Python is called while a grant file is checked, and its notes are read."""
    calls: Counter[CodeType] = Counter()

    def note(frame: FrameType, event: str, _: Any) -> None:  # noqa: ANN401  (what an event brings, or nothing)
        calls[frame.f_code] += event == "call"

    task = Task("grant.yaml", RawFile(Input("grant.yaml", ""), text.encode()), is_grant=True, reasons=reasons)
    before = sys.getprofile()
    sys.setprofile(note)
    try:
        file = check_task(task).file
        assert isinstance(file, CheckedFile)
        notes = [list(finding.notes) for finding in file.findings]
        assert any(notes) is reasons
    finally:
        sys.setprofile(before)
    return calls


def test_slips_are_searched_for_only_where_reasons_are_wanted_and_then_once() -> None:
    search = slips.likely_slips.__code__
    assert _calls(MARSOC)[search] == 0
    assert _calls(MARSOC, reasons=True)[search] == 1


def test_a_grant_is_cut_into_periods_once() -> None:
    assert _calls(MARSOC)[schedule.slices.__code__] == 1


def test_a_file_is_parsed_once_for_its_values_and_once_more_for_the_places_of_all_findings() -> None:
    parser = LOADER.__init__.__code__
    assert _calls(SMALL)[parser] == 1
    assert _calls(MARSOC)[parser] == 2
