"""What is wrong with a grant file: each fault with its line and column, what was found and what to write."""

from __future__ import annotations

from typing import Final

import pytest

from grantcalc.grants.agreement import Payments
from tests.claim_files import CLAIMED, claim, grant, with_claims
from tests.grant_files import SMALL, codes, found

COSTS = "costs:\n      2025-26:\n        salary: £30,000"


@pytest.mark.parametrize(
    ("text", "code", "place", "marked", "message", "remedy"),
    [
        ("", "GC105", (1, 1), "", "the file is empty", 'to mend: begin with "grant: name"'),
        ("# nothing\n", "GC105", (1, 1), "", "the file is empty", 'to mend: begin with "grant: name"'),
        (
            "- grant: A\n",
            "GC107",
            (1, 1),
            "",
            "the file is not a mapping of keys such as grant, years and posts",
            'to mend: write "key: value" lines',
        ),
        (
            SMALL.replace("grant: Example\n", ""),
            "GC105",
            (1, 1),
            "",
            'the key "grant" is missing',
            "to mend: add it",
        ),
        (
            SMALL.replace("grant: Example", "grant:"),
            "GC107",
            (1, 1),
            "grant",
            "grant: nothing is given where a text should",
            "to mend: write a text on the same line",
        ),
        (SMALL + "recipent: B\n", "GC103", (8, 1), "recipent", 'unknown key "recipent"; did you mean "recipient"?', ""),
        (
            SMALL + "payments:\n  colour: B\n",
            "GC103",
            (9, 3),
            "colour",
            'unknown key "colour" in payments',
            f"to mend: the keys here are {', '.join(Payments.model_fields)}",
        ),
        (
            SMALL.replace("salary", "salery"),
            "GC103",
            (7, 9),
            "salery",
            'unknown key "salery" in the costs of Officer, 2025-26; did you mean "salary"?',
            "",
        ),
        (
            SMALL.replace("    costs", "    grade: 3\n    costs"),
            "GC103",
            (5, 5),
            "grade",
            'unknown key "grade" in Officer',
            "to mend: the keys here are costs, uplift, stated, role, pay",
        ),
        (
            SMALL + "payments:\n  frequncy: monthly\n",
            "GC103",
            (9, 3),
            "frequncy",
            'unknown key "frequncy" in payments; did you mean "frequency"?',
            "",
        ),
        (
            SMALL + "stated:\n  totl: 5\n",
            "GC103",
            (9, 3),
            "totl",
            'unknown key "totl" in stated; did you mean "total"?',
            "",
        ),
        (
            SMALL + "funding:\n  - source: Fund\n    salry: 5\n",
            "GC103",
            (10, 5),
            "salry",
            'unknown key "salry" in Fund; did you mean "salary"?',
            "",
        ),
        (
            SMALL.replace("        salary", "        1"),
            "GC103",
            (7, 9),
            "1",
            'unknown key "1" in the costs of Officer, 2025-26',
            "to mend: the keys here are salary, overhead; if it is a kind of cost, list it under headings",
        ),
        (
            SMALL + "        salary: 5\n",
            "GC104",
            (8, 9),
            "salary",
            'the key "salary" is given twice',
            "to mend: keep one of the two",
        ),
        (
            SMALL + "      2025/26:\n        salary: 5\n",
            "GC104",
            (8, 7),
            "2025/26",
            '"2025/26" and "2025-26" are the same year',
            "to mend: keep one of the two",
        ),
        (
            SMALL.replace("role: Officer\n    ", ""),
            "GC105",
            (4, 5),
            "costs",
            'the key "role" is missing in entry 1 of posts',
            "to mend: add it",
        ),
        (
            SMALL.replace(f"    {COSTS}\n", ""),
            "GC105",
            (4, 5),
            "role",
            'the key "costs" is missing in Officer',
            "to mend: add it",
        ),
        (
            SMALL + "award: [5]\n",
            "GC106",
            (8, 1),
            "award",
            "award: a list stands here where an amount should",
            "to mend: write an amount such as £75,639",
        ),
        (
            SMALL.replace("£30,000", ""),
            "GC106",
            (7, 9),
            "salary",
            "Officer, 2025-26, salary: nothing is given where an amount should",
            "to mend: write an amount such as £75,639",
        ),
        (
            SMALL + "award: -5\n",
            "GC106",
            (8, 8),
            "-5",
            'award: "-5" is less than nothing',
            "to mend: give an amount of zero or more",
        ),
        (
            SMALL.replace(COSTS, "costs: £30,000"),
            "GC107",
            (5, 12),
            "£30,000",
            'Officer: "£30,000" stands here where amounts should',
            "to mend: write a line for each heading below, indented, such as salary: £31,400",
        ),
        (
            SMALL.replace("2025-26:\n        salary: £30,000", "2025-26: £30,000"),
            "GC107",
            (6, 16),
            "£30,000",
            'Officer, 2025-26: "£30,000" stands here where amounts should',
            "to mend: write a line for each heading below, indented, such as salary: £31,400",
        ),
        (
            SMALL.replace("        salary: £30,000\n", ""),
            "GC107",
            (6, 7),
            "2025-26",
            "Officer, 2025-26: nothing is given where amounts should",
            "to mend: write a line for each heading below, indented, such as salary: £31,400",
        ),
        (
            SMALL.replace("[2025-26]", "2025-26"),
            "GC107",
            (2, 8),
            "2025-26",
            'years: "2025-26" stands here where a list should',
            "to mend: begin each entry with a dash and a space",
        ),
        (
            SMALL.replace("[2025-26]", "[~]"),
            "GC107",
            (2, 9),
            "~",
            "nothing is given where keys and values should in entry 1 of years",
            'to mend: write "key: value" lines below, indented',
        ),
        (
            "grant: A\nheadings: capital\nother_costs:\n  - item: B\n    costs: {capital: 5}\n",
            "GC107",
            (2, 11),
            "capital",
            'headings: "capital" stands here where a list should',
            "to mend: begin each entry with a dash and a space",
        ),
        (
            "grant: A\nposts: [B]\n",
            "GC107",
            (2, 9),
            "B",
            '"B" stands here where keys and values should in entry 1 of posts',
            'to mend: write "key: value" lines below, indented',
        ),
        (
            SMALL + "payments: quarterly\n",
            "GC107",
            (8, 11),
            "quarterly",
            '"quarterly" stands here where keys and values should in payments',
            'to mend: write "key: value" lines below, indented',
        ),
        (
            SMALL + "payments:\n  frequency: quartely\n",
            "GC107",
            (9, 14),
            "quartely",
            (
                'frequency is "quartely", which it cannot be; did you mean quarterly? it can be monthly, quarterly, '
                "half-yearly or yearly"
            ),
            "",
        ),
        (
            SMALL + "payments:\n  timing:\n",
            "GC107",
            (9, 3),
            "timing",
            "nothing is given for timing",
            "to mend: it can be arrears or advance",
        ),
        (
            SMALL + "starts: 1/4/2025\n",
            "GC108",
            (8, 9),
            "1/4/2025",
            'starts: "1/4/2025" is not a date',
            "to mend: write 2025-04-01 if 1 April 2025 is meant",
        ),
        (
            SMALL + "ends: 2025-02-30\n",
            "GC108",
            (8, 7),
            "2025-02-30",
            'ends: "2025-02-30" is not a date',
            "to mend: February 2025 has 28 days",
        ),
        (
            SMALL + "ends: 20260331\n",
            "GC108",
            (8, 7),
            "20260331",
            'ends: "20260331" is not a date',
            "to mend: write year, month and day, as in 2022-01-31",
        ),
        (
            SMALL + "ends: 9999-12-31\n",
            "GC108",
            (8, 7),
            "9999-12-31",
            'ends: "9999-12-31" is not in the time of any grant',
            "to mend: write year, month and day, as in 2022-01-31",
        ),
        (
            SMALL + "  - role: Officer\n    costs: {salary: 5}\n",
            "GC109",
            (8, 11),
            "Officer",
            'the role "Officer" is given twice',
            "to mend: give each a name of its own, such as Officer 1 and Officer 2",
        ),
        (
            SMALL.replace("[2025-26]", "[2025-26, 2025/2026]"),
            "GC109",
            (2, 18),
            "2025/2026",
            'the year "2025/2026" is listed twice',
            "to mend: list each year once",
        ),
        (
            "grant: A\nheadings: [capital, capital]\n",
            "GC109",
            (2, 21),
            "capital",
            '"capital" is listed twice',
            "to mend: list it once",
        ),
        (
            "grant: A\nheadings: [capital, total]\n",
            "GC109",
            (2, 21),
            "total",
            '"total" cannot be a heading',
            "to mend: total, payment, amount, source, stated have a meaning of their own",
        ),
        (
            SMALL.replace("      2025-26", "      2026-27"),
            "GC110",
            (6, 7),
            "2026-27",
            'the year "2026-27" is not listed in the costs of Officer; did you mean "2025-26"?',
            "",
        ),
        (
            SMALL.replace("      2025-26", "      Year 1"),
            "GC110",
            (6, 7),
            "Year 1",
            'the year "Year 1" is not listed in the costs of Officer',
            "to mend: list the year under years, where there are: 2025-26",
        ),
        (
            SMALL.replace("      2025-26:\n  ", "").replace("[2025-26]", "[2025-26, 2026-27]"),
            "GC110",
            (6, 7),
            "salary",
            '"salary" stands here where a year should in the costs of Officer',
            "to mend: put the amounts below their year; the years are 2025-26, 2026-27",
        ),
        (
            SMALL.replace("2025-26:\n        salary: £30,000", "2025-26: {salary: £30,000}"),
            "GC113",
            (6, 17),
            "salary",
            'inside braces a comma ends a value, so "salary: £30,000" is cut after "£30"',
            'to mend: write {salary: "£30,000"}, or put "salary: £30,000" on a line of its own',
        ),
        (
            SMALL.replace("Officer", "Officer: DC"),
            "GC102",
            (4, 18),
            ":",
            'a value holds a colon followed by a space, which begins another "key: value"',
            'to mend: put the whole value in quotes: role: "Officer: DC"',
        ),
        (
            SMALL.replace("Officer", "DC #2"),
            "GC114",
            (4, 11),
            "DC",
            '"#2" is read as a comment, so the role is only "DC"',
            'to mend: write role: "DC #2", or put a space after the # if it is a comment',
        ),
    ],
)
def test_a_fault_is_one_finding_where_it_stands_that_says_what_to_write(
    text: str, code: str, place: tuple[int, int], marked: str, message: str, remedy: str
) -> None:
    (one,) = found(text)
    assert (one.code, (one.line, one.column), one.marked) == (code, place, marked)
    assert one.message == message
    assert [note for note in one.notes if note.startswith("to mend")] == ([remedy] if remedy else [])


def test_all_faults_of_a_file_are_found_in_one_run() -> None:
    text = """\
grant: &name Example
recipent: Police
award: £1,23,456
starts: 1 April 2025
payments:
  frequency: weekly
years: [2025-26, 2025/26]
posts:
  - role: Officer
    costs:
      2025-26: {salary: £75,639}
      2027-28:
        salary: lots
  - role: Officer
    costs:
      2025-26:
        salery: 5
        overhead: -5
        overhead: 6
"""
    assert [(one.code, one.line) for one in found(text)] == [
        ("GC111", 1),
        ("GC103", 2),
        ("GC106", 3),
        ("GC108", 4),
        ("GC107", 6),
        ("GC109", 7),
        ("GC113", 11),
        ("GC110", 12),
        ("GC106", 13),
        ("GC109", 14),
        ("GC103", 17),
        ("GC106", 18),
        ("GC104", 19),
    ]


@pytest.mark.parametrize("years", ["2025-26", "", "[[2025-26]]", "[~]", "\n  - starts: 2025-04-01"])
def test_a_fault_of_the_list_of_years_is_not_said_again_of_every_cost(years: str) -> None:
    assert len(found(SMALL.replace("[2025-26]", years))) == 1


def test_what_stands_beside_a_refused_key_is_judged_once_the_key_is_mended() -> None:
    text = SMALL + "funding:\n  - source: Fund\n    sorce: Fund\n"
    assert codes(found(text)) == ["GC103"]


def test_a_fault_names_the_first_of_two() -> None:
    (one,) = found(SMALL + "  - role: Officer\n    costs: {salary: 5}\n")
    assert one.notes[-1] == "first given here"


def test_a_long_value_is_quoted_in_part() -> None:
    (one,) = found(SMALL.replace("£30,000", "x" * 5000))
    assert len(one.message) < 150


def test_nothing_is_computed_from_a_file_with_a_fault() -> None:
    assert codes(found(SMALL + "stated:\n  total: £5\ncolour: red\n")) == ["GC103"]


@pytest.mark.parametrize(
    ("text", "message", "remedy"),
    [
        (
            SMALL.replace("salary: £30,000", "salary:£30,000\n        overhead: £20"),
            "the colon has no space after it, so this is no key",
            "to mend: write salary: £30,000",
        ),
        (
            SMALL.replace("salary: £30,000", "salary:£30,000"),
            'Officer, 2025-26: "salary:£30,000" stands here where amounts should',
            "to mend: put a space after the colon: salary: £30,000",
        ),
        (
            SMALL.replace("years: [2025-26]", "years:\n  - 2025-26\n    stated:\n      total: £30,000"),
            "an entry of a list that has more below it needs a key of its own",
            'to mend: write "- year: 2027-28" or "- role: …", and the other keys below it, in line with that key',
        ),
    ],
)
def test_a_space_or_key_left_out_is_said_in_words(text: str, message: str, remedy: str) -> None:
    (one,) = found(text)
    assert (one.message, one.notes) == (message, (remedy,))


@pytest.mark.parametrize(
    ("name", "meant"), [("27-28", "2027-28"), ("FY27/28", "2027-28"), ("2027/2028 (first)", "2027-28")]
)
def test_a_name_that_is_nearly_a_financial_year_is_suggested(name: str, meant: str) -> None:
    noted = [one for one in found(SMALL.replace("2025-26", name)) if one.code == "GC407"]
    assert noted[0].notes == (f"to mend: write {meant}, or give starts and ends",)


def test_a_point_where_a_comma_belongs_is_suggested() -> None:
    (one,) = found(SMALL.replace("£30,000", "£30.000"))
    assert one.notes[0].startswith("to mend: if a comma is meant, write £30,000")


@pytest.mark.parametrize(
    ("terms", "code", "marked", "message", "remedy"),
    [
        (
            "retention: 110%",
            "GC106",
            "110%",
            'payments, retention: "110%" is more than the whole',
            "to mend: a share is at most 100%",
        ),
        (
            "rate: 0.8",
            "GC106",
            "0.8",
            'payments, rate: "0.8" stands here where a percentage should',
            "to mend: write 80%",
        ),
        (
            "up_front: 0.4",
            "GC106",
            "0.4",
            'payments, up_front: "0.4" is less than a pound',
            "to mend: write a share of the whole as in 80%, or an amount as in £5,000",
        ),
        (
            "claim_by: 32 of the following month",
            "GC108",
            "32 of the following month",
            'payments, claim_by: "32 of the following month" names a day that no month has',
            "to mend: give a day from 1 to 31",
        ),
        (
            "payment_due: [30 days]",
            "GC108",
            "payment_due",
            "payments, payment_due: a rule for a date should stand here",
            "to mend: write one such as 30 days or month end",
        ),
        (
            "extra_days_off: 2025-12-24",
            "GC107",
            "2025-12-24",
            'payments, extra_days_off: "2025-12-24" stands here where a list should',
            "to mend: begin each entry with a dash and a space",
        ),
        (
            "timing: advance\ninvoice: last day",
            "GC107",
            "payments",
            "payments: payments are made in advance, but invoice says when to ask for one in arrears",
            "to mend: leave out one of timing: advance and invoice",
        ),
        (
            "retention: 5%\nfinal_payment: £500",
            "GC107",
            "payments",
            "payments: both a retention and a final payment are held back",
            "to mend: leave out one of retention and final_payment",
        ),
    ],
)
def test_a_term_of_payment_that_cannot_be_read_says_what_to_write(
    terms: str, code: str, marked: str, message: str, remedy: str
) -> None:
    (one,) = found(grant(terms=terms))
    assert (one.code, one.marked, one.message, one.notes) == (code, marked, message, (remedy,))


def test_a_misspelt_rule_for_a_date_is_told_the_forms() -> None:
    (one,) = found(grant(terms="claim_by: 30 dys"))
    assert (one.code, one.marked) == ("GC108", "30 dys")
    assert one.message == 'payments, claim_by: "30 dys" is not a rule for a date'
    assert one.notes[0].startswith(
        'to mend: write one of these, with your own number: "next day", "last day", "30 days"'
    )


@pytest.mark.parametrize(
    ("more", "code", "marked", "message", "remedy"),
    [
        (
            "financial_year_starts: 31 Foo",
            "GC108",
            "31 Foo",
            'financial_year_starts: "31 Foo" is not the start of a year',
            "to mend: write a month, as in April, or a day up to the 28th and a month, as in 6 April",
        ),
        (
            "financial_year_starts:",
            "GC108",
            "financial_year_starts",
            "financial_year_starts: nothing is given",
            "to mend: write a month, as in April, or a day up to the 28th and a month, as in 6 April",
        ),
        (
            "award_by_financial_year:\n  Year 1: £5",
            "GC110",
            "Year 1",
            '"Year 1" is not the name of a financial year in award_by_financial_year',
            "to mend: write 2025-26",
        ),
        (
            "award_by_financial_year:\n  2025: £5",
            "GC110",
            "2025",
            '"2025" is not the name of a financial year that starts on 1 April',
            "to mend: write 2025-26, or 2025 for a year from 1 January",
        ),
        (
            "award_by_financial_year:\n  2025-26: £5\n  2025/26: £6",
            "GC104",
            "2025/26",
            '"2025/26" and "2025-26" are the same year',
            "to mend: keep one of the two",
        ),
        (
            "award_by_financial_year: £5",
            "GC107",
            "£5",
            'award_by_financial_year: "£5" stands here where amounts should',
            "to mend: write a line for each financial year below, indented, such as 2025-26: £31,400",
        ),
        (
            "variations:\n  - date: 2025-10-01\n    amount: £5\n    year: Year 2",
            "GC110",
            "Year 2",
            'entry 1 of variations, year: the year "Year 2" is not listed',
            "to mend: list the year under years, where there are: 2025-26",
        ),
        (
            "variations:\n  - date: 1 Oct 2025\n    amount: £5",
            "GC108",
            "1 Oct 2025",
            'entry 1 of variations, date: "1 Oct 2025" is not a date',
            "to mend: write 2025-10-01 if 1 October 2025 is meant",
        ),
        (
            "reprofiled:\n  - from: 2025-10-01\n  - from: 2025-10-01",
            "GC109",
            "2025-10-01",
            'two schedules are agreed anew from "2025-10-01"',
            "to mend: keep the one that holds",
        ),
        (
            "reprofiled:\n  - from: 2025-10-01\n    amounts: [£5]",
            "GC306",
            "amounts",
            "the schedule agreed anew gives 1 amount for 2 periods from 2025-10-01 on",
            "to mend: give an amount for each period that begins on that day or later, or no amounts",
        ),
        (
            "purchase_order:\n  amount: £5",
            "GC105",
            "purchase_order",
            'the key "number" is missing in purchase_order',
            "to mend: add it",
        ),
    ],
)
def test_a_term_of_the_offer_that_cannot_be_meant_says_what_to_write(
    more: str, code: str, marked: str, message: str, remedy: str
) -> None:
    (one,) = found(grant(award="£40,000", more=f"{more}\n"))
    assert (one.code, one.marked, one.message, one.notes[0]) == (code, marked, message, remedy)


def test_schedules_agreed_anew_twice_hold_one_after_the_other() -> None:
    anew = "reprofiled:\n  - from: 2025-07-01\n    amounts: [1, 2, 3]\n  - from: 2025-10-01\n    amounts: [7, 8]\n"
    assert found(grant(more=anew)) == []


POST = "  - role: Officer\n    costs:\n      salary: £5"


@pytest.mark.parametrize(
    ("text", "code", "marked", "message", "remedy"),
    [
        (
            "- period: 2\n  posts:\n    - role: Oficer\n      costs:\n        salary: £5\n",
            "GC116",
            "Oficer",
            'claim 2, Oficer, role: no post of the grant is called "Oficer"; did you mean "Officer"?',
            None,
        ),
        (
            "- period: 2\n  other_costs:\n    - item: Van\n      costs:\n        salary: £5\n",
            "GC116",
            "Van",
            'claim 2, Van, item: no other cost of the grant is called "Van"',
            "to mend: the other costs are: none",
        ),
        (
            "- period: 2\n  posts:\n    - role: Officer\n      costs:\n        salery: £5\n",
            "GC103",
            "salery",
            'unknown key "salery" in the costs of claim 2, Officer; did you mean "salary"?',
            None,
        ),
        (
            "- period: 2\n  certified: CFO\n",
            "GC103",
            "certified",
            'unknown key "certified" in claim 2; did you mean "certified_by"?',
            None,
        ),
        (
            "- period: 2\n  paid:\n    - date: 2025-10-31\n      amout: £5\n",
            "GC103",
            "amout",
            'unknown key "amout" in claim 2, entry 1 of paid; did you mean "amount"?',
            None,
        ),
        (
            "- from: 2025-07-01\n  to: 2025-09-30\n  figures: guessed\n",
            "GC107",
            "guessed",
            'claim from 2025-07-01, figures is "guessed", which it cannot be',
            "to mend: it can be actual or estimated",
        ),
        (
            "- costs:\n    salary: £5\n",
            "GC107",
            "costs",
            "entry 1 of claims: the period that is claimed for is missing",
            "to mend: write period: 1, or the dates under from and to",
        ),
        (
            "- from: 2025-07-01\n",
            "GC107",
            "from",
            "claim from 2025-07-01: only one of from and to is given",
            "to mend: write period: 1, or the dates under from and to",
        ),
        (
            "- period: 2\n  from: 2025-07-01\n",
            "GC107",
            "period",
            "claim 2: the period that is claimed for is given twice, by its number and by dates",
            "to mend: write period: 1, or the dates under from and to",
        ),
        (
            "- period: Q2\n",
            "GC107",
            "Q2",
            'claim Q2, period: "Q2" is not a period',
            "to mend: write the number that invoices gives it, as in 1, or up front or final",
        ),
        (
            f"- period: 2\n  costs:\n    salary: £5\n  posts:\n  {POST.replace(chr(10), chr(10) + '  ')}\n",
            "GC107",
            "period",
            "claim 2: costs are given by heading and by post",
            "to mend: give them once: under costs, or under posts and other_costs",
        ),
        (
            "- period: final\n  costs:\n    salary: £5\n",
            "GC107",
            "period",
            "claim final: the final payment is for no one period, so its claim has no costs or corrections",
            "to mend: put them into the claim of the period that they belong to",
        ),
        (
            "- period: 2\n  claimed: 31/10/2025\n",
            "GC108",
            "31/10/2025",
            'claim 2, claimed: "31/10/2025" is not a date',
            "to mend: write 2025-10-31 if 31 October 2025 is meant",
        ),
        (
            "- period: 2\n  paid: £9,000\n",
            "GC108",
            "£9,000",
            'claim 2, entry 1 of paid, date: "£9,000" is not a date',
            "to mend: write year, month and day, as in 2022-01-31",
        ),
        (
            "- period: 2\n  amount: -£5\n",
            "GC106",
            "-£5",
            'claim 2, amount: "-£5" is less than nothing',
            "to mend: give an amount of zero or more",
        ),
    ],
)
def test_a_fault_of_a_claim_names_the_claim(
    text: str, code: str, marked: str, message: str, remedy: str | None
) -> None:
    (one,) = found(with_claims(grant(), text))
    assert (one.code, one.marked, one.message) == (code, marked, message)
    assert one.notes == ((remedy,) if remedy else ())


@pytest.mark.parametrize(
    ("claims", "message"),
    [
        ("claims: none\n", 'claims: "none" stands here where a list should'),
        ("claims:\n", "claims: nothing is given where a list should"),
        ("claims:\n  period: 1\n", "claims: a mapping stands here where a list should"),
        ("claims: [1]\n", '"1" stands here where keys and values should in entry 1 of claims'),
    ],
)
def test_claims_that_are_no_list_are_a_fault(claims: str, message: str) -> None:
    (one,) = found(grant() + claims)
    assert (one.code, one.message) == ("GC107", message)


ODD: Final = "£9, 000"
"""An amount as people mistype it; each place that holds one is to say so."""


@pytest.mark.parametrize(
    "text",
    [
        grant("£1,000", terms=f"up_front: {ODD}"),
        grant("£1,000", terms=f"final_payment: {ODD}"),
        grant("£9,000", more=f"award_by_financial_year:\n  2025/26: {ODD}\n"),
        grant("£9,000").replace("years: [2025-26]", f"years:\n  - year: 2025-26\n    award: {ODD}"),
        grant("£29,000", award="£20,000", more=f"variations:\n  - date: 2025-04-01\n    amount: {ODD}\n"),
        grant("£9,000", more=f"reprofiled:\n  - from: 2025-10-01\n    amounts:\n      - {ODD}\n      - £0\n"),
        grant("£9,000", more=f"purchase_order:\n  number: PO 7\n  amount: {ODD}\n"),
        with_claims(grant(), claim(1, ODD, CLAIMED[0])),
        with_claims(grant(), claim(1, "", CLAIMED[0], "posts:", *POST.replace("£5", ODD).splitlines())),
        with_claims(
            grant(more="other_costs:\n  - item: Van\n    costs:\n      2025-26:\n        overhead: £9,000\n"),
            claim(
                1, "", "", "other_costs:", *POST.replace("role: Officer", "item: Van").replace("£5", ODD).splitlines()
            ),
        ),
        with_claims(grant(), claim(1, "£9,000", CLAIMED[0], f"amount: {ODD}")),
        with_claims(grant(), claim(1, "£9,000", CLAIMED[0], "paid:", "  - date: 2025-07-31", f"    amount: {ODD}")),
        with_claims(
            grant(),
            claim(1, "£9,500", CLAIMED[0], "disallowed:", "  - heading: salary", f"    amount: {ODD}", "    reason: A"),
        ),
        with_claims(
            grant(),
            claim(1, "£9,000", CLAIMED[0]),
            claim(
                2,
                "£9,000",
                CLAIMED[1],
                "corrections:",
                "  - period: 1",
                "    heading: salary",
                f"    amount: {ODD}",
                "    reason: A",
            ),
        ),
    ],
)
def test_an_oddly_written_amount_is_warned_about_wherever_it_stands(text: str) -> None:
    (one,) = [one for one in found(text) if one.severity in ("error", "warning") and one.code == "GC115"]
    assert (one.marked, one.message) == (ODD, '"£9, 000" has a space among its digits, and is read as £9,000')
