"""GC13: what is wrong with a table of posts, one that is imported or one beside a grant file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grantcalc.findings import Rule
from grantcalc.grants.faults import FaultKind
from grantcalc.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

_GOOD: Final = """\
Role,Salary,Overhead
Officer,"£75,639","£8,723"
Researcher,"£41,047","£4,878"
"""

TABLE: Final = Rule(
    "GC131",
    "unreadable-table",
    Severity.ERROR,
    """\
A table of posts cannot be read as one: no column is headed as roles are, a row has amounts and no role or more cells
than the head, no year is given where the table has several, tables stand one below the other and do not name their
years, two columns say the same, or a comma that is not in quotation marks cuts an amount in two. Nothing of the table
is used, since all of it could be one cell out.""",
    _GOOD.replace('"£75,639"', "£75,639"),
    _GOOD,
    example="csv",
    gist=("a table of posts cannot be read", "{n} faults of a table of posts"),
)
UNREAD_COLUMN: Final = Rule(
    "GC132",
    "unread-column",
    Severity.WARNING,
    """\
A column of a table of posts holds amounts, and is not read: it has no head, some of its cells are no amounts, or its
heading is none of the grant file's. If it holds costs, they are missing from the grant.""",
    'Role,Salary,Allowance\nOfficer,"£75,639","£1,200"\nResearcher,"£41,047",half of it\n',
    'Role,Salary,Allowance\nOfficer,"£75,639","£1,200"\nResearcher,"£41,047",£600\n',
    example="csv",
)
LEFT_OUT: Final = Rule(
    "GC133",
    "left-out-of-table",
    Severity.NOTE,
    """\
Rows of a table of posts that have no amounts, such as notes, and columns that hold no costs, such as grades and hours,
are not read. Nothing of a table is passed over without this being said.""",
    'Role,Grade,Salary\nOfficer,DC,"£75,639"\n',
    'Role,Salary\nOfficer,"£75,639"\n',
    example="csv",
)
TABLE_TOTAL: Final = Rule(
    "GC134",
    "table-total-differs",
    Severity.WARNING,
    """\
A total of a table of posts is not what its parts make, as precisely as it is printed, or cannot be read. The costs are
taken from the posts, never from totals; an import keeps the totals under `stated`, where `check` holds them against
the costs.""",
    'Role,Salary,Overhead,Total\nOfficer,"£75,639","£8,723","£84,326"\n',
    'Role,Salary,Overhead,Total\nOfficer,"£75,639","£8,723","£84,362"\n',
    example="csv",
)
TWO_AMOUNTS: Final = Rule(
    "GC135",
    "comma-between-amounts",
    Severity.WARNING,
    """\
A comma divides two cells that may be one amount: `75,639` without quotation marks is £75 and £639 in a table that is
divided by commas. They are read as two, which the head allows; put the amount in quotation marks if it is one.""",
    "Role,Salary,Overhead\nOfficer,75,639\n",
    'Role,Salary,Overhead\nOfficer,"75,639",0\n',
    example="csv",
)
NAMED_ANEW: Final = Rule(
    "GC136",
    "role-named-anew",
    Severity.NOTE,
    """\
Several rows of a table have the same role. Since a grant file names each post once, an import gives them numbers, as in
Officer 1 and Officer 2. In a table that a grant file takes its posts from, each needs a name of its own.""",
    'Role,Salary\nOfficer,"£75,639"\nOfficer,"£41,047"\n',
    'Role,Salary\nOfficer A,"£75,639"\nOfficer B,"£41,047"\n',
    example="csv",
)

HIDDEN: Final = Rule(
    "GC137",
    "hidden-in-table",
    Severity.NOTE,
    """\
A workbook with a table of posts has rows or columns that do not show. They are read, since the totals of the sheet
count them too; take out of the grant file what does not belong to the grant. Hidden sheets are not read.""",
    "(hidden)Role | Salary\nOfficer | £75,639\n",
    "Role | Salary\nOfficer | £75,639\n",
    example="xlsx",
)

OF_KIND: Final[Mapping[FaultKind, Rule]] = {
    FaultKind.TABLE: TABLE,
    FaultKind.UNREAD_COLUMN: UNREAD_COLUMN,
    FaultKind.LEFT_OUT: LEFT_OUT,
    FaultKind.TABLE_TOTAL: TABLE_TOTAL,
    FaultKind.TWO_AMOUNTS: TWO_AMOUNTS,
    FaultKind.NAMED_ANEW: NAMED_ANEW,
    FaultKind.HIDDEN: HIDDEN,
}
"""The rule for each kind of fault of a table."""
