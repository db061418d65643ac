"""Grant files, papers and tables from a grammar: valid by construction, and then broken."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any, Final, TypeAlias

import yaml
from hypothesis import strategies as st

from grantcalc.grants.keys import KEYS
from grantcalc.money import pounds

Tree: TypeAlias = "dict[str, Any]"

NAMES: Final = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=12).filter(str.isalnum)
PENCE: Final = st.integers(0, 50_000_000).map(lambda pence: Decimal(pence) / 100)
AMOUNTS: Final = PENCE.flatmap(lambda value: st.sampled_from([pounds(value), f"{value:.2f}", f"£{value:,.2f}"]))
PERCENTAGES: Final = st.integers(1, 99).map(lambda number: f"{number}%")
HOSTILE: Final = (
    *(
        None,
        "",
        "?",
        " ",
        [],
        {},
        [[]],
        {"?": ["?"]},
        "£1,23,456",
        "1e6",
        ".inf",
        "-5",
        "(5)",
        "£0.025m",
        "99999999999999",
    ),
    *(
        "2025-02-30",
        "0001-01-01",
        "9999-12-31",
        "2025-26",
        "100000%",
        "-1%",
        "\u202e",
        "\x85",
        "x" * 3_000,
        "٣",
        "=1+1",
    ),
)
"""What may come to stand in the place of a value."""


def as_yaml(tree: Tree) -> str:
    """A tree as people write it, in block style and without quotes where none are needed."""
    return yaml.safe_dump(tree, allow_unicode=True, sort_keys=False, default_flow_style=False, width=1_000)


@st.composite
def grants(draw: st.DrawFn, *, plain: bool = False) -> Tree:
    """A grant that loads; a plain one has no terms but how often it is paid, from what, and how it is rounded."""
    years = [f"{2025 + at}-{26 + at}" for at in range(draw(st.integers(1, 3)))]
    roles = draw(st.lists(NAMES, min_size=1, max_size=3, unique_by=str.casefold))
    posts = [{"role": role, "costs": draw(_costs(years))} for role in roles]
    tree: Tree = {
        "grant": draw(NAMES),
        "award": draw(AMOUNTS),
        "years": years,
        "payments": draw(_payments(plain=plain)),
        "posts": posts,
    }
    if draw(st.booleans()):
        tree["other_costs"] = [
            {"item": "Evaluation 0", "costs": draw(_costs(years))},
            {"item": "Income 0", "costs": draw(_costs(years, AMOUNTS | AMOUNTS.map("-{}".format)))},
        ]
    if plain:
        return tree
    if draw(st.booleans()):
        posts.append({"role": "Worker 0", "pay": draw(_pay())})
        tree["costing"] = {
            "pro_rata": draw(st.sampled_from(["days", "months"])),
            "inflation": {"salary": draw(PERCENTAGES)},
            "overhead": draw(st.sampled_from(["15%", {"per_fte": "£3,140"}, {"flat": "£500"}])),
        }
    optional = {
        "variations": st.just([{"date": f"{years[0][:4]}-10-01", "amount": "£500", "reason": "Pay award"}]),
        "funding": st.just(
            [{"source": "Fund", "amount": "£12,000"}, {"source": "Own", "salary": "£1", "overhead": "£2"}]
        ),
        "stated": st.fixed_dictionaries({"salary": AMOUNTS, "total": AMOUNTS}),
        "purchase_order": st.just({"number": "PO 1", "amount": "£1"}),
        "accept": st.just(
            [{"finding": "GC501", "subject": "the costs make", "reason": "Known", "until": "2026-03-31"}]
        ),
        "claims": _claims(roles),
        "certified_by": NAMES,
        "vat_note": NAMES,
    }
    for key, values in optional.items():
        if draw(st.booleans()):
            tree[key] = draw(values)
    return tree


def _costs(years: list[str], amounts: st.SearchStrategy[str] = AMOUNTS) -> st.SearchStrategy[Tree]:
    return st.fixed_dictionaries(
        {year: st.fixed_dictionaries({"salary": amounts, "overhead": amounts}) for year in years}
    )


@st.composite
def _payments(draw: st.DrawFn, *, plain: bool) -> Tree:
    tree: Tree = {
        "frequency": draw(st.sampled_from(["monthly", "quarterly", "half-yearly", "yearly"])),
        "timing": draw(st.sampled_from(["arrears", "advance"])),
        "basis": draw(st.sampled_from(["cost", "award"])),
        "remainder": draw(st.sampled_from(["last", "first", "spread"])),
    }
    if plain:
        return tree
    optional = {
        "rounding": st.sampled_from(["pence", "pounds"]),
        "rate": PERCENTAGES,
        "up_front": PERCENTAGES,
        "retention": PERCENTAGES,
        "payment_due": st.sampled_from(["30 days", "5 working days", "end of the following month"]),
        "carry_forward": st.just("yes"),
        "share": st.sampled_from(["days", "months"]),
    }
    return tree | {key: draw(values) for key, values in optional.items() if draw(st.booleans())}


@st.composite
def _pay(draw: st.DrawFn) -> Tree:
    tree: Tree = {"salary": draw(st.integers(10_000, 90_000).map(lambda value: f"£{value:,}"))}
    optional = {
        "fte": st.integers(1, 100).map(lambda number: f"{number}%"),
        "people": st.integers(1, 5).map(str),
        "starts": st.just("2025-05-15"),
        "vacant": st.just({"from": "2025-06-01", "to": "2025-07-15"}),
    }
    return tree | {key: draw(values) for key, values in optional.items() if draw(st.booleans())}


@st.composite
def _claims(draw: st.DrawFn, roles: list[str]) -> list[Tree]:
    by_post = {"posts": [{"role": roles[0], "costs": {"salary": draw(AMOUNTS)}}]}
    first: Tree = {
        "period": "1",
        "claimed": "2026-04-10",
        **draw(st.sampled_from([by_post, {"costs": {"salary": "£9"}}])),
    }
    if draw(st.booleans()):
        first |= {
            "paid": "2026-05-01",
            "invoice": "INV 1",
            "disallowed": [{"heading": "salary", "amount": "£1", "reason": "x", "date": "2026-04-20"}],
        }
    return [first]


@st.composite
def broken(draw: st.DrawFn, text: str) -> bytes:
    """A text of which bytes are flipped, lines swapped, dropped or repeated, words misspelt or values replaced."""
    lines = text.split("\n")
    for _ in range(draw(st.integers(1, 3))):
        at, other = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
        how = draw(st.sampled_from(["swap", "drop", "repeat", "change"]))
        if how == "swap":
            lines[at], lines[other] = lines[other], lines[at]
        elif how == "drop" and len(lines) > 1:
            del lines[at]
        elif how == "repeat":
            lines[at:at] = [lines[at]] * draw(st.sampled_from([1, 2, 50]))
        else:
            lines[at] = draw(_changed(lines[at]))
    data = bytearray("\n".join(lines).encode())
    for _ in range(draw(st.sampled_from([0, 0, 0, 1, 4])) if data else 0):
        data[draw(st.integers(0, len(data) - 1))] = draw(st.integers(0, 255))
    return bytes(data)


@st.composite
def _changed(draw: st.DrawFn, line: str) -> str:
    """A line with another value, key, indent or character."""
    how = draw(st.sampled_from(["value", "key", "indent", "character"]))
    if how == "value":
        return f"{line.partition(':')[0]}: {json.dumps(draw(st.sampled_from(HOSTILE)))}"
    if how == "key":
        key = draw(st.sampled_from(sorted({name for keys in KEYS.values() for name in keys})))
        return line.replace(line.strip(" -").partition(":")[0], key, 1)
    if how == "indent":
        return " " * draw(st.integers(0, 9)) + line.lstrip()
    cut = draw(st.integers(0, len(line)))
    return line[:cut] + draw(st.sampled_from(["", "x", "£", ":", "{", "\t", "'", '"', "- ", "#"])) + line[cut + 1 :]


_SAYINGS: Final = (
    "The grant of {0} is made up of {1} for pay and {2} for rent.",
    "Costs rise by {1} from {0} to {2}, an increase of 3.5%.",
    "Four payments of {1} make {0}; the balance of {2} is carried forward.",
    "Of the {0}, {1} is salaries, {2} overheads and the rest contingency.",
    "- Capital: {1}\n- Revenue: {2}\n- Total: {0}",
    "12 months at {1} is {0} p.a. ({2} per week).",
)
_WRITTEN: Final = st.one_of(
    AMOUNTS, st.sampled_from(["£0.543m", "£'000", "(1,250)", "-", "n/a", "£12k", "3.7", "£1,23"])
)


@st.composite
def papers(draw: st.DrawFn) -> str:
    """A paper of text: tables whose rows and columns add up or nearly so, and sentences with amounts."""
    blocks = []
    for _ in range(draw(st.integers(1, 4))):
        if draw(st.booleans()):
            blocks.append(draw(st.sampled_from(_SAYINGS)).format(*(draw(_WRITTEN) for _ in range(3))))
        else:
            blocks.append(_table(draw))
    return "\n\n".join(blocks) + "\n"


def _table(draw: st.DrawFn) -> str:
    rows = draw(st.lists(st.lists(st.integers(0, 99_999), min_size=2, max_size=3), min_size=1, max_size=5))
    width = min(map(len, rows))
    off = draw(st.sampled_from([0, 0, 1, 100]))
    grid = [[f"Cost {n}", *(f"£{value:,}" for value in row[:width])] for n, row in enumerate(rows)]
    sums = [sum(row[at] for row in rows) + off for at in range(width)]
    grid = [["Item", *(f"Year {at}" for at in range(width))], *grid, ["Total", *(f"£{value:,}" for value in sums)]]
    mark = draw(st.sampled_from(["| ", "\t", "   "]))
    return "\n".join(mark.join(row) for row in grid)
