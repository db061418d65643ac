"""The examples: what they show, and that each can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from grantcalc.grants.accept import Accepted
from grantcalc.grants.agreement import Payments
from grantcalc.grants.claim import RECORDS
from grantcalc.grants.funding import FundingSource
from grantcalc.grants.model import Grant, OtherCost, Post, Year
from grantcalc.grants.purchase_orders import PurchaseOrder
from grantcalc.grants.variations import Reprofile, Variation
from grantcalc.money import pounds
from tests.grant_files import EXAMPLES, account_of, codes, found

if TYPE_CHECKING:
    from grantcalc.grants.fields import Record

PATHS = sorted(EXAMPLES.glob("*.yaml"))
SPECIALIST = (EXAMPLES / "specialist-crime.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_every_example_is_in_block_style_and_has_no_fault(path: object) -> None:
    text = (EXAMPLES / str(path)).read_text(encoding="utf-8")
    assert account_of(text).totals.total > 0
    assert "{" not in text


def test_specialist_crime_has_lost_a_unit() -> None:
    (error,) = [one for one in found(SPECIALIST) if one.severity == "error"]
    assert (error.code, error.marked) == ("GC201", "£0.025")
    assert any("1,000,000 times as much" in note and "£0.025m" in note for note in error.notes)


def test_specialist_crime_holds_but_for_the_lost_unit() -> None:
    text = SPECIALIST.replace("total: £0.025\n", "total: £0.025m\n")
    assert found(text) == []


def test_specialist_crime_makes_the_figures_of_its_paper() -> None:
    totals = account_of(SPECIALIST).totals
    assert {heading: pounds(amount) for heading, amount in totals.headings.items()} == {
        "capital": "£543,000",
        "revenue": "£1,717,000",
    }
    assert [pounds(line.total) for line in totals.years[0].lines] == ["£2,235,000", "£25,000"]


def test_the_smallest_example_has_nothing_to_find() -> None:
    assert codes(found((EXAMPLES / "minimal.yaml").read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "record",
    [
        Grant,
        Year,
        Post,
        OtherCost,
        FundingSource,
        Payments,
        PurchaseOrder,
        Variation,
        Reprofile,
        Accepted,
        *RECORDS.values(),
    ],
)
def test_every_key_of_the_grant_file_is_described(record: type[Record]) -> None:
    page = (EXAMPLES.parent / "docs" / "grant-file.md").read_text(encoding="utf-8")
    keys = [field.alias or name for name, field in record.model_fields.items() if field.alias != ""]
    assert [key for key in keys if f"`{key}`" not in page and f"{key}:" not in page] == []
