"""The JSON documents: their shape is a promise, and every place in them is exact."""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from grantcalc import __version__
from grantcalc.cli import app
from grantcalc.grants.views import By
from tests.grant_files import EXAMPLES, MARSOC, SMALL

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Json: TypeAlias = "dict[str, Any]"

AMOUNT: Final[Json] = {"type": "string", "pattern": r"^-?[0-9]+\.[0-9]{2}$"}
DECIMAL: Final[Json] = {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}
TEXT: Final[Json] = {"type": "string"}
COUNT: Final[Json] = {"type": "integer", "minimum": 0}
FROM_ONE: Final[Json] = {"type": "integer", "minimum": 1}
DATE: Final[Json] = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
VERDICT: Final[Json] = {"enum": ["exact", "rounding", "mismatch"]}


def _or_null(schema: Json) -> Json:
    return {"anyOf": [schema, {"type": "null"}]}


def _list(items: Json) -> Json:
    return {"type": "array", "items": items}


def _record(**properties: Json) -> Json:
    """An object that has all of these keys; others may be added by later versions."""
    return {"type": "object", "required": list(properties), "properties": properties}


def _document(name: str, **properties: Json) -> Json:
    inputs = _list(_record(path=TEXT, sha256={"type": "string", "pattern": "^[0-9a-f]{64}$"}))
    return _record(
        schema={"const": f"grantcalc/{name}/1"}, grantcalc={"const": __version__}, inputs=inputs, **properties
    )


HEADINGS: Final[Json] = {"type": "object", "additionalProperties": AMOUNT}
WHERE: Final[Json] = _or_null(_record(line=FROM_ONE, column=FROM_ONE, end_line=FROM_ONE, end_column=FROM_ONE))
FIGURE: Final[Json] = _record(text=TEXT, value=DECIMAL, unit=_or_null(DECIMAL), weight=DECIMAL, where=WHERE)
SUMMARY: Final = _document(
    "summary",
    grants=_list(
        _record(
            path=TEXT,
            grant=TEXT,
            reference=_or_null(TEXT),
            award=_or_null(AMOUNT),
            total=AMOUNT,
            over_award=_or_null(AMOUNT),
            headings=HEADINGS,
            years=_list(
                _record(
                    year=_or_null(TEXT),
                    starts=_or_null(DATE),
                    ends=_or_null(DATE),
                    headings=HEADINGS,
                    total=AMOUNT,
                    stated={
                        "type": "object",
                        "additionalProperties": _record(text=TEXT, agrees={"enum": ["yes", "rounding", "no"]}),
                    },
                    lines=_list(_record(kind={"enum": ["post", "cost"]}, name=TEXT, headings=HEADINGS, total=AMOUNT)),
                    payments=_list(AMOUNT),
                )
            ),
        )
    ),
)
INVOICES: Final = _document(
    "invoices",
    grant=TEXT,
    total=AMOUNT,
    count=COUNT,
    references=_record(
        purchase_order=_or_null(TEXT),
        customer_reference=_or_null(TEXT),
        supplier_reference=_or_null(TEXT),
        cost_centre=_or_null(TEXT),
    ),
    invoices=_list(
        _record(
            number=FROM_ONE,
            year=_or_null(TEXT),
            to=DATE,
            invoice_date=DATE,
            due_date=_or_null(DATE),
            claim_by=_or_null(DATE),
            kind={"enum": ["period", "up front", "final"]},
            amount=AMOUNT,
            cumulative=AMOUNT,
            remaining=AMOUNT,
            order_balance=_or_null(AMOUNT),
            before_terms=AMOUNT,
            up_front=AMOUNT,
            held_back=AMOUNT,
            shares=_list(_record(year=_or_null(TEXT), amount=AMOUNT)),
            **{"from": DATE},
        )
    ),
)
NOTE: Final = _record(message=TEXT, path=TEXT, where=WHERE)
CHECK: Final = _document(
    "check",
    files=_list(_record(path=TEXT, kind={"enum": ["grant", "paper"]}, figures=COUNT, in_sums=COUNT, sums=COUNT)),
    sums=_list(
        _record(
            path=TEXT,
            where=WHERE,
            label=TEXT,
            total=FIGURE,
            parts=_list(FIGURE),
            difference=DECIMAL,
            tolerance=DECIMAL,
            verdict=VERDICT,
        )
    ),
    together=_list(
        _record(
            path=TEXT,
            feasible={"type": ["boolean", "null"]},
            feasible_exact={"type": ["boolean", "null"]},
            ranges=_list(_record(figure=FIGURE, to=DECIMAL, **{"from": DECIMAL})),
            repair_size=_or_null(COUNT),
            repair_count=_or_null(COUNT),
            repairs=_list(_list(_record(figure=FIGURE, to=DECIMAL))),
        )
    ),
    findings=_list(
        _record(
            code={"type": "string", "pattern": "^GC[0-9]{3}$"},
            name=TEXT,
            severity={"enum": ["error", "warning", "note"]},
            verdict=_or_null(VERDICT),
            message=TEXT,
            path=TEXT,
            where=WHERE,
            notes=_list(NOTE),
            likely=_list(_record(kind=TEXT, figure=FIGURE, to=DECIMAL)),
            accepted={"type": "null"},
        )
    ),
)
EXACTLY: Final[Json] = {"type": "string", "pattern": r"^-?[0-9]+\.[0-9]{2,}$"}
EACH: Final[Json] = {"type": "object", "additionalProperties": EXACTLY}


def _view(by: By) -> Json:
    columns = {"years" if by.breaks_down_by_year else "headings": EACH}
    row = _record(
        name=_or_null(TEXT),
        to=_or_null(DATE),
        period=_or_null(_record(to=DATE, **{"from": DATE})),
        total=EXACTLY,
        **columns,
        **{"from": _or_null(DATE)},
        **({"kind": {"enum": ["post", "cost"]}} if by is By.LINE else {}),
    )
    grant = _record(
        path=TEXT,
        grant=TEXT,
        reference=_or_null(TEXT),
        divided_by={"enum": ["months", "days", None]},
        rows=_list(row),
        total=EXACTLY,
        **columns,
    )
    return _document("view", by={"const": by.value}, grants=_list(grant))


MOVED: Final = {"old": _or_null(EXACTLY), "new": _or_null(EXACTLY), "difference": EXACTLY}
DIFF: Final = _document(
    "diff",
    old=_record(path=TEXT, grant=TEXT),
    new=_record(path=TEXT, grant=TEXT),
    same={"type": "boolean"},
    total=_record(**MOVED),
    years=_list(_record(year=_or_null(TEXT), **MOVED)),
    lines=_list(
        _record(
            kind={"enum": ["post", "cost"]},
            how={"enum": ["added", "removed", "likely renamed"]},
            old=_or_null(TEXT),
            new=_or_null(TEXT),
        )
    ),
    costs=_list(
        _record(kind={"enum": ["post", "cost"]}, name=TEXT, year=_or_null(TEXT), heading=TEXT, **MOVED),
    ),
    terms=_list(
        _record(keys=_list(TEXT), old=_or_null(TEXT), new=_or_null(TEXT), difference=_or_null(EXACTLY)),
    ),
)
VIEWS: Final = {f"summarise --by {by.value}": _view(by) for by in By}
SCHEMAS: Final = {"summarise": SUMMARY, **VIEWS, "invoices": INVOICES, "check": CHECK}

OUTREACH: Final = (EXAMPLES / "outreach.yaml").read_text(encoding="utf-8")
ODD = MARSOC.replace("£202,329", "£202,429").replace("£75,639", "£75, 639.5").replace("£8,723", "£8.723k")
CRLF = ODD.replace("\n", "\r\n")
NO_YEARS = "grant: Kit\nstarts: 2025-04-01\nends: 2025-09-30\nposts:\n  - role: A\n    costs: {salary: 600}\n"
FILES: Final = {
    "marsoc": MARSOC,
    "outreach": OUTREACH,
    "odd": ODD,
    "windows": "\ufeff" + CRLF,
    "small": SMALL,
    "no years": NO_YEARS,
    "pence": SMALL.replace("£30,000", "£30.125"),
    "funded": SMALL + "funding:\n  - {source: A, salary: £2.9k}\nstated: {salary: 3e4}\n".replace("3e4", "30_000"),
}


def _print(folder: Path, text: str, command: str) -> Json:
    path = folder / "grant.yaml"
    path.write_bytes(text.encode())
    document: Json = json.loads(CliRunner().invoke(app, [*command.split(), str(path), "--format", "json"]).stdout)
    return document


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("command", SCHEMAS)
def test_a_document_keeps_its_promises(tmp_path: Path, name: str, command: str) -> None:
    document = _print(tmp_path, FILES[name], command)
    Draft202012Validator(SCHEMAS[command]).validate(document)
    digest = hashlib.sha256((tmp_path / "grant.yaml").read_bytes()).hexdigest()
    assert document["inputs"] == [{"path": str(tmp_path / "grant.yaml"), "sha256": digest}]


@pytest.mark.parametrize("name", FILES)
def test_a_comparison_keeps_its_promises(tmp_path: Path, name: str) -> None:
    document = _print(tmp_path, FILES[name], f"diff {EXAMPLES / 'marsoc.yaml'}")
    Draft202012Validator(DIFF).validate(document)
    assert [one["path"] for one in document["inputs"]] == [document["old"]["path"], document["new"]["path"]]
    assert document["same"] == (name == "marsoc")


@pytest.mark.parametrize("text", ["", "grant: A\nawrd: 5\n", SMALL + "award: £1,23\n"])
def test_findings_of_a_faulty_file_keep_the_promises_too(tmp_path: Path, text: str) -> None:
    document = _print(tmp_path, text, "check")
    Draft202012Validator(CHECK).validate(document)
    assert document["findings"]
    assert document["findings"][0]["verdict"] is None


def _figures(value: Any) -> Iterator[Json]:  # noqa: ANN401  (any JSON)
    """Every figure of a document."""
    if isinstance(value, dict):
        if {"text", "value", "where"} <= value.keys():
            yield value
        for inner in value.values():
            yield from _figures(inner)
    if isinstance(value, list):
        for inner in value:
            yield from _figures(inner)


@pytest.mark.parametrize("name", FILES)
def test_every_place_slices_the_file_to_the_figure_s_own_text(tmp_path: Path, name: str) -> None:
    text = FILES[name]
    document = _print(tmp_path, text, "check")
    lines = text.removeprefix("\ufeff").splitlines()
    placed = [figure for figure in _figures(document) if figure["where"] is not None]
    assert len(placed) >= 2 * (document["files"][0]["sums"] > 0)
    for figure in placed:
        where = figure["where"]
        assert where["line"] == where["end_line"]
        assert lines[where["line"] - 1][where["column"] - 1 : where["end_column"] - 1] == figure["text"]


@pytest.mark.parametrize("name", FILES)
def test_differences_are_totals_less_their_weighted_parts(tmp_path: Path, name: str) -> None:
    for a_sum in _print(tmp_path, FILES[name], "check")["sums"]:
        made = sum(Decimal(part["weight"]) * Decimal(part["value"]) for part in a_sum["parts"])
        assert Decimal(a_sum["difference"]) == Decimal(a_sum["total"]["value"]) - made
        uncertain = [*a_sum["parts"], a_sum["total"]]
        assert Decimal(a_sum["tolerance"]) * 2 == sum(
            abs(Decimal(figure["weight"])) * Decimal(figure["unit"] or 0) for figure in uncertain
        )


def test_the_marsoc_summary_has_the_figures_of_the_paper(tmp_path: Path) -> None:
    (grant,) = _print(tmp_path, MARSOC, "summarise")["grants"]
    assert (grant["award"], grant["total"], grant["over_award"]) == ("405608.00", "405610.00", "2.00")
    assert [year["total"] for year in grant["years"]] == ["202330.00", "203280.00"]
    assert [year["headings"] for year in grant["years"]] == [
        {"salary": "180006.00", "overhead": "22324.00"},
        {"salary": "178073.00", "overhead": "25207.00"},
    ]
    assert grant["years"][0]["stated"] == {
        "salary": {"text": "£180,006", "agrees": "yes"},
        "overhead": {"text": "£22,324", "agrees": "yes"},
        "total": {"text": "£202,329", "agrees": "no"},
        "payment": {"text": "£50,582", "agrees": "rounding"},
    }
    assert grant["years"][0]["payments"] == ["50582.00"] * 4


@pytest.mark.parametrize("command", VIEWS)
def test_the_amounts_of_a_view_cross_cast_as_they_are_printed(tmp_path: Path, command: str) -> None:
    (grant,) = _print(tmp_path, FILES["pence"], command)["grants"]
    assert grant["total"] == "30.125"
    assert sum(Decimal(row["total"]) for row in grant["rows"]) == Decimal("30.125")
    columns = "years" if "years" in grant else "headings"
    for row in (grant, *grant["rows"]):
        assert sum(map(Decimal, row[columns].values())) == Decimal(row["total"])


def test_the_marsoc_financial_years_are_named_with_their_dates(tmp_path: Path) -> None:
    (grant,) = _print(tmp_path, MARSOC, "summarise --by financial-year")["grants"]
    assert (grant["divided_by"], grant["total"]) == ("months", "405610.00")
    assert grant["rows"][0] == {
        "name": "2021-22",
        "from": "2022-01-01",
        "to": "2022-03-31",
        "period": {"from": "2021-04-01", "to": "2022-03-31"},
        "headings": {"salary": "45001.50", "overhead": "5581.00"},
        "total": "50582.50",
    }


def test_what_is_not_given_is_null(tmp_path: Path) -> None:
    (grant,) = _print(tmp_path, NO_YEARS, "summarise")["grants"]
    assert (grant["reference"], grant["award"], grant["over_award"]) == (None, None, None)
    assert grant["years"][0]["year"] is None
    assert {invoice["year"] for invoice in _print(tmp_path, NO_YEARS, "invoices")["invoices"]} == {None}


def test_a_cost_below_the_award_is_nothing_over_it(tmp_path: Path) -> None:
    assert _print(tmp_path, SMALL + "award: £30,001\n", "summarise")["grants"][0]["over_award"] == "0.00"


def test_a_fraction_of_a_penny_is_rounded_half_up_in_summaries_and_exact_in_figures(tmp_path: Path) -> None:
    text = SMALL.replace("£30,000", "£30.125") + "stated: {salary: £30.125}\n"
    assert _print(tmp_path, text, "summarise")["grants"][0]["total"] == "30.13"
    assert {figure["value"] for figure in _figures(_print(tmp_path, text, "check"))} == {"30.125"}


def test_several_files_are_one_document() -> None:
    paths = [str(EXAMPLES / name) for name in ("marsoc.yaml", "minimal.yaml")]
    document = json.loads(CliRunner().invoke(app, ["summarise", *paths, "--format", "json"]).stdout)
    assert [grant["path"] for grant in document["grants"]] == [source["path"] for source in document["inputs"]] == paths


def test_an_invoice_has_its_kind_its_dates_its_shares_and_what_is_left_of_the_order(tmp_path: Path) -> None:
    document = _print(tmp_path, OUTREACH, "invoices")
    assert document["references"] == {
        "purchase_order": "4500178331",
        "customer_reference": "HSG-RS-7",
        "supplier_reference": "HT-014",
        "cost_centre": "CC 2210",
    }
    first, second, last = (document["invoices"][at] for at in (0, 1, -1))
    assert (document["count"], first["kind"], second["kind"], last["kind"]) == (10, "up front", "period", "final")
    assert (first["claim_by"], second["claim_by"], second["due_date"]) == (None, "2025-07-28", "2025-07-31")
    assert (last["cumulative"], last["order_balance"]) == (document["total"], "157.95")
    assert [share["year"] for share in first["shares"]] == ["2025-26", "2026-27"]
    for invoice in document["invoices"]:
        assert sum(Decimal(share["amount"]) for share in invoice["shares"]) == Decimal(invoice["amount"])
    # £1,107.25 of the £9,000 paid up front are given back, and 5 % of £13,329.09 is held back.
    made = {key: document["invoices"][2][key] for key in ("before_terms", "up_front", "held_back", "amount")}
    assert made == {"before_terms": "14436.34", "up_front": "-1107.25", "held_back": "-666.45", "amount": "12662.64"}


def test_one_invoice_is_asked_for_by_its_number_and_the_total_stays_that_of_all() -> None:
    path = str(EXAMPLES / "marsoc.yaml")
    options = ["invoices", path, "--number", "3", "--format", "json"]
    document = json.loads(CliRunner().invoke(app, options).stdout)
    assert [invoice["number"] for invoice in document["invoices"]] == [3]
    assert (document["total"], document["count"]) == ("405608.00", 8)
