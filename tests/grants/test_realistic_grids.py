"""Tables as they are found in offices, cut and mixed at will: whatever stands where, `import` has an answer."""

from __future__ import annotations

import csv
import io

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.grants.test_post_workbooks import workbook
from tests.post_tables import grant_from, imported

_HEADS = ["Role", "Post title", "Staff", "Name", "Year", "Salary", "Overhead", "Total", "FTE", "NI", "£000", "2025-26"]
_DATED = ["Salary 2025-26", "Overhead 2026-27", "Total 2025/26", "Year 1", "Role 2025-26", "2026", "FY25/26 pay"]
_TITLES = ["Costs of 2025-26", "Staff costs 2025-26 and 2026-27", "2026-27", "Budget, March 2025", "Role costs"]
_BELOW = [
    "Manager",
    "Officer",
    "Total",
    "Grand total 2025-26",
    "Subtotal",
    "Note: all at 2025 prices",
    "n/a",
    "-",
    "TBC",
]
_AMOUNTS = ["100", "£1,200.00", "(5)", "1.5k", "£", "75", "639", "31/03/2026", "5%"]
_CELLS = st.one_of(st.just(""), *(st.sampled_from(each) for each in (_HEADS, _DATED, _TITLES, _BELOW, _AMOUNTS)))
_GRIDS = st.lists(st.lists(_CELLS, max_size=5), max_size=9)
_CHOSEN = st.lists(
    st.tuples(st.sampled_from(["role", "salary", "salary 2025-26", "skip", "year", "total"]), st.sampled_from("ABC")),
    max_size=2,
)
_YEARS = st.sampled_from([(), ("2025-26",), ("2025-26", "2026-27")])


@settings(max_examples=150)
@given(rows=_GRIDS, columns=_CHOSEN, years=_YEARS)
def test_any_table_is_imported_or_refused_with_a_reason(
    rows: list[list[str]], columns: list[tuple[str, str]], years: tuple[str, ...]
) -> None:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    found = imported(out.getvalue(), columns=tuple(columns), years=years)
    if all(finding.severity != "error" for finding in found.findings):
        assert grant_from(out.getvalue(), columns=tuple(columns), years=years).lines


@settings(max_examples=20)
@given(rows=_GRIDS.filter(lambda rows: any(cell for row in rows for cell in row)))
def test_any_sheet_is_imported_or_refused_with_a_reason(rows: list[list[str]]) -> None:
    found = imported(workbook(rows), "posts.xlsx")
    if all(finding.severity != "error" for finding in found.findings):
        assert grant_from(workbook(rows), "posts.xlsx").lines
