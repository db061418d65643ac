"""The schedule as a calendar, read back by a library that reads calendars."""

from __future__ import annotations

import re
import sys
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

import pytest
from icalendar import Calendar
from typer.testing import CliRunner, Result

from grantcalc.cli import app
from tests.grant_files import EXAMPLES, MARSOC

if TYPE_CHECKING:
    from pathlib import Path

    from icalendar import Event

OUTREACH_FILE: Final = str(EXAMPLES / "outreach.yaml")
OUTREACH: Final = (EXAMPLES / "outreach.yaml").read_text(encoding="utf-8")
MARSOC_FILE: Final = str(EXAMPLES / "marsoc.yaml")
HARMFUL: Final = re.compile("[\x00-\x09\x0b-\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


def print_calendar(path: str, *options: str) -> Result:
    result = CliRunner().invoke(app, ["invoices", path, "--format", "ics", *options])
    assert result.exit_code == 0, result.stderr
    return result


def events(path: str, *options: str) -> list[Event]:
    return Calendar.from_ical(print_calendar(path, *options).stdout_bytes).walk("VEVENT")


def days(listed: list[Event]) -> list[tuple[date, str]]:
    return [(event["DTSTART"].dt, str(event["SUMMARY"])) for event in listed]


def grant_file(folder: Path, text: str, name: str = "grant.yaml") -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_an_invoice_has_an_event_for_each_of_its_dates() -> None:
    assert days(events(OUTREACH_FILE, "--number", "3")) == [
        (date(2025, 10, 1), "Invoice 3 may be sent: £12,662.64, Outreach for rough sleepers"),
        (date(2025, 10, 28), "Last day to claim invoice 3: £12,662.64, Outreach for rough sleepers"),
        (date(2025, 10, 31), "Payment of invoice 3 is due: £12,662.64, Outreach for rough sleepers"),
    ]


def test_no_date_is_invented() -> None:
    assert days(events(MARSOC_FILE))[0] == (date(2022, 4, 1), "Invoice 1 may be sent: £50,582, London MARSOC hub")
    assert len(events(MARSOC_FILE)) == 8
    assert len(events(OUTREACH_FILE)) == 29  # ten invoices, of which the one up front has no date to claim by


def test_an_event_tells_the_period_the_amounts_and_the_references() -> None:
    assert str(events(OUTREACH_FILE, "--number", "3")[0]["DESCRIPTION"]).splitlines() == [
        "Period: 1 July to 30 September 2025",
        "Amount: £12,662.64",
        "Cumulative: £28,198.20",
        "Remaining: £90,301.80",
        "Reference: HS/2025/014",
        "Purchase order: 4500178331",
        "Customer's reference: HSG-RS-7",
        "Supplier's reference: HT-014",
        "Cost centre: CC 2210",
    ]


def test_events_are_known_by_the_grant_the_number_and_the_kind(tmp_path: Path) -> None:
    known = [str(event["UID"]) for event in events(OUTREACH_FILE)]
    assert len(set(known)) == len(known)
    later = OUTREACH.replace("payment_due: 30 days", "payment_due: 45 days").replace("£33,120", "£34,120")
    moved = grant_file(tmp_path, later, "another name.yaml")
    assert [str(event["UID"]) for event in events(moved)] == known
    other = grant_file(tmp_path, OUTREACH.replace("HS/2025/014", "HS/2025/015"))
    assert not set(known) & {str(event["UID"]) for event in events(other)}


def test_a_grant_without_a_reference_is_known_by_its_name(tmp_path: Path) -> None:
    unnamed = MARSOC.replace("reference: PCD 1258\n", "")
    one, other = grant_file(tmp_path, unnamed, "a.yaml"), grant_file(tmp_path, unnamed.replace("hub", "pod"), "b.yaml")
    assert not {str(event["UID"]) for event in events(one)} & {str(event["UID"]) for event in events(other)}


def test_no_clock_is_asked() -> None:
    assert print_calendar(OUTREACH_FILE).stdout_bytes == print_calendar(OUTREACH_FILE).stdout_bytes
    assert {event["DTSTAMP"].dt for event in events(OUTREACH_FILE, "--number", "3")} == {
        datetime(2025, 10, 1, tzinfo=UTC)
    }


def test_an_event_takes_the_whole_day_and_none_of_anyone_s_time() -> None:
    for event in events(OUTREACH_FILE):
        assert type(event["DTSTART"].dt) is date
        assert event["TRANSP"] == "TRANSPARENT"


def test_a_reminder_comes_so_many_days_before() -> None:
    alarms = [alarm for event in events(OUTREACH_FILE, "--remind", "7") for alarm in event.walk("VALARM")]
    assert len(alarms) == 29
    assert {(alarm["ACTION"], alarm["TRIGGER"].dt) for alarm in alarms} == {("DISPLAY", timedelta(days=-7))}
    assert not [alarm for event in events(OUTREACH_FILE) for alarm in event.walk("VALARM")]


def test_lines_end_and_fold_as_rfc_5545_says(tmp_path: Path) -> None:
    path = grant_file(tmp_path, OUTREACH.replace("Outreach for rough sleepers", "Gwasanaeth ŵyl y gaeaf " * 9))
    printed = print_calendar(path).stdout_bytes
    lines = printed.split(b"\r\n")
    assert lines[-1] == b""
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75
    target = tmp_path / "out.ics"
    assert print_calendar(path, "--output", str(target)).stdout == ""
    assert target.read_bytes() == printed


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (r"a, b; c\\d: \"e\"", 'a, b; c\\d: "e"'),
        (r"two\nEND:VEVENT\r\nlines", "two END:VEVENT lines"),
        (r"\e[31mred", r"\u001b[31mred"),
        ("\u202egnp", r"\u202egnp"),
        ("<script>", "<script>"),
        ("x" * 10_000, "x" * 10_000),
    ],
)
def test_a_name_is_read_back_as_it_is_shown(tmp_path: Path, name: str, shown: str) -> None:
    path = grant_file(tmp_path, MARSOC.replace("London MARSOC hub", f'"{name}"'))
    assert str(events(path)[0]["SUMMARY"]) == f"Invoice 1 may be sent: £50,582, {shown}"
    assert not HARMFUL.search(print_calendar(path).stdout_bytes.decode())


def test_a_missing_library_is_named_with_the_extra_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "icalendar", None)
    result = CliRunner().invoke(app, ["invoices", MARSOC_FILE, "--format", "ics"])
    assert (result.exit_code, result.stdout) == (3, "")
    assert (
        result.stderr == 'grantcalc: writing a calendar needs the library icalendar: pip install "grantcalc[claims]"\n'
    )
