"""What is wrong with pay and rates: each fault with its place, and what to write."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from grantcalc import workflow
from grantcalc.severity import Severity
from tests.grant_files import codes, findings, found
from tests.grants.costing.files import post
from tests.grants.costing.test_costs import SALARY, SCALES, SPINE

if TYPE_CHECKING:
    from pathlib import Path

INCLUDED = "includes: on-costs"
PENSIONED = ("on_costs:", "  pension: LGPS")
LGPS = "  pensions:\n    - scheme: LGPS\n      from: 2022-04-01\n      rate: 18%\n"
AWARD = "  pay_awards:\n    - from: {}\n      by: 5%\n"
TWICE = "the pay award of 5% from {} would count twice for Officer"
KIT = "grant: Example\nyears: [2022]\nother_costs:\n  - item: Kit\n"


@pytest.mark.parametrize(
    ("text", "code", "marked", "message", "remedy"),
    [
        (
            post(SALARY, INCLUDED, "fte: 1.2"),
            "GC801",
            "1.2",
            "Officer, pay, fte: an FTE of 1.2 is more than one person can work",
            "list several people under people, each with an fte of at most 1",
        ),
        (
            post(SALARY, INCLUDED, "fte: 2"),
            "GC801",
            "2",
            "Officer, pay, fte: an FTE of 2 is more than one person can work",
            "for 2 posts write people: 2",
        ),
        (
            post(SALARY, INCLUDED, "fte: 0"),
            "GC801",
            "0",
            "Officer, pay, fte: an FTE of 0 is nobody",
            "write the share that is worked, such as 0.8",
        ),
        (
            post(SALARY, INCLUDED, "fte: half"),
            "GC801",
            "half",
            'Officer, pay, fte: "half" stands here where a full-time equivalent should',
            "write one such as 0.8",
        ),
        (
            post(SALARY, INCLUDED, "people:", "  - fte: 1", "  - fte: 1.5"),
            "GC801",
            "1.5",
            "Officer, pay, people, fte: an FTE of 1.5 is more than one person can work",
            "list several people under people, each with an fte of at most 1",
        ),
        (
            post(SALARY, INCLUDED, "people: two"),
            "GC107",
            "two",
            'Officer, pay, people: "two" stands here where a number of people should',
            "write how many, such as 2, or list them, each with its fte, starts or ends",
        ),
        (
            post(SALARY, INCLUDED, "starts: 15/5/2022"),
            "GC108",
            "15/5/2022",
            'Officer, pay, starts: "15/5/2022" is not a date',
            None,
        ),
        (
            post(SALARY, INCLUDED, "starts: 2022-05-15", "ends: 2022-04-15"),
            "GC802",
            "2022-04-15",
            "Officer ends on 15 April 2022, before it starts on 15 May 2022",
            "exchange or correct the dates",
        ),
        (
            post(SALARY, INCLUDED, "starts: 2025-05-15"),
            "GC802",
            "2025-05-15",
            "Officer is in post on no day of the grant's years: it starts on 15 May 2025",
            "correct the date, or leave the post out",
        ),
        (
            post(SALARY, INCLUDED, "ends: 2021-05-15"),
            "GC802",
            "2021-05-15",
            "Officer is in post on no day of the grant's years: it ends on 15 May 2021",
            "correct the date, or leave the post out",
        ),
        (
            post(SALARY, INCLUDED, "vacant:", "  from: 2022-05-15", "  to: 2022-05-01"),
            "GC802",
            "2022-05-15",
            "Officer is vacant from 15 May 2022 to 1 May 2022, which is backwards",
            "exchange the dates",
        ),
        (
            post(SALARY, INCLUDED, "starts: 2022-06-01", "vacant:", "  - from: 2022-05-01", "    to: 2022-05-15"),
            "GC802",
            "2022-05-01",
            "Officer is vacant from 1 May 2022 to 15 May 2022, outside of its days in post",
            "leave it out, or correct the dates",
        ),
        (
            post(
                SALARY,
                INCLUDED,
                "vacant:",
                "  - from: 2022-05-01",
                "    to: 2022-05-15",
                "  - from: 2022-05-15",
                "    to: 2022-05-20",
            ),
            "GC802",
            "2022-05-15",
            "two vacancies of Officer share 15 May 2022",
            "let each day belong to one",
        ),
        (
            post(SALARY, INCLUDED, years="[Year 1]"),
            "GC802",
            "Year 1",
            "Year 1 has no dates, so that no post can be costed from its pay",
            "give starts and ends",
        ),
        (
            post(SALARY, INCLUDED, years="[{year: 2022, starts: 2022-06-01, ends: 2022-05-31}]"),
            "GC802",
            "year",
            "2022 ends before it starts, so that no post can be costed from its pay",
            "give starts and ends",
        ),
        (
            post(SALARY, INCLUDED, costing=AWARD.format("2022-01-01")),
            "GC803",
            "2022-01-01",
            f"{TWICE.format('1 January 2022')}: the salary is given as at 1 January 2022",
            "leave out the award, or give the salary or scale as at a day before it (as_at, or the scale's from)",
        ),
        (
            post(*SPINE, costing=SCALES + AWARD.format("2020-09-01")),
            "GC803",
            "2020-09-01",
            f"{TWICE.format('1 September 2020')}: Grade 7 is from 1 April 2021",
            "leave out the award, or give the salary or scale as at a day before it (as_at, or the scale's from)",
        ),
        (
            post("spine:", "  scale: Grade 8", "  point: 1", INCLUDED, costing=SCALES),
            "GC804",
            "Grade 8",
            'Officer is on the scale "Grade 8", which is not given; did you mean "Grade 7"?',
            None,
        ),
        (
            post("spine:", "  scale: Constable", "  point: 1", INCLUDED),
            "GC804",
            "Constable",
            'Officer is on the scale "Constable", which is not given',
            "the scales are: none; list them under costing, scales",
        ),
        (
            post("spine:", "  scale: Grade 7", "  point: 17", INCLUDED, costing=SCALES),
            "GC804",
            "17",
            'Officer: the scale "Grade 7" has no point "17"',
            "its points are 1, 2, 3",
        ),
        (
            post(
                "spine:",
                "  scale: Grade 7",
                "  point: 3",
                "increments:",
                "  from: 2022-06-01",
                "  to: 2",
                INCLUDED,
                costing=SCALES,
            ),
            "GC804",
            "2",
            "Officer: increments go to point 2, which is below point 3",
            "give a point above it",
        ),
        (
            post(*SPINE, "increments: 2022-07-01", costing=SCALES.replace("        2: £31,200\n", "")),
            "GC804",
            "2022-07-01",
            'Officer: increments lead from point 1 to point 2, which "Grade 7" lacks',
            "list every point that increments lead through, lowest first, or end them with to",
        ),
        (
            post(SALARY, INCLUDED, costing="  scales: pay.yaml\n").replace("Example", "Example 2"),
            "GC805",
            "pay.yaml",
            "the scales of pay.yaml cannot be read: there is no such file; check the name and the folder",
            None,
        ),
        (
            post(SALARY, "increments: 2022-06-01", INCLUDED),
            "GC806",
            "2022-06-01",
            "Officer has increments, and neither a scale nor an amount says how large they are",
            "add by, such as by: £1,020, or give a spine instead of a salary",
        ),
        (
            post(SALARY, INCLUDED, costing="  overhead:\n    rate: some\n"),
            "GC106",
            "some",
            'costing, overhead, rate: "some" stands here where a percentage should',
            "write one such as 5%",
        ),
        (
            post(SALARY, INCLUDED, costing="  overhead:\n    rate: -5%\n"),
            "GC106",
            "-5%",
            'costing, overhead, rate: "-5%" is less than nothing',
            "give a percentage of zero or more",
        ),
        (
            post(SALARY, INCLUDED, costing="  pay_awards: 5%\n"),
            "GC107",
            "5%",
            'costing, pay_awards: "5%" stands here where a list should',
            "write from and by, such as by: 5%, below, indented",
        ),
        (
            post(SALARY, INCLUDED, "increments:", "  from: 2022-06-01", "  by: £500", "  to: 4"),
            "GC804",
            "increments",
            "Officer: increments go to a point, and the post is on no scale",
            "leave out to, or give a spine instead of a salary",
        ),
        (
            post(*SPINE, "increments:", "  from: 2022-06-01", "  by: £500", costing=SCALES),
            "GC107",
            "increments",
            "Officer: increments are given an amount, and the scale has its own",
            "leave out by",
        ),
        (
            post(SALARY, *PENSIONED),
            "GC806",
            "LGPS",
            'no rate is given for the pension scheme "LGPS" of Officer',
            "under costing, pensions, add scheme: LGPS, with its rate and the day from which it holds",
        ),
        (
            post(SALARY, *PENSIONED, costing=LGPS.replace("LGPS", "LPGS")),
            "GC806",
            "LGPS",
            'no rate is given for the pension scheme "LGPS" of Officer; did you mean "LPGS"?',
            None,
        ),
        (
            post(SALARY, *PENSIONED, costing=LGPS),
            "GC806",
            "LGPS",
            'the rate of "LGPS" is given from 1 April 2022, and Officer is paid from 1 January 2022',
            "under costing, pensions, add scheme: LGPS, with its rate and the day from which it holds",
        ),
        (
            post(SALARY, "on_costs:", "  national_insurance: yes", years="[2020-21]"),
            "GC806",
            "yes",
            "employer's National Insurance is known from 6 April 2021, and Officer is paid from 1 April 2020",
            "state its rate and threshold under costing, national_insurance",
        ),
        (
            post(*SPINE, costing=SCALES.replace("2021-04-01", "2022-04-01")),
            "GC806",
            "Grade 7",
            "Officer is in post from 1 January 2022, and Grade 7 is given only from 1 April 2022",
            "add the table that was in force before, from its own day",
        ),
        (
            f"headings: [staff]\n{post(SALARY, INCLUDED)}",
            "GC806",
            "pay",
            'the grant has no heading "salary" for the salary of Officer',
            "name the heading under costing, headings, such as salary: revenue",
        ),
        (
            post(INCLUDED, "fte: 0.5"),
            "GC105",
            "pay",
            "Officer, pay: neither a salary nor a spine is given",
            "give a salary for a full-time year, or a spine with its scale and point",
        ),
        (
            post(SALARY, *SPINE, costing=SCALES),
            "GC107",
            "pay",
            "Officer, pay: both a salary and a point of a scale are given",
            "give the salary, or the scale and point",
        ),
        (
            post(SALARY, INCLUDED, *PENSIONED, costing=LGPS),
            "GC107",
            "pay",
            "Officer, pay: the salary includes on-costs, and on_costs adds them again",
            "leave out one of the two",
        ),
        (
            post(SALARY, INCLUDED, "fet: 0.8"),
            "GC103",
            "fet",
            'unknown key "fet" in Officer, pay; did you mean "fte"?',
            None,
        ),
        (
            post(SALARY, "on_costs:", "  national_insurence: yes"),
            "GC103",
            "national_insurence",
            'unknown key "national_insurence" in Officer, pay, on_costs; did you mean "national_insurance"?',
            None,
        ),
        (
            post(SALARY, INCLUDED, costing="  pay_award:\n    from: 2022-09-01\n"),
            "GC103",
            "pay_award",
            'unknown key "pay_award" in costing; did you mean "pay_awards"?',
            None,
        ),
        (
            post(
                SALARY,
                INCLUDED,
                costing="  pay_awards:\n    - form: 2022-09-01\n      from: 2022-09-01\n      by: 5%\n",
            ),
            "GC103",
            "form",
            'unknown key "form" in costing, pay_awards; did you mean "from"?',
            None,
        ),
        (
            post(SALARY, "on_costs:", "  national_insurance: 30%"),
            "GC107",
            "30%",
            'Officer, pay, on_costs, national_insurance: "30%" stands here where yes or no should',
            "write yes or no",
        ),
        (
            post(SALARY, INCLUDED, costing="  pay_awards:\n    from: 2022-09-01\n    by: 5\n"),
            "GC106",
            "5",
            'costing, pay_awards, by: "5" may be a percentage or an amount',
            "write 5% or £5",
        ),
        (
            post(SALARY, INCLUDED, costing="  inflation:\n    overhead: 3\n"),
            "GC106",
            "3",
            'costing, inflation, overhead: "3" stands here where a percentage should',
            "write 3% if per cent is meant",
        ),
        (
            post(SALARY, INCLUDED, "overhead: £8,723"),
            "GC107",
            "£8,723",
            'Officer, pay, overhead: "£8,723" may be an amount a year, or one for each full-time post',
            "write flat: £8,723 or per_fte: £8,723 below, indented",
        ),
        (
            post(SALARY, "on_costs:", "  pension: 0.185"),
            "GC106",
            "0.185",
            'Officer, pay, on_costs, pension: "0.185" stands here where a percentage should',
            "write 18.5% if a share of the whole is meant, else 0.185%",
        ),
        (
            post(SALARY, INCLUDED, "increments:"),
            "GC107",
            "increments",
            "Officer, pay, increments: nothing is given",
            "write its value, or leave the key out",
        ),
        (
            post(SALARY, INCLUDED, costing="  pay_awards:\n    from: 2022-09-01\n    by: £1, 900\n"),
            "GC106",
            "£1, 900",
            'costing, pay_awards, by: "£1, 900" stands here where a percentage or an amount should',
            "write a percentage such as 5%, or an amount a year such as £1,900",
        ),
        (
            f"{KIT}    costs: {{2022: {{overhead: 5}}}}\n    uplift: 2%\n".replace(
                "[2022]", "[2022, {year: 2023, starts: 2023-01-01, ends: 2023-03-31}]"
            ),
            "GC806",
            "2%",
            "the uplift of Kit would make 2023, of 3 months, from 2022, of 12 months",
            "give the amounts of 2023 under costs",
        ),
        (
            f"{KIT}    costs: {{overhead: 5}}\n    uplift:\n",
            "GC107",
            "uplift",
            "Kit, uplift: nothing is given",
            "write its value, or leave the key out",
        ),
        (
            "grant: Example\nyears: [2022]\nposts:\n  - role: Officer\n    pay:\n",
            "GC107",
            "pay",
            "Officer, pay: nothing is given",
            "write its value, or leave the key out",
        ),
        (
            "grant: Example\nyears: [2022]\nposts:\n  - role: Officer\n    pay: £30,000\n",
            "GC107",
            "£30,000",
            'Officer, pay: "£30,000" stands here where keys and values should',
            "write salary: £31,400 below, indented",
        ),
        (
            "grant: Example\nyears: [2022]\nposts:\n  - role: Officer\n    costs: {}\n    fte: 0.8\n",
            "GC103",
            "fte",
            'unknown key "fte" in Officer',
            "write it below pay, indented",
        ),
        (
            post(SALARY, INCLUDED, "pro_rata: weeks"),
            "GC107",
            "weeks",
            'pro_rata is "weeks", which it cannot be',
            "it can be months, days or police",
        ),
        (
            post(SALARY, INCLUDED, "overhead:", "  rate: 10%", "  flat: £5"),
            "GC107",
            "overhead",
            "Officer, pay, overhead: more than one of flat, rate and per_fte is given",
            "give one: £8,723, 25% or £8,723 per full-time post",
        ),
        (
            post(SALARY, INCLUDED, "overhead:", "  flat: £5", "  base: pay"),
            "GC107",
            "overhead",
            "Officer, pay, overhead: base and excluding say what a rate is charged on, and none is given",
            "leave them out, or give a rate",
        ),
        (
            post(SALARY, INCLUDED, "overhead:", "  rate: 5%", "  excluding: [pensions]"),
            "GC103",
            "pensions",
            'the overhead of Officer excludes "pensions", which is no part of its base; did you mean "pension"?',
            None,
        ),
        (
            post(SALARY, INCLUDED, costing="  overhead:\n    rate: 5%\n    excluding: [Weighting]\n"),
            "GC103",
            "Weighting",
            'the overhead of the grant excludes "Weighting", which is no part of its base',
            "what can be excluded here: allowance, national insurance, pension, apprenticeship levy",
        ),
        (
            post(SALARY, INCLUDED, costing=f"{AWARD.format('2022-09-01')}      scale: Grade 7\n"),
            "GC804",
            "Grade 7",
            'the pay award of 5% is for the scale "Grade 7", which is not given',
            "the scales are: none; list them under costing, scales",
        ),
        (
            post(SALARY, *PENSIONED, costing=LGPS.replace("      from: 2022-04-01\n", "") * 2).replace(
                "%\n  pensions:", "%"
            ),
            "GC109",
            "LGPS",
            "two rates of LGPS hold from the same day",
            "give each a day of its own, or leave one out",
        ),
        (
            post(*SPINE, costing=SCALES + SCALES.split("scales:\n")[1]),
            "GC109",
            "Grade 7",
            "two tables of Grade 7 hold from the same day",
            "give each a day of its own, or leave one out",
        ),
        (
            f"{post(SALARY, INCLUDED)}    uplift: 2%\n",
            "GC107",
            "role",
            "Officer: both pay and an uplift are given, which would both make the later years",
            "keep one; costing, inflation raises pay in later years",
        ),
        (
            f"{KIT}    costs: {{overhead: 5}}\n    uplift: inflation\n",
            "GC806",
            "inflation",
            "Kit rises with inflation, and none is given for overhead",
            "give a percentage for each heading under costing, inflation",
        ),
        (
            f"{KIT}    costs: {{}}\n    uplift: 2%\n",
            "GC806",
            "2%",
            "Kit has an uplift, and no year with amounts that it could start from",
            "give the amounts of the first year under costs",
        ),
    ],
)
def test_a_fault_of_pay_is_found_where_it_stands_with_what_to_write(
    text: str, code: str, marked: str, message: str, remedy: str | None
) -> None:
    (one,) = [one for one in found(text) if one.severity is Severity.ERROR]
    assert (one.code, one.marked, one.message) == (code, marked, message)
    if remedy is not None:
        assert one.notes == (f"to mend: {remedy}",)


def test_vacancies_that_follow_each_other_are_no_fault() -> None:
    vacant = ("  - from: 2022-05-01", "    to: 2022-05-15", "  - from: 2022-05-16", "    to: 2022-05-20")
    assert codes(found(post(SALARY, INCLUDED, "vacant:", *vacant))) == []


def test_all_faults_are_told_in_one_run() -> None:
    text = post(
        "salary: 30,00,0", "fte: 3", "starts: tomorrow", "overhead: 15%", costing="  pro_rata: weeks\n  scale: x\n"
    )
    assert sorted(codes(found(text))) == ["GC103", "GC106", "GC107", "GC108", "GC801"]
    late = post("salary: £30,000", "starts: 2030-01-01", costing=AWARD.format("2021-01-01"))
    assert sorted(codes(found(late))) == ["GC802", "GC803", "GC808"]


def test_an_award_that_is_wrong_for_many_posts_is_told_for_each() -> None:
    text = post(SALARY, INCLUDED, costing=AWARD.format("2021-09-01"))
    text += text.split("posts:\n")[1].replace("Officer", "Manager")
    assert [one.message.split(" for ")[1].split(":")[0] for one in found(text)] == ["Officer", "Manager"]


def test_rates_past_the_last_known_day_are_a_warning_once() -> None:
    text = post(SALARY, "on_costs:", "  national_insurance: yes", years="[2025-26, 2026-27]")
    text += text.split("posts:\n")[1].replace("Officer", "Manager")
    (one,) = found(text)
    assert (one.code, one.severity, one.marked) == ("GC807", "warning", "2026-27")
    assert one.message.startswith(
        "rates known to 5 April 2026: days up to 31 March 2027 are costed at the last of them"
    )
    assert one.message.endswith("National Insurance of 15% above £5,000")


def test_a_post_that_says_nothing_of_on_costs_is_a_warning_and_is_costed() -> None:
    (one,) = found(post(SALARY))
    assert (one.code, one.severity, one.marked) == ("GC808", "warning", "pay")
    assert "on-costs come on top" in one.message


def test_amounts_of_pay_that_are_oddly_written_are_read_with_a_warning() -> None:
    listed = found(post("salary: £30, 000", INCLUDED, "overhead:", "  flat: £0.025"))
    assert [(one.code, one.marked) for one in listed] == [("GC115", "£30, 000"), ("GC115", "£0.025")]


def test_a_year_that_gives_some_of_what_pay_would_make_is_a_warning() -> None:
    text = post(SALARY, INCLUDED, "overhead: 15%") + "    costs:\n      2022:\n        overhead: £3,000\n"
    (one,) = found(text)
    assert (one.code, one.severity, one.marked) == ("GC809", "warning", "2022")
    assert one.message == "Officer, 2022: overhead is given, so salary is left out"


# Scales in a file beside the grant file

PAY = SCALES.replace("  scales:", "scales:").replace("\n  ", "\n")


def _beside(folder: Path, pay: str | bytes) -> str:
    (folder / "pay.yaml").write_bytes(pay if isinstance(pay, bytes) else pay.encode())
    grant = folder / "grant.yaml"
    grant.write_text(post(*SPINE, costing="  scales: pay.yaml\n"), encoding="utf-8")
    return str(grant)


def test_scales_are_read_from_a_file_beside_the_grant_file(tmp_path: Path) -> None:
    summaries = workflow.summarise([_beside(tmp_path, PAY)])
    assert summaries.grants[0].account.totals.total == 30_000
    assert [source.path for source in summaries.grants[0].source.beside] == [str(tmp_path / "pay.yaml")]


def test_faults_of_the_scales_are_told_with_their_places_in_that_file(tmp_path: Path) -> None:
    grant, pay = workflow.check([_beside(tmp_path, PAY.replace("£31,200", "£31,20").replace("from:", "form:"))]).files
    (own,) = findings(grant)
    assert (own.code, own.marked) == ("GC805", "pay.yaml")
    assert own.message == "the scales of pay.yaml cannot be used: the file has 3 faults"
    assert pay.source.path == str(tmp_path / "pay.yaml")
    assert [(one.code, one.line, one.marked) for one in findings(pay)] == [
        ("GC105", 2, "scale"),
        ("GC103", 3, "form"),
        ("GC106", 6, "£31,20"),
    ]


def test_points_that_are_oddly_written_are_told_in_that_file(tmp_path: Path) -> None:
    grant, pay = workflow.check([_beside(tmp_path, PAY.replace("£31,200", "£31, 200"))]).files
    assert findings(grant) == []
    assert [(one.code, one.marked) for one in findings(pay)] == [("GC115", "£31, 200")]


@pytest.mark.parametrize(
    ("pay", "reason"),
    [
        (b"scales: \xa3", "is not UTF-8"),
        (b"\0\0", "this is not a text file"),
        ("", "the file has 1 fault"),
        ("scales:\n  - scale: A\n  from: 5", "the file has 1 fault"),
        ("scale: Grade 7\n", "the file has 2 faults"),
    ],
)
def test_a_file_of_scales_that_cannot_be_read_is_said_so(tmp_path: Path, pay: str | bytes, reason: str) -> None:
    grant = workflow.check([_beside(tmp_path, pay)]).files[0]
    (own,) = findings(grant)
    assert own.code == "GC805"
    assert reason in own.message


def test_a_table_that_lacks_a_point_of_an_earlier_one_is_a_fault() -> None:
    later = SCALES.split("scales:\n")[1].replace("2021-04-01", "2022-07-01").replace("        2: £31,200\n", "")
    (one,) = found(post(*SPINE, costing=SCALES + later))
    assert (one.code, one.message) == (
        "GC804",
        'Grade 7 from 1 July 2022 lacks point "2" of Grade 7 from 1 April 2021',
    )
