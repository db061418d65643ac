"""YAML as a grant file uses it, and what is said where it is something else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml

from grantcalc.grants.document import Document, read_document

if TYPE_CHECKING:
    from collections.abc import Callable

    from grantcalc.grants.faults import Fault

    Read = Callable[[str], Document]


def _loaders() -> list[Any]:
    libyaml = getattr(yaml, "CSafeLoader", None)
    missing = pytest.mark.skipif(libyaml is None, reason="PyYAML was built without libyaml")
    return [pytest.param(libyaml, id="libyaml", marks=missing), pytest.param(yaml.SafeLoader, id="python")]


@pytest.fixture(params=_loaders())
def read(request: pytest.FixtureRequest) -> Read:
    """Reads a document with one of PyYAML's parsers."""
    return lambda text: read_document(text, request.param)


def _only(document: Document) -> Fault:
    (fault,) = document.faults
    return fault


def test_every_value_stays_the_text_that_was_written(read: Read) -> None:
    text = "a: 017\nb: NO\nc: 1e9\nd: .inf\ne: 2025-04-01\nf: 75_639\ng: 1:30\n'h': '~'\ni: \"\\u00a35\"\nj: £5\n"
    assert read(text).tree == {
        "a": "017",
        "b": "NO",
        "c": "1e9",
        "d": ".inf",
        "e": "2025-04-01",
        "f": "75_639",
        "g": "1:30",
        "h": "~",
        "i": "£5",
        "j": "£5",
    }


@pytest.mark.parametrize("written", ["", "~", "null", "Null", "NULL"])
def test_a_value_that_is_not_there_is_nothing(read: Read, written: str) -> None:
    assert read(f"award: {written}\n").tree == {"award": None}


def test_lists_and_mappings_may_stand_in_brackets_or_on_lines(read: Read) -> None:
    in_brackets = "years: [2025, 2026]\nposts: [{role: A, costs: {salary: 1}}]\n"
    on_lines = "years:\n  - 2025\n  - 2026\nposts:\n  - role: A\n    costs:\n      salary: 1\n"
    assert read(in_brackets) == read(on_lines)


def test_keys_that_look_like_numbers_are_text(read: Read) -> None:
    assert read("2025:\n  1: £5\n") == Document({"2025": {"1": "£5"}}, ())


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_lines_may_end_as_on_any_system(read: Read, end: str) -> None:
    assert read(f"grant: A{end}award: £5{end}").tree == {"grant": "A", "award": "£5"}


@pytest.mark.parametrize("text", ["", "   \n\n", "# only\n# comments\n", "---\n", "\ufeff"])
def test_a_file_without_anything_has_no_tree_and_no_fault(read: Read, text: str) -> None:
    assert read(text) == Document(None, ())


@pytest.mark.parametrize(
    ("text", "place", "message", "remedy"),
    [
        (
            "grant: A\nposts:\n  - role: Officer: DC\n",
            (3, 18),
            'a value holds a colon followed by a space, which begins another "key: value"',
            'put the whole value in quotes: role: "Officer: DC"',
        ),
        (
            'grant: A "B: \\C": D\n',
            (1, 12),
            'a value holds a colon followed by a space, which begins another "key: value"',
            r'put the whole value in quotes: grant: "A \"B: \\C\": D"',
        ),
        (
            'my funder: "A": B\n',
            (1, 15),
            'a value holds a colon followed by a space, which begins another "key: value"',
            'put the whole value in quotes, as in role: "Officer: DC"',
        ),
        (
            "grant: A\n  reference: B\n",
            (2, 12),
            "the line goes on from the one above, so its colon begins no value",
            "line it up with the keys above; a key ends with a colon and a space, a dash is followed by a space",
        ),
        (
            "posts:\n  -role: A\n   costs: 1\n",
            (3, 9),
            "the line goes on from the one above, so its colon begins no value",
            "line it up with the keys above; a key ends with a colon and a space, a dash is followed by a space",
        ),
        ("grant: A\nposts:\n\t- role: B\n", (3, 1), "the line is indented with a tab", "indent with spaces"),
        ("posts:\n  - role: B\n\tcosts: 1\n", (3, 1), "the line is indented with a tab", "indent with spaces"),
        ("posts:\n  - role: A\n  -\trole: B\n", (3, 4), "a tab stands here", "write spaces instead"),
        (
            "grant: A\nyears\nposts: []\n",
            (2, 1),
            'this line is neither a value nor a "key: value"',
            "add the colon and a space",
        ),
        (
            "posts:\n  - role: A\n   costs:\n     salary: 1\n",
            (3, 4),
            "the indentation does not fit the list",
            "line up the dashes, and what stands below each",
        ),
        (
            "posts:\n    - role: A\n  - role: B\n",
            (3, 3),
            "the indentation does not fit the lines above, or a quotation mark ends a value too early",
            "let these keys begin in one column; write a name with an apostrophe in double quotes",
        ),
        (
            'grant: A\nfunder: "B\nyears: [2025]\n',
            (2, 9),
            "a quotation mark is opened here and never closed",
            "close it",
        ),
        (
            "grant: A\nyears: [2025\nposts: []\n",
            (2, 8),
            "a bracket is opened here, and then a comma is missing or it is never closed",
            "close it, or put each entry on a line of its own",
        ),
        (
            "posts:\n  - {role: A\n",
            (2, 5),
            "a bracket is opened here, and then a comma is missing or it is never closed",
            "close it, or put each entry on a line of its own",
        ),
        ("years: [,]\n", (1, 9), "a value is missing here", "write it, or close the bracket before"),
        ("grant: @A\n", (1, 8), "a character stands here that cannot begin a value", "put the value in quotes"),
        ("grant: `A`\n", (1, 8), "a character stands here that cannot begin a value", "put the value in quotes"),
        ("grant: %A\n", (1, 8), "a character stands here that cannot begin a value", "put the value in quotes"),
        ("grant: *\n", (1, 9), "a value begins with a sign that has a meaning in YAML", "put the value in quotes"),
        ("grant: > A\n", (1, 10), "a value begins with a sign that has a meaning in YAML", "put the value in quotes"),
        (
            "grant: A\n...\nyears: []\n",
            (3, 1),
            "text stands outside the mapping that a grant file is",
            'write "key: value" lines, one below the other',
        ),
        ("grant: £\0A\n", (1, 9), "the file has a control character", "remove it"),
        ("grant: A\n£: \x1b[31mB\n", (2, 4), "the file has a control character", "remove it"),
        ("££\r\ngrant: ££\x90\r\n", (2, 10), "the file has a control character", "remove it"),
        ("grant: A\uffff\n", (1, 9), "the file has a control character", "remove it"),
    ],
)
def test_what_yaml_does_not_allow_is_said_in_plain_words_where_it_stands(
    read: Read, text: str, place: tuple[int, int], message: str, remedy: str
) -> None:
    document = read(text)
    fault = _only(document)
    assert document.tree is None
    assert (fault.kind, fault.at.line, fault.at.column) == ("syntax", *place)
    assert (fault.message, fault.remedy) == (message, remedy)


def test_an_unknown_escape_is_said_in_plain_words(read: Read) -> None:
    fault = _only(read('grant: "\\q"\n'))
    assert fault.message == "a backslash in double quotes stands for a character that YAML does not know"


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("grant: &a A\n", (1, 8), 'an anchor, "&a", is not read in a grant file'),
        ("grant: *a\n", (1, 8), 'an alias, "*a", is not read in a grant file'),
        ("grant: !!str A\n", (1, 8), 'a tag, "!!str", is not read in a grant file'),
        ("£: !x A\n", (1, 4), 'a tag, "!x", is not read in a grant file'),
        ("grant: A\n<<: {a: 1}\n", (2, 1), 'a merge key, "<<", is not read in a grant file'),
        ("a:\n  <<: 1\n", (2, 3), 'a merge key, "<<", is not read in a grant file'),
        ("grant: A\n---\ngrant: B\n", (2, 1), "a second document begins here, and a grant file is one document"),
    ],
)
def test_parts_of_yaml_that_hide_what_a_line_means_are_refused(
    read: Read, text: str, place: tuple[int, int], message: str
) -> None:
    fault = _only(read(text))
    assert (fault.kind, fault.at.line, fault.at.column, fault.message) == ("feature", *place, message)


def test_a_key_given_twice_is_refused_and_the_first_one_shown(read: Read) -> None:
    document = read("grant: A\naward: 1\ngrant: B\n")
    fault = _only(document)
    assert (fault.kind, fault.at.line, fault.at.column) == ("repeated key", 3, 1)
    assert (fault.message, fault.remedy) == ('the key "grant" is given twice', "keep one of the two")
    assert fault.related is not None
    assert (fault.related[0], fault.related[1].line) == ("first given here", 1)
    assert document.tree == {"grant": "A", "award": "1"}


@pytest.mark.parametrize("text", ["[a, b]: c\n", "? [a, b]\n: c\n", "{a: b}: c\n"])
def test_a_key_is_a_word(read: Read, text: str) -> None:
    fault = _only(read(text))
    assert fault.message == "a list or mapping stands where a key should"


@pytest.mark.parametrize(
    ("text", "expected", "before", "tree"),
    [
        ("{salary: £75,639}", "salary: £75,639", "£75", {"salary": "£75,639"}),
        ("{salary: 1,275,639.50}", "salary: 1,275,639.50", "1,275", {"salary": "1,275,639.50"}),
        ("{salary: £75,639, overhead: 50}", "salary: £75,639", "£75", {"salary": "£75,639", "overhead": "50"}),
    ],
)
def test_an_amount_cut_by_a_comma_in_braces_is_one_fault_that_shows_what_to_write(
    read: Read, text: str, expected: str, before: str, tree: dict[str, str]
) -> None:
    document = read(f"costs: {text}\n")
    fault = _only(document)
    assert (fault.kind, fault.at.line, fault.at.column) == ("cut value", 1, 9)
    assert fault.message == f'inside braces a comma ends a value, so "{expected}" is cut after "{before}"'
    key, amount = expected.split(": ")
    assert fault.remedy == f'write {{{key}: "{amount}"}}, or put "{expected}" on a line of its own'
    assert document.tree == {"costs": tree}


def test_each_amount_that_a_comma_cuts_is_said(read: Read) -> None:
    faults = read("costs: {salary: £75,639, overhead: £8,723}\n").faults
    assert [(fault.kind, fault.at.column) for fault in faults] == [("cut value", 9), ("cut value", 26)]


def test_keys_without_a_value_in_braces_are_no_rest_of_an_amount(read: Read) -> None:
    document = read("costs: {salary: £75, overhead, 639}\n")
    assert (document.tree, document.faults) == ({"costs": {"salary": "£75", "overhead": None, "639": None}}, ())


def test_braces_without_a_cut_amount_are_as_good_as_lines(read: Read) -> None:
    assert read('costs: {salary: "£75,639", overhead: 8723}\n') == Document(
        {"costs": {"salary": "£75,639", "overhead": "8723"}}, ()
    )


@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
def test_a_name_that_loses_its_end_to_a_comment_is_said(read: Read, end: str) -> None:
    document = read(f"££: A{end or chr(10)}posts:{end or chr(10)}  - role: DC #2{end}")
    fault = _only(document)
    assert (fault.kind, fault.at.line, fault.at.column, fault.at.end_column) == ("cut text", 3, 11, 13)
    assert fault.message == '"#2" is read as a comment, so the role is only "DC"'
    assert fault.remedy == 'write role: "DC #2", or put a space after the # if it is a comment'


@pytest.mark.parametrize(
    "line", ["role: DC  # two of them", 'role: "DC #2"', "role: DC#2", "award: 5 #later", "# role: DC #2", "role: DC #"]
)
def test_a_comment_after_a_space_and_a_number_sign_inside_a_word_are_no_fault(read: Read, line: str) -> None:
    assert read(f"{line}\ngrant: A\n").faults == ()


@pytest.mark.parametrize("opening", ["[", "a: {", "- "])
def test_nesting_without_end_is_refused_long_before_it_is_read(read: Read, opening: str) -> None:
    fault = _only(read(opening * 30_000))
    assert (fault.kind, fault.message) == ("limit", "values are nested more than 40 deep")


def test_an_alias_bomb_is_refused_alias_by_alias(read: Read) -> None:
    lines = ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 30))]
    document = read("\n".join(lines))
    assert {fault.kind for fault in document.faults} == {"feature"}
    assert len(document.faults) == 30 + 2 * 29


def test_a_line_of_a_million_characters_is_read(read: Read) -> None:
    assert read(f"grant: {'x' * 1_000_000}\n").tree == {"grant": "x" * 1_000_000}


def test_what_was_found_before_the_file_breaks_is_still_said(read: Read) -> None:
    document = read("grant: A\ngrant: B\nfunder: @C\n")
    assert [(fault.kind, fault.at.line) for fault in document.faults] == [("repeated key", 2), ("syntax", 3)]
