"""Findings that a grant file accepts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from typer.testing import CliRunner, Result

from grantcalc.cli import app
from tests.grant_files import SMALL, check_text, codes, found

if TYPE_CHECKING:
    from pathlib import Path

# The costs make £30,002, £2 over the award of £30,000; one payment is cut by £2.
OVER = SMALL.replace("£30,000", "£30,002") + "award: £30,000\npayments: {frequency: yearly}\n"
MESSAGE = "the costs make £30,002, £2 over the award of £30,000"


def _accepting(finding: str, subject: str, more: str = "", file: str = OVER) -> str:
    """A file that accepts one finding."""
    return f"{file}accept:\n  - finding: {finding}\n    subject: {json.dumps(subject)}\n    reason: We bear it\n{more}"


def _check(folder: Path, text: str, *options: str) -> Result:
    (folder / "grant.yaml").write_text(text, encoding="utf-8")
    return CliRunner().invoke(app, ["check", str(folder / "grant.yaml"), *options])


@pytest.mark.parametrize("finding", ["GC501", "gc501", "cost-over-award", "Cost-Over-Award"])
@pytest.mark.parametrize("subject", [MESSAGE, "the costs make £30,002", f"  {MESSAGE.replace('the ', 'the  ')} "])
def test_a_finding_is_accepted_by_its_message_or_by_the_beginning_up_to_a_comma(finding: str, subject: str) -> None:
    text = _accepting(finding, subject)
    assert codes(found(OVER)) == ["GC501", "GC304"]
    assert codes(found(text)) == ["GC304"]
    (accepted,) = [one for one in check_text(text).findings if one.accepted]
    assert (accepted.rule.code, accepted.accepted.reason) == ("GC501", "We bear it")  # type: ignore[union-attr]


@pytest.mark.parametrize("subject", ["the costs make £30", "the costs", "the costs make £30,002, £3 over", "The costs"])
def test_an_amount_cut_at_its_comma_or_another_beginning_accepts_nothing(subject: str) -> None:
    listed = found(_accepting("GC501", subject))
    assert codes(listed) == ["GC501", "GC304", "GC902"]
    assert listed[-1].message == f'GC501 cost-over-award is accepted, but not found: "{subject}"'


def test_what_was_accepted_counts_again_once_its_figures_have_changed() -> None:
    changed = _accepting("GC501", MESSAGE).replace("salary: £30,002", "salary: £32,000")
    listed = found(changed)
    assert codes(listed) == ["GC501", "GC304", "GC902"]
    assert listed[-1].notes == (
        "found: the costs make £32,000, £2,000 over the award of £30,000",
        "to mend: copy the subject anew if this is accepted too",
    )


def test_a_finding_is_accepted_only_by_its_own_rule() -> None:
    assert codes(found(_accepting("GC502", MESSAGE))) == ["GC501", "GC304", "GC902"]


@pytest.mark.parametrize(
    ("finding", "message"),
    [
        ("GC5011", 'no rule is called "GC5011"; did you mean "GC501"?'),
        ("cost-over-awards", 'no rule is called "cost-over-awards"; did you mean "cost-over-award"?'),
        ("GC5", 'no rule is called "GC5"'),
        ("GC103", "findings of GC103 unknown-key cannot be accepted"),
        ("GC806", "findings of GC806 rate-not-given cannot be accepted"),
        ("GC902", "findings of GC902 acceptance-of-nothing cannot be accepted"),
    ],
)
def test_what_cannot_be_accepted_is_an_error_at_its_place(finding: str, message: str) -> None:
    (error,) = [one for one in found(_accepting(finding, MESSAGE)) if one.code == "GC901"]
    assert error.message.startswith(message)
    assert (error.severity, error.marked) == ("error", finding)


def test_a_fault_that_leaves_nothing_to_compute_is_not_accepted() -> None:
    assert codes(found(_accepting("GC103", "unknown key", file=OVER + "colour: red\n"))) == ["GC103"]


def test_a_warning_of_the_file_can_be_accepted() -> None:
    text = _accepting("GC115", '"£30, 000" has a space among its digits', file=SMALL.replace("£30,000", "£30, 000"))
    assert codes(found(text)) == []


@pytest.mark.parametrize(
    ("key", "line"), [("reason", "    reason: We bear it\n"), ("finding", "finding: GC501\n    "), ("by", None)]
)
def test_a_rule_a_subject_and_a_reason_must_be_given(key: str, line: str | None) -> None:
    text = _accepting("GC501", MESSAGE)
    listed = found(text.replace(line, "") if line else text)
    assert codes(listed) == (["GC105"] if line else ["GC304"])
    assert not line or listed[0].message == f'the key "{key}" is missing in entry 1 of accept'


def test_a_misspelt_key_is_told_with_the_nearest_one() -> None:
    (fault,) = found(_accepting("GC501", MESSAGE, "    untill: 2026-03-31\n"))
    assert fault.message == 'unknown key "untill" in entry 1 of accept; did you mean "until"?'


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ((), ["GC304"]),
        (("--as-of", "2026-03-31"), ["GC304"]),
        (("--as-of", "2026-04-01"), ["GC501", "GC304", "GC903"]),
    ],
)
def test_an_acceptance_ends_after_its_last_day_and_only_if_a_day_is_given(
    tmp_path: Path, options: tuple[str, ...], expected: list[str]
) -> None:
    printed = _check(tmp_path, _accepting("GC501", MESSAGE, "    until: 2026-03-31\n"), "-f", "json", *options).stdout
    listed = json.loads(printed)["findings"]
    assert [one["code"] for one in listed if one["accepted"] is None] == expected


def test_rules_that_are_not_asked_for_do_not_make_their_acceptances_useless(tmp_path: Path) -> None:
    assert "GC902" not in _check(tmp_path, _accepting("GC501", MESSAGE), "--select", "GC902").stdout
    assert "GC902" not in _check(tmp_path, _accepting("GC501", MESSAGE), "--ignore", "GC501").stdout


CLAIMS = """\
payments: {frequency: quarterly}
claims:
  - period: 1
    claimed: 2025-08-04
    costs: {salary: 7500}
"""
LATE = CLAIMS.replace("quarterly", "quarterly, claim_by: 30 days")


@pytest.mark.parametrize("day", [None, "2025-07-01", "2025-12-31"])
def test_a_claim_that_is_accepted_as_late_is_not_missed_on_a_day_before_it_was_made(
    tmp_path: Path, day: str | None
) -> None:
    text = _accepting("GC311", "claim 1 was made on 4 August 2025", file=SMALL + LATE)
    options = ("--as-of", day) if day else ()
    assert "[GC902]" not in _check(tmp_path, text, *options).stdout


@pytest.mark.parametrize(("day", "said"), [(None, 0), ("2025-12-31", 1)])
def test_what_is_late_on_some_days_alone_is_missed_only_if_a_day_is_given(
    tmp_path: Path, day: str | None, said: int
) -> None:
    text = _accepting("GC311", "claim 1 is a draft", file=SMALL + LATE)
    options = ("--as-of", day) if day else ()
    assert _check(tmp_path, text, *options).stdout.count("[GC902]") == said


def _printed(folder: Path, format_: str) -> str:
    text = _accepting("GC501", MESSAGE, "    by: Head of Finance\n    until: 2026-03-31\n")
    return _check(folder, text, "-f", format_, "--select", "GC501").stdout


TEXT = "We bear it (by Head of Finance, until 31 March 2026)"


@pytest.mark.parametrize(
    ("format_", "expected"),
    [
        ("full", f"accepted[GC501] {MESSAGE}\n--> PATH:8:8\n = accepted: {TEXT}\n"),
        ("concise", f"PATH:8:8: GC501 {MESSAGE} (accepted: {TEXT})\n"),
        ("github", f"GC501 cost-over-award::{MESSAGE}%0Aaccepted: {TEXT}\n"),
        ("markdown", f"| accepted | GC501 cost-over-award | 8:8 | {MESSAGE} (accepted: {TEXT}) |\n"),
    ],
)
def test_what_is_accepted_is_shown_with_the_reason(tmp_path: Path, format_: str, expected: str) -> None:
    printed = _printed(tmp_path, format_)
    assert expected.replace("PATH", str(tmp_path / "grant.yaml")) in printed
    assert (format_ == "github") == printed.startswith("::notice ")
    if format_ != "github":
        assert printed.endswith("1 accepted, 0 places not checked. No findings.\n")


def test_a_file_in_which_all_is_accepted_is_said_to_be_so(tmp_path: Path) -> None:
    assert _printed(tmp_path, "full").startswith("Nothing else is wrong: 1 finding is accepted.\n")


def _json(folder: Path, format_: str) -> Any:  # noqa: ANN401  (any JSON)
    return json.loads(_printed(folder, format_))


def test_documents_have_who_accepted_a_finding_why_and_until_when(tmp_path: Path) -> None:
    (finding,) = _json(tmp_path, "json")["findings"]
    assert finding["severity"] == "error"
    assert finding["accepted"] == {"reason": "We bear it", "by": "Head of Finance", "until": "2026-03-31"}
    (result,) = _json(tmp_path, "sarif")["runs"][0]["results"]
    assert result["suppressions"] == [{"kind": "inSource", "status": "accepted", "justification": TEXT}]
    (entry,) = _json(tmp_path, "gitlab")
    assert (entry["severity"], entry["description"]) == ("info", f"{MESSAGE} (accepted: {TEXT})")


def test_an_accepted_finding_is_a_test_that_is_skipped(tmp_path: Path) -> None:
    (suite,) = ET.fromstring(_printed(tmp_path, "junit"))  # noqa: S314  (it was printed just now)
    assert (suite.attrib["skipped"], suite.attrib["failures"]) == ("1", "0")
    assert suite.find("testcase/skipped").attrib["message"] == f"accepted: {TEXT}"  # type: ignore[union-attr]


def test_every_result_says_whether_it_is_suppressed_where_any_is(tmp_path: Path) -> None:
    results = json.loads(_check(tmp_path, _accepting("GC501", MESSAGE), "-f", "sarif").stdout)["runs"][0]["results"]
    assert [len(result["suppressions"]) for result in results] == [0, 1]
    results = json.loads(_check(tmp_path, OVER, "-f", "sarif").stdout)["runs"][0]["results"]
    assert not any("suppressions" in result for result in results)


def test_acceptances_change_no_amount(tmp_path: Path) -> None:
    for name, text in (("old.yaml", OVER), ("new.yaml", _accepting("GC501", MESSAGE))):
        (tmp_path / name).write_text(text, encoding="utf-8")
    result = CliRunner().invoke(app, ["diff", str(tmp_path / "old.yaml"), str(tmp_path / "new.yaml"), "-f", "json"])
    document = json.loads(result.stdout)
    assert (document["costs"], document["total"]["difference"]) == ([], "0.00")
    assert document["terms"][0]["keys"][:2] == ["accept", MESSAGE]


UNPAID_CLAIM = """\
grant: A
years: [2025-26]
payments: {payment_due: 30 days}
posts:
  - role: B
    costs: {2025-26: {salary: £400}}
claims:
  - {period: 1, costs: {salary: £100}, claimed: 2025-07-04}
"""
UNPAID = "£100 of claim 1 is not paid; it was due by 3 August 2025"


@pytest.mark.parametrize(
    ("text", "options", "said"),
    [
        (UNPAID_CLAIM, "claims --as-of 2025-09-01", f"warning[GC312] {UNPAID}\n"),
        (_accepting("GC312", UNPAID, file=UNPAID_CLAIM), "claims --as-of 2025-09-01", ""),
        (_accepting("GC312", "£100 of claim 1 is not paid", file=UNPAID_CLAIM), "claims --as-of 2025-09-01", ""),
        (
            _accepting("GC312", UNPAID, "    until: 2025-08-31\n", UNPAID_CLAIM),
            "claims --as-of 2025-09-01",
            f"warning[GC312] {UNPAID}\n",
        ),
        (_accepting("GC312", UNPAID, "    until: 2025-08-31\n", UNPAID_CLAIM), "claims --as-of 2025-08-31", ""),
        # What is accepted of another claim, or is no finding of a ledger at all, hides nothing and is not told here.
        (
            _accepting("GC312", "£100 of claim 2 is not paid", file=UNPAID_CLAIM),
            "claims --as-of 2025-09-01",
            f"warning[GC312] {UNPAID}\n",
        ),
        (OVER, "invoices", "warning[GC304] payment 1 is cut by £2 to £30,000: the award is used up\n"),
        (_accepting("GC304", "payment 1 is cut by £2 to £30,000"), "invoices", ""),
    ],
)
def test_a_ledger_and_a_schedule_do_not_say_what_is_accepted(
    tmp_path: Path, text: str, options: str, said: str
) -> None:
    (tmp_path / "grant.yaml").write_text(text, encoding="utf-8")
    command, *others = options.split()
    result = CliRunner().invoke(app, [command, str(tmp_path / "grant.yaml"), *others])
    assert (result.exit_code, result.stderr) == (0, said)
