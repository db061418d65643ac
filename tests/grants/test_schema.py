"""The JSON Schema holds for what the program reads: it refuses nothing that loads, and what is wrong in shape."""

from __future__ import annotations

import copy
import json
from datetime import date
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from grantcalc.cli import app
from grantcalc.grants.document import read_document
from grantcalc.grants.faults import FaultKind, is_fatal
from grantcalc.grants.keys import KEYS, keys_of
from grantcalc.grants.load import load_grant
from grantcalc.grants.schema import RECORDS, grant_schema
from tests.grant_files import EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grantcalc.grants.fields import Record

Node: TypeAlias = Any
"""A mapping, a list or a value of YAML."""

SCHEMA: Final = grant_schema()
VALIDATOR: Final = Draft202012Validator(SCHEMA)
TEXTS: Final = {path.stem: path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.yaml"))}
EVERYTHING: Final = """\
grant: Every key in one of its forms
award: 200000
financial_year_starts: 6 April
award_by_financial_year: {2025-26: £1m}
purchase_order: PO 1
years:
  - 2025-26
  - year: 2026-27
    award: £100,000
payments: {rate: 80%, up_front: 2 payments, carry_forward: yes, invoice: 5 working days, extra_days_off: [2025-12-24]}
variations: [{date: 2025-12-01, amount: -500, year: 2026-27, reason: Late}]
reprofiled: [{from: 2026-04-01, amounts: [1, "£2,000"]}]
costing:
  scales: [{scale: Officers, from: 2021-04-01, points: {1: 25000, 2: "£26,000"}}]
  national_insurance: {from: 2026-04-06, rate: 15%, threshold: 5000}
  pensions: {scheme: LGPS, rate: 18.5%}
  inflation: {salary: 2%, overhead: 3%}
  overhead: 15%
posts:
  - role: A
    costs: {2025-26: {salary: 1_000, overhead: £2.5k}, 2026-27: {salary: 0, overhead: 0.50}}
  - role: B
    pay:
      spine: {scale: Officers, point: 1}
      increments: 2026-01-01
      people: 2
      vacant: {from: 2025-05-01, to: 2025-05-31}
      allowances: {allowance: Area, amount: 10000, pensionable: False}
      on_costs: {national_insurance: YES, pension: LGPS}
  - role: C
    pay: {people: [{salary: 30000, fte: 0.5}, {salary: "£20,000", fte: 80%}], includes: on-costs, overhead: {flat: 0}}
  - role: D
    costs: {2025-26: {salary: 1, overhead: 1}}
    uplift: -2.5%
other_costs: [{item: Income, costs: {2025-26: {overhead: (250)}}, uplift: inflation}]
funding: [{source: X, salary: 1000, overhead: £2}, {source: Y, amount: £3m}]
stated: {total: £5, payment: 1}
claims:
  - {period: 1, posts: [{role: A, costs: {salary: 5}, ledger: 4410}], paid: 2025-07-31}
  - {period: 2, corrections: [{period: 1, heading: salary, amount: -3, reason: x}], paid: [{date: 2025-10-01}]}
"""
TEXTS["everything"] = EVERYTHING


def as_yaml(tree: Node) -> str:
    """Texts as a YAML file that the program reads as they are."""
    return json.dumps(tree)


def resolved(value: Node) -> Node:
    """A tree as an editor sees it: keys are texts, and dates stay as they are written."""
    if isinstance(value, dict):
        return {str(key): resolved(item) for key, item in value.items()}
    if isinstance(value, list):
        return [resolved(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def places(tree: Node, route: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The routes to all values of a tree."""
    pairs = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, value in pairs:
        yield (*route, key)
        yield from places(value, (*route, key))


def changed(tree: Node, route: tuple[Any, ...], how: str, value: Node) -> Node:
    """A tree in which one value is replaced, left out or put under another key."""
    tree = copy.deepcopy(tree)
    part = tree
    for key in route[:-1]:
        part = part[key]
    if how == "leave out":
        del part[route[-1]]
    elif how == "rename" and isinstance(part, dict):
        part["nonesuch"] = part.pop(route[-1])
    else:
        part[route[-1]] = value
    return tree


VALUES: Final = [
    *(None, "?", "", " ", [], ["?"], {}, {"?": "?"}, [{}], "5", "-5", "0", "0.5", "£75,639", "(5)", "5%", "-5%"),
    *("yes", "2025-26", "2025-04-01", "inflation", "final", "30 days", "2 payments", "April", "1.5k", "£ 5", "1,900"),
]
"""What may come to stand in the place of a value."""

TREES: Final = {name: read_document(text).tree for name, text in TEXTS.items()}
MUTATIONS: Final = st.sampled_from(sorted(TREES)).flatmap(
    lambda name: st.tuples(
        st.just(name),
        st.sampled_from(list(places(TREES[name]))),
        st.sampled_from(["leave out", "rename", "replace"]),
        st.sampled_from(VALUES),
    )
)
SHAPE: Final = (FaultKind.SHAPE, FaultKind.MISSING_KEY, FaultKind.AMOUNT, FaultKind.DATE, FaultKind.FTE)


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("name", TEXTS)
def test_what_loads_is_valid_as_text_and_as_an_editor_resolves_it(name: str) -> None:
    assert load_grant(TEXTS[name]).grant is not None
    for tree in (TREES[name], resolved(yaml.safe_load(TEXTS[name]))):
        assert [(error.json_path, error.message) for error in VALIDATOR.iter_errors(tree)] == []


@given(MUTATIONS)
def test_what_the_schema_refuses_the_program_refuses(mutation: tuple[str, tuple[Any, ...], str, Any]) -> None:
    name, route, how, value = mutation
    tree = changed(TREES[name], route, how, value)
    written = load_grant(as_yaml(tree))
    if not VALIDATOR.is_valid(tree):
        assert any(map(is_fatal, written.faults))
    plain = yaml.dump(tree, Dumper=_Plain, allow_unicode=True)
    if read_document(plain).tree == tree and not VALIDATOR.is_valid(resolved(yaml.safe_load(plain))):
        assert any(map(is_fatal, load_grant(plain).faults))


class _Plain(yaml.SafeDumper):
    """Writes texts without quotes, as people write numbers and dates."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012  (PyYAML's own attribute)


@given(MUTATIONS)
def test_what_the_program_refuses_for_its_shape_the_schema_refuses(
    mutation: tuple[str, tuple[Any, ...], str, Any],
) -> None:
    name, route, how, value = mutation
    tree = changed(TREES[name], route, how, value)
    faults = load_grant(as_yaml(tree)).faults
    # Whether a key of costs is a year or a heading stands elsewhere in the file.
    if any(fault.kind in SHAPE for fault in faults) and not (len(route) > 1 and route[-2] in ("costs", "stated")):
        assert not VALIDATOR.is_valid(tree), faults


@pytest.mark.parametrize("record", RECORDS.values(), ids=list(RECORDS))
def test_the_example_of_every_key_is_valid(record: type[Record]) -> None:
    part = SCHEMA if record.__name__ == "Grant" else SCHEMA["$defs"][record.__name__]
    for name in keys_of(record):
        said = part["properties"][name]
        assert said["title"]
        assert said["description"]
        for shown in said["examples"]:
            validator = Draft202012Validator({**said, "$defs": SCHEMA["$defs"]})
            assert [error.message for error in validator.iter_errors(shown)] == [], name


def test_no_key_is_described_that_there_is_not() -> None:
    known = {(base.__name__, key) for record in RECORDS.values() for base in record.__mro__ for key in keys_of(record)}
    assert {(name, key) for name, keys in KEYS.items() for key in keys} - known == set()


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("award: 1e15", "$.award"),
        ("award: £1,23", "$.award"),
        ("award: -5", "$.award"),
        ("starts: 31/1/2022", "$.starts"),
        ("payments: {rate: 0.8}", "$.payments.rate"),
        ("payments: {frequency: weekly}", "$.payments.frequency"),
        ("payments: {retention: 5%, final_payment: 10%}", "$.payments"),
        ("years: 2025-26", "$.years"),
        ("posts: [{role: A}]", "$.posts[0]"),
        ("posts: [{role: A, pay: {salary: 5, fte: 2}}]", "$.posts[0].pay.fte"),
        ("posts: [{role: A, pay: {salary: 5, pay_awards: [{from: 2025-04-01, by: 5}]}}]", "$.posts[0].pay.pay_awards"),
        ("claims: [{costs: {salary: 5}}]", "$.claims[0]"),
        ("clams: []", "$"),
    ],
)
def test_an_editor_marks_what_is_wrong_where_it_stands(written: str, place: str) -> None:
    text = f"grant: Example\n{written}\n"
    assert load_grant(text).grant is None
    assert [error.json_path for error in VALIDATOR.iter_errors(resolved(yaml.safe_load(text)))] == [place]


def test_the_schema_beside_the_documentation_is_the_one_that_the_program_prints() -> None:
    """If not: grantcalc schema --output docs/grant-schema.json."""
    kept = (EXAMPLES.parent / "docs" / "grant-schema.json").read_text(encoding="utf-8")
    assert CliRunner().invoke(app, ["schema"]).stdout == kept
